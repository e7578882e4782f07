"""Fields are written letter by letter as Django's templates write them."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from wiki.forms import field_renderer
from wiki.forms.field_renderer import FieldRenderer

CHOICES = [
    ("", "Choose …"),
    ("a", "<b>A & B</b>"),
    ("Group's", [("1", "One"), (2, mark_safe("<i>Two</i>"))]),
]
ATTRS = {"required": True, "disabled": False, "maxlength": 1200, "data-a": "\"'<>&", "class": "wide"}
WIDGETS = [
    forms.TextInput(),
    forms.HiddenInput(),
    forms.NumberInput(),
    forms.CheckboxInput(),
    forms.DateInput(),
    forms.URLInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.PasswordInput(),
]
VALUES = [None, "", "a", "2", 0, 12345, "<script>'\"&\n  words", mark_safe("<b>"), ["1", "2"]]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("attrs", [{}, ATTRS], ids=["plain", "with attributes"])
def test_a_field_is_written_as_by_the_templates(widget, attrs):
    for value in VALUES:
        written, by_template = (
            widget.render("a-<name>", value, attrs, renderer=renderer)
            for renderer in (FieldRenderer(), TemplatesSetting())
        )

        assert written == by_template


def test_the_fields_of_the_editor_take_no_template():
    assert {widget.template_name for widget in WIDGETS[:8]} <= field_renderer._WRITERS.keys()
