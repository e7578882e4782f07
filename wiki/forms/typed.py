"""What a person typed into the form of a page, whether or not it makes sense yet. Nothing is ever lost."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django.http import QueryDict

from wiki.forms.identifiers import sorted_out
from wiki.text.document import Document, Row
from wiki.vocabulary import GRADES_TO_CHOOSE

HEAD: Final = ("title", "kind", "summary", "aliases", "body", "note")
CODE: Final = ("system", "code")
STATEMENT: Final = ("relation", "object", "stance", "grade", "basis", "note", "sources")
# What a NUL becomes: the database takes none, and a mark that can be seen can be put right.
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
        """Return what was posted, less the row or source that the pressed button removes, less empty rows."""
        act = post.get("act", "")
        codes = [_row(post, "codes", n, CODE) for n in _numbers(post, "codes") if act != f"remove-code-{n}"]
        statements, cited = [], []
        for n in _numbers(post, "statements"):
            row = _row(post, "statements", n, STATEMENT)
            keys = _cited(post, n, act)
            found, row["sources"] = sorted_out(row["sources"])
            keys = tuple(dict.fromkeys([*keys, *found]))
            if act != f"remove-statement-{n}" and (any(row.values()) or keys):
                statements.append(row)
                cited.append(keys)
        head = {name: readable(post.get(name, "")) for name in HEAD}
        return cls(head, tuple(row for row in codes if any(row.values())), tuple(statements), tuple(cited))

    @classmethod
    def from_document(cls, document: Document, titles: Mapping[int, str], note: str = "") -> Self:
        """Return the form that says what `document` says; `titles` names the pages of its statements."""
        return cls(
            {
                "title": document.title,
                "kind": document.kind,
                "summary": document.summary,
                "aliases": names_in_one_line(document.aliases),
                "body": document.body,
                "note": note,
            },
            tuple({"system": code.system, "code": code.code} for code in document.codes),
            tuple(_as_typed(row, titles) for row in document.statements),
            tuple(row.sources for row in document.statements),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return what `as_json` wrote."""
        cited = tuple(tuple(keys) for keys in data["cited"])
        return cls(data["head"], tuple(data["codes"]), tuple(data["statements"]), cited)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON types, ready to store."""
        return asdict(self)


def readable(text: str) -> str:
    """Return `text` with the line ends of our texts, and with a visible mark for what cannot be stored."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", UNREADABLE)
    return text.encode("utf-8", "replace").decode()


def names_in_one_line(names: Iterable[str]) -> str:
    """Return names with commas between; with semicolons where a name has a comma of its own."""
    names = list(names)
    return "; ".join([*names, ""]).rstrip(" ") if any("," in name for name in names) else ", ".join(names)


def names_of_one_line(text: str) -> tuple[str, ...]:
    """Return the names that a line holds: parted by semicolons if it has any, else by commas."""
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]" if ";" in text else r"[,\n]", text))
    return tuple(part for part in parts if part)


def _numbers(post: QueryDict, prefix: str) -> list[int]:
    """Return the numbers of the rows that were posted, in order."""
    found = (re.fullmatch(rf"{prefix}-(\d{{1,4}})-[a-z]+", name, re.ASCII) for name in post)
    return sorted({int(match[1]) for match in found if match})


def _row(post: QueryDict, prefix: str, number: int, names: Iterable[str]) -> Fields:
    return {name: readable(post.get(f"{prefix}-{number}-{name}", "")).strip() for name in names}


def _cited(post: QueryDict, number: int, act: str) -> tuple[str, ...]:
    def kept() -> Iterator[str]:
        for place, key in enumerate(post.getlist(f"statements-{number}-cited")):
            if act != f"remove-source-{number}-{place}":
                yield from sorted_out(readable(key))[0]

    return tuple(kept())


def _as_typed(row: Row, titles: Mapping[int, str]) -> Fields:
    return {
        "relation": row.relation,
        "object": titles.get(row.object, ""),
        "stance": row.stance,
        "grade": row.grade if row.grade in GRADES_TO_CHOOSE else "",
        "basis": row.basis,
        "note": row.note,
        "sources": "",
    }
