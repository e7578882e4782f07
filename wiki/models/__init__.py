"""Tables, constraints and querysets. The only place with SQL."""

from wiki.models.ancestry import Family, actors_of
from wiki.models.events import Event, Notice
from wiki.models.pages import Address, Page
from wiki.models.publications import Ending, Mention, Name, Publication, Reading
from wiki.models.revisions import Decision, Origin, Requirement, Revision, Verdict
from wiki.models.sources import Checked, Source, SourceId
from wiki.models.statements import Citation, Statement
from wiki.models.users import Role, User

__all__ = [
    "Address",
    "Checked",
    "Citation",
    "Decision",
    "Ending",
    "Event",
    "Family",
    "Mention",
    "Name",
    "Notice",
    "Origin",
    "Page",
    "Publication",
    "Reading",
    "Requirement",
    "Revision",
    "Role",
    "Source",
    "SourceId",
    "Statement",
    "User",
    "Verdict",
    "actors_of",
]
