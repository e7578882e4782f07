"""What the text of a new page begins with, and what a text lacks."""

import pytest

from wiki.domain.kinds import CONDITION, EXPOSURE, KINDS
from wiki.text.language.page_templates import missing_from, skeleton_of
from wiki.text.markdown.html import outline


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_skeleton_has_the_headings_of_its_kind_and_no_hints(kind):
    skeleton = skeleton_of(kind.sections)

    headings = outline(skeleton).headings
    assert [heading.text for heading in headings] == [section.heading for section in kind.sections]
    assert {heading.level for heading in headings} == {2}
    assert not any(section.hint in skeleton for section in kind.sections)


def test_a_full_template_has_no_missing_section():
    assert missing_from(skeleton_of(CONDITION.sections), CONDITION.sections) == []


def test_missing_sections_are_found_regardless_of_case_and_level():
    body = "## what IT is\n\nA.\n\n### In the  brain\n\nB.\n\n## Something else\n\nC."

    missing = [section.heading for section in missing_from(body, EXPOSURE.sections)]

    assert missing == ["When to get help now", "Symptoms", "Treatment", "What is uncertain"]
