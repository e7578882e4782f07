"""The queue, claims, and how long review takes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wiki.acts.reviewing import claims
from wiki.acts.reviewing.second_reads import waiting_for as second_reads_for
from wiki.forms.reviewing.queue import QueueForm
from wiki.models import Disclosure, PublishedPage, Report, Statement
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.queue import narrowed, queue_of
from wiki.text.days import clock_in_words
from wiki.views import access
from wiki.views.access import UserRequest
from wiki.views.next_in_queue import screen_of, to_next, way_of

PER_PAGE = 50


@require_safe
@access.inspector_required
def queue(request: UserRequest) -> HttpResponse:
    """Show the waiting submissions by priority, and other work for moderators."""
    everything = queue_of(request.user)
    form = QueueForm(request.GET, queue=everything, can_review=request.user.can_review)
    found = narrowed(everything, form.wanted, by=request.user, now=timezone.now())
    due = list(PublishedPage.objects.for_lists().next_due()[:PER_PAGE])
    context = {
        "queue": found,
        "rows": Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "overdue": [one for one in due if one.due_on and one.due_on < timezone.localdate()],
        "soonest": next(iter(due), None),
        "reports": Report.objects.open().count(),
        "declaration": Disclosure.objects.last_of(request.user) if request.user.can_review else None,
        "hidden": Statement.objects.half_visible()[:PER_PAGE] if request.user.can_review else (),
        "way": way_of(request),
        "second_reads": second_reads_for(request.user),
    }
    return render(request, "queue/queue.html", context)


@require_safe
@access.moderator_required
def later(request: UserRequest, pk: int) -> HttpResponse:
    """Skip a submission, and go on to the next."""
    return to_next(request, skip=pk)


@require_POST
@access.moderator_required
def claim(request: UserRequest, pk: int) -> HttpResponse:
    """Claim a submission, or renew the claim."""
    revision = access.revision_with_id(request, pk)
    try:
        made = claims.claim(pk, by=request.user)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk))
    until = clock_in_words(made.until)
    messages.success(request, f"“{revision.title}” is yours to look at until {until}. Others see your name.")
    return redirect(screen_of(request, pk))


@require_POST
@access.moderator_required
def release(request: UserRequest, pk: int) -> HttpResponse:
    """Give up the claim on a submission."""
    revision = access.revision_with_id(request, pk)
    try:
        claims.release(pk, by=request.user)
    except Refused as refusal:
        return access.refused(request, str(refusal), back=screen_of(request, pk))
    messages.success(request, f"“{revision.title}” is free for others to take up.")
    return redirect(screen_of(request, pk))
