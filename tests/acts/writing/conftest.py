"""Pages to retire, and a page that names one of them."""

from tests import cast
from tests.remembered import remembered

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
