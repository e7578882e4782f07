"""What a record says and its reference does not: fields and people that were not taken over."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wiki.text.sources.formats.raw import MOST_PEOPLE, line

_WORD: Final = re.compile(r"[^\W_]+")
_SHOWN: Final = 200


def left_over(said: Mapping[str, Any], csl: Mapping[str, Any]) -> Iterator[str]:
    """Yield each value of `said` whose words stand in no single field of the reference, as "name: value"."""
    kept = [set(_words(value)) for value in csl.values() if isinstance(value, str)]
    for name, values in said.items():
        for value in dict.fromkeys(map(line, values if isinstance(values, list | tuple) else [values])):
            words = set(_words(value))
            # A number alone is kept only as a whole field: 7 is not said by pages 7 to 9.
            if words and not any(words == one or (len(words) > 1 and words <= one) for one in kept):
                yield f"{name}: {value[:_SHOWN]}"


def cut_short(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the roles in which more people stand than are kept."""
    for name in ("author", "editor"):
        if len(fields.get(name) or ()) > MOST_PEOPLE:
            yield f"{name}: only the first {MOST_PEOPLE} were read"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
