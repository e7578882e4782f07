"""Who must sign and what reviewers are told see the same doses, in every text and wherever it stands."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.quantities.drug_page_phrases import DRUG_PAGES
from tests.text.quantities.phrases import PHRASES
from wiki.domain.professions import Risk
from wiki.policy.checks import wording
from wiki.policy.checks.subject import Findings
from wiki.policy.document_change import Change
from wiki.policy.needs import MODERATOR, TREATING
from wiki.policy.quorum import quorum_of
from wiki.text.document import Document, Row

ALL = PHRASES | DRUG_PAGES
EMPTY = Document(title="Calcium", kind="condition")
BY = Row("see_also", 1, stance="asserted", grade="", basis="")


def is_signed_for(document: Document) -> bool:
    return "dose" in Change(EMPTY, document).parts and "dose" in Change(document, EMPTY).parts


def is_told(document: Document) -> bool:
    return bool(list(wording.no_dose(Findings(document))))


PLACES = {
    "the text": lambda text: replace(EMPTY, body=text),
    "the summary": lambda text: replace(EMPTY, summary=text),
    "a note": lambda text: replace(EMPTY, statements=(replace(BY, note=text),)),
    "a box": lambda text: replace(EMPTY, body=f"::: urgent Now\n{text}\n:::"),
    "a list": lambda text: replace(EMPTY, body=f"- First\n\n  {text}"),
    "a quotation": lambda text: replace(EMPTY, body=f"> {text}"),
    "a heading": lambda text: replace(EMPTY, body=f"## {text}"),
    "a footnote": lambda text: replace(EMPTY, body=f"So[^a].\n\n[^a]: {text}"),
    "a cell": lambda text: replace(EMPTY, body=f"| Drug | Much |\n|---|---|\n| X | {text} |"),
    "a section on doses": lambda text: replace(EMPTY, body=f"## Dose\n\n{text}"),
}


@pytest.mark.parametrize("place", PLACES)
def test_signature_rules_and_reviewer_checks_find_the_same_doses(place):
    documents = {phrase: PLACES[place](phrase) for phrase in ALL}

    assert {phrase for phrase, one in documents.items() if is_signed_for(one)} == {
        phrase for phrase, one in documents.items() if is_told(one)
    }


@pytest.mark.parametrize("place", ["the text", "the summary", "a note"])
def test_only_phrases_with_a_dose_need_a_signature_for_it(place):
    signed = {phrase for phrase in ALL if is_signed_for(PLACES[place](phrase))}

    # These are Markdown, which a body reads and plain words do not.
    expected = {phrase for phrase, quantities in ALL.items() if "!" in quantities}
    assert signed ^ expected <= {"1.000 I.E. Vitamin D"}


LINES = st.sampled_from(
    [
        *ALL,
        *(
            "## Dose",
            "## In adults",
            "| Dose (mg) | n |",
            "|---|---|",
            "| 40 | 5 |",
            "- 5",
            "mg",
            "::: urgent Now",
            ":::",
        ),
        *(
            "[^a]: 5 mg",
            "So[^a].",
            "> 5 mg",
            "```",
            "    5 mg",
            "**5** mg",
            "5 &micro;g",
            "[5 mg](https://x.org)",
            "",
        ),
    ]
)
BODIES = st.one_of(st.lists(LINES, max_size=12).map("\n".join), st.text(max_size=200))


@given(BODIES, st.sampled_from(sorted(PLACES)))
def test_any_text_has_a_dose_for_both_rules_or_for_neither(text, place):
    document = PLACES[place](text)

    assert is_signed_for(document) == is_told(document)


@given(BODIES, BODIES)
def test_a_dose_new_to_readers_always_needs_a_signature(old, new):
    before, after = replace(EMPTY, body=old), replace(EMPTY, body=new)

    told = [{one.words for one in wording.no_dose(Findings(document))} for document in (before, after)]
    if told[0] != told[1]:
        assert "dose" in Change(before, after).parts


MOVED = {
    "to another section": (
        "## In adults\n\nGive 50 mg.\n\n## In children\n\nRest.",
        "## In adults\n\nRest.\n\n## In children\n\nGive 50 mg.",
    ),
    "under another heading": ("## In adults\n\nGive 50 mg.", "## In babies\n\nGive 50 mg."),
    "to another column": (
        "| D | Adults | Children |\n|---|---|---|\n| X | 5 mg |  |",
        "| D | Adults | Children |\n|---|---|---|\n| X |  | 5 mg |",
    ),
    "under another unit": ("| Dose (mg) |\n|---|\n| 5 |", "| Dose (g) |\n|---|\n| 5 |"),
    "into a footnote": ("So[^d].\n\n[^d]: Rest.", "So[^d].\n\n[^d]: 50 mg a day."),
    "with another source": ("Give 5 mg [@pmid:1].", "Give 5 mg [@pmid:2]."),
}


@pytest.mark.parametrize(("old", "new"), MOVED.values(), ids=MOVED)
def test_a_dose_with_another_heading_or_source_needs_a_signature(old, new):
    found = quorum_of(replace(EMPTY, body=old), replace(EMPTY, body=new), {})

    assert "dose" in found.rules
    assert found.risk == Risk.HIGH
    assert [need.label for need in found.needs] == [TREATING.label, MODERATOR.label]


def test_a_change_of_another_paragraph_is_no_change_of_a_dose():
    old = "## In adults\n\nGive 50 mg.\n\nIt helps."

    assert "dose" not in Change(replace(EMPTY, body=old), replace(EMPTY, body=f"{old} Much.")).parts
    assert "dose" not in Change(replace(EMPTY, body=old), replace(EMPTY, body=old, title="Iron")).parts


def test_any_change_of_a_statement_with_a_dose_needs_a_signature():
    noted = replace(EMPTY, statements=(replace(BY, note="At 5 mg."),))

    assert (
        "dose" in Change(noted, replace(EMPTY, statements=(replace(BY, note="At 5 mg.", grade="low"),))).parts
    )
