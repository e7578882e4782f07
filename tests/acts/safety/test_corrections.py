"""The safety fast lane: two moderators correct a passage; it lapses, never to what was dangerous."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.acts.safety.correcting import (
    BODY,
    DOSE,
    SAFE,
    corrected,
    html,
    later,
    propose,
)
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.domain.lifecycle import State
from wiki.models import Correction, Event, Notice, PublishedPage, Revision, Statement
from wiki.policy.refusal import NotReady
from wiki.published import rebuild, redaction


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


def test_after_72_hours_the_passage_is_withheld_automatically(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    with later(73):
        assert DOSE not in html(dosed)
        assert SAFE not in html(dosed)
        assert "because: Ten times the dose." in html(dosed)


def test_a_correction_is_sent_in_for_full_review(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    follow_up = one.follow_up
    assert (follow_up.state, follow_up.author, follow_up.impact) == (State.SUBMITTED, moderator, "safety")
    assert follow_up.document.body == BODY.replace(DOSE, SAFE)
    assert follow_up.meaning == "Ten times the dose."


def test_approval_in_full_review_ends_the_correction(dosed, moderator, second_moderator):
    one = corrected(dosed, moderator, second_moderator)

    cast.approve(one.follow_up, second_moderator)

    published_page = PublishedPage.objects.get(page=dosed)
    assert published_page.fixes == []
    assert SAFE in published_page.safe_html


def test_a_rebuild_keeps_corrections(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)
    before = PublishedPage.objects.values().get(page=dosed)

    list(rebuild.rebuild())

    assert PublishedPage.objects.values().get(page=dosed) == before


def test_a_correction_without_replacement_withholds_the_passage_at_once(dosed, moderator, second_moderator):
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


def test_a_statement_note_with_the_same_words_is_withheld(clinician, moderator, second_moderator):
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Seizures")
    rows = (cast.statement(other, note=DOSE),)
    page = cast.make_page(clinician, moderator, "Tetany", body=BODY, statements=rows)

    corrected(page, moderator, second_moderator)

    assert Statement.objects.get(subject=page).note == "This note was withheld for safety."
    # A file of the page says the same, so that it is the same page when it is loaded again.
    signed = page.published_page.publication.revision.document
    assert redaction.as_read(signed, page.pk).statements[0].note == "This note was withheld for safety."


def test_search_does_not_find_a_corrected_passage(dosed, moderator, second_moderator):
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
def test_a_passage_is_redacted_in_every_block_of_a_text(body, dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)

    said = redaction.as_read(cast.document(body=body), dosed.pk).body

    assert not any(part in said for part in ("100 mg", "every hour", "calcium every"))


def test_a_correction_holds_for_the_version_published_after_a_revert(
    dosed, clinician, moderator, second_moderator
):
    other = cast.propose_change(dosed, clinician, body=BODY.replace(DOSE, "Another dose."))
    cast.approve(other, moderator)
    review.unapprove(other.pk, by=moderator, reason="Wrong.")
    corrected(dosed, moderator, second_moderator)
    again = cast.make_edit(dosed, clinician, body=BODY.replace(DOSE, "No dose at all."))
    cast.approve(cast.submit(again), second_moderator)

    review.unapprove(again.pk, by=moderator, reason="Wrong, too.")

    assert DOSE in PublishedPage.objects.get(page=dosed).publication.revision.document.body
    assert DOSE not in html(dosed)


def test_a_change_that_restores_the_passage_is_refused(dosed, clinician, moderator, second_moderator):
    waiting = cast.propose_change(dosed, clinician)
    draft = cast.make_edit(dosed, clinician, summary="More words.")
    corrected(dosed, moderator, second_moderator)

    with pytest.raises(NotReady, match="still holds a passage that was corrected for safety on"):
        cast.submit(draft)
    with pytest.raises(NotReady, match="Build on the version that was sent in"):
        cast.sign(waiting, second_moderator)


def test_a_replacement_cannot_restore_another_corrected_passage(dosed, moderator, second_moderator):
    corrected(dosed, moderator, second_moderator)
    corrected(
        dosed, moderator, second_moderator, passage="A third paragraph.", replacement=f"Better: {DOSE} So."
    )

    assert "100 mg" not in html(dosed)


@pytest.mark.parametrize(
    "change", [{"passage": "Other."}, {"lapses_at": None}, {"follow_up": None}, {"seconded_by": 1}]
)
def test_the_database_refuses_changes_of_an_agreed_correction(
    change, dosed, moderator, second_moderator, clinician
):
    one = corrected(dosed, moderator, second_moderator)
    if "seconded_by" in change:
        change = {"seconded_by": clinician}

    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(IntegrityError, match="a correction is kept"), transaction.atomic():
        Correction.objects.filter(pk=one.pk).delete()


def test_a_removed_moderator_is_named_in_corrections_as_they_chose(
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


def test_a_page_derived_again_for_a_link_stays_corrected(clinician, moderator, second_moderator):
    host = cast.make_page(clinician, moderator, "Host", body=f"See [[Guest]].\n\n{DOSE}")
    corrected(host, moderator, second_moderator)

    cast.make_page(clinician, moderator, "Guest")

    assert "/wiki/guest/" in html(host)
    assert DOSE not in PublishedPage.objects.get(page=host).html
    assert SAFE in html(host)
    assert Revision.objects.filter(page=host, state=State.SUBMITTED).exists()
