"""What a text means as 256 numbers: the mean of the static vectors of its word pieces.

The vectors are two files of the package `wordllama`, which is never imported. Without it, or with
`PACKAGE = ""`, there are no vectors: search then ranks by words alone.
"""

import importlib.util
import json
import mmap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Tokenizer

PACKAGE: Final = "wordllama"
_WEIGHTS: Final = "weights/l2_supercat_256.safetensors"
_PIECES: Final = "tokenizers/l2_supercat_tokenizer_config.json"
_MOST_PIECES: Final = 512
_MOST_CHARACTERS: Final = 5 * _MOST_PIECES
_LARGEST: Final = 127


def page_vectors(title: str, text: str) -> tuple[bytes, bytes] | None:
    """Return what is stored of a page: the vectors of its text and of its title; None without vectors."""
    of_text, of_title = _vector(text), _vector(title)
    return None if of_text is None or of_title is None else (_stored(of_text), _stored(of_title))


def similarities(question: str, vectors: list[bytes]) -> list[float]:
    """Return how much each of some stored vectors means the same as a question: from -1 to 1; 0 without
    vectors.
    """
    asked = _vector(question)
    if asked is None or not vectors:
        return [0.0] * len(vectors)
    import numpy as np

    rows = np.frombuffer(b"".join(vectors), np.int8).reshape(len(vectors), -1).astype(np.float32)
    lengths = np.maximum(np.linalg.norm(rows, axis=1), 1e-9)
    return [float(one) for one in rows @ asked / lengths]


def _stored(vector: "np.ndarray") -> bytes:
    """Return a vector as whole numbers of one byte."""
    import numpy as np

    largest = float(np.abs(vector).max()) or 1.0
    return np.round(vector / largest * _LARGEST).astype(np.int8).tobytes()


def _vector(text: str) -> "np.ndarray | None":
    """Return the vector of a text with length 1, zeros for a text without words; None without vectors."""
    if (model := _model()) is None:
        return None
    import numpy as np

    vectors, tokenizer = model
    found = tokenizer.encode(text[:_MOST_CHARACTERS], add_special_tokens=False).ids
    pieces = [one for one in found if one < len(vectors)][:_MOST_PIECES]
    if not pieces:
        return np.zeros(vectors.shape[1], np.float32)
    mean = vectors[pieces].astype(np.float32).mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


@cache
def _model() -> "tuple[np.ndarray, Tokenizer] | None":
    """Return the vectors of the word pieces, a row each, and what cuts a text into pieces; None without."""
    folder = _folder()
    if folder is None:
        return None
    import numpy as np
    from tokenizers import Tokenizer

    # A safetensors file: eight bytes with the length of the header, the header as JSON, the numbers.
    # Mapped, not read: all processes of a machine share one copy of it.
    with open(folder / _WEIGHTS, "rb") as file:
        weights = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(weights[:8], "little")
    (tensor,) = (one for name, one in json.loads(weights[8:start]).items() if name != "__metadata__")
    rows = np.frombuffer(weights, np.float16, offset=start).reshape(tensor["shape"])
    return rows, Tokenizer.from_file(str(folder / _PIECES))


def _folder() -> Path | None:
    """Return where the two files lie; None where they do not."""
    found = importlib.util.find_spec(PACKAGE) if PACKAGE else None
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent
    return folder if (folder / _WEIGHTS).is_file() and (folder / _PIECES).is_file() else None
