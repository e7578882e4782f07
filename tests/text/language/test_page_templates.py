"""The sections and statements that pages of a kind usually have."""

import pytest

from wiki.domain.kinds import Kind
from wiki.domain.relations import RELATIONS
from wiki.text.language.page_templates import (
    SECTIONS,
    USUAL,
    missing_from,
    sections_of,
    skeleton_of,
    usual_ties,
)
from wiki.text.markdown.html import outline


def test_every_kind_has_its_sections():
    assert set(SECTIONS) == set(Kind.values)


@pytest.mark.parametrize("kind", Kind.values)
def test_a_skeleton_has_the_headings_of_its_kind(kind):
    headings = outline(skeleton_of(kind)).headings

    assert [heading.text for heading in headings] == [section.heading for section in sections_of(kind)]
    assert {heading.level for heading in headings} == {2}


@pytest.mark.parametrize("kind", Kind.values)
def test_every_section_says_what_belongs_there_and_the_text_does_not(kind):
    for section in sections_of(kind):
        assert section.hint.endswith(".")
        assert section.hint not in skeleton_of(kind)


def test_an_unknown_kind_begins_with_what_it_is():
    assert skeleton_of("planet") == "## What it is\n\n"
    assert usual_ties("planet") == ()


def test_a_whole_skeleton_lacks_nothing():
    assert missing_from("condition", skeleton_of("condition")) == []


def test_what_is_missing_is_named_whatever_the_case_and_level_of_the_headings():
    body = "## what IT is\n\nA.\n\n### In the  brain\n\nB.\n\n## Something else\n\nC."

    missing = [section.heading for section in missing_from("exposure", body)]

    assert missing == ["What is uncertain"]


@pytest.mark.parametrize(("kind", "relations"), USUAL.items())
def test_the_usual_relations_can_be_stated_by_pages_of_the_kind(kind, relations):
    assert usual_ties(kind) == relations
    assert all(kind in RELATIONS[relation].subjects for relation in relations)
