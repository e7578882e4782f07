"""What became since of what an event tells: a letter that waited, and the news, say what is true now."""

from typing import Final

from wiki.domain.lifecycle import State
from wiki.models import Correction, Event, Report, ReportState, Suppression, Task
from wiki.models.events import SUPPRESSING, NoticeQuerySet

# These tell of something that waits for somebody.
ASKING: Final = frozenset({"submit", "rebase", "sign", "unmet"})
_BECAME: Final[dict[str, str]] = {
    State.APPROVED: "it was approved",
    State.CHANGES_REQUESTED: "it was sent back for changes",
    State.REJECTED: "it was rejected",
    State.WITHDRAWN: "it was withdrawn by its author",
    State.INCLUDED: "it was included in a later version",
    State.UNAPPROVED: "it was approved, and that was reverted",
}


def since(event: Event) -> str:
    """Return in a sentence what became of the version that an event tells of; "" while it says what is true.

    It looks at the version alone, so that a list of news asks nothing more.
    """
    if event.revision is None:
        return ""
    state = event.revision.state
    if event.act in ASKING and state in _BECAME:
        return f"Since then {_BECAME[state]}: nothing waits for you here."
    if event.act == "approve" and state == State.UNAPPROVED:
        return "Since then the approval was reverted."
    return ""


def is_settled(event: Event) -> bool:
    """Return whether nothing that an event asks for is left to do: who is only asked needs no letter then."""
    data = event.data
    if event.act in ASKING:
        return bool(since(event))
    match event.act:
        case "correct":
            return not Correction.objects.proposed().filter(pk=data.get("correction")).exists()
        case "suppress":
            return not Suppression.objects.proposed().filter(revision=event.revision_id).exists()
        case "open_task" | "recheck":
            return Task.objects.filter(pk=data.get("task"), closed_at__isnull=False).exists()
        case "report":
            return Report.objects.filter(pk=data.get("report"), state=ReportState.CLOSED).exists()
    return False


def is_hidden(event: Event) -> bool:
    """Return whether the text that an event tells of was suppressed since: no letter tells of it then."""
    if event.act in SUPPRESSING or event.revision_id is None:
        return False
    return Suppression.objects.of_revision(event.revision_id) is not None


def mentions_hidden(told: NoticeQuerySet) -> bool:
    """Return whether one of some notices tells of a text that was suppressed since."""
    return (
        told.filter(event__revision__suppression__isnull=False).exclude(event__act__in=SUPPRESSING).exists()
    )
