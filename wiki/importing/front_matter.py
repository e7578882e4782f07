"""The file format of a page: YAML front matter, then Markdown. Documented in .github/PAGE_FILES.md."""

import codecs
import dataclasses
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

import yaml

from wiki.domain.codes import CODE_SYSTEMS, CodeMatch
from wiki.domain.statement_fields import STATEMENT_FIELDS, StatementField, ValueType
from wiki.importing.encodings import escaped_encoding, seeming_encoding
from wiki.importing.shapes import Items, Keys, Words
from wiki.importing.yaml_words import BadFile, words_in
from wiki.text.document import Code, Row
from wiki.text.double_encoding import encoded_twice
from wiki.text.sources.identifiers import normal_key

STARTER = "starter content, not yet reviewed by a clinician"
IMPORTED = "loaded from files, not yet reviewed by a clinician"
# In a dump the reviews of all pages stand in one file, so that a page file is the same in every wiki.
IN_DUMP = "see reviews.tsv of the dump that this file is from"
UNREVIEWED = (STARTER, IMPORTED, "not yet reviewed as a whole", IN_DUMP)
# Keys about a review elsewhere, which are read and ignored.
REVIEWED = re.compile(r"whole page reviewed on \d{4}-\d{2}-\d{2}, version \d+")
# In place of a page id in the row of a statement in a file.
NO_PAGE: Final = 0


@dataclass(frozen=True)
class FiledStatement:
    """A statement in a file: the other page is named by its title, so `row` has no page id."""

    page: str
    row: Row

    @classmethod
    def about(cls, row: Row, title: str) -> Self:
        """Return a statement about the page of that title."""
        return cls(title, replace(row, object=NO_PAGE))


@dataclass(frozen=True)
class FiledSource:
    """A bibliographic record in a file. `ids` are (scheme, value) pairs; the first gives its key."""

    ids: tuple[tuple[str, str], ...]
    csl: dict[str, Any]
    type: str
    checked: str = "partial"
    checked_how: str = ""


@dataclass(frozen=True)
class FiledRetirement:
    """A retirement in a file: the reason, and the title of the replacing page, "" for none."""

    reason: str
    replaced_by: str = ""


@dataclass(frozen=True)
class PageFile:
    """One page as a file."""

    title: str
    kind: str
    review: str
    summary: str
    aliases: tuple[str, ...]
    codes: tuple[Code, ...]
    statements: tuple[FiledStatement, ...]
    sources: tuple[FiledSource, ...]
    body: str
    retired: FiledRetirement | None = None
    # The changes approved since the review, "" for none.
    approved: str = ""
    # Where it was read, and its name in the folder; of no page that was not read from a file.
    path: Path | None = dataclasses.field(default=None, compare=False)
    name: str = dataclasses.field(default="", compare=False)


class _Dumper(yaml.SafeDumper):
    """Writes lists indented, and long sentences folded at one width."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def dumps(page: PageFile) -> str:
    """Return the text of the file; `loads` gives `page` back."""
    front = {
        "title": page.title,
        "kind": page.kind,
        "review": page.review,
        **({"approved": page.approved} if page.approved else {}),
        **_retired_out(page.retired),
        "summary": page.summary,
        "aliases": list(page.aliases),
        "codes": [_code_out(code) for code in page.codes],
        "statements": [_statement_out(statement) for statement in page.statements],
        "sources": [_source_out(source) for source in page.sources],
    }
    text = yaml.dump(front, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n\n{page.body.strip()}\n"


def _retired_out(retired: FiledRetirement | None) -> dict[str, Any]:
    if retired is None:
        return {}
    into = {"replaced_by": retired.replaced_by} if retired.replaced_by else {}
    return {"retired": {"reason": retired.reason, **into}}


def _statement_out(statement: FiledStatement) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for field in STATEMENT_FIELDS:
        value = getattr(statement.row, field.name)
        if field.value_type is ValueType.PAGE:
            out[field.file_key] = statement.page
        elif field.is_always_filed or value != field.default:
            out[field.file_key] = list(value) if isinstance(value, tuple) else str(value)
    return out


def _source_out(source: FiledSource) -> dict[str, Any]:
    out: dict[str, Any] = {"ids": dict(source.ids), "type": source.type, "checked": source.checked}
    how = {"checked_how": source.checked_how} if source.checked_how else {}
    return {**out, **how, "csl": _in_order(source.csl)}


# The database does not keep the order of a record's members, so files define one.
_MEMBERS = (
    *("type", "title", "author", "editor", "family", "given", "container-title", "container-title-short"),
    *("publisher", "publisher-place", "edition", "volume", "issue", "page", "number", "issued"),
    *("DOI", "PMID", "PMCID", "ISBN", "URL", "version"),
)


def _in_order(value: Any) -> Any:
    """Return a record with its members in the order of `_MEMBERS`, others after them by name."""
    if isinstance(value, dict):
        known = [name for name in _MEMBERS if name in value]
        others = sorted(value.keys() - set(_MEMBERS))
        return {name: _in_order(value[name]) for name in [*known, *others]}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


# The longest first: the mark of UTF-32 begins like that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8; raise `BadFile`, naming the encoding that it seems to be in."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise BadFile(f"This is encoded as {name}. Save it as UTF-8.")
    if b"\0" in data:
        raise BadFile("This is encoded as UTF-16, or is no text. Save it as UTF-8.")
    if name := escaped_encoding(data):
        raise BadFile(f"This is encoded as {name}. Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BadFile(_not_utf8(data)) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if letter := encoded_twice(line):
            raise BadFile(f"Line {number} was encoded twice, at “{letter}”. Save the original as UTF-8.")
    return text


def _not_utf8(data: bytes) -> str:
    """Return in which line a file is not UTF-8, and in which encoding such lines seem to be."""
    lines = data.split(b"\n")
    bad = [number for number, line in enumerate(lines) if not _is_utf8(line)]
    name = seeming_encoding(b"\n".join(lines[number] for number in bad))
    mixed = any(not line.isascii() for number, line in enumerate(lines) if number not in set(bad))
    what = "it seems" if mixed else "the file seems"
    seems = f"{what} to be in {name}" if name else "its encoding is not known"
    return f"Line {bad[0] + 1} is not UTF-8{', as others are' if mixed else ''}; {seems}. Save it as UTF-8."


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


# Front matter and body. The line break behind the first --- counts, so that lines are those of the file.
FILE: Final = re.compile(r"---[ \t]*(\n(?:.*?\n)?)---[ \t]*(?:\n(.*))?\Z", re.DOTALL)


def loads(text: str) -> PageFile:
    """Return the page in `text`; raise `BadFile` with a sentence when it is not in the format."""
    match = FILE.match(text)
    if match is None:
        raise BadFile("The file does not start with front matter between two lines of ---.")
    front_text, body = match.groups()
    front = words_in(front_text, "The front matter", _SHAPE)
    try:
        return _page_in(front, (body or "").strip())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadFile(f"The front matter lacks or misuses {error}.") from error


def _page_in(front: dict[str, Any], body: str) -> PageFile:
    return PageFile(
        title=_words(front["title"]),
        kind=_words(front["kind"]),
        review=str(front["review"]),
        approved=_words(front.get("approved")),
        summary=_words(front["summary"]),
        aliases=tuple(_words(one) for one in _list("aliases", front)),
        codes=tuple(_code_in(code) for code in _list("codes", front)),
        statements=tuple(_statement_in(row) for row in _list("statements", front)),
        sources=tuple(_source_in(row) for row in _list("sources", front)),
        body=body,
        retired=FiledRetirement(**{name: _words(value) for name, value in front["retired"].items()})
        if "retired" in front
        else None,
    )


def _refuse_review(text: str) -> None:
    if text not in UNREVIEWED and not REVIEWED.fullmatch(text):
        raise ValueError(f"it says “{STARTER}”, or when the whole page was reviewed")


def _refuse_match(text: str) -> None:
    if text not in CodeMatch.values:
        raise ValueError(f"one of {', '.join(CodeMatch.values)}")


def _refuse_checked(text: str) -> None:
    if text not in ("full", "partial"):
        raise ValueError("full or partial")


def _refuse_date(text: str) -> None:
    if not re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", text):
        raise ValueError(f"a date looks like 2020-03-01, not “{text}”")


def _shape_of(one: StatementField) -> Words | Items:
    if one.value_type is ValueType.SOURCES:
        return Items(Words(), is_one_enough=True)
    return Words(is_needed=one.default is None, check=one.usual_form)


_ANY: Final = Words(is_needed=True, is_line=True)
_DATE: Final = Words(check=_refuse_date, may_be_more=True)
_ROWS: Final = {one.file_key: _shape_of(one) for one in STATEMENT_FIELDS}
_RECORD: Final = Keys({"title": Words(), "issued": _DATE, "accessed": _DATE}, others=Words(may_be_more=True))
_SOURCE: Final = Keys(
    {
        "ids": Keys({}, others=_ANY, empty="a source without any id"),
        "type": _ANY,
        "csl": _RECORD,
        "checked": Words(check=_refuse_checked),
        "checked_how": Words(),
    },
    needed=("ids", "type", "csl"),
)
_SHAPE: Final = Keys(
    {
        "title": _ANY,
        "kind": _ANY,
        "review": Words(is_needed=True, check=_refuse_review),
        "approved": Words(),
        "retired": Keys(
            {"reason": Words(is_needed=True), "replaced_by": Words(is_line=True)}, needed=("reason",)
        ),
        "summary": Words(),
        "aliases": Items(_ANY),
        "codes": Items(
            Keys(
                {"system": _ANY, "code": _ANY, "match": Words(check=_refuse_match)}, needed=("system", "code")
            )
        ),
        "statements": Items(
            Keys(_ROWS, needed=[one.file_key for one in STATEMENT_FIELDS if one.default is None])
        ),
        "sources": Items(_SOURCE),
    },
    needed=("title", "kind", "review", "summary"),
)


def _words(value: Any) -> str:
    """Return a value that is text, without blanks around it, "" for none."""
    return "" if value is None else str(value).strip()


def _list(name: str, front: dict[str, Any]) -> list[Any]:
    """Return the items of a list, without those that say nothing."""
    found = front.get(name)
    if found is not None and not isinstance(found, list):
        raise ValueError(f"{name}: a list, with - before each item")
    return [one for one in found or () if one is not None]


def _code_out(code: Code) -> dict[str, str]:
    is_exact = code.match == CodeMatch.EXACT
    return {"system": code.system, "code": code.code, **({} if is_exact else {"match": code.match})}


def _code_in(code: dict[str, Any]) -> Code:
    """Return a code; one of a known system in its usual form."""
    system, text = _words(code["system"]), _words(code["code"])
    usual = CODE_SYSTEMS[system].usual_form(text) if system in CODE_SYSTEMS else text
    return Code(system, usual, str(code.get("match") or CodeMatch.EXACT.value))


def _statement_in(row: dict[str, Any]) -> FiledStatement:
    values: dict[str, Any] = {"object": NO_PAGE}
    for field in STATEMENT_FIELDS:
        if field.value_type is not ValueType.PAGE and field.file_key in row:
            values[field.name] = _value_in(field, row[field.file_key])
    return FiledStatement(_words(row["page"]), Row(**values))


def _value_in(field: StatementField, value: Any) -> str | tuple[str, ...]:
    if field.value_type is ValueType.SOURCES:
        return tuple(normal_key(_words(one)) for one in ([value] if isinstance(value, str) else value or ()))
    return field.usual_form(_words(value))


def _date_in(name: str, value: Any) -> Any:
    """Return a member of a record; a date that is typed as 2020-03-01 as CSL-JSON has it."""
    if name not in ("issued", "accessed"):
        return value
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if not isinstance(parts, list) or not all(isinstance(one, list) for one in parts):
            return value
        return value | {"date-parts": [[_number_in(part) for part in one] for one in parts]}
    return {"date-parts": [[int(part) for part in str(value).split("-")]]}


def _number_in(part: Any) -> Any:
    """Return a part of a date as a number; that of March may be written 03."""
    return int(part) if isinstance(part, str) and re.fullmatch(r"\d{1,4}", part, re.ASCII) else part


def _identifier_in(scheme: str, value: str) -> tuple[str, str]:
    key = normal_key(written := f"{scheme}:{value}")
    named, _, normal = key.partition(":")
    return (scheme, value) if key == written else (named, normal)


def _source_in(row: dict[str, Any]) -> FiledSource:
    ids = tuple(
        dict.fromkeys(_identifier_in(str(scheme), str(value)) for scheme, value in row["ids"].items())
    )
    return FiledSource(
        ids=ids,
        csl={name: _date_in(name, value) for name, value in row["csl"].items() if value is not None},
        type=str(row["type"]),
        checked=str(row.get("checked") or "partial"),
        checked_how=_words(row.get("checked_how")),
    )
