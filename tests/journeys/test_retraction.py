"""A retraction reaches a reader: from the file of Retraction Watch to the top of the page, and off again."""

import csv
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import cast
from wiki.importing.retractions import COLUMNS

BODY = "## What it is\n\nCalcium falls.[@pmid:22327515]"
RETRACTION = {
    "Record ID": "1",
    "RetractionDate": "5/3/2026 0:00",
    "RetractionDOI": "10.1000/notice",
    "OriginalPaperDOI": "unavailable",
    "OriginalPaperPubMedID": "22327515",
    "RetractionNature": "Retraction",
    "Reason": "+Falsification/Fabrication of Data;",
}


@pytest.fixture
def file(tmp_path):
    """Return the file of a day on which a work of ours is retracted."""
    path = tmp_path / "retraction_watch.csv"
    with path.open("w", newline="") as table:
        csv.writer(table).writerows([COLUMNS, [RETRACTION.get(name, "0") for name in COLUMNS]])
    return path


def test_a_retraction_warns_readers_until_the_source_is_removed(file, clinician, moderator, seat):
    cast.make_source(clinician)
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY)
    reader, judge = seat(), seat(moderator)
    reader.goto("/wiki/hypoparathyroidism/")
    warning = reader.get_by_text("A source of this page was retracted on 3 May 2026")
    expect(warning).to_have_count(0)

    call_command("check_sources", file)

    reader.reload()
    expect(warning).to_be_visible()
    warning.get_by_role("link", name="1").click()
    expect(reader.locator("#ref-1")).to_contain_text("Retracted")

    judge.goto("/review/")
    judge.get_by_role("link", name="1 to re-review").click()
    judge.get_by_role("main").get_by_role("link", name="Hypoparathyroidism").click()
    expect(judge.get_by_text("Falsification/Fabrication of Data")).to_be_visible()
    expect(judge.get_by_text(re.compile("say wherever it is cited that it was retracted"))).to_be_visible()

    body = "## What it is\n\nCalcium falls; the study that said why was retracted.[@pmid:22327515]"
    cast.approve(cast.propose_change(page, clinician, body=body), moderator)

    reader.reload()
    expect(warning).to_have_count(0)
    judge.reload()
    expect(judge.get_by_role("heading", name=re.compile("Settled by Dr Amara Osei"))).to_be_visible()
