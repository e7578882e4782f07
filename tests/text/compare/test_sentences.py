"""Which sentences of a body became others."""

import pytest

from wiki.text.compare.sentences import changed_sentences

FIRST = "It is [[Rare|rare]]. It was seen in 3.5 % of people (e.g. in one of them). [@pmid:1]"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (FIRST, FIRST, None),
        (FIRST, FIRST.replace("[@pmid:1]", "[@pmid:2]"), None),
        (f"{FIRST}\n\nGive 1 g.", f"Give 1 g.\n\n{FIRST}", None),
        (FIRST, FIRST.replace("3.5", "4"), ("It was seen in 3.5 % of people (e.g. in one of them).",
                                            "It was seen in 4 % of people (e.g. in one of them).")),
        (FIRST, f"{FIRST}\n\nGive 1 g.", ("", "Give 1 g.")),
        (f"{FIRST}\n\nGive 1 g.", FIRST, ("Give 1 g.", "")),
        (FIRST, f"Give 1 g. {FIRST}", ("", "Give 1 g.")),
    ],
)  # fmt: skip
def test_the_sentences_that_differ_are_listed(old, new, told):
    assert changed_sentences(old, new) == told
