"""Empty parts of the page form are rendered once, and anew where what they depend on is another."""

import pytest
from django.template import Engine
from django.template.loader import render_to_string
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from wiki.forms.editing import empty_parts
from wiki.forms.editing.empty_parts import blank_statement, empty_source
from wiki.forms.editing.parts import StatementForm
from wiki.forms.library.source import SourceForm


@pytest.fixture
def rendered():
    """Return how often a template was asked for an empty part that is in use."""
    empty_parts._rendered.cache_clear()
    was = get_script_prefix()
    yield lambda: empty_parts._rendered.cache_info().misses
    set_script_prefix(was)
    empty_parts._rendered.cache_clear()


def test_they_are_what_their_templates_say(rendered):
    blank = render_to_string("writing/statement.html", {"row": StatementForm.blank()})
    source = render_to_string("writing/source_fields.html", {"form": SourceForm(), "within": True})

    assert [blank_statement(), empty_source()] == [blank, source]
    assert [blank_statement(), empty_source()] == [blank, source]
    assert rendered() == 2


def test_another_place_of_the_wiki_renders_them_anew(rendered):
    assert 'data-lookup="/lookup/pages/"' in blank_statement()

    set_script_prefix("/wiki-of-a-clinic/")
    assert 'data-lookup="/wiki-of-a-clinic/lookup/pages/"' in blank_statement()


def test_another_language_or_template_renders_them_anew(rendered):
    blank_statement()
    with translation.override("de"):
        blank_statement()
    assert rendered() == 2

    # As Django does when a template was changed while its server for developers runs.
    Engine.get_default().template_loaders[0].reset()
    blank_statement()
    assert rendered() == 3
