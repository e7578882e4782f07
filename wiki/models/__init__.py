"""Tables, constraints and querysets. The only place with SQL."""

from wiki.domain.decisions import Decision
from wiki.domain.origins import Origin
from wiki.models.chains import Anchor, Link
from wiki.models.corrections import Correction, MeaningWithdrawal, Suppression
from wiki.models.credentials import Credential, Disclosure, Interest
from wiki.models.credentials import InterestNature as InterestNature
from wiki.models.data_sets.entries import (
    DataRelease,
    DataRow,
    Entry,
    EntryAncestor,
    EntryCode,
    EntryFinding,
    EntryNumber,
    SameSubject,
)
from wiki.models.events import Event, Notice
from wiki.models.followers.recall_watches import RecallWatch
from wiki.models.followers.webhooks import Webhook
from wiki.models.images import Depiction, Image, Licence
from wiki.models.letters import LastRead, Letter, Sending
from wiki.models.names import Name
from wiki.models.pages import Address, Page
from wiki.models.publications import Ending, Publication, Way
from wiki.models.published_pages import Mention, PublishedPage
from wiki.models.queries.succession import Live, Succession
from wiki.models.queries.typed_words import DeletedWords, TypedWords
from wiki.models.queries.wiki_figures import KeptFigures
from wiki.models.reading.neighbour_updates import NeighbourUpdate
from wiki.models.reading.page_views import PageViews
from wiki.models.reading.stored_answers import PublicChange, StoredAnswer
from wiki.models.remarks import Claim, Opening, Remark, RemarkPlace
from wiki.models.reports import Application, Report, ReportState, Watch
from wiki.models.revision_tree import Family, actors_of
from wiki.models.revisions import Revision
from wiki.models.row_states import RowState
from wiki.models.search.index import (
    CommonWord,
    FailedSearch,
    NameBeginning,
    NameWord,
    PageVector,
    Posting,
    SearchStatistics,
    Spelling,
)
from wiki.models.second_reads import SecondRead
from wiki.models.sources import Checked, NoticeNature, Source, SourceCheck, SourceId, SourceNotice
from wiki.models.statements import Citation, Statement
from wiki.models.tasks import Cause, Task
from wiki.models.users import ANYBODY, Attribution, Mailing, NamedPerson, Personal, Role, User, Visitor
from wiki.models.verdicts import Verdict
from wiki.models.verifications import Requirement, Verification, WholePageReview

__all__ = [
    "ANYBODY",
    "Address",
    "Anchor",
    "Application",
    "Attribution",
    "Cause",
    "Checked",
    "Citation",
    "Claim",
    "CommonWord",
    "Correction",
    "Credential",
    "DataRelease",
    "DataRow",
    "Decision",
    "DeletedWords",
    "Depiction",
    "Disclosure",
    "Ending",
    "Entry",
    "EntryAncestor",
    "EntryCode",
    "EntryFinding",
    "EntryNumber",
    "Event",
    "FailedSearch",
    "Family",
    "Image",
    "Interest",
    "InterestNature",
    "KeptFigures",
    "LastRead",
    "Letter",
    "Licence",
    "Link",
    "Live",
    "Mailing",
    "MeaningWithdrawal",
    "Mention",
    "Name",
    "NameBeginning",
    "NameWord",
    "NamedPerson",
    "NeighbourUpdate",
    "Notice",
    "NoticeNature",
    "Opening",
    "Origin",
    "Page",
    "PageVector",
    "PageViews",
    "Personal",
    "Posting",
    "PublicChange",
    "Publication",
    "PublishedPage",
    "RecallWatch",
    "Remark",
    "RemarkPlace",
    "Report",
    "ReportState",
    "Requirement",
    "Revision",
    "Role",
    "RowState",
    "SameSubject",
    "SearchStatistics",
    "SecondRead",
    "Sending",
    "Source",
    "SourceCheck",
    "SourceId",
    "SourceNotice",
    "Spelling",
    "Statement",
    "StoredAnswer",
    "Succession",
    "Suppression",
    "Task",
    "TypedWords",
    "User",
    "Verdict",
    "Verification",
    "Visitor",
    "Watch",
    "Way",
    "Webhook",
    "WholePageReview",
    "actors_of",
]
