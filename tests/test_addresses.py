"""Addresses that are worked out once are those that Django works out."""

import pytest
from django.template import Context, Engine
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.safestring import SafeString

from wiki import addresses
from wiki.addresses import address_of


@pytest.fixture(autouse=True)
def nothing_is_kept():
    addresses._kept.cache_clear()
    yield
    set_script_prefix("/")
    addresses._kept.cache_clear()


def shown(template, **values):
    return Engine.get_default().from_string(template).render(Context(values))


@pytest.mark.parametrize(
    ("view", "values"),
    [
        pytest.param("index", (), id="nothing"),
        pytest.param("draft", (7,), id="a number"),
        pytest.param("page-form", ("gout", "md"), id="two texts"),
        pytest.param("page", (SafeString("gout"),), id="a safe text"),
    ],
)
def test_an_address_is_worked_out_once(view, values):
    tag = "".join(["{% url view ", *("values.0 ", "values.1 ")[: len(values)], "%}"])

    found = [address_of(view, *values), address_of(view, *values), shown(tag, view=view, values=values)]

    assert found == [reverse(view, args=values)] * 3
    assert addresses._kept.cache_info().misses == 1


def test_another_place_of_the_wiki_and_another_type_have_addresses_of_their_own():
    assert address_of("draft", 1) == "/drafts/1/"
    with pytest.raises(NoReverseMatch):
        address_of("draft", True)

    set_script_prefix("/wiki-of-a-clinic/")

    assert address_of("draft", 1) == "/wiki-of-a-clinic/drafts/1/"


def test_the_tag_does_the_rest_as_django_does():
    assert shown("{% url 'draft' pk=7 %}") == shown("{% url 'draft' 7 as found %}{{ found }}") == "/drafts/7/"
    assert shown("{% url 'admin:index' %}") == reverse("admin:index")
    assert shown("{% url 'nowhere' as found %}<{{ found }}>") == "<>"
    with pytest.raises(NoReverseMatch):
        shown("{% url 'nowhere' %}")
