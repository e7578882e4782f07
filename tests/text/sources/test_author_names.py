"""Names of authors: who may be the same person."""

import pytest

from wiki.text.sources import author_names
from wiki.text.sources.author_names import as_written, same_person

AMARA = {"family": "Osei", "given": "Amara B."}
JUN = {"family": "Wang", "given": "Jun"}


@pytest.mark.parametrize(
    ("name", "author", "same"),
    [
        ("Amara Osei", AMARA, True),
        ("Osei, Amara", AMARA, True),
        ("Osei A", AMARA, True),
        ("A. B. Osei", AMARA, True),
        ("Osei AB", AMARA, True),
        ("OSEI", AMARA, True),
        ("Kofi Osei", AMARA, False),
        ("Osei K", AMARA, False),
        ("Amara", AMARA, False),
        ("Wang Jing", JUN, False),
        ("Jun Wang", JUN, True),
        ("Wang J", JUN, True),
        ("Wang Jing", {"family": "Wang", "given": "J"}, True),
        ("Wang Jing", {"family": "Wang"}, True),
        ("Tomas Rey", {"family": "Rey", "given": "Tomás"}, True),
        ("van der Berg A", {"family": "van der Berg", "given": "Anna"}, True),
        ("王军", {"family": "王", "given": "军"}, False),
        ("王 军", {"family": "王", "given": "军"}, True),
        ("The Calcium Group", {"literal": "The calcium group"}, True),
        ("Calcium", {"literal": "The calcium group"}, False),
        ("", {"literal": ""}, False),
        ("Osei", {}, False),
        (" ", AMARA, False),
    ],
)
def test_names_of_the_same_person_are_recognised(name, author, same):
    assert same_person(name, author) is same


@pytest.mark.parametrize(
    ("author", "words"),
    [
        (AMARA, "Osei AB"),
        ({"family": "Osei"}, "Osei"),
        ({"literal": "The calcium group"}, "The calcium group"),
    ],
)
def test_an_author_is_written_as_in_a_reference(author, words):
    assert as_written(author) == words


def test_a_name_that_is_compared_with_many_authors_is_taken_apart_once(monkeypatch):
    taken_apart = []

    def counted(word, longest):
        taken_apart.append(word)
        return word

    monkeypatch.setattr(author_names, "ascii_slug", counted)
    authors = [{"family": f"Kin{'x' * number}", "given": "Onlyhere"} for number in range(20)]

    for name in [f"Somebody{'x' * number}" for number in range(20)]:
        for author in authors:
            same_person(name, author)

    assert len(taken_apart) == len(set(taken_apart)) == 41
