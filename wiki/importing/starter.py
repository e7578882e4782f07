"""The starter content, loaded in the name of the wiki, without author or approval."""

from pathlib import Path

from wiki.importing import page_loads, pages, pictures
from wiki.models import User

FOLDER = pictures.STARTER
NOTE = "Written for this wiki from the sources that it cites."


def load(
    progress: page_loads.Progress | None = None, folder: Path = FOLDER, *, by: User | None = None
) -> int:
    """Load the drawings and the starter pages that were never published; return how many pages came.

    A page that people have changed since stays as they left it.
    """
    files = pages.PageFolder(folder)
    there = page_loads.ever_published([file.title for file in files])
    return page_loads.load(
        [file for file in files if file.title not in there],
        note=NOTE,
        by=by,
        progress=progress,
        pictures=pictures.PictureFolder(folder),
    ).pages
