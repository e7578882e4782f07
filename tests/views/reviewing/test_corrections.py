"""The fast lane on the screen: what moderators see and type, and that no reader's door tells the passage."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.reviewing import queries_of, signed_in, words
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections
from wiki.acts.safety.protection import protect
from wiki.acts.safety.suppression import suppress
from wiki.acts.writing import drafts
from wiki.forms.reviewing.corrections import choices_of
from wiki.models import Correction, PublishedPage, Source

DOSE = "Give deadlydose of calcium."
REASON = "Ten times the dose."


@remembered
def dosed(clinician, moderator):
    """Return a published page that says something dangerous in its summary, its text and a note."""
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    rows = (cast.statement(other, note=f"Note: {DOSE}"),)
    body = f"## What helps\n\nWords [@pmid:22327515].\n\n{DOSE}\n\nSee [[Seizures]]."
    return cast.make_page(
        clinician, moderator, "Tetany", summary=f"In short: {DOSE}", body=body, statements=rows
    )


def corrected(page, first, other, replacement="Give a safe dose."):
    told = {"passage": DOSE, "replacement": replacement, "reason": REASON}
    one = corrections.propose(page, by=first, **told)
    return corrections.second(one.pk, by=other, digest=one.digest)


def chosen(page):
    document = PublishedPage.objects.get(page=page).publication.revision.document
    return next(one.id for one in choices_of(document) if one.passage == DOSE)


# Every address that shows readers something of a page.
DOORS = (
    "/",
    "/index/",
    "/index/condition/",
    "/latest/",
    "/sources/{source}/",
    "/people/clinician/",
    "/people/moderator/",
    "/search/?q=deadlydose",
    "/search/?q=calcium",
    "/search/?q=tetany&all=1",
    "/wiki/tetany/",
    "/wiki/tetany/history/",
    "/wiki/tetany/revisions/1/",
    "/wiki/tetany/compare/?from=1&to=1",
    "/wiki/tetany/cite/",
    "/wiki/tetany/cite/?format=ris",
    "/wiki/tetany/links/",
    "/wiki/tetany/?as_of={day}",
    "/wiki/tetany/report/",
    "/wiki/seizures/",
    "/wiki/seizures/links/",
    "/overdue/",
    "/feeds/approvals/",
    "/feeds/pages/tetany/",
)


@pytest.mark.parametrize("role", ["anonymous", "reader", "colleague"])
@pytest.mark.parametrize("hours", [0, 73])
def test_no_page_for_readers_shows_a_corrected_passage(
    hours, role, dosed, reader, colleague, moderator, second_moderator
):
    corrected(dosed, moderator, second_moderator)
    person = {"reader": reader, "colleague": colleague}.get(role)
    browser = signed_in(person) if person else Client()
    known = {"source": Source.objects.get().pk, "day": f"{dt.date.today():%Y-%m-%d}"}

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)):
        told = {path: browser.get(path.format(**known), follow=True) for path in DOORS}

    assert [path for path, one in told.items() if "deadlydose" in said(one)] == []


# A search repeats the words that it was asked for.
ASKED = re.compile('value="deadlydose"|“deadlydose”|deadlydose – search|title=deadlydose')


def said(response):
    """Return what a page says of its own."""
    return ASKED.sub("", response.content.decode())


def test_an_export_omits_a_corrected_passage(dosed, moderator, second_moderator, tmp_path):
    corrected(dosed, moderator, second_moderator)

    call_command("export_pages", str(tmp_path), verbosity=0)

    said = (tmp_path / "tetany.md").read_text()
    assert "deadlydose" not in said
    assert "Give a safe dose." in said


def test_readers_see_the_correction_on_top_and_in_place(client, dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    told = words(client.get("/wiki/tetany/"))

    assert "Corrected for safety on" in told
    assert "by Dr Amara Osei and Dr Lena Fischer; being reviewed in full. It lapses on" in told
    assert told.count("Give a safe dose.") >= 2


def test_a_lapsed_correction_changes_the_etag_of_the_page(client, dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)
    first = client.get("/wiki/tetany/")
    etag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/wiki/tetany/", headers=etag).status_code == 304

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=73)):
        later = client.get("/wiki/tetany/", headers=etag)

    assert later.status_code == 200
    assert "A passage of this page was withheld for safety" in words(later)
    assert "Give a safe dose." not in words(later)


def test_a_correction_adds_no_query_to_the_page(client, dosed, moderator, second_moderator, reader):
    signed_in(reader).get("/wiki/tetany/")  # what one has read is noted once
    before = queries_of(client, "/wiki/tetany/"), queries_of(signed_in(reader), "/wiki/tetany/")

    corrected(dosed, moderator, second_moderator)

    assert (queries_of(client, "/wiki/tetany/"), queries_of(signed_in(reader), "/wiki/tetany/")) == before


def test_moderators_see_the_corrected_passage_marked(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    told = words(signed_in(moderator).get("/wiki/tetany/revisions/1/"))

    assert "Only moderators read this passage here. It was corrected for safety on" in told
    assert told.count("deadlydose") >= 2


def test_one_moderator_corrects_and_another_agrees(dosed, moderator, second_moderator):
    first, other = signed_in(moderator), signed_in(second_moderator)
    path = reverse("correct", args=["tetany"])
    assert DOSE in words(first.get(path))
    form = {"passage": chosen(dosed), "replacement": "Give a safe dose.", "reason": REASON}

    sent = first.post(path, form, follow=True)
    one = Correction.objects.get()
    assert "Waits for a second moderator." in words(sent)
    assert "another moderator has to agree" in words(sent)
    shown = other.get(one.get_absolute_url())
    assert f'value="{one.digest}"' in shown.content.decode()
    done = other.post(reverse("agree-correction", args=[one.pk]), {"digest": one.digest}, follow=True)

    assert "In effect." in words(done)
    assert "Give a safe dose." in words(Client().get("/wiki/tetany/"))


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"reason": ""}, 422, "Say why in a sentence"),
        ({"replacement": ""}, 422, "or choose that the passage is withheld"),
        ({"replacement": f"{DOSE} Or so."}, 422, "This still holds the passage. Change what is wrong"),
        ({"replacement": "One.\n\nTwo."}, 422, "Write one paragraph"),
        ({"passage": "gone"}, 422, "does not stand on the page as it is now"),
    ],
)
def test_an_incomplete_correction_is_refused_with_typed_values(changes, status, sentence, dosed, moderator):
    form = {"passage": chosen(dosed), "replacement": "Typed words.", "reason": "A typed reason."}

    answer = signed_in(moderator).post("/wiki/tetany/correct/", {**form, **changes})

    assert answer.status_code == status
    assert sentence in words(answer)
    kept = "A typed reason." if "reason" not in changes else "Typed words."
    assert kept in words(answer)


def test_withholding_a_passage_ignores_the_replacement(dosed, moderator):
    """Whatever is wrong with it, too."""
    left = "Left over. " * corrections.LONGEST_REPLACEMENT
    form = {"passage": chosen(dosed), "replacement": left, "withhold": "yes", "reason": REASON}

    signed_in(moderator).post("/wiki/tetany/correct/", form)

    assert Correction.objects.get().replacement == ""


def test_a_late_act_on_a_correction_gets_409(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)
    form = {"passage": chosen(dosed), "replacement": "Again.", "reason": "A typed reason."}
    third = signed_in(cast.make_user("third", "moderator"))

    again = third.post("/wiki/tetany/correct/", form)
    late = third.post(reverse("agree-correction", args=[one.pk]), {"digest": one.digest})
    own = signed_in(moderator).post(reverse("lift-correction", args=[one.pk]), {"reason": "A typed reason."})

    assert [one.status_code for one in (again, late, own)] == [409, 409, 409]
    assert "A typed reason." in words(again)
    assert "was first: this correction is in effect already" in words(late)
    assert "a third moderator has to decide" in words(own)


def test_a_third_moderator_lifts_a_correction_with_a_reason(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)
    third = signed_in(cast.make_user("third", "moderator"))
    path = reverse("lift-correction", args=[one.pk])

    assert third.post(path, {"reason": ""}).status_code == 422
    assert "Lifted by" in words(third.post(path, {"reason": "It was right."}, follow=True))
    assert "It was right." in words(third.get("/corrections/"))


def test_correcting_a_page_under_review_is_refused(dosed, moderator):
    review.unapprove(
        PublishedPage.objects.get(page=dosed).publication.revision_id, by=moderator, reason="No."
    )

    assert "nothing to correct" in words(signed_in(moderator).get("/wiki/tetany/correct/"))


def test_the_revert_form_links_to_correction_and_suppression(dosed, moderator):
    told = signed_in(moderator).get("/wiki/tetany/revert/").content.decode()

    assert 'href="/wiki/tetany/correct/"' in told
    assert 'href="/wiki/tetany/revisions/1/suppress/"' in told


def test_a_suppressed_version_shows_a_notice_without_text(dosed, reader, clinician, moderator, administrator):
    page = dosed
    old = PublishedPage.objects.get(page=page).publication.revision
    new = cast.approve(cast.propose_change(page, clinician, summary="Clean.", body="Clean."), moderator)
    suppress(old.pk, by=moderator, reason="A patient’s name.")

    for person in (None, reader, clinician):
        browser = signed_in(person) if person else Client()
        answer = browser.get("/wiki/tetany/revisions/1/")
        assert answer.status_code == 410
        assert "“A patient’s name.”" in words(answer)
        assert "deadlydose" not in answer.content.decode()
        assert browser.get("/wiki/tetany/compare/?from=1&to=2").status_code == 404
        assert "Text suppressed by Dr Amara Osei" in words(browser.get("/wiki/tetany/history/"))
    for person in (moderator, administrator):
        assert "deadlydose" in words(signed_in(person).get("/wiki/tetany/revisions/1/"))
    assert new.revision.number == 2


def test_a_page_with_its_only_version_suppressed_shows_no_title(client, dosed, moderator):
    suppress(PublishedPage.objects.get(page=dosed).publication.revision_id, by=moderator, reason="A libel.")

    assert "This page is under review" in words(client.get("/wiki/tetany/"))
    assert "History of this page" in words(client.get("/wiki/tetany/history/"))
    assert client.get("/wiki/tetany/compare/").status_code == 404


def test_the_suppression_form_shows_consequences_and_needs_a_reason(dosed, moderator):
    browser = signed_in(moderator)
    path = reverse("suppress", args=["tetany", 1])

    assert "This version is published: it is reverted with it." in words(browser.get(path))
    assert browser.post(path, {"reason": ""}).status_code == 422
    assert "can read version 1 now" in words(browser.post(path, {"reason": "A name."}, follow=True))
    assert browser.post(path, {"reason": "A name."}).status_code == 409


def test_a_second_moderator_confirms_what_was_hidden_or_shows_it_again(dosed, moderator, second_moderator):
    one = PublishedPage.objects.get(page=dosed).publication.revision
    first, second = signed_in(moderator), signed_in(second_moderator)
    first.post(reverse("suppress", args=["tetany", 1]), {"reason": "A name."})
    assert "Texts hidden for now" in words(second.get("/corrections/"))
    path = reverse("suppress-sent-in", args=[one.pk])
    assert f'href="{path}"' in second.get("/corrections/").content.decode()
    assert "another moderator has to confirm" in words(first.get(path))
    assert first.post(path, {"act": "confirm"}).status_code == 409
    assert second.post(path, {"act": "show", "reason": ""}).status_code == 422
    assert second.post(path, {"act": "nonsense"}).status_code == 422
    assert "Hide version 1 for good" in words(second.get(path))

    assert "is hidden for good" in words(second.post(path, {"act": "confirm"}, follow=True))

    told = words(Client().get("/wiki/tetany/revisions/1/"))
    assert "Dr Amara Osei hid it" in told
    assert f"{second_moderator} confirmed it" in told
    assert f"Confirmed by {second_moderator}" in words(Client().get("/wiki/tetany/history/"))
    assert second.post(path, {"act": "show", "reason": "No."}).status_code == 409
    assert "Texts hidden for now" not in words(second.get("/corrections/"))


def test_a_hidden_text_is_shown_again_with_a_reason(dosed, moderator, second_moderator):
    one = PublishedPage.objects.get(page=dosed).publication.revision
    suppress(one.pk, by=moderator, reason="A name.")
    path = reverse("suppress-sent-in", args=[one.pk])

    told = words(signed_in(second_moderator).post(path, {"act": "show", "reason": "None."}, follow=True))

    assert "can be read again" in told
    assert "deadlydose" in words(Client().get("/wiki/tetany/revisions/1/"))


def test_an_unpublished_text_is_suppressed_from_its_review_screen(clinician, moderator):
    sent = cast.submit(drafts.propose(cast.document("Never shown"), author=clinician))
    review.reject(sent.pk, by=moderator, reason="A name.")
    browser, path = signed_in(moderator), reverse("suppress-sent-in", args=[sent.pk])
    assert f'href="{path}"' in browser.get(f"/review/{sent.pk}/").content.decode()

    assert browser.post(path, {"reason": "A name."}).status_code == 302

    assert signed_in(clinician).get(f"/review/{sent.pk}/").status_code == 404


def test_a_moderator_protects_a_page_and_lifts_it(dosed, clinician, moderator):
    browser, path = signed_in(moderator), reverse("protect", args=["tetany"])
    day = f"{dt.date.today() + dt.timedelta(days=9)}"

    assert browser.post(path, {"until": day, "reason": ""}).status_code == 422
    assert browser.post(path, {"until": "2020-01-01", "reason": "War."}).status_code == 409
    told = words(browser.post(path, {"until": day, "reason": "War."}, follow=True))
    assert "Only moderators edit this page until" in told
    assert "moderators only until" in words(signed_in(clinician).get("/wiki/tetany/"))
    assert "moderators only until" not in words(Client().get("/wiki/tetany/"))
    assert browser.post(path, {"act": "lift", "reason": ""}).status_code == 422
    browser.post(path, {"act": "lift", "reason": "Peace."})
    assert "Only moderators edit" not in words(Client().get("/wiki/tetany/history/"))


def test_whoever_may_not_edit_a_limited_page_is_told_before_they_type(dosed, clinician, colleague, moderator):
    cast.make_edit(dosed, colleague, summary="Begun before.")
    day = dt.date.today() + dt.timedelta(days=9)
    protect(dosed, until=day, reason="War.", by=moderator)
    paths = ("/wiki/tetany/edit/", "/wiki/tetany/edit/s-what-helps/")

    for path in paths:
        answer = signed_in(clinician).get(path)
        assert answer.status_code == 403
        assert "Only moderators may edit this page until" in words(answer)
        assert signed_in(colleague).get(path, follow=True).status_code == 200
        assert signed_in(moderator).get(path).status_code == 200
