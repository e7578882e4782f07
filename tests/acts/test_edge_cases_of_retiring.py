"""Numbered edge cases of retiring pages, merging them and bringing them back."""

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.writing import retirement as retirement_acts
from wiki.domain.lifecycle import State
from wiki.models import PublishedPage, Statement
from wiki.screens.reviewing.review import open_review_screen
from wiki.text.document import Retirement


def test_edge_15_a_page_is_retired_by_review_after_its_dependents_were_listed(
    published, clinician, colleague, moderator
):
    cast.make_source(clinician)
    new = cast.make_page(clinician, moderator, "Low parathyroid hormone")
    naming = cast.make_page(clinician, moderator, "Thyroid surgery", statements=(cast.statement(published),))
    sent = retirement_acts.retire(published, by=colleague, retirement=Retirement("It is the same.", new.pk))

    listed = open_review_screen(sent, by=moderator).retiring
    assert listed is not None
    assert [one.subject.title for one in listed.statements] == ["Thyroid surgery"]
    assert PublishedPage.objects.filter(page=published).exists()
    cast.approve(sent, moderator)

    published.refresh_from_db()
    assert (published.replaced_by, published.retired) == (new, "It is the same.")
    assert [one.subject for one in Statement.objects.about(new)[0]] == [naming]
    assert published.revisions.filter(state=State.APPROVED).count() == 2


def test_edge_16_bringing_a_page_back_restores_links_and_statements_of_other_pages(
    published, clinician, moderator
):
    cast.make_source(clinician)
    new = cast.make_page(clinician, moderator, "Low parathyroid hormone")
    rows = (cast.statement(published),)
    naming = cast.make_page(clinician, moderator, body="See [[Hypoparathyroidism]].", statements=rows)
    before = PublishedPage.objects.get(page=naming).html
    sent = retirement_acts.retire(published, by=clinician, retirement=Retirement("It is the same.", new.pk))
    retired = cast.approve(sent, moderator).revision
    assert "/wiki/low-parathyroid-hormone/" in PublishedPage.objects.get(page=naming).html

    review.unapprove(retired.pk, by=moderator, reason="It is not.")

    assert PublishedPage.objects.get(page=naming).html == before
    assert [one.object for one in Statement.objects.filter(subject=naming)] == [published]
    assert not Statement.objects.about(new)[0]


def test_edge_30_a_statement_about_a_retired_page_moves_to_its_successor_or_is_listed(
    published, clinician, moderator
):
    cast.make_source(clinician)
    place = cast.make_page(clinician, moderator, "Basal ganglia", kind="anatomy")
    new = cast.make_page(clinician, moderator, "Low parathyroid hormone")
    naming = cast.make_page(clinician, moderator, statements=(cast.statement(published),))

    for into, told in ((place, []), (None, []), (new, [new])):
        retirement = Retirement("It is the same.", into.pk if into else None)
        cast.approve(retirement_acts.retire(published, by=clinician, retirement=retirement), moderator)
        assert [one.object for one in Statement.objects.about(naming)[0]] == told
        assert [one.subject for one in Statement.objects.half_visible()] == ([] if told else [naming])
