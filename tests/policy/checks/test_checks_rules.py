"""Every rule of the checks: what fires it, and what comes close and does not."""

from dataclasses import replace
from typing import Any

import pytest

from tests.policy.checks.documents import (
    CITED,
    FACTS,
    KEY,
    OLD,
    PICTURE,
    REVIEW,
    Case,
    boxed,
    document,
    noticed,
    row,
    said,
    stated,
)
from tests.policy.checks.firing_cases import FIRES
from wiki.domain.checklist import ITEMS
from wiki.policy.checks import IN_ORDER, RULES, Finding, Findings, Linked, examine
from wiki.text.document import Code, Document, Retirement


def found(rule: str, new: Document, **changes: Any) -> list[Finding]:
    """Return what one rule finds; nothing has changed unless `before` is given."""
    facts = {**FACTS, "before": new, **changes}
    return list(RULES[rule].find(Findings(document=new, **facts)))


# What comes close to each rule and is all right.
QUIET: dict[str, tuple[Document, dict[str, Any]]] = {
    "retirement-told": (document(retirement=Retirement("Double.", 7)), {}),
    "page-named": (stated(row(), row(other=8)), {}),
    "kinds-fit": (stated(row("cures"), row(other=9), row(), kind="condition"), {}),
    "source-given": (stated(row("see_also", sources=())), {}),
    "made-once": (stated(row(), row(population="children")), {}),
    "links-lead-to-sections": (
        document(
            "## Signs\n\nSee [[#Signs|above]], [[Seizures#Causes]] and [[Nothing yet#Signs]] [@pmid:1]."
        ),
        {"links": {"seizures": Linked("Seizures", headings=("s-causes",))}},
    ),
    "check-marks-readable": (said("It ends [check again by March 2027]."), {}),
    "details-readable": (stated(row(frequency="3 of 14", onset="HP:0003577", population="children")), {}),
    "terms-explained": (said("It leads to tetraparesis (weak arms and legs); tetraparesis passes"), {}),
    "details-belong": (stated(row(penetrance="over 85%"), kind="gene"), {}),
    "grade-given": (stated(row("see_also", grade="not_applicable")), {}),
    "paragraphs-supported": (
        document(
            "## Then\n\nAs follows:\n\n- a thing\n- another thing of note [@pmid:1]\n\n**Bold as it was**\n"
        ),
        {},
    ),
    "treatment-well-founded": (
        stated(row("treats", sources=(KEY, REVIEW)), row("treats", 8, stance="refuted")),
        {},
    ),
    "sources-stand": (
        document(
            "It was retracted [@pmid:1].",
            statements=(row(stance="refuted"), row(other=8, note="Its only source was retracted.")),
        ),
        noticed("retraction", "correction"),
    ),
    "notices-heeded": (document(statements=(row(sources=(OLD,)),)), {}),
    "basis-carried": (stated(row(basis="systematic_review", sources=(REVIEW,)), row(basis="rumour")), {}),
    "grade-carried": (stated(row(grade="moderate", sources=(KEY, OLD))), {}),
    "high-well-founded": (stated(row(grade="high", basis="guideline")), {}),
    "doubt-explained": (stated(row(stance="disputed", note="Two trials disagree."), row(stance="")), {}),
    "not-torn": (stated(row(), row("associated_with"), row(other=8, stance="refuted")), {}),
    "about-retired": (stated(row()), {"retired": {9: Linked("Another", True)}}),
    "sources-recent": (document("Nothing is cited."), {}),
    "rows-new": (stated(row()), {}),
    "percentages-cited": (said("Seen in 25% of 142 people"), {}),
    "no-dose": (said("It was 8.5 mg/dl, 12 mg / l, 25 µg per litre or 2 mmol/l"), {}),
    "no-trailing-zero": (said("It was 5.0 mg/dl, 2.0 mmol/l, 10 mg or 5.0 mm wide"), {}),
    "no-naked-decimal": (said("It was 0.5 mg, in fig.5 of version 1.5"), {}),
    "units-in-full": (said("It was 10 U/L, 25 µg/L, 30 IU/ml or 400 units"), {}),
    "long-numbers-parted": (said("In 50,000 units, 500 mg, or 1992 people; 2500 units/l"), {}),
    "no-latin-shorthand": (said("MS, PRNP, BID1 and a QT interval"), {}),
    "nobody-ordered": (said("It may take part. “You must,” he said. Thank-you notes help"), {}),
    "no-bold-headings": (document("**It is so.** And more.\n\n**All of this is told in bold.**\n"), {}),
    "headings-in-order": (document("# A\n\n### B\n\n## C\n\n### D\n\n#### E\n\n## F\n"), {}),
    "pictures-told": (document(f'![A scan](image:{PICTURE} "Seen from above")'), {}),
    "pictures-there": (document(f"![A scan](image:{PICTURE})"), {}),
    "links-lead-somewhere": (said("See [[Seizures|fits]]"), {}),
    "warning-signs-named": (replace(document(kind="gene"), body=CITED), {}),
    "emergencies-at-their-level": (
        boxed("See a doctor the same day for", "a headache that gets worse, or double vision."),
        {},
    ),
    "urgent-leads-chosen": (boxed("See a doctor the same day for", "a rash."), {}),
    "nobody-identified": (said("A 43-year-old woman with seizures, seen in 1992 people"), {}),
}


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        pytest.param(rule, case, id=f"{rule}-{number}")
        for rule, cases in FIRES.items()
        for number, case in enumerate(cases)
    ],
)
def test_each_rule_finds_its_fault_and_its_place(rule: str, case: Case) -> None:
    new, facts, field, sentence = case

    hits = found(rule, new, **facts)

    assert [one for one in hits if one.field == field and sentence in one.message], hits
    for one in hits:
        if one.start is not None:
            assert 0 <= one.start <= (one.end or 0) <= len(new.body)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_ignores_correct_text(rule: str) -> None:
    new, facts = QUIET.get(rule, (document(), {}))

    assert found(rule, new, **facts) == []
    assert rule in FIRES


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_title_reason_source_and_fix(rule: Any) -> None:
    texts = (rule.id, rule.title, rule.why, rule.source, rule.fix)

    assert all(text.strip() for text in texts)
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert not rule.title.endswith(".")
    assert rule.item in {"", *ITEMS}
    assert rule.severity == "look" or not rule.for_reviewers


def test_a_page_in_order_passes_every_rule() -> None:
    new = stated(row())

    assert examine(Findings(document=new, **FACTS)).broken == ()
    assert set(IN_ORDER) <= set(ITEMS)


def test_a_finding_points_at_the_exact_characters() -> None:
    new = said("It is so. **Given** 5.0 mg to [[Nothing yet]]")

    (dose,) = found("no-trailing-zero", new)
    (link,) = found("links-lead-somewhere", new)

    assert new.body[dose.start : dose.end] == "5.0 mg"
    assert new.body[link.start : link.end] == "[[Nothing yet]]"


def test_a_corrected_source_is_no_blocking_finding() -> None:
    assert found("sources-stand", document(), **noticed("correction")) == []


LONGEST = {"title": 120, "summary": 300, "body": 100_000, "aliases": 120, "statements-0-note": 400}


def _as_long(field: str, length: int) -> Document:
    words = "a" * length
    if field == "aliases":
        return document(aliases=(words,))
    if field == "statements-0-note":
        return stated(row(note=words))
    changes: dict[str, Any] = {field: words}
    return replace(document(), **changes)


@pytest.mark.parametrize("field", LONGEST)
def test_a_text_may_be_as_long_as_its_column_and_no_longer(field: str) -> None:
    assert found("short-enough", _as_long(field, LONGEST[field])) == []
    assert [one.field for one in found("short-enough", _as_long(field, LONGEST[field] + 1))] == [field]


@pytest.mark.parametrize("match", ["exact", "broader", "narrower"])
def test_a_code_says_how_it_matches(match: str) -> None:
    assert found("codes-known", document(codes=(Code("ICD-10-CM", "E20.9", match),))) == []


def test_a_code_with_an_unknown_match_is_found() -> None:
    (one,) = found("codes-known", document(codes=(Code("ICD-10-CM", "E20.9", "sideways"),)))

    assert one.message == "Choose how ICD-10-CM E20.9 is to this subject"


def test_only_reviewers_are_told_of_a_new_code() -> None:
    new = Findings(document=document(codes=(Code("ICD-10-CM", "E20.9"),)), **FACTS)

    assert "codes-new" in {one.rule.id for one in examine(new, reviewing=True).broken}
    assert "codes-new" not in {one.rule.id for one in examine(new).broken}
