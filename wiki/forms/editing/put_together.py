"""Two windows of one writer that both changed a draft: one form that has what either typed."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from wiki.domain.kinds import label_of
from wiki.forms.editing.typed import Fields, Typed, names_in_one_line, names_of_one_line
from wiki.text.compare.merge import merge
from wiki.text.document import Document
from wiki.text.slugs import name_key

# Of these one value stands; of all others both can.
CHOSEN: Final = {"title": "title", "kind": "kind", "impact": "answer on what it means for a patient"}
DONE: Final = (
    "Both texts are put together and saved. Where both windows changed the same place, both stand there."
)


def put_together(base: Typed, ours: Typed, theirs: Typed) -> tuple[Typed, str]:
    """Return one form of two that go back to `base`, and what to tell the writer of it.

    Nothing that either side typed is left out, but of a title, a kind and an impact only ours stands; theirs
    is told.
    """
    head, told = heads_together(base.head, ours.head, theirs.head)
    codes = _rows_together(*([tuple(row.items()) for row in one.codes] for one in (base, ours, theirs)))
    rows = _rows_together(*(_stated(one) for one in (base, ours, theirs)))
    typed = replace(
        ours,
        head=head,
        codes=tuple(dict(row) for row in codes),
        statements=tuple(dict(row) for row, _ in rows),
        cited=tuple(cited for _, cited in rows),
    )
    return typed, told


def heads_together(base: Fields, ours: Fields, theirs: Fields) -> tuple[Fields, str]:
    """Return the fields of two forms in one, and what to tell: that it is done, and what does not stand."""
    told = [DONE]
    head: Fields = {}
    for name, our in ours.items():
        was, their = base.get(name, ""), theirs.get(name, "")
        if their in (was, our) or our == was:
            head[name] = our if their in (was, our) else their
        elif name in CHOSEN:
            head[name] = our or their
            said = label_of(their) if name == "kind" else their
            told += [f"The {CHOSEN[name]} of the other window was “{said}”."] if our and their else []
        else:
            head[name] = _both(name, was, our, their)
    return head, " ".join(told)


def _both(name: str, was: str, our: str, their: str) -> str:
    if name == "body":
        return _bodies(was, our, their)
    if name == "aliases":
        return names_in_one_line(_names(names_of_one_line(our), names_of_one_line(their)))
    longer, shorter = sorted((our, their), key=len, reverse=True)
    return longer if shorter in longer else f"{our} {their}"


def _names(our: Sequence[str], their: Sequence[str]) -> list[str]:
    """Return the names of both; one that both windows spell differently stands as in ours."""
    known = {name_key(name) for name in our}
    return [*our, *(name for name in dict.fromkeys(their) if name_key(name) not in known)]


def _bodies(was: str, our: str, their: str) -> str:
    """Return both texts in one, with both versions of each place that both changed."""
    texts = (was or _common(our, their), our, their)
    base, ours, theirs = (Document(title="", kind="", body=text) for text in texts)
    meeting = merge(base, ours, theirs)
    return meeting.resolved({clash.key: "both" for clash in meeting.clashes}).body


def _common(our: str, their: str) -> str:
    """Return the paragraphs that two texts share, in their order."""
    first, other = our.split("\n\n"), their.split("\n\n")
    blocks = SequenceMatcher(a=first, b=other, autojunk=False).get_matching_blocks()
    return "\n\n".join(line for block in blocks for line in first[block.a : block.a + block.size])


def _stated(typed: Typed) -> list[tuple[tuple[tuple[str, str], ...], tuple[str, ...]]]:
    rows = zip(typed.statements, typed.cited, strict=True)
    return [(tuple(sorted(row.items())), cited) for row, cited in rows]


def _rows_together[Item: Hashable](
    base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]
) -> Iterable[Item]:
    """Return the rows of both, each once; one that either side took out or rewrote is not kept as it was."""
    gone = {row for row in base if row not in ours or row not in theirs}
    return [row for row in dict.fromkeys([*ours, *theirs]) if row not in gone]
