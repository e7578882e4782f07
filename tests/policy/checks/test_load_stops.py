"""What the rules that stop a document look at is loaded for them."""

from dataclasses import fields

import pytest

from tests.policy.checks.firing_cases import FIRES
from wiki.policy.checks import RULES, Findings
from wiki.policy.checks.load_stops import Beside, ToCheck, load_stops
from wiki.text.document import Document

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
