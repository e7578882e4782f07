"""How people and pages are named: linked where they have a page, all escaped."""

import re

import pytest

from wiki.domain.named_people import named
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


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], ""),
        ([REY], "Dr Tomás Rey"),
        ([REY, REY], "Dr Tomás Rey and Dr Tomás Rey"),
        ([REY, REY, REY], "Dr Tomás Rey, Dr Tomás Rey and Dr Tomás Rey"),
        # A profession is that of one of them.
        ([OSEI, REY], "Dr Amara Osei, neuroradiologist, and Dr Tomás Rey"),
        ([REY, OSEI, REY], "Dr Tomás Rey; Dr Amara Osei, neuroradiologist; and Dr Tomás Rey"),
    ],
)
def test_several_people_are_told_apart(people, said):
    assert named(people) == said
    assert re.sub("<[^>]+>", "", people_links(people)) == said


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
