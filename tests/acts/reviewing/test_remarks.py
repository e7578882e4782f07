"""What people say of a submission: on what it hangs, who may, and where it is on the next version."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import remarks, review
from wiki.acts.safety.suppression import suppress
from wiki.acts.writing import drafts
from wiki.models import Event, Notice, Remark, RemarkPlace, Role, User
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.review import open_review_screen

FIRST = "Calcium can settle in the basal ganglia of many adults."
SECOND = "It does no harm at all there."
BODY = f"## What it is\n\n{FIRST}\n\n{SECOND}"
MOVED = f"## What it is\n\n{SECOND}\n\n{FIRST.replace('many', 'some')}"


@remembered
def waiting(published, clinician):
    """Return a change that waits for review."""
    return cast.propose_change(published, clinician, body=BODY)


def key(text):
    return remarks.on_paragraph(text).key


def say(revision, by, text="Which adults?", at=None):
    return remarks.remark(revision.pk, by=by, at=at or key(FIRST), text=text)


def told_of(revision, by):
    return open_review_screen(revision, by=by).discussion


def answered(revision, author, **changes):
    """Return what its author sent in after changes were asked for."""
    revision.refresh_from_db()
    return cast.submit(cast_with(drafts.resume(revision, author=author), author, **changes))


def cast_with(draft, author, **changes):
    return drafts.save(draft, cast.document(**{**vars(draft.document), **changes}), by=author)


# --- Saying and answering -----------------------------------------------------------------------------------


def test_a_remark_belongs_to_its_paragraph_and_can_be_answered(waiting, moderator, clinician, colleague):
    first = say(waiting, moderator)
    remarks.answer(waiting.pk, first.pk, by=clinician, text=" Those of the cohort. ")

    talk = told_of(waiting, colleague)

    (thread,) = talk.by_key[key(FIRST)]
    assert (thread.first.text, [one.text for one in thread.answers]) == (
        "Which adults?",
        ["Those of the cohort."],
    )
    assert talk.can_speak
    assert talk.open == [thread]
    assert not thread.is_elsewhere
    assert not thread.can_settle
    assert told_of(waiting, clinician).threads[0].can_settle


def test_authors_hear_of_remarks_and_thread_members_of_answers(waiting, moderator, clinician, colleague):
    first = say(waiting, moderator)
    remarks.answer(waiting.pk, first.pk, by=colleague, text="I wonder, too.")

    told = Notice.objects.filter(event__act__in=("remark", "answer")).order_by("pk")

    assert {(one.event.act, one.recipient) for one in told} == {
        ("remark", clinician),
        ("answer", clinician),
        ("answer", moderator),
    }
    assert not any("adults" in str(one.data) for one in Event.objects.filter(act="remark"))
    # Who may not work on it any more hears of no further answer.
    User.objects.filter(pk=colleague.pk).update(role=Role.READER)
    last = remarks.answer(waiting.pk, first.pk, by=moderator, text="Those of the cohort.")
    assert [one.recipient for one in Notice.objects.filter(event__data__remark=last.pk)] == [clinician]


@pytest.mark.parametrize("place", ["whole", "title", "summary", "statement", "removed"])
def test_a_remark_can_be_made_on_any_part(published, clinician, moderator, place):
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator)
    row = cast.statement(other)
    waiting = cast.propose_change(published, clinician, body=BODY, statements=(row,))
    at = {
        "whole": remarks.WHOLE,
        "title": remarks.RemarkTarget(RemarkPlace.TITLE, waiting.title),
        "summary": remarks.RemarkTarget(RemarkPlace.SUMMARY, waiting.document.summary),
        "statement": remarks.on_statement(row.relation, row.object),
        "removed": remarks.on_paragraph("A second paragraph."),
    }[place]

    say(waiting, moderator, at=at.key)

    assert [one.passage for one in told_of(waiting, clinician).threads] == [at]


@pytest.mark.parametrize(
    ("who", "text", "at", "sentence"),
    [
        ("reader", "Why?", "", "Only clinicians and moderators"),
        ("moderator", "  ", "", "Say something"),
        ("moderator", "Why?", "nowhere", "no such passage"),
    ],
)
def test_an_invalid_remark_is_refused(request, waiting, who, text, at, sentence):
    with pytest.raises(Refused, match=sentence):
        say(waiting, request.getfixturevalue(who), text, at or None)

    assert not Remark.objects.exists()


def test_remarks_on_hidden_or_decided_revisions_are_refused(
    published, waiting, clinician, colleague, moderator
):
    draft = cast.make_edit(published, colleague)
    review.reject(waiting.pk, by=moderator, reason="Wrong.")
    waiting.refresh_from_db()

    with pytest.raises(Refused, match="not there for you"):
        say(draft, clinician, at=remarks.WHOLE.key)
    with pytest.raises(Refused, match="closed: it is rejected"):
        say(waiting, clinician)
    assert not told_of(waiting, clinician).can_speak


def test_an_answer_to_an_answer_is_refused(waiting, moderator):
    answer = remarks.answer(waiting.pk, say(waiting, moderator).pk, by=moderator, text="And?")

    with pytest.raises(Refused, match="no such comment"):
        remarks.answer(waiting.pk, answer.pk, by=moderator, text="To an answer.")


# --- Settling -----------------------------------------------------------------------------------------------


def test_a_remark_is_resolved_and_opened_again(waiting, moderator, clinician):
    first = say(waiting, moderator)

    remarks.resolve(waiting.pk, first.pk, by=clinician)
    resolved = told_of(waiting, moderator).threads[0]
    remarks.reopen(waiting.pk, first.pk, by=moderator)

    assert not resolved.is_open
    assert resolved.first.resolved_by_name == str(clinician)
    assert told_of(waiting, moderator).threads[0].is_open
    assert [one.act for one in Event.objects.filter(act__in=("resolve", "reopen")).order_by("pk")] == [
        "resolve",
        "reopen",
    ]


def test_only_participants_resolve_a_remark_and_only_once(waiting, moderator, clinician, colleague):
    first = say(waiting, moderator)

    with pytest.raises(Refused, match="can settle it"):
        remarks.resolve(waiting.pk, first.pk, by=colleague)
    with pytest.raises(Refused, match="open already"):
        remarks.reopen(waiting.pk, first.pk, by=clinician)
    remarks.resolve(waiting.pk, first.pk, by=clinician)
    with pytest.raises(Refused, match="Dr Ines Albrecht has resolved"):
        remarks.resolve(waiting.pk, first.pk, by=moderator)


def test_the_words_of_a_remark_never_change(waiting, moderator):
    first = say(waiting, moderator)

    for change in ("text = 'No.'", "passage = ''", "author_name = 'Nobody'"):
        with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
            connection.cursor().execute(f"UPDATE wiki_remark SET {change}")
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        first.delete()


def test_removing_an_account_keeps_its_remarks(waiting, moderator):
    leaver = cast.make_user("leaver", Role.CLINICIAN)
    first = say(waiting, leaver)

    Remark.objects.filter(pk=first.pk).update(author=None)

    (thread,) = told_of(waiting, moderator).threads
    assert thread.first.author_name == "Dr Leaver"
    assert not told_of(waiting, cast.make_user("other", Role.CLINICIAN)).threads[0].can_settle


# --- On the next version ------------------------------------------------------------------------------------


def returned(waiting, moderator, *, reason="Name them."):
    return review.request_changes(waiting.pk, by=moderator, reason=reason)


@pytest.mark.parametrize(
    ("body", "is_there", "is_elsewhere"),
    [
        (BODY + "\n\nOne more.", True, False),
        (BODY.replace("many adults", "some old adults"), True, True),
        (MOVED, True, True),
        ("## What it is\n\nQuite other words stand here now.", False, False),
        (
            BODY.replace(FIRST, FIRST.replace("many", "old") + "\n\n" + FIRST.replace("many", "ill")),
            False,
            False,
        ),
    ],
    ids=["same words", "reworded", "moved and reworded", "gone", "two alike"],
)
def test_a_remark_is_shown_with_its_paragraph_in_the_next_version(
    waiting, moderator, clinician, body, is_there, is_elsewhere
):
    say(waiting, moderator)
    returned(waiting, moderator)

    talk = told_of(answered(waiting, clinician, body=body), moderator)

    (thread,) = talk.threads
    assert (thread.passage is not None, thread.is_elsewhere) == (is_there, is_elsewhere)
    assert talk.gone == ([] if is_there else [thread])


def test_a_paragraph_changed_here_keeps_its_earlier_remarks(published, clinician, colleague, moderator):
    waiting = cast.propose_change(published, clinician, body=BODY)
    say(waiting, moderator)
    cast.approve(waiting, moderator)

    talk = told_of(
        cast.propose_change(published, colleague, body=BODY.replace("many adults", "x y z")), moderator
    )

    assert [one.is_elsewhere for one in talk.threads] == [True]


def test_remarks_are_listed_as_gone_above_the_comparison_limit(waiting, moderator, clinician, monkeypatch):
    say(waiting, moderator)
    returned(waiting, moderator)
    later = answered(waiting, clinician, body=BODY.replace("many adults", "some old adults"))

    monkeypatch.setattr(remarks, "MOST_COMPARED", 0)

    assert len(told_of(later, moderator).gone) == 1


def test_remarks_resolved_in_earlier_versions_are_not_shown(published, clinician, colleague, moderator):
    waiting = cast.propose_change(published, clinician, body=BODY)
    resolved, still_open = say(waiting, moderator), say(waiting, moderator, "And how old?")
    remarks.resolve(waiting.pk, resolved.pk, by=moderator)
    cast.approve(waiting, moderator)
    later = cast.propose_change(published, colleague, summary="Again.")

    assert [one.first for one in told_of(later, moderator).threads] == [still_open]
    assert len(told_of(waiting, moderator).threads) == 2


def test_remarks_on_a_suppressed_text_are_shown_to_moderators_only(
    published, clinician, colleague, moderator
):
    waiting = cast.propose_change(published, clinician, body=BODY)
    say(waiting, moderator)
    returned(waiting, moderator)
    later = answered(waiting, clinician)
    suppress(waiting.pk, by=moderator, reason="A name.")

    assert told_of(later, clinician).threads == []
    assert len(told_of(later, moderator).threads) == 1
    assert returned(later, moderator, reason="Again.").reason == "Again."


def test_remarks_on_a_sibling_revision_are_not_shown(published, waiting, colleague, moderator):
    say(waiting, moderator)

    assert told_of(cast.propose_change(published, colleague), moderator).threads == []


# --- Gathered when changes are requested --------------------------------------------------------------------


def test_open_remarks_are_added_to_the_reason_of_a_return(published, clinician, moderator, settings):
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    long = "Calcium " + "settles and settles " * 8 + "there."
    row = cast.statement(other)
    waiting = cast.propose_change(published, clinician, body=f"{BODY}\n\n{long}", statements=(row,))
    first = say(waiting, moderator)
    say(waiting, moderator, "Too long.", key(long))
    say(waiting, moderator, "By which study?", remarks.on_statement(row.relation, row.object).key)
    say(waiting, moderator, "All in all good.", remarks.WHOLE.key)
    done = say(waiting, moderator, "Done.")
    remarks.resolve(waiting.pk, done.pk, by=moderator)

    reason = returned(waiting, moderator, reason="Nearly there.").reason

    told = reason.split("\n\n")
    assert told[0] == "Nearly there."
    address = f"{settings.SITE_URL}/review/{waiting.pk}/#remark-{first.pk}"
    assert told[1] == f"On “{FIRST}”: Which adults? (Dr Amara Osei) {address}"
    assert told[2].startswith("On “Calcium settles and settles ")
    assert "…”: Too long." in told[2]
    assert told[3].startswith("On the statement “causes Seizures”: By which study?")
    assert told[4].startswith("On the whole: All in all good.")
    assert len(told) == 5


def test_open_remarks_alone_suffice_as_reason(waiting, moderator):
    first = say(waiting, moderator)
    remarks.resolve(waiting.pk, first.pk, by=moderator)
    with pytest.raises(Refused, match="Say why"):
        returned(waiting, moderator, reason=" ")
    remarks.reopen(waiting.pk, first.pk, by=moderator)

    assert returned(waiting, moderator, reason=" ").reason.startswith("On “Calcium can settle")
