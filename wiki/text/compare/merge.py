"""The three-way merge of documents; conflicts are left to a person."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from wiki.domain.document_fields import MERGED_WHOLE, UNITED
from wiki.domain.statement_fields import STATEMENT_FIELDS, MergeRule
from wiki.text.canonical_json import digest_of
from wiki.text.compare.diff3 import Disputed, Paragraphs, Settled, merged
from wiki.text.document import Document, Retirement, Row, RowKey
from wiki.text.markdown.stretches import joined, stretches_of

type Three[Value] = tuple[Value | None, Value | None, Value | None]

SIDES: Final = ("base", "ours", "theirs")


@dataclass(frozen=True)
class Clash:
    """One thing that both sides changed differently, with what each version says of it.

    `key` names it in a form; `rows` are the base's, our and their statement, None where there is none,
    and `retirements` likewise.
    """

    field: str
    label: str
    base: str
    ours: str
    theirs: str
    key: str
    rows: Three[Row] = (None, None, None)
    retirements: Three[Retirement] = (None, None, None)

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
        return replace(settled, body=self._chosen_body(choices, anew), statements=self._chosen_rows(choices))

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
    clashes += [part[0] for part in body if isinstance(part, tuple)]
    clashes += [part for part in statements if isinstance(part, Clash)]
    united: dict[str, Any] = {
        name: _united(*(getattr(one, name) for one in (base, ours, theirs))) for name in UNITED
    }
    settled = Document(
        **scalars,
        **united,
        retirement=retirement,
    )
    return Merge(tuple(clashes), settled, tuple(body), tuple(statements))


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
    for key in _woven(list(our), list(their)):
        versions = was.get(key), our.get(key), their.get(key)
        if versions[1] == versions[0] or versions[1] == versions[2]:
            found += [versions[2]] if versions[2] else []
        elif versions[2] == versions[0]:
            found += [versions[1]] if versions[1] else []
        else:
            found.append(_row_clash(key, versions))
    return found


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
    values = (getattr(row, field.name) for field in STATEMENT_FIELDS if field.merge is MergeRule.ROW)
    return "; ".join(filter(None, (one if isinstance(one, str) else ", ".join(one) for one in values)))


def _united[Item: Hashable](
    base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]
) -> tuple[Item, ...]:
    """Return the items of both sides and those that either added, without those that either removed."""
    if tuple(ours) == tuple(base):
        return tuple(theirs)
    if tuple(theirs) == tuple(base):
        return tuple(ours)
    was, our, their = set(base), set(ours), set(theirs)
    kept = (our & their) | (our - was) | (their - was)
    return tuple(item for item in _woven(ours, theirs) if item in kept)


def _woven[Item: Hashable](first: Iterable[Item], second: Iterable[Item]) -> list[Item]:
    """Return the items of both, each once: all of `first`, others after what they follow in `second`."""
    known = set(first := list(first))
    following: dict[Item | None, list[Item]] = {}
    before: Item | None = None
    for item in second:
        if item in known:
            before = item
        else:
            known.add(item)
            following.setdefault(before, []).append(item)
    woven = list(following.get(None, ()))
    for item in first:
        woven += [item, *following.get(item, ())]
    return woven
