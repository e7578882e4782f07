"""Templates that people can read: short lines, few branches, and what a file needs at its top."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
LONGEST_LINE = 160
MOST_BRANCHES = 25
# What may stand before the libraries of tags: what the file is about, and what it extends.
BEFORE_LOAD = re.compile(r"(\s*(\{#.*?#\}|\{% extends [^%]*%\}|\{% load [^%]*%\}))*")


def name_of(path: Path) -> str:
    """Return what a template is called."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_line_is_too_long_to_read(path):
    long = [number for number, line in enumerate(_lines(path), 1) if len(line) > LONGEST_LINE]

    assert long == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_table_of_three_columns_can_stand_in_one_on_a_phone(path):
    """There the heading of each column is not shown, so each cell says it."""
    for table in re.findall(r'<table class="sheet">.*?</table>', path.read_text(), re.DOTALL):
        if table.count('scope="col"') > 2:
            assert re.findall(r"<td(?![^>]* data-label=)", table) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_why_nothing_was_done_stands_below_the_title(path):
    """Whoever sent a form sees first which page this still is, the same on every page."""
    above, title, _ = path.read_text().partition("<h1")

    assert not title or not re.search(r'class="errors"|parts/(form_errors|not_done)\.html', above)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_has_too_many_branches(path):
    branches = re.findall(r"\{% (?:if|for) ", path.read_text())

    assert len(branches) <= MOST_BRANCHES


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_tags_are_loaded_at_the_top(path):
    text = path.read_text()
    top = BEFORE_LOAD.match(text)
    rest = text[top.end() :] if top else text

    assert "{% load " not in rest


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_included_template_exists(path):
    for name in re.findall(r'\{% (?:include|extends) "([^"]+)"', path.read_text()):
        get_template(name)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()
