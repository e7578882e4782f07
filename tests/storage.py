"""Storage of pictures while tests run: in memory, and each opening is a file of its own, as on a disk."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage


class FilesInMemory(InMemoryStorage):
    """Hands out copies: Django ends a request when a file that it answered with is closed by anybody."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with super()._open(name, mode) as kept:  # type: ignore[misc]  # the stubs leave it out
            return ContentFile(kept.read(), name)
