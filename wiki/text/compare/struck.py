"""Words that readers of one version read, and readers of another one do not."""

from collections.abc import Iterator

from wiki.text.compare.block_diff import blocks
from wiki.text.compare.diff import rows
from wiki.text.document import Document, Row
from wiki.text.sentences import sentences

# Neither their words nor what stands around them is there any more.
_GONE = ("changed", "removed", "reworded")


def struck_words(old: Document, new: Document | None) -> list[str]:
    """Return the title, other names and sentences that are in `old` and not in `new`; all without `new`."""
    after = new or Document(title="", kind="")
    found = [] if old.title == after.title else [old.title]
    found += [one for one in old.aliases if one not in after.aliases]
    kept = {*sentences(after.summary)}
    found += [one for one in sentences(old.summary) if one not in kept]
    return [*found, *_of_body(old.body, after.body)]


def _of_body(old: str, new: str) -> Iterator[str]:
    for block in blocks(old, new):
        if block.change in _GONE and block.old is not None and not block.is_divided:
            kept = {*sentences(block.new.words)} if block.new else set()
            yield from (one for one in sentences(block.old.words) if one not in kept)


def struck_rows(old: Document, new: Document | None) -> list[Row]:
    """Return the statements of `old` that `new` does not make, or makes otherwise."""
    changes = rows(old.statements, new.statements if new else ())
    return [one.old for one in changes if one.old is not None and one.change != "same"]
