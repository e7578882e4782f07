"""What stands around a page's text: what comes first, the way to report a mistake, the code on its print."""

import re

import pytest

from tests import cast
from tests.remembered import remembered
from tests.shown import html_of
from wiki.text.qr_code import qr_code

BODY = (
    "Before all.\n\n## What it is\n\nWords.[@pmid:22327515] See the note.[^1]\n\n### Deeper\n\nMore.\n\n"
    "> ## Quoted\n\n## 治療\n\nLast words.\n\n[^1]: A note."
)
AT_HOME = "/wiki/hypoparathyroidism/"


@remembered
def article(clinician, moderator):
    """Return a published page with sections, a statement, a source and a note."""
    cast.make_source(clinician)
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(seizures, "has_manifestation")
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY, statements=(row,))


def marks(html):
    """Return headings of the first rank, links to report, and the notes of a page, in order."""
    found = re.findall(r'<h2 id="([^"]+)"|report/(\?section=[^"]+)"|class="(notes)"', html)
    return ["".join(one) for one in found]


def test_each_section_ends_with_a_link_that_reports_a_mistake_in_it(article, client):
    html = html_of(client.get(AT_HOME))

    in_text = html[html.index('<div class="prose">') : html.index('id="near-h"')]
    first, quoted, last = re.findall(r'<h2 id="([^"]+)"', in_text)
    assert marks(in_text) == [first, quoted, f"?section={first}", last, f"?section={last}", "notes"]
    assert "?section=statements" in html
    assert "?section=references" in html


def test_an_old_version_has_no_report_links(article, client):
    assert "?section=" not in html_of(client.get(f"{AT_HOME}revisions/1/"))


def test_the_summary_and_text_come_before_facts_and_codes(article, client):
    html = html_of(client.get(AT_HOME))

    assert html.index('class="lead"') < html.index('class="prose"') < html.index('class="facts"')


@pytest.mark.parametrize("path", [AT_HOME, f"{AT_HOME}revisions/1/"])
def test_a_print_has_the_qr_code_of_its_version_check(article, client, path):
    html = html_of(client.get(path))

    assert qr_code(f"http://testserver/v/{article.pk}-1/").path in html
