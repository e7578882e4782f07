"""The attributes that tie a field to its hint and its error."""

import pytest
from django import forms

from wiki.templatetags.fields import (
    button_look,
    described_by,
    described_by_errors,
    error_attributes,
    first_control_id,
)


class Form(forms.Form):
    """A field that must be filled in, and choices."""

    reason = forms.CharField()
    parts = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, help_text="Some."
    )


EMPTY = Form()
WRONG = Form({})


def test_a_field_in_order_is_described_by_its_hint_alone():
    assert error_attributes(EMPTY["reason"]) == ""
    assert error_attributes(EMPTY["reason"], "hint") == ' aria-describedby="hint"'


def test_a_field_that_is_wrong_is_described_by_its_error_too():
    invalid = ' aria-invalid="true" aria-describedby='

    assert error_attributes(WRONG["reason"]) == f'{invalid}"id_reason_error"'
    assert error_attributes(WRONG["reason"], "hint") == f'{invalid}"hint id_reason_error"'
    assert error_attributes(WRONG["reason"], error="said") == f'{invalid}"said"'


def test_described_by_omits_empty_ids_and_escapes():
    assert described_by("", "") == ""
    assert described_by("", "a", "b") == ' aria-describedby="a b"'
    assert described_by('"><b>') == ' aria-describedby="&quot;&gt;&lt;b&gt;"'


def test_a_group_of_choices_names_its_errors_before_its_hint():
    assert described_by_errors(EMPTY["parts"]) == ' aria-describedby="id_parts_hint"'
    assert described_by_errors(WRONG["parts"]) == ' aria-describedby="id_parts_error id_parts_hint"'
    assert described_by_errors(EMPTY["reason"]) == ""


def test_a_link_to_checkboxes_leads_to_the_first_one():
    assert first_control_id(EMPTY["parts"]) == "id_parts_0"
    assert first_control_id(EMPTY["reason"]) == "id_reason"


@pytest.mark.parametrize(
    ("tags", "look"),
    [
        ([], " btn-act"),
        (["danger", "outline"], " btn-bad"),
        (["secondary"], ""),
        (["outline"], ""),
        (["cancel"], ""),
    ],
)
def test_the_look_of_a_button_is_told_by_its_tags(tags, look):
    assert button_look(tags) == look
