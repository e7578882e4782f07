"""Fields are written letter by letter as Django's templates write them."""

import pytest
from django import forms
from django.forms.boundfield import BoundWidget
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


@pytest.mark.parametrize("widget", [forms.RadioSelect(), forms.CheckboxSelectMultiple()])
@pytest.mark.parametrize("wrap_label", [True, False])
@pytest.mark.parametrize("attrs", [{}, {"id": "a-<id>", "class": "wide"}], ids=["plain", "with an id"])
def test_one_of_several_choices_is_written_as_by_the_templates(widget, wrap_label, attrs):
    widget.choices = CHOICES
    for choice in widget.subwidgets("a-<name>", ["a", "2"], attrs):
        written, by_template = (
            BoundWidget(widget, choice, renderer).tag(wrap_label=wrap_label)
            for renderer in (FieldRenderer(), TemplatesSetting())
        )

        assert written == by_template


def test_the_fields_of_the_editor_take_no_template():
    used = {widget.template_name for widget in WIDGETS[:8]} | {forms.RadioSelect.option_template_name}
    assert used <= field_renderer._WRITERS.keys()
