"""Other pages in statements: nobody reads a title there that they could read nowhere else."""

import pytest
from django.test import Client

from tests import cast
from tests.shown import html_of
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.models import ANYBODY, Revision
from wiki.policy import checks
from wiki.screens.changes import Changes, statements_of

SECRET = "Stop all your medicines today"
DOORS = ("/wiki/hypoparathyroidism/revisions/2/", "/wiki/hypoparathyroidism/compare/?from=1&to=2")


@pytest.fixture
def new(colleague):
    """Return a new page that waits for review under a title that nobody has approved."""
    cast.make_source(colleague)
    return cast.submit(drafts.propose(cast.document(SECRET, kind="symptom"), author=colleague))


@pytest.fixture
def stated(new, published, clinician, moderator):
    """Return a published page whose second version says something of the page that waits."""
    row = cast.statement(new.page)
    cast.approve(cast.submit(cast.make_edit(published, clinician, statements=(row,))), moderator)
    return published


@pytest.mark.parametrize("door", DOORS)
def test_a_waiting_title_is_shown_only_to_those_who_may_see_it(stated, clinician, reader, moderator, door):
    for person, reads in ((None, False), (reader, False), (clinician, True), (moderator, True)):
        browser = Client()
        if person:
            browser.force_login(person)
        assert (SECRET in html_of(browser.get(door))) is reads, person


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_a_rejected_title_is_shown_to_author_and_moderators_only(
    stated, new, clinician, colleague, moderator, client, door, end
):
    if end == "reject":
        review.reject(new.pk, by=moderator, reason="Dangerous.")
    else:
        submission.withdraw(new, by=colleague)

    for person, reads in ((None, False), (clinician, False), (colleague, True), (moderator, True)):
        browser = Client()
        if person:
            browser.force_login(person)
        html = html_of(browser.get(door))
        assert (SECRET in html) is reads, person
        assert reads or "a page that readers cannot see" in html


@pytest.mark.parametrize("door", DOORS)
def test_readers_see_the_last_published_title_of_a_reverted_page(
    published, clinician, colleague, moderator, client, door
):
    other = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    cast.make_source(colleague)
    row = cast.statement(other)
    cast.approve(cast.submit(cast.make_edit(published, clinician, statements=(row,))), moderator)
    first = other.revisions.get()
    review.unapprove(first.pk, by=moderator, reason="Wrong.")
    cast.submit(drafts.save(drafts.edit(other, author=colleague), cast.document(SECRET), by=colleague))

    html = html_of(client.get(door))

    assert SECRET not in html
    assert "Seizures" in html


def test_titles_of_other_pages_are_hidden_without_a_named_reader(stated, new, moderator):
    revision = stated.revisions.get(number=2)
    document = revision.document

    assert SECRET not in str(Changes(None, document).rows)
    assert SECRET in str(Changes(None, document, reader=moderator).rows)
    assert SECRET not in str(statements_of(document, reader=ANYBODY))
    assert checks.load_findings(document, stated.pk).titles == {}
    assert checks.load_findings(document, stated.pk, reader=moderator).titles == {new.page_id: SECRET}
    assert Revision.objects.visible_to(ANYBODY).titles_of([new.page_id]) == {}
