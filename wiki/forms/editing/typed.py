"""The page form as it was typed, valid or not, so that nothing typed is lost."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from django.http import QueryDict

from wiki.domain.codes import CodeMatch
from wiki.domain.document_fields import HEAD_FIELDS
from wiki.domain.statement_fields import STATEMENT_FIELDS, StatementField, ValueType
from wiki.forms.library.identifiers import keys_and_rest
from wiki.forms.numbers import number_in
from wiki.text import characters
from wiki.text.compare.patch import Misfit, Patch
from wiki.text.document import Code, Document, Row

# The fields of the edit summary.
COVER: Final = ("note", "impact", "meaning")
HEAD: Final = (*HEAD_FIELDS, *COVER)
CODE: Final = ("system", "code", "match")
STATEMENT: Final = tuple(field.name for field in STATEMENT_FIELDS)
# The button that removes invisible characters.
TAKE_OUT_UNSEEN: Final = "take-out-unseen"
# The replacement for NUL, which PostgreSQL does not store: a visible character, so that it can be corrected.
UNREADABLE: Final = "\ufffd"

type Fields = dict[str, str]


@dataclass(frozen=True)
class Typed:
    """The form of a page as plain text. `cited` holds the keys of each statement's recognised sources."""

    head: Fields
    codes: tuple[Fields, ...] = ()
    statements: tuple[Fields, ...] = ()
    cited: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def from_post(cls, post: QueryDict) -> Self:
        """Return the posted form, without the row or source that the pressed button removes, and without
        empty rows.
        """
        head = {name: readable(post.get(name, "")) for name in HEAD}
        head["aliases"] = _with_old_title(head, readable(post.get("keep_title", "")))
        typed = cls(head, _codes(post), *_statements(post))
        return typed.without_unseen() if post.get("act") == TAKE_OUT_UNSEEN else typed

    @classmethod
    def from_document(
        cls, document: Document, titles: Mapping[int, str], cover: Mapping[str, str] | None = None
    ) -> Self:
        """Return the form with the values of `document`; `titles` has the titles of its statements' pages.

        `cover` is what goes to the reviewer along with it.
        """
        return cls(
            {
                **{name: getattr(document, name) for name in HEAD_FIELDS},
                "aliases": names_in_one_line(document.aliases),
                **dict.fromkeys(COVER, ""),
                **(cover or {}),
            },
            tuple(_code_as_typed(code) for code in document.codes),
            tuple(_as_typed(row, titles) for row in document.statements),
            tuple(row.sources for row in document.statements),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the form that `as_json` wrote."""
        cited = tuple(tuple(keys) for keys in data["cited"])
        head = dict.fromkeys(HEAD, "") | data["head"]
        return cls(head, tuple(data["codes"]), tuple(data["statements"]), cited)

    def patched(self, post: QueryDict) -> Self:
        """Return this form with the changed parts: fields of the head, a patch of the text, or all rows of
        one kind.

        Raise `Misfit` if the place was one of another text.
        """
        told = {name: readable(post.get(name, "")) for name in HEAD if name in post and name != "body"}
        head = self.head | told
        if "aliases" in told:
            head["aliases"] = _with_old_title(head, readable(post.get("keep_title", "")))
        if "body-words" in post:
            head["body"] = _body_patch(post).applied_to(self.head["body"])
        rows = post.getlist("rows")
        codes = _codes(post) if "codes" in rows else self.codes
        stated = _statements(post) if "statements" in rows else (self.statements, self.cited)
        return replace(self, head=head, codes=codes, statements=stated[0], cited=stated[1])

    def citing(self, row: int, key: str, *, instead_of: str) -> Self:
        """Return this form with `key` among the sources of a row, in place of another key if that
        is there.
        """
        after = [key if one == instead_of else one for one in self.cited[row]]
        keys = tuple(dict.fromkeys(after if key in after else [*after, key]))
        return replace(self, cited=(*self.cited[:row], keys, *self.cited[row + 1 :]))

    @property
    def holds_unseen(self) -> bool:
        """Return whether any field holds an invisible character."""
        rows = (self.head, *self.codes, *self.statements)
        return any(characters.unseen_in(text) for fields in rows for text in fields.values())

    def without_unseen(self) -> Self:
        """Return the form with the invisible characters removed from every field."""
        clean = characters.without_unseen
        codes, statements = (
            tuple({name: clean(text) for name, text in fields.items()} for fields in rows)
            for rows in (self.codes, self.statements)
        )
        head = {name: clean(text) for name, text in self.head.items()}
        return replace(self, head=head, codes=codes, statements=statements)

    def as_json(self) -> dict[str, Any]:
        """Return the form as JSON types."""
        return asdict(self)


def _codes(post: QueryDict) -> tuple[Fields, ...]:
    """Return the posted codes, without the one that the pressed button removes, and without empty ones."""
    act = post.get("act", "")
    rows = [_row(post, "codes", n, CODE) for n in _numbers(post, "codes") if act != f"remove-code-{n}"]
    return tuple(row for row in rows if any(row.values()))


def _statements(post: QueryDict) -> tuple[tuple[Fields, ...], tuple[tuple[str, ...], ...]]:
    """Return the statements that were posted, as the codes, and the keys of the sources of each."""
    kept = [(row, keys) for _, row, keys in _rows_kept(post)]
    return tuple(row for row, _ in kept), tuple(keys for _, keys in kept)


def _rows_kept(post: QueryDict) -> Iterator[tuple[int, Fields, tuple[str, ...]]]:
    """Yield the statements to keep: posted number, fields and citation keys of each."""
    act = post.get("act", "")
    for n in _numbers(post, "statements"):
        row = _row(post, "statements", n, STATEMENT)
        found, row["sources"] = keys_and_rest(row["sources"])
        keys = tuple(dict.fromkeys([*_cited(post, n, act), *found]))
        wanted = any(row.values()) or keys or _asked(act)[0] == n
        if act != f"remove-statement-{n}" and wanted:
            yield n, row, keys


def _asked(act: str) -> tuple[int | None, str]:
    """Return the row to which a button adds a source (None for none), and the key that the new source
    replaces.
    """
    match = re.fullmatch(r"add-source-(\d{1,4})(?: (\S{1,2000}))?", act, re.ASCII)
    return (int(match[1]), match[2] or "") if match else (None, "")


def source_asked(post: QueryDict) -> dict[str, Any] | None:
    """Return the citation key that a button asks to add a source for, and the position of its row."""
    number, key = _asked(post.get("act", ""))
    if number is None:
        return None
    return {"row": sum(n < number for n, _, _ in _rows_kept(post)), "id": key}


def _body_patch(post: QueryDict) -> Patch:
    start, end, length = (number_in(post.get(f"body-{name}", "")) for name in ("from", "to", "length"))
    if start is None or end is None or length is None:
        raise Misfit
    return Patch(start, end, length, readable(post.get("body-words", "")))


def readable(text: str) -> str:
    """Return `text` with normal line ends, and with a visible replacement for what cannot be stored."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", UNREADABLE)
    return text.encode("utf-8", "replace").decode()


def names_in_one_line(names: Iterable[str]) -> str:
    """Return names separated by commas, or by semicolons if a name contains a comma."""
    names = list(names)
    return "; ".join([*names, ""]).rstrip(" ") if any("," in name for name in names) else ", ".join(names)


def names_of_one_line(text: str) -> tuple[str, ...]:
    """Return the names in a line, separated by semicolons if there are any, else by commas."""
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]" if ";" in text else r"[,\n]", text))
    return tuple(part for part in parts if part)


def _with_old_title(head: Fields, old: str) -> str:
    """Return the other names, with the former title added if the page is renamed; "" for none."""
    names = names_of_one_line(head["aliases"])
    known = {name.casefold() for name in (*names, " ".join(head["title"].split()), "")}
    return head["aliases"] if old.casefold() in known else names_in_one_line([*names, old])


def _numbers(post: QueryDict, prefix: str) -> list[int]:
    """Return the numbers of the rows that were posted, in order."""
    found = (re.fullmatch(rf"{prefix}-(\d{{1,4}})-[a-z_]+", name, re.ASCII) for name in post)
    return sorted({int(match[1]) for match in found if match})


def _row(post: QueryDict, prefix: str, number: int, names: Iterable[str]) -> Fields:
    return {name: readable(post.get(f"{prefix}-{number}-{name}", "")).strip() for name in names}


def _cited(post: QueryDict, number: int, act: str) -> tuple[str, ...]:
    def kept() -> Iterator[str]:
        for place, key in enumerate(post.getlist(f"statements-{number}-cited")):
            if act != f"remove-source-{number}-{place}":
                yield from keys_and_rest(readable(key))[0]

    return tuple(kept())


def _code_as_typed(code: Code) -> Fields:
    """Return the row of a code. An exact match is the empty choice: it alone fills no row."""
    match = "" if code.match == CodeMatch.EXACT else code.match
    return {"system": code.system, "code": code.code, "match": match}


def _as_typed(row: Row, titles: Mapping[int, str]) -> Fields:
    return {
        field.name: _field_as_typed(field, getattr(row, field.name), titles) for field in STATEMENT_FIELDS
    }


def _field_as_typed(field: StatementField, value: Any, titles: Mapping[int, str]) -> str:
    """Return the value for the form; "" for the sources, which are listed beside the field."""
    if field.value_type is ValueType.PAGE:
        return titles.get(value, "")
    if field.value_type is ValueType.SOURCES or (field.offered and value not in field.offered):
        return ""
    return str(value)
