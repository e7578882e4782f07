"""Taking pictures into the wiki, showing them in pages, and withdrawing them."""

import hashlib
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from tests import cast, pictures
from wiki.acts.library import images
from wiki.acts.library.images import PictureDetails
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.images import files
from wiki.images.processing import clean
from wiki.images.storage import WholeFiles
from wiki.models import Depiction, Event, Image, Publication, PublishedPage, Revision
from wiki.policy.refusal import NotReady, Refused
from wiki.published.rebuild import rebuild
from wiki.text.markdown.html import Picture


@pytest.fixture
def developed():
    return clean(pictures.file())


@pytest.fixture
def image(clinician):
    return pictures.make_image(clinician)


def told(**changes):
    return PictureDetails(**{**pictures.DETAILS.__dict__, **changes})


def content(storage, name):
    with storage.open(name) as file:
        return file.read()


def html_of(page):
    return PublishedPage.objects.get(page=page).html


def test_a_picture_is_kept_with_all_its_files(developed, clinician):
    taken = images.add(developed, told(), by=clinician)

    image = Image.objects.get()
    assert not taken.is_known
    assert (image.name, image.widths, image.format) == (developed.name, [480, 600], "WEBP")
    assert (image.uploaded_by, image.uploaded_by_name) == (clinician, str(clinician))
    for width in image.widths:
        assert content(default_storage, image.file_of(width)) == developed.renditions[width]
    assert Event.objects.get(act="add_picture").data == {"picture": image.name, "looked": False}


def test_the_same_file_added_twice_is_stored_once(developed, image, colleague):
    again = images.add(developed, told(alt="Other words"), by=colleague)

    assert again == images.Taken(image, is_known=True)
    assert Image.objects.get().alt == pictures.DETAILS.alt


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"alt": " "}, "what the picture shows"),
        ({"credit": ""}, "who made it"),
        ({"licence": "all rights reserved"}, "Choose the licence"),
        ({"licence": "cc_by_4"}, "where it was first shown"),
        ({"shows_patient": True}, "needs a declaration of consent"),
        ({"alt": "CT of jane@example.org"}, "could tell who somebody is"),
    ],
)
def test_incomplete_picture_details_are_refused(developed, clinician, changes, why):
    with pytest.raises(Refused, match=why):
        images.add(developed, told(**changes), by=clinician)

    assert not Image.objects.exists()


def test_nobody_adds_a_drawing_in_svg(developed, moderator):
    drawing = replace(developed, format="SVG")

    with pytest.raises(Refused, match="come with the program only"):
        images.add(drawing, told(), by=moderator)
    with pytest.raises(IntegrityError, match="nobody_uploads_a_drawing"), transaction.atomic():
        Image.objects.create(
            name="0" * 16, format="SVG", width=9, height=9, widths=[9], licence="own", uploaded_by=moderator
        )


def test_a_reader_cannot_add_a_picture(developed, reader):
    with pytest.raises(Refused, match="Only clinicians"):
        images.add(developed, told(), by=reader)


def test_a_file_with_patient_metadata_needs_a_persons_check(clinician):
    exif = pictures.exif("Patient no 12345678")
    traced = clean(pictures.file(exif=exif))

    with pytest.raises(Refused, match=r"\(EXIF ImageDescription\)"):
        images.add(traced, told(), by=clinician)
    images.add(traced, told(has_looked=True), by=clinician)

    assert Event.objects.get(act="add_picture").data["looked"]


def test_consent_is_stored_only_if_the_picture_shows_a_patient(developed, clinician):
    image = images.add(developed, told(consent="left over from before"), by=clinician).image
    other = pictures.make_image(clinician, shade=9, shows_patient=True, consent="The patient consented.")

    assert image.consent == ""
    assert other.consent == "The patient consented."


def test_an_uploaded_file_is_kept_only_for_its_uploader(developed, clinician, colleague):
    token = images.keep_for(clinician, developed)

    assert images.kept_for(clinician, token) == developed
    assert images.kept_for(colleague, token) is None
    assert images.kept_for(clinician, "é") is None


def test_existing_files_are_not_written_again(developed, clinician):
    name = f"pictures/{developed.name}/480.webp"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(developed.renditions[480]))

    image = images.add(developed, told(), by=clinician).image

    assert sorted(default_storage.listdir(f"pictures/{image.name}")[1]) == ["480.webp", "600.webp"]


def test_a_published_page_shows_its_pictures(image, clinician, moderator):
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism", body=pictures.shown(image, "A *CT*"))

    html = html_of(page)
    assert f'src="/pictures/{image.name}/600.webp"' in html
    assert 'alt="White patches"' in html
    assert "A *CT* <small>Dr Ines Albrecht · " in html
    assert Depiction.objects.get().image == image
    assert list(Image.objects.published()) == [image]


def test_a_picture_removed_from_its_page_is_no_longer_published(image, clinician, moderator):
    page = cast.make_page(clinician, moderator, body=pictures.shown(image))

    cast.approve(cast.submit(cast.make_edit(page, clinician, body="Without it.")), moderator)

    assert not Image.objects.published().exists()
    review.unapprove(Publication.objects.open().get().revision_id, by=moderator, reason="Wrong.")
    assert list(Image.objects.published()) == [image]
    review.unapprove(Publication.objects.open().get().revision_id, by=moderator, reason="Wrong too.")
    assert not Image.objects.published().exists()


def test_a_rebuild_keeps_pictures_of_a_page(image, clinician, moderator):
    page = cast.make_page(clinician, moderator, body=pictures.shown(image))
    before = html_of(page), Depiction.objects.get().pk

    list(rebuild())

    assert (html_of(page), Depiction.objects.get().pk) == before


def test_a_page_derived_again_for_a_new_link_keeps_its_pictures(image, clinician, moderator):
    page = cast.make_page(clinician, moderator, body=pictures.shown(image) + "\nSee [[Something new]].")

    cast.make_page(clinician, moderator, "Something new")

    assert "<figure>" in html_of(page)


def test_a_picture_without_alt_text_or_file_stops_a_submission(image, clinician):
    body = f"Text.\n\n![](image:{image.name})\n\n![Scan](image:0123456789abcdef)\n"
    draft = drafts.propose(cast.document(body=body), author=clinician)

    with pytest.raises(NotReady) as refusal:
        cast.submit(draft)

    assert "does not say what it shows" in str(refusal.value)
    assert "no picture called 0123456789abcdef" in str(refusal.value)


def test_a_withdrawn_picture_vanishes_from_every_page_at_once(image, clinician, moderator):
    page = cast.make_page(clinician, moderator, body=pictures.shown(image))
    other = cast.make_page(clinician, moderator, "Other", body=pictures.shown(image) * 2)

    images.withdraw(image, by=moderator, reason=" Consent has ended. ")

    image.refresh_from_db()
    assert image.withdrawn_why == "Consent has ended."
    assert not Image.objects.published().exists()
    for one in (page, other):
        assert image.name not in html_of(one)
        assert "A picture stood here. It has been withdrawn." in html_of(one)
        assert Event.objects.get(act="withdraw_picture", page=one).data["reason"] == "Consent has ended."


def test_a_picture_on_no_page_can_be_withdrawn(image, moderator):
    images.withdraw(image, by=moderator, reason="Consent has ended.")

    assert Event.objects.get(act="withdraw_picture").page is None


def test_a_withdrawn_picture_stops_a_submission(developed, image, clinician, moderator):
    images.withdraw(image, by=moderator, reason="Consent has ended.")

    with pytest.raises(Refused, match="cannot come back"):
        images.add(developed, told(), by=clinician)
    with pytest.raises(NotReady, match="withdrawn"):
        cast.submit(drafts.propose(cast.document(body=pictures.shown(image)), author=clinician))
    with pytest.raises(Refused, match="withdrawn already"):
        images.withdraw(image, by=moderator, reason="Again.")


def test_only_a_moderator_with_a_reason_withdraws_a_picture(image, clinician, moderator):
    with pytest.raises(Refused, match="Only moderators"):
        images.withdraw(image, by=clinician, reason="Consent has ended.")
    with pytest.raises(Refused, match="Say why"):
        images.withdraw(image, by=moderator, reason=" ")


def test_a_picture_is_put_at_the_end_of_a_draft(image, clinician):
    draft = drafts.propose(cast.document(body="Text.\n"), author=clinician)
    picture = Picture(image.name, 'A "CT" [axial]', "Caption")

    assert images.show_in(draft, picture, by=clinician)

    draft.refresh_from_db()
    assert draft.document.body == f"Text.\n\n{picture.mark}\n"


def test_a_picture_is_not_added_to_a_draft_with_unread_form_data(image, clinician):
    draft = drafts.propose(cast.document(), author=clinician)
    draft = drafts.save(draft, draft.document, by=clinician, typed={"head": {}})

    assert not images.show_in(draft, Picture(image.name, "CT"), by=clinician)


def test_adding_a_picture_keeps_text_saved_meanwhile(image, clinician):
    draft = drafts.propose(cast.document(body="Old.\n"), author=clinician)
    drafts.save(Revision.objects.get(pk=draft.pk), cast.document(body="New.\n"), by=clinician)

    assert images.show_in(draft, Picture(image.name, "CT"), by=clinician)

    assert Revision.objects.get(pk=draft.pk).document.body == f"New.\n\n![CT](image:{image.name})\n"


@pytest.mark.parametrize("act", [cast.submit, lambda draft: drafts.discard(draft, by=draft.author)])
def test_a_picture_is_not_added_once_the_draft_is_gone_or_sent_in(image, clinician, act):
    draft = drafts.propose(cast.document(), author=clinician)
    act(Revision.objects.get(pk=draft.pk))

    assert not images.show_in(draft, Picture(image.name, "CT"), by=clinician)


@pytest.mark.parametrize("token", ["", "²", "a b", "\x00", "x" * 500])
def test_a_malformed_upload_token_finds_nothing(clinician, token):
    assert images.kept_for(clinician, token) is None


def test_two_people_adding_the_same_picture_at_once_get_one_record(developed, image, colleague, monkeypatch):
    """As if the other one's had come between looking and writing."""
    monkeypatch.setattr(Image.objects, "filter", lambda **_: Image.objects.none())

    assert images.add(developed, told(), by=colleague) == images.Taken(image, is_known=True)


@pytest.fixture
def disk(tmp_path):
    return WholeFiles(location=tmp_path)


def test_saving_a_file_leaves_no_temporary_file(disk, tmp_path):
    assert disk.save("pictures/a/480.webp", ContentFile(b"whole")) == "pictures/a/480.webp"

    assert [one.name for one in (tmp_path / "pictures/a").iterdir()] == ["480.webp"]
    assert content(disk, "pictures/a/480.webp") == b"whole"


def test_a_file_on_disk_is_never_written_over(disk, tmp_path):
    disk.save("a.webp", ContentFile(b"first"))

    with pytest.raises(FileExistsError):
        disk._save("a.webp", ContentFile(b"second"))

    assert content(disk, "a.webp") == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["a.webp"]


def test_a_process_that_dies_while_writing_leaves_no_half_file(disk, tmp_path):
    class Dying(ContentFile):  # type: ignore[type-arg]  # generic in the stubs alone
        def chunks(self, *_):
            yield b"half"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        disk.save("a.webp", Dying(b""))

    assert not disk.exists("a.webp")


def test_a_file_that_somebody_else_wrote_meanwhile_is_kept(monkeypatch, disk):
    monkeypatch.setattr(images, "default_storage", disk)
    monkeypatch.setattr(files, "default_storage", disk)
    disk.save("a.webp", ContentFile(b"theirs"))
    monkeypatch.setattr(disk, "exists", lambda name: False)

    digest = images._write("a.webp", b"mine")

    assert content(disk, "a.webp") == b"theirs"
    assert digest == hashlib.sha256(b"theirs").hexdigest()


def test_a_lost_race_leaves_no_second_file(monkeypatch, disk, tmp_path):
    monkeypatch.setattr(images, "default_storage", disk)
    monkeypatch.setattr(files, "default_storage", disk)
    monkeypatch.setattr(disk, "get_alternative_name", lambda root, ending: f"{root}-2{ending}")
    disk.save("a.webp", ContentFile(b"theirs"))
    seen = iter([False])
    exists = disk.exists
    monkeypatch.setattr(disk, "exists", lambda name: next(seen, True) and exists(name))

    images._write("a.webp", b"mine")

    assert [one.name for one in tmp_path.iterdir()] == ["a.webp"]
