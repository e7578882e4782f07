"""A declared interest bars every act of a moderator on what it touches, and voids what they signed before."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from tests import cast, pictures, reviewing
from tests.remembered import remembered
from wiki.acts.library import images, source_merging
from wiki.acts.people import disclosures
from wiki.acts.reviewing import claims, diff_views, meanings, remarks, review, second_reads, whole_page_review
from wiki.acts.safety import corrections, protection, reports, suppression
from wiki.acts.upkeep import reverification, tasks
from wiki.acts.writing import page_merge
from wiki.models import Cause, Disclosure, Publication, User, clock
from wiki.policy import interests
from wiki.policy.refusal import Refused
from wiki.policy.reviewer_standing import ReviewerStanding
from wiki.screens.reviewing.review import open_review_screen

PASSAGE = "A second paragraph."


def speak(waiting, by, text):
    return remarks.remark(waiting.pk, by=by, at=remarks.on_paragraph(PASSAGE).key, text=text)


@remembered
def wiki(clinician, colleague, moderator, second_moderator):
    """Return a page on which every act of a moderator has something to do."""
    source, into = cast.make_source(clinician), cast.make_source(clinician, "pmid:1", "Another study.")
    image = pictures.make_image(clinician)
    body = f"It cites this [@pmid:22327515; @pmid:1].\n\n{PASSAGE}\n\n{pictures.shown(image)}"
    other = cast.make_page(clinician, second_moderator, "Seizures")
    words: dict[str, Any] = {"aliases": ("Albenza",), "statements": (cast.statement(other),)}
    page = cast.make_page(clinician, second_moderator, "Albendazole", body=body, **words)
    live = Publication.objects.open().get(page=page)
    waiting = cast.propose_change(page, colleague, summary="Other plain words about albendazole.")
    thread = speak(waiting, second_moderator, "Look at this.")
    closed = speak(waiting, second_moderator, "And at this.")
    remarks.resolve(waiting.pk, closed.pk, by=second_moderator)
    made: dict[str, Any] = {
        "page": page,
        "live": live.revision,
        "waiting": waiting,
        "image": image,
        "other": other,
    }
    made |= {"source": source, "into": into, "thread": thread, "closed": closed}
    made["read"] = reviewing.draw(live)
    made["report"] = reports.report(live.revision, wrong="It is wrong.")
    made["task"] = tasks.open_task(Cause.SECOND_READ, page, ref="x")
    return made


def propose(wiki, by, passage=PASSAGE):
    words = {"passage": passage, "replacement": "Something safe.", "reason": "It is dangerous."}
    return corrections.propose(wiki["page"], **words, by=by)


def until():
    return clock.now().date() + dt.timedelta(days=3)


ACTS = {
    "approve": lambda w, by: cast.sign(w["waiting"], by),
    "request_changes": lambda w, by: review.request_changes(w["waiting"].pk, by=by, reason="Why."),
    "reject": lambda w, by: review.reject(w["waiting"].pk, by=by, reason="Why."),
    "unapprove": lambda w, by: review.unapprove(w["live"].pk, by=by, reason="Why."),
    "claim": lambda w, by: claims.claim(w["waiting"].pk, by=by),
    "resolve": lambda w, by: remarks.resolve(w["waiting"].pk, w["thread"].pk, by=by),
    "reopen": lambda w, by: remarks.reopen(w["waiting"].pk, w["closed"].pk, by=by),
    "second_read": lambda w, by: second_reads.decide(w["read"].pk, by=by, decision="approve"),
    "verify": lambda w, by: reverification.verify_statement(
        w["page"],
        relation="causes",
        object_id=w["other"].pk,
        by=by,
        digest=w["live"].digest,
        checked="All of it, and every source.",
    ),
    "whole_page_review": lambda w, by: whole_page_review.review_whole_page(
        w["page"], by=by, reading=cast.reading(w["live"])
    ),
    "withdraw_meaning": lambda w, by: meanings.withdraw_meaning(w["live"].pk, by=by, reason="Too strong."),
    "correct": propose,
    "second": lambda w, by: corrections.second(w["correction"].pk, by=by, digest=w["correction"].digest),
    "lift": lambda w, by: corrections.lift(w["effective"].pk, by=by, reason="It was right."),
    "suppress": lambda w, by: suppression.suppress(w["live"].pk, by=by, reason="A name."),
    "confirm_suppression": lambda w, by: suppression.confirm(w["live"].pk, by=by),
    "show_again": lambda w, by: suppression.show_again(w["live"].pk, by=by, reason="It names nobody."),
    "protect": lambda w, by: protection.protect(w["page"], until=until(), reason="A dispute.", by=by),
    "unprotect": lambda w, by: protection.lift_protection(w["page"], reason="It is over.", by=by),
    "withdraw_picture": lambda w, by: images.withdraw(w["image"], by=by, reason="A face."),
    "merge_sources": lambda w, by: source_merging.merge_sources(w["source"].pk, into=w["into"].pk, by=by),
    "unmerge_sources": lambda w, by: source_merging.unmerge_sources(w["source"].pk, by=by),
    "check_source": lambda w, by: cast.make_source_check(w["source"], by),
    "source_notice": lambda w, by: source_merging.give_notice(w["source"].pk, nature="concern", by=by),
    "detach_notice": lambda w, by: source_merging.detach_notice(w["notice"].pk, by=by, reason="Another."),
    "close_task": lambda w, by: tasks.close_task(w["task"].pk, by=by, outcome="Nothing to do."),
    "close_report": lambda w, by: reports.close(w["report"].pk, by=by, answer="Thank you."),
}
# What has to be so before an act can be tried.
BEFORE = {
    "second": lambda w, by: w.update(correction=propose(w, by)),
    "lift": lambda w, by: w.update(effective=_in_effect(w, by)),
    "confirm_suppression": lambda w, by: suppression.suppress(w["live"].pk, by=by, reason="A name."),
    "show_again": lambda w, by: suppression.suppress(w["live"].pk, by=by, reason="A name."),
    "unprotect": lambda w, by: protection.protect(w["page"], until=until(), reason="A dispute.", by=by),
    "detach_notice": lambda w, by: w.update(
        notice=source_merging.give_notice(w["source"].pk, nature="concern", by=by)
    ),
    "unmerge_sources": lambda w, by: source_merging.merge_sources(w["source"].pk, into=w["into"].pk, by=by),
    "withdraw_meaning": lambda w, by: w.update(live=_with_a_meaning(w, by)),
}


def _with_a_meaning(wiki, by):
    """Return a version of which an approver wrote what it means for a patient."""
    author = User.objects.get(username="clinician")
    change = cast.propose_change(wiki["page"], author, summary="Words about albendazole and children.")
    diff_views.open_comparison(change, by=by)
    shown = cast.shown(change)
    review.approve(change.pk, by=by, shown=shown, impact="safety", meaning="Stop taking it.")
    third = cast.make_user("third", "moderator")
    cast.make_qualified(third, profession="pharmacist")
    cast.sign(change, third)
    return change


def _in_effect(wiki, by):
    one = propose(wiki, by)
    other = cast.make_user("third", "moderator")
    return corrections.second(one.pk, by=other, digest=one.digest)


def test_every_act_barred_by_an_interest_has_a_test():
    assert set(ACTS) == set(interests.WHOLE)


@pytest.mark.parametrize("tie", ["page", "brand name"])
@pytest.mark.parametrize("act", ACTS)
def test_an_interest_bars_the_act_and_nothing_else_does(act, tie, wiki, moderator, second_moderator):
    BEFORE.get(act, lambda w, by: None)(wiki, second_moderator)
    cast.make_qualified(moderator, "endocrinology", "clinical_genetics")
    tied = {"pages": [wiki["page"]]} if tie == "page" else {"names": ["ALBENZA"]}
    disclosures.declare(moderator, [disclosures.Declared("employment", "A firm", **tied)])

    with pytest.raises(Refused, match="You declared employment"):
        ACTS[act](wiki, moderator)

    disclosures.declare(moderator)
    with pytest.raises(Refused, match="You have left it out since; it counts for 90 days after that"):
        ACTS[act](wiki, moderator)
    ninety_days_go_by(moderator)
    ACTS[act](wiki, moderator)  # nothing refuses it


def ninety_days_go_by(person):
    """Move what somebody declared into the past, as no act can: triggers are off for that."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        older = "declared_at = declared_at - interval '91 days'"
        cursor.execute(f"UPDATE wiki_disclosure SET {older} WHERE person_id = %s", [person.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_an_ended_interest_counts_for_90_days_despite_new_declarations(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="Other words.")
    shares = disclosures.Declared("shares", "A firm", pages=[published])
    disclosures.declare(moderator, [shares])
    for _ in range(3):
        disclosures.declare(moderator)
        with pytest.raises(Refused, match="You declared shares"):
            cast.sign(waiting, moderator)
    (note,) = ReviewerStanding(moderator, clock.now()).as_json()["disclosure"]["interests"]
    assert note.startswith("Shares or patents: A firm (until ")

    ninety_days_go_by(moderator)
    disclosures.declare(moderator)

    newest = Disclosure.objects.newest_of(moderator)
    assert newest is not None
    assert newest.interests_that_count == []
    assert cast.sign(waiting, moderator) is not None


def test_a_continuing_interest_is_listed_once(published, moderator):
    shares = disclosures.Declared("shares", "A firm", pages=[published])
    disclosures.declare(moderator, [shares])
    disclosures.declare(moderator, [shares])

    newest = Disclosure.objects.newest_of(moderator)
    assert newest is not None
    (one,) = newest.interests_that_count
    assert one.laid_down_at is None


def test_an_interest_declared_after_signing_voids_the_signature(
    published, clinician, moderator, second_moderator
):
    cast.make_qualified(second_moderator, profession="pharmacist")
    waiting = cast.propose_change(published, clinician, body="## Treatment\n\nAdults take 5 mg twice a day.")
    assert waiting.requirements.count() == 2
    assert cast.sign(waiting, moderator) is None
    interest = disclosures.Declared("shares", "A firm", pages=[published])
    disclosures.declare(moderator, [interest])

    assert cast.sign(waiting, second_moderator) is None

    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    given = open_review_screen(waiting, by=second_moderator).signatures.given
    assert [one.why_not for one in given] == ["this person declared an interest in it since", ""]
    third = cast.make_user("third", "moderator")
    assert cast.sign(waiting, third) is not None


def test_an_interest_declared_after_publication_marks_the_signature(published, moderator):
    live = Publication.objects.open().get(page=published).revision
    assert [one.why_not for one in open_review_screen(live, by=moderator).signatures.given] == [""]

    disclosures.declare(moderator, [disclosures.Declared("shares", "A firm", pages=[published])])

    marks = [one.why_not for one in open_review_screen(live, by=moderator).signatures.given]
    assert marks == ["this person declared an interest in it since"]
    assert Publication.objects.open().get(page=published).revision == live


@pytest.mark.parametrize("how", ["its page", "its name", "its text"])
def test_an_interest_in_the_retiring_page_bars_acts_on_its_merge(
    published, clinician, moderator, second_moderator, how
):
    goes = cast.make_page(clinician, second_moderator, "Ranoxol", body="Words on Zorbamed.")
    merge = cast.submit(page_merge.merge_pages(goes, published, by=clinician))
    retiring = merge.retiring_half()
    assert retiring is not None
    interest = {
        "its page": disclosures.Declared("shares", "A firm", pages=[goes]),
        "its name": disclosures.Declared("shares", "A firm", names=("Ranoxol",)),
        "its text": disclosures.Declared("shares", "A firm", names=("Zorbamed",)),
    }[how]
    disclosures.declare(moderator, [interest])

    for act in (
        lambda: cast.sign(merge, moderator),
        lambda: review.reject(merge.pk, by=moderator, reason="No."),
        lambda: review.request_changes(merge.pk, by=moderator, reason="No."),
        lambda: claims.claim(merge.pk, by=moderator),
    ):
        with pytest.raises(Refused, match="declared"):
            act()

    assert merge.verdicts.count() == retiring.verdicts.count() == 0
