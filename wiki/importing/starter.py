"""The starter content, loaded in the name of the wiki, without author or approval."""

from pathlib import Path

from wiki.importing import pages, pictures
from wiki.models import User

FOLDER = pictures.STARTER
NOTE = "Written for this wiki from the sources that it cites."


def load(progress: pages.Progress | None = None, folder: Path = FOLDER, *, by: User | None = None) -> int:
    """Load the drawings and the starter pages that were never published; return how many pages came.

    A page that people have changed since stays as they left it.
    """
    pictures.load_folder(folder)
    files = [file for file in pages.read_folder(folder) if not pages.was_published(file)]
    return pages.load(files, note=NOTE, by=by, progress=progress).pages
