"""Import and export of folders of page files. Imported pages are published as unreviewed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from wiki.acts.library import sources
from wiki.acts.reviewing import loading
from wiki.domain.origins import UNREVIEWED
from wiki.importing import pictures
from wiki.importing.front_matter import (
    IN_DUMP,
    STARTER,
    BadFile,
    FiledRetirement,
    FiledSource,
    FiledStatement,
    PageFile,
    decoded,
    dumps,
    loads,
)
from wiki.mail import notices
from wiki.models import Address, Origin, Page, Publication, PublishedPage, Revision, Source, Succession, User
from wiki.models.locks import lock_names, lock_site
from wiki.policy.refusal import Refused
from wiki.published import links
from wiki.published.redaction import as_read
from wiki.text.document import Document, Retirement, Row
from wiki.text.slugs import slug_of
from wiki.text.sources.identifiers import Identifier
from wiki.text.standing import Standing

Progress = Callable[[int, int, str], None]


def read_folder(folder: Path) -> list[PageFile]:
    """Return the pages of a folder and those in it, by file name; raise `BadFile` naming the first bad one.

    What lies in a hidden folder, such as that of a version control, is none of them.
    """
    pages = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix.lower() != ".md" or not path.is_file() or any(part[0] == "." for part in name.parts):
            continue
        try:
            pages.append(loads(decoded(path.read_bytes())))
        except BadFile as error:
            raise BadFile(f"{name}: {error}") from error
    if not pages:
        raise BadFile(f"{folder} holds no page files (*.md).")
    return pages


@dataclass(frozen=True)
class Loaded:
    """The result of an import: how many pages were published, and which stay as people left them."""

    pages: int
    left: list[str]


@transaction.atomic
def load(
    files: Iterable[PageFile], *, note: str, by: User | None = None, progress: Progress | None = None
) -> Loaded:
    """Publish each page that differs from the published version; all of them, or none.

    Nobody signs: readers are told that no clinician has reviewed it, whatever the file says of where it came
    from. What people have approved or reviewed here stays as it is and is named. Raises `Refused`, with the
    page's title in front, when the rules turn a page away.
    """
    pages = _by_slug(files)
    with notices.silence():
        lock_site()
        lock_names(exclusive=True)
        _add_sources(pages)
        wanted, left = _to_load(pages)
        owners = _owners(pages) | {slug: loading.begin_page(by).pk for slug in wanted if wanted[slug] is None}
        in_order = sorted(wanted, key=lambda slug: owners[slug])
        begun = {slug: _begin(pages[slug], owners, slug, note, by) for slug in in_order}
        # What replaces a retired page is published before that one is retired.
        in_turn = sorted(wanted, key=lambda slug: pages[slug].retired is not None)
        opened = {}
        for slug in in_turn:
            with _named(pages[slug]):
                opened[slug] = loading.open_publication(begun[slug][0])
        for done, slug in enumerate(in_turn, start=1):
            with _named(pages[slug]):
                loading.show(opened[slug], begun[slug][1])
            if progress:
                progress(done, len(in_turn), pages[slug].title)
        loading.finish([*opened.values()], by=by)
    return Loaded(len(wanted), left)


def _to_load(pages: dict[str, PageFile]) -> tuple[dict[str, Page | None], list[str]]:
    """Return the page at each address whose text differs (None for a new one), and the pages that stay."""
    wanted: dict[str, Page | None] = {}
    left = []
    for slug, file in pages.items():
        address = Address.objects.filter(slug=slug).select_related("page").first()
        if address is None:
            wanted[slug] = None
        elif not _is_published(slug, file):
            if loading.may_replace(address.page):
                wanted[slug] = address.page
            else:
                left.append(file.title)
    return wanted, left


def _origin(file: PageFile) -> Origin:
    return Origin.STARTER if file.review == STARTER else Origin.IMPORT


def _begin(
    file: PageFile, owners: dict[str, int], slug: str, note: str, by: User | None
) -> tuple[Revision, loading.Load]:
    what = loading.Load(_origin(file), note, by)
    with _named(file):
        return loading.begin(Page.objects.get(pk=owners[slug]), _document(file, owners), what), what


def _by_slug(files: Iterable[PageFile]) -> dict[str, PageFile]:
    pages: dict[str, PageFile] = {}
    for file in files:
        if (first := pages.setdefault(slug_of(file.title), file)) is not file:
            raise Refused(f"“{first.title}” and “{file.title}” would have the same address.")
    return pages


@contextmanager
def _named(file: PageFile) -> Iterator[None]:
    """Prefix refusals with the page's title."""
    try:
        yield
    except Refused as refusal:
        raise Refused(f"{file.title}: {refusal}") from refusal


def was_published(file: PageFile) -> bool:
    """Return whether the title's address was ever given to a page."""
    return Address.objects.filter(slug=slug_of(file.title)).exists()


def _add_sources(pages: dict[str, PageFile]) -> None:
    known = set(Source.objects.by_key(_keys(source for file in pages.values() for source in file.sources)))
    for file in pages.values():
        for source in file.sources:
            keys = _keys([source])
            if known.isdisjoint(keys):
                with _named(file):
                    add_source(source)
            known |= keys


def _keys(filed: Iterable[FiledSource]) -> set[str]:
    return {f"{scheme}:{value}" for source in filed for scheme, value in source.ids}


def _owners(pages: dict[str, PageFile]) -> dict[str, int]:
    """Return the page at each address that some file has or mentions."""
    titles = {title for file in pages.values() for title in _pages_named(file)}
    submitted = Revision.objects.filter(title__in=titles).order_by("-pk").values_list("title", "page_id")
    owners = {slug_of(title): page_id for title, page_id in submitted}
    named = {*pages, *map(slug_of, titles)}
    return owners | dict(Address.objects.filter(slug__in=named).values_list("slug", "page_id"))


def _pages_named(file: PageFile) -> set[str]:
    """Return the titles of the other pages that a file names."""
    into = file.retired.replaced_by if file.retired else ""
    return {*(one.page for one in file.statements), *([into] if into else [])}


def _document(file: PageFile, owners: dict[str, int]) -> Document:
    """Return the document of a file; `owners` has the pages that it names."""
    return replace(_head(file), statements=tuple(_rows(file, owners)), retirement=_retirement(file, owners))


def add_source(source: FiledSource) -> Source:
    """Return the wiki's record of a filed source, adding it when it is new."""
    return sources.add(
        [Identifier(scheme, value) for scheme, value in source.ids],
        source.csl,
        type=source.type,
        by=None,
        checked=source.checked,
        checked_how=source.checked_how,
    )


def _bare(file: PageFile) -> str:
    """Return the content of a file without what it says of a review elsewhere."""
    return dumps(replace(file, review="", approved=""))


def _is_published(slug: str, file: PageFile) -> bool:
    live = Publication.objects.for_files().filter(page__addresses__slug=slug).first()
    return live is not None and live.revision.slug == slug and _bare(_file_of(live)) == _bare(file)


def _head(file: PageFile) -> Document:
    """Return the content of a file without references to other pages, which may not exist yet."""
    return Document(
        title=file.title,
        kind=file.kind,
        summary=file.summary,
        aliases=file.aliases,
        codes=file.codes,
        body=file.body,
    )


def _rows(file: PageFile, owners: dict[str, int]) -> Iterator[Row]:
    for one in file.statements:
        if (page_id := owners.get(slug_of(one.page))) is None:
            raise Refused(f"there is no page named “{one.page}”.")
        yield replace(one.row, object=page_id)


def _retirement(file: PageFile, owners: dict[str, int]) -> Retirement | None:
    if file.retired is None:
        return None
    into = file.retired.replaced_by
    if into and slug_of(into) not in owners:
        raise Refused(f"there is no page named “{into}”.")
    return Retirement(file.retired.reason, owners[slug_of(into)] if into else None)


@dataclass(frozen=True)
class ExportedPage:
    """A published page as a file, and the same without what it says of its review here."""

    name: str
    version: int | None
    digest: str
    file: PageFile

    @property
    def text(self) -> str:
        """Return the text of the file."""
        return dumps(self.file)

    @property
    def text_in_dump(self) -> str:
        """Return the text that is the same in every wiki that has published it."""
        return dumps(replace(self.file, review=IN_DUMP, approved=""))


def export() -> Iterator[ExportedPage]:
    """Yield every published page, A to Z, the retired ones among them."""
    standings = {one.page_id: one.standing for one in PublishedPage.objects.for_lists()}
    for live in sorted(Publication.objects.for_files(), key=lambda one: one.revision.slug):
        file = _exported(live, standings.get(live.page_id))
        yield ExportedPage(f"{live.revision.slug}.md", live.revision.number, live.revision.digest, file)


def export_page(published_page: PublishedPage) -> str:
    """Return one published page as the text of its file."""
    live = Publication.objects.for_files().get(pk=published_page.publication_id)
    return dumps(_exported(live, published_page.standing))


def _exported(live: Publication, told: Standing | None) -> PageFile:
    """Return a page as a file; a retired page has no standing."""
    file = _file_of(live, public=True)
    return replace(file, review=_review(told), approved=_approved(told)) if told else file


def _review(standing: Standing) -> str:
    """Return the value about the whole-page review: when, without names. Signatures stay in this wiki."""
    if standing.whole is None:
        return _lower(standing.unreviewed)
    return f"whole page reviewed on {standing.whole.on.isoformat()}, version {standing.whole.number}"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _approved(standing: Standing) -> str:
    """Return the value about the changes that were approved since."""
    if standing.change is None:
        return ""
    since = f"{standing.changes} change{'s' if standing.changes != 1 else ''}"
    return f"{since}, the last on {standing.change.on.isoformat()}"


def write_folder(folder: Path, files: Mapping[str, str] | None = None) -> int:
    """Write every published page into `folder`, with the pictures they show; return how many pages.

    `files` are their texts by name, if they were made already. Raises `BadFile` when the folder holds page
    files of anything else: they would be taken for ours.
    """
    if files is None:
        files = {one.name: one.text for one in export()}
    folder.mkdir(parents=True, exist_ok=True)
    if others := sorted(path.name for path in folder.glob("*.md") if path.name not in files):
        raise BadFile(f"{folder} holds other page files, such as {others[0]}. Choose an empty folder.")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    pictures.write_folder(folder)
    return len(files)


def _file_of(live: Publication, *, public: bool = False) -> PageFile:
    """Return the page as a file; a `public` one leaves out statements about pages that are not published."""
    revision = live.revision
    document = revision.document
    if public:
        document = as_read(document, revision.page_id)
    titles = _titles({row.object for row in document.statements}, public=public)
    rows = [row for row in document.statements if row.object in titles]
    return PageFile(
        title=document.title,
        kind=document.kind,
        review=_lower(UNREVIEWED[Origin(live.began_with)]),
        summary=document.summary,
        aliases=document.aliases,
        codes=document.codes,
        statements=tuple(FiledStatement.about(row, titles[row.object]) for row in rows),
        sources=tuple(_filed(source) for source in _cited_in_order(document.body, rows)),
        body=document.body,
        retired=_retired(revision.page_id, document.retirement),
    )


def _titles(page_ids: set[int], *, public: bool) -> dict[int, str]:
    newest = Revision.objects.filter(page__in=page_ids).order_by("pk").values_list("page_id", "title")
    publications = Publication.objects.open().filter(page__in=page_ids)
    live = publications.values_list("page_id", "revision__title")
    return dict(live) if public else dict(newest) | dict(live)


def _retired(page_id: int, told: Retirement | None) -> FiledRetirement | None:
    """Return how a page is retired, with the page that readers are led to in the end."""
    if told is None:
        return None
    into = Succession([page_id]).successor_of(page_id)
    return FiledRetirement(told.reason, into.title if into else "")


def _cited_in_order(body: str, rows: Iterable[Row]) -> list[Source]:
    """Return the page's sources as references are numbered: text first, then its statements."""
    named = [key for row in rows for key in row.sources]
    keys = Source.objects.by_key(named)
    wanted = [*links.render_now(body).sources, *(keys[key] for key in named)]
    by_id = Source.objects.with_ids().in_bulk(set(wanted))
    return [by_id[pk] for pk in dict.fromkeys(wanted)]


def _filed(source: Source) -> FiledSource:
    return FiledSource(
        ids=tuple((one.scheme, one.value) for one in source.ids.all()),
        csl=source.csl,
        type=source.type,
        checked=source.checked,
        checked_how=source.checked_how,
    )
