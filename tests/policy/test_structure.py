"""Changes of structure: the same words in another order, list, box, cell or place, and what has no words."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.policy.real_pages import real_page, remedies, with_paragraph
from wiki.domain.professions import Risk
from wiki.policy.needs import CLINICIAN, TREATING
from wiki.policy.quorum import Quorum, quorum_of
from wiki.text.compare.diff import compare

ITEMS = "- Never eaten\n\n  milk\n\n- May be eaten\n\n  bread"
NESTED = "- Never eaten\n  - raw\n    - milk\n    - salt\n- May be eaten\n  - raw\n    - bread"
LISTS = "May be eaten:\n\n- milk\n- bread\n\nNever eaten:\n\n- grapefruit"
STEPS = "1. Turn the head.\n2. Open the mouth.\n3. Wait."
COLUMNS = "| Do | Do not |\n|---|---|\n| lie down | walk about |"
GROUPS = (
    "| Food | Look |\n|---|---|\n| **To avoid** | |\n| milk | white |\n| **To eat** | |\n| salt | white |"
)
TERMS = "Eat\n: milk\n\nAvoid\n: salt"
BOXES = "::: urgent Call an ambulance for\n- faints\n:::\n\n::: urgent See a doctor today for\n- cramps\n:::"
NOTE = "Bone is hard[^z]. Skin is soft.\n\n[^z]: Not if you take lithium."
SAID = "People take 5 mg [@pmid:34863037]. Bone is hard [@pmid:36054621]."
PICTURES = '![Milk](image:083e4b23f35fde44 "Eat this.")\n\n![Salt](image:95f3b45182840622 "Do not eat this.")'
OF_CARE = {
    "paragraphs of two items": (
        ITEMS,
        ITEMS.replace("milk", "@").replace("bread", "milk").replace("@", "bread"),
    ),
    "a paragraph that an item loses": (ITEMS.replace("milk", "milk\n\n  salt"), ITEMS),
    "a paragraph that comes to an item": (ITEMS, ITEMS.replace("milk", "milk\n\n  salt")),
    "an item two levels down": (NESTED, NESTED.replace("    - salt\n", "")),
    "an item in the other list": (
        LISTS,
        "May be eaten:\n\n- bread\n\nNever eaten:\n\n- grapefruit\n- milk",
    ),
    "two lists under each other's lead": (
        LISTS,
        LISTS.replace("Never", "@").replace("May be", "Never").replace("@", "May be"),
    ),
    "an item of the other list, whose lead has no colon": (
        "May be eaten\n\n- bread\n- milk\n\nNever eaten\n\n- grapefruit",
        "May be eaten\n\n- bread\n\nNever eaten\n\n- milk\n- grapefruit",
    ),
    "an item that goes from a lead with no colon": (
        "Never eaten\n\n- milk\n- grapefruit",
        "Never eaten\n\n- grapefruit",
    ),
    "steps in another order": (STEPS, "1. Open the mouth.\n2. Turn the head.\n3. Wait."),
    "steps that begin at four": (STEPS, STEPS.replace("1. Turn", "4. Turn")),
    "steps that are no list": (STEPS, "1. Turn the head. Open the mouth. Wait."),
    "heads of columns": (COLUMNS, COLUMNS.replace("| Do | Do not |", "| Do not | Do |")),
    "cells of a row": (COLUMNS, COLUMNS.replace("| lie down | walk about |", "| walk about | lie down |")),
    "rows of two groups": (
        GROUPS,
        GROUPS.replace("milk", "@").replace("salt", "milk").replace("@", "salt"),
    ),
    "the unit of a column": (
        "| Age | mg |\n|---|---|\n| adult | 5 |",
        "| Age | g |\n|---|---|\n| adult | 5 |",
    ),
    "meanings of two terms": (TERMS, "Eat\n: salt\n\nAvoid\n: milk"),
    "two terms": (TERMS, "Avoid\n: milk\n\nEat\n: salt"),
    "a box of another level": (BOXES, BOXES.replace("See a doctor today", "See a doctor this month")),
    "titles of two boxes": (
        BOXES,
        BOXES.replace("faints", "@").replace("cramps", "faints").replace("@", "cramps"),
    ),
    "a box that is a list": (
        BOXES,
        "Call an ambulance for\n\n- faints\n\nSee a doctor today for\n\n- cramps",
    ),
    "a line across a box": (
        "::: urgent Never\nGive water.\n\nWait.\n:::",
        "::: urgent Never\nGive water.\n\n---\n\nWait.\n:::",
    ),
    "a heading away": ("### When not to do it\n\nMilk.", "Milk."),
    "headings of two sections": (
        "### What to eat\n\nMilk.\n\n### What not to eat\n\nSalt.",
        "### What not to eat\n\nMilk.\n\n### What to eat\n\nSalt.",
    ),
    "an empty heading": ("### Never do this\n\nGive water.", "### Never do this\n\n###\n\nGive water."),
    "a line between": ("Never do this:\n\nGive water.", "Never do this:\n\n---\n\nGive water."),
    "a myth out of its quotation": ("A myth:\n\n> Give water.", "A myth:\n\nGive water."),
    "words into a quotation of a myth": ("> A myth:\n\nGive water.", "> A myth:\n>\n> Give water."),
    "a paragraph before another": ("Never do this:\n\nGive water.", "Give water.\n\nNever do this:"),
    "the mark of a note at other words": (NOTE, NOTE.replace("[^z]. Skin is soft", ". Skin is soft[^z]", 1)),
    "the mark of a note once more": (NOTE, NOTE.replace("soft.", "soft[^z].", 1)),
    "the mark of a note away": (NOTE, NOTE.replace("[^z]", "", 1)),
    "words before the mark of a note": (NOTE, NOTE.replace("Bone is hard", "Bone is dense")),
    "the mark of a note in another cell": (
        "| A | B |\n|---|---|\n| x[^z] | y |\n\n[^z]: Not if you take lithium.",
        "| A | B |\n|---|---|\n| x | y[^z] |\n\n[^z]: Not if you take lithium.",
    ),
    "a citation away from a dose": (SAID, "People take 5 mg. Bone is hard [@pmid:36054621; @pmid:34863037]."),
    "two citations": (SAID, "People take 5 mg [@pmid:36054621]. Bone is hard [@pmid:34863037]."),
    "captions of two pictures": (
        PICTURES,
        PICTURES.replace("Do not eat this", "@")
        .replace("Eat this", "Do not eat this")
        .replace("@", "Eat this"),
    ),
    "pictures above two captions": (
        PICTURES,
        PICTURES.replace("083e4b23f35fde44", "@")
        .replace("95f3b45182840622", "083e4b23f35fde44")
        .replace("@", "95f3b45182840622"),
    ),
    "lines in bold above words": (
        "**Do**\n\nWalk about.\n\n**Do not**\n\nLie down.",
        "**Do not**\n\nWalk about.\n\n**Do**\n\nLie down.",
    ),
    "the box before lithium": ("- [ ] lithium\n- [x] milk", "- [x] lithium\n- [ ] milk"),
    "the page behind a word": ("See [[Levetiracetam|here]].", "See [[Valproate|here]]."),
    "the drug in an address": (
        "See [here](https://www.nhs.uk/medicines/lithium/).",
        "See [here](https://www.nhs.uk/medicines/lamotrigine/).",
    ),
    "the drug in an address, in disguise": (
        "See [here](https://www.nhs.uk/a/).",
        "See [here](https://www.nhs.uk/l%69thium/).",
    ),
    "the drug in the address of a definition": (
        "See [it].\n\n[it]: https://www.nhs.uk/a/",
        "See [it].\n\n[it]: https://www.nhs.uk/lithium/",
    ),
}
NO_WORDS = {
    "a line": ("- in bone\n- in skin", "- in bone\n\n  ---\n- in skin"),
    "a line in a quotation": ("> In bone.\n>\n> In skin.", "> In bone.\n>\n> ---\n>\n> In skin."),
    "a second line": ("Bone.\n\n---\n\nSkin.", "Bone.\n\n---\n\n---\n\nSkin."),
    "an item": ("1. Bone.\n2. Skin.", "1. Bone.\n2.\n3. Skin."),
    "an item without a number": ("- bone\n- skin", "- bone\n-\n- skin"),
    "a heading": ("#### Bone\n\nSkin.", "#### Bone\n\n#####\n\nSkin."),
    "a row": ("| A | B |\n|---|---|\n| x | 1 |", "| A | B |\n|---|---|\n| | |\n| x | 1 |"),
    "a column": ("| A | B |\n|---|---|\n| x | 1 |", "| A | | B |\n|---|---|---|\n| x | | 1 |"),
    "a link": ("Bone is hard.", "Bone is hard[](https://example.org/)."),
    "a link of a full stop": ("Bone is hard.", "Bone is hard[.](https://example.org/)"),
    "a link of a blank": ("Bone is hard.", "Bone[ ](https://example.org/)is hard."),
    "code": ("Bone:\n\nhard.", "Bone:\n\n```\n```\n\nhard."),
}


def _in_a_quotation(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _in_a_list(text: str) -> str:
    return "- So it is:\n\n" + "\n".join(f"  {line}" for line in text.split("\n"))


def _in_a_box(text: str) -> str:
    return f"::: urgent Now\n{text}\n:::"


def _as_it_is(text: str) -> str:
    return text


DISGUISES: Final[tuple[Callable[[str], str], ...]] = (_as_it_is, _in_a_quotation, _in_a_list)


def _compared(old: str, new: str) -> Quorum:
    page = real_page("hypoparathyroidism")
    before, after = (with_paragraph(page, "Signs and symptoms", one) for one in (old, new))

    assert not compare(before, after).is_empty

    return quorum_of(before, after, remedies=remedies())


@pytest.mark.parametrize(("old", "new"), OF_CARE.values(), ids=OF_CARE)
def test_a_change_of_structure_that_changes_what_is_done_needs_a_treating_signature(old, new):
    # Definitions of notes and links do not stand within a list or a quotation.
    for disguise in DISGUISES[: 1 if "]: " in old else None]:
        found = _compared(disguise(old), disguise(new))

        assert TREATING.label in {one.label for one in found.needs}, (disguise, found.rules)
        assert found.risk == Risk.HIGH


LEADS = """Allowed/Forbidden|Permitted/Prohibited|Fine/Harmful|Good/Bad|OK/Off limits|Helps/Harms|Yes/No
Suitable/Unsuitable|Enough/Too little|Wise/Unwise|Welcome/Unwelcome|Works/Does nothing
In the morning/In the evening|Worth it/Not worth it"""
FORMS = {
    "lists": ("{}:\n\n- salt\n- fat\n\n{}:\n\n- calcium", "{}:\n\n- fat\n\n{}:\n\n- calcium\n- salt"),
    "terms": ("{}\n: salt\n: fat\n\n{}\n: calcium", "{}\n: fat\n\n{}\n: calcium\n: salt"),
    "columns": ("| {} | {} |\n|---|---|\n| salt | calcium |", "| {} | {} |\n|---|---|\n| calcium | salt |"),
    "headings": (
        "### {}\n\nSalt.\n\nFat.\n\n### {}\n\nCalcium.",
        "### {}\n\nFat.\n\n### {}\n\nSalt.\n\nCalcium.",
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("leads", LEADS.replace("\n", "|").split("|"))
def test_what_moves_under_other_words_is_read_with_them(form, leads):
    found = _compared(*(one.format(*leads.split("/")) for one in FORMS[form]))

    assert TREATING.label in {one.label for one in found.needs}, found.rules
    assert found.risk == Risk.HIGH


@pytest.mark.parametrize("form", FORMS)
def test_facts_that_move_between_plain_words_are_for_a_clinician(form):
    found = _compared(*(one.format("Seen in", "Never seen in") for one in FORMS[form]))

    assert {one.label for one in found.needs} == {CLINICIAN.label}


@pytest.mark.parametrize(("old", "new"), NO_WORDS.values(), ids=NO_WORDS)
def test_what_has_no_words_is_never_low_risk(old, new):
    for disguise in (*DISGUISES, _in_a_box):
        assert _compared(disguise(old), disguise(new)).risk != Risk.LOW
        assert _compared(disguise(new), disguise(old)).risk != Risk.LOW
