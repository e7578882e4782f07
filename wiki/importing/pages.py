"""Folders of page files: read, and written from what is published."""

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, overload
from weakref import finalize

from wiki.domain.origins import UNREVIEWED
from wiki.importing import pictures, present_citations
from wiki.importing.front_matter import (
    IN_DUMP,
    FiledRetirement,
    FiledSource,
    FiledStatement,
    PageFile,
    decoded,
    dumps,
    loads,
)
from wiki.importing.yaml_words import BadFile
from wiki.models import Origin, Publication, PublishedPage, Revision, Source, Succession
from wiki.published import links
from wiki.published.redaction import as_read
from wiki.text.document import Retirement, Row
from wiki.text.slugs import slug_of
from wiki.text.standing import Standing

_MEND: Final = "Change one of the titles, or delete one of the files."


class PageFolder(Sequence[PageFile]):
    """The pages of a folder and those in it, by file name: each file is read once, none kept in memory.

    What lies in a hidden folder, such as that of a version control, is none of them.
    """

    def __init__(self, folder: Path) -> None:
        """Read the folder; raise `BadFile` naming the first bad file."""
        # Where each page begins in a file that is gone with this object.
        self._places: list[int] = []
        self._kept = TemporaryFile()  # noqa: SIM115
        finalize(self, self._kept.close)
        # Files that look like pages and have another ending, and links that are not followed.
        self.unread: list[str] = []
        self.links: list[str] = []
        named: dict[str, str] = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            hidden = any(part[0] == "." for part in name.parts)
            if hidden or not path.is_file():
                # A link to a folder may lead into the folder that is read; one to nothing has no text.
                if path.is_symlink() and not hidden:
                    self.links.append(str(name))
                continue
            if path.suffix.lower() != ".md":
                if _looks_like_a_page(path):
                    self.unread.append(str(name))
                continue
            try:
                page = replace(loads(decoded(path.read_bytes())), path=path.absolute(), name=str(name))
                if (first := named.setdefault(slug_of(page.title), str(name))) != str(name):
                    raise BadFile(f"“{page.title}” would have the address of the page in {first}. {_MEND}")
            except BadFile as error:
                raise BadFile(f"{name}: {error}") from error
            self._places.append(self._kept.tell())
            pickle.dump(page, self._kept, pickle.HIGHEST_PROTOCOL)
        if not self._places:
            raise BadFile(f"{folder} holds no page files (*.md).")

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> PageFile: ...

    @overload
    def __getitem__(self, place: slice) -> list[PageFile]: ...

    def __getitem__(self, place: int | slice) -> PageFile | list[PageFile]:
        """Return the page at a place, or those of some places."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        self._kept.seek(self._places[place])
        page: PageFile = pickle.load(self._kept)  # noqa: S301  # our own
        return page


_MARKDOWN: Final = frozenset([".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".mdtext", ".mdx"])


def _looks_like_a_page(path: Path) -> bool:
    """Return whether a file has another ending of Markdown, or begins as a page does."""
    if path.suffix.lower() in (".yaml", ".yml"):
        return False
    with path.open("rb") as file:
        begin = file.read(8).removeprefix(b"\xef\xbb\xbf")
    return path.suffix.lower() in _MARKDOWN or begin.startswith((b"---\n", b"---\r\n"))


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
    document = present_citations.with_present_keys(document)
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
    live = dict(Publication.objects.open_of(page_ids).values_list("page_id", "revision__title"))
    if public or not (others := page_ids - live.keys()):
        return live
    newest = Revision.objects.filter(page__in=others).order_by("pk").values_list("page_id", "title")
    return dict(newest) | live


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


def is_same_file(live: Publication, file: PageFile) -> bool:
    """Return whether a live version is exported as a file, but for what that says of a review elsewhere."""
    return _bare(_file_of(live)) == _bare(file)


def _bare(file: PageFile) -> str:
    """Return the content of a file without what it says of a review elsewhere."""
    return dumps(replace(file, review="", approved=""))
