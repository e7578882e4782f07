"""A merge as people are told of it."""

from dataclasses import replace

from hypothesis import given

from tests.text.compare.test_merge import DOCUMENTS
from wiki.text.compare.conflict_view import MergedParagraph, Untouched, combined, in_words
from wiki.text.compare.merge import Clash, merge
from wiki.text.document import Code, Document, Retirement, Row

ROW = Row("causes", 2, "asserted", "low", "cohort")
PAGE = Document(
    "Title",
    "condition",
    summary="Short.",
    aliases=("one", "two"),
    codes=(Code("ICD-10", "E20"),),
    body="First words here.\n\n## A\n\nSecond words here.\n\nThird words here.\n\nFourth words here.",
    statements=(ROW, replace(ROW, object=3)),
)


def told(ours, theirs, base=PAGE):
    return combined(base, ours, theirs, merge(base, ours, theirs))


def test_changed_paragraphs_name_the_side_that_changed_them():
    ours = replace(PAGE, body=PAGE.body.replace("First words", "First few words"))
    theirs = replace(PAGE, body=PAGE.body.replace("Fourth words here.", "Fourth words there."))

    first, rest, last = told(ours, theirs).body

    assert isinstance(first, MergedParagraph)
    assert (first.by, first.block.change, first.block.section) == ("ours", "changed", "")
    assert rest == Untouched(("## A", "Second words here.", "Third words here."))
    assert isinstance(last, MergedParagraph)
    assert (last.by, last.block.section) == ("theirs", "A")


def test_a_conflict_is_shown_at_its_place_in_the_text():
    ours, theirs = (replace(PAGE, body=PAGE.body.replace("Second", side)) for side in ("My", "Their"))

    before, clash, after = told(ours, theirs).body

    assert (type(before), type(after)) == (Untouched, Untouched)
    assert isinstance(clash, Clash)
    assert clash.theirs == "Their words here."


def test_a_heading_in_a_conflict_names_the_following_section():
    base = replace(PAGE, body="## A\n\none two\n\n\n\nthree four five")
    ours = replace(base, body="## B\n\none two\n\nthree four five six")
    theirs = replace(base, body="## C\n\none two\n\nthree four five")

    last = told(ours, theirs, base).body[-1]

    assert isinstance(last, MergedParagraph)
    assert last.block.section == "B"


def test_a_moved_paragraph_is_shown_once():
    first, _, rest = PAGE.body.partition("\n\n")
    moved = replace(PAGE, body=f"{rest}\n\n{first}")

    left, stayed, last = told(moved, replace(PAGE, summary="Theirs.")).body

    assert isinstance(left, MergedParagraph)
    assert left.block.is_pointer
    assert isinstance(stayed, Untouched)
    assert isinstance(last, MergedParagraph)
    assert (last.by, last.block.change) == ("ours", "moved")


def test_a_paragraph_moved_beside_another_change_is_shown_once():
    ours = replace(PAGE, body=PAGE.body.replace("First words here.\n\n", "") + "\n\nFirst words here.")
    theirs = replace(PAGE, body=PAGE.body.replace("Second words here.", "Second words there."))

    changes = [
        (one.by, one.block.change) for one in told(ours, theirs).body if isinstance(one, MergedParagraph)
    ]

    assert changes == [("theirs", "changed"), ("ours", "moved")]


def test_changed_values_names_and_codes_name_their_side():
    ours = replace(PAGE, title="New", kind="infection", aliases=("one", "two", "three"), codes=())
    theirs = replace(PAGE, summary="Theirs.", kind="finding", aliases=("two", "three"))

    found = told(ours, theirs)

    assert [(one.field, one.by) for one in found.singles] == [("title", "ours"), ("summary", "theirs")]
    assert [(one.text, one.by, one.is_gone) for one in found.aliases] == [
        ("one", "theirs", True),
        ("two", "", False),
        ("three", "both", False),
    ]
    assert [(one.text, one.by, one.is_gone) for one in found.codes] == [("ICD-10 E20", "ours", True)]
    assert told(replace(PAGE, title="New"), PAGE).aliases == ()


def test_statements_are_listed_by_row_except_conflicting_ones():
    mine = (replace(ROW, grade="high"), replace(ROW, object=4))
    theirs = (replace(ROW, grade="moderate"), replace(ROW, object=3), replace(ROW, object=5))
    page = replace(PAGE, statements=(*PAGE.statements, replace(ROW, object=9)))

    found = told(
        replace(PAGE, statements=(*mine, replace(ROW, object=9))),
        replace(PAGE, statements=(*theirs, replace(ROW, object=9))),
        page,
    )

    assert [(one.by, one.change.change) for one in found.statements] == [
        ("ours", "added"),
        ("ours", "removed"),
        ("theirs", "added"),
    ]
    assert found.rows_untouched == 1


def test_a_change_is_described_in_words():
    new = replace(
        PAGE,
        title="New",
        body=PAGE.body.replace("First words", "First few words").replace("Third words here.\n\n", ""),
        aliases=("one",),
        codes=(Code("ICD-10", "E21"),),
        statements=(),
        retirement=Retirement("Why."),
    )

    assert in_words(PAGE, new) == [
        "Title changed",
        "1 paragraph changed",
        "1 paragraph removed",
        "2 statements removed",
        "Name “two” removed",
        "Code “ICD-10 E21” added",
        "Code “ICD-10 E20” removed",
        "Page retired",
    ]
    assert in_words(new, PAGE)[-1] == "Page brought back"
    assert in_words(PAGE, PAGE) == []


def test_other_headings_and_another_order_are_described_in_words():
    new = replace(
        PAGE,
        body=PAGE.body.replace("## A", "## B"),
        aliases=("two", "one"),
        statements=PAGE.statements[::-1],
    )

    assert in_words(PAGE, new) == [
        "1 paragraph added",
        "1 paragraph removed",
        "3 paragraphs under another heading",
        "Names in another order",
        "Statements in another order",
    ]


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_every_change_is_shown_and_unchanged_parts_are_folded(base, ours, theirs):
    outcome = merge(base, ours, theirs)

    found = combined(base, ours, theirs, outcome)

    asked = [part for part in found.body if isinstance(part, Clash)]
    assert asked == [clash for clash in outcome.clashes if clash.field == "body"]
    if found.aliases:
        assert {one.text for one in found.aliases if not one.is_gone} == {*outcome.document.aliases}
    if outcome.clean:
        kept = sum(one.change.change != "removed" for one in found.statements)
        assert found.rows_untouched + kept == len(outcome.document.statements)
