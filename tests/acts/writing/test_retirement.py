"""Retiring a page: what readers, links and statements get, and what comes right again afterwards."""

from dataclasses import replace

import pytest

from tests import cast
from tests.acts.writing.conftest import NEW, OLD
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.acts.writing import retirement as retirement_acts
from wiki.acts.writing.submission import MergedWithNewVersion
from wiki.models import (
    Event,
    Mention,
    Name,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Statement,
    Succession,
)
from wiki.policy import submission_problems
from wiki.policy.refusal import NotReady, Refused
from wiki.published import rebuild
from wiki.text.document import Retirement


def send(page, by, into=None, reason="It says the same as another page."):
    retirement = Retirement(reason, into.pk if into else None)
    return retirement_acts.retire(Page.objects.get(pk=page.pk), by=by, retirement=retirement)


def retire(page, by, moderator, into=None):
    return cast.approve(send(page, by, into), moderator).revision


def bring_back(page, by, moderator):
    return cast.approve(retirement_acts.bring_back(page, by=by, note="It was right."), moderator).revision


def revert(revision, moderator):
    review.unapprove(revision.pk, by=moderator, reason="A mistake.")


def told_of(page):
    return [one.object for one in Statement.objects.filter(subject=page)]


def link_in(page):
    html = PublishedPage.objects.get(page=page).html
    return html.split('href="')[1].split('"')[0]


def everything_derived():
    """Return all that is derived, but for the keys of rows that were made anew."""
    return (
        sorted(PublishedPage.objects.values_list("page_id", "slug", "html")),
        sorted(Statement.objects.values_list("subject_id", "relation", "object_id")),
        sorted(Name.objects.values_list("page_id", "key", "rank")),
        sorted(Mention.objects.values_list("page_id", "slug", "target_id")),
        sorted(Page.objects.values_list("pk", "retired", "replaced_by_id")),
    )


@pytest.fixture(autouse=True)
def _a_rebuild_changes_nothing(db):
    """Make sure after each test that what was derived step by step is what a rebuild gives."""
    yield
    before = everything_derived()
    list(rebuild.rebuild())
    assert everything_derived() == before


def test_a_retired_page_leaves_search_and_keeps_its_text(old, new, clinician, moderator):
    revision = retire(old, clinician, moderator, new)

    old.refresh_from_db()
    assert (old.retired, old.replaced_by) == ("It says the same as another page.", new)
    assert not PublishedPage.objects.filter(page=old).exists()
    assert not Name.objects.filter(page=old).exists()
    assert Publication.objects.open().get(page=old).revision == revision
    assert replace(revision.document, retirement=None) == revision.parent.document


def test_links_and_statements_of_other_pages_move_to_the_successor(old, new, naming, clinician, moderator):
    retire(old, clinician, moderator, new)

    assert link_in(naming) == "/wiki/primary-familial-brain-calcification/"
    assert Mention.objects.get(page=naming).target == new
    assert told_of(naming) == [new]
    assert [one.subject for one in Statement.objects.about(new)[0]] == [naming]
    assert [one.title for one in PublishedPage.objects.linking_to(new.pk)] == ["Seizure trigger"]


def test_without_successor_links_lead_to_the_notice_and_statements_are_hidden(
    old, naming, clinician, moderator
):
    retire(old, clinician, moderator)

    assert link_in(naming) == "/wiki/fahr-disease/"
    assert not Statement.objects.about(naming)[0]
    hidden = Statement.objects.half_visible()
    assert [(one.subject, getattr(one, "object_title", "")) for one in hidden] == [(naming, OLD)]


def test_a_statement_of_the_successor_is_not_moved_to_itself(old, clinician, moderator):
    new = cast.make_page(clinician, moderator, NEW, statements=(cast.statement(old),))

    retire(old, clinician, moderator, new)

    assert told_of(new) == [old]
    assert not Statement.objects.about(new)[0]


def test_a_statement_that_does_not_fit_the_successors_kind_is_hidden(old, naming, clinician, moderator):
    anatomy = cast.make_page(clinician, moderator, "Basal ganglia", kind="anatomy")

    retire(old, clinician, moderator, anatomy)

    assert told_of(naming) == [old]


def test_a_statement_moves_once_the_successors_kind_fits(old, naming, clinician, moderator):
    place = cast.make_page(clinician, moderator, "Basal ganglia", kind="anatomy")
    retire(old, clinician, moderator, place)

    cast.approve(cast.submit(cast.make_edit(place, clinician, kind="finding")), moderator)

    assert told_of(naming) == [place]


def test_a_moved_statement_does_not_duplicate_one_about_the_successor(old, new, clinician, moderator):
    rows = (cast.statement(old), cast.statement(new, grade="high"))
    naming = cast.make_page(clinician, moderator, statements=rows)

    retire(old, clinician, moderator, new)

    assert sorted((one.object.pk, one.grade) for one in Statement.objects.filter(subject=naming)) == [
        (old.pk, "low"),
        (new.pk, "high"),
    ]
    assert [one.grade for one in Statement.objects.about(new)[0]] == ["high"]


def test_statements_about_two_pages_retired_into_one_are_shown_once(old, new, newer, clinician, moderator):
    rows = (cast.statement(old), cast.statement(newer))
    naming = cast.make_page(clinician, moderator, statements=rows)

    for page in (old, newer):
        retire(page, clinician, moderator, new)

    assert told_of(naming) == [new, newer]


def test_statements_of_a_retired_page_vanish_from_other_pages(new, clinician, moderator):
    cast.make_source(clinician)
    old = cast.make_page(clinician, moderator, OLD, statements=(cast.statement(new),))

    retire(old, clinician, moderator)

    assert not Statement.objects.about(new)[0]


def test_a_chain_of_retirements_leads_to_its_last_page(old, new, newer, naming, clinician, moderator):
    retire(old, clinician, moderator, new)
    middle = retire(new, clinician, moderator, newer)
    assert (told_of(naming), link_in(naming)) == ([newer], "/wiki/brain-calcification/")

    cast.approve(cast.submit(cast.make_edit(newer, clinician, title="Calcified brain")), moderator)
    assert link_in(naming) == "/wiki/calcified-brain/"

    revert(middle, moderator)
    assert (told_of(naming), link_in(naming)) == ([new], "/wiki/primary-familial-brain-calcification/")

    bring_back(old, clinician, moderator)
    assert (told_of(naming), link_in(naming)) == ([old], "/wiki/fahr-disease/")


def test_taking_back_the_last_page_of_a_chain_hides_and_later_restores_it(
    old, new, naming, clinician, moderator
):
    retire(old, clinician, moderator, new)
    live = PublishedPage.objects.get(page=new).publication.revision

    revert(live, moderator)
    assert (told_of(naming), link_in(naming)) == ([old], "/wiki/fahr-disease/")
    assert Succession([old.pk]).successor_of(old.pk) is None

    cast.approve(cast.submit(drafts.edit(new, author=clinician)), moderator)
    assert told_of(naming) == [new]


def test_a_circle_of_retirements_leads_to_the_notice(old, new, naming, clinician, moderator):
    retire(old, clinician, moderator, new)
    back = bring_back(old, clinician, moderator)
    retire(new, clinician, moderator, old)

    revert(back, moderator)

    assert Page.objects.get(pk=old.pk).replaced_by == new
    assert link_in(naming) == "/wiki/fahr-disease/"
    assert told_of(naming) == [old]


def test_bringing_a_page_back_restores_everything_derived(old, new, naming, clinician, moderator):
    before = everything_derived()
    retire(old, clinician, moderator, new)

    bring_back(old, clinician, moderator)

    assert everything_derived() == before


def test_taking_a_retirement_back_restores_everything_derived(old, new, naming, clinician, moderator):
    before = everything_derived()
    revision = retire(old, clinician, moderator, new)

    revert(revision, moderator)

    assert everything_derived() == before


def test_taking_back_a_page_published_as_retired_ends_the_retirement(clinician, moderator):
    draft = drafts.propose(cast.document(OLD, retirement=Retirement("Never needed.")), author=clinician)
    revision = cast.approve(cast.submit(draft), moderator).revision
    assert Page.objects.get(pk=draft.page_id).retired == "Never needed."

    revert(revision, moderator)

    assert Page.objects.get(pk=draft.page_id).retired == ""


def test_a_retirement_without_reason_is_refused(old, clinician):
    with pytest.raises(NotReady, match="Say for readers why"):
        send(old, clinician, reason="  ")

    assert not old.revisions.filter(state="draft").exists()


def test_a_too_long_retirement_reason_is_refused(old, clinician):
    with pytest.raises(NotReady, match="Shorten this by 1 character"):
        send(old, clinician, reason="x" * 401)


def test_a_page_does_not_replace_itself(old, clinician):
    with pytest.raises(NotReady, match="cannot be replaced by itself"):
        send(old, clinician, old)


def test_an_unpublished_or_retired_successor_is_refused(old, new, newer, clinician, moderator):
    retire(new, clinician, moderator, newer)
    hidden = drafts.propose(cast.document("Hidden"), author=clinician).page

    for into in (new, hidden):
        with pytest.raises(NotReady, match="is not published, or is retired"):
            send(old, clinician, into)


def test_two_pages_are_not_retired_into_each_other(old, new, clinician, moderator):
    first, second = send(old, clinician, new), send(new, clinician, old)
    cast.approve(first, moderator)

    with pytest.raises(NotReady, match="is not published, or is retired"):
        cast.approve(second, moderator)


def test_a_page_whose_text_has_errors_can_be_retired(new, clinician, moderator):
    cast.make_source(clinician)
    old = cast.make_page(clinician, moderator, OLD, statements=(cast.statement(new),))
    cast.approve(cast.submit(cast.make_edit(new, clinician, kind="drug")), moderator)
    assert submission_problems.problems(
        PublishedPage.objects.get(page=old).publication.revision.document, old.pk
    )

    retire(old, clinician, moderator)

    assert Page.objects.get(pk=old.pk).retired


def test_an_unpublished_page_cannot_be_retired(clinician):
    draft = drafts.propose(cast.document(OLD), author=clinician)

    with pytest.raises(Refused, match="nothing to retire"):
        send(draft.page, clinician)


def test_a_page_that_is_not_retired_cannot_be_brought_back(old, clinician):
    with pytest.raises(Refused, match="not retired"):
        retirement_acts.bring_back(old, by=clinician, note="Why not?")


def test_retiring_with_an_open_draft_is_refused(old, clinician):
    draft = cast.make_edit(old, clinician)

    with pytest.raises(Refused, match="You have a draft of this page already"):
        send(old, clinician)

    assert Revision.objects.get(pk=draft.pk).document == draft.document


def test_a_retirement_that_changes_nothing_is_refused(old, clinician, moderator):
    retire(old, clinician, moderator)

    with pytest.raises(Refused, match="changes nothing"):
        send(old, clinician)


@pytest.mark.parametrize("replaced", [False, True])
def test_the_title_of_a_retired_page_is_refused_with_the_reason(old, new, clinician, moderator, replaced):
    title = old.published_page.title
    retire(old, clinician, moderator, new if replaced else None)

    with pytest.raises(NotReady, match=r"The page at /wiki/.*/ is retired. Bring that page back, or choose"):
        cast.make_page(clinician, moderator, title)
    with pytest.raises(NotReady, match=r"The page at /wiki/.*/ is retired. Bring that page back, or choose"):
        cast.propose_change(new, clinician, title=title)


# --- Who is told -------------------------------------------------------------------------------------------


def test_authors_of_drafts_and_submissions_hear_of_a_retirement(
    old, clinician, colleague, moderator, second_moderator
):
    cast.submit(cast.make_edit(old, colleague))
    cast.make_edit(old, second_moderator)

    retire(old, clinician, moderator)

    event = Event.objects.get(act="retire")
    assert {one.recipient for one in event.notices.all()} == {colleague, second_moderator}
    assert event.data == {"reason": "It says the same as another page.", "replaced_by": None}


def test_a_draft_begun_before_a_retirement_is_merged_with_it_on_submission(
    old, clinician, colleague, moderator
):
    draft = cast.make_edit(old, colleague)
    retire(old, clinician, moderator)

    with pytest.raises(MergedWithNewVersion):
        cast.submit(draft)

    draft.refresh_from_db()
    assert draft.document.retirement is not None
    assert draft.document.summary == "Other plain words."
