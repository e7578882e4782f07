"""How people and pages are named: linked where they have a page, all escaped."""

import pytest

from wiki.models import NamedPerson, PublishedPage
from wiki.templatetags.people import page_links, people_links, person_link

OSEI = NamedPerson("Dr Amara Osei", "neuroradiologist", "/people/moderator/")
REY = NamedPerson("Dr Tomás Rey")


def test_a_person_with_a_page_is_linked_and_their_profession_is_not():
    assert person_link(OSEI) == '<a href="/people/moderator/">Dr Amara Osei</a>, neuroradiologist'


def test_a_person_without_a_page_is_named():
    assert person_link(REY) == "Dr Tomás Rey"
    assert str(OSEI) == "Dr Amara Osei, neuroradiologist"


def test_a_name_is_escaped():
    assert "<b>" not in person_link(NamedPerson("<b>", "<b>", '"><b>'))


def test_several_people_are_joined_with_commas_and_and():
    assert people_links([REY, REY]) == "Dr Tomás Rey, Dr Tomás Rey"
    assert people_links([REY, REY], " and ") == "Dr Tomás Rey and Dr Tomás Rey"
    assert people_links([]) == ""


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        ([], ""),
        (["A"], '<a href="/wiki/a/">A</a>'),
        (["A", "B"], '<a href="/wiki/a/">A</a> and <a href="/wiki/b/">B</a>'),
        (
            ["A", "B", "C"],
            '<a href="/wiki/a/">A</a>, <a href="/wiki/b/">B</a> and <a href="/wiki/c/">C</a>',
        ),
    ],
)
def test_several_pages_are_joined_with_commas_and_and(titles, said):
    assert page_links([PublishedPage(slug=title.lower(), title=title) for title in titles]) == said
