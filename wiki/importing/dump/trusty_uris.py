"""Trusty URIs of RDF graphs (module RA): an address that holds the digest of what stands at it.

See https://github.com/trustyuri/trustyuri-spec: each quad is written on four lines, with a space for the code
itself, the quads are sorted, and the SHA-256 of that text is the code.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Final

from rdflib import Literal, URIRef

type Quad = tuple[URIRef, URIRef, URIRef, URIRef | Literal]

MODULE: Final = "RA"
# What stands in the addresses of quads whose code is not known yet.
UNKNOWN: Final = f"{MODULE}{'0' * 43}"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


def code_of(quads: Iterable[Quad], code: str = UNKNOWN) -> str:
    """Return the code of quads (graph, subject, predicate, object) in which `code` stands for it."""
    lines = sorted({tuple(_key(one, code) for one in quad) for quad in quads})
    text = "".join(f"{_line(one)}\n" for quad in lines for one in quad)
    digest = hashlib.sha256(text.encode()).digest()
    return f"{MODULE}{urlsafe_b64encode(digest).decode().rstrip('=')}"


def _key(term: URIRef | Literal, code: str) -> tuple[int, bytes, str, str]:
    """Return what a term is sorted by: addresses first; literals by text, datatype, language."""
    if not isinstance(term, Literal):
        return 0, str(term).replace(code, " ").encode(), "", ""
    if term.language is not None:
        return 1, str(term).encode(), "", term.language.lower()
    return 1, str(term).encode(), str(term.datatype or _STRING), ""


def _line(key: tuple[int, bytes, str, str]) -> str:
    is_literal, text, datatype, language = key
    if not is_literal:
        return text.decode()
    escaped = text.decode().replace("\\", "\\\\").replace("\n", "\\n")
    return f"@{language} {escaped}" if language else f"^{datatype} {escaped}"
