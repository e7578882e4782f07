"""Two pages put together: everything that either says, nothing dropped."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.compare.union import made_by_both, union
from wiki.text.document import Code, Document, Row

STAYS_ID, GOES_ID = 1, 2
STAYS = Document(
    "Fahr syndrome", "condition", "Kept.", ("FS",), (Code("OMIM", "1"),), "## What it is\n\nA.\n"
)
GOES = Document(
    "Fahr disease", "condition", "Gone.", ("FD", "fs"), (Code("OMIM", "2"),), "## What it is\n\nB.\n"
)


def put(stays=STAYS, goes=GOES):
    return union(stays, goes, stays_id=STAYS_ID, goes_id=GOES_ID)


def body_of(stays, goes):
    return put(replace(STAYS, body=stays), replace(GOES, body=goes)).body


def says(page, relation="causes", **changes):
    return replace(Row(relation, page, "asserted", "low", "cohort", sources=("pmid:1",)), **changes)


def test_a_union_keeps_title_kind_and_summary_and_adds_the_other_title():
    whole = put()

    assert (whole.title, whole.kind, whole.summary) == ("Fahr syndrome", "condition", "Kept.")
    assert whole.aliases == ("FS", "Fahr disease", "FD")
    assert whole.codes == (Code("OMIM", "1"), Code("OMIM", "2"))


def test_a_title_that_is_already_an_alias_is_added_once():
    assert put(
        replace(STAYS, aliases=("fahr disease",)), replace(GOES, aliases=("FAHR SYNDROME",))
    ).aliases == ("fahr disease",)


def test_sections_of_one_name_are_joined_and_others_appended():
    stays = "Before.\n\n## What it is\n\nA.\n\n### Details\n\nMine.\n\n## Last\n\nZ."
    goes = "Other.\n\n## what  it is\n\nB.\n\n### More\n\nTheirs.\n\n## New\n\nN."

    assert body_of(stays, goes) == (
        "Before.\n\nOther.\n\n## What it is\n\nA.\n\nB.\n\n### Details\n\nMine.\n\n### More\n\nTheirs.\n\n"
        "## Last\n\nZ.\n\n## New\n\nN."
    )


def test_the_first_of_two_equal_sections_takes_the_others_text():
    assert body_of("## A\n\n1\n\n## A\n\n2", "## A\n\n3") == "## A\n\n1\n\n3\n\n## A\n\n2"


def test_texts_without_headings_are_appended():
    assert body_of("A.", "B.") == "A.\n\nB."
    assert body_of("", "B.") == "B."
    assert body_of("A.", "") == "A."


def test_footnotes_with_the_same_label_stay_separate():
    stays = "A.[^1] C.[^1-2]\n\n[^1]: Mine.\n\n[^1-2]: Mine too."
    goes = "B.[^1] D.[^x]\n\n[^1]: Theirs.\n\n[^x]: More."

    assert body_of(stays, goes) == f"{stays}\n\nB.[^1-3] D.[^x]\n\n[^1-3]: Theirs.\n\n[^x]: More."


def test_a_union_drops_only_statements_between_the_two_pages():
    stays = replace(STAYS, statements=(says(3), says(GOES_ID)))
    goes = replace(GOES, statements=(says(STAYS_ID), says(4)))

    assert put(stays, goes).statements == (says(3), says(4))


def test_a_statement_of_both_pages_keeps_its_grade_and_joins_sources_and_notes():
    mine = says(3, note="Mine.", sources=("pmid:1", "pmid:2"))
    other = says(3, grade="high", note="Theirs.", sources=("pmid:2", "pmid:3"))
    stays, goes = replace(STAYS, statements=(mine,)), replace(GOES, statements=(other, says(4)))

    assert put(stays, goes).statements[0] == replace(
        mine, note="Mine. Theirs.", sources=("pmid:1", "pmid:2", "pmid:3")
    )
    assert made_by_both(stays, goes) == [(mine, other)]
    assert made_by_both(stays, replace(goes, statements=(mine,))) == []


headings = st.sampled_from(["## A", "## B", "### C", "# D"])
bodies = st.lists(st.sampled_from(["one", "two\nlines", "- item", "| a |", "`x`"]) | headings, max_size=8)


@given(bodies, bodies)
def test_no_line_of_either_text_is_dropped(mine, theirs):
    whole = body_of("\n\n".join(mine), "\n\n".join(theirs)).splitlines()

    for side in (mine, theirs):
        for line in "\n\n".join(side).splitlines():
            assert not line or line in whole
    words = [line for line in whole if line and not line.startswith("#")]
    both = [line for part in (*mine, *theirs) for line in part.splitlines() if not line.startswith("#")]
    assert sorted(words) == sorted(both)
