"""That a page is retired, as one more thing that is compared and merged."""

from dataclasses import replace

import pytest

from wiki.text.compare.diff import compare
from wiki.text.compare.merge import merge
from wiki.text.document import Document, Retirement

PAGE = Document("Fahr disease", "condition", body="A.\n")
FIRST, SECOND = Retirement("It is the same.", 7), Retirement("Nobody calls it so.")


def retired(told):
    return replace(PAGE, retirement=told)


@pytest.mark.parametrize("told", [None, FIRST, SECOND])
@pytest.mark.parametrize("base", [None, FIRST, SECOND])
def test_a_retirement_changed_by_one_side_is_taken(base, told):
    for merged in (
        merge(retired(base), retired(told), retired(base)),
        merge(retired(base), retired(base), retired(told)),
        merge(retired(base), retired(told), retired(told)),
    ):
        assert merged.clean
        assert merged.document.retirement == told


@pytest.mark.parametrize(("choice", "chosen"), [("ours", FIRST), ("theirs", SECOND), ("base", None)])
def test_two_different_retirements_conflict(choice, chosen):
    merged = merge(PAGE, retired(FIRST), retired(SECOND))

    (clash,) = merged.clashes
    assert (clash.field, clash.key, clash.base, clash.ours) == ("retirement", "retirement", "", FIRST.reason)
    assert "both" not in clash.choices
    assert merged.document.retirement == FIRST
    assert merged.resolved({"retirement": choice}).retirement == chosen


def test_a_retirement_and_a_change_of_text_are_merged():
    merged = merge(PAGE, retired(FIRST), replace(PAGE, body="B.\n"))

    assert merged.clean
    assert merged.document == replace(PAGE, body="B.\n", retirement=FIRST)


def test_a_comparison_shows_a_retirement_and_counts_its_words():
    found = compare(PAGE, retired(FIRST))

    assert found.retirement == (None, FIRST)
    assert (found.words_added, found.words_removed, found.is_empty) == (4, 0, False)
    assert compare(retired(FIRST), retired(FIRST)).is_empty
    assert compare(None, retired(FIRST)).retirement == (None, FIRST)
