"""The checklist of a page, as data, for a review of the whole page.

After MEDRS, DISCERN, HONcode, the JAMA benchmarks, PIF TICK and GRADE. Each answer is kept with its
question's words on the verdict, so a later change of this list alters nothing that was signed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices

from wiki.domain.house_rules import HOUSE_RULES, HouseRules, refuse, refuse_unknown
from wiki.domain.kinds import EXPOSURE, KINDS, TEST, KindOrTrait, Trait, is_one_of


class ItemGroup(TextChoices):
    """The subject of a checklist item."""

    SOURCES = "sources", "Sources"
    ACCURACY = "accuracy", "Accuracy"
    TREATMENT = "treatment", "Treatment"
    READER = "reader", "For the reader"
    TRANSPARENCY = "transparency", "Who and when"
    SAFETY = "safety", "Safety"
    RIGHTS = "rights", "Rights"


class Answer(TextChoices):
    """A reviewer's answer to an item."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


EVERY_KIND: Final[frozenset[KindOrTrait]] = frozenset({Trait.ANY})


@dataclass(frozen=True)
class Item:
    """One checklist item. A blocking one must be answered, and not with No."""

    id: str
    group: ItemGroup
    text: str
    blocking: bool = True
    applies_to: frozenset[KindOrTrait] = EVERY_KIND


def _item(
    id_: str,
    group: ItemGroup,
    text: str,
    *,
    blocking: bool = True,
    kinds: Collection[KindOrTrait] = EVERY_KIND,
) -> Item:
    return Item(id_, group, text, blocking, frozenset(kinds))


_G = ItemGroup

ITEMS: Final[dict[str, Item]] = {
    item.id: item
    for item in [
        _item("S1", _G.SOURCES, "Every statement and every factual section has at least one reference"),
        _item(
            "S2",
            _G.SOURCES,
            "What is said of the good or harm of a treatment rests on a guideline, a systematic review or a "
            "standard textbook, not on a single study",
        ),
        _item(
            "S3",
            _G.SOURCES,
            "The references exist and say what the page says; I opened at least the abstract of each new one",
        ),
        _item(
            "S4",
            _G.SOURCES,
            "The sources are from the last five years or so, or the text says that nothing newer was found",
            blocking=False,
        ),
        _item("S5", _G.SOURCES, "No animal, laboratory or single-case result stands as a fact about people"),
        _item(
            "A1",
            _G.ACCURACY,
            "Each statement has the right relation (a cause is not an association) and the right direction",
        ),
        _item("A2", _G.ACCURACY, "Each graded statement has a grade and a basis, and the two fit each other"),
        _item("A3", _G.ACCURACY, "Where evidence conflicts or is missing, the page shows it"),
        _item(
            "A4",
            _G.ACCURACY,
            "Numbers name their population, denominator and year; relative and absolute risk are not mixed",
        ),
        _item("A5", _G.ACCURACY, "The codes match the concept that the page is about"),
        _item(
            "T1",
            _G.TREATMENT,
            "It says how the treatment works, what good it does and what harm",
            kinds=(Trait.REMEDY,),
        ),
        _item(
            "T2", _G.TREATMENT, "It says what happens without treatment", kinds=(Trait.REMEDY, Trait.ILLNESS)
        ),
        _item(
            "T3",
            _G.TREATMENT,
            "It speaks of quality of life and of other options, and helps people to decide together",
            blocking=False,
            kinds=(Trait.REMEDY,),
        ),
        _item("T4", _G.TREATMENT, "It gives no dose or instruction to one person, and promotes no product"),
        _item("R1", _G.READER, "Aim and audience are clear, and the summary is in plain language"),
        _item(
            "R2",
            _G.READER,
            "The wording is balanced, neither alarming nor falsely reassuring, and puts the person first",
        ),
        _item("R3", _G.READER, "Headings and descriptions of images work for everybody", blocking=False),
        _item("R4", _G.READER, "Further sources and support groups are listed", blocking=False),
        _item("P1", _G.TRANSPARENCY, "Authors and reviewer are shown with their qualifications"),
        _item(
            "P2",
            _G.TRANSPARENCY,
            "Authors and reviewer have declared competing interests, and funding is named",
        ),
        _item("P3", _G.TRANSPARENCY, "The dates of the text, of the review and of the next review are set"),
        _item("P4", _G.TRANSPARENCY, "The page says that it does not replace a health professional"),
        _item(
            "P5",
            _G.TRANSPARENCY,
            "Readers can report an error, and what they reported was answered",
            blocking=False,
        ),
        _item(
            "D1",
            _G.SAFETY,
            "Warning signs that need urgent care are named: what calls for an ambulance apart from what a "
            "doctor should see the same day",
            kinds=(Trait.DIAGNOSIS, Trait.SIGN, Trait.REMEDY, EXPOSURE, TEST),
        ),
        _item("D2", _G.SAFETY, "Nothing could identify a patient"),
        _item(
            "C1",
            _G.RIGHTS,
            "It is in its author’s own words; images and data carry their licence and where they are from",
        ),
    ]
}


def house_items(house: HouseRules, known: Collection[str]) -> dict[str, Item]:
    """Return the questions that house rules add; `known` are the ids that are taken."""
    found: dict[str, Item] = {}
    traits = {one.value: one for one in Trait}
    for said in house.questions:
        if said["id"] in {*known, *found}:
            raise refuse(f"there are two questions called {said['id']}.")
        kinds = said.get("kinds", [Trait.ANY.value])
        refuse_unknown("group of questions", [said["group"]], ItemGroup.values)
        refuse_unknown("kind of page", kinds, {*KINDS, *traits})
        applies_to = frozenset(KINDS.get(one) or traits[one] for one in kinds)
        group = ItemGroup(said["group"])
        found[said["id"]] = Item(said["id"], group, said["text"], said.get("blocking", True), applies_to)
    return found


ITEMS.update(house_items(HOUSE_RULES, ITEMS))


def items_for(kind: str) -> list[Item]:
    """Return the items that apply to a page of `kind`, in the order of the list."""
    return [item for item in ITEMS.values() if is_one_of(kind, item.applies_to)]
