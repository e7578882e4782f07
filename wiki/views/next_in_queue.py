"""The next submission in the queue, within a person's filters."""

from dataclasses import fields

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wiki.forms.numbers import number_in
from wiki.forms.reviewing.queue import QueueForm
from wiki.screens.reviewing.queue import QueueFilter, next_in, queue_of
from wiki.views.access import UserRequest

# Query parameters that are kept from one submission to the next: filters, order and what was skipped.
WAY = (*(one.name for one in fields(QueueFilter)), "skip")


def way_of(request: UserRequest) -> str:
    """Return the kept query parameters as a query string; "" for none."""
    return _along(request.GET.copy())


def _along(query: QueryDict) -> str:
    for name in set(query) - set(WAY):
        del query[name]
    words = query.urlencode()
    return f"?{words}" if words else ""


def screen_of(request: UserRequest, pk: int) -> str:
    """Return the address of a submission's screen, with what is kept."""
    return f"{reverse('review', args=[pk])}{way_of(request)}"


def to_next(request: UserRequest, *, skip: int | None = None) -> HttpResponse:
    """Redirect to the next submission that the person can sign within their filters, or to the queue."""
    query = request.GET.copy()
    if skip is not None:
        query.appendlist("skip", str(skip))
    everything = queue_of(request.user, with_signers=False)
    wanted = QueueForm(query, queue=everything, can_review=request.user.can_review).wanted
    skipped = {number for one in query.getlist("skip") if (number := number_in(one)) is not None}
    found = next_in(everything, wanted, by=request.user, now=timezone.now(), skipped=skipped)
    if found is None:
        query.setlist("skip", [])
        return redirect(f"{reverse('queue')}{_along(query)}")
    return redirect(f"{reverse('review', args=[found.pk])}{_along(query)}")
