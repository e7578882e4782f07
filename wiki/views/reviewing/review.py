"""Review of one submission: verdicts, and taking a version back."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from wiki.acts.reviewing import diff_views, second_reads
from wiki.acts.reviewing import review as review_acts
from wiki.acts.reviewing.publishing import version_before
from wiki.domain.lifecycle import State
from wiki.forms.editing.conflict import ConflictForm
from wiki.forms.reviewing.remarks import RemarkForm, TimeInViewForm
from wiki.forms.reviewing.review import RevertForm, VerdictForm
from wiki.models import Decision, Publication, Revision
from wiki.policy.refusal import Conflict, Refused
from wiki.screens.edit_conflict import edit_conflict_of
from wiki.screens.reviewing.review import ReviewScreen, open_review_screen
from wiki.views import access
from wiki.views.access import UserRequest
from wiki.views.next_in_queue import screen_of, to_next, way_of


@require_safe
@access.inspector_required
def review(request: UserRequest, pk: int) -> HttpResponse:
    """Show one submission: its changes, the resulting page, and the verdict if there is one."""
    revision = access.revision_with_id(request, pk)
    if revision.state == State.DRAFT:
        return redirect(revision)
    if revision.retired_with_id is not None:
        return redirect(screen_of(request, revision.retired_with_id))
    case = open_review_screen(revision, by=request.user)
    return _screen(request, case, VerdictForm(case=case))


def _screen(
    request: UserRequest,
    case: ReviewScreen,
    form: VerdictForm,
    *,
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Return the screen; record that the comparison was opened, which an approval requires."""
    since = case.last_seen if request.GET.get("since") == "mine" else None
    if case.can_decide and since is None and request.method != "HEAD":
        diff_views.open_comparison(case.revision, by=request.user)
    if not case.is_waiting and request.user.can_review:
        second_reads.record_opened_decision(case.revision, by=request.user)
    said, exact = RemarkForm(at=request.GET.get("remark", "")), request.GET.get("text") == "exact"
    context = {"case": case, "revision": case.revision, "form": form, "sentence": sentence, "since": since}
    context |= {"said": said, "exact": exact, "way": way_of(request)}
    context["changes"] = case.changes_since(since, at=said.at, exact=exact)
    return render(request, "review/review.html", context, status=status)


@require_POST
@access.moderator_required
def seconds(request: UserRequest, pk: int) -> HttpResponse:
    """Add to the time for which the reviewer had the comparison in view, as the browser reports it."""
    form = TimeInViewForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    revision = access.revision_with_id(request, pk)
    diff_views.add_time(revision, by=request.user, seconds=form.cleaned_data["seconds"])
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@access.moderator_required
def approve(request: UserRequest, pk: int) -> HttpResponse:
    """Approve what was shown, or say why not."""

    def act(form: VerdictForm) -> str:
        done = review_acts.approve(
            pk, by=request.user, shown=form.shown, checklist=form.checklist, **form.impact_given
        )
        if done is None:
            return "Signed. It goes live with the last signature that it needs."
        return f"{done.revision} is what readers see now."

    return _decide(request, pk, Decision.APPROVE, act)


@require_POST
@access.moderator_required
def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Publish a submission that has all its signatures, one of them this person's, or say why not."""

    def act(form: VerdictForm) -> str:
        return (
            f"{review_acts.finish(pk, by=request.user, shown=form.shown).revision} is what readers see now."
        )

    return _decide(request, pk, None, act)


@require_POST
@access.moderator_required
def request_changes(request: UserRequest, pk: int) -> HttpResponse:
    """Send a submission back to its author."""

    def act(form: VerdictForm) -> str:
        reason = form.cleaned_data["reason"]
        verdict = review_acts.request_changes(pk, by=request.user, reason=reason, checklist=form.checklist)
        return f"{verdict.revision} went back to {verdict.revision.author_name}."

    return _decide(request, pk, Decision.REQUEST_CHANGES, act)


@require_POST
@access.moderator_required
def reject(request: UserRequest, pk: int) -> HttpResponse:
    """Reject a submission."""

    def act(form: VerdictForm) -> str:
        reason = form.cleaned_data["reason"]
        verdict = review_acts.reject(pk, by=request.user, reason=reason, checklist=form.checklist)
        return f"{verdict.revision} is rejected. Its text and your reason are kept."

    return _decide(request, pk, Decision.REJECT, act)


def _decide(
    request: UserRequest, pk: int, decision: Decision | None, act: Callable[[VerdictForm], str]
) -> HttpResponse:
    """Do the decided act and go on to the next submission; if it is refused, show the screen with everything
    typed.
    """
    case = open_review_screen(access.revision_with_id(request, pk), by=request.user)
    form = VerdictForm(request.POST, case=case, decision=decision)
    if not form.is_valid():
        return _screen(request, case, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        messages.success(request, act(form))
    except Refused as refusal:
        case = open_review_screen(access.revision_with_id(request, pk), by=request.user)
        form = VerdictForm(request.POST, case=case)
        return _screen(request, case, form, sentence=str(refusal), status=HTTPStatus.CONFLICT)
    return to_next(request)


@require_POST
@access.clinician_required
def rebase(request: UserRequest, pk: int) -> HttpResponse:
    """Rebase a waiting change onto the live version, or show the conflicts."""
    revision = access.revision_with_id(request, pk)
    try:
        if "settle" in request.POST:
            return redirect("conflict", review_acts.settle_conflict(revision, by=request.user).pk)
        merged = review_acts.rebase(pk, by=request.user)
    except Conflict as conflict:
        return _conflict(request, revision, conflict)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk))
    messages.success(request, f"Put onto the page as it is now. {merged} waits for review.")
    return redirect(screen_of(request, merged.pk))


def _conflict(request: UserRequest, revision: Revision, conflict: Conflict) -> HttpResponse:
    """Show both texts of every conflict, with the next steps."""
    case = open_review_screen(revision, by=request.user)
    meeting = edit_conflict_of(revision, reader=request.user)
    form = ConflictForm(meeting, None, writer=request.user) if meeting else None
    context = {"case": case, "revision": revision, "merge": conflict.merge, "sentence": str(conflict)}
    context |= {"meeting": meeting, "form": form, "way": way_of(request)}
    return render(request, "review/conflict.html", context, status=HTTPStatus.CONFLICT)


@access.moderator_required
def revert(request: UserRequest, slug: str) -> HttpResponse:
    """Show the version that readers would get if the live one were reverted; a POST reverts it."""
    live = Publication.objects.live_with_people(access.page_at(slug))
    form = RevertForm(
        request.POST if request.method == "POST" else None,
        initial={"revision_id": live.revision_id if live else None},
    )
    sentence, status = "", HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            instead = review_acts.unapprove(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            sentence, status = str(refusal), HTTPStatus.CONFLICT
        else:
            messages.success(request, _reverted(instead))
            return redirect("page", slug)
    before = version_before(live.revision) if live else None
    context = {"live": live, "before": before, "form": form, "sentence": sentence}
    return render(request, "review/revert.html", context, status=status)


def _reverted(instead: Publication | None) -> str:
    if instead is None:
        return "Reverted. Readers are told that the page is under review."
    return f"Reverted. Readers see version {instead.revision.number} again."
