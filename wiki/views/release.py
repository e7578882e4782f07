"""Which version of the program, with which settings, made an answer."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def release() -> str:
    """Return what tells this version of the program, with its settings, from every other."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(path.read_bytes())
    told = {name: getattr(settings, name) for name in sorted(dir(settings)) if name.isupper()}
    digest.update(json.dumps(told, default=lambda value: type(value).__name__, skipkeys=True).encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for folder, kind in (("wiki", "*.py"), ("templates", "*"), ("static", "*")):
        yield from (path for path in (Path(settings.BASE_DIR) / folder).rglob(kind) if path.is_file())
