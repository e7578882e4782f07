"""Made-up edits of real texts, and what a comparison must show of them, found out without our blocks."""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from wiki.importing.starter import FOLDER
from wiki.text.compare.diff import compare
from wiki.text.compare.inline_diff import as_rendered
from wiki.text.document import Document
from wiki.text.markdown.blocks import UNSEEN, Block, BlockKind, blocks_of
from wiki.text.markdown.html import Target, render

RICH = """Lead.[^a] See [the guideline][g] and [it](https://a.org "Tip").

::: urgent Call at once
Do not wait.

> Said in the box.
:::

## Adults

Do not give more than 50 mg a day.

| Drug | Adults | Children |
|:--|:-:|--:|
| X | 5 mg |  |
| Y | avoid | 10 mg |
| Y | avoid | 10 mg |

- one
- two

  more of two
  - deep **words**
- three

### Babies

Do not give more than 50 mg a day.

1. first
2. second[^b]

Term
: Meaning one.
: Meaning two.

Children
---

Do not give more than 50 mg a day.

> Quoted words.
>
> - in a list

```
code here
```

***

![A scan](image:0123456789abcdef "Below")

[[Seizures|Fits]] are seen.[@pmid:1; @pmid:2] Line one\\
line two.

[g]: https://nice.org "Guide"

[^a]: A note.

    Its second part.
[^b]: Another note.
[^c]: Nobody refers to it.
"""
SNIPPETS = (
    *("\u00a0", "\x85", "\u2003", "\x0b", "", "---", "===", "> ", "- ", "    ", "# New", "## Adults", ":::"),
    *(
        "::: urgent Now",
        "```",
        "| a | b |",
        "|---|---|",
        "| X |  | 5 mg |",
        "[g]: https://evil.example",
        "1. x",
    ),
    *(
        "[^a]: Other.",
        "Words.[^a]",
        "Do not give more than 50 mg a day.",
        ": Meaning.",
        "***",
        "**Treatment**",
    ),
    *("![A scan](image:fedcba9876543210)", "&nbsp;", "<b>raw</b>", "- - deep", "> > deep", "7. seven"),
)
WORDS = (
    "not",
    "mg",
    "50",
    "never",
    "**bold**",
    "[g]",
    "\u200b",
    "\u00a0",
    "[[Brain]]",
    "[x](/y)",
    "|",
    "  \n",
    "*",
)
CHARACTERS = "\u00a0\u200b\x85 \n>-#|*_`[]():.5a\\"


def bodies() -> list[str]:
    """Return the starter pages' texts, and one with all that Markdown has."""
    texts = [path.read_text() for path in sorted(Path(FOLDER).glob("*.md"))]
    return [*(text.split("\n---\n", 1)[-1] for text in texts), *[RICH] * 40]


def edited(text: str, pick: random.Random) -> str:
    """Return the text with one to four edits."""
    for _ in range(pick.choice((1, 1, 1, 2, 2, 4))):
        text = pick.choice((_by_line, _by_line, _by_paragraph, _by_word, _by_character, _by_cell))(text, pick)
    return text


def _by_line(text: str, pick: random.Random) -> str:
    lines = text.split("\n")
    place, other = pick.randrange(len(lines)), pick.randrange(len(lines))
    match pick.randrange(7):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, pick.choice(SNIPPETS))
        case 2:
            lines[place], lines[other] = lines[other], lines[place]
        case 3:
            lines.insert(other, lines[place])
        case 4:
            lines[place] = pick.choice(("> ", "- ", "  ", "    ", "## ", "1. ")) + lines[place]
        case 5:
            lines[place] = lines[place].lstrip("#->| ")
        case _:
            blank = [n for n, line in enumerate(lines) if not line] or [place]
            lines[pick.choice(blank)] = pick.choice(SNIPPETS)
    return "\n".join(lines)


def _by_paragraph(text: str, pick: random.Random) -> str:
    parts = text.split("\n\n")
    place, other = pick.randrange(len(parts)), pick.randrange(len(parts))
    match pick.randrange(4):
        case 0:
            parts.insert(other, parts.pop(place))
        case 1:
            parts.insert(other, parts[place])
        case 2:
            del parts[place]
        case _:
            parts[place], parts[other] = parts[other], parts[place]
    return "\n\n".join(parts)


def _by_word(text: str, pick: random.Random) -> str:
    words = re.split(r"( +)", text)
    place = pick.randrange(len(words))
    words[place] = pick.choice(("", pick.choice(WORDS), words[place] + " " + pick.choice(WORDS)))
    return "".join(words)


def _by_character(text: str, pick: random.Random) -> str:
    place = pick.randrange(len(text) + 1)
    return text[:place] + pick.choice(("", pick.choice(CHARACTERS))) + text[place + pick.randrange(2) :]


def _by_cell(text: str, pick: random.Random) -> str:
    lines = text.split("\n")
    rows = [n for n, line in enumerate(lines) if line.startswith("|")]
    if not rows:
        return _by_word(text, pick)
    place = pick.choice(rows)
    cells = lines[place].split("|")
    one, other = pick.randrange(len(cells)), pick.randrange(len(cells))
    match pick.randrange(4):
        case 0:
            cells[one], cells[other] = cells[other], cells[one]
        case 1:
            cells[one] = " "
        case 2:
            cells[one] = pick.choice((" 7 mg ", ":-:", "--:", "---"))
        case _:
            del cells[one]
    lines[place] = "|".join(cells)
    return "\n".join(lines)


def faults(old: str, new: str) -> list[str]:
    """Return what a reader gets and the comparison of two texts does not show, and other faults of it."""
    found = compare(Document("T", "condition", body=old), Document("T", "condition", body=new))
    told = [one for one in found.blocks if not one.is_pointer]
    if sorted(one.old.start for one in told if one.old) != sorted(one.start for one in blocks_of(old)):
        return ["old blocks are not all told once"]
    if [one.new for one in told if one.new] != list(blocks_of(new)):
        return ["new blocks are not all told once, in order"]
    quiet_old = {_which(one.old) for one in told if one.old and not one.is_shown}
    quiet_new = {_which(one.new) for one in told if one.new and not one.is_shown}
    before, after = _quiet(old, quiet_old), _quiet(new, quiet_new)
    unlike = [pair for pair in zip_longest(before, after) if pair[0] != pair[1]]
    problems = [f"readers get another text where nothing is shown: {unlike[0]}"] if unlike else []
    if found.is_empty and _leaves(old) != _leaves(new):
        problems.append("told as empty")
    for one in told:
        if one.is_shown:
            problems += _unsaid(one.old if one.change != "moved" else one.new, one.new)
    return problems


def _which(block: Block) -> tuple[object, ...]:
    """Return what tells a block from all others of its body; a kept comparison holds blocks read before."""
    return block.start, block.kind, block.number, block.headings, block.words


def _quiet(body: str, quiet: set[tuple[object, ...]]) -> list[object]:
    """Return what readers get of the blocks of which nothing is shown."""
    blocks = [one for one in blocks_of(body) if one.kind not in UNSEEN and _has_content(one)]
    leaves = _leaves(body)
    if len(blocks) != len(leaves):
        return ["blocks and what is rendered differ", body]
    return [leaf for one, leaf in zip(blocks, leaves, strict=True) if _which(one) in quiet]


def _has_content(block: Block) -> bool:
    return block.kind in (BlockKind.LINE, BlockKind.PICTURE, BlockKind.ROW) or bool(
        re.sub(r"<[^>]*>|\s", "", block.html)
    )


_SPLIT = re.compile(
    r"(</?(?:p|h[2-4]|ul|ol|li|blockquote|dl|dt|dd|pre|div|section|table|thead|tbody)\b[^>]*>|<hr>|<tr>.*?</tr>)",
    re.DOTALL,
)


def _leaves(body: str) -> list[tuple[object, ...]]:
    """Return what readers get, read off the page's HTML: each with what it stands in and its marks."""
    html: str = render(body, links=lambda title: Target(f"/{title}", exists=True), sources={}).html
    html = html.replace("&nbsp;", "\u00a0")
    html = re.sub(r' (?:id|aria-label|data-line)="[^"]*"', "", html)
    html = re.sub(r' <a class="back".*?</a>|(<a href="#note-\d+">)[a-z]+', r"\1", html)
    html = re.sub(r'<a href="#note-\d+">', "<note>", html)
    stack: list[str] = []
    leaves: list[tuple[object, ...]] = []
    marks = 0
    for part in _SPLIT.split(html):
        if re.match(r"<(?:tr|hr)\b", part):
            leaves.append((tuple(stack), marks, part))
            marks = 0
        elif re.fullmatch(_SPLIT, part):
            name = re.sub(r"[</>]|\s.*", "", part)
            if part.startswith("</"):
                if name in ("li", "dd"):
                    marks = 0
                if name not in ("p",):
                    while stack and not stack[-1].startswith(f"<{name}"):
                        stack.pop()
                    if stack:
                        stack.pop()
            elif name != "p":
                stack.append(part)
                marks += name in ("li", "dd")
        elif re.sub(r"<[^>]*>|\s", "", part):
            leaves.append((tuple(stack), marks, part.strip()))
            marks = 0
    return leaves


def _unsaid(old: Block | None, new: Block | None) -> Iterator[str]:
    """Yield what is wrong with how one changed block is shown."""
    steps = as_rendered(old, new)
    if steps is None:
        return
    for block, without in ((old, "added"), (new, "removed")):
        said = "".join(
            one.text for one in steps if one.op in ("same", "added", "removed") and one.op != without
        )
        if block and not _holds(said, block.words):
            yield f"words are missing: {block.words!r} of {said!r}"
        if block and block.cells:
            tags = [one.text for one in steps if one.op == "open"]
            cells = tags[len(tags) - tags[::-1].index("tr") :]
            either = [one for one in cells if one.partition(" ")[0] in ("td", "th")]
            if sum(one.partition(" ")[2] != without for one in either) != len(block.cells):
                yield "a row has another number of cells"


def _holds(said: str, words: str) -> bool:
    """Return whether all signs of the words are said in their order."""
    there = iter(re.sub(r"\s", "", said))
    return all(sign in there for sign in re.sub(r"\s", "", words))


def run(seed: int, count: int, texts: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """Return the edits, of so many, of which the comparison has faults."""
    pick = random.Random(seed)  # noqa: S311  # the same edits each time
    bad = []
    for _ in range(count):
        old = pick.choice(texts)
        new = edited(old, pick)
        if pick.random() < 0.2:
            old = edited(old, pick)
        if problems := faults(old, new):
            bad.append((old, new, problems))
    return bad
