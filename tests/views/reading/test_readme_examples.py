"""The examples for programs in the README answer as it says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from tests import cast
from tests.remembered import remembered
from wiki.mail import webhooks
from wiki.text.document import Code

README = Path(__file__).resolve().parents[3] / "README.md"
DEMO = "http://127.0.0.1:8000"
# What says nothing of that page: lists of the site, and of what changes from now on.
OF_THE_SITE = (
    *("/sitemap.xml", "/llms.txt", "/robots.txt", "/opensearch.xml", "/feeds/recalls/"),
    *("/api/v1/changes", "/api/v1/recalls", "/api/v1/data-sets"),
)
LINES = re.findall(rf"^curl .*{re.escape(DEMO)}.*$", README.read_text(), re.MULTILINE)


@remembered
def hypoparathyroidism(clinician, moderator):
    """Return a page like that of the starter content."""
    codes = (Code("ICD-10-CM", "E20.9"), Code("MeSH", "D007011"))
    body = "## What it is\n\nText.\n\n## Treatment\n\nText."
    cast.make_source(clinician)
    calcification = cast.make_page(clinician, moderator, "Calcification in hypoparathyroidism")
    rows = (cast.statement(calcification),)
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", codes=codes, body=body, statements=rows)


def test_every_door_has_an_example():
    doors = {"/wiki/", "/infobutton/", "/service", "/api/v1/", "/feeds/"}
    doors |= {"/llms.txt", "/robots.txt", "/sitemap.xml", "/opensearch.xml"}

    assert {one for one in doors if not any(f"{DEMO}{one}" in line for line in LINES)} == set()


@pytest.mark.parametrize("line", LINES)
def test_an_example_of_the_readme_answers(hypoparathyroidism, client, line):
    words = shlex.split(line)
    headers = dict([words[words.index("-H") + 1].split(": ", 1)]) if "-H" in words else {}
    (place,) = (urlsplit(word) for word in words if word.startswith(DEMO))

    answer = client.get(f"{place.path}?{place.query}", headers=headers, follow="-L" in words)

    assert answer.status_code == 200
    assert answer.content
    assert "hypoparathyroidism" in answer.content.decode().lower() or place.path in OF_THE_SITE


def test_the_examples_make_and_prove_a_dump(hypoparathyroidism, tmp_path, monkeypatch, capsys):
    make, prove = re.findall(r"^.* var/dump.*$", README.read_text(), re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    Path("var").mkdir()

    call_command(*shlex.split(make.partition("manage.py ")[2]))
    said = subprocess.run(
        [sys.executable, *shlex.split(prove)[1:]], capture_output=True, text=True, check=True
    )

    assert "2 pages, 1 statements" in capsys.readouterr().out
    assert said.stdout.startswith("All fits")


def test_the_example_of_a_receiver_knows_messages_of_ours():
    (code,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102  ours
    secret, body = webhooks.new_secret(), b'{"type": "changes"}'
    fields = {"webhook-id": "changes-1-0-2-3", "webhook-timestamp": "1800000000"}
    fields["webhook-signature"] = webhooks.signature(secret, "changes-1-0-2-3", 1_800_000_000, body)

    assert space["is_from_wiki"](secret, fields, body)
    assert not space["is_from_wiki"](secret, fields, body + b" ")
    assert not space["is_from_wiki"](webhooks.new_secret(), fields, body)
