"""Saving while one types, as a script asks for it: what is answered, what is refused, what it costs."""

from collections.abc import Mapping

import pytest
from django.test import Client

from tests import cast
from tests.remembered import remembered
from tests.shown import edit_url, fields_of, statement_fields
from wiki.acts.writing import drafts
from wiki.models import Page, Revision
from wiki.views.unsaved_work import seal_of

BY_SCRIPT = {"Accept": "application/json"}
LONG = "Calcium is given by mouth, and vitamin D with it. \n\n" * 1000


@remembered
def draft(published, clinician):
    """Return the clinician's draft of a published page."""
    return cast.make_edit(published, clinician)


def fields(draft: Revision, **changes: str) -> dict[str, str]:
    """Return what the script sends with every save of a draft."""
    assert draft.author is not None
    same = {"writer": seal_of(draft.author), "draft": str(draft.pk), "saved": draft.saved_at.isoformat()}
    return same | changes


def patch(draft: Revision, **changes: str) -> dict[str, str]:
    return fields(draft, patch="1", **changes)


def autosave(client: Client, words: Mapping[str, object]):
    return client.post("/drafts/autosave/", words, headers=BY_SCRIPT)


def whole(client: Client, path: str) -> dict[str, object]:
    """Return all fields of a form, as the first save sends them."""
    return {name: value for name, value in fields_of(client.get(path)).items() if name != "saved"}


def test_the_whole_form_is_saved_and_the_time_returned(at_desk, draft):
    words = whole(at_desk, f"/drafts/{draft.pk}/")

    answer = autosave(at_desk, words | fields(draft, summary="Other words."))

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json() == {
        "draft": draft.pk,
        "saved": draft.saved_at.isoformat(),
        "at": draft.saved_at.isoformat(),
        "address": f"/drafts/{draft.pk}/",
    }
    assert draft.document.summary == "Other words."


def test_a_patch_changes_only_its_place(at_desk, draft):
    before = draft.document
    place = {"body-from": "0", "body-to": "2", "body-length": str(len(before.body)), "body-words": "### "}

    answer = autosave(at_desk, patch(draft, **place, note="A heading."))

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert draft.note == "A heading."
    assert draft.document.body == f"### {before.body[2:]}"
    assert draft.document.__dict__ | {"body": ""} == before.__dict__ | {"body": ""}


def test_successive_patches_build_on_each_other(at_desk, draft):
    body = draft.document.body

    for typed in ("A title ", "A title  of", "A title  of "):
        draft.refresh_from_db()
        assert autosave(at_desk, patch(draft, title=typed)).status_code == 200
        draft.refresh_from_db()
        end = str(len(body))
        place = {"body-from": end, "body-to": end, "body-length": end, "body-words": " "}
        assert autosave(at_desk, patch(draft, **place)).status_code == 200
        body += " "

    draft.refresh_from_db()
    assert draft.typed["head"]["title"] == "A title  of "
    assert draft.document.title == "A title of"
    assert draft.document.body == body


@pytest.mark.parametrize(
    "place",
    [
        {"body-from": "0", "body-to": "1", "body-length": "3"},
        {"body-from": "0", "body-to": "1"},
        {"body-from": "x", "body-to": "1", "body-length": "3"},
        {"body-from": "-1", "body-to": "1", "body-length": "3"},
    ],
)
def test_a_patch_of_an_outdated_text_gets_412(at_desk, draft, place):
    answer = autosave(at_desk, patch(draft, **place, **{"body-words": "x"}))

    assert answer.status_code == 412
    assert Revision.objects.get(pk=draft.pk).saved_at == draft.saved_at


def test_rows_in_a_patch_replace_all_rows(at_desk, draft, other_page, source):
    rows = statement_fields(0) | {"codes-0-system": "OMIM", "codes-0-code": "146200"}
    autosave(at_desk, patch(draft, **rows) | {"rows": ["codes", "statements"]})
    draft.refresh_from_db()
    assert draft.document.statements == (cast.statement(other_page, "has_manifestation"),)
    assert [code.code for code in draft.document.codes] == ["146200"]

    autosave(at_desk, patch(draft, rows="statements"))

    draft.refresh_from_db()
    assert draft.document.statements == ()
    assert [code.code for code in draft.document.codes] == ["146200"]


def test_an_unchanged_autosave_writes_nothing(at_desk, draft):
    answer = autosave(at_desk, whole(at_desk, f"/drafts/{draft.pk}/") | fields(draft))

    assert answer.json()["saved"] == draft.saved_at.isoformat()
    assert Revision.objects.get(pk=draft.pk).saved_at == draft.saved_at


def test_a_save_whose_answer_was_lost_may_be_sent_again(at_desk, draft):
    words = whole(at_desk, f"/drafts/{draft.pk}/") | fields(draft, summary="Other words.")
    first = autosave(at_desk, words)

    again = autosave(at_desk, words)

    assert (again.status_code, again.json()) == (200, first.json())


@pytest.mark.parametrize("is_patch", [True, False])
def test_an_outdated_window_gets_409_with_the_other_text(at_desk, draft, clinician, is_patch):
    older: Mapping[str, object] = patch(draft, summary="Mine.")
    if not is_patch:
        older = whole(at_desk, f"/drafts/{draft.pk}/") | fields(draft, summary="Mine.")
    words = {**draft.document.__dict__, "summary": "The other window's."}
    drafts.save(draft, cast.document(**words), by=clinician)

    answer = autosave(at_desk, older)

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert "saved in another window" in answer.json()["sentence"]
    assert answer.json()["theirs"]["head"]["summary"] == "The other window's."
    assert answer.json()["saved"] == draft.saved_at.isoformat()
    assert draft.document.summary == "The other window's."


def test_autosaving_a_submitted_version_is_refused(at_desk, draft):
    words = patch(draft, summary="Too late.")
    cast.submit(draft)

    answer = autosave(at_desk, words)

    assert answer.status_code == 409
    assert "not open to that any more" in answer.json()["sentence"]
    assert "theirs" not in answer.json()


def test_the_first_save_of_an_edit_begins_the_draft(at_desk, published, clinician):
    words = whole(at_desk, edit_url(published)) | {
        "page": published.published_page.slug,
        "summary": "Other words.",
    }

    first = autosave(at_desk, words)
    again = autosave(at_desk, words)

    draft = Revision.objects.get(state="draft")
    assert first.json() == again.json()
    assert first.json()["address"] == f"/drafts/{draft.pk}/"
    assert draft.document.summary == "Other words."
    assert draft.parent == published.published_page.publication.revision


def test_a_second_window_that_begins_the_same_edit_gets_the_text_of_the_first(at_desk, published):
    words = whole(at_desk, edit_url(published)) | {"page": published.published_page.slug}
    autosave(at_desk, words | {"summary": "The first."})

    answer = autosave(at_desk, words | {"summary": "The second."})

    assert answer.status_code == 409
    assert answer.json()["theirs"]["head"]["summary"] == "The first."


def test_a_new_page_is_begun_once_even_if_the_answer_was_lost(at_desk):
    words = whole(at_desk, "/new/?title=Fahr&kind=condition")

    first = autosave(at_desk, words)
    again = autosave(at_desk, words)

    assert first.json()["draft"] == again.json()["draft"]
    assert Page.objects.count() == 1


def test_an_empty_form_begins_no_draft(at_desk, clinician):
    answer = autosave(at_desk, {"writer": seal_of(clinician)})

    assert answer.status_code == 409
    assert Page.objects.count() == 0


def test_autosaving_an_edit_of_an_unpublished_page_gets_404(at_desk, published, moderator, clinician):
    cast.make_edit(published, clinician)
    draft = drafts.propose(cast.document("Not yet"), author=moderator)

    answer = autosave(at_desk, {"writer": seal_of(clinician), "draft": str(draft.pk), "title": "Mine"})

    assert answer.status_code == 404


def test_an_autosave_with_another_persons_seal_is_refused(at_desk, draft, colleague):
    words = patch(draft, summary="Mine.")

    for seal in ("", "1:forged", seal_of(colleague)):
        answer = autosave(at_desk, words | {"writer": seal})
        assert answer.status_code == 403
        assert "Somebody else is signed in" in answer.json()["sentence"]
    assert Revision.objects.get(pk=draft.pk).saved_at == draft.saved_at


def test_an_autosave_without_a_session_gets_401_not_a_redirect(client, draft):
    answer = autosave(client, patch(draft, summary="Mine."))

    assert answer.status_code == 401
    assert answer.json() == {"sentence": "You have been signed out."}


def test_an_autosave_by_a_reader_gets_403_with_a_sentence(client, draft, reader):
    client.force_login(reader)

    answer = autosave(client, patch(draft))

    assert answer.status_code == 403
    assert answer.json()["sentence"].startswith("Only clinicians and moderators may write")


def test_an_autosave_with_an_old_csrf_token_gets_its_reason(clinician, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinician)

    answer = autosave(client, patch(draft))

    assert (answer.status_code, answer.json()["reason"]) == (403, "token")


def test_a_save_of_a_long_page_takes_few_queries_and_few_bytes(
    at_desk, draft, clinician, other_page, source, django_assert_max_num_queries
):
    row = cast.statement(other_page, "has_manifestation")
    words = {**draft.document.__dict__, "body": LONG, "statements": (row,)}
    draft = drafts.save(draft, cast.document(**words), by=clinician)
    length = str(len(LONG))
    place = {"body-from": "7", "body-to": "7", "body-length": length, "body-words": " carbonate"}

    # Eight, and the two by which the test's own transaction holds the act's.
    with django_assert_max_num_queries(10):
        answer = autosave(at_desk, patch(draft, **place))

    draft.refresh_from_db()
    assert draft.document.body == LONG.replace("Calcium", "Calcium carbonate", 1)
    assert len(answer.content) < 200


@pytest.mark.parametrize("number", ["a\x00b", "x" * 5000, "²"])
def test_an_autosave_with_an_invalid_page_number_gets_404(at_desk, clinician, number):
    words = {"writer": seal_of(clinician), "page": number, "title": "Words"}

    assert at_desk.post("/drafts/autosave/", words).status_code == 404


def test_autosaving_another_persons_submission_gets_404(at_desk, clinician, published, colleague):
    waiting = cast.submit(cast.make_edit(published, colleague, summary="Theirs."))

    answer = at_desk.post(
        "/drafts/autosave/",
        {"writer": seal_of(clinician), "draft": waiting.pk, "saved": "long ago", "patch": "1"},
    )

    assert answer.status_code == 404
    assert "Theirs." not in answer.content.decode()
