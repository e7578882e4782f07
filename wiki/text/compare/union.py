"""The union of two pages about the same subject: everything that either says."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wiki.domain.statement_fields import KEPT_IN_UNION, STATEMENT_FIELDS, UnionRule
from wiki.text.compare import note_names
from wiki.text.compare.merging.members import code_key
from wiki.text.document import Code, Document, Row
from wiki.text.markdown.stretches import Stretch, joined, stretches_of
from wiki.text.slugs import name_key

type Section = list[Stretch]


def union(stays: Document, goes: Document, *, stays_id: int, goes_id: int) -> Document:
    """Return the page that stays, with everything of the other page added.

    Its own title, kind and summary stay; the other's title becomes one of its names. A statement that both
    make keeps the weight that the staying page gave it, on the sources of both.
    """
    return replace(
        stays,
        aliases=_names(stays, goes),
        codes=_codes(stays, goes),
        body=_body(stays.body, _relabelled(goes.body, stays.body)),
        statements=_statements(
            [row for row in stays.statements if row.object != goes_id],
            [row for row in goes.statements if row.object != stays_id],
        ),
    )


def made_by_both(stays: Document, goes: Document) -> list[tuple[Row, Row]]:
    """Return the statements that both pages make with different evidence."""
    others = {row.key: row for row in goes.statements}
    pairs = [(row, others[row.key]) for row in stays.statements if row.key in others]
    return [(mine, other) for mine, other in pairs if _weight(mine) != _weight(other)]


def _weight(row: Row) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in KEPT_IN_UNION)


def _codes(stays: Document, goes: Document) -> tuple[Code, ...]:
    """Return the codes of both, each once; of one that both have, how the staying page matches it."""
    known = {code_key(one) for one in stays.codes}
    return *stays.codes, *(one for one in goes.codes if code_key(one) not in known)


def _names(stays: Document, goes: Document) -> tuple[str, ...]:
    """Return the names of both; of one that is spelled in two ways, the spelling of the staying page."""
    known = {name_key(name) for name in (stays.title, *stays.aliases)}
    added = {name_key(name): name for name in (*goes.aliases[::-1], goes.title)}
    return *stays.aliases, *(name for key, name in reversed(added.items()) if key not in known)


def _statements(stays: Iterable[Row], goes: Iterable[Row]) -> tuple[Row, ...]:
    rows = {row.key: row for row in stays}
    for row in goes:
        mine = rows.get(row.key)
        rows[row.key] = _merged_row(mine, row) if mine else row
    return tuple(rows.values())


def _merged_row(mine: Row, other: Row) -> Row:
    found: dict[str, Any] = {}
    for field in STATEMENT_FIELDS:
        both = getattr(mine, field.name), getattr(other, field.name)
        if field.union is UnionRule.JOINED:
            found[field.name] = " ".join(dict.fromkeys(filter(None, both)))
        elif field.union is UnionRule.STAYS and field.is_detail:
            found[field.name] = both[0] or both[1]
        elif field.union is UnionRule.UNITED:
            found[field.name] = tuple(dict.fromkeys([*both[0], *both[1]]))
    return replace(mine, **found)


def _relabelled(body: str, other: str) -> str:
    """Return `body` with new labels for footnotes whose labels the other text uses too."""
    own, taken = (set(note_names.LABEL.findall(text)) for text in (body, other))
    return note_names.renamed(body, own & taken, own | taken)


def _body(stays: str, goes: str) -> str:
    """Return both texts: each section of `goes` in the section of that name, new ones at the end."""
    sections = _sections(stays)
    places = {_key(section): number for number, section in reversed(list(enumerate(sections)))}
    for section in _sections(goes):
        if (key := _key(section)) in places:
            sections[places[key]] = _merged_section(
                sections[places[key]], section if key is None else section[1:]
            )
        else:
            places[key] = len(sections)
            sections.append(section)
    return joined([paragraph for section in sections for paragraph in section])


def _sections(body: str) -> list[Section]:
    """Return the stretches of a body that begin with its highest headings; the first is the text
    before them.
    """
    paragraphs = stretches_of(body)
    top = min((one.level for one in paragraphs if one.level), default=0)
    sections: list[Section] = [[]]
    for paragraph in paragraphs:
        if paragraph.level and paragraph.level == top:
            sections.append([])
        sections[-1].append(paragraph)
    return sections


def _merged_section(mine: Section, other: Section) -> Section:
    """Return two sections as one: the text before the subsections of both, then the subsections of both."""
    first, below = _split_at_subsection(mine[:1], mine[1:])
    then, beneath = _split_at_subsection([], other)
    return [*first, *then, *below, *beneath]


def _split_at_subsection(head: Section, rest: Section) -> tuple[Section, Section]:
    place = next((n for n, one in enumerate(rest) if one.title is not None), len(rest))
    return [*head, *rest[:place]], rest[place:]


def _key(section: Section) -> str | None:
    """Return the words of a section's heading, None for the text before the first heading."""
    title = section[0].title if section else None
    return None if title is None else " ".join(title.casefold().split())
