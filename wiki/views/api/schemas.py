"""What the answers of the interface look like. The description of it (OpenAPI) is made from here."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from ninja import Field, Schema
from pydantic import create_model

from wiki.domain.statement_fields import STATEMENT_FIELDS, StatementField, ValueType

LIMIT = 50
MOST = 100
# The longest number of a row.
LARGEST = 2**63 - 1
# What a route says of itself that leads to another address of its own.
MOVED = {"responses": {302: {"description": "It is at another address now: `Location` says where."}}}


def one_of(values: Iterable[str]) -> str:
    """Return the pattern of a parameter that takes one of some values, or nothing."""
    return f"^({'|'.join(['', *map(re.escape, values)])})$"


class ListPartIn(Schema):
    """Which part of a list is asked for."""

    after: int = Field(0, ge=0, le=LARGEST, description="Where `next` of the part before says.", examples=[0])
    limit: int = Field(LIMIT, ge=1, le=MOST, description="How many rows at most.", examples=[10])


class LinkOut(Schema):
    """A page as others name it."""

    id: int = Field(description="The page’s number. It never changes.", examples=[12])
    title: str = Field(examples=["Hypoparathyroidism"])
    kind: str = Field(examples=["condition"])
    slug: str = Field(
        description="The last part of its address. It can change.", examples=["hypoparathyroidism"]
    )
    url: str = Field(examples=["https://wiki.example.org/wiki/hypoparathyroidism/"])


class TermOut(Schema):
    """A value of a closed list, and its words."""

    id: str = Field(description="The value, as filters take it.", examples=["causes"])
    label: str = Field(examples=["Causes"])


class SignerOut(Schema):
    """A person as they are named under what they signed."""

    name: str
    profession: str = Field(description="On the day they signed. “(not verified)” where only they say so.")
    url: str = Field(description="Their public page; empty where there is none.")


class WholePageReviewOut(Schema):
    """Somebody read all of the page and signed for it."""

    by: list[SignerOut]
    on: dt.date
    version: int = Field(description="The version that was read.")
    due_on: dt.date = Field(description="When the whole is to be reviewed again.")


class ApprovalOut(Schema):
    """The approval of one change. It says nothing of the rest of the page."""

    by: list[SignerOut]
    on: dt.date
    version: int


class ReviewOut(Schema):
    """The review of a page as readers see it: of the whole, and of the last change, apart."""

    status: str = Field(description="current, overdue, disputed or unreviewed", examples=["unreviewed"])
    sentence: str = Field(description="Show this beside the text.")
    origin: str = Field(description="person, starter or import: where the text beneath came from")
    whole_page_review: WholePageReviewOut | None = Field(
        description="null: nobody has reviewed the whole page."
    )
    last_change: ApprovalOut | None = Field(description="null: the text was loaded; nobody has approved it.")
    changes_since: int = Field(
        description="Changes approved since the whole was reviewed, or the page began."
    )
    check_on: dt.date | None = Field(description="When the first of its parts is to be checked again.")


class CodeOut(Schema):
    """A term of a published list of codes."""

    system: str = Field(description="The list of codes.", examples=["ICD-10"])
    code: str
    match: str = Field(description="exact, broader or narrower: how the term is to the subject of the page")
    url: str = Field(description="Where the term can be looked up; may be empty.")


class PageSummaryOut(LinkOut):
    """A published page, in a list."""

    summary: str
    aliases: list[str]
    codes: list[CodeOut]
    version: int
    digest: str
    published_at: dt.datetime
    review: ReviewOut


class PageTextOut(PageSummaryOut):
    """A published page with its text, as readers get it today."""

    text: str
    html: str = Field(description="`text` as HTML.")
    corrected: bool = Field(description="Whether a passage is corrected or withheld for safety today.")
    licence: str = Field(description="The address of the licence of the text.")
    citation: str


class PublishedOut(Schema):
    """One stretch of time in which a version was what readers saw."""

    version: int
    title: str
    digest: str
    since: dt.datetime
    until: dt.datetime | None = Field(description="null: it is published now.")
    ending: str = Field(description="replaced, reverted or empty")
    way: str = Field(description="approved, or loaded: then nobody approved it")
    approved_by: list[str]
    impact: str = Field(description="wording, content, action, safety or empty: what it means for patients")
    meaning: str = Field(description="The same in a sentence; may be empty.")
    url: str


class VersionOut(Schema):
    """A version that readers see or saw, with the text that they get of it today."""

    page: int = Field(description="The number of the page.")
    version: int
    digest: str
    status: str = Field(description="published, superseded, reverted")
    corrected: bool = Field(description="Whether its text differs from what was signed, for safety.")
    title: str
    kind: str
    summary: str
    aliases: list[str]
    codes: list[CodeOut]
    text: str
    statements: list[dict[str, Any]] = Field(
        description="As written on the page; `object` is a page’s number."
    )
    retired: str = Field(description="The reason, where this version retires the page.")
    url: str


class SourceSummaryOut(Schema):
    """A bibliographic record."""

    id: int = Field(description="The number of the source.")
    reference: str = Field(description="In Vancouver style.")
    title: str
    year: int | None
    type: TermOut
    identifiers: list[str] = Field(description="As scheme:value.", examples=[["pmid:22327515"]])
    verified: bool = Field(description="Whether somebody compared the record with the work.")
    notices: list[str] = Field(description="retraction, concern, correction: later notices of the journal")
    url: str


class SourceRecordOut(SourceSummaryOut):
    """A bibliographic record in full."""

    csl: dict[str, Any] = Field(description="CSL-JSON.")
    checked_how: str = Field(description="How somebody compared the record with the work; may be empty.")


class PersonOut(Schema):
    """A contributor, as readers see them."""

    name: str
    username: str = Field(description="The last part of the address.")
    profession: str = Field(description="“(not verified)” where only they say so.")
    orcid: str = Field(description="May be empty.")
    about: str = Field(description="What they say of themselves; may be empty.")
    url: str


class HitOut(PageSummaryOut):
    """A page that a search found."""

    excerpt: str = Field(description="The sentence that fits best.")


def _field(one: StatementField) -> Any:
    match one.value_type:
        case ValueType.PAGE:
            return (LinkOut, Field(description="The page that it is about."))
        case ValueType.RELATION:
            return (RelationOut, Field(description="How the subject is to the object."))
        case ValueType.SOURCES:
            return (list[SourceSummaryOut], Field(description="Its sources."))
        case ValueType.CHOICE:
            told = f"{one.label}. null where readers are shown none."
            return (TermOut | None, Field(description=told, examples=[_first_choice(one)]))
    return (str, Field(description=f"{one.label}. May be empty."))


def _first_choice(one: StatementField) -> dict[str, str]:
    values = [value for value in one.choices.values if value] if one.choices else []
    return {"id": values[0], "label": one.in_words(values[0])} if values else {}


class RelationOut(TermOut):
    """A relation, as each end words it."""

    inverse_label: str = Field(description="The same, told from the object.", examples=["Caused by"])


# The fields of a statement are listed in one place; this follows it.
StatementOut = create_model(
    "StatementOut",
    __base__=Schema,
    __doc__="One statement between two published pages.",
    id=(int, Field(description="Of the row. It changes when the page is published anew.")),
    subject=(LinkOut, Field(description="The page that makes the statement.")),
    **{one.name: _field(one) for one in STATEMENT_FIELDS},
    frequency_low=(
        float | None,
        Field(description="The lowest share that the frequency tells, in per cent."),
    ),
    frequency_high=(float | None, Field(description="The highest share, in per cent.")),
    premise_changed_at=(
        dt.datetime | None,
        Field(description="A premise changed; it is being checked again."),
    ),
)


class ListedOut(Schema):
    """What all lists have."""

    next: str | None = Field(description="The address of the next part; null at the end.")


class PagesOut(ListedOut):
    """Published pages."""

    items: list[PageSummaryOut]


class VersionsOut(ListedOut):
    """When which version was published."""

    items: list[PublishedOut]


class StatementsOut(ListedOut):
    """Statements."""

    items: list[StatementOut]  # type: ignore[valid-type]  # made from the table of fields


class SourcesOut(ListedOut):
    """Sources."""

    items: list[SourceSummaryOut]


class PeopleOut(ListedOut):
    """Contributors."""

    items: list[PersonOut]


class HitsOut(ListedOut):
    """What a search found, best first."""

    query: str = Field(description="What was searched for, in one line.")
    instead: str = Field(description="The question with corrected spelling, if that was searched for.")
    items: list[HitOut]


class ChangedPageOut(Schema):
    """The page that a change is about."""

    id: int = Field(description="The number of the page. It never changes.")
    title: str = Field(description="As it is called now; “Page 12” while readers see none of it.")
    url: str = Field(description="Empty while readers see none of it.")


class ChangedSourceOut(Schema):
    """The source that a change is about."""

    id: int = Field(description="The number of the source.")
    url: str


class ChangeOut(Schema):
    """One change of what readers see."""

    position: str = Field(description="Its place among all changes.", examples=["0-4211-97"])
    at: dt.datetime
    act: str = Field(description="What was done, for programs.", examples=["approve"])
    act_in_words: str = Field(description="The same as readers read it.", examples=["Approved and published"])
    page: ChangedPageOut | None = Field(description="null: it is about no single page.")
    version: int | None = Field(description="null: it is about no single version.")
    source: ChangedSourceOut | None = Field(description="null: it is about no source.")
    by: str = Field(description="Who did it.")
    reason: str = Field(description="Their reason; may be empty.")
    is_recall: bool = Field(
        description="Corrected for safety, reverted, or a source retracted: do not rely on what was."
    )


class ChangesOut(Schema):
    """Changes, in the order in which they were committed."""

    items: list[ChangeOut]
    position: str = Field(description="Where you have got to. Send it as `since`.", examples=["0-4211-97"])
    next: str | None = Field(description="The address of what follows at once; null when you have all.")


class RestingOut(Schema):
    """What a page says that rests on a retracted source."""

    page: str = Field(description="The title of the page.", examples=["Hypoparathyroidism"])
    url: str
    words: str = Field(description="A sentence of its text, or a statement in words.")
    has_others: bool = Field(description="It rests on other works too.")


class RecallOut(ChangeOut):
    """What readers were told and must not rely on any more."""

    struck: list[str] = Field(
        description="What was corrected, or what a version said that was reverted: as sentences."
    )
    is_hidden: bool = Field(
        description="The words stand in a text that nobody may read, so they are not told."
    )
    is_lifted: bool = Field(
        description="It holds no longer: the passage was right, or the source is not retracted."
    )
    reference: str = Field(description="The source that was retracted; may be empty.")
    resting: list[RestingOut] = Field(description="What pages say on that source now.")


class RecallsOut(ListedOut):
    """Recalls, newest first."""

    items: list[RecallOut]
