"""Whoever may not write is led on: to a report, or to an application that an administrator answers."""

import pytest

from tests import cast
from tests.shown import html_of
from wiki.acts.people import applications
from wiki.models import Application, Role

WHO = {"profession": "Paediatric nurse", "wish": "Seizures in children."}


@pytest.mark.parametrize("path", ["/wiki/hypoparathyroidism/edit/", "/wiki/hypoparathyroidism/retire/"])
def test_a_reader_who_may_not_write_on_a_page_is_offered_a_report_and_an_application(
    client, published, reader, path
):
    client.force_login(reader)

    answer = client.get(path)

    assert answer.status_code == 403
    assert 'href="/wiki/hypoparathyroidism/report/"' in html_of(answer)
    assert 'href="/accounts/apply/"' in html_of(answer)


def test_a_reader_who_may_not_propose_a_page_is_offered_an_application(client, reader):
    client.force_login(reader)

    answer = client.get("/new/?title=Gout")

    assert answer.status_code == 403
    assert 'href="/accounts/apply/"' in html_of(answer)
    assert "Report a mistake" not in html_of(answer)


def test_a_stranger_who_wants_to_edit_is_offered_a_report_before_signing_in(client, published):
    shown = html_of(client.get("/wiki/hypoparathyroidism/edit/", follow=True))

    assert 'href="/wiki/hypoparathyroidism/report/"' in shown


@pytest.mark.parametrize(
    "path", ["javascript:alert(1)", "//evil.example/wiki/a/", "/wiki/%3Cscript%3E/edit/"]
)
def test_an_address_outside_the_wiki_is_never_linked_at_sign_in(client, path):
    assert "report a mistake" not in html_of(client.get("/accounts/login/", {"next": path})).lower()


def test_an_application_is_sent_answered_and_read(client, reader):
    administrator = cast.make_user("root", Role.ADMINISTRATOR)
    client.force_login(reader)
    sent = html_of(client.post("/accounts/apply/", WHO, follow=True))
    assert "It waits for an administrator" in sent
    assert "Seizures in children." in sent
    assert "Send the application" not in sent

    client.force_login(administrator)
    listed = html_of(client.get("/accounts/applications/"))
    one = Application.objects.get()
    assert f'href="/accounts/applications/{one.pk}/"' in listed
    client.post(f"/accounts/applications/{one.pk}/", {"is_granted": "yes", "words": "Welcome."})

    client.force_login(reader)
    assert "Welcome." in html_of(client.get("/accounts/apply/"))
    assert client.get("/new/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"wish": ""}, "Say what you want to write about"), ({"profession": ""}, "Enter your profession")],
)
def test_an_incomplete_application_names_its_fields_and_keeps_the_others(client, reader, fields, sentence):
    client.force_login(reader)

    answer = client.post("/accounts/apply/", {**WHO, **fields})

    assert answer.status_code == 422
    assert sentence in html_of(answer)
    assert any(value in html_of(answer) for name, value in WHO.items() if name not in fields)


def test_the_list_of_applications_takes_a_fixed_number_of_queries(client, db, django_assert_max_num_queries):
    client.force_login(cast.make_user("root", Role.ADMINISTRATOR))
    for number in range(6):
        applications.apply(cast.make_user(f"reader-{number}", Role.READER), **WHO)

    with django_assert_max_num_queries(5):
        client.get("/accounts/applications/")
