"""Terms of art: which are left unexplained, and what explains one."""

import pytest

from wiki.text.language.terms_of_art import unexplained_terms


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("It leads to tetraparesis and dysphagia.", ["tetraparesis", "dysphagia"]),
        ("It leads to tetraparesis (weak limbs). Tetraparesis passes.", []),
        ("Weak limbs (tetraparesis) pass.", []),
        ("Tetraparesis, a weakness of all limbs, passes.", []),
        ("A weakness called tetraparesis passes.", []),
        ("Diagnosis, arthritis and analysis.", []),
        ("Chorioretinitis and meningitis.", ["Chorioretinitis"]),
        ("MS, CT and PCR.", []),
    ],
)
def test_a_term_needs_plain_words_beside_it(words, terms):
    assert unexplained_terms(words, {"meningitis"}) == terms
