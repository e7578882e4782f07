"""Rules about how a text is built: links, headings, pictures, and the plain words of the summary."""

import re
from collections.abc import Iterator
from typing import Final

from wiki.domain.checklist import ITEMS
from wiki.domain.glossary import GLOSSARY
from wiki.domain.kinds import is_one_of
from wiki.domain.urgent_advice import LEADS, emergency_signs_in, is_ambulance_level, put_off
from wiki.policy.checks.subject import Finding, Findings
from wiki.text.language.readability import hardest_sentences, reading_grade
from wiki.text.language.terms_of_art import unexplained_terms
from wiki.text.markdown.urgent_advice import urgent_boxes_of
from wiki.text.markdown.wikilinks import split_target
from wiki.text.slugs import heading_id, slug_of

# Advice is for school years 6 to 8; the formula is good to about one year.
HARDEST_SUMMARY: Final = 9
DEEPEST_HEADING: Final = 4
LONGEST_BOLD_HEADING: Final = 10


def links_lead_somewhere(found: Findings) -> Iterator[Finding]:
    """Find links to pages that do not exist."""
    for title in found.outline.links:
        if slug_of(title) not in found.links:
            message = f"[[{title}]] leads nowhere yet; readers will be offered to propose it"
            yield _link(found, title, message)


def links_lead_to_sections(found: Findings) -> Iterator[Finding]:
    """Find links to sections that the page they name has not got."""
    own = tuple(one.id for one in found.outline.headings)
    for target in found.outline.sections:
        title, section = split_target(target)
        page = found.links.get(slug_of(title))
        headings = own if not title else page.headings if page else ()
        if (page or not title) and heading_id(section) not in headings:
            where = f"“{page.title}”" if page else "This page"
            yield _link(found, target, f"{where} has no section “{section}”; readers come to its top")


def sections_linked_to_stay(found: Findings) -> Iterator[Finding]:
    """Find sections that were renamed, left out or doubled although other pages link to them."""
    for section, titles in found.lost_sections.items():
        pages = ", ".join(f"“{title}”" for title in titles)
        verb = "links" if len(titles) == 1 else "link"
        yield Finding(
            f"{pages} {verb} to the section “{section}”, which is no longer here, or is here twice", "body"
        )


def links_not_retired(found: Findings) -> Iterator[Finding]:
    """Find links to pages that are retired."""
    for title in found.outline.links:
        page = found.links.get(slug_of(title))
        if page and page.retired:
            instead = f", and “{page.replaced_by}” replaces it" if page.replaced_by else ""
            yield _link(found, title, f"[[{title}]] leads to a page that is retired{instead}")


def _link(found: Findings, title: str, message: str) -> Finding:
    start = found.body.find(f"[[{title}")
    if start < 0:
        return Finding(message, "body", title)
    end = found.body.find("]]", start) + 2
    return Finding(message, "body", title, start=start, end=end)


def nothing_is_lost(found: Findings) -> Iterator[Finding]:
    """Find text that would be signed but is not rendered: unused notes, table cells beyond the head."""
    return _unshown(found, is_lost=True)


def no_leftover_marks(found: Findings) -> Iterator[Finding]:
    """Find Markdown signs that readers would see literally."""
    return _unshown(found, is_lost=False)


def _unshown(found: Findings, *, is_lost: bool) -> Iterator[Finding]:
    for one in found.unshown:
        if one.is_lost == is_lost:
            yield Finding(f"{one.sentence}: {one.text[:60]}", "body", one.text, start=one.start, end=one.end)


def headings_have_words(found: Findings) -> Iterator[Finding]:
    """Find headings without words."""
    for one in found.passages:
        if one.is_heading and not one.words:
            yield found.in_passage(one, f"A{one.place[1:]} has no words")


def no_second_title(found: Findings) -> Iterator[Finding]:
    """Find headings of the level of the page's title."""
    for one in found.passages:
        if one.level == 1:
            yield found.in_passage(one, f"“{one.words}” is written as a title, with one #")


def headings_in_order(found: Findings) -> Iterator[Finding]:
    """Find headings that skip a level, or are deeper than the wiki shows."""
    above = 1
    for one in found.passages:
        if not one.is_heading:
            continue
        level = max(one.level, 2)
        if level > above + 1:
            message = (
                f"“{one.words}” has {one.level} #, and the heading above it {above if above > 1 else 'none'}"
            )
            yield found.in_passage(one, message)
        elif level > DEEPEST_HEADING:
            yield found.in_passage(one, f"“{one.words}” has {one.level} #; the wiki shows up to four")
        above = level


def no_bold_headings(found: Findings) -> Iterator[Finding]:
    """Find bold paragraphs that look like headings."""
    for one in found.passages:
        short = len(one.words.split()) <= LONGEST_BOLD_HEADING and not one.words.endswith(
            (".", "!", "?", ";")
        )
        if one.bold and not one.boxed and short:
            yield found.in_passage(one, f"“{one.words}” stands alone in bold")


def pictures_described(found: Findings) -> Iterator[Finding]:
    """Find pictures without a text alternative."""
    for one in found.outline.images:
        if not one.alt.strip():
            yield _picture(found, one.name, "A picture does not say what it shows")


def pictures_there(found: Findings) -> Iterator[Finding]:
    """Find pictures that the wiki does not have, or that were withdrawn."""
    for name in dict.fromkeys(one.name for one in found.outline.images):
        picture = found.pictures.get(name)
        if picture is None:
            yield _picture(found, name, f"There is no picture called {name}")
        elif picture.withdrawn:
            yield _picture(found, name, f"The picture {name} has been withdrawn and may not be shown")


def _picture(found: Findings, name: str, message: str) -> Finding:
    mark = f"image:{name}"
    at = found.body.find(mark)
    start = max(found.body.rfind("![", 0, at), 0)
    end = found.body.find("\n", at)
    end = end if end > 0 else len(found.body)
    return Finding(message, "body", mark, "", start, end, around=found.body[start:end])


def summary_plain(found: Findings) -> Iterator[Finding]:
    """Find a summary that needs more years of school than most readers have."""
    summary = found.document.summary
    grade = round(reading_grade(summary))
    if grade <= HARDEST_SUMMARY:
        return
    message = f"The summary has a reading age of {grade + 5:g}; aim for {HARDEST_SUMMARY + 5:g} or less"
    yield Finding(message, "summary")
    for sentence in hardest_sentences(summary, above=HARDEST_SUMMARY + 0.5):
        year = round(reading_grade(sentence))
        yield Finding(f"This sentence has a reading age of {year + 5:g}: “{sentence}”", "summary", sentence)


def terms_explained(found: Findings) -> Iterator[Finding]:
    """Find terms of art that nothing explains: no words beside them, no linked page, no glossary row."""
    names = [found.document.title, *found.document.aliases, *found.outline.links]
    names += [name for row in GLOSSARY for name in (row.term, *row.others)]
    known = {word.casefold() for name in names for word in re.findall(r"[^\W\d_]+", name)}
    body = "\n".join(one.words for one in found.reader_texts if one.passage)
    for term in unexplained_terms(body, known):
        yield Finding(f"“{term}” is not explained where it is first used", "body", term)


def warning_signs_named(found: Findings) -> Iterator[Finding]:
    """Find pages that need warning signs and have no box of urgent advice."""
    is_asked = is_one_of(found.document.kind, ITEMS["D1"].applies_to)
    if is_asked and not any(one.boxed for one in found.passages):
        yield Finding("There is no box for what needs urgent care", "body")


def emergencies_at_their_level(found: Findings) -> Iterator[Finding]:
    """Find emergency signs in a box that does not call an ambulance."""
    for box in urgent_boxes_of(found.body):
        if not is_ambulance_level(box.lead):
            for sign, words in emergency_signs_in(box.words):
                message = f"“{words}” tells of {sign}, under “{box.lead}”"
                start = max(found.body.find(words), 0)
                yield Finding(message, "body", words, "a box", start, start + len(words))
    for said in found.reader_texts:
        if not (said.passage and said.passage.boxed):
            for sign, words in put_off(said.words):
                yield found.in_words(said, f"“{words}” tells of {sign}, which cannot wait", words)


def urgent_leads_chosen(found: Findings) -> Iterator[Finding]:
    """Find boxes of urgent advice with neither of the two leads."""
    for box in urgent_boxes_of(found.body):
        if box.lead.rstrip(":") not in LEADS:
            start = max(found.body.find(box.lead), 0)
            message = f"A box is headed “{box.lead}”"
            yield Finding(message, "body", box.lead, "a box", start, start + len(box.lead))
