"""What a text means, as a vector of its words."""

from wiki.text.search.word_vectors import page_vectors, similarities


def test_a_text_without_words_is_like_no_page():
    stored = page_vectors("Gout", "Pain in a toe.")

    assert stored is not None
    assert similarities("", [*stored]) == [0.0, 0.0]
    assert min(similarities("A toe hurts.", [*stored])) > 0
