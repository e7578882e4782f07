"""What software says about each item of the checklist, and about a version as a whole."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from wiki.acts.people import accounts
from wiki.acts.writing import retirement
from wiki.domain.checklist import ITEMS, items_for
from wiki.domain.kinds import KINDS
from wiki.domain.lifecycle import Act
from wiki.models import Page, Publication, User
from wiki.policy.checks import IN_ORDER, Check, Cited, Findings, examine, load_findings, run
from wiki.policy.refusal import NotReady
from wiki.screens.reviewing.review import open_review_screen
from wiki.text.document import Document, Retirement, Row

KEY = "pmid:1"
CITED = "## What it is\n\nIt is a thing of some note [@pmid:1].\n"
TODAY = dt.date(2026, 11, 22)
TITLES = {7: "Seizures", 8: "Headache"}


def document(body: str = CITED, **changes: Any) -> Document:
    """Return a document with which the checks find no fault."""
    words = {"title": "A thing", "kind": "condition", "summary": "It is a thing. It is small."}
    return Document(**{**words, "body": body, **changes})


def row(relation: str = "causes", other: int = 7, **changes: Any) -> Row:
    """Return a statement with which the checks find no fault."""
    words = {"stance": "asserted", "grade": "low", "basis": "cohort", "sources": (KEY,)}
    return Row(relation, other, **{**words, **changes})


def findings(new: Document, *, old: Document | None = None, **changes: Any) -> Findings:
    """Return what the rules look at; nothing has changed unless `old` is given."""
    source = Cited("cohort", 2024, verified=True)
    facts = {"sources": {KEY: source}, "titles": TITLES, "kinds": dict.fromkeys(TITLES, "symptom")}
    return Findings(document=new, before=old or new, today=TODAY, **{**facts, "due_on": TODAY, **changes})


def found(item: str, new: Document, **changes: Any) -> Check:
    """Return what is told of one item."""
    return next(one for one in run(findings(new, **changes)) if one.item == item)


@pytest.mark.parametrize("item", IN_ORDER)
def test_a_page_in_order_passes(item: str) -> None:
    new = document(CITED + "\n::: urgent Call an ambulance for\na first seizure.\n:::\n", statements=(row(),))

    assert found(item, new, professions={"Dr A": "neurologist"}).result == "pass"


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("S4", "The newest source is from 2024."),
        ("R1", "The summary has a reading age of 6."),
        ("P3", "Approving dates the change; a review of the whole page sets the next one for November 2026."),
        ("P4", "The notice stands at the foot of every page."),
    ],
)
def test_a_passed_check_has_its_sentence(item: str, sentence: str) -> None:
    assert found(item, document()).sentence == sentence


def test_a_check_claims_nothing_about_unknown_facts() -> None:
    bare = document("Nothing.")

    assert found("S4", bare, sources={}).sentence == "No source has a year."
    said = "Approving dates the change; a review of the whole page sets the next one."
    assert found("P3", bare, due_on=None).sentence == said


def test_a_finding_lists_the_first_places_and_counts_the_others() -> None:
    body = "\n\n".join(f"Number {number} is not known yet." for number in ("one", "two", "ten", "six"))

    check = found("S1", document(body))

    assert check.result == "look"
    assert check.sentence == (
        "No reference in the opening, paragraph 1. No reference in the opening, paragraph 2. "
        "No reference in the opening, paragraph 3. And 1 more."
    )


def test_blocking_findings_come_before_warnings() -> None:
    check = found("S1", document("This is not known yet.", statements=(row(sources=()),)))

    assert check.result == "stop"
    assert [one.rule.severity for one in check.broken] == ["stop", "look"]


def test_findings_without_a_checklist_item_come_first() -> None:
    first = run(findings(document(title="")))[0]

    assert (first.item, first.result, first.sentence) == ("", "stop", "Give the page a title.")


def test_items_that_do_not_apply_to_the_kind_are_not_reported() -> None:
    checks = run(findings(document(kind="anatomy")))

    assert {one.item for one in checks} == {item.id for item in items_for("anatomy")} & set(IN_ORDER)


def test_findings_also_in_the_version_before_are_marked_old() -> None:
    old = document("## What\n\nThis is not known yet.\n\nTake 5 mg of it [@pmid:1].\n")
    new = document("## What\n\nA new one here.\n\nThis is not known yet.\n\n5 mg, again 5 mg [@pmid:1].\n")

    report = examine(findings(new, old=old))
    told = {one.rule.id: [(at.words, at.is_old) for at in one.findings] for one in report.broken}

    assert told["paragraphs-supported"] == [("A new one here.", False), ("This is not known yet.", True)]
    assert told["no-dose"] == [("5 mg", True)]
    (bare,) = [one for one in report.broken if one.rule.id == "paragraphs-supported"]
    assert [one.words for one in bare.new] == ["A new one here."]
    assert [one.words for one in bare.old] == ["This is not known yet."]


def test_a_second_identical_place_counts_as_new() -> None:
    old = document("The dose is 5 mg [@pmid:1].\n")
    new = document("The dose is 5 mg [@pmid:1].\n\nIt is 5 mg there too [@pmid:1].\n")

    (dose,) = [one for one in examine(findings(new, old=old)).broken if one.rule.id == "no-dose"]

    assert [one.is_old for one in dose.findings] == [False, True]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (document(title="", kind="gene"), "One thing must be fixed before this can be reviewed."),
        (
            document("Nothing is known of it.", kind="gene", summary="", title=""),
            "Two things must be fixed before this can be reviewed. One thing is worth a look; "
            "this stops nothing.",
        ),
        (document("# A [@pmid:1]\n" * 12, kind="gene"), "12 things are worth a look; this stops nothing."),
        (document(kind="gene"), "The checks found no problems."),
    ],
)
def test_the_summary_counts_findings_in_words(new: Document, sentence: str) -> None:
    assert examine(findings(new)).sentence == sentence


def test_long_lists_show_their_first_places() -> None:
    (broken,) = examine(findings(document("# A [@pmid:1]\n" * 7, kind="gene"))).broken

    assert (len(broken.first), len(broken.rest)) == (5, 2)


def test_a_retired_page_is_checked_for_title_and_reason_only() -> None:
    retired = document("", title="", retirement=Retirement(""), statements=(row(sources=()),))

    problems = examine(findings(retired)).problems

    assert {one.field for one in problems} == {"title", "retirement"}


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_applies_to_the_kind_is_checked(kind: str) -> None:
    asked = {item.id for item in items_for(kind)}

    checks = run(findings(document(kind=kind)))

    assert {one.item for one in checks} <= asked | {""}


def test_every_check_belongs_to_a_checklist_item() -> None:
    assert set(IN_ORDER) <= set(ITEMS)
    assert len(ITEMS) == 26


def test_the_notice_that_p4_speaks_of_stands_on_every_page(client: Any, published: Page) -> None:
    assert "no substitute for a health professional" in client.get("/overdue/").content.decode()


# --- What is read from the wiki ---------------------------------------------------------------------------


def test_loading_facts_for_checks_takes_a_fixed_number_of_queries(
    published: Page, clinician: User, moderator: User, django_assert_max_num_queries: Any
) -> None:
    cast.make_source(clinician)
    others = [cast.make_page(clinician, moderator, f"Sign {n}", kind="symptom") for n in range(4)]
    links = " ".join(f"[[Sign {n}]]" for n in range(4))
    new = cast.document(body=f"{links} [@pmid:22327515]", statements=tuple(map(cast.statement, others)))

    with django_assert_max_num_queries(14):
        known = load_findings(new, published.pk)

    assert set(known.links) == {f"sign-{n}" for n in range(4)}
    assert set(known.titles.values()) == {f"Sign {n}" for n in range(4)}
    assert known.sources["pmid:22327515"].title == "A study of calcium"
    assert known.today == timezone.localdate()


def test_a_retracted_source_is_a_blocking_finding(published: Page, clinician: User, moderator: User) -> None:
    source = cast.make_source(clinician)
    body = "It is a thing of note [@pmid:22327515]."
    waiting = cast.submit(cast.make_edit(published, clinician, body=body))
    source.notices.create(nature="retraction")

    with pytest.raises(NotReady, match="is retracted"):
        cast.approve(waiting, moderator)
    with pytest.raises(NotReady, match="is retracted"):
        cast.submit(cast.make_edit(published, clinician, body=f"{body} Truly."))

    assert [one.item for one in open_review_screen(waiting, by=moderator).stops] == ["S3"]


def test_links_and_statements_to_a_retired_page_are_findings(
    published: Page, clinician: User, moderator: User
) -> None:
    gone = cast.make_page(clinician, moderator, "Old name", kind="symptom")
    retired = retirement.retire(gone, by=clinician, retirement=Retirement("A double.", published.pk))
    cast.approve(retired, moderator)
    new = cast.document(body="See [[Old name]].", statements=(cast.statement(gone),))

    told = {one.rule.id: one.sentence for one in examine(load_findings(new, None)).broken}

    assert told["links-not-retired"] == (
        "[[Old name]] leads to a page that is retired, and “Hypoparathyroidism” replaces it."
    )
    assert told["about-retired"] == "“Old name” is retired; “Hypoparathyroidism” replaces it."
    assert "links-lead-somewhere" not in told


def test_an_unknown_picture_is_a_blocking_finding(published: Page) -> None:
    new = cast.document(body="![A scan](image:0123456789abcdef)")

    assert [one.rule.id for one in examine(load_findings(new, published.pk), only="stop").broken] == [
        "pictures-there"
    ]


# --- The case that a reviewer opens -----------------------------------------------------------------------


def test_the_checks_name_authors_whose_account_was_removed(
    published: Page, clinician: User, moderator: User, administrator: User
) -> None:
    waiting = cast.submit(cast.make_edit(published, clinician))
    accounts.remove_account(clinician, by=administrator)
    waiting.refresh_from_db()

    case = open_review_screen(waiting, by=moderator)

    assert [one.author_name for one in case.authors] == ["Dr Ines Albrecht"]
    assert "No profession is given for Dr Ines Albrecht." in [one.sentence for one in case.checks.looks]
    assert case.checks.passes


def test_the_review_screen_offers_a_moderator_the_permitted_acts(
    published: Page, clinician: User, moderator: User
) -> None:
    waiting = cast.submit(cast.make_edit(published, clinician))

    acts = open_review_screen(waiting, by=moderator).acts

    assert acts == {Act.BUILD_ON, Act.REBASE, Act.APPROVE, Act.REQUEST_CHANGES, Act.REJECT}


def test_a_decided_revision_is_not_checked(published: Page, moderator: User) -> None:
    live = Publication.objects.live_of(published)
    assert live is not None

    case = open_review_screen(live.revision, by=moderator)

    assert case.checks.results == ()
    assert not case.can_decide
    assert case.turned_down == []
    assert case.merged_as is None


def test_a_source_cited_by_another_identifier_is_not_new(
    published: Page, clinician: User, moderator: User
) -> None:
    source = cast.make_source(clinician)
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, body="It is a thing of note [@pmid:22327515].")),
        moderator,
    )
    waiting = cast.submit(
        cast.make_edit(published, clinician, body="It is a thing of some note [@pmid:22327515].")
    )

    case = open_review_screen(waiting, by=moderator)

    assert [(one.source, one.is_new) for one in case.references] == [(source, False)]
    assert case.unsettled == case.references
    assert case.settled == []
    assert dataclasses.is_dataclass(case)


def test_any_statement_is_described_in_words() -> None:
    known = Findings(document=document(), kinds={6: "", 7: "symptom"}, titles={7: "Seizures"})

    assert known.named(row()) == "causes Seizures"
    assert known.named(row("cures", 9)) == "cures a page that is not there"
    assert known.named(row(other=6)) == "causes a new page"
