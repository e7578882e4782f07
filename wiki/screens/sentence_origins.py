"""Sentences of a published page: in which version each was first published, by whom, and who approved it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from wiki.models import Page, Publication
from wiki.published.redaction import as_read
from wiki.screens.history import PublishedVersion, versions_of
from wiki.text.document import Document
from wiki.text.markdown.blocks import UNSEEN, blocks_of
from wiki.text.normal_form import normal
from wiki.text.sentences import sentences

# The most versions that are looked through.
LONGEST: Final = 100


class _Place(NamedTuple):
    """Where a sentence stands: its headings, with its words in normal form."""

    headings: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class SentenceOrigin:
    """One sentence. `written` first published its words, `placed` first published them where they stand.

    Both are of the present run: what readers did not get for a while counts from when it came back. Neither
    is there for what stands in place of a passage that was corrected for safety.
    """

    sentence: str
    section: str
    written: PublishedVersion | None
    placed: PublishedVersion | None
    # Whether older versions may have it, which were not looked through.
    is_older: bool

    @property
    def has_moved(self) -> bool:
        """Return whether the words stood elsewhere before."""
        return self.written != self.placed


def sentence_origins(page: Page) -> list[SentenceOrigin]:
    """Return the origin of each sentence that readers see, in the order of reading; none without a text."""
    publications = list(Publication.objects.of_page(page).with_texts()[:LONGEST])
    if not publications or publications[0].until is not None:
        return []
    versions = versions_of(page, publications)
    shown = list(_sentences(as_read(publications[0].revision.document, page.pk)))
    # For each sentence how many of the newest versions have it without a break: its words, and its place.
    words, places = _Runs([place.words for _, place in shown]), _Runs([place for _, place in shown])
    for one in publications:
        said = [place for _, place in _sentences(one.revision.document)]
        words.go_on({place.words for place in said})
        places.go_on(set(said))
        if not words.going:
            break
    return [
        SentenceOrigin(
            sentence,
            place.headings[-1] if place.headings else "",
            _first(versions, words.lengths[place.words]),
            _first(versions, places.lengths[place]),
            is_older=words.lengths[place.words] == LONGEST,
        )
        for sentence, place in shown
    ]


class _Runs[Key: (str, _Place)]:
    """How many versions in a row have each of some sentences, from the newest on."""

    def __init__(self, keys: Sequence[Key]) -> None:
        """Begin with all of them."""
        self.going: set[Key] = set(keys)
        self.lengths: dict[Key, int] = dict.fromkeys(keys, 0)

    def go_on(self, said: set[Key]) -> None:
        """Take the sentences of the next older version."""
        self.going &= said
        for one in self.going:
            self.lengths[one] += 1


def _first(versions: Sequence[PublishedVersion], length: int) -> PublishedVersion | None:
    return versions[length - 1] if length else None


def _sentences(document: Document) -> Iterator[tuple[str, _Place]]:
    """Yield the sentences of the summary, then of each block but its headings, with their places.

    The row of a table counts as one.
    """
    for one in sentences(document.summary):
        yield one, _Place((), f": {normal(one)}")
    for block in blocks_of(document.body):
        if block.is_heading or block.kind in UNSEEN:
            continue
        row = " | ".join(block.words.split("\n")) if block.cells else ""
        for one in [row] if row else sentences(block.words):
            yield one, _Place(block.headings, normal(one))
