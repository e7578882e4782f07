"""A change meets a newer version of the page: what is shown, asked and kept."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.shown import html_of
from wiki.acts.reviewing import review
from wiki.models import Revision
from wiki.text.document import Code

BODY = "## What it is\n\nCalcium falls.\n\nIt is rare.\n\n## Dose\n\nGive 10 mg.\n\nThe end of it."


@remembered
def topic(clinician, moderator):
    """Return a page of two sections."""
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=BODY, aliases=("HP",))


@pytest.fixture
def overtake(topic, colleague, moderator):
    """Return a function that publishes a colleague's change."""

    def publish(**changes):
        return cast.approve(cast.submit(cast.make_edit(topic, colleague, **changes), "A trial."), moderator)

    return publish


def sent(answer):
    """Return what the page sends along: what is asked, what is chosen and written, against what."""
    fields = dict(re.findall(r'name="(live|asked-[^"]+)" value="([^"]+)"', html_of(answer)))
    fields |= dict(re.findall(r'name="(choice-[^"]+)" value="([^"]+)" checked', html_of(answer)))
    return fields | dict(re.findall(r'name="(anew-[^"]+)" rows="5">([^<]*)<', html_of(answer)))


def at(draft):
    return reverse("conflict", args=[draft.pk])


def test_a_clean_merge_is_shown_before_it_is_sent(topic, at_desk, clinician, overtake):
    draft = cast.make_edit(topic, clinician, body=BODY.replace("falls", "drops"), aliases=("HP", "hypo"))
    overtake(body=BODY.replace("10 mg", "20 mg"), aliases=("PHP",))
    fields = {"title": topic.published_page.title, "kind": "condition", "summary": draft.document.summary}
    fields |= {
        "body": draft.document.body,
        "aliases": "HP, hypo",
        "note": "Why.",
        "impact": "wording",
        "act": "submit",
    }

    answer = at_desk.post(f"/drafts/{draft.pk}/", fields)

    assert answer["Location"] == at(draft)
    draft.refresh_from_db()
    assert "20 mg" not in draft.document.body
    shown = " ".join(html_of(at_desk.get(at(draft))).split())
    for words in (
        "changed while you wrote",
        "Version 2 by Dr Tomás Rey, approved by Dr Amara Osei and ",  # a dose takes two
        "1 paragraph changed",
        "Name “PHP” added",
        "changed by you",
        "changed by Dr Tomás Rey",
        "2 paragraphs that nobody changed",
        "<ins>20</ins>",
    ):
        assert words in shown
    assert "What should it say?" not in shown
    at_desk.post(at(draft), sent(at_desk.get(at(draft))) | {"act": "submit"})
    merged = Revision.objects.get(number=3)
    assert merged.document.body == BODY.replace("falls", "drops").replace("10 mg", "20 mg")
    assert {*merged.document.aliases} == {"hypo", "PHP"}


def test_a_clean_merge_can_be_continued_in_the_draft(topic, at_desk, clinician, overtake):
    draft = cast.make_edit(topic, clinician, body=BODY.replace("falls", "drops"))
    overtake(summary="Their words.")

    answer = at_desk.post(at(draft), sent(at_desk.get(at(draft))) | {"act": "keep"})

    assert answer["Location"] == f"/drafts/{draft.pk}/"
    draft.refresh_from_db()
    assert (draft.state, draft.document.summary) == ("draft", "Their words.")
    assert at_desk.get(at(draft))["Location"] == f"/drafts/{draft.pk}/"


def test_a_clean_merge_that_cannot_be_sent_stays_a_draft_and_says_why(topic, at_desk, clinician, overtake):
    draft = cast.make_edit(topic, clinician, body=BODY.replace("falls", "drops"))
    overtake(summary="Their words.")

    answer = at_desk.post(at(draft), sent(at_desk.get(at(draft))) | {"act": "submit"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"/drafts/{draft.pk}/"
    assert "The text is put together, and was not sent yet." in html_of(answer)


def test_a_conflict_can_be_settled_with_new_text(topic, at_desk, clinician, overtake):
    draft = cast.make_edit(topic, clinician, body=BODY.replace("10 mg", "15 mg"))
    overtake(body=BODY.replace("10 mg", "20 mg"))
    asked = sent(at_desk.get(at(draft)))
    assert asked["anew-body-1"] == "Give 15 mg."

    empty = at_desk.post(at(draft), asked | {"choice-body-1": "anew", "anew-body-1": " "})
    assert empty.status_code == 422
    assert "Write what it should say, or choose another" in html_of(empty)
    at_desk.post(at(draft), asked | {"choice-body-1": "anew", "anew-body-1": "Give 15 to 20 mg."})

    draft.refresh_from_db()
    assert draft.document.body == BODY.replace("10 mg", "15 to 20 mg")


def test_new_text_for_a_conflict_that_vanished_is_shown_again(topic, at_desk, clinician, moderator, overtake):
    draft = cast.make_edit(topic, clinician, body=BODY.replace("10 mg", "5 mg"))
    live = overtake(body=BODY.replace("10 mg", "20 mg"))
    fields = sent(at_desk.get(at(draft)))
    choice = next(name for name in fields if name.startswith("anew-")).replace("anew-", "choice-")
    review.unapprove(live.revision_id, by=moderator, reason="A wrong dose.")

    answer = at_desk.post(
        at(draft), fields | {choice: "anew", choice.replace("choice-", "anew-"): "Ask first."}
    )

    assert answer.status_code == 409
    assert ">Ask first.</textarea>" in html_of(answer)
    assert "There is nothing to settle any more." in html_of(answer)


def test_choices_are_kept_when_the_page_changes_again(topic, at_desk, clinician, overtake):
    draft = cast.make_edit(
        topic, clinician, summary="Mine.", body=BODY.replace("10 mg", "15 mg"), title="Low hormone"
    )
    overtake(summary="Theirs.", body=BODY.replace("10 mg", "20 mg"), title="Too little hormone")
    asked = sent(at_desk.get(at(draft)))
    overtake(body=BODY.replace("10 mg", "20 mg").replace("falls", "drops"), summary="Theirs again.")
    chosen = {
        "choice-summary": "theirs",
        "choice-title": "anew",
        "anew-title": "Little hormone",
        "choice-body-1": "both",
    }

    again = at_desk.post(at(draft), asked | chosen)

    assert again.status_code == 422
    assert "The page changed once more" in html_of(again)
    kept = sent(again)
    assert (kept["choice-title"], kept["anew-title"]) == ("anew", "Little hormone")
    assert kept["choice-body-1"] == "both"
    assert "choice-summary" not in kept
    # Nothing is merged unseen, even where no question changes.
    overtake(aliases=("HP", "Low PTH"))
    unseen = at_desk.post(at(draft), kept | {"choice-summary": "ours"})
    assert unseen.status_code == 422
    assert "The page changed once more" in html_of(unseen)
    at_desk.post(at(draft), sent(unseen))
    draft.refresh_from_db()
    assert (draft.document.title, draft.document.summary) == ("Little hormone", "Mine.")
    assert "Give 15 mg.\n\nGive 20 mg." in draft.document.body
    assert "drops" in draft.document.body


def test_merged_statements_and_moved_passages_are_named(
    topic, other_page, source, at_desk, clinician, overtake
):
    mine = BODY.replace("It is rare.\n\n", "") + "\n\nIt is rare."
    draft = cast.make_edit(topic, clinician, body=mine, kind="infection")
    overtake(statements=(cast.statement(other_page, "has_manifestation"),))

    shown = " ".join(html_of(at_desk.get(at(draft))).split())

    assert "moved by you: moved here, its words unchanged" in shown
    assert 'can cause Seizures <span class="mk">added by Dr Tomás Rey' in shown
    assert "Infection" in shown


def test_an_author_rebases_a_waiting_change_that_merges_cleanly(topic, at_desk, clinician, overtake):
    waiting = cast.submit(cast.make_edit(topic, clinician, body=BODY.replace("falls", "drops")))
    overtake(summary="Their words.")

    shown = html_of(at_desk.get(at(waiting)))

    assert f'formaction="{reverse("rebase", args=[waiting.pk])}"' in shown
    assert "Let the text above wait for review in its place" in shown


def test_a_reviewer_sees_a_conflict_without_choices(topic, desk, clinician, overtake):
    waiting = cast.submit(cast.make_edit(topic, clinician, summary="Mine.", aliases=("HP", "mine")))
    overtake(summary="Theirs.")

    shown = " ".join(html_of(desk.post(reverse("rebase", args=[waiting.pk]))).split())

    assert "What version 2 changes" in shown
    assert "What changed meanwhile" in shown
    assert "both changed this" in shown
    assert "What should it say?" not in shown


def test_a_passage_of_a_merge_says_what_no_word_of_it_shows(topic, at_desk, clinician, overtake):
    mine = BODY.replace("## Dose", "### Dose").replace("It is rare.", "> It is rare.")
    draft = cast.make_edit(topic, clinician, body=mine)
    overtake(summary="Other plain words of theirs.")

    shown = " ".join(html_of(at_desk.get(at(draft))).split())

    assert "was a heading of level 2, is one of level 3" in shown
    assert "stood in no list, box or quotation, stands in a quotation" in shown


def test_a_code_that_both_match_differently_is_a_question_and_settled(topic, at_desk, clinician, overtake):
    mine = {"aliases": ("HP", "Fahr"), "codes": (Code("OMIM", "146200"),)}
    draft = cast.make_edit(topic, clinician, **mine)
    overtake(aliases=("HP", "fahr"), codes=(Code("OMIM", "146200", "broader"),))

    asked = at_desk.get(at(draft))

    shown = " ".join(html_of(asked).split())
    assert 'Code: OMIM 146200 <span class="mk" data-row="changed">both changed this' in shown
    assert "the same name as “fahr”" in shown
    fields = sent(asked)
    (question,) = [name.removeprefix("asked-") for name in fields if name.startswith("asked-")]
    at_desk.post(at(draft), {**fields, f"choice-{question}": "ours", "act": "keep"})
    draft.refresh_from_db()
    assert draft.document.codes == (Code("OMIM", "146200"),)
    assert draft.document.aliases == ("HP", "fahr")
    assert cast.submit(draft).state == "submitted"


def test_a_statement_that_both_changed_in_other_fields_is_put_together(
    topic, other_page, source, at_desk, clinician, overtake
):
    row = cast.statement(other_page, "has_manifestation")
    overtake(statements=(row,))
    draft = cast.make_edit(topic, clinician, statements=(replace(row, note="In adults."),))
    overtake(statements=(replace(row, frequency="3 of 14"),))

    shown = " ".join(html_of(at_desk.get(at(draft))).split())
    at_desk.post(at(draft), {**sent(at_desk.get(at(draft))), "act": "keep"})

    assert "changed by you and Dr Tomás Rey, each in part" in shown
    draft.refresh_from_db()
    assert draft.document.statements == (replace(row, note="In adults.", frequency="3 of 14"),)
