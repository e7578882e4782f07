"""Storage of files on the machine’s own disk: whole or not at all, never written over."""

import os
import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Writes a file under another name first, so that a process that is killed leaves no half one."""

    def _save(self, name: str, content: Any) -> str:
        """Write the file, then let it appear under its name, which must be free."""
        hidden = f"{name}.{secrets.token_hex(8)}.unfinished"
        unfinished = super()._save(hidden, content)  # type: ignore[misc]  # the stubs leave it out
        try:
            with open(self.path(unfinished), "rb") as written:
                os.fsync(written.fileno())
            # Unlike a rename, a link is refused when the name is taken.
            os.link(self.path(unfinished), self.path(name))
        finally:
            os.unlink(self.path(unfinished))
        return name
