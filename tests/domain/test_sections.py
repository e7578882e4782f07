"""Page templates: Markdown files of usual sections."""

import pytest

from wiki.domain.kinds import KINDS, Trait
from wiki.domain.sections import TemplateSection, sections_in


def test_a_page_template_is_read_as_headings_with_hints(tmp_path):
    file = tmp_path / "guideline.md"
    file.write_text("## Who wrote it\n\nThe society,\nand when.\n\n## What it says\n\nIts advice.\n")

    sections = sections_in(file)

    assert sections == (
        TemplateSection("Who wrote it", "The society, and when."),
        TemplateSection("What it says", "Its advice."),
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.value not in ("gene", "anatomy")])
def test_kinds_of_illness_and_treatment_have_a_section_on_when_to_get_help(kind):
    assert "When to get help now" in [section.heading for section in kind.sections][:2]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if Trait.ILLNESS in kind.traits])
def test_kinds_of_illness_have_the_usual_headings_for_patients(kind):
    assert {"Symptoms", "Causes", "Treatment"} <= {section.heading for section in kind.sections}
