"""A session that ends while somebody writes without scripts: the words come back to their writer."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.shown import edit_url, fields_of, html_of
from wiki.acts.writing import drafts
from wiki.models import Revision
from wiki.views import unsaved_work

MINE = "Words that nobody else has read."


@remembered
def draft(published, clinician):
    """Return the clinician's draft of a published page."""
    return cast.make_edit(published, clinician)


def posted_after_the_session(client: Client, path: str, **changes: str):
    """Open a form, let the session end, and post the form with other words."""
    words = fields_of(client.get(path)) | {"body": MINE, "act": "submit"} | changes
    client.logout()
    return client.post(path.partition("?")[0], words)


def paths(draft: Revision) -> list[str]:
    page = draft.page
    return [f"/drafts/{draft.pk}/", "/new/?title=Fahr&kind=condition", edit_url(page)]


def test_unsaved_text_returns_after_sign_in_without_being_saved(at_desk, draft, clinician):
    path = f"/drafts/{draft.pk}/"

    answer = posted_after_the_session(at_desk, path)
    at_login = at_desk.get(answer["Location"])
    at_desk.force_login(clinician)
    shown = at_desk.get(path)

    assert answer["Location"] == f"{reverse('account_login')}?next={path}"
    assert "Nothing is lost: sign in, and the form comes back" in html_of(at_login)
    assert MINE not in html_of(at_login)
    assert "what you had typed is below. It is not saved yet." in html_of(shown)
    assert fields_of(shown)["body"] == [MINE]
    assert Revision.objects.get(pk=draft.pk).saved_at == draft.saved_at


def test_unsaved_text_is_dropped_once_saved(at_desk, draft, clinician):
    path = f"/drafts/{draft.pk}/"
    posted_after_the_session(at_desk, path)
    at_desk.force_login(clinician)

    at_desk.post(path, fields_of(at_desk.get(path)) | {"act": "save"})

    draft.refresh_from_db()
    assert draft.document.body == MINE
    assert "It is not saved yet" not in html_of(at_desk.get(path))


@pytest.mark.parametrize("path", ["/new/?title=Fahr&kind=condition", "edit"])
def test_unsaved_text_returns_to_an_edit_without_a_draft(at_desk, published, clinician, path):
    path = edit_url(published) if path == "edit" else path

    posted_after_the_session(at_desk, path, **{"source-title": "A half-typed source"})
    at_desk.force_login(clinician)
    shown = at_desk.get(path.partition("?")[0])

    assert fields_of(shown)["body"] == [MINE]
    assert fields_of(shown)["source-title"] == ["A half-typed source"]
    assert Revision.objects.filter(state="draft").count() == 0


def test_returned_text_does_not_overwrite_a_later_save(at_desk, draft, clinician):
    path = f"/drafts/{draft.pk}/"
    posted_after_the_session(at_desk, path)
    at_desk.force_login(clinician)
    drafts.save(draft, cast.document("Elsewhere"), by=clinician)

    answer = at_desk.post(path, fields_of(at_desk.get(path)) | {"act": "save"})

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert "See what the other window saved" in html_of(answer)
    assert draft.title == "Elsewhere"
    assert MINE in html_of(answer)


def test_another_person_on_the_same_computer_gets_no_unsaved_text(at_desk, published, colleague, clinician):
    path = edit_url(published)
    posted_after_the_session(at_desk, path)

    at_desk.force_login(colleague)

    assert MINE not in html_of(at_desk.get(path))
    assert unsaved_work.IN_SESSION not in at_desk.session or at_desk.session[unsaved_work.IN_SESSION] == {}


@pytest.mark.parametrize("seal", ["", "forged", None])
def test_a_form_with_an_invalid_seal_is_not_kept(at_desk, draft, seal):
    changes = {"writer": seal} if seal is not None else {"writer": signing.dumps("x", salt=unsaved_work.SALT)}

    answer = posted_after_the_session(at_desk, f"/drafts/{draft.pk}/", **changes)

    assert answer.status_code == 302
    assert unsaved_work.IN_SESSION not in at_desk.session


def test_text_too_long_for_the_session_is_reported(at_desk, draft):
    answer = posted_after_the_session(at_desk, f"/drafts/{draft.pk}/", body="x" * unsaved_work.LONGEST)

    assert answer.status_code == 413
    assert "too long to be kept here" in html_of(answer)
    assert unsaved_work.IN_SESSION not in at_desk.session


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_form_with_an_old_csrf_token_keeps_its_text(clinician, draft, is_signed_in):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinician)
    path = f"/drafts/{draft.pk}/"
    words = fields_of(client.get(path)) | {"body": MINE, "act": "save"}
    if not is_signed_in:
        client.logout()

    answer = client.post(path, words)
    client.force_login(clinician)

    assert answer.status_code == 403
    assert "your words are kept for you" in html_of(answer)
    assert f'href="{path}"' in html_of(answer)
    assert fields_of(client.get(path))["body"] == [MINE]


def test_another_persons_form_is_not_kept_for_the_signed_in_person(clinician, colleague, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinician)
    words = fields_of(client.get(f"/drafts/{draft.pk}/")) | {"body": MINE}
    client.force_login(colleague)

    answer = client.post(f"/drafts/{draft.pk}/", words)

    assert "Go back with your browser" in html_of(answer)
    assert unsaved_work.IN_SESSION not in client.session


def test_a_post_from_another_site_is_not_kept(clinician, draft):
    client = Client(enforce_csrf_checks=True)
    words = {"writer": unsaved_work.seal_of(clinician), "body": "Not my words."}

    answer = client.post(f"/drafts/{draft.pk}/", words, headers={"Origin": "https://evil.example"})

    assert "Nothing was done" in html_of(answer)
    assert unsaved_work.IN_SESSION not in client.session


def test_a_post_with_a_foreign_https_referer_is_not_kept(clinician, draft):
    client = Client(enforce_csrf_checks=True)
    words = {"writer": unsaved_work.seal_of(clinician), "body": "Not my words."}

    client.post(f"/drafts/{draft.pk}/", words, headers={"Referer": "https://evil.example/"}, secure=True)

    assert unsaved_work.IN_SESSION not in client.session
