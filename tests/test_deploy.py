"""The files for production in .deploy/, held against the code that they start."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / ".deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_systemd_unit_starts_an_existing_command(unit):
    words = unit.read_text().replace("\\\n", " ")

    started = re.search(r"^ExecStart=/srv/causeway/\.venv/bin/(.+)$", words, re.MULTILINE)

    assert started
    if command := re.fullmatch(r"python manage\.py (\w+)(?: /\S+)?", started[1]):
        assert command[1] in get_commands()
    else:
        assert started[1].startswith("granian --interface asgi ")
        assert started[1].endswith(" wiki.asgi:application")


def test_the_production_example_holds_known_settings():
    read = set(re.findall(r'\benv\w*\(\s*"([A-Z_]+)"', (ROOT / "wiki" / "settings.py").read_text()))

    written = re.findall(r"^([A-Z_]+)='", (DEPLOY / "causeway.env").read_text(), re.MULTILINE)

    assert written
    assert set(written) <= read


def test_the_readme_names_existing_commands_and_files():
    readme = (ROOT / "README.md").read_text()
    chapter = readme.partition("## In production")[2].partition("\n## ")[0]

    commands = set(re.findall(r"^causeway (\w+)", chapter, re.MULTILINE))
    files = set(re.findall(r"/srv/causeway/(\.deploy/[\w./*-]+)", chapter))

    assert commands
    assert commands <= set(get_commands())
    assert files
    assert [name for name in files if not list(ROOT.glob(name))] == []
