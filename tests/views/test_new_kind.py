"""A kind that only its row and its page template tell of: every page of it, for everybody."""

import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast, reviewing
from tests.reviewing import at, signed_in, verdict_on, words
from tests.shown import fields_of, html_of, only
from tests.views import doors
from wiki.domain.help_topics import TOPICS
from wiki.domain.kinds import KINDS, Kind, register
from wiki.domain.sections import sections_in
from wiki.importing.front_matter import loads
from wiki.importing.pages import write_folder
from wiki.mail import unsubscribe
from wiki.models import Page, Publication, Revision, Source, User, Watch
from wiki.policy.due_dates import due_after

TEMPLATE = "## Who wrote it\n\nThe society, and when.\n\n## What it advises\n\nFor whom, and how surely.\n"
SLUG = "calcification-guideline"
# What no reader should see: a program's word for nothing, or a row of ours as a program prints it. A list
# of a person's registrations, say, may be empty in a sentence: “None yet.”
NOTHING = re.compile(r"(?<!If-)\bNone\b(?!(?: yet| published)?\.)|\bKind\(|frozenset| object at 0x")
# A basis may be called so.
OPTION = re.compile(r"<option[^>]*>.*?</option>", re.DOTALL)


@pytest.fixture(autouse=True)
def guideline(tmp_path: Path) -> Iterator[Kind]:
    """Return a kind that is there for one test, added as any other: by a row and a file."""
    file = tmp_path / "guideline.md"
    file.write_text(TEMPLATE)
    kind = Kind(
        value="guideline",
        label="Guideline",
        plural="Guidelines",
        schema_org="MedicalGuideline",
        sections=sections_in(file),
        usual_relations=("associated_with",),
        review_months=18,
    )
    yield register(kind)
    del KINDS["guideline"]


@pytest.fixture
def begun(published: Page, source: Source, clinician: User) -> Any:
    """Return the form of a page of the kind, filled in and saved by its author."""
    browser = signed_in(clinician)
    form = browser.get("/new/", {"title": "Calcification guideline", "kind": "guideline"})
    stated = {"relation": "associated_with", "object": "Hypoparathyroidism"}
    stated |= {"stance": "asserted", "grade": "low", "basis": "cohort"}
    fields = fields_of(form) | {f"statements-0-{name}": [value] for name, value in stated.items()}
    fields |= {"statements-0-sources": ["pmid:22327515"], "summary": ["What to do."], "note": ["New."]}
    typed = fields | {"body": "## Who wrote it\n\nA society.", "act": "save"}
    return browser.post("/new/", typed, follow=True)


@pytest.fixture
def sent(begun: Any, clinician: User) -> Revision:
    """Return the page, sent in by its author."""
    draft = Revision.objects.get(state="draft")
    asked = fields_of(begun) | {"impact": "wording", "act": "submit"}
    signed_in(clinician).post(reverse("draft", args=[draft.pk]), asked)
    return Revision.objects.get(pk=draft.pk, state="submitted")


@pytest.fixture
def approved(sent: Revision, moderator: User) -> Publication:
    """Return the page, approved on the review screen."""
    signed_in(moderator).post(at("approve", sent), verdict_on(sent))
    return Publication.objects.get(revision=sent)


@pytest.fixture
def places(approved: Publication, published: Page, clinician: User, moderator: User) -> dict[str, object]:
    """Return what addresses of the kind are made of: a page of two versions, one waiting, one begun."""
    guide = approved.revision.page
    second_read = reviewing.draw(approved)
    cast.approve(cast.propose_change(guide, clinician), moderator)
    stated = (cast.statement(guide, "associated_with"),)
    cast.make_page(clinician, moderator, "Ataxia", kind="symptom", statements=stated)
    Watch.objects.create(person=clinician, kind="guideline")
    waiting = cast.propose_change(guide, clinician, summary="What is advised.")
    draft = cast.make_edit(guide, clinician, summary="What is best.")
    return {
        "slug": SLUG,
        "number": 1,
        "kind": "guideline",
        "section": "who-wrote-it",
        "username": "clinician",
        "relation": "associated_with",
        "other": published.pk,
        "token": unsubscribe.address_to_stop(clinician, "kind:guideline").split("/")[-2],
        "review": waiting.pk,
        "draft": draft.pk,
        "second-read": second_read.pk,
        "printed": guide.pk,
        "version-file": guide.pk,
    }


def addresses(places: dict[str, object], role: str) -> Iterator[str]:
    """Yield every address that can be made of `places`, but for what is nobody's business in that role."""
    of_drafts = ("checks", "conflict", "discard")
    for name, door in doors.DOORS.items():
        kept = {"pk": places.get("draft" if name in of_drafts else name), **places}
        taken = doors.addresses()[name]
        if door.get[role] != HTTPStatus.NOT_FOUND and all(kept.get(one) is not None for one in taken):
            yield reverse(name, kwargs={one: kept[one] for one in taken})
    yield from (reverse("help-topic", args=[topic]) for topic in TOPICS)
    of_page = reverse("page", args=[SLUG])
    today = timezone.localdate().isoformat()
    yield from (f"{of_page}{more}" for more in (f"?as_of={today}", "compare/?from=1&to=2", "revisions/2/"))
    yield from (f"{of_page}cite/?format={one}" for one in ("bibtex", "ris"))
    yield from ("/search/?q=guideline", "/new/?kind=guideline&title=Another", "/overdue/?kind=guideline")
    yield from ("/review/?kind=guideline&show=all", "/lookup/pages/?q=calc&kind=guideline")


# --- Every page of it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", doors.ROLES)
def test_every_page_of_a_new_kind_opens_for_each_role(role, places, reader, administrator):
    browser = Client()
    if person := User.objects.filter(role=role).order_by("pk").first():
        browser.force_login(person)

    answers = {path: browser.get(path) for path in addresses(places, role)}

    # Pictures and the script for auditors say nothing of a kind.
    answers = {
        path: one for path, one in answers.items() if not (one.streaming or path.endswith((".py", ".ico")))
    }
    failed = {path: one.status_code for path, one in answers.items() if one.status_code in (404, 500)}
    assert failed == {}
    opened = {path: OPTION.sub("", html_of(one)) for path, one in answers.items() if one.status_code == 200}
    assert {path: NOTHING.findall(text) for path, text in opened.items() if NOTHING.search(text)} == {}
    assert len(opened) > 40


# --- What they say ----------------------------------------------------------------------------------------


def test_a_new_page_of_the_kind_begins_with_its_sections(clinician):
    browser = signed_in(clinician)

    offered, form = browser.get("/new/"), browser.get("/new/", {"title": "A", "kind": "guideline"})

    assert '<input type="radio" name="kind" value="guideline" required> Guideline</label>' in html_of(offered)
    fields = fields_of(form)
    assert fields["body"] == ["## Who wrote it\r\n\r\n\r\n## What it advises\r\n\r\n"]
    assert fields["kind"] == ["guideline"]
    assert 'value="add-statement-associated_with"' in html_of(form)
    assert "The society, and when." in html_of(form)


def test_the_author_sees_which_usual_section_is_missing(begun):
    assert "What it advises" in html_of(begun)
    assert "For whom, and how surely." in html_of(begun)


def test_a_reviewer_of_a_new_kind_gets_the_general_questions_only(sent, moderator):
    shown = words(signed_in(moderator).get(at("review", sent)))

    assert "Guideline" in shown
    assert "Are the new words right, and do the sources beside them say so?" in shown
    assert "It says what happens without treatment" not in shown
    assert "Warning signs that need urgent care" not in shown


def test_a_whole_page_review_lasts_the_months_of_the_kind(approved, client, moderator):
    made = cast.review_whole(approved.page, moderator)

    assert made.due_on == due_after(made.reviewed_at, "guideline")
    assert "18 for guidelines" in html_of(client.get("/about/review/"))


def test_readers_find_the_page_under_its_kind(approved, client):
    assert "<h1>Guidelines</h1>" in html_of(client.get("/index/guideline/"))
    assert f'href="/wiki/{SLUG}/"' in html_of(client.get("/index/guideline/"))
    assert 'href="/index/guideline/">Guidelines <span class="num">1</span>' in html_of(client.get("/"))
    assert "guideline</small>" in html_of(client.get("/search/", {"q": "guideline"}))


def test_structured_data_and_feed_name_the_kind(approved, client):
    html = client.get(f"/wiki/{SLUG}/").content.decode()

    data = json.loads(only(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html))
    assert data["about"]["@type"] == "MedicalGuideline"
    assert '<category term="Guideline"' in html_of(client.get("/feeds/kinds/guideline/"))


def test_followers_of_the_kind_hear_of_the_page(reader, sent, moderator):
    browser = signed_in(reader)
    browser.post("/watching/", {"mailing": reader.mailing, "kinds": ["guideline"]})

    signed_in(moderator).post(at("approve", sent), verdict_on(sent))

    assert "Calcification guideline" in html_of(browser.get("/notices/"))
    stop = unsubscribe.address_to_stop(reader, "kind:guideline")
    assert "pages about guidelines" in html_of(Client().get(stop))


def test_the_page_is_written_to_a_file_and_read_again(approved, tmp_path):
    write_folder(tmp_path / "out")

    text = (tmp_path / "out" / f"{SLUG}.md").read_text()
    assert "\nkind: guideline\n" in text
    assert loads(text).kind == "guideline"
