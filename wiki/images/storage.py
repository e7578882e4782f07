"""Storage of files on the local disk: written completely or not at all, never overwritten."""

import os
import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A storage that writes to a temporary name first, so that a killed process leaves no partial file."""

    def _save(self, name: str, content: Any) -> str:
        """Write the file, then give it its final name, which must be free."""
        hidden = f"{name}.{secrets.token_hex(8)}.unfinished"
        unfinished = super()._save(hidden, content)  # type: ignore[misc]  # the stubs leave it out
        try:
            with open(self.path(unfinished), "rb") as written:
                os.fsync(written.fileno())
            # A hard link fails if the name exists; a rename would overwrite.
            os.link(self.path(unfinished), self.path(name))
        finally:
            os.unlink(self.path(unfinished))
        return name
