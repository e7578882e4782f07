"""Edit conflicts: reading what was published meanwhile, and settling conflicts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wiki.acts.reviewing import review
from wiki.acts.writing import submission
from wiki.acts.writing.sections import edit_summary_of
from wiki.domain.lifecycle import State
from wiki.forms.editing.conflict import ConflictForm
from wiki.models import Revision
from wiki.policy.refusal import Conflict, Refused, SavedElsewhere
from wiki.screens.edit_conflict import EditConflict, edit_conflict_of
from wiki.text.document import Document
from wiki.views.access import UserRequest, clinician_required, refused, revision_with_id


@clinician_required
def conflict(request: UserRequest, pk: int) -> HttpResponse:
    """Show one's change and the newer version as one text; a POST saves the solution in the draft."""
    mine = revision_with_id(request, pk, is_own=True)
    if mine.state not in (State.DRAFT, State.SUBMITTED) or mine.typed is not None:
        return redirect(mine)
    meeting = edit_conflict_of(mine, reader=request.user)
    if meeting is None:
        return _nothing_to_settle(request, mine)
    form = ConflictForm(meeting, request.POST if request.method == "POST" else None, writer=request.user)
    if form.is_valid:
        return _settle(request, mine, form.document, meeting)
    context = {"draft": mine, "form": form, "meeting": meeting}
    return render(request, "writing/conflict.html", context, status=422 if form.is_asked else 200)


def _nothing_to_settle(request: UserRequest, mine: Revision) -> HttpResponse:
    """Redirect to the text; what was written for a conflict that no longer exists is shown once more."""
    sentence = "Your text was written against what readers see now."
    chosen = [name.removeprefix("choice-") for name, choice in request.POST.items() if choice == "anew"]
    if written := [request.POST.get(f"anew-{key}", "") for key in chosen]:
        back = mine.get_absolute_url()
        return refused(request, f"{sentence} There is nothing to settle any more.", back=back, kept=written)
    messages.info(request, sentence)
    return redirect(mine)


def _settle(request: UserRequest, mine: Revision, document: Document, meeting: EditConflict) -> HttpResponse:
    """Save the solution in the draft; a waiting submission is withdrawn and continues as the draft."""
    draft, shown = mine, {"compared_with": meeting.live.revision_id}
    if meeting.taken_over is not None:
        shown["taken_over"] = meeting.taken_over.pk
    try:
        if mine.state != State.DRAFT:
            draft = review.settle_conflict(mine, by=request.user)
        seen = draft.saved_at.isoformat()
        draft = submission.settle(draft, document, by=request.user, seen=seen, **shown)
    except (Conflict, SavedElsewhere):
        # The questions may have changed; choices for unchanged questions are kept.
        return conflict(request, draft.pk) if draft == mine else redirect("conflict", draft.pk)
    except Refused as refusal:
        return refused(request, str(refusal), back=reverse("drafts"))
    if request.POST.get("act") == "submit":
        return _submit(request, draft)
    messages.success(request, "The text is put together. Read it once more, then send it for review.")
    return redirect(draft)


def _submit(request: UserRequest, draft: Revision) -> HttpResponse:
    """Submit the draft as it was shown; if it is refused, it stays a draft that says why."""
    try:
        sent = submission.submit(draft, by=request.user, **vars(edit_summary_of(draft)))
    except Refused as refusal:
        messages.warning(request, f"The text is put together, and was not sent yet. {refusal}")
        return redirect(draft)
    messages.success(
        request, f"Sent for review as version {sent.number}. You get a notification when it is decided."
    )
    return redirect(sent)
