"""The starter content: loaded as the work of one demo clinician, approved by one demo moderator."""

from pathlib import Path

from wiki.importing import pages
from wiki.models import User

FOLDER = Path(__file__).resolve().parent.parent / "starter"
NOTE = "Starter content, written for this wiki from the sources it cites. No clinician has reviewed it yet."


def load(progress: pages.Progress | None = None, folder: Path = FOLDER) -> int:
    """Load what is not in force yet and was never published; return how many pages were loaded now.

    A page that people have changed since stays as they left it.
    """
    files = [file for file in pages.read_folder(folder) if not pages.was_published(file)]
    author, approver = (User.objects.get(username=name) for name in ("clinician", "moderator"))
    cover = pages.ImportSummary(NOTE)
    return pages.load(files, author=author, approvers=[approver], cover=cover, progress=progress).pages
