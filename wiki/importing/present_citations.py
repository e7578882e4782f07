"""Citations by the identifiers that sources have now: another wiki knows no former ones."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from wiki.models import Source
from wiki.text.document import Document, Row
from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.citations import GROUP, keys_of

# Code that looks like a citation is none.
_GROUP_OR_CODE: Final = re.compile(rf"`[^`\n]*`|{GROUP.pattern}")


def with_present_keys(document: Document) -> Document:
    """Return the document with the present key of each source that it cites by another one."""
    blocks = [one for one in blocks_of(document.body) if one.citations]
    cited = {key for one in blocks for key in one.citations}
    present = _present(cited | {key for row in document.statements for key in row.sources})
    if not present:
        return document
    body = document.body
    for block in sorted(blocks, key=lambda one: one.start, reverse=True):
        if not present.keys().isdisjoint(block.citations):
            words = _GROUP_OR_CODE.sub(lambda group: _renamed(group, present), body[block.start : block.end])
            body = body[: block.start] + words + body[block.end :]
    return replace(
        document, body=body, statements=tuple(_with_keys(row, present) for row in document.statements)
    )


def _present(keys: set[str]) -> dict[str, str]:
    """Return the present key for each key that its source does not have itself."""
    known = Source.objects.by_key(keys)
    records = Source.objects.with_ids().in_bulk(set(known.values()))
    return {key: records[pk].key for key, pk in known.items() if key not in map(str, records[pk].ids.all())}


def _renamed(group: re.Match[str], present: Mapping[str, str]) -> str:
    """Return a citation with present keys; one without others stays as it is written."""
    keys = keys_of(group[1] or "")
    if present.keys().isdisjoint(keys):
        return group[0]
    return "[" + "; ".join(f"@{key}" for key in dict.fromkeys(present.get(key, key) for key in keys)) + "]"


def _with_keys(row: Row, present: Mapping[str, str]) -> Row:
    return replace(row, sources=tuple(dict.fromkeys(present.get(key, key) for key in row.sources)))
