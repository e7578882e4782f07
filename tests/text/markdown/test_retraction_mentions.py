"""Whether a text says of a work that it was retracted, wherever it cites it."""

import pytest

from wiki.text.markdown.retraction_mentions import admitted_in, says_retracted


@pytest.mark.parametrize(
    ("body", "admitted"),
    [
        ("It helps.[@pmid:1]", set()),
        ("It was said to help.[@pmid:1] That work was retracted.", {"pmid:1"}),
        ("It helps.[@pmid:1]\n\nThe study was Retracted.[@pmid:1]", set()),
        ("A retraction.[@pmid:1; @pmid:2]\n\nIt helps.[@pmid:2]", {"pmid:1"}),
        ("Nothing cited; retracted.", set()),
        ("", set()),
    ],
)
def test_a_retraction_counts_as_mentioned_only_if_every_passage_says_so(body, admitted):
    assert admitted_in(body) == admitted


@pytest.mark.parametrize(
    ("words", "says"), [("It was retracted.", True), ("After RETRACTION", True), ("untractable", False)]
)
def test_phrases_on_a_retraction_are_recognised(words, says):
    assert says_retracted(words) is says
