"""How the difference between two documents is shown."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from tests import cast
from wiki.acts.writing import drafts
from wiki.domain.codes import CodeMatch
from wiki.screens.changes import Changes, FieldChange, ParagraphChange, statements_of
from wiki.screens.cited_sources import ChangedSources, CitedSource
from wiki.templatetags import comparison
from wiki.text.compare.conflict_view import MergedField
from wiki.text.compare.diff import BlockChange, Piece
from wiki.text.compare.inline_diff import Step
from wiki.text.document import Code, Row
from wiki.text.markdown.blocks import Block, BlockKind

OLD = cast.document("Hypoparathyroidism")


def changes(new, old=OLD):
    """Return what differs between two documents."""
    return Changes(old, new)


def row(object_=1, **words):
    """Return a statement as it is written."""
    return Row(
        **{"relation": "causes", "object": object_, "stance": "asserted", "grade": "low", "basis": "cohort"}
        | words
    )


def test_equal_documents_have_no_changes():
    found = changes(OLD)

    assert found.comparison.is_empty
    assert (found.is_renamed, found.is_of_another_kind, found.has_new_summary) == (False, False, False)
    assert (found.blocks, found.unchanged) == ([], 4)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "Low PTH"}, "is_renamed"),
        ({"kind": "finding"}, "is_of_another_kind"),
        ({"summary": "Other words."}, "has_new_summary"),
    ],
)
def test_only_the_changed_part_is_listed(change, told):
    found = changes(replace(OLD, **change))

    parts = ("is_renamed", "is_of_another_kind", "has_new_summary")
    assert [part for part in parts if getattr(found, part)] == [told]


def test_every_part_of_a_new_page_is_added():
    found = changes(OLD, old=None)

    assert (found.is_renamed, found.is_of_another_kind, found.has_new_summary) == (True, True, True)
    assert found.kind == ("", "Condition")
    assert len(found.blocks) == 4


def test_an_unknown_kind_stays_as_it_is():
    assert changes(replace(OLD, kind="herb")).kind == ("Condition", "herb")


def test_statements_are_described_with_the_present_titles_of_their_pages(
    published, clinician, moderator, django_assert_num_queries
):
    waiting = drafts.propose(cast.document("Waiting"), author=clinician)
    cast.submit(waiting)
    draft = drafts.propose(cast.document("Secret draft"), author=clinician)
    old = replace(OLD, statements=(row(published.pk, sources=("pmid:1", "pmid:2")), row(waiting.page_id)))
    new = replace(
        OLD,
        statements=(
            row(published.pk, grade="high", note="Now.", sources=("pmid:2", "pmid:3")),
            row(draft.page_id),
        ),
    )

    with django_assert_num_queries(3):
        told = {one.title: one for one in Changes(old, new, reader=moderator).rows}

    changed = told["Hypoparathyroidism"]
    assert (changed.mark, changed.relation, changed.slug) == ("Changed", "causes", "hypoparathyroidism")
    assert ("grade", "Low certainty", "High certainty") in changed.cells
    assert ("note", "", "Now.") in changed.cells
    told_of = (changed.sources.removed, changed.sources.added, changed.sources.kept)
    assert [[one.key for one in sources] for sources in told_of] == [["pmid:1"], ["pmid:3"], ["pmid:2"]]
    assert (told["Waiting"].mark, told["Waiting"].slug) == ("Removed", "")
    assert told["a page that readers cannot see"].mark == "Added"


def test_sources_of_a_statement_in_another_order_are_named_in_both(published, moderator):
    old, same, turned = (
        replace(OLD, statements=(row(published.pk, note=note, sources=keys),))
        for note, keys in [
            ("", ("pmid:1", "pmid:2", "pmid:3")),
            ("Now.", ("pmid:1", "pmid:3")),
            ("", ("pmid:3", "pmid:1", "pmid:4")),
        ]
    )

    def shown(new):
        return render_to_string(
            "parts/changed_statements.html", {"changes": Changes(old, new, reader=moderator)}
        )

    assert "<del>pmid:1 · pmid:2 · pmid:3</del> <ins>pmid:3 · pmid:1 · pmid:4</ins>" in shown(turned)
    assert "The order changes" not in shown(same)


def test_sources_that_are_called_the_same_are_told_apart_in_their_order():
    one, other = (CitedSource(f"pmid:{n}", authors="Lee J", year="2020", title=f"Work {n}") for n in (1, 2))

    assert ChangedSources((one, other), (other, one)).orders == (
        "Lee J 2020 (pmid:1) · Lee J 2020 (pmid:2)",
        "Lee J 2020 (pmid:2) · Lee J 2020 (pmid:1)",
    )


def test_statements_are_counted_by_kind_of_change():
    old = replace(OLD, statements=(row(1), row(2), row(3)))
    new = replace(OLD, statements=(row(1), row(2, note="Now."), row(4), row(5)))

    assert changes(new, old).counts == {"added": 2, "changed": 1, "removed": 1, "same": 1}


def test_an_unknown_relation_is_shown_by_its_id(db):
    new = replace(OLD, statements=(row(1, relation="cures", basis="hearsay"),))

    (told,) = changes(new).rows

    assert told.relation == "cures"
    assert ("basis", "", "hearsay") in told.cells


def test_statements_of_a_version_have_the_present_titles(published, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(published, clinician, title="Low PTH")), moderator)

    (told,) = statements_of(replace(OLD, statements=(row(published.pk),)), reader=moderator)

    assert (told.relation, told.title, told.slug) == ("causes", "Low PTH", "low-pth")


@pytest.mark.parametrize(
    ("field", "old", "new", "told"),
    [
        ("grade", "Low", "Low", "Low"),
        ("grade", "Low certainty", "High certainty", "<del>Low certainty</del><ins>High certainty</ins>"),
        ("grade", "", "High", "<ins>High</ins>"),
        ("grade", "Low", "", "<del>Low</del>"),
        (
            "note",
            "Mostly in adults, not in children.",
            "Mostly in adults, now in children.",
            "Mostly in adults, <del>not</del><ins>now</ins> in children.",
        ),
    ],
)
def test_a_choice_is_compared_whole_and_a_note_by_word(field, old, new, told):
    assert comparison.pieces_marked(FieldChange(field, old, new).pieces) == told


def block(*headings, kind=BlockKind.PARAGRAPH, number=2):
    """Return a block under these headings."""
    return Block(kind, "Words.", "<p>Words.</p>", "Words.", 0, 6, headings, number=number)


@pytest.mark.parametrize(
    ("change", "old", "moved"),
    [
        ("same", ("Signs",), ""),
        ("changed", ("Signs",), ""),
        ("moved", ("Course",), "moved here from “Course” to “Signs”, words unchanged"),
        ("moved", ("Signs",), "moved within “Signs”, words unchanged"),
        ("reworded", ("Course", "Late"), "moved here from “Course › Late” to “Signs”, and changed"),
        ("reworded", (), "moved here from “Before the first heading” to “Signs”, and changed"),
        ("left", ("Course",), "moved from here to “Signs”"),
        ("left", ("Signs",), "moved from here within “Signs”"),
        ("under another heading", ("Course",), "stood under “Course”, stands under “Signs”"),
    ],
)
def test_a_paragraph_that_moved_says_from_where_to_where(change, old, moved):
    paragraph = ParagraphChange(BlockChange(change, block(*old), block("Signs")), "", (), None)

    assert paragraph.moved == moved
    assert paragraph.is_as_before == (change == "same")


def test_the_place_that_a_block_left_names_its_first_words(db):
    old, new = "- Stop all of it\n- Call\n- Wait", "- Call\n- Wait\n- Stop all of it"

    shown = render_to_string(
        "parts/changed_paragraphs.html",
        {"changes": changes(replace(OLD, body=new), replace(OLD, body=old))},
    )

    assert shown.count("“Stop all of it”") == 1
    assert shown.index("moved from here") < shown.index("“Stop all of it”") < shown.index("moved within")


def test_codes_in_another_order_stand_apart_and_say_what_they_are_of():
    codes = (Code("ICD-10", "E20.9"), Code("OMIM", "146200", CodeMatch.BROADER))
    found = changes(replace(OLD, codes=codes[::-1]), replace(OLD, codes=codes))

    shown = render_to_string("parts/changed_fields.html", {"changes": found, "found": found.comparison})

    one, other = (code.in_words for code in codes)
    assert f"<del>{one} · {other}</del>" in shown
    assert f"<ins>{other} · {one}</ins>" in shown


def test_a_heading_of_the_page_that_moved_stood_before_no_first_heading():
    heading = block(kind=BlockKind.HEADING, number=0)

    found = ParagraphChange(BlockChange("moved", heading, heading), "", (), None).moved
    assert found == "moved within the sections of the page, words unchanged"


@pytest.mark.parametrize(
    ("kind", "lead"),
    [
        (BlockKind.HEADING, "Other headings stand now above"),
        (BlockKind.PARAGRAPH, "Unchanged beneath it"),
        (BlockKind.ROW, "Unchanged beneath it"),
    ],
)
def test_what_changes_names_what_stands_under_it_now(kind, lead):
    one = BlockChange("changed", block(kind=kind), block(kind=kind), ("A note.",), ("Rest helps.",))

    assert ParagraphChange(one, "", (), None).notes == ("A note.", f"{lead}: “Rest helps.”")


@pytest.mark.parametrize(
    ("one", "place"),
    [
        (block("Signs"), "Signs, paragraph 2"),
        (block("Signs", kind=BlockKind.ROW), "Signs, table row 2"),
        (block(kind=BlockKind.HEADING, number=0), "Words., heading"),
        (block(number=1), "Before the first heading, paragraph 1"),
    ],
)
def test_a_paragraph_has_its_place_in_words(one, place):
    assert ParagraphChange(BlockChange("same", one, one), "", (), None).place == place


def test_an_added_no_break_space_is_marked():
    pieces = (Piece("same", "5\u00a0"), Piece("removed", " "), Piece("added", "\u00a0"))

    assert comparison.pieces_marked(pieces) == "5\u00a0<del> </del><ins>⍽</ins>"


# --- How it is written -------------------------------------------------------------------------------------

HOSTILE = "<script>"


def test_added_and_removed_words_are_marked_and_escaped():
    pieces = (Piece("same", "It is "), Piece("removed", HOSTILE), Piece("added", "rare"))

    assert comparison.pieces_marked(pieces) == "It is <del>&lt;script&gt;</del><ins>rare</ins>"


def test_a_kind_is_marked_by_its_label_and_a_title_by_its_words():
    pieces = (Piece("removed", "condition"), Piece("added", "finding"))

    kind = comparison.single_marked(MergedField("ours", "kind", "BlockKind", pieces))
    title = comparison.single_marked(MergedField("ours", "title", "Title", pieces))

    assert kind == "<del>Condition</del> <ins>Finding</ins>"
    assert title == "<del>condition</del><ins>finding</ins>"


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("ours", "you"),
        ("theirs", "Dr Rey"),
        ("both", "both alike"),
        ("each", "you and Dr Rey, each in part"),
        ("", ""),
    ],
)
def test_a_side_of_a_merge_goes_by_its_name(by, said):
    assert comparison.side_name(by, "you", "Dr Rey") == said


def test_invisible_characters_are_marked_in_a_comparison():
    new = replace(OLD, summary="Do \u202eton\u202c stop.")

    told = str(comparison.pieces_marked(changes(new).comparison.summary))

    assert 'Do <span class="unseen" title="right-to-left override">[U+202E]</span>ton' in told
    assert "\u202e" not in told


def test_marking_invisible_characters_escapes_markup():
    assert comparison.unseen_marked("<b>\u200b&</b>") == (
        '&lt;b&gt;<span class="unseen" title="zero-width space">[U+200B]</span>&amp;&lt;/b&gt;'
    )
    assert comparison.unseen_marked("plain <b>") == "plain <b>"


MICRO = '<span class="unseen">[“µ” micro sign → “μ” Greek small letter mu]</span>'


def test_characters_that_look_alike_are_named_behind_what_replaced_the_others():
    pieces = [Piece("same", "5 "), Piece("removed", "µg"), Piece("added", "μg"), Piece("same", " a day")]
    steps = [Step(one.op, one.text) for one in pieces]

    told = f"5 <del>µg</del><ins>μg</ins>{MICRO} a day"
    assert comparison.pieces_marked(pieces) == told
    assert comparison.steps_marked(steps) == told
    around = [steps[1], Step("open", "em"), steps[2], Step("close", "em")]
    assert comparison.steps_marked(around) == f"<del>µg</del><em><ins>μg</ins>{MICRO}</em>"
    assert MICRO not in comparison.pieces_marked([pieces[1], pieces[0], pieces[2]])


CYRILLIC = '<span class="unseen">[“a” Latin small letter a → “а” Cyrillic small letter a]</span>'


@pytest.mark.parametrize(
    "words",
    ["{}", "[{}](/x)", "[[{}]]", "[[{0}|{0}]]", "[{}](/x) now", "*{}*", "[{}](/x 'Tip')", "- {}", "# {}"],
)
def test_a_block_of_one_word_names_the_letter_that_was_exchanged(words):
    old, new = (replace(OLD, body=words.format(word)) for word in ("calcium", "c\u0430lcium"))

    (told,) = changes(new, old).blocks

    assert comparison.steps_marked(told.steps).count(CYRILLIC) == 1
