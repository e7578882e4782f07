"""The sentence that answers best."""

from wiki.text.search.excerpts import MARKERS, excerpt, without_marks

BEFORE, AFTER = MARKERS
TEXT = "Bones hold calcium. Tumours may calcify in the brain (IL-6).\nOthers do not."


def test_the_sentence_with_most_of_the_words_is_shown():
    shown = excerpt(TEXT, {"calcium": 1, "brain": 1, "tumor": 2, "il6": 1})

    assert shown == (f"{BEFORE}Tumours{AFTER} may calcify in the {BEFORE}brain{AFTER} ({BEFORE}IL-6{AFTER}).")


def test_a_sentence_is_shown_rather_than_a_heading_with_the_same_words():
    assert excerpt("In the brain\nCalcium in the brain.\nOf the brain.", {"brain": 1}) == (
        f"Calcium in the {BEFORE}brain{AFTER}."
    )
    assert excerpt("In the brain\nThe heart.", {"brain": 1}) == f"In the {BEFORE}brain{AFTER}"


def test_of_joined_words_the_one_that_was_asked_for_is_marked():
    assert excerpt("A CT-guided biopsy helps.", {"ct": 1}) == f"A {BEFORE}CT{AFTER}-guided biopsy helps."


def test_a_program_gets_an_excerpt_without_markers():
    assert without_marks(excerpt(TEXT, {"brain": 1, "il6": 1})) == "Tumours may calcify in the brain (IL-6)."


def test_the_word_with_more_weight_decides_the_excerpt():
    assert excerpt(TEXT, {"calcium": 3, "brain": 1, "tumor": 1}).endswith(f"{BEFORE}calcium{AFTER}.")


def test_a_long_sentence_is_cut_around_the_first_hit():
    shown = excerpt("word " * 300 + "calcium " + "more " * 300, {"calcium": 1})

    assert shown.startswith("… word")
    assert f"{BEFORE}calcium{AFTER} more" in shown
    assert shown.endswith(" …")
    assert len(shown) < 350


def test_a_long_sentence_that_ends_behind_the_hit_is_shown_to_its_end():
    shown = excerpt("word " * 300 + "calcium is low.", {"calcium": 1})

    assert shown.startswith("… word")
    assert shown.endswith(f"{BEFORE}calcium{AFTER} is low.")


def test_a_text_without_matches_has_an_empty_excerpt():
    assert excerpt(TEXT, {"kidney": 1}) == ""
