"""Adding a picture, who sees it when, and what is said of it."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast, pictures
from wiki.acts.library import images
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.importing.starter import FOLDER as STARTER
from wiki.models import Image, Publication, Revision

FORM = {"alt": "CT of the head", "caption": "A CT", "credit": "Dr Ines Albrecht", "licence": "own"}
CONSENT = {
    "shows_patient": "on",
    "consent_by": "the patient’s mother",
    "consent_given": "on",
    "consent_kept": "archive of neurology",
}
SCRIPT = {"headers": {"X-Asked-By": "pictures.js"}}


def file(data=None, name="scan.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, pictures.file() if data is None else data, kind)


def browser(person=None):
    client = Client()
    if person:
        client.force_login(person)
    return client


def text(response):
    return response.content.decode()


@pytest.fixture
def image(clinician):
    return pictures.make_image(clinician, shows_patient=True, consent="The mother consented. Kept in room 3.")


@pytest.fixture
def shown_page(image, clinician, moderator):
    return cast.make_page(clinician, moderator, "Shown", body=pictures.shown(image))


def test_a_picture_is_added_by_a_plain_form(at_desk, clinician):
    assert "It shows a patient" in text(at_desk.get("/pictures/add/"))

    answer = at_desk.post("/pictures/", FORM | {"file": file()})

    image = Image.objects.get()
    assert answer.status_code == HTTPStatus.OK
    assert f"![CT of the head](image:{image.name} &quot;A CT&quot;)" in text(answer)
    assert (image.alt, image.credit, image.licence) == ("CT of the head", "Dr Ines Albrecht", "own")


def test_a_script_gets_the_mark_to_put_into_the_text(at_desk):
    answer = at_desk.post("/pictures/", FORM | {"file": file()}, **SCRIPT)
    again = at_desk.post("/pictures/", FORM | {"file": file()}, **SCRIPT)

    mark = f'![CT of the head](image:{Image.objects.get().name} "A CT")'
    assert (answer.status_code, again.status_code) == (HTTPStatus.CREATED, HTTPStatus.OK)
    assert answer.json() == {"mark": mark, "sentence": "Picture added."}
    assert again.json() == {"mark": mark, "sentence": "The wiki has this picture already; that one is used."}


def test_a_script_gets_the_form_without_a_page_around_it(at_desk):
    answer = text(at_desk.get("/pictures/add/", **SCRIPT))

    assert "<html" not in answer
    assert 'name="csrfmiddlewaretoken"' in answer


def test_the_picture_button_of_the_page_form_saves_and_returns_with_the_picture(at_desk, published):
    posted = {"title": "Hypoparathyroidism", "kind": "condition", "summary": "Plain.", "body": "My words."}
    base = Publication.objects.open().get(page=published).revision_id

    answer = at_desk.post("/wiki/hypoparathyroidism/edit/", posted | {"base": base, "act": "add-picture"})
    draft = Revision.objects.get(state="draft")
    assert answer.url == f"/pictures/add/?draft={draft.pk}"
    assert f'name="draft" value="{draft.pk}"' in text(at_desk.get(answer.url))
    back = at_desk.post("/pictures/", FORM | {"file": file(), "draft": draft.pk}, follow=True)

    draft.refresh_from_db()
    assert draft.document.body == f'My words.\n\n![CT of the head](image:{Image.objects.get().name} "A CT")\n'
    assert back.redirect_chain[0][0] == f"/drafts/{draft.pk}/#text-h"
    assert "Picture added. It stands at the end of the text" in text(back)


def test_a_draft_with_unread_form_values_gets_the_picture_line_to_copy(at_desk, clinician):
    draft = drafts.propose(cast.document(), author=clinician)
    drafts.save(draft, draft.document, by=clinician, typed={"head": {}})

    answer = at_desk.post("/pictures/", FORM | {"file": file(), "draft": draft.pk})

    assert "Line to copy" in text(answer)


@pytest.mark.parametrize("draft", ["7", "x", "²", "9" * 20, ""])
def test_another_persons_draft_is_not_found(at_desk, colleague, draft):
    drafts.propose(cast.document(), author=colleague)
    theirs = Revision.objects.get()
    wanted = str(theirs.pk) if draft == "7" else draft

    status = at_desk.get("/pictures/add/", {"draft": wanted}).status_code

    assert status == (HTTPStatus.NOT_FOUND if draft == "7" else HTTPStatus.OK)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"file": None}, "file", "Choose a picture"),
        ({"file": file(b"")}, "file", "This file is empty"),
        ({"file": file(b"<svg/>", "x.png", "image/png")}, "file", "no JPEG, PNG or WebP"),
        ({"alt": " "}, "alt", "what the picture shows"),
        ({"alt": "Scan of jane@example.org"}, "alt", "could tell who somebody is"),
        ({"credit": ""}, "credit", "Name who made"),
        ({"licence": ""}, "licence", "Choose the licence"),
        ({"licence": "cc_by_4"}, "origin", "where it was first shown"),
        ({"licence": "cc_by_4", "origin": "no address"}, "origin", "Give a web address"),
        (CONSENT | {"consent_by": ""}, "consent_by", "Say who consented"),
        (CONSENT | {"consent_given": ""}, "consent_given", "Without consent"),
        (CONSENT | {"consent_kept": ""}, "consent_kept", "Say where the signed form"),
        (CONSENT | {"consent_by": "jane@example.org"}, "consent_by", "could tell who somebody is"),
    ],
)
def test_an_incomplete_form_marks_its_field_and_keeps_typed_values(at_desk, changes, field, sentence):
    posted = {key: one for key, one in (FORM | {"file": file()} | changes).items() if one is not None}
    if "file" in posted:
        posted["file"].seek(0)

    answer = at_desk.post("/pictures/", posted)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert any(sentence in error for error in answer.context["form"].errors[field])
    assert f'href="#picture-{field}"' in text(answer)
    assert answer.context["form"]["caption"].value() == "A CT"
    assert not Image.objects.exists()


def test_a_drawing_in_svg_cannot_be_uploaded(at_desk):
    own = next((STARTER / "pictures").glob("*/*.svg")).read_bytes()

    answer = at_desk.post("/pictures/", FORM | {"file": file(own, "drawing.svg", "image/svg+xml")})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This is no JPEG, PNG or WebP picture" in text(answer)
    assert not Image.objects.exists()


def test_a_too_large_file_is_refused(at_desk, monkeypatch):
    monkeypatch.setattr("wiki.forms.library.images.MOST_BYTES", 1_000)

    answer = at_desk.post("/pictures/", FORM | {"file": file()})

    assert "This file is larger than" in text(answer)


def test_a_refused_form_keeps_the_uploaded_file(at_desk, colleague):
    refused = at_desk.post("/pictures/", FORM | {"file": file(), "alt": ""})
    token = refused.context["form"]["token"].value()

    assert "The picture is kept" in text(refused)
    theirs = browser(colleague).post("/pictures/", FORM | {"token": token})
    assert "Choose the picture once more" in text(theirs)
    assert at_desk.post("/pictures/", FORM | {"token": token}).status_code == HTTPStatus.OK
    assert Image.objects.exists()


def test_a_file_that_may_name_a_patient_asks_for_confirmation(at_desk):
    traced = file(pictures.file(exif=pictures.exif("Patient no 12345678")))

    refused = at_desk.post("/pictures/", FORM | {"file": traced})

    assert "(EXIF ImageDescription)" in text(refused)
    assert "I have looked" in text(refused)
    assert "12345678" not in text(refused)
    again = FORM | {"token": refused.context["form"]["token"].value(), "has_looked": "on"}
    assert at_desk.post("/pictures/", again).status_code == HTTPStatus.OK


def test_the_text_of_a_consent_is_shown_to_moderators_only(at_desk, moderator, colleague):
    at_desk.post("/pictures/", FORM | CONSENT | {"file": file()})

    image = Image.objects.get()
    assert image.consent == (
        "the patient’s mother consented in writing to publication under this licence: "
        "Own work, given under CC BY-SA 4.0. The signed form is kept: archive of neurology."
    )
    address = image.get_absolute_url()
    assert "archive of neurology" in text(browser(moderator).get(address))
    told = text(browser(colleague).get(address))
    assert "Declared by whoever added the picture" in told
    assert "archive of neurology" not in told


def test_a_withdrawn_picture_cannot_be_added_again(at_desk, image, moderator):
    images.withdraw(image, by=moderator, reason="Consent has ended.")

    answer = at_desk.post("/pictures/", FORM | {"file": file()})

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "cannot come back" in text(answer)
    assert answer.context["form"]["alt"].value() == FORM["alt"]


def statuses(image, *people):
    """Return what each gets who asks for the picture's file and for its page."""
    found = []
    for person in people:
        client = browser(person)
        answers = [client.get(image.renditions[0][1]), client.get(image.get_absolute_url())]
        found.append(tuple(answer.status_code for answer in answers))
        list(getattr(answers[0], "streaming_content", ()))
    return found


YES, NO = (200, 200), (404, 404)


def test_each_role_sees_only_its_pictures(image, reader, clinician, colleague, moderator):
    everybody = None, reader, clinician, colleague, moderator
    assert statuses(image, *everybody) == [NO, NO, YES, YES, YES]

    draft = drafts.propose(cast.document(body=pictures.shown(image)), author=clinician)
    assert statuses(image, *everybody) == [NO, NO, YES, YES, YES]
    waiting = cast.submit(draft)
    assert statuses(image, *everybody) == [NO, NO, YES, YES, YES]
    cast.approve(waiting, moderator)
    assert statuses(image, *everybody) == [YES, YES, YES, YES, YES]
    review.unapprove(waiting.pk, by=moderator, reason="Wrong.")
    assert statuses(image, *everybody) == [NO, NO, YES, YES, YES]
    images.withdraw(image, by=moderator, reason="Consent has ended.")
    gone = 404, 200
    assert statuses(image, *everybody) == [NO, NO, gone, gone, gone]


def test_whoever_added_a_picture_sees_it_after_losing_the_role(image, clinician, colleague):
    for person in (clinician, colleague):
        person.role = "reader"
        person.save(update_fields=["role"])

    assert statuses(image, clinician, colleague) == [YES, NO]


def test_a_picture_file_has_its_type_and_a_strict_policy(image, shown_page, client):
    answer = client.get(image.renditions[-1][1])

    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert "Cookie" not in answer.get("Vary", "")
    assert b"".join(answer.streaming_content).startswith(b"RIFF")


def test_an_unchanged_picture_file_gets_304(image, shown_page, client):
    first = client.get(image.renditions[0][1])
    list(first.streaming_content)

    again = client.get(image.renditions[0][1], headers={"If-None-Match": first["ETag"]})

    assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_an_unpublished_picture_is_not_cached_by_proxies(image, at_desk):
    answer = at_desk.get(image.renditions[0][1])
    list(answer.streaming_content)

    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("ending", ["481.webp", "480.png", "480.jpg", "480.svg", "99999.webp", "480"])
def test_an_unknown_picture_file_is_not_found(image, shown_page, client, ending):
    assert client.get(f"/pictures/{image.name}/{ending}").status_code == HTTPStatus.NOT_FOUND


def test_the_page_of_a_picture_shows_its_credit_and_pages(image, shown_page, client):
    told = text(client.get(image.get_absolute_url()))

    assert image.alt in told
    assert "Dr Ines Albrecht" in told
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in told
    assert '<a href="/wiki/shown/">Shown</a>' in told
    assert "Kept in room 3" not in told
    assert "csrf" not in told


def test_a_page_with_pictures_takes_no_more_queries(image, shown_page, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        shown = text(client.get("/wiki/shown/"))

    assert f'src="{image.renditions[-1][1]}"' in shown


def test_a_moderator_withdraws_a_picture(image, shown_page, moderator, client):
    desk = browser(moderator)
    address = f"{image.get_absolute_url()}withdraw/"
    assert "Shown</a> shows it" in text(desk.get(address))
    assert desk.post(address, {"reason": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    done = desk.post(address, {"reason": "Consent has ended."}, follow=True)

    assert "Consent has ended." in text(done)
    assert "It has been withdrawn." in text(client.get("/wiki/shown/"))
    again = desk.post(address, {"reason": "Again."})
    assert again.status_code == HTTPStatus.CONFLICT
    assert "withdrawn already" in text(again)


def test_a_comparison_names_changed_pictures(image, shown_page, clinician, moderator, client):
    other = pictures.make_image(clinician, shade=60)
    body = pictures.shown(other)
    cast.approve(cast.submit(cast.make_edit(shown_page, clinician, body=body)), moderator)

    compared = text(client.get("/wiki/shown/compare/?from=1&to=2"))

    assert image.name in compared
    assert other.name in compared
