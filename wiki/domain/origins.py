"""Origins of texts: written here by a person, or loaded without review."""

from typing import Final

from django.db.models import TextChoices

from wiki.domain.lifecycle import State


class Origin(TextChoices):
    """Where a text came from."""

    PERSON = "person", "Written by people"
    STARTER = "starter", "Starter content"
    IMPORT = "import", "Loaded from files"


# Origins of texts that no person here wrote or approved.
LOADED: Final = (Origin.STARTER, Origin.IMPORT)
# The status of a loaded text, in words.
NOT_APPROVED: Final = {State.APPROVED: "Loaded", State.UNAPPROVED: "Reverted"}
# The label of a page without a whole-page review, by the origin of its text.
UNREVIEWED: Final = {
    Origin.STARTER: "Starter content, not yet reviewed by a clinician",
    Origin.IMPORT: "Loaded from files, not yet reviewed by a clinician",
    Origin.PERSON: "Not yet reviewed as a whole",
}
