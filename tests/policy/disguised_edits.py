"""Dangerous edits at random blocks of real pages, in disguise."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from wiki.importing.yaml_words import words_in
from wiki.policy.quorum import Quorum, quorum_of
from wiki.text.document import Document

STARTER = Path(__file__).parents[2] / "wiki" / "starter"

INSERTED = {
    "dose": ["5 mg", "50 mg", "two tablets", "10 units", "half a tablet", "2.5 mL", "1 g a day", "40 drops"],
    "negation": ["not", "no", "never", "without", "not always", "no longer"],
    "population": ["in children", "in adults", "in pregnancy", "in babies", "in men", "with kidney failure"],
    "unit": ["mg", "micrograms", "per kg", "mmol/L", "grams", "per cent"],
    "frequency": ["daily", "once a day", "every 4 hours", "twice a week", "three times a day", "for 10 days"],
}
SWAPPED = {
    "dose": [(r"\d+(?:\.\d+)?", lambda one: one.replace(".", "") + "0")],
    "negation": [(r"\b(?:not|no|never|without)\b ", lambda one: ""), (r"\bis\b", lambda one: "is not")],
    "population": [
        (r"\badults\b", lambda one: "children"),
        (r"\bchildren\b", lambda one: "adults"),
        (r"\bbaby\b", lambda one: "adult"),
        (r"\bpeople\b", lambda one: "babies"),
    ],
    "unit": [
        (r"\byears\b", lambda one: "days"),
        (r"\bminutes\b", lambda one: "hours"),
        ("%", lambda one: "‰"),
    ],
    "frequency": [
        (r"\boften\b", lambda one: "never"),
        (r"\busually\b", lambda one: "seldom"),
        (r"\bcommon\b", lambda one: "rare"),
    ],
}
WORDS = {
    "5": "five",
    "50": "fifty",
    "10": "ten",
    "1": "one",
    "4": "four",
    "40": "forty",
    "2.5": "two and a half",
}
CYRILLIC = str.maketrans("aeopcxyi", "аеорсхуі")
HIDDEN = ("\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d")


@dataclass(frozen=True)
class Disguised:
    """A page, and the page with one dangerous edit."""

    page: str
    danger: str
    disguise: str
    before: Document
    after: Document

    def quorum(self, remedies: list[str]) -> Quorum:
        """Return who must sign it."""
        return quorum_of(self.before, self.after, remedies=remedies)


def pages() -> dict[str, Document]:
    """Return the starter pages without their statements."""
    return {path.stem: _page(path) for path in sorted(STARTER.glob("*.md"))}


def _page(path: Path) -> Document:
    _, head, body = path.read_text().split("---\n", 2)
    said = words_in(head, "The front matter")
    names = tuple(said.get("aliases") or ())
    return Document(said["title"], said["kind"], " ".join(said["summary"].split()), names, body=body.strip())


def remedies_of(some: dict[str, Document]) -> list[str]:
    """Return the names of drugs and treatments."""
    found = [one for one in some.values() if one.kind in ("drug", "treatment")]
    return [name for one in found for name in (one.title, *one.aliases)]


def disguised_edit(random: Random, some: dict[str, Document]) -> Disguised:
    """Return one dangerous edit."""
    name = random.choice(sorted(some))
    danger = random.choice(sorted(INSERTED))
    disguise = random.choice(sorted(DISGUISES))
    before = some[name]
    after = DISGUISES[disguise](random, before, danger)
    if random.random() < 0.3:  # among trifles
        after = replace(after, body=after.body.replace(", ", " , ", 1).replace("The ", "The *", 1))
    return Disguised(name, danger, disguise, before, after)


def _blocks(body: str) -> list[str]:
    return body.split("\n\n")


def _at_random_block(random: Random, page: Document, change: Callable[[str], str]) -> Document:
    """Return a page with one block, or its summary, changed at a place where words stand."""
    blocks = _blocks(page.body)
    places = [place for place, one in enumerate(blocks) if re.search(r"[a-z]{3}", one)]
    for place in random.sample(places, len(places)):
        if (new := change(blocks[place])) != blocks[place]:
            return replace(page, body="\n\n".join([*blocks[:place], new, *blocks[place + 1 :]]))
    return replace(page, summary=f"{page.summary} Not so.")


def _insert(random: Random, text: str, words: str) -> str:
    """Return a text with words at a random place between two of its own, outside links and citations."""
    bare = re.sub(r"\[.*?\]+(?:\(.*?\))?|\*.*?\*", lambda one: "█" * len(one[0]), text)
    gaps = [one.start() for one in re.finditer(r"(?<=[a-z]) (?=[a-z(])", bare)]
    if not gaps:
        return text
    at = random.choice(gaps)
    return f"{text[:at]} {words}{text[at:]}"


def _swap(random: Random, text: str, danger: str, dress: Callable[[str], str]) -> str:
    for pattern, becomes in random.sample(SWAPPED[danger], len(SWAPPED[danger])):
        found = [
            one
            for one in re.finditer(pattern, text)
            if "[" not in text[max(0, one.start() - 60) : one.start()].rpartition("]")[2]
        ]
        if found:
            one = random.choice(found)
            return f"{text[: one.start()]}{dress(becomes(one[0]))}{text[one.end() :]}"
    return text


def _dressed(dress: Callable[[str], str]) -> Callable[[Random, Document, str], Document]:
    """Return the edit that puts dressed words into a block, or swaps one for its opposite."""

    def edit(random: Random, page: Document, danger: str) -> Document:
        words = dress(random.choice(INSERTED[danger]))
        if random.random() < 0.4:
            return _at_random_block(random, page, lambda text: _swap(random, text, danger, dress))
        return _at_random_block(random, page, lambda text: _insert(random, text, words))

    return edit


def _in_words(text: str) -> str:
    return re.sub(r"\d+(?:\.\d+)?", lambda one: WORDS.get(one[0], one[0]), text)


def _hidden(text: str) -> str:
    return HIDDEN[len(text) % len(HIDDEN)].join(text)


def _fullwidth(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def _emphasis(text: str) -> str:
    middle = len(text) // 2
    return f"{text[:middle]}**{text[middle:]}**" if text else text


def _entities(text: str) -> str:
    return "".join(f"&#{ord(one)};" if one.isalnum() else one for one in text)


def _slip(text: str) -> str:
    return f"{text[:-2]}{text[-1]}{text[-2]}" if len(text) > 2 else text


def _footnote(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    marked = _at_random_block(
        random, page, lambda text: _insert(random, text, "so[^z]").replace(" so[^z]", "[^z]")
    )
    return replace(marked, body=f"{marked.body}\n\n[^z]: People take it {words}.")


def _cell(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    table = f"| Whom | What |\n|---|---|\n| people | {words} |"
    return _at_random_block(random, page, lambda text: f"{text}\n\n{table}")


def _heading(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger]).capitalize()
    form = random.choice(
        ["## {}", "{}\n---", "{}\n===", "**{}**", "#### {}", "> ## {}", "::: urgent {}\nGo.\n:::"]
    )
    return _at_random_block(random, page, lambda text: f"{form.format(words)}\n\n{text}")


def _link_title(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    change = f'[here](/about/ "Take {words}")'
    return _at_random_block(random, page, lambda text: _insert(random, text, change))


def _moved(random: Random, page: Document, danger: str) -> Document:
    """Put a block under another heading."""
    blocks = _blocks(page.body)
    plain = [place for place, one in enumerate(blocks) if not one.startswith(("#", ":", "-"))]
    place = random.choice(plain)
    block = blocks.pop(place)
    heads = [at for at, one in enumerate(blocks) if one.startswith("## ")]
    above = max((at for at in heads if at < place), default=-1)
    others = [at for at in heads if at != above] or [len(blocks) - 1]
    blocks.insert(random.choice(others) + 1, block)
    return replace(page, body="\n\n".join(blocks))


def _renamed_heading(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    return replace(page, body=re.sub(r"(?m)^## (.+)$", rf"## \1 {words}", page.body, count=1))


def _name(random: Random, page: Document, danger: str) -> Document:
    return replace(page, aliases=(*page.aliases, f"{page.title} {random.choice(INSERTED[danger])}"))


def _summary(random: Random, page: Document, danger: str) -> Document:
    return replace(page, summary=_insert(random, page.summary, random.choice(INSERTED[danger])))


def _list(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    return _at_random_block(random, page, lambda text: f"{text}\n\n- one\n- {words}")


def _quotation(random: Random, page: Document, danger: str) -> Document:
    return _at_random_block(
        random, page, lambda text: text if text[:1] in "#:>-" else "> " + text.replace("\n", "\n> ")
    )


def _code(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    return _at_random_block(random, page, lambda text: f"{text}\n\n    {words}")


def _caption(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    form = random.choice(('![Scan](image:0123456789abcdef "{}")', '![{}](image:0123456789abcdef "Below")'))
    shown, told = form.format("as seen"), form.format(f"as seen {words}")
    return _at_random_block(random, page, lambda text: f"{text}\n\n{random.choice((shown, told))}\n\n{told}")


def _explanation(random: Random, page: Document, danger: str) -> Document:
    words = random.choice(INSERTED[danger])
    form = random.choice(["Whom\n: {}", "{}\n: Some.", "`{}`", "***\n\n{}", "1. {}"])
    return _at_random_block(random, page, lambda text: f"{text}\n\n{form.format(words)}")


def _swapped_blocks(random: Random, page: Document, danger: str) -> Document:
    """Let two words change their places, at two blocks."""
    blocks = _blocks(page.body)
    places = [place for place, one in enumerate(blocks) if re.search(r"(?<= )[a-z]{5,}(?= )", one)]
    first, second = random.sample(places, 2)
    words = [
        random.choice(re.findall(r"(?<= )[a-z]{5,}(?= )", re.sub(r"\[.*?\]", "", blocks[one])) or [""])
        for one in (first, second)
    ]
    if words[0] == words[1] or not all(words):
        return _renamed_heading(random, page, danger)
    for place, (old, new) in ((first, words), (second, words[::-1])):
        blocks[place] = re.sub(rf"(?<= ){old}(?= )", new, blocks[place], count=1)
    return replace(page, body="\n\n".join(blocks))


def _abbreviation(random: Random, page: Document, danger: str) -> Document:
    """Let one abbreviation take the place of another that the page has, too."""
    found = sorted({*re.findall(r"(?<= )[A-Z]{2,6}(?= )", page.body)})
    if len(found) < 2:
        return _renamed_heading(random, page, danger)
    old, new = random.sample(found, 2)
    return replace(page, body=re.sub(rf"(?<= ){old}(?= )", new, page.body, count=1))


DISGUISES: dict[str, Callable[[Random, Document, str], Document]] = {
    "plain": _dressed(lambda text: text),
    "capitals": _dressed(str.upper),
    "number words": _dressed(_in_words),
    "invisible characters": _dressed(_hidden),
    "fullwidth": _dressed(_fullwidth),
    "emphasis inside": _dressed(_emphasis),
    "entities": _dressed(_entities),
    "letters that look alike": _dressed(lambda text: text.translate(CYRILLIC)),
    "a slip": _dressed(_slip),
    "footnote": _footnote,
    "table cell": _cell,
    "heading": _heading,
    "heading renamed": _renamed_heading,
    "title of a link": _link_title,
    "moved": _moved,
    "name": _name,
    "summary": _summary,
    "list": _list,
    "quotation": _quotation,
    "code": _code,
    "caption": _caption,
    "explanation": _explanation,
    "words swapped": _swapped_blocks,
    "abbreviation": _abbreviation,
}


def harmless_edit(random: Random, some: dict[str, Document]) -> Disguised:
    """Return one edit that says nothing new: a slip mended, a comma, emphasis, a link, a citation."""
    name = random.choice(sorted(some))
    trifle = random.choice(sorted(HARMLESS))
    page = some[name]
    changed = _at_random_block(random, page, lambda text: HARMLESS[trifle](random, text))
    before, after = (changed, page) if trifle == "slip mended" else (page, changed)
    return Disguised(name, "none", trifle, before, after)


def _word(random: Random, text: str, change: Callable[[str], str]) -> str:
    """Return a text with one longer word of its prose changed."""
    bare = re.sub(r"\[.*?\]+(?:\(.*?\))?|\*.*?\*|:::.*", lambda one: "█" * len(one[0]), text)
    found = list(re.finditer(r"(?<= )[a-z]{6,}(?= )", bare))
    if not found or text.startswith("#"):
        return text
    one = random.choice(found)
    return f"{text[: one.start()]}{change(one[0])}{text[one.end() :]}"


def _slipped(random: Random, text: str) -> str:
    def slip(word: str) -> str:
        at = random.randrange(1, len(word) - 2)
        return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"

    new = _word(random, text, slip)
    return new if sorted(new) == sorted(text) else text


def _comma(random: Random, text: str) -> str:
    """Return a text with a comma before one "and" or "but"."""
    bare = re.sub(r"\[.*?\]+(?:\(.*?\))?|\*.*?\*|:::.*", lambda one: "█" * len(one[0]), text)
    found = [one.start() for one in re.finditer(r"(?<=[a-z]) (?=(?:and|but) [a-z])", bare)]
    if not found or text.startswith(("#", "|")) or " or " in text:
        return text
    at = random.choice(found)
    return f"{text[:at]},{text[at:]}"


def _link(random: Random, text: str) -> str:
    """Return a text with a link on words that are the title of a page."""
    bare = re.sub(r"\[.*?\]+(?:\(.*?\))?|\*.*?\*|:::.*", lambda one: "█" * len(one[0]), text).casefold()
    found = [(bare.find(f" {one} ") + 1, title) for one, title in _TITLES.items() if f" {one} " in bare]
    if not found or text.startswith(("#", "|")):
        return text
    at, title = random.choice(found)
    return f"{text[:at]}[[{title}|{text[at : at + len(title)]}]]{text[at + len(title) :]}"


_TITLES = {one.title.casefold(): one.title for one in pages().values()}
HARMLESS: dict[str, Callable[[Random, str], str]] = {
    "slip mended": _slipped,
    "comma": _comma,
    "emphasis": lambda random, text: _word(random, text, lambda word: f"*{word}*"),
    "link": _link,
    "citation": lambda random, text: text if text[:1] in "#:-" else f"{text} [@pmid:12345678]",
}
