"""Recalls: told to whoever asked, of a page, a version or words, once; and listed for everybody."""

import pytest
from django.test import Client

from tests import cast
from wiki.acts.people import recall_watches as acts
from wiki.acts.people import subscriptions
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections, suppression
from wiki.acts.upkeep import retractions
from wiki.mail import unsubscribe
from wiki.models import Letter, RecallWatch, User
from wiki.policy.refusal import Refused

pytestmark = pytest.mark.django_db

DOSE = "A second paragraph."


def correct(page, moderator, second_moderator):
    words = {"replacement": "Better words.", "reason": "It was wrong."}
    proposed = corrections.propose(page, passage=DOSE, by=moderator, **words)
    return corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)


def told(person):
    acts.tell()
    return list(
        Letter.objects.filter(recipient=person, ref__startswith="recall").values_list("subject", flat=True)
    )


def test_followers_of_a_page_get_one_letter_about_a_correction(
    published, reader, moderator, second_moderator
):
    acts.follow(reader, page=published)
    correct(published, moderator, second_moderator)

    assert told(reader) == ["Recall: Corrected for safety: Hypoparathyroidism, version 1"]
    assert len(told(reader)) == 1


def test_followers_of_a_version_hear_only_of_corrections_in_that_version(
    published, reader, clinician, moderator, second_moderator
):
    other = cast.document().body.replace(DOSE, "Something else.")
    acts.follow(reader, page=published, version=1)
    change = cast.propose_change(published, clinician, body=other)
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="Wrong.")
    assert told(reader) == []

    correct(published, moderator, second_moderator)

    assert len(told(reader)) == 1


def test_followers_of_words_hear_when_a_version_with_them_is_reverted(
    published, reader, clinician, moderator
):
    acts.follow(reader, words="uncommon words")
    acts.follow(clinician, words="other things")
    change = cast.propose_change(published, clinician, summary="Some uncommon words.")
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="Wrong.")

    assert len(told(reader)) == 1
    assert told(clinician) == []


@pytest.mark.parametrize(
    "words", ["hemorrhage", "Haemorrhages", "TUMORS", "il 6", "β-blockers", "tumor hemorrhage"]
)
def test_followers_of_words_hear_of_a_reverted_version_however_it_spells_them(
    published, reader, clinician, moderator, words
):
    acts.follow(reader, words=words)
    change = cast.propose_change(
        published, clinician, summary="A haemorrhage, a tumour, IL-6 and a beta-blocker."
    )
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="Wrong.")

    assert len(told(reader)) == 1


def test_followers_of_words_do_not_hear_of_parts_of_other_words(published, reader, clinician, moderator):
    acts.follow(reader, words="rash")
    change = cast.propose_change(published, clinician, summary="Seen after a car crash.")
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="Wrong.")

    assert told(reader) == []


# Whether each concerns a page that says "It lowers calcium in the blood."
QUERIES = [
    ("calcium -epilepsy", True),
    ("calcium -blood", False),
    ("calcium −blood", False),
    ('"calcium in the blood"', True),
    ("“calcium in the blood”", True),
    ('"blood calcium"', False),
    ('lowers "in the blood" -"blood calcium"', True),
    ('lowers -"in the blood"', False),
]


@pytest.mark.parametrize(("words", "is_told"), QUERIES)
@pytest.mark.parametrize("way", ["corrected", "reverted"])
def test_followers_of_a_query_hear_of_what_it_would_find(  # fixtures
    published, reader, clinician, moderator, second_moderator, words, is_told, way
):
    change = cast.propose_change(published, clinician, summary="It lowers calcium in the blood.")
    acts.follow(reader, words=words)
    cast.approve(change, moderator)
    if way == "corrected":
        correct(published, moderator, second_moderator)
    else:
        review.unapprove(change.pk, by=moderator, reason="Wrong.")

    assert bool(told(reader)) is is_told


def test_followers_of_a_phrase_hear_of_a_reverted_version_that_cites_within_it(
    published, reader, clinician, moderator
):
    cast.make_source(clinician)
    body = f"{cast.document().body}\n\nIt lowers *calcium*[@pmid:22327515] in the blood."
    change = cast.propose_change(published, clinician, body=body)
    acts.follow(reader, words='"calcium in the blood"')
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="Wrong.")

    assert len(told(reader)) == 1


def test_followers_of_pages_citing_a_retracted_source_are_told(published, reader, clinician, moderator):
    source = cast.make_source(clinician)
    row = cast.statement(published, "causes")
    cause = cast.make_page(clinician, moderator, "Cause", statements=(row,))
    acts.follow(reader, page=cause)
    acts.follow(clinician, page=cause, version=1)
    acts.follow(moderator, page=published, version=1)

    retractions.keep_notice(source.pk, nature="retraction", reason="Made up.")

    assert [len(told(one)) for one in (reader, clinician, moderator)] == [1, 1, 0]
    assert told(reader) == [f"Recall: Retracted by its journal: Source {source.pk}"]


def test_earlier_recalls_are_not_sent_to_new_followers(published, reader, moderator, second_moderator):
    correct(published, moderator, second_moderator)
    acts.follow(reader, page=published)

    assert told(reader) == []


def test_the_link_in_a_recall_letter_ends_the_watch_and_can_be_undone(published, reader):
    acts.follow(reader, page=published)
    link = unsubscribe.address_to_stop(reader, f"recall:{RecallWatch.objects.get().pk}")
    ticket = unsubscribe.ticket(link.strip("/").rpartition("/")[2])
    assert ticket

    subscriptions.unsubscribe(ticket)
    assert not RecallWatch.objects.of_person(reader).exists()

    subscriptions.resume(ticket)
    assert RecallWatch.objects.of_person(reader).exists()


@pytest.mark.parametrize("lost", [{"is_active": False}, {"email": ""}])
def test_only_followers_who_can_get_letters_are_sent_one(
    published, reader, clinician, moderator, second_moderator, lost
):
    """A closed account, and one without an address, follow on; the next of its letters is for the others."""
    for one in (reader, clinician):
        acts.follow(one, page=published)
    User.objects.filter(pk=reader.pk).update(**lost)
    correct(published, moderator, second_moderator)

    assert acts.tell() == 1
    assert (len(told(reader)), len(told(clinician))) == (0, 1)


@pytest.mark.parametrize("asked", [{}, {"words": " "}, {"words": "-epilepsy"}, {"words": "?"}])
def test_a_recall_watch_of_nothing_is_refused(reader, asked):
    with pytest.raises(Refused):
        acts.follow(reader, **asked)


def test_a_version_that_readers_never_saw_cannot_be_followed(published, clinician, reader):
    change = cast.propose_change(published, clinician)

    with pytest.raises(Refused, match="no such version"):
        acts.follow(reader, page=published, version=change.number)


# --- The list for everybody --------------------------------------------------------------------------------


def listed():
    return Client().get("/recalls/").content.decode()


def test_the_recall_list_shows_corrected_words_struck_out(published, moderator, second_moderator):
    correct(published, moderator, second_moderator)

    assert f"<del>{DOSE}</del>" in listed()
    (one,) = Client().get("/api/v1/recalls").json()["items"]
    assert (one["struck"], one["reason"], one["is_lifted"]) == ([DOSE], "It was wrong.", False)
    assert "Corrected for safety" in Client().get("/feeds/recalls/").content.decode()


def test_the_recall_list_shows_corrected_words_as_they_were_read(
    published, clinician, moderator, second_moderator
):
    passage = "*Never* stop [[Hypoparathyroidism|this]]. Take **two**."
    other = cast.make_page(clinician, moderator, "Other", body=f"{passage}\n\nMore.")
    proposed = corrections.propose(other, passage=passage, by=moderator, replacement="Ask.", reason="Wrong.")
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)

    assert "<del>Never stop this.</del>" in listed()
    assert "<del>Take two.</del>" in listed()


def test_the_recall_list_hides_words_of_a_suppressed_text(published, clinician, moderator, second_moderator):
    change = cast.propose_change(published, clinician, summary="Other words of somebody.")
    review.reject(change.pk, by=moderator, reason="It names a patient.")
    correct(published, moderator, second_moderator)
    suppression.suppress(change.pk, by=moderator, reason="It named a patient.")

    assert DOSE not in listed()
    assert DOSE not in Client().get("/api/v1/recalls").content.decode()
    assert "The words are hidden" in listed()


def test_the_recall_list_strikes_what_a_version_said_that_was_reverted(published, clinician, moderator):
    sign = cast.make_page(clinician, moderator, "Tetany", kind="symptom")
    cast.make_source(clinician)
    change = cast.propose_change(
        published,
        clinician,
        body=cast.document().body + "\n\nIt never needs treatment. Nobody dies of it.",
        statements=(cast.statement(sign, note="A wrong note."),),
    )
    cast.approve(change, moderator)
    review.unapprove(change.pk, by=moderator, reason="Wrong.")

    (one,) = Client().get("/api/v1/recalls").json()["items"]
    said = "Hypoparathyroidism causes Tetany (A wrong note.)"
    assert one["struck"] == ["It never needs treatment.", "Nobody dies of it.", said]
    assert "<del>It never needs treatment.</del>" in listed()
    assert f"<del>{said}</del>" in listed()


def test_all_words_are_struck_of_a_page_that_is_gone(clinician, moderator):
    page = cast.make_page(clinician, moderator, "Wrong page", summary="All of it is wrong.")
    review.unapprove(page.revisions.get().pk, by=moderator, reason="Wrong.")

    (one,) = Client().get("/api/v1/recalls").json()["items"]
    assert one["struck"][:2] == ["Wrong page", "All of it is wrong."]
    assert DOSE in one["struck"]
    assert "more sentences" not in listed()


def test_a_version_that_was_hidden_is_no_recall(published, clinician, moderator):
    change = cast.propose_change(published, clinician, summary="The secret of somebody.")
    cast.approve(change, moderator)
    suppression.suppress(change.pk, by=moderator, reason="It named a patient.")

    assert Client().get("/api/v1/recalls").json()["items"] == []
    assert "secret" not in listed()


def test_the_recall_list_strikes_what_rests_on_a_retracted_source_alone(published, clinician, moderator):
    source = cast.make_source(clinician)
    other = cast.make_source(clinician, "pmid:36054621")
    body = "## What\n\nOn one.[@pmid:22327515] On both.[@pmid:22327515; @pmid:36054621] On none. "
    body += "On the other[@pmid:36054621]."
    row = cast.statement(published, "causes")
    cast.make_page(clinician, moderator, "Cause", statements=(row,), body=body)
    retractions.keep_notice(source.pk, nature="retraction", reason="Made up.")

    (one,) = Client().get("/api/v1/recalls").json()["items"]
    assert other.pk != source.pk
    assert [(rest["page"], rest["words"], rest["has_others"]) for rest in one["resting"]] == [
        ("Cause", "Cause causes Hypoparathyroidism", False),
        ("Cause", "On one.", False),
        ("Cause", "On both.", True),
    ]
    html = listed()
    assert f"<del>{one['reference']}</del>" in html
    assert "<del>Cause causes Hypoparathyroidism</del>" in html
    assert "<del>On one.</del>" in html
    assert "On both. <" in html
    assert "<del>On both.</del>" not in html


def test_a_part_of_the_recalls_takes_two_queries(
    published, clinician, moderator, second_moderator, django_assert_max_num_queries
):
    source = cast.make_source(clinician)
    cast.make_page(clinician, moderator, "Cause", statements=(cast.statement(published, "causes"),))
    retractions.keep_notice(source.pk, nature="retraction", reason="Made up.")
    correct(published, moderator, second_moderator)
    with django_assert_max_num_queries(2):
        assert len(Client().get("/api/v1/recalls").json()["items"]) == 2
    with django_assert_max_num_queries(5):
        listed()


def test_the_feed_of_changes_has_the_same_positions(published):
    (one,) = Client().get("/api/v1/changes").json()["items"]

    assert f"change/{one['position']}" in Client().get("/feeds/changes/").content.decode()


def test_a_recall_watch_is_set_up_through_its_form(published, reader):
    client = Client()
    client.force_login(reader)

    assert (
        client.post("/recalls/following/", {"page": "/wiki/hypoparathyroidism/", "version": "1"}).status_code
        == 302
    )
    assert "(version 1)" in client.get("/recalls/following/").content.decode()
    assert client.post("/recalls/following/", {"page": "nothing"}).status_code == 422
