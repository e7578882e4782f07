"""Loads of page files: checked as a whole, then published in parts, so that a load may be of any size.

A load of few pages is one transaction. Of a larger one every page is checked before the first is written;
then each part is a transaction of its own, and nobody waits for long. A load that was killed is run again:
what was published stays, the rest follows, and links between the parts are brought up to date at the end.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import batched
from typing import Final

from django.db import transaction

from wiki.acts.library import sources
from wiki.acts.reviewing import loading
from wiki.acts.reviewing.loading import RefusedPage
from wiki.audit import log
from wiki.importing.front_matter import STARTER, FiledSource, PageFile
from wiki.importing.pages import is_same_file
from wiki.importing.pictures import PictureFolder
from wiki.importing.refused_lines import located
from wiki.mail import notices
from wiki.models import Address, Origin, Publication, Revision, User
from wiki.models.locks import PartSize, in_short_parts, lock_names, lock_site
from wiki.policy.checks.load_stops import Beside
from wiki.policy.checks.subject import Cited
from wiki.policy.refusal import NotReady, Problem, Refused
from wiki.published.neighbours import relink_left_over
from wiki.text.canonical_json import digest_of
from wiki.text.document import Document, Retirement, Row
from wiki.text.markdown.parser import each_parsed_once
from wiki.text.slugs import slug_of
from wiki.text.sources.identifiers import Identifier

Progress = Callable[[int, int, str], None]

# How many pages are published in one transaction at most.
AT_ONCE: Final = 100


@dataclass(frozen=True)
class Loaded:
    """The result of an import: how many pages were published, and which stay as people left them."""

    pages: int
    left: list[str]


def load(
    files: Sequence[PageFile],
    *,
    note: str,
    by: User | None = None,
    progress: Progress | None = None,
    pictures: PictureFolder | None = None,
) -> Loaded:
    """Publish each page that differs from the published version, and add the pictures beside the files.

    Nobody signs: readers are told that no clinician has reviewed it, whatever the file says of where it came
    from. What people have approved or reviewed here stays as it is and is named. Raises `Refused`, with the
    page's title in front, its file and the line, when the rules turn a page away: then nothing is loaded.
    """
    loading.refuse_loader(by)
    run = _Loading(files, note, by, progress or (lambda *_: None), pictures or PictureFolder(None))
    try:
        return run.run()
    except RefusedPage as refused:
        raise Refused(located(run.file_of(refused.title), refused)) from refused


@dataclass
class _Plan:
    """What is known of all files of a load: little of each, so that it fits in memory."""

    # By address: the title, the kind, whether it is retired, and the place among the files.
    titles: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)
    places: dict[str, int] = field(default_factory=dict)
    # Titles of pages that statements and retirements name.
    named: set[str] = field(default_factory=set)
    sources: dict[str, Cited] = field(default_factory=dict)

    def add(self, place: int, file: PageFile) -> None:
        """Note a file; raise `Refused` for a second one with the same address."""
        slug = slug_of(file.title)
        if slug in self.places:
            raise Refused(f"“{self.titles[slug]}” and “{file.title}” would have the same address.")
        self.places[slug], self.titles[slug], self.kinds[slug] = place, file.title, file.kind
        if file.retired:
            self.retired.add(slug)
        self.named |= _pages_named(file)
        for one in file.sources:
            cited = Cited(
                one.type, sources.year_of(one.csl), one.checked == "full", str(one.csl.get("title", ""))
            )
            self.sources |= dict.fromkeys(_new_source(one).keys, cited)

    @property
    def in_turn(self) -> list[str]:
        """Return the addresses in the order in which they are loaded: what is retired comes last."""
        return sorted(self.places, key=lambda slug: (slug in self.retired, self.places[slug]))


class _Loading:
    """One run of a load."""

    def __init__(
        self,
        files: Sequence[PageFile],
        note: str,
        by: User | None,
        progress: Progress,
        pictures: PictureFolder,
    ) -> None:
        self._files, self._note, self._by, self._progress = files, note, by, progress
        self._pictures = pictures
        self._plan = _Plan()
        for place, file in enumerate(files):
            self._plan.add(place, file)
        self._owners: dict[str, int] = {}
        self._left: list[str] = []

    def run(self) -> Loaded:
        """Load the files in one transaction, or in parts."""
        with notices.silence():
            try:
                loaded = self._in_parts() if len(self._files) > AT_ONCE else self._at_once()
            except Exception:
                self._pictures.delete_unused_files()
                raise
            self._relink()
        return Loaded(len(loaded), self._left)

    def _at_once(self) -> list[str]:
        with transaction.atomic():
            self._lock()
            self._pictures.add()
            wanted = self._begin(self._to_load())
            self._publish(wanted, 0, len(wanted), relinks=True)
        return wanted

    def _in_parts(self) -> list[str]:
        wanted = self._to_load()
        total = 2 * len(wanted)
        self._check(wanted, total)
        with transaction.atomic():
            self._lock()
            self._pictures.add()
            wanted = self._begin(wanted)
        done = len(wanted)
        for part in in_short_parts(wanted, AT_ONCE):
            with transaction.atomic():
                self._lock()
                self._publish(part, done, total, relinks=False)
            done += len(part)
        return wanted

    def _lock(self) -> None:
        lock_site()
        lock_names(exclusive=True)

    def _to_load(self) -> list[str]:
        """Return the addresses whose text differs, and note the pages that stay as people left them."""
        self._owners = _owners({*self._plan.places}, self._plan.named)
        there = Address.objects.owners({*self._plan.places})
        free = loading.may_replace(set(there.values()))
        wanted = []
        for part in batched(self._plan.in_turn, AT_ONCE):
            same = self._published([slug for slug in part if slug in there])
            for slug in part:
                if slug not in there or (slug not in same and there[slug] in free):
                    wanted.append(slug)
                elif slug not in same:
                    self._left.append(self._plan.titles[slug])
        return wanted

    def _published(self, slugs: Collection[str]) -> set[str]:
        """Return those of some addresses whose published page says what the file says."""
        live = Publication.objects.open_of({self._owners[slug] for slug in slugs}).select_related("revision")
        by_page = {one.page_id: one for one in live} if slugs else {}
        return {
            slug
            for slug in slugs
            if (one := by_page.get(self._owners[slug]))
            and one.revision.slug == slug
            and self._says_same(one, self._file(slug))
        }

    def _says_same(self, live: Publication, file: PageFile) -> bool:
        try:
            if _document(file, self._owners).digest() == live.revision.digest:
                return True
        except Refused:
            return False
        return is_same_file(live, file)

    def file_of(self, title: str) -> PageFile:
        """Return the file of a page."""
        return self._file(slug_of(title))

    def _file(self, slug: str) -> PageFile:
        return self._files[self._plan.places[slug]]

    def _check(self, wanted: Sequence[str], total: int) -> None:
        """Refuse the load for the first page that the rules turn away, before any is written."""
        new = (slug for slug in self._plan.places if slug not in self._owners)
        expected = self._owners | {slug: -number for number, slug in enumerate(new, start=1)}
        beside = self._beside(expected)
        beside.sources |= self._plan.sources
        beside.pictures |= self._pictures.depicted
        done = 0
        for part in batched(wanted, AT_ONCE):
            with each_parsed_once():
                loading.check([self._text(slug, expected) for slug in part], beside)
            done += len(part)
            self._progress(done, total, self._plan.titles[part[-1]])

    def _beside(self, owners: Mapping[str, int]) -> Beside:
        """Return what the load publishes, for the rules that ask for other pages."""
        plan = self._plan
        found = Beside()
        for slug in plan.places:
            if slug in owners:
                found.kinds[owners[slug]], found.titles[owners[slug]] = plan.kinds[slug], plan.titles[slug]
                if slug not in plan.retired:
                    found.shown.add(owners[slug])
        return found

    def _begin(self, wanted: list[str]) -> list[str]:
        """Give each new page its address, and log the load as such: who answers for it, and for what."""
        if wanted:
            self._owners = _owners({*self._plan.places}, self._plan.named)
            new = [slug for slug in wanted if slug not in self._owners]
            self._owners |= loading.begin_pages(new, by=self._by)
            titles = [self._plan.titles[slug] for slug in wanted]
            digest = digest_of(sorted(titles))
            log.write("load_folder", by=self._by, pages=len(wanted), titles=digest, note=self._note)
        return wanted

    def _publish(self, part: Sequence[str], done: int, total: int, *, relinks: bool) -> None:
        files = [self._file(slug) for slug in part]
        self._add_sources(files)
        texts = [self._text(slug, self._owners) for slug in part]
        loading.publish_all(texts, beside=self._beside(self._owners), relinks=relinks)
        for place, slug in enumerate(part, start=done + 1):
            self._progress(place, total, self._plan.titles[slug])

    def _add_sources(self, files: Sequence[PageFile]) -> None:
        works = []
        for file in files:
            for place, one in enumerate(file.sources):
                works.append(work := _new_source(one))
                try:
                    work.refuse_unfit()
                except Refused as refusal:
                    told = f"Source “{next((each.key for each in work.ids), place + 1)}”: {refusal}"
                    raise RefusedPage(file.title, NotReady([Problem(f"sources-{place}", told)])) from refusal
        sources.add_from_files(works)

    def _text(self, slug: str, owners: Mapping[str, int]) -> loading.LoadedText:
        file = self._file(slug)
        origin = Origin.STARTER if file.review == STARTER else Origin.IMPORT
        what = loading.Load(origin, self._note, self._by)
        with _named(file.title):
            return loading.LoadedText(owners[slug], _document(file, owners), what)

    def _relink(self) -> None:
        """Lead links between the parts to what they name, also after an earlier run that was killed."""
        last: int | None = 0
        size = PartSize(AT_ONCE)
        while last is not None:
            with size.timed() as at_once, transaction.atomic():
                lock_names(exclusive=True)
                last = relink_left_over(last, at_once)


def ever_published(titles: Collection[str]) -> set[str]:
    """Return those of some titles whose address was ever that of a published page."""
    slugs = {slug_of(title): title for title in titles}
    there = Publication.objects.filter(page__addresses__slug__in=slugs)
    return {slugs[slug] for slug in there.values_list("page__addresses__slug", flat=True) if slug in slugs}


@contextmanager
def _named(title: str) -> Iterator[None]:
    """Prefix refusals with the page's title."""
    try:
        yield
    except Refused as refusal:
        raise RefusedPage(title, refusal) from refusal


def _new_source(filed: FiledSource) -> sources.NewSource:
    ids = tuple(Identifier(scheme, value) for scheme, value in filed.ids)
    return sources.NewSource(ids, filed.csl, filed.type, checked=filed.checked, checked_how=filed.checked_how)


def _owners(slugs: Collection[str], titles: Collection[str]) -> dict[str, int]:
    """Return the page at each address that some file has or mentions."""
    submitted = Revision.objects.filter(title__in=titles).order_by("-pk").values_list("title", "page_id")
    owners = {slug_of(title): page_id for title, page_id in submitted}
    return owners | Address.objects.owners({*slugs, *map(slug_of, titles)})


def _pages_named(file: PageFile) -> set[str]:
    """Return the titles of the other pages that a file names."""
    into = file.retired.replaced_by if file.retired else ""
    return {*(one.page for one in file.statements), *([into] if into else [])}


def _document(file: PageFile, owners: Mapping[str, int]) -> Document:
    """Return the document of a file; `owners` has the pages that it names."""
    return Document(
        title=file.title,
        kind=file.kind,
        summary=file.summary,
        aliases=file.aliases,
        codes=file.codes,
        body=file.body,
        statements=tuple(_rows(file, owners)),
        retirement=_retirement(file, owners),
    )


def _rows(file: PageFile, owners: Mapping[str, int]) -> Iterator[Row]:
    for one in file.statements:
        if (page_id := owners.get(slug_of(one.page))) is None:
            raise Refused(f"there is no page named “{one.page}”.")
        yield replace(one.row, object=page_id)


def _retirement(file: PageFile, owners: Mapping[str, int]) -> Retirement | None:
    if file.retired is None:
        return None
    into = file.retired.replaced_by
    if into and slug_of(into) not in owners:
        raise Refused(f"there is no page named “{into}”.")
    return Retirement(file.retired.reason, owners[slug_of(into)] if into else None)
