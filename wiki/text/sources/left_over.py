"""What a record says and its reference does not: fields and people that were not taken over."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from wiki.text.sources.formats.raw import MONTHS, MOST_PEOPLE, JournalNotice, RawWork, leaves, line
from wiki.text.sources.identifiers import BadIdentifier, Identifier, parse

_WORD: Final = re.compile(r"[^\W_]+")
_SHOWN: Final = 200


class _Kept(Protocol):
    """What was taken over of a record."""

    @property
    def ids(self) -> tuple[Identifier, ...]: ...
    @property
    def csl(self) -> dict[str, Any]: ...
    @property
    def types(self) -> tuple[str, ...]: ...
    @property
    def notices(self) -> tuple[JournalNotice, ...]: ...
    @property
    def unread(self) -> tuple[str, ...]: ...


def left_over(said: Mapping[str, Any], csl: Mapping[str, Any]) -> Iterator[str]:
    """Yield each value of `said` whose words stand in no single field of the reference, as "name: value"."""
    kept = [set(_words(value)) for value in csl.values() if isinstance(value, str)]
    for name, values in said.items():
        for value in dict.fromkeys(map(line, values if isinstance(values, list | tuple) else [values])):
            words = set(_words(value))
            # A number alone is kept only as a whole field: 7 is not said by pages 7 to 9.
            if words and not any(words == one or (len(words) > 1 and words <= one) for one in kept):
                yield f"{name}: {value[:_SHOWN]}"


def untold(raw: RawWork, kept: _Kept) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a record says and nothing else tells, as "name: value": what a reference could hold, and
    what belongs to none.
    """
    pool = _pool(raw, kept)
    keys = {one.key for one in kept.ids} | {name.key for one in kept.ids for name in one.other_names}
    found: dict[str, list[str]] = {}
    needless: dict[str, list[str]] = {}
    lost: set[str] = set()
    for path, value in raw.whole:
        names = path.split()
        belongs_to_none = next((one for one in names if one in raw.needless), "")
        if belongs_to_none:
            needless.setdefault(belongs_to_none, []).append(value)
            # One value that is lost is enough to list the field: there may be hundreds, such as references.
            if belongs_to_none not in lost and not _is_kept(value, pool, keys):
                lost.add(belongs_to_none)
        elif not _is_kept(value, pool, keys):
            found.setdefault(names[0], []).append(value)
    return _in_lines(found), _in_lines({name: one for name, one in needless.items() if name in lost})


def _in_lines(values: Mapping[str, list[str]]) -> tuple[str, ...]:
    joined = {name: "; ".join(dict.fromkeys(several)) for name, several in values.items()}
    return tuple(
        f"{name}: {words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}" for name, words in joined.items()
    )


# Words that only join or label what stands beside them, in a list of names, a date or an identifier.
_JOINING: Final = frozenset(
    """
    and et al others jr sr ed eds edn edition vol no pp p http https www dx doi org pmid pmcid pii isbn epub
    available at from url
    """.split()  # noqa: SIM905  # shorter to read than a list
)


def _pool(raw: RawWork, kept: _Kept) -> set[str]:
    """Return the words of what was taken over or is told."""
    values = [words for _, words in leaves(kept.csl)]
    values += [one.key for one in kept.ids] + [one.reference for one in kept.notices]
    values += [one.on for one in kept.notices] + [*kept.types, *kept.unread]
    # A number of an edition, or a type, is kept in another form; the last page may be a short one.
    values += [line(raw.fields.get(name)) for name in ("edition", "type")]
    first, _, last = str(kept.csl.get("page", "")).partition("-")
    values.append(first[: -len(last)] + last if last else "")
    return {_plain(word) for value in values for word in _words(value)} | _JOINING


def _is_kept(value: str, pool: set[str], keys: set[str]) -> bool:
    words = {
        _plain(one) for one in _words(_ISBN_10.sub("", value) if _has_isbn(value, keys, pool) else value)
    }
    return words <= pool or _key(value) in keys


_ISBN_10: Final = re.compile(r"\b(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dXx]\b")


def _has_isbn(value: str, keys: set[str], pool: set[str]) -> bool:
    """Return whether the numbers of books in a value are all kept, with or without hyphens, old or new."""
    found = [_key(f"isbn:{one}") for one in _ISBN_10.findall(value)]
    return bool(found) and all(one in keys or one.removeprefix("isbn:") in pool for one in found)


def _key(value: str) -> str:
    try:
        return parse(value).key
    except BadIdentifier:
        return ""


def _plain(word: str) -> str:
    """Return a word as it is compared: a number without leading zeros, a month as its number."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    if word[:3] in MONTHS and word in _MONTHS:
        return str(MONTHS.index(word[:3]) + 1)
    return word


_MONTHS: Final = frozenset(MONTHS) | frozenset(
    """
    january february march april june july august september sept october november december
    """.split()  # noqa: SIM905  # shorter to read than a list
)


def cut_short(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the roles in which more people stand than are kept."""
    for name in ("author", "editor"):
        if len(fields.get(name) or ()) > MOST_PEOPLE:
            yield f"{name}: only the first {MOST_PEOPLE} were read"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
