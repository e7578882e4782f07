"""Pictures travel with the pages that show them, under the same name because they are the same bytes."""

import pytest

from tests import cast, pictures
from wiki.acts.library.images import PictureDetails
from wiki.images import drawings
from wiki.images.processing import clean
from wiki.importing import pages
from wiki.importing import pictures as folders
from wiki.importing.yaml_words import BadFile
from wiki.models import Image
from wiki.policy.refusal import Refused

DETAILS = PictureDetails(
    alt="CT of the head",
    credit="Dr Ines Albrecht",
    licence="own",
    shows_patient=True,
    consent="The patient consented. The form is in the archive.",
)
DRAWN = PictureDetails(alt="A drawing", credit="Drawn for Causeway", licence="own")


@pytest.fixture
def given(tmp_path):
    """Return a picture that lies in a folder and not yet in the wiki."""
    developed = clean(pictures.file())
    folders.write(tmp_path, developed, DETAILS)
    return developed


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_picture_survives_import_and_export(given, tmp_path, clinician, moderator):
    assert folders.load_folder(tmp_path) == 1
    body = f"## What it is\n\n![CT of the head](image:{given.name})"
    cast.make_page(clinician, moderator, "Scan", body=body)

    again = tmp_path / "again"
    pages.write_folder(again)

    image = Image.objects.get(name=given.name)
    assert (image.alt, image.consent, image.widths) == (DETAILS.alt, DETAILS.consent, given.widths)
    before = {name: data for name, data in files_of(tmp_path).items() if not name.startswith("again")}
    after = {name: data for name, data in files_of(again).items() if name != "scan.md"}
    assert after == before


def test_loading_a_known_picture_adds_nothing(given, tmp_path, clinician):
    folders.load_folder(tmp_path)

    assert folders.load_folder(tmp_path) == 0


def test_a_picture_on_no_published_page_is_not_exported(given, tmp_path, clinician):
    folders.load_folder(tmp_path)

    assert folders.write_folder(tmp_path / "again") == 0


def test_a_folder_without_pictures_is_accepted(tmp_path, clinician):
    assert folders.load_folder(tmp_path) == 0


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload='alert(1)'/>", pictures.file(), pictures.file(format="WEBP")]
)
def test_a_file_that_is_not_the_picture_of_its_name_is_refused(given, tmp_path, clinician, data):
    (tmp_path / "pictures" / given.name / f"{given.width}.webp").write_bytes(data)

    with pytest.raises(BadFile, match="is not the picture of that name"):
        folders.load_folder(tmp_path)
    assert not Image.objects.exists()


def test_a_picture_of_a_wrong_width_is_refused(given, tmp_path, clinician):
    place = tmp_path / "pictures" / given.name
    (place / f"{given.widths[0]}.webp").rename(place / "7.webp")

    with pytest.raises(BadFile, match="is not the picture of that name"):
        folders.load_folder(tmp_path)


@pytest.mark.parametrize("words", ["- a\n- b\n", "alt: [", "colour: red\n"])
def test_a_picture_record_without_details_is_refused(given, tmp_path, clinician, words):
    (tmp_path / "pictures" / f"{given.name}.yaml").write_text(words)

    with pytest.raises(BadFile, match="does not tell of a picture"):
        folders.load_folder(tmp_path)


def test_a_picture_without_a_licence_is_refused_as_any(given, tmp_path, clinician):
    folders.write(tmp_path, given, PictureDetails(alt="A scan", credit="Somebody", licence="found"))

    with pytest.raises(Refused, match="Choose the licence"):
        folders.load_folder(tmp_path)


@pytest.fixture
def drawing(tmp_path):
    """Return a drawing of the starter content that lies in another folder and not yet in the wiki."""
    made = drawings.checked(next((folders.STARTER / "pictures").glob("*/*.svg")).read_bytes())
    folders.write(tmp_path, made, DRAWN)
    return made


def test_a_drawing_that_came_with_the_program_is_taken_from_any_folder(drawing, tmp_path, db):
    assert folders.load_folder(tmp_path) == 1
    assert folders.load_folder(tmp_path) == 0
    assert Image.objects.get().format == "SVG"


def test_a_known_drawing_is_accepted_after_the_program_changed_its_own(drawing, tmp_path, db, monkeypatch):
    folders.load_folder(tmp_path)
    monkeypatch.setattr(folders, "STARTER", tmp_path / "nothing")

    assert folders.load_folder(tmp_path) == 0


def test_a_drawing_that_did_not_come_with_the_program_is_refused(tmp_path, db, drawing):
    other = drawings.checked(drawing.renditions[drawing.width].replace(b"<title>", b"<title>Not "))
    folders.write(tmp_path, other, DRAWN)

    with pytest.raises(BadFile, match="did not come with this program"):
        folders.load_folder(tmp_path)
    assert not Image.objects.exists()


@pytest.mark.parametrize("name", ["7.svg", "drawing.svg"])
def test_a_drawing_under_a_wrong_name_is_refused(drawing, tmp_path, db, name):
    place = tmp_path / "pictures" / drawing.name
    (place / f"{drawing.width}.svg").rename(place / name)

    with pytest.raises(BadFile, match="is not the picture of that name"):
        folders.load_folder(tmp_path)


def test_a_drawing_in_two_files_is_refused(drawing, tmp_path, db):
    place = tmp_path / "pictures" / drawing.name
    (place / "999.svg").write_bytes(drawing.renditions[drawing.width])

    with pytest.raises(BadFile, match="is not the picture of that name"):
        folders.load_folder(tmp_path)


def test_a_drawing_with_a_script_is_refused(drawing, tmp_path, db):
    file = tmp_path / "pictures" / drawing.name / f"{drawing.width}.svg"
    file.write_bytes(file.read_bytes().replace(b"</svg>", b"<script>alert(1)</script></svg>"))

    with pytest.raises(BadFile, match="holds the element “script”"):
        folders.load_folder(tmp_path)
