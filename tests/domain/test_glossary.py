"""The reviewed list of terms: short, plain, and each read somewhere."""

import re

import pytest

from wiki.domain.glossary import GLOSSARY
from wiki.importing import starter
from wiki.text.language.readability import reading_grade

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in starter.FOLDER.glob("*.md")}


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row.term)
def test_a_term_is_explained_in_one_plain_sentence_or_two(row):
    assert row.meaning.endswith(".")
    assert len(row.meaning) <= 160
    assert reading_grade(row.meaning) <= 10
    assert row.term.casefold() not in row.meaning.casefold()


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row.term)
def test_a_term_occurs_in_its_page_or_glossary(row):
    if row.read_in.startswith("https://www.nice.org.uk/"):
        return
    stem = row.term.removesuffix("s").removesuffix("a")

    assert re.search(re.escape(stem), PAGES[row.read_in], re.IGNORECASE)


def test_each_term_is_listed_once():
    names = [name.casefold() for row in GLOSSARY for name in (row.term, *row.others)]

    assert len(set(names)) == len(names)
