"""Folders of page files, in and out. Reading one ends in acts of people; nothing is published directly."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from wiki.acts.library import sources
from wiki.acts.locking import lock_page
from wiki.acts.reviewing import diff_views, review
from wiki.acts.reviewing.review import Shown
from wiki.acts.writing import drafts as drafts_acts
from wiki.acts.writing import submission
from wiki.acts.writing.submission import checked_impact
from wiki.domain.lifecycle import State
from wiki.importing import pictures
from wiki.importing.front_matter import (
    REVIEWED,
    STARTER,
    BadFile,
    FiledRetirement,
    FiledSource,
    FiledStatement,
    PageFile,
    dumps,
    loads,
)
from wiki.mail import notices
from wiki.models import Address, Origin, Publication, Revision, Source, Succession, User, clock
from wiki.models.locks import lock_names, lock_site
from wiki.policy import reviewer_standing, submission_problems
from wiki.policy.refusal import NotReady, Refused
from wiki.policy.signatures import signatures_of
from wiki.published import links
from wiki.published.redaction import as_read
from wiki.text.document import Code, Document, Retirement, Row
from wiki.text.slugs import slug_of
from wiki.text.sources.identifiers import Identifier

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


@dataclass(frozen=True)
class ImportSummary:
    """What goes to the reviewers with each page; starter content alone may leave its weight open."""

    note: str
    impact: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Loaded:
    """How many pages are in force now that were not, and who still has to sign which others."""

    pages: int
    waiting: dict[str, str]


def load(
    files: Iterable[PageFile],
    *,
    author: User,
    approvers: Sequence[User],
    cover: ImportSummary,
    progress: Progress | None = None,
) -> Loaded:
    """Draft, submit and approve each page that differs from what is in force.

    Each approver signs where their signature is needed; what lacks one then waits. Raises
    `Refused`, with the page's title in front, when the rules turn a page away. What the gate finds
    in any page is found before anything is written. When an act is refused later, the pages before it are
    loaded and the others stay drafts; a second run goes on from there, with what waits too.
    """
    _refuse_people(author, approvers)
    pages = _by_slug(files)
    _refuse_without_impact(pages.values(), cover)
    waiting: dict[str, str] = {}
    with notices.silence():
        drafts = _begin(pages, author, cover.note)
        # What replaces a retired page is in force before that one is retired.
        in_turn = sorted(pages.items(), key=lambda item: item[1].retired is not None)
        for done, (slug, file) in enumerate(in_turn, start=1):
            if slug in drafts:
                with _named(file):
                    missing = _publish(drafts[slug], author=author, approvers=approvers, cover=cover)
                waiting |= {file.title: missing} if missing else {}
            if progress:
                progress(done, len(pages), file.title)
    return Loaded(len(drafts) - len(waiting), waiting)


def _refuse_people(author: User, approvers: Sequence[User]) -> None:
    if author.pk in {one.pk for one in approvers}:
        raise Refused("Nobody approves their own work: author and approver must be two people.")
    for one in approvers:
        if not one.can_review:
            raise Refused(f"{one} may not review. An administrator can grant the role.")


def _refuse_without_impact(files: Collection[PageFile], cover: ImportSummary) -> None:
    """Refuse to load what people reviewed without a word of what it means for a patient."""
    checked_impact(cover.impact, cover.meaning, may_be_open=all(one.review == STARTER for one in files))


def _by_slug(files: Iterable[PageFile]) -> dict[str, PageFile]:
    pages: dict[str, PageFile] = {}
    for file in files:
        if (first := pages.setdefault(slug_of(file.title), file)) is not file:
            raise Refused(f"“{first.title}” and “{file.title}” would have the same address.")
    return pages


@contextmanager
def _named(file: PageFile) -> Iterator[None]:
    """Put the page's title before what is refused."""
    try:
        yield
    except Refused as refusal:
        raise Refused(f"{file.title}: {refusal}") from refusal


def was_published(file: PageFile) -> bool:
    """Return whether the title's address has ever been given to a page."""
    return Address.objects.filter(slug=slug_of(file.title)).exists()


@transaction.atomic
def _begin(pages: dict[str, PageFile], author: User, note: str) -> dict[str, Revision]:
    """Open a draft for every page that is missing or differs: statements name each other's pages."""
    _hold(pages, author)
    _add_sources(pages, author)
    drafts: dict[str, Revision] = {}
    for slug, file in pages.items():
        if not _is_in_force(slug, file):
            with _named(file):
                drafts[slug] = _waiting(slug, file, author) or _draft(slug, file, author)
    owners = _owners(pages, drafts)
    for slug, draft in sorted(drafts.items(), key=lambda one: one[1].page_id):
        if draft.state == State.DRAFT:
            with _named(pages[slug]):
                _fill(draft, pages[slug], owners, note=note)
    return drafts


def _hold(pages: dict[str, PageFile], author: User) -> None:
    """Lock what the folder may write to, before any of it: the site's record, then all pages there are."""
    lock_site()
    known = set(Address.objects.filter(slug__in=pages).values_list("page_id", flat=True))
    begun = Revision.objects.not_yet_in_force().filter(author=author).defer("content")
    known |= {one.page_id for one in begun if one.slug in pages}
    for page_id in sorted(known):
        lock_page(page_id)


def _waiting(slug: str, file: PageFile, author: User) -> Revision | None:
    """Return what an earlier run sent in, word for word as the file says it, and nobody has decided on."""
    # The records of sources are no part of what is signed.
    wanted = dumps(replace(file, sources=()))
    for one in _sent_in(slug, author):
        if dumps(replace(_file_of(one), sources=())) == wanted:
            return one
    return None


def _sent_in(slug: str, author: User) -> list[Revision]:
    """Return what the author sent in under a title with this address and nobody has decided on."""
    waiting = Revision.objects.waiting().filter(author=author).defer("content")
    return [one for one in waiting if one.slug == slug]


def _add_sources(pages: dict[str, PageFile], author: User) -> None:
    known = set(Source.objects.by_key(_keys(source for file in pages.values() for source in file.sources)))
    for file in pages.values():
        for source in file.sources:
            keys = _keys([source])
            if known.isdisjoint(keys):
                with _named(file):
                    add_source(source, by=author)
            known |= keys


def _keys(filed: Iterable[FiledSource]) -> set[str]:
    return {f"{scheme}:{value}" for source in filed for scheme, value in source.ids}


def _owners(pages: dict[str, PageFile], drafts: dict[str, Revision]) -> dict[str, int]:
    """Return the page at each address that some statement names; pages of this folder come first."""
    titles = {title for file in pages.values() for title in _pages_named(file)}
    drafted = Revision.objects.filter(title__in=titles).order_by("-pk").values_list("title", "page_id")
    owners = {slug_of(title): page_id for title, page_id in drafted}
    addresses = Address.objects.filter(slug__in=map(slug_of, titles)).values_list("slug", "page_id")
    return owners | dict(addresses) | {slug: draft.page_id for slug, draft in drafts.items()}


def _pages_named(file: PageFile) -> set[str]:
    """Return the titles of the other pages that a file names."""
    into = file.retired.replaced_by if file.retired else ""
    return {*(one.page for one in file.statements), *([into] if into else [])}


def _document(file: PageFile, owners: dict[str, int]) -> Document:
    """Return all that the file says; `owners` has the pages that it names."""
    return replace(_head(file), statements=tuple(_rows(file, owners)), retirement=_retirement(file, owners))


def _fill(draft: Revision, file: PageFile, owners: dict[str, int], *, note: str) -> None:
    """Save what the file says in the draft, unless the gate would turn it away."""
    document = _document(file, owners)
    found = submission_problems.blocking(document, draft.page_id)
    # The page that replaces a retired one may be among those that are loaded now.
    if found := [one for one in found if one.field != "retirement"]:
        raise NotReady(found)
    if draft.document != document or draft.note != note:
        drafts_acts.save(draft, document, by=draft.author or User(), note=note)


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
    live = Publication.objects.for_files().filter(page__addresses__slug=slug).first()
    return live is not None and live.revision.slug == slug and dumps(_file_of(live.revision)) == dumps(file)


def _draft(slug: str, file: PageFile, author: User) -> Revision:
    """Return the draft that an earlier run left of this page, or begin one."""
    origin = Origin.STARTER if file.review == STARTER else Origin.PERSON
    address = Address.objects.filter(slug=slug).select_related("page").first()
    mine = Revision.objects.drafts_of(author)
    mine = mine.filter(page=address.page) if address else mine.filter(title=file.title)
    for one in mine:
        if replace(one.document, statements=(), retirement=None) == _head(file):
            return one
    if address:
        return drafts_acts.edit(address.page, author=author, document=_head(file), origin=origin)
    if outdated := _outdated(slug, author, origin):
        submission.withdraw(outdated, by=author, reason="The file says something else now.")
        return drafts_acts.resume(outdated, author=author)
    return drafts_acts.propose(_head(file), author=author, origin=origin)


def _outdated(slug: str, author: User, origin: Origin) -> Revision | None:
    """Return what waits of a page that readers never saw: the file's new text goes onto the same page,
    which the statements of others already name.
    """
    waiting = {one.pk for one in _sent_in(slug, author)}
    return Revision.objects.of_new_pages().filter(pk__in=waiting, origin=origin).order_by("pk").first()


def _head(file: PageFile) -> Document:
    """Return what the file says, but for what names other pages: they may not be there yet."""
    return Document(
        title=file.title,
        kind=file.kind,
        summary=file.summary,
        aliases=file.aliases,
        codes=tuple(Code(system, code) for system, code in file.codes),
        body=file.body,
    )


@transaction.atomic
def _publish(draft: Revision, *, author: User, approvers: Sequence[User], cover: ImportSummary) -> str:
    """Send a draft in, unless it waits already, and have it signed; return who still has to sign, or ""."""
    lock_names(exclusive=True)
    revision = submission.submit(draft, by=author, **vars(cover)) if draft.state == State.DRAFT else draft
    shown = Shown(digest=revision.digest, compared_with=_live_id(revision))
    for one in approvers:
        if not signatures_of(revision).why_idle(reviewer_standing.standing_of(one, clock.now())):
            diff_views.open_comparison(revision, by=one)
            if review.approve(revision.pk, by=one, shown=shown):
                return ""
    return signatures_of(revision).still


def _live_id(revision: Revision) -> int | None:
    return Publication.objects.live_ids([revision.page_id]).get(revision.page_id)


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


def export() -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of every page in force, A to Z, the retired ones among them."""
    for live in sorted(Publication.objects.for_files(), key=lambda one: one.revision.slug):
        yield f"{live.revision.slug}.md", dumps(_file_of(live.revision, public=True))


def write_folder(folder: Path) -> int:
    """Write every page in force into `folder`, with the pictures they show; return how many pages.

    Raises `BadFile` when the folder holds page files of anything else: they would be taken for ours.
    """
    files = dict(export())
    folder.mkdir(parents=True, exist_ok=True)
    if others := sorted(path.name for path in folder.glob("*.md") if path.name not in files):
        raise BadFile(f"{folder} holds other page files, such as {others[0]}. Choose an empty folder.")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    pictures.write_folder(folder)
    return len(files)


def _file_of(revision: Revision, *, public: bool = False) -> PageFile:
    """Return the page as a file; a `public` one leaves out statements about pages that are not in force."""
    document = revision.document
    if public:
        document = as_read(document, revision.page_id)
    titles = _titles({row.object for row in document.statements}, public=public)
    rows = [row for row in document.statements if row.object in titles]
    return PageFile(
        title=document.title,
        kind=document.kind,
        review=STARTER if revision.origin == Origin.STARTER else REVIEWED,
        summary=document.summary,
        aliases=document.aliases,
        codes=tuple((code.system, code.code) for code in document.codes),
        statements=tuple(FiledStatement.of(row, titles[row.object]) for row in rows),
        sources=tuple(_filed(source) for source in _cited_in_order(document.body, rows)),
        body=document.body,
        retired=_retired(revision.page_id, document.retirement),
    )


def _titles(page_ids: set[int], *, public: bool) -> dict[int, str]:
    newest = Revision.objects.filter(page__in=page_ids).order_by("pk").values_list("page_id", "title")
    in_force = Publication.objects.open().filter(page__in=page_ids)
    live = in_force.values_list("page_id", "revision__title")
    return dict(live) if public else dict(newest) | dict(live)


def _retired(page_id: int, told: Retirement | None) -> FiledRetirement | None:
    """Return how a page is retired, in favour of the page that readers are led to in the end."""
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
