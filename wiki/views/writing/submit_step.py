"""The step that asks what the reviewer must know, where Submit was pressed without saying it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wiki.acts.writing import drafts, submission
from wiki.acts.writing.submission import MergedWithNewVersion
from wiki.domain.lifecycle import State
from wiki.forms.editing.submit_step import SubmitStepForm
from wiki.models import Revision
from wiki.policy.refusal import Conflict, Refused
from wiki.screens.edit_conflict import edit_conflict_of
from wiki.screens.statistics import sentence_when_sent, waits_in_words
from wiki.views.access import UserRequest, clinician_required, revision_with_id


@require_http_methods(["GET", "HEAD", "POST"])
@clinician_required
def submit_step(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for the edit summary of one's draft; a POST keeps it and sends the draft for review."""
    draft = revision_with_id(request, pk, is_own=True)
    if draft.state != State.DRAFT or draft.typed is not None:
        return redirect(draft)
    is_sent = request.method == "POST"
    form = SubmitStepForm.typed(request.POST) if is_sent else SubmitStepForm.of_draft(draft)
    if draft.parent_id is None:
        form.ask_of_new_page()
    if not is_sent:
        return _shown(request, draft, form)
    if not form.owes_nothing():
        return _shown(request, draft, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _send(request, draft, form)


def _send(request: UserRequest, draft: Revision, form: SubmitStepForm) -> HttpResponse:
    try:
        draft = drafts.save(draft, draft.document, by=request.user, **form.summary)
        if edit_conflict_of(draft):
            return redirect("conflict", draft.pk)
        sent = submission.submit(draft, by=request.user, **form.summary)
    except MergedWithNewVersion as refusal:
        messages.warning(request, str(refusal))
        return redirect(draft)
    except Conflict:
        return redirect("conflict", draft.pk)
    except Refused as refusal:
        return _shown(request, draft, form, status=HTTPStatus.CONFLICT, sentence=str(refusal))
    messages.success(request, sentence_when_sent(sent))
    return redirect(sent)


def _shown(
    request: UserRequest,
    draft: Revision,
    form: SubmitStepForm,
    *,
    status: int = HTTPStatus.OK,
    sentence: str = "",
) -> HttpResponse:
    context = {"draft": draft, "form": form, "sentence": sentence, "expected_waits": waits_in_words()}
    return render(request, "writing/submit_step.html", context, status=status)
