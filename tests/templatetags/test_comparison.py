"""How the difference between two documents is told, and what became of a version."""

from dataclasses import replace

import pytest

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import Family, Origin, Publication
from wiki.templatetags import comparison
from wiki.text.document import Row

OLD = cast.document("Hypoparathyroidism")


def changes(new, old=OLD):
    """Return what differs between two documents."""
    return comparison.comparison_of(old, new)


def row(object_=1, **words):
    """Return a statement as it is written."""
    return Row(
        **{"relation": "causes", "object": object_, "stance": "asserted", "grade": "low", "basis": "cohort"}
        | words
    )


def test_two_that_say_the_same_differ_in_nothing():
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
def test_each_part_that_differs_is_told_and_no_other(change, told):
    found = changes(replace(OLD, **change))

    parts = ("is_renamed", "is_of_another_kind", "has_new_summary")
    assert [part for part in parts if getattr(found, part)] == [told]


def test_of_a_new_page_everything_is_new():
    found = changes(OLD, old=None)

    assert (found.is_renamed, found.is_of_another_kind, found.has_new_summary) == (True, True, True)
    assert found.kind == ("", "Condition")
    assert len(found.blocks) == 4


def test_an_unknown_kind_stays_as_it_is():
    assert changes(replace(OLD, kind="herb")).kind == ("Condition", "herb")


def test_statements_are_told_in_words_with_the_present_names_of_their_pages(
    page, clinician, moderator, django_assert_num_queries
):
    waiting = drafts.propose(cast.document("Waiting"), author=clinician)
    cast.submit(waiting)
    draft = drafts.propose(cast.document("Secret draft"), author=clinician)
    old = replace(OLD, statements=(row(page.pk, sources=("pmid:1", "pmid:2")), row(waiting.page_id)))
    new = replace(
        OLD,
        statements=(
            row(page.pk, grade="high", note="Now.", sources=("pmid:2", "pmid:3")),
            row(draft.page_id),
        ),
    )

    with django_assert_num_queries(2):
        told = {one.title: one for one in changes(new, old).rows}

    changed = told["Hypoparathyroidism"]
    assert (changed.mark, changed.relation, changed.slug) == ("Changed", "causes", "hypoparathyroidism")
    assert ("grade", "Low certainty", "High certainty") in changed.cells
    assert ("note", "", "Now.") in changed.cells
    assert (changed.sources_removed, changed.sources_added, changed.sources_kept) == (
        ("pmid:1",), ("pmid:3",), ("pmid:2",),
    )  # fmt: skip
    assert (told["Waiting"].mark, told["Waiting"].slug) == ("Removed", "")
    assert told["a page that is gone"].mark == "Added"


def test_statements_are_counted_by_what_happened_to_them():
    old = replace(OLD, statements=(row(1), row(2), row(3)))
    new = replace(OLD, statements=(row(1), row(2, note="Now."), row(4), row(5)))

    assert changes(new, old).counts == {"added": 2, "changed": 1, "removed": 1, "same": 1}


def test_a_relation_that_is_none_of_ours_stays_as_it_is(db):
    new = replace(OLD, statements=(row(1, relation="cures", basis="hearsay"),))

    (told,) = changes(new).rows

    assert told.relation == "cures"
    assert ("basis", "", "hearsay") in told.cells


def test_a_versions_statements_are_told_with_present_names(page, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(page, clinician, title="Low PTH")), moderator)

    (told,) = comparison.told_statements(replace(OLD, statements=(row(page.pk),)))

    assert (told.relation, told.title, told.slug) == ("causes", "Low PTH", "low-pth")


# --- What became of a version ------------------------------------------------------------------------------


def fate(revision):
    """Return what became of a version of a page."""
    revision.refresh_from_db()
    return comparison.became_of(revision, list(Publication.objects.of_page(revision.page)))


def test_what_is_in_force_says_so(page):
    found = fate(page.reading.publication.revision)

    assert (found.sentence, found.standing, found.now) == ("in force now.", "current", False)


def test_starter_content_in_force_is_not_marked_as_reviewed(clinician, moderator):
    draft = drafts.propose(cast.document("Gait"), author=clinician, origin=Origin.STARTER)
    cast.approve(cast.submit(draft), moderator)

    assert fate(draft).standing == "unreviewed"


def test_what_was_replaced_says_when(page, clinician, moderator):
    first = page.reading.publication.revision
    cast.approve(cast.submit(cast.make_edit(page, clinician)), moderator)

    found = fate(first)

    assert found.sentence.startswith("superseded on ")
    assert (found.standing, found.now) == ("overdue", True)


def test_what_was_taken_back_says_why_and_what_it_fell_back_to_is_in_force(page, clinician, moderator):
    first = page.reading.publication.revision
    second = cast.make_edit(page, clinician)
    cast.approve(cast.submit(second), moderator)
    review.unapprove(second.pk, by=moderator, reason="The source was withdrawn.")

    assert "its approval was taken back on" in fate(second).sentence
    assert (fate(second).reason, fate(second).now) == ("The source was withdrawn.", True)
    assert fate(first).sentence == "in force now."


def test_where_nothing_is_in_force_nothing_is_named_to_read_instead(page, moderator):
    first = page.reading.publication.revision
    review.unapprove(first.pk, by=moderator, reason="Wrong.")

    assert fate(first).now is False


def test_what_was_never_published_says_so(page, clinician):
    waiting = cast.submit(cast.make_edit(page, clinician))

    assert fate(waiting).sentence.startswith("never published")


def test_everybody_whose_words_a_version_brought_is_named(page, clinician, colleague, moderator):
    below = cast.submit(cast.make_edit(page, clinician, summary="From the first."))
    above = drafts.build_on(below, author=colleague)
    above = drafts.save(above, cast.document("Hypoparathyroidism", summary="From both."), by=colleague)
    cast.approve(cast.submit(above), moderator)

    writers = comparison.writers(above, Family(page.pk))

    assert [one.author_name for one in writers] == ["Dr Ines Albrecht", "Dr Tomás Rey"]
