"""How things are said in templates: dates as people say them, marks as shapes and words, all escaped."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.template import Context, Template
from django.template.defaultfilters import truncatechars

from wiki.domain.evidence import Grade, Stance
from wiki.models import Revision, SourceId, Statement
from wiki.templatetags import causeway
from wiki.text.document import Row
from wiki.text.search.excerpts import MARKERS
from wiki.text.sources.identifiers import Identifier

NOON = dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC)
BEFORE, AFTER = MARKERS
HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("relation", "stance", "told"),
    [
        ("causes", "asserted", ["Supported", "Low certainty", "Cohort"]),
        ("part_of", "asserted", ["Low certainty"]),
        ("part_of", "disputed", ["Evidence conflicts", "Low certainty"]),
    ],
)
def test_marks_of_a_statement_by_definition_omit_empty_evidence(relation, stance, told):
    statement = Statement(relation=relation, stance=stance, grade="low", basis="cohort")

    marks = causeway.evidence_for_readers(statement)

    assert [re.sub("<[^>]+>", "", mark) for mark in marks] == told


def test_marks_for_writers_show_all_evidence():
    marks = causeway.evidence_marks(Row("part_of", 1, "asserted", "low", "hearsay"))

    assert [re.sub("<[^>]+>", "", mark) for mark in marks] == ["Supported", "Low certainty", "hearsay"]


@pytest.mark.parametrize("when", [NOON, NOON.date()])
def test_a_day_is_written_in_words(when):
    assert causeway.day(when) == '<time datetime="2026-05-03">3 May 2026</time>'


def test_a_day_is_that_of_the_wikis_time_zone(settings):
    settings.TIME_ZONE = "Pacific/Auckland"

    assert ">4 May 2026<" in causeway.day(NOON + dt.timedelta(hours=3))
    assert "4 May 2026 at 03:00 NZST" in causeway.moment(NOON + dt.timedelta(hours=3))


def test_months_and_moments_are_written_in_words():
    assert causeway.month(NOON.date()) == '<time datetime="2026-05">May 2026</time>'
    assert ">3 May 2026 at 12:00 UTC</time>" in causeway.moment(NOON)
    assert 'datetime="2026-05-03T12:00:00.000+00:00"' in causeway.moment(NOON)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 hour"),
        (86399, "23 hours"),
        (86400, "1 day"),
        (9 * 86400, "9 days"),
    ],
)
def test_an_age_is_written_in_one_unit(seconds, said):
    with time_machine.travel(NOON, tick=False):
        assert causeway.age(NOON - dt.timedelta(seconds=seconds)) == said


@pytest.mark.parametrize("mark", [*Grade])
def test_a_grade_is_a_shape_and_a_word(mark):
    assert causeway.grade_mark(mark.value) == (
        f'<span class="grade" data-grade="{mark.value}">{mark.label}</span>'
    )


@pytest.mark.parametrize("mark", [*Stance])
def test_a_stance_is_a_shape_and_a_word(mark):
    assert f'data-stance="{mark.value}">{mark.label}<' in causeway.stance_mark(mark.value)


def test_a_state_is_a_sign_and_a_word():
    assert causeway.state_mark(Revision(state="submitted")).startswith(
        '<span class="state" data-state="submitted">'
    )


@pytest.mark.parametrize("mark", [causeway.grade_mark, causeway.stance_mark])
def test_an_unknown_value_is_escaped(mark):
    assert "<script>" not in mark(HOSTILE)


def test_unknown_ids_are_their_own_labels():
    assert (
        causeway.kind_label("herb") == causeway.basis_label("herb") == causeway.code_system("herb") == "herb"
    )
    assert causeway.kind_label("drug") == "Drug"
    assert causeway.basis_label("case_report") == "Case report"
    assert causeway.kind_plural("anatomy") == "Anatomy"


def test_codes_are_grouped_by_the_name_of_their_system():
    codes = [
        {"system": "OMIM", "code": "1"},
        {"system": "ICD-10", "code": "E20"},
        {"system": "OMIM", "code": "2"},
    ]

    assert causeway.by_system(codes) == [("OMIM", [codes[0], codes[2]]), ("ICD-10", [codes[1]])]
    assert causeway.code_address(codes[0]) == "https://omim.org/entry/1"
    assert causeway.code_address({"system": "herb", "code": "1"}) == ""


@pytest.mark.parametrize(
    ("scheme", "value", "said"),
    [
        ("pmid", "7", "PMID 7"),
        ("doi", "10.1000/x", "doi:10.1000/x"),
        ("url", "https://example.org/", "https://example.org/"),
        ("isbn", "9780306406157", "isbn:9780306406157"),
    ],
)
def test_an_identifier_is_labelled_as_in_references(scheme, value, said):
    one = causeway.as_identifier(SourceId(scheme=scheme, value=value))

    assert causeway.identifier_label(one) == said


def test_review_periods_are_listed_by_kind():
    assert causeway.review_periods() == (
        "12 months for drugs, treatments and tests, 36 for symptoms, 60 for anatomy "
        "and 24 for everything else"
    )


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (99, "99"), (100, "99+")])
def test_what_is_counted_up_to_a_limit_says_that_it_may_be_more(number, shown):
    assert causeway.counted(number) == shown


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        ("no hit", "no hit"),
        (f"a {BEFORE}hit{AFTER} here", "a <mark>hit</mark> here"),
        (f"{BEFORE}two{AFTER} {BEFORE}hits{AFTER}", "<mark>two</mark> <mark>hits</mark>"),
        (f"<b>{BEFORE}<i>{AFTER}&", "&lt;b&gt;<mark>&lt;i&gt;</mark>&amp;"),
        (f"open {BEFORE}end", "open <mark>end</mark>"),
        (f"stray {AFTER}end", f"stray {AFTER}end"),
        ("What it is\nA bone.\nAnd more", "What it is · A bone. And more"),
        (f"Is it {BEFORE}bone?{AFTER}\nYes", "Is it <mark>bone?</mark> Yes"),
    ],
)
def test_an_excerpt_is_one_escaped_line_with_its_hits_marked(excerpt, shown):
    assert causeway.highlighted(excerpt) == shown


def test_structured_data_cannot_end_its_own_element():
    block = causeway.structured_data({"name": f"{HOSTILE}<!-- & --> \u2028"})

    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == {"name": f"{HOSTILE}<!-- & --> \u2028"}


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("dark", ' data-theme="dark"'), ('"><script>', ""), ("", "")]
)
def test_the_theme_attribute_follows_the_cookie(rf, cookie, attribute):
    request = rf.get("/")
    request.COOKIES["theme"] = cookie

    assert causeway.theme_attribute({"request": request}) == attribute
    assert causeway.theme_attribute({}) == ""


def test_a_page_without_a_request_is_not_marked_in_the_menu():
    template = Template("{% load causeway %}<a{% here 'index' %}>")

    assert template.render(Context()) == "<a>"


@pytest.mark.parametrize(
    ("nature", "state", "label"),
    [("retraction", "rejected", "Retracted"), ("concern", "changes_requested", None)],
)
def test_a_journal_notice_is_a_sign_and_a_word(nature, state, label):
    mark = causeway.nature_mark(nature)

    assert mark.startswith(f'<strong class="state" data-state="{state}">')
    assert (label or causeway.nature_label(nature)) in mark


def test_a_code_leads_to_where_it_can_be_looked_up():
    assert causeway.code_link({"system": "OMIM", "code": "1"}) == (
        '<a href="https://omim.org/entry/1" rel="nofollow noopener">1</a>'
    )
    assert causeway.code_link({"system": "herb", "code": HOSTILE}) == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_an_identifier_leads_to_its_work_where_it_has_an_address():
    work = causeway.identifier_link(Identifier("pmid", "7"))

    assert work == '<a href="https://pubmed.ncbi.nlm.nih.gov/7/" rel="nofollow noopener">PMID 7</a>'
    assert "<a" not in causeway.identifier_link(Identifier("isbn", "9783161484101"))


@pytest.mark.parametrize(
    "text", ["", "abcd", "abcde", "abcdef", "Straße und", "e\u0301e\u0301 zwei", "<b>&</b>"]
)
@pytest.mark.parametrize("length", [1, 5, 6])
def test_a_text_is_shortened_as_django_cuts_it(text, length):
    assert causeway.shortened(text, length) == truncatechars(text, length)
