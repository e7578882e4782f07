"""Who must sign hundreds of changes of real pages: harmless, to be read, dangerous, and in disguise."""

from dataclasses import replace
from typing import Any

import pytest

from tests.policy.real_pages import TableRow, called, real_page, remedies, table, with_paragraph
from wiki.domain.professions import Risk
from wiki.policy.needs import CLINICIAN, GENETICIST, MODERATOR, TREATING
from wiki.policy.quorum import Quorum, quorum_of
from wiki.text.document import Document, Retirement, Row

SIGNED = {
    "trifle": {MODERATOR.label},
    "trifle of remedy": {TREATING.label},
    "read": {CLINICIAN.label},
    "two": {CLINICIAN.label, MODERATOR.label},
    "genes": {GENETICIST.label, MODERATOR.label},
    "treated": {TREATING.label, MODERATOR.label},
    "both": {TREATING.label, GENETICIST.label},
}
REMEDIES = frozenset(remedies())
CALLED = called()
ROWS = list(table())


def asked(before: Document | None, after: Document, *, impact: str = "") -> Quorum:
    return quorum_of(before, after, remedies=REMEDIES, called=CALLED, impact=impact)


def signers(before: Document | None, after: Document) -> set[str]:
    return {need.label for need in asked(before, after).needs}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_change_of_a_real_page_needs_the_signatures_in_the_table(row: TableRow):
    before, after = row.documents()

    found = asked(before, after)

    assert {need.label for need in found.needs} == SIGNED[row.signed], found.rules
    assert (found.risk == Risk.LOW) == row.signed.startswith("trifle")


def test_the_table_has_hundreds_of_changes_of_every_sort():
    assert len(ROWS) > 350
    assert {row.signed for row in ROWS} == set(SIGNED)
    assert len({row.page for row in ROWS}) >= 15


HEADINGS = """Radiotherapy|Chemotherapy|Pharmacotherapy|Physiotherapy|Surgery|Diet|Self-care|What to do
Living with it|In pregnancy|Overdose|Emergency care|Chelation|Options|Monitoring|Care|Remedies|Prescribing
Cautions|Prognosis|Other options|Limits and risks|Signs|How it is found|When to see a doctor|Outlook
What helps|Treatment|Lifestyle|Nutrition|Rehabilitation|Who should not take it|Side effects"""


@pytest.mark.parametrize("heading", HEADINGS.replace("\n", "|").split("|"))
def test_advice_on_a_drug_is_signed_under_any_heading(heading):
    page = real_page("hypoparathyroidism")
    old = replace(page, body=f"{page.body}\n\n## {heading}\n\nPatients should avoid valproate.")

    assert signers(old, replace(old, body=old.body.replace("avoid", "take"))) == SIGNED["treated"]


@pytest.mark.parametrize(
    "heading",
    [
        "Treatment\n---",
        "Treatment\n===",
        "## T*reat*ment",
        "**Treatment**",
        "## T\u200breatment",
        "## &#84;reatment",
        "## [[Treatment]]",
        "> ## Treatment",
        "- ## Treatment",
        "###### Treatment",
        "## Treat\u00adment",
        "## \uff34reatment",
        "## Тreatment",
    ],
)
def test_text_under_any_treatment_heading_needs_a_treating_signature(heading):
    page = real_page("headache")
    inner = "> " if heading.startswith(">") else "  " if heading.startswith("-") else ""
    old = replace(page, body=f"{page.body}\n\n{heading}\n\n{inner}Rest.")

    assert signers(old, replace(old, body=old.body.replace("Rest.", "Chew."))) == SIGNED["treated"]


@pytest.mark.parametrize(
    ("title", "signed"),
    [("Migraine", "treated"), ("Childhood headache", "treated"), ("Head pain", "read"), ("headache", "read")],
)
def test_a_name_that_the_page_never_had_asks_as_a_new_text_on_treatment_does(title, signed):
    page = replace(real_page("headache"), aliases=("Head pain",))

    assert signers(page, replace(page, title=title)) == SIGNED[signed]
    if title not in ("Head pain", "headache"):
        assert signers(page, replace(page, aliases=("Head pain", title))) == SIGNED[signed]
    assert signers(page, replace(page, aliases=())) == SIGNED["read"]


DOSES = """10 MG|10 Mg|500 Milligram|fifteen mg|fifty milligrams|Ten milligrams|twelve units a day|a tablet
half a tablet|Two tablets a day|a dozen tablets|2 tabs|3 pills|1 pill a day|one spoonful|30 cc of syrup
one injection|5 patches|50 U of insulin|1 L of saline|5×10³ mg|a 50 % solution|a dose of ten
take it five times daily|take it once a day|twice as much as prescribed|take it for 70 days
5\u200b mg|50 m\u200bg|5\u200b0\u200b mg|50 m\u00adg|\u202e05\u202c mg|\uff15\uff10 \uff4d\uff47|5 mг
**5** mg|5 **mg**|10 g of calcium a day
5&nbsp;mg|5&#32;mg|&#53; mg|5 µg/kg|2.5 capsules|250 nanograms|300 mmol of salt|10 mEq|24 Gy"""


PLACES = ("text", "footnote", "cell", "name", "title of a link", "list", "box")
# Stars are no formatting in a name or in the title of a link.
PLAIN_PLACES = ("title of a link", "name")
WRITTEN = [
    (place, dose)
    for place in PLACES
    for dose in DOSES.replace("\n", "|").split("|")
    if not (place in PLAIN_PLACES and "*" in dose)
]


@pytest.mark.parametrize(("place", "dose"), WRITTEN)
def test_a_dose_anywhere_needs_a_treating_signature(dose, place):
    page = real_page("headache")
    body = {
        "text": f"\n\nPeople took {dose}.",
        "footnote": f"\n\nThis is so[^d].\n\n[^d]: People took {dose}.",
        "cell": f"\n\n| Whom | How much |\n|---|---|\n| people took | {dose} |",
        "title of a link": f'\n\nSee [this](/wiki/headache/ "People took {dose}").',
        "list": f"\n\n- People took {dose}.",
        "box": f"\n\n::: urgent Now\nPeople took {dose}.\n:::",
    }.get(place, "")
    names = (f"people took {dose}",) if place == "name" else page.aliases
    found = asked(page, replace(page, body=page.body + body, aliases=names))

    assert TREATING.label in {need.label for need in found.needs}, found.rules
    assert found.risk == Risk.HIGH


MOVES = {
    "to another population": (
        "## In adults\n\nGive 50 mg.\n\n## In children\n\nGive 5 mg.",
        "## In adults\n\nGive 5 mg.\n\n## In children\n\nGive 50 mg.",
    ),
    "under another heading": ("## In adults\n\nGive 50 mg.", "## In newborns\n\nGive 50 mg."),
    "to another cell": (
        "| D | Adults | Children |\n|---|---|---|\n| X | 5 mg |  |",
        "| D | Adults | Children |\n|---|---|---|\n| X |  | 5 mg |",
    ),
    "to another row": (
        "| D | Much |\n|---|---|\n| X | 5 mg |\n| Y | 9 mg |",
        "| D | Much |\n|---|---|\n| X | 9 mg |\n| Y | 5 mg |",
    ),
    "under another head": ("| Adults |\n|---|\n| 5 mg |", "| Children |\n|---|\n| 5 mg |"),
    "to another list": (
        "In adults:\n\n- 50 mg\n- rest\n\nIn babies:\n\n- sleep\n",
        "In adults:\n\n- rest\n\nIn babies:\n\n- sleep\n- 50 mg\n",
    ),
    "under another lead": ("In adults:\n\n- 50 mg", "In babies:\n\n- 50 mg"),
    "into a quotation": ("A myth:\n\nGive 50 mg.", "> A myth:\n>\n> Give 50 mg."),
    "into a box": ("Give 50 mg.", "::: urgent Now\nGive 50 mg.\n:::"),
    "once less": ("## A\n\nGive 50 mg.\n\n## B\n\nGive 50 mg.", "## A\n\n## B\n\nGive 50 mg."),
    "before another": ("First 5 mg.\n\nThen 9 mg.", "Then 9 mg.\n\nFirst 5 mg."),
    "by a line that is not blank": ("> A myth:\n\nGive 5 mg.", "> A myth:\n\u00a0\nGive 5 mg."),
}


@pytest.mark.parametrize(("old", "new"), MOVES.values(), ids=MOVES)
def test_a_moved_dose_counts_as_a_changed_dose(old, new):
    page = real_page("headache")
    found = asked(replace(page, body=old), replace(page, body=new))

    assert "dose" in found.rules
    assert {need.label for need in found.needs} == SIGNED["treated"]


def test_a_spelling_fix_in_a_heading_is_a_trifle():
    page = real_page("hypoparathyroidism")
    misspelt = replace(page, body=page.body.replace("## Signs and symptoms", "## Signs and symptons"))

    assert asked(misspelt, page).rules == ("trifle",)


DRUG = Document(
    "Alendronate",
    "drug",
    "A bone medicine taken once a week.",
    body=(
        "## What it is\n\nIt is taken once a week, never daily.\n\n"
        "## Pregnancy and breastfeeding\n\nIt must not be taken in pregnancy.\n\n"
        "## Who should not take it\n\nPeople with kidney failure must not take it.\n\n"
        "## Warnings\n\nDo not take it with trimethoprim.\n\n## History\n\nIt was first made long ago."
    ),
)
OF_A_DRUG = {
    "week to day": replace(DRUG, summary="A bone medicine taken once a day."),
    "pregnancy": replace(DRUG, body=DRUG.body.replace("must not be taken", "can be taken")),
    "kidneys": replace(DRUG, body=DRUG.body.replace("failure must not", "failure can")),
    "interaction": replace(DRUG, body=DRUG.body.replace("Do not take it", "Take it")),
    "order of words": replace(
        DRUG, body=DRUG.body.replace("once a week, never daily", "daily, never once a week")
    ),
    "history": replace(DRUG, body=DRUG.body.replace("long ago", "lately")),
    "retired": replace(DRUG, retirement=Retirement("Nobody needs it.")),
    "replaced": replace(DRUG, retirement=Retirement("Another page has it.", 7)),
    "title": replace(DRUG, title="Atenolol"),
    "kind": replace(DRUG, kind="condition"),
    "a name": replace(DRUG, aliases=("Fosamax",)),
    "all gone": replace(DRUG, body=""),
    "a picture": replace(DRUG, body=f"{DRUG.body}\n\n![Pills](image:0123456789abcdef)"),
}


@pytest.mark.parametrize("after", OF_A_DRUG.values(), ids=OF_A_DRUG)
def test_every_change_of_a_drug_page_needs_a_treating_signature(after):
    assert signers(DRUG, after) == SIGNED["treated"]
    assert signers(after, DRUG) == SIGNED["treated"]


def test_a_new_drug_page_needs_a_treating_signature():
    assert (
        signers(None, replace(DRUG, summary="Old.", body="It was first made long ago.")) == SIGNED["treated"]
    )


def test_a_passage_that_links_to_a_treatment_needs_a_treating_signature():
    page = real_page("headache")
    old = with_paragraph(page, "What it is", "See [[Physiotherapy|there]].")

    assert signers(old, replace(old, body=old.body.replace("See [[", "Skim [["))) == SIGNED["treated"]


@pytest.mark.parametrize("impact", ["safety", "action"])
def test_impact_safety_or_action_needs_two_signatures(impact):
    page = real_page("basal-ganglia")
    after = replace(page, summary=page.summary.replace("nerve cells deep", "nerve  cells deep"))

    found = asked(page, after, impact=impact)

    assert {need.label for need in found.needs} == SIGNED["two"]
    assert found.rules == (f"said_{impact}",)
    assert asked(page, after, impact="wording").rules == ("trifle",)


def test_a_picture_of_a_patient_needs_two_signatures():
    page = real_page("basal-ganglia")
    after = replace(page, body=f"{page.body}\n\n![A face](image:0123456789abcdef)")

    plain = quorum_of(page, after)
    patient = quorum_of(page, after, patients=["0123456789abcdef"])

    assert {need.label for need in plain.needs} == SIGNED["read"]
    assert {need.label for need in patient.needs} == SIGNED["two"]
    assert "patient_picture" in patient.rules


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u00ad", "\u202e", "\u2060", "\ufeff", "\u034f", "\U000e0041", "\u3164"]
)
def test_an_invisible_character_is_never_low_risk(unseen):
    page = real_page("basal-ganglia")

    found = asked(page, replace(page, body=page.body.replace("nerve cells", f"nerve{unseen} cells", 1)))

    assert found.risk != Risk.LOW


@pytest.mark.parametrize(
    ("old", "new"),
    [("cells", "cеlls"), ("cells", "c\u0336ells"), ("cells", "\uff43ells"), ("cells", "cells\ue000")],
)
def test_a_confusable_letter_is_never_low_risk(old, new):
    page = real_page("basal-ganglia")

    assert asked(page, replace(page, body=page.body.replace(old, new, 1))).risk != Risk.LOW


@pytest.mark.parametrize("field", ["summary", "aliases", "note"])
def test_an_entity_in_a_plain_text_is_shown_as_typed_and_never_low_risk(field):
    page = replace(
        real_page("hypoparathyroidism"),
        statements=(Row("causes", 7, "asserted", "low", "cohort", "A little of it."),),
    )
    changes: dict[str, dict[str, Any]] = {
        "summary": {"summary": page.summary.replace("e", "&#101;", 1)},
        "aliases": {"aliases": tuple(one.replace("e", "&#101;", 1) for one in page.aliases)},
        "note": {"statements": (replace(page.statements[0], note="A litt&#108;e of it."),)},
    }

    assert asked(page, replace(page, **changes[field])).risk != Risk.LOW


SUBTLE = """It helps. In children it harms. => It helps in children. It harms.
People faint. With fever they recover. => People faint with fever. They recover.
The mass bleeds; often it shrinks. => The mass bleeds often; it shrinks.
It starts early. In winter it ends. => It starts early in winter. It ends.
It helps now. Now it harms. => It helps now it harms.
Women who smoke recover. => Women, who smoke, recover.
Women with a stroke recover. => Women, with a stroke recover.
People who vomit often, need a scan. => People who vomit, often need a scan.
Swelling (of the legs) and pain pass. => Swelling of the legs (and pain) pass.
Stroke patients recover. => Stroke: patients recover.
Once they rest they heal. => Once, they rest; they heal.
It goes with grapefruit. => It goes, with grapefruit.
The tissue is avascular there. => The tissue is a vascular there.
The lesion is nonprogressive. => The lesion is non progressive.
The cells are non-malignant. => The cells are non; malignant.
It is in-active. => It is in active.
It is underdosed. => It is under dosed.
I'll people should rest. => Ill people should rest.
Type A is fatal. => Type An is fatal.
The peroneal nerve. => The perineal nerve.
The arteriitis began. => The arthritis began.
The myoclonia began. => The myotonia began.
The osteopetrosis began. => The osteoporosis began.
The malacia came. => The malaria came.
Few cells stay: they bleed. => Few cells stay; they bleed.
Two kinds bleed. Cysts swell. => Two kinds bleed: cysts swell.
Two kinds bleed: cysts swell. => Two kinds bleed – cysts swell."""


@pytest.mark.parametrize("change", SUBTLE.splitlines())
def test_reordered_words_and_similar_terms_are_never_low_risk(change):
    page = real_page("headache")
    old, _, new = change.partition(" => ")

    found = asked(*(replace(page, body=f"{page.body}\n\n{words}") for words in (old, new)))

    assert found.risk != Risk.LOW


def test_unknown_prose_says_that_nothing_was_recognised():
    page = real_page("basal-ganglia")

    found = asked(page, with_paragraph(page, "What it is", "They look grey."))

    assert found.rules == ("unrecognised",)
    assert found.needs[0].reason == "nothing dangerous was recognised; read it with that in mind"


def test_a_need_lists_every_reason():
    page = real_page("headache")
    after = replace(page, body=page.body.replace("a sudden, very severe headache,", "no headache, 5 mg,"))

    found = asked(page, after)

    for why in ("a dose changes", "an urgent warning changes", "a “not”"):
        assert why in found.needs[0].reason
