"""Parts of the Markdown of a body that readers do not get, or get otherwise than it was meant."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, blocks_of
from wiki.text.markdown.leftover_marks import leftover_marks
from wiki.text.markdown.parser import tokens_to_read
from wiki.text.markdown.run_together import first_run_together


@dataclass(frozen=True)
class Unshown:
    """A part of a body, what happens to it in words, and its place."""

    text: str
    sentence: str
    start: int
    end: int
    # Whether readers lose words; if not, they only see an unintended mark.
    is_lost: bool = True


_NOTE: Final = re.compile(r"^ {0,3}\[\^([^\s\[\]]{1,100})\]:", re.MULTILINE)
_CELL: Final = re.compile(r"(?<!\\)\|")
# A picture that is not the wiki's own, and a link without an address: readers get their words only.
_FOREIGN_PICTURE: Final = re.compile(r"(?<!\\)!\[[^\[\]\n]{0,300}\]\((?!image:)[^()\n]{0,300}\)")
_NO_ADDRESS: Final = re.compile(r"(?<![!\\])\[[^\[\]\n]{1,300}\]\(\s*(?:<>)?\s*\)")
_NO_WORDS: Final = re.compile(r"(?<![!\\])\[\s*\]\((?:https?:|mailto:|[/#])[^()\n]{0,300}\)")
# The sign at the beginning of a line, before a number: it becomes the mark of a quotation or of a list.
_SIGN: Final = re.compile(r"^[ ]{0,3}(>=?|\+)[ \t]*(?=[≤≥~]?\d)")
_NUMBER: Final = re.compile(r"^[ \t>]*(?:[-*+][ \t]+)*(\d{1,9})[.)]")
_FRONT_MATTER: Final = re.compile(
    r"\A---[ \t]*\n(?:[\w-]+:.*\n)+---|\A\+\+\+[ \t]*\n(?:[\w-]+[ \t]*=.*\n)+\+\+\+"
)
# What a title behind an address says is seen with a mouse alone: not on paper, nor by touch.
_TITLE: Final = re.compile(
    r"(?<!!)\[[^\[\]\n]{1,300}\]\((?:https?:|mailto:|[/#])\S{1,500}\s+([\"'])[^\"'\n]{1,300}\1\s*\)"
)
_DEFINED_TITLE: Final = re.compile(r"\S[ \t\n]+((?:\"[^\"]+\"|'[^']+'|\([^()]+\)))\s*$")
BEHIND_ADDRESS: Final = "What stands in quotation marks behind an address is not printed, nor seen by touch"
_OF_ANOTHER_WIKI: Final = re.compile(
    r"(?<!\\)\[\[\s*:?(?:(?:File|Image|Media|Category|Template|User|Special|Help|Portal):"
    r"[^\[\]\n|]{0,200}(?:\|[^\[\]\n|]{1,200})?|_?TOC_?)\]\]",
    re.IGNORECASE,
)
_SWITCH: Final = re.compile(r"(?<!\\)__(?:NO|FORCE)?(?:TOC|EDITSECTION|GALLERY|INDEX)__")
# A line of hyphens or of = that makes the words above it a heading, where a rule or a minus may be meant.
_UNDERLINE: Final = re.compile(r"\n[ ]{0,3}(?:-{1,2}|={1,2}|(?<=[.!?:;]\n)-{3})[ \t]*$")
_MINUS: Final = re.compile(r"-[ \t]+(?=[≤≥~]?\d)")
# What may stand before the first bar of a row: marks of a quotation, a list, a note or a definition.
_BEFORE_ROW: Final = re.compile(r"(?:[ \t>:]|[-*+][ \t]+|\d{1,9}[.)][ \t]+|\[\^[^\s\[\]]+\]:)+(?=\|)")
_EMPHASIS: Final = ("em_open", "em_close")
_FENCE: Final = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")


def unshown(body: str) -> list[Unshown]:
    """Return every part of a body that readers will not get, or get otherwise than written, in order."""
    blocks = blocks_of(body)
    found = [
        *_unused(blocks),
        *_doubled_notes(body),
        *_doubled_addresses(blocks),
        *_cells_beyond(blocks),
        *_words_without_their_picture(blocks),
        *_links_to_no_section(blocks),
        *_signs_taken_for_marks(body, blocks),
        *_other_numbers(blocks),
        *_without_words(blocks),
        *_signs_between_numbers(blocks),
        *_boxes_without_end(body),
        *_leftover(blocks),
        *_formulas(blocks),
        *_lists_within_words(blocks),
        *_words_in_fixed_type(blocks),
        *_marks_of_a_merge(body),
    ]
    return sorted(found, key=lambda one: (one.start, one.end))


def _unused(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield unused and empty notes, and link definitions."""
    referred = {name for block in blocks for name in block.notes}
    for block in blocks:
        if block.kind == BlockKind.UNUSED_NOTE:
            yield _unshown_note(block, referred)
        elif block.kind == BlockKind.DEFINITION and not _is_used(block, blocks):
            yield _in_block(block, block.source, "No link uses this address, so no reader gets it")
        elif block.kind == BlockKind.DEFINITION and (title := _DEFINED_TITLE.search(block.source)):
            yield _in_block(block, title[1], BEHIND_ADDRESS)


def _unshown_note(block: Block, referred: set[str]) -> Unshown:
    name = _NOTE.match(block.source)
    if name and name[1] in referred and name[0] == block.source.strip():
        return _in_block(block, block.source, "This note is empty: its mark in the text leads to no words")
    return _in_block(block, block.source, "Nothing refers to this note, so no reader gets it")


def _is_used(definition: Block, blocks: tuple[Block, ...]) -> bool:
    wanted = re.compile(rf"\[{re.escape(_label(definition))}\](?!:)", re.IGNORECASE)
    others = (one for one in blocks if one is not definition)
    return any(wanted.search(" ".join(one.source.split())) for one in others)


def _doubled_notes(body: str) -> Iterator[Unshown]:
    """Yield notes with a duplicate name: only one of them is shown."""
    matches = list(_NOTE.finditer(body))
    times = Counter(match[1] for match in matches)
    for match in matches:
        if times[match[1]] > 1:
            sentence = f"{times[match[1]]} notes are called {match[1]}; readers get one of them"
            yield Unshown(match[0], sentence, match.start(), match.end())


def _doubled_addresses(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield definitions of a link of which another came first: readers are led to that one's address."""
    seen: set[str] = set()
    for block in blocks:
        if block.kind != BlockKind.DEFINITION:
            continue
        if (label := _label(block)) in seen:
            sentence = "An address of this name stands before; links lead there, and never here"
            yield _in_block(block, block.source.strip(), sentence)
        seen.add(label)


def _label(definition: Block) -> str:
    match = re.match(r"\s*\[([^\]]+)\]:", definition.source)
    return " ".join(match[1].split()).casefold() if match else ""


def _cells_beyond(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield rows with more cells than the table's head: the others are not shown."""
    columns = 0
    for block in blocks:
        if block.kind != BlockKind.ROW:
            continue
        line = block.source.strip()
        cells = _cells(line)
        if any(one.tag == "thead" for one in block.containers):
            columns = len(cells)
        elif not _CELL.search(line):
            sentence = "This line is a row of the table above it; put an empty line between them"
            yield replace(_in_block(block, line, sentence), is_lost=False)
        elif len(cells) > columns:
            left = ", ".join(f"“{one}”" for one in cells[columns:] if one) or "an empty cell"
            sentence = f"This row has {len(cells)} cells for {columns} columns; {left} is left out"
            yield _in_block(block, line, sentence)


def _cells(line: str) -> list[str]:
    """Return the cells of a row as they are typed, where a bar begins each."""
    inner = _BEFORE_ROW.sub("", line, count=1).removeprefix("|")
    inner = inner if inner.endswith("\\|") else inner.removesuffix("|")
    return [one.strip() for one in _CELL.split(inner)]


def _words_without_their_picture(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield pictures and links of which readers get the words only."""
    for block in blocks:
        if block.kind in UNSEEN or block.kind == BlockKind.CODE:
            continue
        if "__" in block.source:
            yield from _switches(block)
        if "[" not in block.source:
            continue
        for match in _FOREIGN_PICTURE.finditer(block.source):
            yield _in_block(block, match[0], "This picture is not the wiki's own; readers get its words only")
        for match in _NO_ADDRESS.finditer(block.source):
            yield _in_block(block, match[0], "This link has no address; readers get its words only")
        for match in _NO_WORDS.finditer(block.source):
            yield _in_block(block, match[0], "This link has no words, so no reader can follow it")
        for match in _TITLE.finditer(block.source):
            yield _in_block(block, match[0], BEHIND_ADDRESS)
        for match in _OF_ANOTHER_WIKI.finditer(block.source):
            sentence = "This link or file of another wiki is no page here"
            yield replace(_in_block(block, match[0], sentence), is_lost=False)


def _links_to_no_section(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield links to a place on the page that is none of its headings."""
    ids = {f"#{block.heading_id}" for block in blocks if block.is_heading}
    for block in blocks:
        for target in block.targets:
            if target.startswith("#") and target not in ids:
                sentence = "This link leads to no section of the page; write [[#Heading]]"
                yield replace(_in_block(block, f"({target})", sentence), is_lost=False)


def _switches(block: Block) -> Iterator[Unshown]:
    for match in _SWITCH.finditer(block.source):
        sentence = "This mark of another wiki does nothing here; readers get its letters"
        yield _in_block(block, match[0], sentence)


def _signs_taken_for_marks(body: str, blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield signs and lines at the start of a block that mean something else there."""
    yield from _minus_alone(blocks)
    for block in blocks:
        line = _UNDERLINE.search(block.source.rstrip("\n")) if block.kind == BlockKind.HEADING else None
        if line and not block.source.lstrip().startswith("#"):
            sentence = "The line beneath makes these words a heading; put an empty line between them"
            yield replace(_in_block(block, block.source.rstrip("\n"), sentence), is_lost=False)
        sign = _SIGN.match(_first_line(body, block))
        if sign and block.kind in (BlockKind.QUOTATION, BlockKind.ITEM):
            what = "a quotation" if sign[1].startswith(">") else "a list"
            sentence = f"The {sign[1]} begins {what} here, so no reader gets it; put a word or \\ before it"
            yield Unshown(
                sign[0].strip(), sentence, _line_start(body, block), _line_start(body, block) + sign.end()
            )
        fence = _FENCE.match(block.source) if block.kind == BlockKind.CODE else None
        if fence and not re.search(
            rf"\n[ ]{{0,3}}{re.escape(fence[1])}[`~]*[ \t]*\Z", block.source.rstrip("\n")
        ):
            yield replace(_in_block(block, fence[1], "These words in fixed type have no end"), is_lost=False)
    if match := _FRONT_MATTER.match(body):
        yield Unshown(
            match[0],
            "Facts about the page go into its fields; readers see these lines",
            0,
            match.end(),
            False,
        )


def _minus_alone(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield the minus before a number that begins a list of one item."""
    lists: dict[int, list[Block]] = {}
    for block in blocks:
        inner = next((one for one in reversed(block.containers) if one.tag in ("ul", "ol")), None)
        if inner is not None and inner.tag == "ul" and block.kind == BlockKind.ITEM and block.marks:
            lists.setdefault(inner.number, []).append(block)
    for only, *others in lists.values():
        if not others and (sign := _MINUS.match(only.source)):
            sentence = "The - begins a list here; if a minus is meant, put a word or \\ before it"
            yield _in_block(only, sign[0].strip(), sentence)


def _line_start(body: str, block: Block) -> int:
    return body.rfind("\n", 0, block.start) + 1


def _first_line(body: str, block: Block) -> str:
    end = body.find("\n", block.start)
    return body[_line_start(body, block) : end if end >= 0 else len(body)]


def _other_numbers(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield items of a list that readers get under another number than the one typed."""
    lists: dict[int, list[int]] = {}
    for block in blocks:
        inner = next((one for one in reversed(block.containers) if one.tag == "ol"), None)
        typed = _NUMBER.match(block.source) if block.kind == BlockKind.ITEM else None
        if inner is None or typed is None or not block.marks:
            continue
        numbers = lists.setdefault(inner.number, [])
        numbers.append(int(typed[1]))
        shown = numbers[0] + len(numbers) - 1
        # Many number every item of a list with 1 and leave the counting to the program.
        if numbers[-1] != shown and set(numbers) != {1}:
            sentence = f"Readers get the number {shown} for this item, not {numbers[-1]}"
            yield _in_block(block, typed[0].strip(), sentence)


# What readers get of a mark that has no words, by the kind of its block.
_EMPTY: Final = {BlockKind.ITEM: "item of a list", BlockKind.QUOTATION: "quotation"}


def _without_words(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield marks alone in a line, which may be meant as numbers or signs: "5." or "-"."""
    for block in blocks:
        if block.kind in _EMPTY and not any(one.children for one in block.tokens):
            mark = block.source.strip()
            sign = {".": "the full stop", ")": "the bracket"}.get(mark[-1], "it")
            sentence = (
                f"Readers get an empty {_EMPTY[block.kind]} here; write its words, or put \\ before {sign}"
            )
            yield _in_block(block, mark, sentence)


def _signs_between_numbers(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield asterisks between two numbers that are taken for emphasis, as in 5 *10 mg and 2* 5 mg."""
    for block in blocks:
        for inline in block.tokens:
            if not any(one.type in _EMPHASIS for one in inline.children or ()):
                continue
            children = [one for one in inline.children or () if one.type != "text" or one.content]
            for before, one, after in zip(children, children[1:], children[2:], strict=False):
                is_mark = one.type in _EMPHASIS and one.markup == "*"
                if is_mark and re.search(r"\d\s*$", before.content) and re.match(r"\s*\d", after.content):
                    sentence = "Readers do not get this * between two numbers; put \\ before it"
                    yield _in_block(block, f"{before.content[-12:]}*{after.content[:12]}", sentence)


def _boxes_without_end(body: str) -> Iterator[Unshown]:
    """Yield the first line of a box that nothing ends: all the rest of the text stands in it."""
    lines = body.split("\n")
    for token in tokens_to_read(body):
        if token.type != "container_urgent_open" or not token.map:
            continue
        first, end = token.map
        if end >= len(lines) or not re.match(r"[ \t>]*:{3,}[ \t]*$", lines[end]):
            start = sum(len(line) + 1 for line in lines[:first])
            sentence = "This box has no end, so all that follows stands in it; end it with :::"
            yield Unshown(lines[first], sentence, start, start + len(lines[first]), False)


def _leftover(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield unintended marks that readers see."""
    for block in blocks:
        if block.kind in UNSEEN or block.kind == BlockKind.CODE:
            continue
        shown = _without_code(block)
        for mark, sentence in leftover_marks(shown):
            yield replace(_in_block(block, mark, sentence), is_lost=False)


_TEX: Final = re.compile(r"\\\((?:[^\n]*?[\\^_{=][^\n]*?|\w)\\\)|\\\[[^\n]*?[\\^_{=][^\n]*?\\\]")


# A narrow space of TeX: readers of 5\,mg would get a comma.
_TEX_SPACE: Final = re.compile(r"[\w)]{1,12}\\[,;:!][\w(]{1,12}")


def _formulas(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield what is written in TeX where a backslash is lost: formulas in parentheses, narrow spaces."""
    for block in blocks:
        if "\\" not in block.source or block.kind == BlockKind.CODE:
            continue
        for match in _TEX.finditer(block.source):
            yield _in_block(block, match[0], "A formula is shown as it is typed, without its first signs")
        for match in _TEX_SPACE.finditer(block.source):
            yield _in_block(block, match[0], "Readers do not get this \\, but the sign behind it")


# A line that is meant as an item of a list, and goes on with the sentence before it.
_ITEM_WITHIN: Final = re.compile(r"\n[ \t>]*(?:(?!1[.)])\d{1,2}[.)]|[-*+])[ \t]+(?=\S)")


def _lists_within_words(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield the marks of items that readers get within a paragraph."""
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTATION):
            for match in _ITEM_WITHIN.finditer(block.source.rstrip()):
                sentence = "This stands within the words before it; put an empty line before a list"
                yield replace(_in_block(block, match[0], sentence), text=match[0].strip(), is_lost=False)
            if first := first_run_together(block.source):
                sentence = "These lines run together; begin each item with - or 1. after an empty line"
                yield replace(_in_block(block, first[0], sentence), text=first[1], is_lost=False)


def _words_in_fixed_type(blocks: tuple[Block, ...]) -> Iterator[Unshown]:
    """Yield lines that blanks at their beginning set as code; a fence says that this is meant."""
    for block in blocks:
        if block.kind == BlockKind.CODE and not _FENCE.match(block.source):
            sentence = "Four blanks or a tab at its beginning set this in fixed type; delete them"
            yield replace(_in_block(block, block.source.strip(), sentence), is_lost=False)


_MERGE: Final = re.compile(r"^(?:<{7}|>{7}|\|{7}) [^\n]*", re.MULTILINE)


def _marks_of_a_merge(body: str) -> Iterator[Unshown]:
    """Yield the lines that a program put between two versions of a text."""
    for match in _MERGE.finditer(body):
        sentence = "This line stands between two versions of a text; choose one and delete it"
        yield Unshown(match[0], sentence, match.start(), match.end())


def _without_code(block: Block) -> str:
    """Return the words of a block as readers get them, without those that are set as code."""
    words = block.words
    for token in block.tokens:
        for child in token.children or ():
            if child.type == "code_inline":
                words = words.replace(child.content, " ", 1)
    return words


def _in_block(block: Block, text: str, sentence: str) -> Unshown:
    at = block.source.find(text)
    start = block.start + max(at, 0)
    return Unshown(text, sentence, start, start + len(text) if at >= 0 else block.end)
