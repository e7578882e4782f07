"""Formatting of differences between two documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wiki.acts.reviewing.remarks import Discussion, RemarkTarget, Thread
from wiki.models import RemarkPlace
from wiki.screens.cited_sources import CitedSource
from wiki.templatetags.causeway import kind_label
from wiki.text import characters
from wiki.text.compare.conflict_view import MergedField
from wiki.text.compare.diff import Piece
from wiki.text.compare.inline_diff import Step
from wiki.text.compare.look_alikes import look_alikes, name_of

register = template.Library()

# Elements that are replaced inside a comparison, such as headings and links.
SHOWN_AS = {
    "h2": ("p", "as-heading"),
    "h3": ("p", "as-heading"),
    "h4": ("p", "as-heading"),
    "dl": ("div", ""),
    "dt": ("p", "as-heading"),
    "dd": ("div", ""),
    "box": ("div", "urgent"),
    "note": ("div", ""),
    "figure": ("p", ""),
    "pre": ("pre", ""),
    "link": ("span", "as-link"),
    "target": ("span", "as-target"),
    "source": ("span", "as-source"),
}
WRITTEN = {
    "same": "{}",
    "added": "<ins>{}</ins>",
    "removed": "<del>{}</del>",
    "context": '<span class="hint">{}</span>',
}
# What stands between two changes, and a sign between the parts of one, which no text holds.
_UNCHANGED = frozenset({"same", "context"})
_BETWEEN = "\0"
# A no-break space looks like a space: where one was added or removed, its sign is shown.
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class TalkPlace:
    """A passage of the screen that is no paragraph, with its remarks."""

    key: str
    threads: Sequence[Thread]


@register.simple_tag
def talk_of(talk: Discussion, place: str, text: str = "") -> TalkPlace:
    """Return the remarks on the title, the summary or the whole; or on a statement, by its key."""
    key = RemarkTarget(RemarkPlace(place), text).key
    return TalkPlace(key, talk.by_key.get(key, ()))


@register.filter
def unseen_marked(text: str) -> SafeString | str:
    """Return a text in which each invisible character has a visible mark."""
    found = characters.unseen_in(text)
    if not found:
        return text
    ends = [0, *(one.at + 1 for one in found)]
    words = [text[end : one.at] for end, one in zip(ends, found, strict=False)]
    marks = zip(words, found, strict=True)
    told = format_html_join(
        "",
        '{}<span class="unseen" title="{}">[{}]</span>',
        ((words, one.name, one.code) for words, one in marks),
    )
    return format_html("{}{}", told, text[ends[-1] :])


@register.filter
def pieces_marked(pieces: Iterable[Piece]) -> SafeString:
    """Return the exact words of a text, with additions and removals marked."""
    told = list(pieces)
    marks = _look_alikes_marked(told)
    return format_html_join("", "{}{}", ((_piece(one), mark) for one, mark in zip(told, marks, strict=True)))


def _look_alikes_marked(parts: Sequence[Piece | Step]) -> list[SafeString | str]:
    """Return for each part what stands behind it: what tells a change from the words that it replaces,
    where the eye cannot. It stands behind the last word of the change.
    """
    marks: list[SafeString | str] = [""] * len(parts)
    for is_change, stretch in groupby(enumerate(parts), lambda pair: pair[1].op not in _UNCHANGED):
        told = list(stretch) if is_change else []
        added = [place for place, one in told if one.op == "added"]
        if added:
            sides = (
                _BETWEEN.join(one.text for _, one in told if one.op == op) for op in ("removed", "added")
            )
            marks[added[-1]] = _exchanged_marked(look_alikes(*sides))
    return marks


def _exchanged_marked(pairs: Iterable[tuple[str, str]]) -> SafeString:
    names = ((old, name_of(old), new, name_of(new)) for old, new in pairs if NO_BREAK_SPACE not in (old, new))
    return format_html_join("", '<span class="unseen">[“{}” {} → “{}” {}]</span>', names)


def _piece(piece: Piece) -> SafeString:
    text = piece.text if piece.op == "same" else _visible(piece.text)
    return format_html(WRITTEN[piece.op], unseen_marked(text))


@register.filter
def single_marked(single: MergedField) -> SafeString:
    """Return a changed title, summary or kind with its difference marked; kinds by their labels."""
    if single.field != "kind":
        return pieces_marked(single.pieces)
    kinds = ((format_html(WRITTEN[one.op], kind_label(one.text)),) for one in single.pieces)
    return format_html_join(" ", "{}", kinds)


@register.simple_tag
def side_name(by: str, me: str, they: str) -> str:
    """Return who made a change in a merge: one side's name, the other's, or both."""
    both = {"both": "both alike", "each": f"{me} and {they}, each in part"}
    return {"ours": me, "theirs": they, **both}.get(by, "")


@register.filter
def steps_marked(steps: Iterable[Step], sources: Mapping[str, CitedSource] | None = None) -> SafeString:
    """Return a paragraph as readers see it, with additions and removals marked.

    Of `sources` each citation says author and year; of one that came or went all that tells it from another.
    """
    known = {f"[{key}]": one for key, one in (sources or {}).items()}
    told = list(steps)
    marks = _look_alikes_marked(told)
    shown = ((_step(one, known.get(one.text)), mark) for one, mark in zip(told, marks, strict=True))
    return format_html_join("", "{}{}", shown)


@register.filter
def cited_marked(source: CitedSource) -> SafeString:
    """Return a source with authors, title, year and kind of study, linked to its page."""
    work = ". ".join(filter(None, (source.authors, source.title)))
    if not work:
        return format_html('<span class="code">{}</span>', source.key)
    about = ", ".join(filter(None, (source.year, source.study)))
    return format_html("{} <small>{}</small>", _linked(source, work), about)


def _linked(source: CitedSource, words: str) -> SafeString | str:
    if not source.address:
        return words
    return format_html('<a class="plain" href="{}" title="{}">{}</a>', source.address, source.words, words)


def _citation(op: str, source: CitedSource) -> SafeString:
    told = _linked(source, source.short if op == "same" else source.words)
    return format_html("[{}]", format_html(WRITTEN[op], told))


def _step(step: Step, source: CitedSource | None) -> SafeString:
    if source and step.op not in ("open", "close"):
        return _citation(step.op, source)
    if step.op in ("open", "close"):
        tag = step.text.partition(" ")[0]
        name, of_class = SHOWN_AS.get(tag, (tag, ""))
        if step.op == "close":
            return format_html("</{}>", name)
        return format_html('<{} class="{}">', name, of_class) if of_class else format_html("<{}>", name)
    text = _visible(step.text) if step.op in ("added", "removed") else step.text
    return format_html(WRITTEN[step.op], unseen_marked(text))


def _visible(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, "⍽")
