"""Two pages become one."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.reviewing import review
from wiki.acts.writing import page_merge, retirement
from wiki.models import PublishedPage
from wiki.policy.refusal import Refused
from wiki.screens.page_merge import preview_of
from wiki.text.document import Retirement


@remembered
def stays(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, "Low parathyroid hormone")


def test_a_page_is_not_merged_with_itself(published, clinician):
    with pytest.raises(Refused, match="with itself"):
        page_merge.merge_pages(published, published, by=clinician)


def test_a_page_that_readers_do_not_see_is_not_merged(published, stays, clinician, moderator):
    retired = retirement.retire(stays, by=clinician, retirement=Retirement("Why."))
    cast.approve(retired, moderator)

    for goes, other in ((published, stays), (stays, published)):
        with pytest.raises(Refused, match="not published"):
            page_merge.merge_pages(goes, other, by=clinician)


def test_a_page_under_review_is_not_merged(published, stays, clinician, moderator):
    review.unapprove(
        PublishedPage.objects.get(page=published).publication.revision_id, by=moderator, reason="Wrong."
    )

    with pytest.raises(Refused, match="not published"):
        page_merge.merge_pages(published, stays, by=clinician)


def test_one_that_only_reads_may_not_merge(published, stays, reader):
    with pytest.raises(Refused, match="Only clinicians and moderators may write"):
        page_merge.merge_pages(published, stays, by=reader)


def test_what_would_be_left_out_or_weighed_twice_is_foreseen(stays, clinician, moderator):
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    rows = cast.statement(stays), cast.statement(seizures, grade="high")
    goes = cast.make_page(clinician, moderator, statements=rows)
    row = cast.statement(seizures)
    cast.approve(cast.submit(cast.make_edit(stays, clinician, statements=(row,))), moderator)

    merging = preview_of(goes, stays, reader=clinician)

    assert merging.dropped == 1
    assert merging.doubled == [("Seizures", row, rows[1])]
    assert merging.whole.statements == (row,)
