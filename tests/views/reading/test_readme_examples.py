"""The examples for programs in the README answer as it says."""

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.text.document import Code

README = Path(__file__).resolve().parents[3] / "README.md"
DEMO = "http://127.0.0.1:8000"
# What says nothing of that page: lists of the site, and of what changes from now on.
OF_THE_SITE = ("/sitemap.xml", "/llms.txt", "/api/v1/changes", "/api/v1/recalls", "/api/v1/data-sets")
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


def test_the_readme_has_at_least_eight_examples():
    assert len(LINES) >= 8


@pytest.mark.parametrize("line", LINES)
def test_an_example_of_the_readme_answers(hypoparathyroidism, client, line):
    words = shlex.split(line)
    headers = dict([words[words.index("-H") + 1].split(": ", 1)]) if "-H" in words else {}
    (place,) = (urlsplit(word) for word in words if word.startswith(DEMO))

    answer = client.get(f"{place.path}?{place.query}", headers=headers, follow="-L" in words)

    assert answer.status_code == 200
    assert answer.content
    assert "hypoparathyroidism" in answer.content.decode().lower() or place.path in OF_THE_SITE
