"""Formatting of dates, marks and labels in templates."""

import datetime as dt
import re
from typing import Any, Final

from django import template
from django.template.defaultfilters import stringfilter, truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from wiki.domain.codes import CODE_SYSTEMS, match_in_words
from wiki.domain.evidence import Basis, Grade, Stance
from wiki.domain.kinds import KINDS, USUAL_REVIEW_MONTHS, label_of
from wiki.domain.professions import Impact
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import CHOICE_FIELDS, TEXT_FIELDS, StatementField, details_of
from wiki.models import NoticeNature, PublishedPage, Revision, SourceId, Statement
from wiki.models.events import MOST_COUNTED
from wiki.text import characters
from wiki.text.days import (
    as_of_value,
    clock_in_words,
    day_in_words,
    day_or_moment_in_words,
    moment_in_words,
    month_in_words,
)
from wiki.text.document import Row
from wiki.text.markdown.html import vouched
from wiki.text.search.excerpts import MARKERS
from wiki.text.sources.identifiers import Identifier

register = template.Library()

# A heading in the HTML of our renderer.
_HEADING: Final = re.compile(
    r'(?P<start><h(?P<level>[2-6]) id="(?P<id>[^"]+)"[^>]*>.*?)(?P<end></h(?P=level)>)', re.DOTALL
)
THEMES = ("light", "dark")


@register.simple_tag(takes_context=True)
def theme_attribute(context: dict[str, Any]) -> SafeString | str:
    """Return the attribute that holds the reader's choice of light or dark, or ""."""
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    return format_html(' data-theme="{}"', theme) if theme in THEMES else ""


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str) -> SafeString | str:
    """Return the attribute that marks a link to the present page."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SafeString(' aria-current="page"') if match and match.url_name == name else ""


# What stands behind a code that is not of the very subject of the page.
register.filter("code_match", match_in_words)
# Plain text of Markdown for titles and attributes, where no element may stand.
register.filter("in_words", day_in_words)
# A text of any age, with each invisible character named where it stands.
register.filter("mark_unseen", characters.marked)


@register.simple_block_tag
def one_line(content: str) -> SafeString:
    """Return what stands in the block on one line, fit to be said again in an attribute."""
    return SafeString(" ".join(content.split()).replace('"', "&quot;"))


@register.filter
def day(moment: dt.datetime | dt.date) -> SafeString:
    """Return a date as a person says it: 3 May 2026."""
    date = timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), day_in_words(date))


@register.filter
def written_day(date: str) -> SafeString:
    """Return a day that was kept as "2026-05-03", as a reader reads it."""
    return day(dt.date.fromisoformat(date))


@register.filter
def month(date: dt.date) -> SafeString:
    """Return a month as a person says it: May 2028."""
    return format_html('<time datetime="{}">{}</time>', f"{date:%Y-%m}", month_in_words(date))


@register.filter
def moment(when: dt.datetime) -> SafeString:
    """Return a date with its time and zone: 20 November 2026 at 09:14 CET."""
    # HTML has at most three digits of a second.
    at = when.isoformat(timespec="milliseconds")
    return format_html('<time datetime="{}" data-moment>{}</time>', at, moment_in_words(when))


@register.filter
def clock(when: dt.datetime) -> SafeString:
    """Return the time of a moment of today with its zone: 09:14 CET."""
    at = when.isoformat(timespec="milliseconds")
    return format_html('<time datetime="{}" data-clock>{}</time>', at, clock_in_words(when))


@register.filter
def as_of_time(when: dt.date) -> SafeString:
    """Return a day as `day` does, a moment as `moment` does."""
    return moment(when) if isinstance(when, dt.datetime) else day(when)


register.filter("as_of_words", day_or_moment_in_words)
register.filter("as_of_value", as_of_value)


@register.filter
def age(when: dt.datetime) -> str:
    """Return how long ago, in one unit: 5 minutes, 3 hours, 9 days."""
    seconds = max(0, int((timezone.now() - when).total_seconds()))
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = seconds // size
            return f"{number} {word}{'s' if number > 1 else ''}"
    return "less than a minute"


@register.filter
def since_day(date: dt.date) -> str:
    """Return how long ago a day was, in one unit: 5 days, 3 months, 2 years."""
    days = max(0, (timezone.localdate() - date).days)
    for size, word in ((365, "year"), (30, "month")):
        if days >= 2 * size:
            return f"{days // size} {word}s"
    return f"{days} day{'' if days == 1 else 's'}"


@register.filter
def relation_words(relation: str) -> str:
    """Return the relation of a statement, in words."""
    return RELATIONS[relation].label if relation in RELATIONS else relation


@register.filter
def kind_label(kind: str) -> str:
    """Return the label of a kind, or the word itself if it is no kind."""
    return label_of(kind)


@register.filter
def kind_plural(kind: str) -> str:
    """Return the heading of a kind's index."""
    return KINDS[kind].plural


@register.simple_tag
def review_periods() -> str:
    """Return the review period in months of each kind, in words."""
    told: dict[int, list[str]] = {}
    for kind in KINDS.values():
        if kind.review_months != USUAL_REVIEW_MONTHS:
            told.setdefault(kind.review_months, []).append(kind.plural.lower())
    parts = [f"{months} for {get_text_list(told[months], 'and')}" for months in sorted(told)]
    first, _, rest = ", ".join(parts).partition(" ")
    return f"{first} months {rest} and {USUAL_REVIEW_MONTHS} for everything else"


@register.filter
def basis_label(basis: str) -> str:
    """Return the kind of evidence in words."""
    return Basis(basis).label if basis in Basis.values else basis


def nature_label(nature: str) -> str:
    """Return the nature of a journal's notice, in words."""
    return NoticeNature(nature).label if nature in NoticeNature.values else nature


@register.filter
def nature_mark(nature: str) -> SafeString:
    """Return the nature of a journal's notice, as a sign and a word."""
    state = "rejected" if nature == NoticeNature.RETRACTION else "changes_requested"
    return format_html('<strong class="state" data-state="{}">{}</strong>', state, nature_label(nature))


@register.filter
def code_system(system: str) -> str:
    """Return the name of a code system."""
    return CODE_SYSTEMS[system].label if system in CODE_SYSTEMS else system


def code_address(code: dict[str, str]) -> str:
    """Return the address where a code can be looked up, or ""."""
    system = CODE_SYSTEMS.get(code["system"])
    return system.address_of(code["code"]) if system else ""


@register.filter
def code_link(code: dict[str, str]) -> SafeString:
    """Return a code, linked to its address."""
    if not (address := code_address(code)):
        return format_html("{}", code["code"])
    return format_html('<a href="{}" rel="nofollow noopener">{}</a>', address, code["code"])


@register.filter
def by_system(codes: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the codes grouped by the names of their systems, in order."""
    groups: dict[str, list[dict[str, str]]] = {}
    for code in codes:
        groups.setdefault(code_system(code["system"]), []).append(code)
    return list(groups.items())


def identifier_label(identifier: Identifier) -> str:
    """Return an identifier as references give it: PMID 22327515, doi:10.1038/ng.2723."""
    scheme, value = identifier.scheme, identifier.value
    labels = {"pmid": f"PMID {value}", "doi": f"doi:{value}", "url": value, "nct": value, "pmc": value}
    return labels.get(scheme, identifier.key)


@register.filter
def identifier_link(identifier: Identifier) -> SafeString:
    """Return an identifier in the form of references, linked to its address."""
    said = identifier_label(identifier)
    if not identifier.address:
        return format_html("{}", said)
    return format_html('<a href="{}" rel="nofollow noopener">{}</a>', identifier.address, said)


@register.filter
def as_identifier(one: SourceId) -> Identifier:
    """Return an identifier with its address."""
    return Identifier(one.scheme, one.value)


@register.filter
def counted(number: int) -> str:
    """Return a number that was counted up to a limit, with a plus where it may be more."""
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)


@register.filter(is_safe=True)
@stringfilter
def shortened(text: str, length: int) -> str:
    """Return a text of at most some letters, as `truncatechars` cuts it, which counts them one by one."""
    if text.isascii():
        return text if len(text) <= length else f"{text[: length - 1]}…"
    return str(truncatechars(text, length))


@register.filter
def grades(_: str) -> list[Grade]:
    """Return the grades, for a key to the marks."""
    return list(Grade)


@register.filter
def stances(_: str) -> list[Stance]:
    """Return the stances, for a key to the marks."""
    return list(Stance)


@register.simple_tag
def structured_data(data: dict[str, object]) -> SafeString:
    """Return a data block for search engines; `json_script` escapes whatever could end it."""
    return SafeString(json_script(data).replace("application/json", "application/ld+json", 1))


@register.filter
def highlighted(text: str) -> SafeString:
    """Return a search excerpt on one line, with the text between the two markers highlighted."""
    line = re.sub(rf"(?<=[.:;!?])({MARKERS[1]}?)\n", r"\1 ", text).replace("\n", " · ")
    first, *rest = line.split(MARKERS[0])
    parts = [(format_html("{}", first),)]
    for part in rest:
        found, _, after = part.partition(MARKERS[1])
        parts.append((format_html("<mark>{}</mark>{}", found, after),))
    return format_html_join("", "{}", parts)


@register.filter
def grade_mark(grade: str) -> SafeString:
    """Return a grade as a shape and a word."""
    label = Grade(grade).label if grade in Grade.values else grade
    return format_html('<span class="grade" data-grade="{}">{}</span>', grade, label)


@register.filter
def stance_mark(stance: str) -> SafeString:
    """Return a stance as a shape and a word."""
    label = Stance(stance).label if stance in Stance.values else stance
    return format_html('<span class="stance" data-stance="{}">{}</span>', stance, label)


@register.filter
def evidence_marks(row: Row) -> list[SafeString]:
    """Return the choices of a statement, each as a mark."""
    return [
        _mark(field, value)
        for field in CHOICE_FIELDS
        if not field.is_detail and (value := getattr(row, field.name))
    ]


@register.filter
def evidence_for_readers(statement: Statement) -> list[SafeString]:
    """Return the choices of a published statement, without those that are hidden for definitional
    relations.
    """
    found = ((field, getattr(statement, field.name)) for field in CHOICE_FIELDS if not field.is_detail)
    is_graded = statement.type.graded
    return [_mark(field, value) for field, value in found if field.is_shown(value, is_graded=is_graded)]


@register.filter
def statement_texts(row: Row | Statement) -> list[str]:
    """Return the free texts of a statement that readers see."""
    return [text for field in TEXT_FIELDS if not field.is_detail and (text := getattr(row, field.name))]


@register.filter
def statement_details(row: Row | Statement) -> dict[str, str]:
    """Return of whom a statement is true, how often, how much and the like, by the words before each."""
    return details_of(row)


def _mark(field: StatementField, value: str) -> SafeString:
    """Return a choice as its own mark, if it has one, or else as its words."""
    marks = {"stance": stance_mark, "grade": grade_mark}
    if field.name in marks:
        return marks[field.name](value)
    return format_html('<span class="{}">{}</span>', field.name, field.in_words(value))


@register.filter
def impact_mark(impact: str, is_of_new_page: bool = False) -> SafeString | str:
    """Return the impact of a change as a sign and a word; "" if nobody stated one."""
    if impact not in Impact:
        return ""
    words = Impact(impact).of_new_page[0] if is_of_new_page else Impact(impact).brief
    return format_html('<span class="state" data-impact="{}">{}</span>', impact, words)


@register.filter
def impact_words(impact: str, is_of_new_page: bool) -> str:
    """Return the impact of a change, or of a new page, as its author chose it in the form."""
    return Impact(impact).of_new_page[1] if is_of_new_page else Impact(impact).label


@register.filter
def state_mark(revision: Revision) -> SafeString:
    """Return the state of a revision as a sign and a word."""
    return format_html('<span class="state" data-state="{}">{}</span>', revision.state, revision.label)


@register.filter
def with_edit_links(published_page: PublishedPage, html: SafeString) -> SafeString:
    """Return the text of a published page with a link after each heading that leads to the section's form."""
    ids = {heading_id for _, heading_id, _ in published_page.contents}

    def linked(match: re.Match[str]) -> str:
        if match["id"] not in ids:
            return match[0]
        address = reverse("edit-section", args=[published_page.slug, match["id"]])
        said = '<a class="edit" href="{}">Edit<span class="vh"> this section</span></a>'
        link = format_html(said, address)
        return f"{match['start']} {link}{match['end']}"

    return vouched(_HEADING.sub(linked, html))
