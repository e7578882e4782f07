"""Page templates: Markdown files of usual sections."""

from wiki.domain.sections import TemplateSection, sections_in


def test_a_page_template_is_read_as_headings_each_with_its_hint(tmp_path):
    file = tmp_path / "guideline.md"
    file.write_text("## Who wrote it\n\nThe society,\nand when.\n\n## What it says\n\nIts advice.\n")

    sections = sections_in(file)

    assert sections == (
        TemplateSection("Who wrote it", "The society, and when."),
        TemplateSection("What it says", "Its advice."),
    )
