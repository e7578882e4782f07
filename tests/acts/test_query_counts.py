"""The number of queries of an act, independent of the length of the page's history."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.reviewing import at, signed_in, verdict_on
from wiki.acts.reviewing import diff_views, review
from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.writing import drafts, submission
from wiki.models import Publication


def test_approving_takes_few_queries(published, clinician, moderator):
    waiting = cast.propose_change(published, clinician, summary="Other plain words, once more.")
    posted = verdict_on(waiting)
    browser = signed_in(moderator)

    with CaptureQueriesContext(connection) as queries:
        browser.post(at("approve", waiting), posted)

    assert Publication.objects.open().filter(revision=waiting).exists()
    assert len(queries) <= 70


def test_submitting_takes_few_queries(published, clinician, moderator):
    draft = cast.make_edit(published, clinician, summary="Other plain words, once more.")

    with CaptureQueriesContext(connection) as queries:
        submission.submit(draft, by=clinician, note="Better words.", impact="wording")

    assert len(queries) <= 28


def test_making_a_published_page_takes_few_queries(clinician, moderator):
    with CaptureQueriesContext(connection) as queries:
        draft = drafts.propose(cast.document(), author=clinician)
        waiting = submission.submit(draft, by=clinician, note="A new page.", impact="wording")
        diff_views.open_comparison(waiting, by=moderator)
        assert (
            review.approve(waiting.pk, by=moderator, shown=ShownComparison(waiting.digest, None)) is not None
        )

    assert len(queries) <= 70


def test_the_queries_of_an_act_do_not_grow_with_the_history(published, clinician, moderator):
    def saving_takes() -> int:
        draft = cast.make_edit(published, clinician, summary=f"Words of {clinician} no. {len(counts)}.")
        with CaptureQueriesContext(connection) as queries:
            drafts.save(draft, draft.document, by=clinician, impact="wording")
        read = sum(query["sql"].count("wiki_revision") > 0 for query in queries)
        cast.approve(cast.submit(draft), moderator)
        return len(queries) * 100 + read

    counts: list[int] = []
    for _ in range(4):
        counts.append(saving_takes())

    assert len(set(counts)) == 1
