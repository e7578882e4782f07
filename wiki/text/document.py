"""What a revision says, as plain data: the thing that is diffed, merged, digested and signed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

FORMAT = 1


@dataclass(frozen=True, order=True)
class Code:
    """A concept's code in a published system."""

    system: str
    code: str


@dataclass(frozen=True)
class Row:
    """A statement as it is written on its subject's page. `object` is the other page's id."""

    relation: str
    object: int
    stance: str
    grade: str
    basis: str
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """Return what makes this the same statement in two revisions."""
        return self.relation, self.object


@dataclass(frozen=True)
class Retirement:
    """That a page is retired: why, in words for readers, and the id of the page that replaces it."""

    reason: str
    replaced_by: int | None = None


@dataclass(frozen=True)
class Document:
    """Everything of a page that a reader would see and a reviewer signs."""

    title: str
    kind: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    body: str = ""
    statements: tuple[Row, ...] = ()
    retirement: Retirement | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the document as JSON types, ready to store.

        Only a retired page has the member `retirement`: a document without it keeps the canonical JSON, and
        so the digest, that was signed before there were retirements.
        """
        data = asdict(self)
        if self.retirement is None:
            del data["retirement"]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the document that `as_json` wrote; unknown keys raise TypeError."""
        names = {field.name for field in fields(cls)}
        values = {name: value for name, value in data.items() if name in names}
        if unknown := data.keys() - names:
            raise TypeError(f"unknown keys: {', '.join(sorted(unknown))}")
        values["aliases"] = tuple(values.get("aliases", ()))
        values["codes"] = tuple(Code(**code) for code in values.get("codes", ()))
        values["statements"] = tuple(
            Row(**{**row, "sources": tuple(row["sources"])}) for row in values.get("statements", ())
        )
        if values.get("retirement") is not None:
            values["retirement"] = Retirement(**values["retirement"])
        return cls(**values)

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of the canonical JSON of this document.

        Canonical as in RFC 8785: members sorted, no white space, UTF-8. The values are text and
        whole numbers only, for which Python's encoder already writes what the RFC asks.
        """
        canonical = json.dumps(
            {"format": FORMAT, **self.as_json()}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()
