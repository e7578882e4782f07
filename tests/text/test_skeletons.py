"""The sections that a new page begins with."""

import pytest

from wiki.text.markdown import outline
from wiki.text.skeletons import SECTIONS, skeleton_of
from wiki.vocabulary import Kind


def test_every_kind_has_its_sections():
    assert set(SECTIONS) == set(Kind.values)


@pytest.mark.parametrize("kind", Kind.values)
def test_a_skeleton_has_the_headings_of_its_kind(kind):
    headings = outline(skeleton_of(kind)).headings

    assert tuple(heading.text for heading in headings) == SECTIONS[kind]
    assert {heading.level for heading in headings} == {2}


def test_an_unknown_kind_begins_with_what_it_is():
    assert skeleton_of("planet") == "## What it is\n\n"
