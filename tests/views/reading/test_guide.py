"""The help: every topic is there, and the forms lead to paragraphs that exist."""

import pytest

from tests.shown import html_of, ids_of, links_of
from wiki.domain.help_topics import TOPICS
from wiki.templatetags.guide import HELP, help_at


def test_every_topic_is_listed_and_can_be_read(client, db):
    listed = links_of(client.get("/help/"))

    for topic, (title, _) in TOPICS.items():
        assert f"/help/{topic}/" in listed
        assert f"<h1>{title}</h1>" in html_of(client.get(f"/help/{topic}/"))


def test_an_unknown_help_topic_gets_404(client, db):
    assert client.get("/help/nothing/").status_code == 404


@pytest.mark.parametrize("name", HELP)
def test_the_help_on_a_field_is_a_paragraph_that_exists(client, db, name):
    address, _, place = help_at(name).partition("#")

    assert place in ids_of(client.get(address))


def test_a_field_without_help_has_no_link():
    assert help_at("answer") == ""


def test_the_form_of_a_page_leads_to_the_help_on_its_fields(client, published, clinician):
    client.force_login(clinician)

    led = links_of(client.get("/wiki/hypoparathyroidism/edit/"))

    assert {"/help/writing/#title", "/help/writing/#summary", "/help/writing/#note"} <= set(led)


def test_no_topic_has_an_id_twice(client, db):
    for topic in TOPICS:
        ids = ids_of(client.get(f"/help/{topic}/"))
        assert len(ids) == len(set(ids))
