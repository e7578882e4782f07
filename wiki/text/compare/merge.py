"""The three-way merge of documents; conflicts are left to a person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from wiki.domain.document_fields import MERGED_WHOLE
from wiki.domain.statement_fields import STATEMENT_FIELDS, MergeRule
from wiki.text.canonical_json import digest_of
from wiki.text.compare.diff3 import Disputed, Paragraphs, Settled, merged
from wiki.text.compare.merging.members import (
    Dispute,
    code_key,
    merged_codes,
    merged_names,
    without_title,
    woven,
)
from wiki.text.compare.merging.rows import merged_row
from wiki.text.document import Code, Document, Retirement, Row, RowKey
from wiki.text.markdown.stretches import joined, stretches_of
from wiki.text.slugs import name_key

type Three[Value] = tuple[Value | None, Value | None, Value | None]

SIDES: Final = ("base", "ours", "theirs")


@dataclass(frozen=True)
class Clash:
    """One thing that both sides changed differently, with what each version says of it.

    `key` names it in a form; `rows` are the base's, our and their statement, None where there is none,
    and `retirements` likewise; `members` are the names, or the codes, that each version has in its place.
    """

    field: str
    label: str
    base: str
    ours: str
    theirs: str
    key: str
    rows: Three[Row] = (None, None, None)
    retirements: Three[Retirement] = (None, None, None)
    members: Three[tuple[Any, ...]] = (None, None, None)

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the allowed choices: both texts can be kept, and only texts can be written anew."""
        both = ("both",) if self.field == "body" else ()
        anew = ("anew",) if self.field in ("body", "title", "summary") else ()
        return ("ours", "theirs", *both, "base", *anew)


@dataclass(frozen=True)
class Merge:
    """The result of a merge: clean, or with conflicts for a person to resolve."""

    clashes: tuple[Clash, ...]
    _settled: Document = field(repr=False)
    body: tuple[Settled | tuple[Clash, Disputed], ...] = field(repr=False)
    statements: tuple[Row | Clash, ...] = field(repr=False)
    aliases: tuple[str | Clash, ...] = field(repr=False)
    codes: tuple[Code | Clash, ...] = field(repr=False)
    # Names that one version has although they are its title in another spelling.
    _beside_titles: frozenset[str] = field(repr=False)

    @property
    def clean(self) -> bool:
        """Return whether there is no conflict."""
        return not self.clashes

    @property
    def document(self) -> Document:
        """Return the merged document, with our side at conflicts."""
        return self.resolved({clash.key: "ours" for clash in self.clashes})

    def resolved(self, choices: Mapping[str, str], written: Mapping[str, str] | None = None) -> Document:
        """Return the document with each clash as chosen; `written` has the words for those chosen "anew".

        A missing choice raises KeyError, one that is not among the clash's choices ValueError.
        """
        anew = written or {}
        for clash in self.clashes:
            if choices[clash.key] not in clash.choices:
                raise ValueError(f"{clash.key} cannot be {choices[clash.key]}")
        scalars: dict[str, Any] = {
            clash.field: anew[clash.key]
            if choices[clash.key] == "anew"
            else getattr(clash, choices[clash.key])
            for clash in self.clashes
            if clash.field in MERGED_WHOLE
        }
        settled = replace(self._settled, **scalars)
        for clash in self.clashes:
            if clash.field == "retirement":
                chosen = clash.retirements[SIDES.index(choices[clash.key])]
                settled = replace(settled, retirement=chosen)
        names = _chosen_members(self.aliases, choices)
        return replace(
            settled,
            aliases=without_title(names, settled.title, kept=self._beside_titles),
            codes=_chosen_members(self.codes, choices),
            body=self._chosen_body(choices, anew),
            statements=self._chosen_rows(choices),
        )

    def _chosen_body(self, choices: Mapping[str, str], anew: Mapping[str, str]) -> str:
        paragraphs: Paragraphs = ()
        for part in self.body:
            if isinstance(part, Settled):
                paragraphs += part.paragraphs
                continue
            clash, disputed = part
            choice = choices[clash.key]
            if choice == "anew":
                paragraphs += tuple(stretches_of(anew[clash.key]))
            elif choice == "both":
                paragraphs += (*disputed.ours, *disputed.theirs)
            else:
                paragraphs += getattr(disputed, choice)
        return joined(paragraphs)

    def _chosen_rows(self, choices: Mapping[str, str]) -> tuple[Row, ...]:
        rows = (
            part.rows[SIDES.index(choices[part.key])] if isinstance(part, Clash) else part
            for part in self.statements
        )
        return tuple(row for row in rows if row)


def merge(base: Document, ours: Document, theirs: Document) -> Merge:
    """Return both sides' changes since `base` in one document, with the conflicts."""
    scalars, clashes = _scalars(base, ours, theirs)
    retirement, both_retired = _retirement(base.retirement, ours.retirement, theirs.retirement)
    clashes += both_retired
    body = _body(base.body, ours.body, theirs.body)
    statements = _statements(base.statements, ours.statements, theirs.statements)
    has_title = not any(clash.field == "title" for clash in clashes)
    # Of the name that one side made the title there is nothing to choose.
    title = name_key(scalars["title"]) if has_title else ""
    aliases = tuple(
        _name_clash(one) if isinstance(one, Dispute) else one
        for one in merged_names(base.aliases, ours.aliases, theirs.aliases)
        if isinstance(one, str) or name_key(one.example) != title
    )
    codes = tuple(
        _code_clash(one) if isinstance(one, Dispute) else one
        for one in merged_codes(base.codes, ours.codes, theirs.codes)
    )
    clashes += [part for part in (*aliases, *codes) if isinstance(part, Clash)]
    clashes += [part[0] for part in body if isinstance(part, tuple)]
    clashes += [part for part in statements if isinstance(part, Clash)]
    settled = Document(**scalars, retirement=retirement)
    beside = frozenset(name for one in (base, ours, theirs) for name in _beside_title(one))
    return Merge(tuple(clashes), settled, tuple(body), tuple(statements), aliases, codes, beside)


def _chosen_members[Item](parts: Iterable[Item | Clash], choices: Mapping[str, str]) -> tuple[Item, ...]:
    found: tuple[Item, ...] = ()
    for part in parts:
        if isinstance(part, Clash):
            found += part.members[SIDES.index(choices[part.key])] or ()
        else:
            found += (part,)
    return found


def _beside_title(document: Document) -> Iterator[str]:
    title = name_key(document.title)
    return (name for name in document.aliases if name_key(name) == title)


def _name_clash(dispute: Dispute[str]) -> Clash:
    versions = dispute.base, dispute.ours, dispute.theirs
    was, our, their = (", ".join(names) for names in versions)
    name = dispute.example
    key = f"aliases-{digest_of({'name': name_key(name)})[:12]}"
    return Clash("aliases", f"Also called: {name}", was, our, their, key, members=versions)


def _code_clash(dispute: Dispute[Code]) -> Clash:
    versions = dispute.base, dispute.ours, dispute.theirs
    was, our, their = (", ".join(code.in_words for code in codes) for codes in versions)
    system, code = code_key(dispute.example)
    key = f"codes-{digest_of({'code': f'{system} {code}'})[:12]}"
    return Clash("codes", f"Code: {system} {code}", was, our, their, key, members=versions)


def _scalars(base: Document, ours: Document, theirs: Document) -> tuple[dict[str, Any], list[Clash]]:
    """Return the values that are taken whole, ours at conflicts, and the conflicts."""
    values: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name, label in MERGED_WHOLE.items():
        was, our, their = (getattr(document, name) for document in (base, ours, theirs))
        values[name] = their if our == was else our
        if their not in (was, our) and our != was:
            clashes.append(Clash(name, label, was, our, their, key=name))
    return values, clashes


def _retirement(
    base: Retirement | None, ours: Retirement | None, theirs: Retirement | None
) -> tuple[Retirement | None, list[Clash]]:
    """Return the retirement of the merged page, ours at a conflict, and the conflict if there is one."""
    if theirs in (base, ours) or ours == base:
        return (theirs if ours == base else ours), []
    was, our, their = (one.reason if one else "" for one in (base, ours, theirs))
    versions = (base, ours, theirs)
    return ours, [Clash("retirement", "Retirement", was, our, their, "retirement", retirements=versions)]


def _body(base: str, ours: str, theirs: str) -> list[Settled | tuple[Clash, Disputed]]:
    """Return the body's parts in order, each dispute with its conflict."""
    parts: list[Settled | tuple[Clash, Disputed]] = []
    section, count = "", 0
    for part in merged(base, ours, theirs):
        if isinstance(part, Settled):
            parts.append(part)
            section = _last_title(part.paragraphs, section)
            continue
        count += 1
        label = f"Text under “{section}”" if section else "Text"
        was, our, their = (joined(side).strip("\r\n") for side in (part.base, part.ours, part.theirs))
        parts.append((Clash("body", label, was, our, their, f"body-{count}"), part))
        section = _last_title(part.ours, section)
    return parts


def _last_title(paragraphs: Paragraphs, before: str) -> str:
    titles = [paragraph.title for paragraph in paragraphs if paragraph.title is not None]
    return titles[-1] if titles else before


def _statements(base: Sequence[Row], ours: Sequence[Row], theirs: Sequence[Row]) -> list[Row | Clash]:
    """Return the statements, row by row, with the conflicts."""
    if tuple(ours) == tuple(base) or tuple(theirs) == tuple(base):
        return list(theirs if tuple(ours) == tuple(base) else ours)
    was, our, their = ({row.key: row for row in rows} for rows in (base, ours, theirs))
    found: list[Row | Clash] = []
    for key in woven(list(our), list(their)):
        versions = was.get(key), our.get(key), their.get(key)
        if versions[1] == versions[0] or versions[1] == versions[2]:
            found += [versions[2]] if versions[2] else []
        elif versions[2] == versions[0]:
            found += [versions[1]] if versions[1] else []
        else:
            found.append(_merged_row(*versions) or _row_clash(key, versions))
    return found


def _merged_row(base: Row | None, ours: Row | None, theirs: Row | None) -> Row | None:
    """Return one statement with what both changed; None where one removed it, or a person has to choose."""
    return merged_row(base, ours, theirs) if ours and theirs else None


def _row_clash(key: RowKey, rows: Three[Row]) -> Clash:
    relation, page, population = key
    base, ours, theirs = map(_as_text, rows)
    of_whom = f"-{digest_of({'population': population})[:12]}" if population else ""
    key_text = f"statements-{relation}-{page}{of_whom}"
    return Clash("statements", "Statement", base, ours, theirs, key_text, rows)


def _as_text(row: Row | None) -> str:
    """Return the fields in which two versions of a statement can differ; "" for a missing statement."""
    if row is None:
        return ""
    values = (getattr(row, field.name) for field in STATEMENT_FIELDS if field.merge is not MergeRule.KEY)
    return "; ".join(filter(None, (one if isinstance(one, str) else ", ".join(one) for one in values)))
