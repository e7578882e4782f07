"""Changed sentences of a body, in the words that readers see."""

from wiki.text.compare.diff import blocks
from wiki.text.sentences import sentences


def changed_sentences(old: str, new: str) -> tuple[str, str] | None:
    """Return the differing sentences of the first changed paragraph of a body, old and new.

    Either is empty where nothing stood in its place. None if readers see the same words.
    """
    for block in blocks(old, new):
        if block.change not in ("changed", "added", "removed", "reworded"):
            continue
        before = sentences(block.old.words if block.old else "")
        after = sentences(block.new.words if block.new else "")
        gone = " ".join(one for one in before if one not in after)
        come = " ".join(one for one in after if one not in before)
        if gone or come:
            return gone, come
    return None
