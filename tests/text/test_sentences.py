"""Plain text is taken apart into sentences as a person reads them."""

import pytest

from wiki.text.sentences import sentences


@pytest.mark.parametrize(
    "found",
    [
        [],
        ["One.", "Two!", "Three?", "Four?!", "Five"],
        # Abbreviations.
        ["Dr. Rey saw it.", "It fell."],
        ["Give calcium, e.g. Calcichew.", "Then wait."],
        ["It rests (i.e. Nothing moves).", "Then wait."],
        ["See Fig. 2 and figs. 3 and 4.", "They show it."],
        ["Wang et al. Brain 2012.", "It helps."],
        ["The dose is approx. 5 mg.", "It helps."],
        ["Compare calcium vs. Placebo.", "It helps."],
        ["Give 10 mg i.v. 3 times.", "Then stop."],
        ["Give 10 mg i.v.", "Then stop."],
        ["Take it p.o. 2 times.", "Then stop."],
        ["It is no. 5 of six.", "The answer is no.", "It is not."],
        ["Take salt, sugar, etc.", "Then drink."],
        # A letter with a stop: an initial, a genus, a vitamin.
        ["Wang C. Brain.", "It helps."],
        ["J. R. Smith saw M. tuberculosis.", "It grew."],
        ["Cultures of M. Tuberculosis grew.", "It is slow."],
        ["Take vitamin D.", "It helps."],
        ["It is hepatitis B.", "Factor V.", "Type A.", "All are tested."],
        # Units and numbers.
        ["Give 1 g.", "It is safe.", "Drink 2 L.", "Rest for 3 d.", "Then go."],
        ["It is on p. 5 of the report.", "Read it."],
        ["It was 3.5 mg, then 10.25 mg.", "It fell by 2.", "3 people died."],
        ["Version 1.2.3 is old.", "Use another."],
        # Ellipses and quotes.
        ["He waited... and went.", "She waited … and went."],
        ["He waited...", "Then he went.", "She waited …", "Then she went."],
        ["“It hurts.”", "So he said.", "He said “Stop!”", "“Why?”", "Nobody knew."],
        ["(It is rare.)", "(It is mild.)", "It ends."],
        ["It is ‘rare.’", "It ends."],
        # Letters beyond ASCII.
        ["Öl hilft.", "Ärzte sagen es.", "Östrogen fällt."],
        # Not an end: a stop inside a word, a name in small letters after it.
        ["It is on example.org now.", "The gene is SLC20A2.", "It is small."],
        ["It grew.and fell."],
    ],
    ids=lambda found: found[0] if found else "nothing",
)
def test_a_line_is_split_into_its_sentences(found):
    assert sentences(" ".join(found)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A heading\nA line\n\n", ["A heading", "A line"]),
        ("1. Wash. Then dry.\n2. Rest.", ["1. Wash.", "Then dry.", "2. Rest."]),
        ("a. Wash.\nb. Dry.", ["a. Wash.", "b. Dry."]),
        ("Dr.\nRey", ["Dr.", "Rey"]),
        ("One.  Two.", ["One.", "Two."]),
        (" \n ", []),
    ],
)
def test_the_end_of_a_line_ends_a_sentence_and_the_number_of_an_item_does_not(text, found):
    assert sentences(text) == found


@pytest.mark.parametrize("piece", [".", ". ", "a.' ", ".\n", "a. A", "x. A ", "….” (A"])
def test_splitting_any_text_into_sentences_is_fast(piece):
    assert sentences(piece * (50_000 // len(piece)))
