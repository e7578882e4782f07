"""Words that explain themselves: a mark behind the first use of each, which opens its explanation.

This works on the HTML that readers get, after it was rendered. What is typed, signed and compared never
holds a mark.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Final

from django.utils.safestring import SafeString

from wiki.text.markdown.html import vouched

_TAG: Final = re.compile(r"(<[^>]*>)")
_TAG_NAME: Final = re.compile(r"</?([a-z][a-z0-9]*)")
_HREF: Final = re.compile(r'href="([^"#?]*)')
# Elements whose words stay as they are: headings, what leads elsewhere, code, captions.
_LEFT_ALONE: Final = frozenset({"h2", "h3", "h4", "a", "code", "pre", "sup", "figcaption", "button", "dfn"})
_VOID: Final = frozenset({"br", "hr", "img"})
_URGENT: Final = re.compile(r'<div class="urgent')
# What is all capitals and figures stands for many things; only a name in a reviewed list is taken for one.
_ABBREVIATION: Final = re.compile(r"(?=.*[A-Z].*[A-Z0-9])[A-Z0-9][A-Za-z0-9]{0,5}")
_MOST_WORDS: Final = 5


@dataclass(frozen=True)
class Explanation:
    """The names of something, what it is in plain words, and the address of its page, "" for none."""

    title: str
    meaning: str
    names: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True)
class ExplainedWord:
    """An explanation that a text offers, with the id of what opens."""

    id: str
    explanation: Explanation


@dataclass(frozen=True)
class ExplainedText:
    """A text for readers, with the words that explain themselves in the order in which they stand."""

    html: SafeString
    words: tuple[ExplainedWord, ...] = ()


def names_to_look_for(title: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a page by which a text may call it: no abbreviations, no sentences."""
    return tuple(name for name in (title, *aliases) if not is_abbreviation(name) and _is_a_name(name))


def is_abbreviation(name: str) -> bool:
    """Return whether a name is an abbreviation, which can stand for other things too."""
    return bool(_ABBREVIATION.fullmatch(name))


def _is_a_name(name: str) -> bool:
    return len(name.split()) <= _MOST_WORDS and not re.search(r"[,:;?!]", name)


def explained(html: str, explanations: Sequence[Explanation]) -> ExplainedText:
    """Return a text in which the first use of each term has a mark that opens its explanation.

    A term behind which the text goes on with “(” is explained there already.
    """
    told = Counter(name.casefold() for one in explanations for name in set(one.names))
    reading = _Reading([_without_shared(one, told) for one in explanations], html)
    return ExplainedText(vouched("".join(reading.written(html))), tuple(reading.words))


def _without_shared(one: Explanation, told: Counter[str]) -> Explanation:
    """Return an explanation without the names that others have too: such a word may mean either."""
    return replace(one, names=tuple(name for name in one.names if told[name.casefold()] == 1))


class _Reading:
    """The state while one text is gone through."""

    def __init__(self, left: list[Explanation], html: str) -> None:
        self.left = left
        self.words: list[ExplainedWord] = []
        # Most words name nothing; whether they could is seen without a pattern. What the whole text does not
        # hold is looked for in none of its parts.
        whole = html.casefold()
        folded = ((one, [_escaped(name).casefold() for name in one.names]) for one in left)
        self._folded = [
            (one, there) for one, names in folded if (there := [name for name in names if name in whole])
        ]
        self._open: list[tuple[str, bool]] = []
        # What the link that is open leads to, if it is explained behind it.
        self._linked: Explanation | None = None

    def written(self, html: str) -> Iterator[str]:
        """Yield the parts of the text with the marks."""
        for part in _TAG.split(html):
            if part.startswith("<"):
                yield self._tag(part)
            else:
                yield part if self._is_quiet else self._marked(part)

    @property
    def _is_quiet(self) -> bool:
        return any(quiet for _, quiet in self._open)

    def _tag(self, tag: str) -> str:
        """Follow one tag; return it with what stands before or behind it."""
        name = found[1] if (found := _TAG_NAME.match(tag)) else ""
        if not name or name in _VOID:
            return tag
        if tag.startswith("</"):
            while self._open and self._open.pop()[0] != name:
                pass
            one, self._linked = (self._linked, None) if name == "a" else (None, self._linked)
            return f"{tag}</dfn>{self._mark(one)}" if one else tag
        if name == "a" and not self._is_quiet:
            self._linked = self._of_link(tag)
        self._open.append((name, name in _LEFT_ALONE or bool(_URGENT.match(tag))))
        return f"<dfn>{tag}" if name == "a" and self._linked else tag

    def _of_link(self, tag: str) -> Explanation | None:
        address = found[1] if (found := _HREF.search(tag)) else ""
        return next((one for one in self.left if one.address and one.address == address), None)

    def _marked(self, words: str) -> str:
        """Return words outside of tags with a mark behind each first use."""
        folded = words.casefold()
        if not (named := [one for one, names in self._folded for name in names if name in folded]):
            return words
        parts, done = [], 0
        while (found := self._first(named, words, done)) is not None:
            match, one = found
            parts.append(words[done : match.start()])
            if words[match.end() :].lstrip().startswith("("):
                self.left.remove(one)
                parts.append(match[0])
            else:
                parts.append(f"<dfn>{match[0]}</dfn>{self._mark(one)}")
            done = match.end()
        return "".join((*parts, words[done:]))

    def _first(
        self, some: Iterable[Explanation], words: str, start: int
    ) -> tuple[re.Match[str], Explanation] | None:
        found = [
            (match, one)
            for one in some
            if one in self.left and (match := _pattern(one.names).search(words, start))
        ]
        return min(found, key=lambda pair: (pair[0].start(), -len(pair[0][0])), default=None)

    def _mark(self, one: Explanation) -> str:
        """Return the button that opens an explanation, which is not offered again."""
        self.left.remove(one)
        word = ExplainedWord(f"word-{len(self.words) + 1}", one)
        self.words.append(word)
        told = escape(f"What is “{one.title}”?")
        return f'<button type="button" class="what" popovertarget="{word.id}" aria-label="{told}"></button>'


@lru_cache(maxsize=512)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of the names as a whole word; an abbreviation only as it is written."""
    ways = [
        _escaped(name) if is_abbreviation(name) else f"(?i:{re.escape(_escaped(name))})"
        for name in sorted(names, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")


def _escaped(name: str) -> str:
    """Return a name as it stands in HTML."""
    return escape(name, quote=False)
