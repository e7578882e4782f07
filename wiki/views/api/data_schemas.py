"""What the answers on data sets and on the links between pages look like."""

from ninja import Field, Schema

from wiki.views.api.schemas import ListedOut


class DataSetOut(Schema):
    """A published data set in the release that readers are shown, and what its licence asks for."""

    id: str = Field(description="The last part of its address.", examples=["hpo"])
    label: str = Field(examples=["Human Phenotype Ontology"])
    release: str = Field(description="Which edition of it.", examples=["2025-01-16"])
    licence: str = Field(examples=["HPO licence"])
    licence_url: str = Field(description="Where the licence can be read; may be empty.")
    notice: str = Field(description="Show this sentence beside what you show of it.")
    citation: str
    url: str = Field(description="Where the data set itself is published.")


class EntryLinkOut(Schema):
    """A finding or a disease of a data set, as others name it."""

    code: str = Field(examples=["HP:0002135"])
    name: str = Field(examples=["Basal ganglia calcification"])
    kind: str = Field(examples=["finding"])
    pages: list[str] = Field(
        description="The slugs of the pages on exactly this subject.",
        examples=[["basal-ganglia-calcification"]],
    )
    url: str


class EntryCodeOut(Schema):
    """The same entry in another list of codes."""

    system: str = Field(description="The list of codes.", examples=["SNOMED CT"])
    code: str
    url: str = Field(description="Where the term can be looked up; may be empty.")


class EntryOut(EntryLinkOut):
    """A finding or a disease of a data set. It is no page of the wiki: nobody here has reviewed it."""

    data_set: DataSetOut
    definition: str = Field(description="May be empty.")
    synonyms: list[str] = Field(description="Other names of it.")
    former_codes: list[str] = Field(description="Codes that it had, or that were merged into it.")
    codes: list[EntryCodeOut]
    credit: str = Field(description="Whom else it is owed to; may be empty.")
    review: str


class DataRowOut(Schema):
    """A row of a data set: what it says of two entries. Nobody here has reviewed it."""

    key: str = Field(description="The same in each release that says the same.")
    data_set: DataSetOut
    subject: EntryLinkOut
    relation: str = Field(description="The id of a relation.", examples=["has_manifestation"])
    label: str = Field(examples=["Can show"])
    object: EntryLinkOut
    denied: bool = Field(description="The row says that this is not so.")
    frequency: str = Field(description="As the data set has it; may be empty.", examples=["12/28"])
    frequency_low: float | None = Field(description="The lowest share that this tells, in per cent.")
    frequency_high: float | None = Field(description="The highest share, in per cent.")
    sources: list[str] = Field(description="As the data set has them.", examples=[["PMID:22327515"]])
    evidence: str = Field(description="The data set’s own code; may be empty.", examples=["PCS"])
    details: dict[str, str] = Field(description="What else it says: onset, sex, who entered it.")
    review: str = Field(examples=["From a data set, not reviewed by a clinician"])
    url: str


class DataSetsOut(ListedOut):
    """Data sets."""

    items: list[DataSetOut]


class DataRowsOut(ListedOut):
    """Rows of data sets."""

    items: list[DataRowOut]


class PlaceOut(Schema):
    """A page of the wiki or an entry of a data set, at the end of a link."""

    title: str = Field(examples=["Hypoparathyroidism"])
    url: str


class NodeOut(PlaceOut):
    """A page or an entry that a name of the question leads to."""

    kind: str = Field(examples=["condition"])
    name: str = Field(description="The slug of the page, or the code of the entry.")
    data_set: str = Field(description="Empty for a page.")


class WorkOut(Schema):
    """What a link rests on."""

    reference: str = Field(description="As a list of references has it.")
    url: str = Field(description="May be empty.")


class StepOut(Schema):
    """A statement of a page, or a row of a data set, read from one of its ends."""

    sentence: str = Field(examples=["Hypoparathyroidism can cause Seizures"])
    start: PlaceOut
    label: str = Field(examples=["can cause"])
    end: PlaceOut
    certainty: str = Field(description="In words; of a data set, that nobody graded it.")
    frequency: str = Field(description="May be empty.")
    note: str = Field(description="May be empty.")
    works: list[WorkOut]
    row: str = Field(description="Where the row stands; empty for a statement of a page.")
    release: str = Field(description="Data set and release; empty for a statement of a page.")


class AnsweredOut(Schema):
    """What all questions about links tell."""

    asked: list[NodeOut] = Field(description="What the names lead to.")
    unknown: list[str] = Field(description="The names that lead nowhere.")
    notes: list[str] = Field(
        description="Why there is no answer, or one about fewer: the same was named twice.", examples=[[]]
    )
    data_sets: list[DataSetOut]


class WayOut(Schema):
    """A way from one to the other."""

    heading: str = Field(description="What it leads through.", examples=["Through Low blood calcium"])
    certainty: str = Field(description="That of its weakest step: it is no surer.")
    steps: list[StepOut]


class LinkedOut(AnsweredOut):
    """How two are linked: the shortest ways first, then the surest."""

    items: list[WayOut]


class InCommonOut(PlaceOut):
    """What some have in common, with the link of each to it."""

    steps: list[StepOut]


class SharedOut(AnsweredOut):
    """What some share: the surest first, then the rarest."""

    items: list[InCommonOut]
