"""Origins of texts: a person wrote it here, or it was loaded and nobody here has read it."""

from typing import Final

from django.db.models import TextChoices

from wiki.domain.lifecycle import State


class Origin(TextChoices):
    """Where a text came from."""

    PERSON = "person", "Written by people"
    STARTER = "starter", "Starter content"
    IMPORT = "import", "Loaded from files"


# What no person wrote or approved here.
LOADED: Final = (Origin.STARTER, Origin.IMPORT)
# The states of a loaded text in words: nobody approved it.
NOT_APPROVED: Final = {State.APPROVED: "Loaded", State.UNAPPROVED: "Taken back"}
# What is said of a text of which nobody has reviewed the whole, by what lies beneath.
UNREVIEWED: Final = {
    Origin.STARTER: "Starter content, not yet reviewed by a clinician",
    Origin.IMPORT: "Loaded from files, not yet reviewed by a clinician",
    Origin.PERSON: "Not yet reviewed as a whole",
}
