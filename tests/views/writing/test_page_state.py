"""Retiring a page, bringing it back and merging two: what people type, see, and are told."""

import datetime as dt
import re
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, signed_in, verdict_on, words
from tests.shown import html_at, links_of
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, retirement
from wiki.models import Page, PublishedPage, Revision
from wiki.text.document import Retirement

PATH = "/wiki/hypoparathyroidism/"
WHY = "It says the same as another page."


@remembered
def naming(published, source, clinician, moderator):
    """Return a page that links to the one to be retired and says something of it."""
    body = "See [[Hypoparathyroidism]]."
    return cast.make_page(
        clinician, moderator, "Thyroid surgery", body=body, statements=(cast.statement(published),)
    )


@remembered
def into(clinician, moderator):
    """Return the page that replaces the retired one."""
    return cast.make_page(clinician, moderator, "Low parathyroid hormone")


def retire(page, clinician, moderator, into=None):
    sent = retirement.retire(page, by=clinician, retirement=Retirement(WHY, into.pk if into else None))
    return cast.approve(sent, moderator).revision


def post(browser, where="retire/", **fields):
    return browser.post(f"{PATH}{where}", fields)


# --- Asking for it -----------------------------------------------------------------------------------------


def test_the_retirement_form_lists_dependents_of_the_page(naming, at_desk, colleague, published):
    cast.submit(cast.make_edit(published, colleague))

    said = words(at_desk.get(f"{PATH}retire/"))

    assert "Statements of other pages that rest on it 1 Thyroid surgery causes Hypoparathyroidism" in said
    assert "Pages that link to it 1 Thyroid surgery" in said
    assert "Version 2 by Dr Tomás Rey" in said
    assert "Send the retirement for review" not in said


def test_consequences_of_a_retirement_are_shown_before_it_is_sent(naming, into, at_desk):
    shown = post(at_desk, reason=WHY, replaced_by="Low parathyroid hormone")

    said = words(shown)
    assert shown.status_code == 200
    assert "Nothing has been sent yet." in said
    assert "Readers of Hypoparathyroidism would be led to Low parathyroid hormone." in said
    assert "Follows: readers see it of Low parathyroid hormone" in said
    assert "“Hypoparathyroidism” is not among the names of Low parathyroid hormone yet" in said
    assert not Revision.objects.filter(state="submitted").exists()

    sent = post(at_desk, reason=WHY, replaced_by="Low parathyroid hormone", shown_for=into.pk)
    waiting = Revision.objects.get(state="submitted")
    assert sent.url == waiting.get_absolute_url()
    assert waiting.document.retirement == Retirement(WHY, into.pk)
    assert waiting.note == f"Retires the page. {WHY}"


def test_another_successor_shows_its_consequences_first(naming, into, at_desk):
    shown = post(at_desk, reason=WHY, replaced_by="", shown_for=into.pk)

    assert "1 of them would no longer be seen by readers." in words(shown)
    assert 'name="shown_for" value="none"' in shown.content.decode()
    assert post(at_desk, reason=WHY, replaced_by="", shown_for="none").status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Say why in a sentence; readers are told it."),
        ({"reason": "x" * 401}, "Shorten this to 400 characters; it has 401"),
        ({"reason": "a\x00b"}, "Null characters are not allowed."),
        ({"reason": WHY, "replaced_by": "Nowhere"}, "There is no published page called “Nowhere”."),
        ({"reason": WHY, "replaced_by": "hypoparathyroidism"}, "A page cannot be replaced by itself."),
        ({"reason": WHY, "replaced_by": "Twin"}, "“Twin” leads to more than one page."),
    ],
)
def test_an_invalid_retirement_is_refused_at_its_field(
    published, at_desk, clinician, moderator, fields, sentence
):
    for _ in "ab":
        cast.make_page(clinician, moderator, aliases=("Twin",))

    shown = post(at_desk, shown_for="none", **fields)

    assert shown.status_code == 422
    assert sentence in words(shown)
    assert fields.get("replaced_by", "") in shown.content.decode()
    assert re.search(r'<div id="(reason|replaced_by)_error">', shown.content.decode())


def test_retiring_with_an_open_draft_is_refused_and_keeps_the_reason(published, at_desk, clinician):
    draft = cast.make_edit(published, clinician)

    assert draft.get_absolute_url() in links_of(at_desk.get(f"{PATH}retire/"))
    refused = post(at_desk, reason=WHY, shown_for="none")

    assert refused.status_code == 409
    assert "You have a draft of this page already" in words(refused)
    assert WHY in refused.content.decode()


def test_retiring_or_merging_an_unpublished_page_is_refused(published, at_desk, moderator):
    review.unapprove(
        PublishedPage.objects.get(page=published).publication.revision_id, by=moderator, reason="Wrong."
    )

    for where in ("retire/", "merge/"):
        assert at_desk.get(f"{PATH}{where}").status_code == 409


def test_retire_and_merge_links_are_shown_to_writers_only(published, client, at_desk, reader):
    ways = {f"{PATH}retire/", f"{PATH}merge/"}

    assert ways <= set(links_of(at_desk.get(PATH)))
    for browser in (Client(), signed_in(reader)):
        assert not ways & set(links_of(browser.get(PATH)))


# --- Reviewing it ------------------------------------------------------------------------------------------


def test_the_review_screen_of_a_retirement_shows_reason_and_consequences(
    naming, published, into, clinician, desk
):
    sent = retirement.retire(published, by=clinician, retirement=Retirement(WHY, into.pk))

    said = words(desk.get(sent.get_absolute_url()))

    assert "This version retires the page Readers will be led to Low parathyroid hormone." in said
    assert f"Reason that they are given: “{WHY}”" in said
    assert "Merge the text first" in said
    assert "Follows: readers see it of Low parathyroid hormone" in said
    assert f"Retirement {WHY} Readers are led to Low parathyroid hormone." in said


def test_the_title_warning_is_absent_if_the_successor_has_the_alias(published, clinician, moderator, desk):
    into = cast.make_page(clinician, moderator, "Low hormone", aliases=("Hypoparathyroidism",))
    sent = retirement.retire(published, by=clinician, retirement=Retirement(WHY, into.pk))

    assert "Merge the text first" not in words(desk.get(sent.get_absolute_url()))


def test_moderators_approve_a_retirement(published, clinician, second_moderator, desk):
    sent = retirement.retire(published, by=clinician, retirement=Retirement(WHY))

    answer = desk.post(at("approve", sent), verdict_on(sent))

    assert answer.status_code == 302
    cast.approve(sent, second_moderator)
    assert Page.objects.get(pk=published.pk).retired == WHY


def test_a_published_retirement_can_be_reverted(published, clinician, moderator, desk):
    revision = retire(published, clinician, moderator)

    assert f"{PATH}revert/" in links_of(desk.get(revision.get_absolute_url()))
    assert desk.get(f"{PATH}revert/").status_code == 200
    desk.post(f"{PATH}revert/", {"revision_id": revision.pk, "reason": "Too early."})

    assert Client().get(PATH).status_code == 200


# --- What readers get --------------------------------------------------------------------------------------


def test_every_address_of_a_retired_page_redirects_to_its_successor(
    published, into, client, clinician, moderator
):
    cast.approve(cast.submit(cast.make_edit(published, clinician, title="Parathyroid failure")), moderator)
    retire(published, clinician, moderator, into)

    for path in (PATH, "/wiki/parathyroid-failure/"):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, "/wiki/low-parathyroid-hormone/")


def test_a_page_retired_without_successor_shows_when_by_whom_and_why(published, client, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician, title="Parathyroid failure")), moderator)
    retire(published, clinician, moderator)

    assert client.get(PATH).url == "/wiki/parathyroid-failure/"
    shown = client.get("/wiki/parathyroid-failure/")
    said = words(shown)
    assert shown.status_code == 200
    assert "Parathyroid failure was retired" in said
    assert "Proposed by Dr Ines Albrecht, approved by Dr " in said
    assert f"{WHY} No page replaces it." in said
    assert "noindex" in shown.content.decode()
    assert "csrf" not in shown.content.decode()
    assert "/wiki/parathyroid-failure/history/" in links_of(shown)
    assert "/wiki/parathyroid-failure/bring-back/" not in links_of(shown)


def test_the_history_of_a_retired_page_stays_readable(published, into, client, clinician, moderator):
    retire(published, clinician, moderator, into)

    history = words(client.get(f"{PATH}history/"))
    assert f"This page is retired: “{WHY}”" in history
    assert "Version 2 Retired" in history
    assert "A second paragraph." in words(client.get(f"{PATH}revisions/1/"))
    assert f"This version retires the page. {WHY} Readers are led to Low parathyroid hormone." in words(
        client.get(f"{PATH}revisions/2/")
    )
    assert "retired pages are led here; each keeps its own history: Hypoparathyroidism" in words(
        client.get("/wiki/low-parathyroid-hormone/history/")
    )


def test_a_retired_page_is_in_no_list_and_no_search(published, source, into, client, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician, aliases=("HPT",))), moderator)
    retire(published, clinician, moderator)

    for path in ("/", "/index/", "/index/condition/", "/latest/", "/overdue/", "/search/?q=HPT"):
        assert "Hypoparathyroidism" not in html_at(client, path)


def test_a_past_day_on_which_the_page_was_retired_says_so(published, client, clinician, moderator):
    retire(published, clinician, moderator)

    day = f"{published.publications.open().get().since:%Y-%m-%d}"
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        answer = client.get(PATH, {"as_of": day})
    assert answer.status_code == 404
    assert "On that day this page was retired" in words(answer)


def test_the_form_of_a_retired_page_says_so(published, at_desk, clinician, colleague, moderator):
    draft = cast.make_edit(published, colleague)
    retire(published, clinician, moderator)

    said = words(at_desk.get(f"{PATH}edit/"))
    assert f"This page is retired: “{WHY}” Readers find a notice that says so" in said
    assert "The page was retired after you began" in words(signed_in(colleague).get(draft.get_absolute_url()))


# --- Bringing it back --------------------------------------------------------------------------------------


def test_a_retired_page_is_brought_back_by_review(published, at_desk, clinician, moderator):
    retire(published, clinician, moderator)
    assert "Nothing" not in words(at_desk.get(f"{PATH}bring-back/"))
    for form in ("bring-back/", "retire/"):
        assert ".”." not in words(at_desk.get(f"{PATH}{form}"))

    assert post(at_desk, "bring-back/").status_code == 422
    sent = post(at_desk, "bring-back/", note="It is still needed.")

    waiting = Revision.objects.get(state="submitted")
    assert sent.url == waiting.get_absolute_url()
    assert "This version brings the page back" in words(signed_in(moderator).get(sent.url))
    cast.approve(waiting, moderator)
    assert Client().get(PATH).status_code == 200


def test_bringing_back_a_page_that_is_not_retired_is_refused(published, at_desk):
    assert at_desk.get(f"{PATH}bring-back/").status_code == 409


def test_a_refused_return_of_a_page_keeps_its_reason(published, at_desk, clinician, moderator):
    retire(published, clinician, moderator)
    drafts.edit(published, author=clinician)

    refused = post(at_desk, "bring-back/", note="It is still needed.")

    assert refused.status_code == 409
    assert "It is still needed." in refused.content.decode()


def test_the_reason_and_successor_of_a_retirement_can_be_changed(
    published, into, at_desk, clinician, moderator
):
    retire(published, clinician, moderator, into)

    shown = at_desk.get(f"{PATH}retire/")

    assert WHY in shown.content.decode()
    assert 'value="Low parathyroid hormone"' in shown.content.decode()


# --- Merging two -------------------------------------------------------------------------------------------


def test_the_merge_form_previews_the_merged_page(published, into, source, at_desk, clinician, moderator):
    shown = at_desk.get(f"{PATH}merge/?into=low+parathyroid+hormone")

    said = words(shown)
    assert "Low parathyroid hormone stays, with its title, its kind and its plain summary." in said
    assert "It is also found as “Hypoparathyroidism”." in said
    assert not Revision.objects.filter(state="draft").exists()
    assert re.search(r"/reviewing[^/\"]*\.css", shown.content.decode())  # which sets the changes


def test_merging_begins_one_draft_that_names_the_other_page(published, into, at_desk):
    answer = post(at_desk, "merge/", into="Low parathyroid hormone")

    draft = Revision.objects.get(state="draft")
    assert (answer.url, draft.page) == (draft.get_absolute_url(), into)
    assert draft.document.aliases == ("Hypoparathyroidism",)
    assert draft.document.body.count("A first paragraph.") == 2
    said = words(at_desk.get(draft.get_absolute_url()))
    assert "This draft merges two pages." in said
    assert "version 1 of Hypoparathyroidism, which is retired when this is published" in said


@pytest.fixture
def sent(published, into, at_desk):
    """Return the merge as it waits for review, in which the page that stays leaves a paragraph out."""
    post(at_desk, "merge/", into="Low parathyroid hormone")
    draft = Revision.objects.get(state="draft")
    body = draft.document.body.replace("A third paragraph.", "")
    document = replace(draft.document, body=body)
    assert draft.author is not None
    return cast.submit(drafts.save(draft, document, by=draft.author, impact="wording"))


def test_one_screen_shows_both_halves_whole(published, into, sent, moderator, client):
    client.force_login(moderator)
    address = sent.get_absolute_url()

    shown = client.get(address)
    said = words(shown)
    assert "This merges two pages." in said
    assert "What Low parathyroid hormone gains" in said
    lost = said.rpartition("What readers of Hypoparathyroidism lose")[2]
    assert "this does not stand word for word, under the same heading, in the text above" in lost
    assert "A third paragraph." in lost.partition("Show the whole text")[0]
    assert f'name="retires" value="{sent.retiring_half().digest}"' in shown.content.decode()
    assert client.get(sent.retiring_half().get_absolute_url()).url == address


def test_approving_a_merge_publishes_both_and_redirects_readers(published, into, naming, sent, moderator):
    for need in list(sent.requirements.order_by("pk")):
        desk = signed_in(cast.specialist_for(need))
        assert desk.post(f"/review/{sent.pk}/approve/", verdict_on(sent)).status_code == 302

    assert Client().get(PATH)["Location"] == "/wiki/low-parathyroid-hormone/"
    assert (
        Client().get("/search/?q=Hypoparathyroidism")["Location"]
        == "/wiki/low-parathyroid-hormone/?called=Hypoparathyroidism"
    )
    assert "/wiki/low-parathyroid-hormone/" in links_of(Client().get("/wiki/thyroid-surgery/"))
    record = words(Client().get("/record/"))
    assert "It took over “Hypoparathyroidism”, which was retired with it." in record
    assert "It was merged into “Low parathyroid hormone”, version 2." in record


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("", "Name the page that stays."),
        ("Nowhere", "no published page"),
        ("hypoparathyroidism", "with itself"),
    ],
)
def test_a_merge_with_an_invalid_page_is_refused(published, at_desk, into, sentence):
    for answer in (post(at_desk, "merge/", into=into), at_desk.get(f"{PATH}merge/?into={into}")):
        assert answer.status_code == 422
        assert sentence in words(answer)


def test_merging_with_an_open_draft_of_either_page_is_refused(published, into, at_desk, clinician):
    cast.make_edit(into, clinician)

    refused = post(at_desk, "merge/", into="Low parathyroid hormone")

    assert refused.status_code == 409
    assert "You have a draft of this page already" in words(refused)
    assert Revision.objects.filter(state="draft").count() == 1
