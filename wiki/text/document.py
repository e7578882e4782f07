"""The document: the content of a revision, as plain data that is compared, merged, digested and signed.

`domain.statement_fields` and `domain.document_fields` say of each field what is done with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Self

from wiki.domain.codes import CodeMatch, match_in_words
from wiki.domain.statement_fields import TEXT_FIELDS, details_of
from wiki.text.canonical_json import digest_of

FORMAT = 1

# Relation, page and population, the last one whatever its capitals.
type RowKey = tuple[str, int, str]


@dataclass(frozen=True, order=True)
class Code:
    """A concept's code in a published system; `match` says how the concept is to the page's subject."""

    system: str
    code: str
    match: str = CodeMatch.EXACT.value

    @property
    def in_words(self) -> str:
        """Return "OMIM 146200", and of a code that does not match exactly what it is of."""
        return f"{self.system} {self.code}{match_in_words(self.match)}"


@dataclass(frozen=True)
class Row:
    """A statement as written on its subject's page. `object` is the other page's id."""

    relation: str
    object: int
    stance: str
    grade: str
    basis: str
    note: str = ""
    sources: tuple[str, ...] = ()
    strength: str = ""
    population: str = ""
    frequency: str = ""
    effect: str = ""
    onset: str = ""
    inheritance: str = ""
    penetrance: str = ""
    check_by: str = ""

    @property
    def key(self) -> RowKey:
        """Return what makes this the same statement in two revisions: of other people it is another one."""
        return self.relation, self.object, self.population.casefold()

    def key_about(self, page_id: int) -> RowKey:
        """Return the key of the same statement about another page."""
        return replace(self, object=page_id).key

    @property
    def texts(self) -> dict[str, str]:
        """Return the non-empty free texts that readers see, by field name."""
        texts = {field.name: str(getattr(self, field.name)) for field in TEXT_FIELDS}
        return {name: text for name, text in texts.items() if text}

    @property
    def words(self) -> list[str]:
        """Return all words of the statement's own that readers see: its texts and what its details say."""
        return list(dict.fromkeys((*self.texts.values(), *self.details.values())))

    @property
    def details(self) -> dict[str, str]:
        """Return the details that it has, in the words that readers see, by what they see before them."""
        return details_of(self)


@dataclass(frozen=True)
class Retirement:
    """A page's retirement: the reason for readers, and the id of the page that replaces it."""

    reason: str
    replaced_by: int | None = None


@dataclass(frozen=True)
class Document:
    """Everything on a page that readers see and reviewers sign."""

    title: str
    kind: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    body: str = ""
    statements: tuple[Row, ...] = ()
    retirement: Retirement | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the document as JSON types, without fields that have their default.

        A document that does not use a field keeps its canonical JSON, and so its digest, when the field is
        added. A default can never change: it would change what signed documents say.
        """
        return _members(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the document that `as_json` wrote; unknown keys raise TypeError."""
        names = {field.name for field in fields(cls)}
        if unknown := data.keys() - names:
            raise TypeError(f"unknown keys: {', '.join(sorted(unknown))}")
        values = _with_tuples(data)
        values["codes"] = tuple(Code(**code) for code in data.get("codes", ()))
        values["statements"] = tuple(Row(**_with_tuples(row)) for row in data.get("statements", ()))
        if data.get("retirement") is not None:
            values["retirement"] = Retirement(**data["retirement"])
        return cls(**values)

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of the canonical JSON of this document (RFC 8785)."""
        return digest_of({"format": FORMAT, **self.as_json()})


def _members(one: Any) -> dict[str, Any]:
    values = {field.name: (getattr(one, field.name), field.default) for field in fields(one)}
    return {name: _as_json(value) for name, (value, default) in values.items() if value != default}


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    return _members(value) if is_dataclass(value) else value


def _with_tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
