"""Tables, constraints and querysets. The only place with SQL."""

from wiki.models.ancestry import Family, actors_of
from wiki.models.events import Event, Notice
from wiki.models.images import Depiction, Image, Licence
from wiki.models.names import Name
from wiki.models.pages import Address, Page
from wiki.models.publications import Ending, Mention, Publication, Reading
from wiki.models.reports import Report, ReportState, Watch
from wiki.models.revisions import Decision, Origin, Requirement, Revision, Verdict
from wiki.models.sources import Checked, Nature, Source, SourceId, SourceNotice
from wiki.models.statements import Citation, Statement
from wiki.models.succession import Live, Succession
from wiki.models.users import Role, User

__all__ = [
    "Address",
    "Checked",
    "Citation",
    "Decision",
    "Depiction",
    "Ending",
    "Event",
    "Family",
    "Image",
    "Licence",
    "Live",
    "Mention",
    "Name",
    "Nature",
    "Notice",
    "Origin",
    "Page",
    "Publication",
    "Reading",
    "Report",
    "ReportState",
    "Requirement",
    "Revision",
    "Role",
    "Source",
    "SourceId",
    "SourceNotice",
    "Statement",
    "Succession",
    "User",
    "Verdict",
    "Watch",
    "actors_of",
]
