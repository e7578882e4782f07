"""Folders of page files, in and out. Reading one ends in acts of people; nothing is published directly."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from wiki import workflow
from wiki.importing.front_matter import (
    REVIEWED,
    STARTER,
    BadFile,
    FiledSource,
    FiledStatement,
    PageFile,
    dumps,
    loads,
)
from wiki.models import Address, Origin, Page, Reading, Revision, Source, User
from wiki.text.document import Code, Document, Row
from wiki.text.identifiers import Identifier
from wiki.text.wikilinks import slug_of
from wiki.vocabulary import Kind
from wiki.workflow import notices, sources

Progress = Callable[[int, int, str], None]


def read_folder(folder: Path) -> list[PageFile]:
    """Return the pages of a folder in the order of file names; raise `BadFile` naming the first bad one."""
    pages = []
    for path in sorted(folder.glob("*.md")):
        try:
            pages.append(loads(path.read_text(encoding="utf-8")))
        except BadFile as error:
            raise BadFile(f"{path.name}: {error}") from error
    if not pages:
        raise BadFile(f"{folder} holds no page files (*.md).")
    return pages


def load(
    files: Iterable[PageFile],
    *,
    author: User,
    approver: User,
    note: str,
    progress: Progress | None = None,
) -> int:
    """Draft, submit and approve each page that differs from what is in force; return how many did.

    Raises `workflow.Refused`, with the page's title in front, when the rules turn a page away. Pages
    before it are loaded; a second run goes on from there.
    """
    files = list(files)
    pages = {slug_of(one.title): one for one in files}
    with notices.silence():
        drafts = _begin(pages, author)
        for done, (slug, file) in enumerate(pages.items(), start=1):
            if slug in drafts:
                _publish(drafts[slug], file, author=author, approver=approver, note=note)
            if progress:
                progress(done, len(pages), file.title)
    return len(drafts)


def was_published(file: PageFile) -> bool:
    """Return whether the title's address has ever been given to a page."""
    return Address.objects.filter(slug=slug_of(file.title)).exists()


def _begin(pages: dict[str, PageFile], author: User) -> dict[str, Revision]:
    """Open a draft for every page that is missing or differs: statements name each other's pages."""
    for file in pages.values():
        for source in file.sources:
            add_source(source, by=author)
    drafts: dict[str, Revision] = {}
    for slug, file in pages.items():
        if _is_in_force(slug, file):
            continue
        drafts[slug] = _draft(slug, file, author)
    return drafts


def add_source(source: FiledSource, *, by: User) -> Source:
    """Return the wiki's record of a filed source, adding it when it is new."""
    return sources.add(
        [Identifier(scheme, value) for scheme, value in source.ids],
        source.csl,
        type=source.type,
        by=by,
        checked=source.checked,
        checked_how=source.checked_how,
    )


def _is_in_force(slug: str, file: PageFile) -> bool:
    reading = Reading.objects.filter(slug=slug).select_related("publication__revision").first()
    return reading is not None and dumps(_file_of(reading)) == dumps(file)


def _draft(slug: str, file: PageFile, author: User) -> Revision:
    origin = Origin.STARTER if file.review == STARTER else Origin.PERSON
    address = Address.objects.filter(slug=slug, page__reading__isnull=False).select_related("page").first()
    if address is not None:
        return workflow.edit(address.page, author=author, document=_head(file), origin=origin)
    unfinished = Revision.objects.drafts_of(author).filter(title=file.title, page__reading=None).first()
    return unfinished or workflow.propose(_head(file), author=author, origin=origin)


def _head(file: PageFile) -> Document:
    """Return what the file says, but for statements: their pages may not be there yet."""
    return Document(
        title=file.title,
        kind=Kind(file.kind).value,
        summary=file.summary,
        aliases=file.aliases,
        codes=tuple(Code(system, code) for system, code in file.codes),
        body=file.body,
    )


def _publish(draft: Revision, file: PageFile, *, author: User, approver: User, note: str) -> None:
    try:
        document = Document(**{**vars(_head(file)), "statements": tuple(_rows(file))})
        workflow.save(draft, document, by=author, note=note)
        revision = workflow.submit(draft, by=author, note=note)
        parent = revision.parent_id
        shown = workflow.Shown(digest=document.digest(), compared_with=parent)
        workflow.approve(revision.pk, by=approver, shown=shown)
    except workflow.Refused as refusal:
        raise workflow.Refused(f"{file.title}: {refusal}") from refusal


def _rows(file: PageFile) -> Iterator[Row]:
    for one in file.statements:
        yield Row(
            relation=one.relation,
            object=_page_named(one.page).pk,
            stance=one.stance,
            grade=one.grade,
            basis=one.basis,
            note=one.note,
            sources=one.sources,
        )


def _page_named(title: str) -> Page:
    """Return the page at the title's address, else the one that somebody is drafting under that title."""
    slug = slug_of(title)
    if address := Address.objects.filter(slug=slug).select_related("page").first():
        return address.page
    if draft := Revision.objects.filter(title=title).select_related("page").order_by("pk").first():
        return draft.page
    raise workflow.Refused(f"there is no page named “{title}”.")


def export() -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of every page in force, A to Z."""
    for reading in Reading.objects.a_to_z().select_related("publication__revision"):
        yield f"{reading.slug}.md", dumps(_file_of(reading))


def _file_of(reading: Reading) -> PageFile:
    document = reading.publication.revision.document
    titles = _titles({row.object for row in document.statements})
    return PageFile(
        title=document.title,
        kind=document.kind,
        review=STARTER if reading.is_starter else REVIEWED,
        summary=document.summary,
        aliases=document.aliases,
        codes=tuple((code.system, code.code) for code in document.codes),
        statements=tuple(
            FiledStatement(
                row.relation, titles[row.object], row.stance, row.grade, row.basis, row.note, row.sources
            )
            for row in document.statements
        ),
        sources=tuple(_filed(source) for source in _cited_in_order(reading, document)),
        body=document.body,
    )


def _titles(page_ids: set[int]) -> dict[int, str]:
    newest = Revision.objects.filter(page__in=page_ids).order_by("pk").values_list("page_id", "title")
    live = Reading.objects.filter(page__in=page_ids).values_list("page_id", "title")
    return dict(newest) | dict(live)


def _cited_in_order(reading: Reading, document: Document) -> list[Source]:
    """Return the page's sources as references are numbered: text first, then its statements."""
    keys = Source.objects.by_key(key for row in document.statements for key in row.sources)
    wanted = [*reading.cited, *(keys[key] for row in document.statements for key in row.sources)]
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
