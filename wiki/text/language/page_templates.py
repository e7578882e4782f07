"""Page templates: the headings of a new page, and the usual sections that a text lacks."""

from collections.abc import Sequence

from wiki.domain.sections import TemplateSection
from wiki.text.markdown.stretches import stretches_of


def skeleton_of(sections: Sequence[TemplateSection]) -> str:
    """Return the body of a new page: headings with room to write under each.

    The hints are not in it: they stand beside the text, so none can be left in and reach a reader.
    """
    return "\n".join(f"## {section.heading}\n\n" for section in sections)


def missing_from(body: str, sections: Sequence[TemplateSection]) -> list[TemplateSection]:
    """Return the usual sections for which the body has no heading."""
    there = {_plain(one.title) for one in stretches_of(body) if one.title is not None}
    return [section for section in sections if _plain(section.heading) not in there]


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())
