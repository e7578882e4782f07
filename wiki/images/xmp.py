"""Text in an XMP packet, with the names of its fields."""

import re
from collections.abc import Iterator
from typing import Final

_PIECE: Final = re.compile(r"<(?P<tag>[\w:]++)(?P<attributes>[^<>]*+)>|(?P<text>[^<>]++)")
_ATTRIBUTE: Final = re.compile(r"""(?<![\w:])([\w:]++)=(?:"([^"]*)"|'([^']*)')""")
_LONGEST: Final = 500_000


def words_in_xmp(packet: str) -> Iterator[tuple[str, str]]:
    """Yield each field of the packet with its text; lists have the name of the field that holds them."""
    field = "XMP"
    for piece in _PIECE.finditer(packet[:_LONGEST]):
        if tag := piece["tag"]:
            if not tag.startswith(("rdf:", "x:")):
                field = f"XMP {tag.rpartition(':')[2]}"
            for name, one, other in _ATTRIBUTE.findall(piece["attributes"]):
                if not name.startswith(("xmlns", "rdf:", "xml:")):
                    yield f"XMP {name.rpartition(':')[2]}", one or other
        elif piece["text"].strip():
            yield field, piece["text"]
