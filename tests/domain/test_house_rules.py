"""House rules ask for more, never for less, and stop what they cannot be read into."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from wiki.domain.checklist import ITEMS, house_items
from wiki.domain.house_rules import HouseRules, house_rules_in, read_house_rules
from wiki.domain.kinds import KINDS, reviewed_sooner
from wiki.policy.needs import CLINICIAN, MODERATOR, TREATING
from wiki.policy.quorum import _asked_by
from wiki.policy.signature_rules import BY_ID, stricter

EXAMPLE = Path(__file__).parents[2] / ".deploy" / "house_rules.toml"


def test_the_example_asks_for_more():
    house = house_rules_in(EXAMPLE.read_text())

    assert reviewed_sooner(KINDS["drug"], house).review_months == 6 < KINDS["drug"].review_months
    assert reviewed_sooner(KINDS["gene"], house) == KINDS["gene"]
    assert stricter(BY_ID["figures"], house).needs == (CLINICIAN, MODERATOR)
    assert stricter(BY_ID["dose"], house) == BY_ID["dose"]
    (item,) = house_items(house, ITEMS).values()
    assert (item.id, item.blocking) == ("H1", True)
    assert item.applies_to == frozenset({KINDS["drug"], KINDS["exposure"]})


@pytest.mark.parametrize(
    ("signers", "labels"),
    [
        (["moderator"], {CLINICIAN.label, MODERATOR.label}),
        (["treating"], {TREATING.label, MODERATOR.label}),
    ],
)
def test_more_signers_are_more_people(signers, labels):
    needs = _asked_by([stricter(BY_ID["figures"], HouseRules(also_signing={"figures": tuple(signers)}))])

    assert {need.label for need in needs} == labels


WRONG = {
    "not TOML": "also_signing = [",
    "a part": "[fewer_signers]",
    "months": "[review_months]\ndrug = 0",
    "months in words": "[review_months]\ndrug = 'six'",
    "a truth for a number": "[review_months]\ndrug = true",
    "later": "[review_months]\ndrug = 13",
    "a signer": "[also_signing]\nfigures = ['nobody']",
    "no signer": "[also_signing]\nfigures = []",
    "a signer twice": "[also_signing]\nfigures = ['clinician']",
    "no list": "[also_signing]\nfigures = 'moderator'",
    "a question without a text": "[[questions]]\nid = 'H1'\ngroup = 'safety'",
    "a taken id": "[[questions]]\nid = 'S1'\ngroup = 'safety'\ntext = 'Is it?'",
    "a group": "[[questions]]\nid = 'H1'\ngroup = 'else'\ntext = 'Is it?'",
    "a kind": "[[questions]]\nid = 'H1'\ngroup = 'safety'\ntext = 'Is it?'\nkinds = ['drog']",
    "a field": "[[questions]]\nid = 'H1'\ngroup = 'safety'\ntext = 'Is it?'\noptional = true",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="CAUSEWAY_HOUSE_RULES"):
        _apply(house_rules_in(text))


def test_a_file_that_cannot_be_read_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("CAUSEWAY_HOUSE_RULES", str(tmp_path / "none.toml"))

    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        read_house_rules()

    monkeypatch.delenv("CAUSEWAY_HOUSE_RULES")
    assert read_house_rules() == HouseRules()


def _apply(house):
    for kind in KINDS.values():
        reviewed_sooner(kind, house)
    for rule in BY_ID.values():
        stricter(rule, house)
    house_items(house, ITEMS)
