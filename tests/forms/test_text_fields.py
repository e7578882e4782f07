"""Words that people type: every form of the wiki refuses what nobody sees, and loses nothing."""

import importlib
import pkgutil

import pytest
from django import forms

import wiki.forms
from wiki.forms.editing.page_state import PageField
from wiki.forms.text_fields import SeenTextField

# Fields of text that keep nothing, or whose text the checks of a page or another rule look at.
ELSEWHERE = {
    "about": "a search",
    "person": "a search",
    "q": "a search",
    "into": "names a page or a source, and is not kept",
    "website": "must be empty",
    "stamp": "signed",
    "record": "signed",
    "token": "signed",
    "shown": "signed",
    "digest": "compared with what is kept",
    "retires": "compared with what is kept",
    "shown_for": "compared with a number",
    "pasted": "taken out when it is read",
    "orcid": "digits",
    "title": "the rule all-seen",
    "aliases": "the rule all-seen",
    "summary": "the rule all-seen",
    "body": "the rule all-seen",
    "code": "the form of its system",
    "email": "the form of an address",
    "origin": "the form of an address",
    "username": "letters from a list",
    "login": "compared with what is kept",
    "password": "compared with what is kept",
    "oldpassword": "compared with what is kept",
    "credential": "what a key answers, which is verified",
    "password1": "kept as a digest",
    "password2": "compared with the first",
}


def all_forms():
    """Return every form class of the wiki."""
    for module in pkgutil.walk_packages(wiki.forms.__path__, "wiki.forms."):
        importlib.import_module(module.name)
    found: list[type[forms.Form]] = []
    left: list[type[forms.Form]] = [forms.Form]
    while left:
        one = left.pop()
        left += one.__subclasses__()
        if one.__module__.startswith("wiki."):
            found.append(one)
    return sorted(set(found), key=lambda one: one.__qualname__)


def texts():
    """Return (form, name, field) of every field in which text is typed, but for those that name a page."""
    return [
        (form, name, field)
        for form in all_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, PageField)
    ]


def test_every_stored_text_field_refuses_invisible_characters():
    open_doors = {
        f"{form.__qualname__}.{name}"
        for form, name, field in texts()
        if not isinstance(field, SeenTextField) and name not in ELSEWHERE
    }

    assert len(texts()) > 50
    # References are read like the one that is pasted: what nobody sees is taken out.
    assert open_doors == {"CollectionForm.text"}


@pytest.mark.parametrize(
    ("form", "name"),
    [
        pytest.param(form, name, id=f"{form.__qualname__}.{name}")
        for form, name, field in texts()
        if isinstance(field, SeenTextField)
    ],
)
def test_the_error_names_the_invisible_character(form, name):
    with pytest.raises(forms.ValidationError, match=r"nobody can see: U\+202E"):
        form.base_fields[name].clean("Do \u202eton\u202c stop")


def test_typed_line_ends_become_newlines():
    assert SeenTextField().clean("one\r\ntwo") == "one\ntwo"
