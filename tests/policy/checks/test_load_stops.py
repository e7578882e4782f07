"""What the rules that stop a document look at is loaded for them."""

from dataclasses import fields

import pytest

from tests import cast
from tests.policy.checks.firing_cases import FIRES
from wiki.policy.checks import RULES, Findings
from wiki.policy.checks.load_stops import Beside, ToCheck, load_stops
from wiki.text.document import Document, Row

NOT_LOADED = {"links", "retired", "lost_sections", "made_twice", "reports", "professions", "due_on"}
STOPS = [one for one in RULES.values() if one.severity == "stop"]


@pytest.mark.parametrize("rule", STOPS, ids=lambda rule: rule.id)
def test_a_rule_that_stops_looks_at_nothing_else(rule):
    looked_at = set()

    class Watched(Findings):
        def __getattribute__(self, name):
            looked_at.add(name)
            return super().__getattribute__(name)

    for document, facts, *_ in FIRES[rule.id]:
        list(rule.find(Watched(document=document, **facts)))

    assert looked_at & {one.name for one in fields(Findings)}
    assert not looked_at & NOT_LOADED


def test_a_load_is_told_of_the_names_that_come_before(db):
    one, other = (Document("Gout", "condition", aliases=(name,)) for name in ("Podagra", "Gouty arthritis"))
    beside = Beside()

    first, second = load_stops([ToCheck(one, -1), ToCheck(other, -2)], beside=beside)

    assert not any(first.namesakes.values())
    assert [name.text for found in second.namesakes.values() for name in found] == ["Gout"]


def test_a_problem_names_the_pages_of_statements_and_reads_their_titles_once(
    clinician, moderator, django_assert_num_queries
):
    pages = [cast.make_page(clinician, moderator, title) for title in ("Ataxia", "Seizures")]
    rows = tuple(cast.statement(page) for page in pages)
    (found,) = load_stops([ToCheck(cast.document("Gout", statements=rows), None)])

    with django_assert_num_queries(1):
        assert [found.named(row) for row in rows] == ["causes Ataxia", "causes Seizures"]


def test_a_problem_names_a_page_of_the_same_load(clinician, moderator):
    page = cast.make_page(clinician, moderator, "Ataxia")
    row, beside = cast.statement(page), Beside(titles={page.pk: "Unsteady walk"})
    (found,) = load_stops([ToCheck(cast.document("Gout", statements=(row,)), None)], beside=beside)

    assert found.named(row) == "causes Unsteady walk"


def test_a_problem_names_no_page_that_is_gone(db):
    row = Row("causes", 999_999, "asserted", "low", "cohort")
    (found,) = load_stops([ToCheck(cast.document("Gout", statements=(row,)), None)])

    assert found.named(row) == "causes a page that is not there"
    assert found.title_of(row.object) == "a page"
