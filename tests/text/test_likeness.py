"""How much of a page two versions share: the passages, and how many words each has."""

import pytest

from wiki.text.document import Document
from wiki.text.likeness import is_rewritten, passage_lengths

PAGE = Document("Gout", "condition", body="One two three.\n\n- Four\n")


def test_each_passage_counts_by_its_words_and_an_empty_one_not_at_all():
    # The title, the kind and two blocks, each with a word that says which of these it is; no summary.
    assert sorted(passage_lengths(PAGE).values()) == [2, 2, 3, 4]


@pytest.mark.parametrize(
    ("body", "is_another"),
    [
        ("One two three.\n\n- Four\n", False),
        ("One  two\nthree.\n\n- Four\n", False),
        ("Quite other words stand here.", True),
    ],
)
def test_a_page_is_rewritten_when_little_of_it_stayed(body, is_another):
    long = "Calcium is low and the hands cramp. " * 3
    before = Document("Gout", "condition", body=f"{long}\n\n{PAGE.body}")
    after = Document("Gout", "condition", body=body if is_another else f"{long}\n\n{body}")

    assert is_rewritten(before, after) == is_another
