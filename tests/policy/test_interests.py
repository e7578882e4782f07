"""Conflicts of interest: what somebody declared against what a change is about."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.remembered import remembered
from wiki.acts.library import sources
from wiki.acts.people import disclosures
from wiki.acts.reviewing import diff_views, review
from wiki.acts.writing import drafts, retirement
from wiki.models import Disclosure
from wiki.policy import interests
from wiki.policy.refusal import Refused
from wiki.text.document import Retirement, Row
from wiki.text.sources.identifiers import parse

BODY = "## What helps\n\nA first paragraph.\n\nA second paragraph."


@remembered
def drug(clinician, second_moderator):
    """Return a page of a drug, with another name."""
    return cast.make_page(clinician, second_moderator, "Calcitriol", kind="drug", aliases=("Rocaltrol",))


@remembered
def topic(clinician, second_moderator):
    """Return the page that is changed."""
    return cast.make_page(clinician, second_moderator, "Hypoparathyroidism", body=BODY)


def declare(person, pages=(), names=(), nature="speaker"):
    disclosures.declare(person, [disclosures.Declared(nature, "Acme", pages=pages, names=names)])


def change(page, author, **words):
    return cast.propose_change(page, author, **words)


@pytest.mark.parametrize(
    "words",
    [
        {"body": f"{BODY}\n\nGive [[Calcitriol]] by mouth."},
        {"body": BODY.replace("A second paragraph", "Give Rocaltrol at night")},
        {"body": f"{BODY}\n\nGive calcitriol 0.5 µg."},
        {"summary": "Treated with calcitriol."},
    ],
    ids=["link", "other name in the text", "name in the text", "summary"],
)
def test_naming_a_declared_page_is_a_conflict(topic, drug, colleague, moderator, words):
    declare(moderator, pages=[drug])

    found = interests.conflicts_of(moderator, change(topic, colleague, **words))

    assert len(found) == 1
    assert found[0].startswith(
        "You declared fees for talks or writing (Acme), tied to Calcitriol; this change"
    )
    assert found[0].endswith("so somebody else reviews it.")


def test_naming_a_declared_page_in_unchanged_text_is_no_conflict(
    clinician, second_moderator, drug, colleague, moderator
):
    body = f"{BODY}\n\nGive [[Calcitriol]] by mouth."
    page = cast.make_page(clinician, second_moderator, body=body)
    declare(moderator, pages=[drug])

    waiting = change(page, colleague, body=body.replace("A first paragraph.", "Another first paragraph."))

    assert interests.conflicts_of(moderator, waiting) == []


MENTION = "Give calcitriol at night."
UNMET = {"body": f"{BODY}\n\nIt is rare."}


@pytest.mark.parametrize("tied", ["page", "name"])
def test_a_former_title_of_a_declared_page_is_a_conflict(
    topic, drug, clinician, second_moderator, colleague, moderator, tied
):
    cast.approve(change(drug, clinician, title="Ranoxol", aliases=()), second_moderator)
    declare(moderator, **({"pages": [drug]} if tied == "page" else {"names": ["calcitriol"]}))

    by_link = change(topic, colleague, body=f"{BODY}\n\nGive [[Ranoxol]].")

    assert interests.conflicts_of(moderator, by_link)
    assert interests.conflicts_of(moderator, change(topic, clinician, summary=MENTION))


def test_an_interest_follows_a_page_into_the_one_that_replaces_it(
    topic, drug, clinician, second_moderator, colleague, moderator
):
    goes = cast.make_page(clinician, second_moderator, "Ranoxol", kind="drug")
    last = cast.make_page(clinician, second_moderator, "Zorbamed", kind="drug")
    for page, by in ((goes, drug), (drug, last)):
        cast.approve(
            retirement.retire(page, by=clinician, retirement=Retirement("Now there.", by.pk)),
            second_moderator,
        )
    declare(moderator, pages=[goes])

    found = interests.conflicts_of(moderator, change(topic, colleague, body=f"{BODY}\n\nGive [[Zorbamed]]."))

    assert "tied to Zorbamed; this change is about Zorbamed" in found[0]
    assert interests.conflicts_of(moderator, change(topic, clinician, **UNMET)) == []


def test_moving_words_about_a_declared_page_is_a_conflict(
    clinician, second_moderator, drug, colleague, moderator
):
    body = f"{BODY}\n\n## Who should not\n\nNobody.\n\n## Dose\n\n{MENTION}"
    page = cast.make_page(clinician, second_moderator, body=body)
    declare(moderator, pages=[drug])
    moved = body.replace(f"\n\n{MENTION}", "").replace("Nobody.", f"Nobody.\n\n{MENTION}")

    assert "names Calcitriol" in interests.conflicts_of(moderator, change(page, colleague, body=moved))[0]


def test_newly_citing_a_work_on_a_declared_page_is_a_conflict(topic, drug, clinician, colleague, moderator):
    cast.make_source(clinician, title="Rocaltrol in children: a trial")
    declare(moderator, pages=[drug])
    cites = change(topic, colleague, body=f"{BODY}\n\nIt is rare [@pmid:22327515].")

    assert "cites a work on Calcitriol" in interests.conflicts_of(moderator, cites)[0]
    assert interests.conflicts_of(moderator, change(topic, clinician, **UNMET)) == []


def test_a_reason_of_retirement_that_names_a_declared_page_is_a_conflict(topic, drug, colleague, moderator):
    declare(moderator, pages=[drug])
    waiting = retirement.retire(topic, by=colleague, retirement=Retirement("Calcitriol helps better."))

    assert "names Calcitriol" in interests.conflicts_of(moderator, waiting)[0]


@pytest.mark.parametrize("row", ["added", "changed", "removed"])
def test_a_statement_about_a_declared_page_is_a_conflict(
    topic, clinician, colleague, second_moderator, moderator, row
):
    cast.make_source(clinician)
    other = cast.make_page(clinician, second_moderator, "Tetany", kind="symptom")
    statement = cast.statement(other, "has_manifestation")
    if row != "added":
        cast.approve(change(topic, clinician, statements=(statement,)), second_moderator)
    declare(moderator, pages=[other], nature="research")
    new = {"added": (statement,), "removed": ()}.get(row, (Row(**{**vars(statement), "grade": "high"}),))

    found = interests.conflicts_of(moderator, change(topic, colleague, statements=new))

    assert found == [
        "You declared research funding (Acme), tied to Tetany; this change is about Tetany, "
        "so somebody else reviews it."
    ]


def test_a_declared_name_of_the_changed_page_is_a_conflict(topic, colleague, moderator):
    declare(moderator, names=["HYPOPARATHYROIDISM"])

    found = interests.conflicts_of(moderator, change(topic, colleague))

    assert "this change is about Hypoparathyroidism" in found[0]


@pytest.mark.parametrize("where", ["text", "statement"])
@pytest.mark.parametrize(("name", "met"), [("Osei A", True), ("Amara Osei", True), ("Osei B", False)])
def test_newly_citing_the_reviewers_own_work_is_a_conflict(
    topic, clinician, second_moderator, colleague, moderator, where, name, met
):
    csl = {"type": "article-journal", "title": "A study", "author": [{"family": "Osei", "given": "Amara"}]}
    sources.add([parse("pmid:22327515")], csl, type="cohort", by=clinician)
    other = cast.make_page(clinician, second_moderator, "Tetany", kind="symptom")
    declare(moderator, names=[name], nature="own_paper")
    words: dict[str, Any] = {"body": f"{BODY}\n\nIt is rare [@pmid:22327515]."}
    if where == "statement":
        words = {"statements": (cast.statement(other, "has_manifestation"),)}

    found = interests.conflicts_of(moderator, change(topic, colleague, **words))

    assert bool(found) is met
    assert not met or "cites a work by Osei A" in found[0]


def test_a_declared_successor_of_a_retired_page_is_a_conflict(topic, drug, colleague, moderator):
    declare(moderator, pages=[drug])
    waiting = retirement.retire(topic, by=colleague, retirement=Retirement("It says the same.", drug.pk))

    assert "is about Calcitriol" in interests.conflicts_of(moderator, waiting)[0]


def test_a_declared_unpublished_page_matches_by_its_newest_title(topic, clinician, colleague, moderator):
    unseen = cast.submit(drafts.propose(cast.document("Eucalcic", kind="drug"), author=clinician)).page
    declare(moderator, pages=[unseen])

    found = interests.conflicts_of(moderator, change(topic, colleague, body=f"{BODY}\n\nGive eucalcic."))

    assert "tied to Eucalcic; this change names Eucalcic" in found[0]


@pytest.mark.parametrize("act", ["approve", "request_changes", "reject"])
def test_a_verdict_is_refused_when_there_is_a_conflict(topic, drug, colleague, moderator, act):
    waiting = change(topic, colleague, body=f"{BODY}\n\nGive [[Calcitriol]].")
    diff_views.open_comparison(waiting, by=moderator)
    declare(moderator, pages=[drug])
    words = {"shown": cast.shown(waiting)} if act == "approve" else {"reason": "I would rather not."}

    with pytest.raises(Refused, match="tied to Calcitriol; this change is about Calcitriol"):
        getattr(review, act)(waiting.pk, by=moderator, **words)

    assert not waiting.verdicts.exists()


def test_a_conflict_with_an_approved_revision_compares_with_its_parent(
    topic, drug, colleague, moderator, second_moderator
):
    approved = change(topic, colleague, body=f"{BODY}\n\nGive [[Calcitriol]].")
    cast.approve(approved, second_moderator)
    approved.refresh_from_db()
    declare(moderator, pages=[drug])

    with pytest.raises(Refused, match="is about Calcitriol"):
        interests.refuse("approve", moderator, [approved])


def test_a_conflict_with_a_returned_revision_compares_with_the_live_text(
    topic, drug, colleague, moderator, second_moderator
):
    returned = change(topic, colleague, body=f"{BODY}\n\nGive [[Calcitriol]].")
    review.request_changes(returned.pk, by=second_moderator, reason="Say how much.")
    returned.refresh_from_db()
    declare(moderator, pages=[drug])

    assert interests.conflicts_of(moderator, returned)


def test_an_interest_of_an_expired_declaration_is_still_a_conflict(topic, drug, colleague, moderator):
    waiting = change(topic, colleague, body=f"{BODY}\n\nGive [[Calcitriol]].")
    declare(moderator, pages=[drug])

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=400)):
        assert Disclosure.objects.current_of(moderator, dt.date.today()) is None
        assert interests.conflicts_of(moderator, waiting)
