"""The safety fast lane: two moderators correct a passage; it lapses, never to what was dangerous."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.remembered import remembered
from wiki.acts.people import accounts, disclosures
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections
from wiki.domain.lifecycle import State
from wiki.models import Cause, Correction, Event, Notice, PublishedPage, Revision, Statement, Task
from wiki.policy.refusal import NotReady, Refused
from wiki.published import rebuild, redaction

DOSE = "Give 100 mg of calcium every hour."
SAFE = "Give 10 mg of calcium once a day."
BODY = f"## What helps\n\nA first paragraph.\n\n{DOSE}\n\nA third paragraph."


@remembered
def dosed(clinician, moderator):
    """Return a published page with a dangerous dose in it."""
    return cast.make_page(clinician, moderator, "Tetany", body=BODY)


def propose(page, by, **changes):
    told = {"passage": DOSE, "replacement": SAFE, "reason": "Ten times the dose."}
    return corrections.propose(page, by=by, **{**told, **changes})


def second(one, by):
    return corrections.second(one.pk, by=by, digest=one.digest)


def corrected(page, first, other, **changes):
    return second(propose(page, first, **changes), other)


def html(page):
    return PublishedPage.objects.get(page=page).safe_html


def later(hours):
    return time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours), tick=True)


def test_nothing_changes_until_a_second_moderator_agrees(dosed, moderator, second_moderator):
    propose(dosed, moderator)

    assert DOSE in html(dosed)
    assert Notice.objects.filter(recipient=second_moderator, event__act="correct").exists()


def test_readers_get_the_replacement_at_once(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    assert DOSE not in html(dosed)
    assert SAFE in html(dosed)
    assert one.lapses_at - one.seconded_at == dt.timedelta(hours=72)
    assert Event.objects.filter(act="second", actor=second_moderator, page=dosed).exists()


def test_after_72_hours_the_passage_is_withheld_without_anybody_acting(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    with later(73):
        assert DOSE not in html(dosed)
        assert SAFE not in html(dosed)
        assert "because: Ten times the dose." in html(dosed)


def test_the_same_is_sent_in_for_full_review(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    follow_up = one.follow_up
    assert (follow_up.state, follow_up.author, follow_up.impact) == (State.SUBMITTED, moderator, "safety")
    assert follow_up.document.body == BODY.replace(DOSE, SAFE)
    assert follow_up.meaning == "Ten times the dose."


def test_full_review_ends_the_correction(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    cast.approve(one.follow_up, second_moderator)

    published_page = PublishedPage.objects.get(page=dosed)
    assert published_page.fixes == []
    assert SAFE in published_page.safe_html


def test_a_rebuild_changes_nothing(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)
    before = PublishedPage.objects.values().get(page=dosed)

    list(rebuild.rebuild())

    assert PublishedPage.objects.values().get(page=dosed) == before


def test_the_passage_is_withheld_at_once_when_nothing_stands_instead(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator, replacement="")

    assert DOSE not in html(dosed)
    assert "Withheld for safety." in html(dosed)
    follow_up = Correction.objects.get().follow_up
    assert follow_up is not None
    assert follow_up.document.body == "\n\n".join(part for part in BODY.split("\n\n") if part != DOSE)


def test_a_summary_is_corrected_everywhere(clinician, moderator, second_moderator):
    page = cast.make_page(clinician, moderator, "Tetany", summary=DOSE)

    corrected(page, moderator, second_moderator)

    published_page = PublishedPage.objects.get(page=page)
    assert (published_page.lead, DOSE in published_page.summary) == (SAFE, False)
    with later(73):
        assert published_page.lead.startswith("This summary was withheld on")


def test_the_note_of_a_statement_that_says_the_same_is_withheld(clinician, moderator, second_moderator):
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    rows = (cast.statement(other, note=DOSE),)
    page = cast.make_page(clinician, moderator, "Tetany", body=BODY, statements=rows)

    corrected(page, moderator, second_moderator)

    assert Statement.objects.get(subject=page).note == "This note was withheld for safety."


def test_the_words_are_not_found_any_more(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    assert not PublishedPage.objects.matching("100 mg hour")
    assert not PublishedPage.objects.matching("10 mg once")
    assert PublishedPage.objects.matching("third paragraph")


@pytest.mark.parametrize(
    "body",
    [
        f"A new beginning.\n\n{DOSE}\n\nAn end.",
        f"## Elsewhere\n\n- One\n\n- {DOSE}\n\n- Two",
        f"It stands within a longer one. {DOSE} And goes on.",
        DOSE.replace(" of ", "\nof ").replace(" every ", "   every "),
        "Give 100 mg of\n\ncalcium every hour.",
        f"::: urgent Now\n{DOSE}\n:::",
        f"A note.[^1]\n\n[^1]: {DOSE}",
        f"> Said.\n>\n> {DOSE}",
    ],
)
def test_it_holds_wherever_the_passage_stands(body, dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    said = redaction.as_read(cast.document(body=body), dosed.pk).body

    assert not any(part in said for part in ("100 mg", "every hour", "calcium every"))


def test_it_holds_for_what_is_published_after_a_take_back(dosed, clinician, moderator, second_moderator):
    other = cast.propose_change(dosed, clinician, body=BODY.replace(DOSE, "Another dose."))
    cast.approve(other, moderator)
    review.unapprove(other.pk, by=moderator, reason="Wrong.")
    corrected(dosed, moderator, second_moderator)
    again = cast.make_edit(dosed, clinician, body=BODY.replace(DOSE, "No dose at all."))
    cast.approve(cast.submit(again), second_moderator)

    review.unapprove(again.pk, by=moderator, reason="Wrong, too.")

    assert DOSE in PublishedPage.objects.get(page=dosed).publication.revision.document.body
    assert DOSE not in html(dosed)


def test_what_brings_the_passage_back_is_neither_sent_in_nor_approved(
    dosed, clinician, moderator, second_moderator
):
    waiting = cast.propose_change(dosed, clinician)
    draft = cast.make_edit(dosed, clinician, summary="More words.")
    corrected(dosed, moderator, second_moderator)

    with pytest.raises(NotReady, match="still holds a passage that was corrected for safety on"):
        cast.submit(draft)
    with pytest.raises(NotReady, match="Build on the version that was sent in"):
        cast.sign(waiting, second_moderator)


def test_a_replacement_never_brings_back_what_another_correction_took(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)
    corrected(
        dosed, moderator, second_moderator, passage="A third paragraph.", replacement=f"Better: {DOSE} So."
    )

    assert "100 mg" not in html(dosed)


REFUSALS = {
    "Say why in a sentence": {"reason": " "},
    "Shorten this by 1 character": {"reason": "x" * 401},
    "still holds the passage": {"replacement": f"{DOSE} Or so."},
    "Write one paragraph": {"replacement": "One.\n\nTwo."},
    "does not stand in what readers see": {"passage": "Never said."},
}


@pytest.mark.parametrize("sentence", REFUSALS)
def test_a_proposal_is_refused_with_a_sentence(sentence, dosed, moderator):
    with pytest.raises(Refused, match=sentence):
        propose(dosed, moderator, **REFUSALS[sentence])


def test_who_may_not_review_corrects_nothing(dosed, clinician):
    with pytest.raises(Refused, match="Only a moderator corrects"):
        propose(dosed, clinician)


def test_a_page_of_which_nothing_is_published_has_nothing_to_correct(dosed, moderator):
    review.unapprove(
        PublishedPage.objects.get(page=dosed).publication.revision_id, by=moderator, reason="No."
    )

    with pytest.raises(Refused, match="nothing to correct"):
        propose(dosed, moderator)


def test_a_passage_is_corrected_once_at_a_time(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)

    with pytest.raises(Refused, match="Dr Amara Osei was first"):
        propose(dosed, second_moderator)
    second(one, second_moderator)
    with pytest.raises(Refused, match="corrected already"):
        propose(dosed, moderator)


def test_nobody_agrees_to_their_own_proposal(dosed, moderator):
    one = propose(dosed, moderator)

    with pytest.raises(Refused, match="another moderator has to agree"):
        second(one, moderator)
    with pytest.raises(IntegrityError, match="correction_needs_two_moderators"), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(seconded_by=moderator)


def test_nobody_agrees_who_declared_nothing(dosed, moderator):
    one = propose(dosed, moderator)
    other = cast.make_user("undeclared", "clinician")
    other.role = "moderator"
    other.save()

    with pytest.raises(Refused, match="declaration"):
        second(one, other)


def test_nobody_agrees_to_other_words_than_were_proposed(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)

    with pytest.raises(Refused, match="not what was proposed"):
        corrections.second(one.pk, by=second_moderator, digest="other")


def test_nobody_stands_beside_somebody_who_may_not_review_any_more(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)
    moderator.role = "reader"
    moderator.save()

    with pytest.raises(Refused, match="may not review any more"):
        second(one, second_moderator)


def test_who_agrees_second_reads_who_was_first(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    with pytest.raises(Refused, match="Dr Lena Fischer was first: this correction is in effect"):
        second(one, cast.make_user("third", "moderator"))
    with pytest.raises(Refused, match="There is no such correction"):
        corrections.second(0, by=second_moderator, digest="")


def test_nobody_agrees_once_the_passage_is_gone(dosed, clinician, moderator, second_moderator):
    one = propose(dosed, moderator)
    cast.approve(cast.propose_change(dosed, clinician, body="Nothing of that."), second_moderator)

    with pytest.raises(Refused, match="does not stand in what readers see"):
        second(one, second_moderator)


def test_a_proposal_can_be_ended_by_any_moderator(dosed, moderator, second_moderator):
    one = propose(dosed, moderator)

    corrections.lift(one.pk, by=moderator, reason="My mistake.")

    with pytest.raises(Refused, match="Dr Amara Osei was first: this correction was taken away"):
        second(one, second_moderator)
    with pytest.raises(Refused, match="was taken away"):
        corrections.lift(one.pk, by=second_moderator, reason="Why.")


def test_a_third_moderator_lifts_a_correction(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    corrections.lift(one.pk, by=cast.make_user("third", "moderator"), reason="The dose is for adults.")

    assert DOSE in html(dosed)
    assert Event.objects.filter(act="lift", data__reason="The dose is for adults.").exists()


def test_neither_of_the_two_nor_an_author_lifts_it(dosed, clinician, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)
    clinician.role = "moderator"
    clinician.save()
    disclosures.declare(clinician)

    for by, sentence in (
        (moderator, "a third moderator"),
        (second_moderator, "a third moderator"),
        (clinician, "among the authors"),
        (cast.make_user("colleague", "clinician"), "Only a moderator"),
    ):
        with pytest.raises(Refused, match=sentence):
            corrections.lift(one.pk, by=by, reason="It was right.")


def test_a_correction_of_a_page_under_review_can_be_lifted(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)
    review.unapprove(
        PublishedPage.objects.get(page=dosed).publication.revision_id, by=moderator, reason="No."
    )

    lifted = corrections.lift(one.pk, by=cast.make_user("third", "moderator"), reason="Over.")

    assert not lifted.is_in_effect


def test_a_lapsed_correction_is_put_on_the_list_once_and_leaves_it_with_its_cause(
    dosed, moderator, second_moderator
):
    one = corrected(dosed, moderator, second_moderator)
    assert corrections.update_tasks_of_lapsed() == 0
    bring_forward(one)

    assert [corrections.update_tasks_of_lapsed(), corrections.update_tasks_of_lapsed()] == [1, 0]
    assert not Task.objects.get(cause=Cause.LAPSED).is_closed
    cast.approve(one.follow_up, second_moderator)
    assert corrections.update_tasks_of_lapsed() == 1
    assert Task.objects.get(cause=Cause.LAPSED).is_closed


def bring_forward(one):
    """Let the 72 hours of a correction be over, as the database's owner with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Correction.objects.filter(pk=one.pk).update(
            seconded_at=one.seconded_at - dt.timedelta(hours=73),
            lapses_at=one.lapses_at - dt.timedelta(hours=73),
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize(
    "change", [{"passage": "Other."}, {"lapses_at": None}, {"follow_up": None}, {"seconded_by": 1}]
)
def test_what_two_stand_for_cannot_be_rewritten(change, dosed, moderator, second_moderator, clinician):
    one = corrected(dosed, moderator, second_moderator)
    if "seconded_by" in change:
        change = {"seconded_by": clinician}

    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(IntegrityError, match="a correction is kept"), transaction.atomic():
        Correction.objects.filter(pk=one.pk).delete()


def test_the_name_of_somebody_who_left_is_told_as_they_chose(
    dosed, moderator, second_moderator, administrator
):
    one = corrected(dosed, moderator, second_moderator)
    second_moderator.attribution = "nobody"
    second_moderator.save()

    accounts.remove_account(second_moderator, by=administrator)

    one.refresh_from_db()
    (fix,) = PublishedPage.objects.get(page=dosed).fixes
    assert (one.seconded_by, fix.by[1]) == (None, one.seconded_by_name)
    assert "Lena" not in fix.by[1]
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        Correction.objects.update(seconded_by_name="Somebody else")


def test_a_very_long_paragraph_can_be_corrected(clinician, moderator, second_moderator):
    words = " ".join(f"word{n:05}" for n in range(1_500))
    page = cast.make_page(clinician, moderator, "Long", body=f"A beginning.\n\n{words}")

    corrected(page, moderator, second_moderator, passage=words)

    assert "word00700" not in html(page)


def test_a_page_that_links_there_is_derived_without_the_passage(clinician, moderator, second_moderator):
    host = cast.make_page(clinician, moderator, "Host", body=f"See [[Guest]].\n\n{DOSE}")
    corrected(host, moderator, second_moderator)

    cast.make_page(clinician, moderator, "Guest")

    assert "/wiki/guest/" in html(host)
    assert DOSE not in PublishedPage.objects.get(page=host).html
    assert SAFE in html(host)
    assert Revision.objects.filter(page=host, state=State.SUBMITTED).exists()
