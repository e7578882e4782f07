"""What forms say of a missing or wrong value says how to mend it, in every form that a person meets."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import allauth.account
import allauth.mfa
import pytest
from django import forms
from django.core.exceptions import ValidationError

import wiki.forms

# How Django and allauth put it.
FOREIGN = re.compile(
    r"This field|Ensure |[Vv]alid |Enter a list|is not one of|[Pp]lease |Successfully|specified", re.ASCII
)
OF_PEOPLE = ("wiki.forms.", "allauth.account.", "allauth.mfa.")
# Answers of a browser's key, which nobody types.
UNTYPED = {"credential"}
KINDS = [
    (forms.CharField(), "", "Fill this in."),
    (forms.CharField(max_length=3), "abcde", "Shorten this to 3 characters; it has 5."),
    (forms.CharField(min_length=3), "a", "Use at least 3 characters."),
    (forms.EmailField(), "a@", "Give an address such as name@example.org."),
    (forms.URLField(assume_scheme="https"), "no", "Give an address such as https://example.org/page."),
    (forms.IntegerField(), "x", "Give a whole number, in digits."),
    (forms.IntegerField(min_value=3), "1", "Give 3 or more."),
    (forms.IntegerField(max_value=3), "4", "Give 3 or less."),
    (forms.DateField(), "soon", "Give a day such as 2027-05-31."),
    (forms.ChoiceField(choices=[("a", "A")]), "", "Choose one."),
    (forms.ChoiceField(choices=[("a", "A")]), "xylophone", "Choose one from the list."),
    (forms.MultipleChoiceField(choices=[("a", "A")]), [], "Choose at least one."),
    (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"], "Choose from the list."),
]


@pytest.mark.parametrize(("field", "value", "sentence"), KINDS)
def test_a_wrong_value_is_told_in_the_words_of_the_wiki(field, value, sentence):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)

    assert refused.value.messages == [sentence]


def test_no_form_says_it_in_the_words_of_a_library():
    said = list(_sentences())

    assert len(said) > 300
    assert [one for one in said if FOREIGN.search(one[-1])] == []


def _sentences() -> Iterator[tuple[str, str, str]]:
    """Yield form, field and sentence for all that a field can complain of."""
    for form in _forms():
        for name, field in form.base_fields.items():
            if name in UNTYPED:
                continue
            told = [message for key, message in field.error_messages.items() if key != "contradiction"]
            told += [getattr(one, "message", "") for one in field.validators]
            # A sentence that depends on a number is a promise of two.
            yield from ((form.__name__, name, str(one)) for one in told if one)


def _forms() -> set[type[forms.Form]]:
    """Return the forms of the wiki, and those of allauth."""
    for package in (wiki.forms, allauth.account, allauth.mfa):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if package is wiki.forms or module.name.endswith(".forms"):
                importlib.import_module(module.name)
    return {one for one in _below(forms.Form) if one.__module__.startswith(OF_PEOPLE)}


def _below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
