"""Other names of drugs: brands, other languages. `drug_names.LICENCE` says where they are from."""

import gzip
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "drug_names.txt.gz"


def names_beside(word: str) -> tuple[str, ...]:
    """Return how else a drug is called, its usual name first, by another name in small letters; or ()."""
    line = _lines().get(word)
    return tuple(one for one in line.split("\t") if one != word) if line else ()


@cache
def _lines() -> dict[str, str]:
    """Return the line of each other name: the usual name, then the others."""
    lines = gzip.decompress(_FILE.read_bytes()).decode("ascii").splitlines()
    return {other: line for line in lines for other in line.split("\t")[1:]}
