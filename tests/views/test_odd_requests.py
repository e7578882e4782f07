"""Requests that no browser sends, and what every answer says of itself."""

import gzip

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from tests import pictures
from tests.reviewing import signed_in

PATHS = ("/", "/feeds/people/{}/", "/people/{}/", "/wiki/{}/", "/search/?q={}", "/admin/wiki/user/?q={}")
MORE = ("/feeds/kinds/{}/", "/help/{}/", "/record/?person={}", "/lookup/pages/?q={}", "/index/{}/")


@pytest.mark.parametrize("path", [*PATHS, *MORE])
def test_a_nul_in_an_address_is_answered_with_400_or_404(administrator, client, path):
    for browser in (client, signed_in(administrator)):
        answer = browser.get(path.format("a%00b") if "{}" in path else f"{path}?a=%00")

        assert answer.status_code == 400
        assert "This address cannot be read" in answer.content.decode()


def test_a_nul_in_a_cookie_is_refused(client, db):
    client.cookies.load('sessionid="\\000"')

    assert client.get("/drafts/").status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "idna", "nonsense", "zlib"])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/x"]
)
def test_a_form_in_another_charset_is_refused(clinician, charset, kind):
    browser = signed_in(clinician)

    answer = browser.generic("POST", "/preview/", b"content=a", f"{kind}; charset={charset}")

    assert answer.status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_a_form_in_utf_8_is_accepted(clinician, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    assert signed_in(clinician).post("/preview/", b"content=a", content_type=kind).status_code == 200


def test_a_picture_whose_file_is_gone_is_not_found(clinician):
    image = pictures.make_image(clinician)
    for width in image.widths:
        default_storage.delete(image.file_of(width))

    assert signed_in(clinician).get(image.renditions[0][1]).status_code == 404


def test_every_answer_has_a_permissions_policy(client, db):
    for path in ("/", "/nowhere/", "/healthz", "/robots.txt"):
        answer = client.get(path)

        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_html_is_compressed_and_pictures_are_not(clinician):
    image = pictures.make_image(clinician)
    browser = signed_in(clinician)

    words = browser.get("/", headers={"Accept-Encoding": "gzip"})
    picture = browser.get(image.renditions[-1][1], headers={"Accept-Encoding": "gzip"})

    assert b"<h1" in gzip.decompress(words.content)
    assert "Content-Encoding" not in picture.headers


@pytest.mark.parametrize("contact", ["", "https://example.org/report"])
def test_security_txt_names_the_contact(client, db, settings, contact):
    settings.SECURITY_CONTACT, settings.DEFAULT_FROM_EMAIL = contact, "Causeway <wiki@example.org>"

    lines = client.get(reverse("security")).content.decode().splitlines()

    assert lines[0] == f"Contact: {contact or 'mailto:wiki@example.org'}"
    assert lines[1].startswith("Expires: 20")
