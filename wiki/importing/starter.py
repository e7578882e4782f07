"""The starter content, loaded in the name of the wiki, without author or approval."""

from pathlib import Path

from wiki.importing import pages
from wiki.models import User

FOLDER = Path(__file__).resolve().parent.parent / "starter"
NOTE = "Written for this wiki from the sources that it cites."


def load(progress: pages.Progress | None = None, folder: Path = FOLDER, *, by: User | None = None) -> int:
    """Load the starter pages that were never published; return how many were loaded now.

    A page that people have changed since stays as they left it.
    """
    files = [file for file in pages.read_folder(folder) if not pages.was_published(file)]
    return pages.load(files, note=NOTE, by=by, progress=progress).pages
