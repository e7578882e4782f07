"""The drawings of the starter content: legible on a phone, told in words, and shown on a page."""

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from wiki.images import drawings
from wiki.images.files import altered_files
from wiki.importing import pages, pictures, starter
from wiki.importing.front_matter import loads
from wiki.models import Image, PublishedPage
from wiki.text.markdown.html import outline

FOLDER = starter.FOLDER / pictures.FOLDER
FILES = sorted(FOLDER.glob("*/*.svg"))
# On a window of 390 pixels the text, and a drawing in it, is this wide.
WIDTH_ON_A_PHONE = 358
SMALLEST_LETTERS = 12
NUMBER = re.compile(r"\d[\d.,–]*%?")

every_drawing = pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)


def record(path):
    return yaml.safe_load(path.parent.with_suffix(".yaml").read_text(encoding="utf-8"))


def shown():
    """Return each picture of a starter page with the page that shows it."""
    files = [loads(path.read_text(encoding="utf-8")) for path in sorted(starter.FOLDER.glob("*.md"))]
    return [(one, file) for file in files for one in outline(file.body).images]


def written(path):
    """Return the words that stand in a drawing."""
    root = root_of(path)
    lines = root.iter(f"{{{drawings.NAMESPACE}}}text")
    return " ".join(unescape("".join(one.itertext())) for one in lines)


def test_each_starter_drawing_has_its_record():
    assert len(FILES) >= 8
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {path.parent.name for path in FILES}


@every_drawing
def test_a_drawing_holds_only_what_is_on_the_list_and_has_the_name_of_its_bytes(path):
    drawing = drawings.checked(path.read_bytes())

    assert [drawing.name, str(drawing.width)] == [path.parent.name, path.stem]


def root_of(path) -> Any:
    return ElementTree.parse(path).getroot()  # noqa: S314  our own file


@every_drawing
def test_letters_are_large_enough_on_a_phone(path):
    root = root_of(path)
    share = min(WIDTH_ON_A_PHONE / int(root.get("viewBox").split()[2]), 1)
    sizes = [float(one.get("font-size")) for one in root.iter() if one.get("font-size")]

    assert root.get("font-size")
    assert min(sizes) * share >= SMALLEST_LETTERS
    scaled = [one for one in root.iter() if re.search("scale|matrix", one.get("transform", ""))]
    assert not [one for one in scaled if one.find(f".//{{{drawings.NAMESPACE}}}text") is not None]


@every_drawing
def test_a_drawing_has_a_white_background(path):
    root = root_of(path)
    card = next(one for one in root if one.tag.endswith("rect"))

    _, _, width, height = root.get("viewBox").split()
    assert card.attrib == {"width": width, "height": height, "fill": "#ffffff"}


@every_drawing
def test_the_alt_text_and_the_page_have_the_numbers_of_a_drawing(path):
    told = record(path)
    on_pages = [(one, file) for one, file in shown() if one.name == path.parent.name]

    assert told["credit"] == "Drawn for Causeway"
    assert on_pages, "no page shows it"
    for one, file in on_pages:
        assert one.alt == told["alt"]
        assert one.caption
        text = file.body.replace(one.mark, "")
        figures = {one.rstrip(".,") for one in NUMBER.findall(written(path))}
        shares = {one for one in figures if "%" in one or len(one) > 2}
        assert not [one for one in shares if one not in told["alt"] or one not in text]


def files_of(folder):
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def first_drawing() -> Image:
    return Image.objects.filter(format="SVG")[0]


@pytest.mark.usefixtures("starter_wiki")
class TestLoaded:
    """The drawings in a wiki that has the starter content."""

    def test_each_starter_drawing_is_stored_without_an_uploader(self):
        images = Image.objects.filter(format="SVG")

        assert {one.name for one in images} == {path.parent.name for path in FILES}
        assert {one.uploaded_by for one in images} == {None}
        assert {*images} == {*Image.objects.published()}
        assert not list(altered_files())

    def test_drawings_are_served_with_a_policy_against_scripts(self, client):
        image = first_drawing()
        answer = client.get(image.renditions[0][1])

        assert answer["Content-Type"] == "image/svg+xml"
        assert answer["X-Content-Type-Options"] == "nosniff"
        policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        assert answer["Content-Security-Policy"] == policy
        assert b"".join(answer.streaming_content).startswith(b"<svg ")

    def test_a_page_shows_them_with_their_size(self, client):
        image = first_drawing()
        page = PublishedPage.objects.showing(image)[0]
        html = client.get(page.get_absolute_url()).content.decode()
        element = re.search(rf'<img src="{image.renditions[0][1]}"[^>]*>', html)
        assert element

        assert f'width="{image.width}" height="{image.height}"' in element[0]

    def test_a_folder_written_and_loaded_has_the_same_bytes(self, tmp_path):
        pages.write_folder(tmp_path)

        assert files_of(tmp_path / pictures.FOLDER) == files_of(FOLDER)
        assert pictures.load_folder(tmp_path) == 0

    def test_an_altered_file_is_found(self):
        image = first_drawing()
        name = image.file_of(image.width)
        with default_storage.open(name) as file:
            data = file.read()
        default_storage.delete(name)
        try:
            assert list(altered_files()) == [f"Picture {image.name}: the file {name} cannot be read."]
        finally:
            default_storage.save(name, ContentFile(data))
