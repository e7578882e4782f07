"""Loading of what the rules that stop a document need to know, for many documents at once.

Rules that only ask for a look need more; `load` has all of it for a single document.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from wiki.models import ANYBODY, Address, Correction, Image, Name, Page, PublishedPage
from wiki.policy.checks.load import cited_by_key, depicted, kinds_of, titles_of
from wiki.policy.checks.subject import LIMITS, Cited, Depicted, Findings, Namesake, keys_of
from wiki.text.confusables import name_skeleton
from wiki.text.document import Document
from wiki.text.markdown.html import outline
from wiki.text.redaction.passages import holds_passage
from wiki.text.slugs import slug_of


@dataclass(frozen=True)
class ToCheck:
    """A document that is to be published on a page, and the one that it replaces."""

    document: Document
    page_id: int | None
    before: Document | None = None
    is_correction: bool = False

    @property
    def documents(self) -> list[Document]:
        """Return it and what it replaces."""
        return [one for one in (self.document, self.before) if one]


@dataclass
class Beside:
    """What is published together with some documents: the rules take it for there already.

    A document is told of the names of those that come before it in the load.
    """

    kinds: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    sources: dict[str, Cited] = field(default_factory=dict)
    pictures: dict[str, Depicted] = field(default_factory=dict)
    _names: dict[str, list[tuple[int, Namesake]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, page_id: int, document: Document) -> None:
        """Take a page for published."""
        self.kinds[page_id], self.titles[page_id] = document.kind, document.title
        if document.retirement is None:
            self.shown.add(page_id)

    def add_names(self, page_id: int, document: Document) -> None:
        """Take the names of a page for taken."""
        if document.retirement is None:
            for place, name in enumerate((document.title, *document.aliases)):
                found = Namesake(name, document.title, is_title=place == 0)
                self._names[name_skeleton(name)].append((page_id, found))

    def names_like(self, skeleton: str, *, but: int | None) -> list[Namesake]:
        """Return the names of other pages that look alike, titles first."""
        found = [one for page_id, one in self._names.get(skeleton, ()) if page_id != but]
        return sorted(found, key=lambda one: (not one.is_title, one.text))


def load_stops(asked: Sequence[ToCheck], *, beside: Beside | None = None) -> Iterator[Findings]:
    """Yield the input of the rules that stop each document. The number of queries does not grow with them."""
    beside = beside or Beside()
    known = _Known(asked, beside)
    for one in asked:
        yield known.findings(one)
        if one.page_id is not None:
            beside.add_names(one.page_id, one.document)


class _Known:
    """What the wiki has of what some documents name."""

    def __init__(self, asked: Sequence[ToCheck], beside: Beside) -> None:
        """Load it."""
        documents = [document for one in asked for document in one.documents]
        rows = [row for document in documents for row in document.statements]
        named = {row.object for row in rows}
        self._beside = beside
        self._names = _names_like({look for one in documents for look in _looks(one)}, but=beside.titles)
        self._taken = Address.objects.owners({_slug(one.document) for one in asked})
        self._sources = cited_by_key({key for one in documents for key in keys_of(one)}) | beside.sources
        self._kinds = kinds_of(named) | beside.kinds
        self._titles = _WhenAsked(named, beside.titles)
        texts = [outline(one.body[: LIMITS["body"]]) for one in documents]
        shown = {one.name for text in texts for one in text.images}
        self._pictures = beside.pictures | depicted(Image.objects.by_name(shown))
        replacing = {one.retirement.replaced_by or 0 for one in documents if one.retirement}
        self._shown = Page.objects.published().known(replacing - {0}) | beside.shown
        pages = {one.page_id for one in asked if one.page_id is not None}
        self._corrections = Correction.objects.in_effect_by_page(pages) if pages else {}

    def findings(self, one: ToCheck) -> Findings:
        """Return what the rules look at in one of the documents."""
        document, page_id = one.document, one.page_id
        into = document.retirement.replaced_by if document.retirement else None
        owner = self._taken.get(_slug(document), page_id)
        return Findings(
            document=document,
            before=one.before,
            page_id=page_id,
            title_taken=owner != page_id,
            title_owner=_published_title(owner) if owner and owner != page_id else "",
            title_owner_is_retired=owner != page_id and Page.objects.is_retired_at(_slug(document)),
            namesakes={
                look: self._namesakes(look, page_id) for each in one.documents for look in _looks(each)
            },
            sources=self._sources,
            kinds=self._kinds,
            titles=self._titles,
            pictures=self._pictures,
            can_replace=into is None or into in self._shown,
            corrected=[
                (fix.passage, timezone.localdate(fix.seconded_at))
                for fix in self._corrections.get(page_id or 0, ())
                if holds_passage(document, fix.passage)
            ],
            today=timezone.localdate(),
            is_correction=one.is_correction,
        )

    def _namesakes(self, look: str, page_id: int | None) -> list[Namesake]:
        published = [name for owner, name in self._names.get(look, ()) if owner != page_id]
        return [*published, *self._beside.names_like(look, but=page_id)]


def _looks(document: Document) -> set[str]:
    return {name_skeleton(name) for name in (document.title, *document.aliases)} - {""}


def _slug(document: Document) -> str:
    return slug_of(document.title) if document.title.strip() else ""


def _published_title(page_id: int) -> str:
    """Return the title by which readers know a page; "" if they know none."""
    return next((title for _, _, title in PublishedPage.objects.named([page_id])), "")


def _names_like(skeletons: Collection[str], *, but: Collection[int]) -> dict[str, list[tuple[int, Namesake]]]:
    """Return the names of published pages, but some, that look like one of these; each with its page."""
    rows = Name.objects.published_like([*skeletons]) if skeletons else ()
    found: dict[str, list[tuple[int, Namesake]]] = defaultdict(list)
    for skeleton, page_id, text, rank, title in rows:
        if page_id not in but:
            found[skeleton].append((page_id, Namesake(text, title, is_title=rank != 1)))
    return found


class _WhenAsked(dict[int, str]):
    """Titles of pages, read when the first one is asked for: only a problem names them."""

    def __init__(self, page_ids: set[int], known: Mapping[int, str]) -> None:
        """Hold which pages they are, and the titles that are known already."""
        super().__init__()
        self._ids, self._known = page_ids, known

    def __missing__(self, page_id: int) -> str:
        """Return the title of a page; of one that is not known yet the titles of all are read."""
        if page_id in self._known:
            return self._known[page_id]
        read = titles_of(self._ids, reader=ANYBODY)
        self.update(read)
        return read[page_id]
