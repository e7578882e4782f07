"""How the starter pages are written: links within sentences, and what sources were compared with."""

import re

import pytest

from wiki.importing import starter
from wiki.importing.front_matter import loads

# What a source was compared with, what of it, and what was not; and nothing on how somebody came by it.
_PART = r"[^:.;]+"
RECORD_OF_A_CHECK = re.compile(
    rf"(?:Compared with {_PART}: {_PART}(?:; with {_PART}: {_PART})*\.(?: Not compared: {_PART}\.)?"
    r"(?: The title in brackets is a description\.)?)?"
)
LOOKED_UP = re.compile(
    r"displayed|seen|corpus|inferred|phenotype|record id|stored|library|overview|search|fetch|download|"
    r"retrieve|taken from|found in|cut short|snippet|excerpt|cached|archive"
)
LINK_WITHIN = re.compile(r"[\w,;:(] ?\[\[([^\[\]|]+)(?:\|([^\[\]|]+))?\]\]")
CAPITALISED = re.compile(r"([A-ZÀ-Ý][a-zà-ÿ]+|A)\b")
# Names of people, and pages that are called like a question.
NAMES = {"A", "Aicardi", "Coats", "Cockayne", "Down", "Gorlin", "How", "Sturge"}


@pytest.mark.parametrize("path", sorted(starter.FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_links_and_records_of_checks_are_written_alike(path):
    page = loads(path.read_text())
    shown = [match[2] or match[1] for match in LINK_WITHIN.finditer(page.body)]
    words = {one: begins[1] for one in shown if (begins := CAPITALISED.match(one))}
    records = [source.checked_how for source in page.sources]

    assert [one for one, word in words.items() if word not in NAMES] == []
    assert [one for one in records if not RECORD_OF_A_CHECK.fullmatch(one) or LOOKED_UP.search(one)] == []
