"""Pages to retire, a page that names one of them, and two pages that are merged."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.acts.writing import page_merge

OLD, NEW, NEWER = "Fahr disease", "Primary familial brain calcification", "Brain calcification"


@remembered
def old(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, OLD, aliases=("Fahr",))


@remembered
def new(clinician, moderator):
    return cast.make_page(clinician, moderator, NEW)


@remembered
def newer(clinician, moderator):
    return cast.make_page(clinician, moderator, NEWER)


@remembered
def naming(clinician, moderator, old):
    """Return a page that links to the old one and says something of it."""
    return cast.make_page(
        clinician, moderator, "Seizure trigger", body=f"See [[{OLD}]].", statements=(cast.statement(old),)
    )


@remembered
def stays(clinician, moderator):
    cast.make_source(clinician)
    return cast.make_page(clinician, moderator, "Low parathyroid hormone")


@pytest.fixture
def merging(published, stays, clinician):
    """Return the merge of `published` into `stays` as it waits: what stays, and what goes."""
    sent = cast.submit(page_merge.merge_pages(published, stays, by=clinician))
    return sent, sent.retiring_half()
