"""Whole-page review: of a published page, or of a change together with its approval."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wiki.acts.reviewing import whole_page_review as acts
from wiki.domain.lifecycle import State
from wiki.forms.reviewing.whole_page import WholePageForm
from wiki.models import Page, PublishedPage, WholePageReview
from wiki.policy.refusal import Refused
from wiki.screens.reviewing.review import ReviewScreen, open_review_screen
from wiki.screens.reviewing.whole_page import WholePageScreen, live_screen, waiting_screen
from wiki.views import access
from wiki.views.access import UserRequest
from wiki.views.next_in_queue import screen_of


@access.moderator_required
@access.at_its_address
def of_page(request: UserRequest, page: Page, slug: str) -> HttpResponse:
    """Show a whole page with its checklist; a POST signs for the whole of it."""
    published_page = get_object_or_404(PublishedPage.objects.with_review(), page=page)
    published_page.publication.revision.page = published_page.page = page
    screen = live_screen(published_page, by=request.user)

    def act(form: WholePageForm) -> WholePageReview:
        return acts.review_whole_page(page, by=request.user, reading=form.reading)

    return _ask(request, screen, act, leads_to=published_page.get_absolute_url())


@access.moderator_required
def of_submission(request: UserRequest, pk: int) -> HttpResponse:
    """Show the whole page that a change makes; a POST approves the change and signs for the whole."""
    revision = access.revision_with_id(request, pk)
    case = open_review_screen(revision, by=request.user)
    if revision.state != State.SUBMITTED or not case.can_approve or case.merging:
        return redirect(screen_of(request, pk))
    screen = waiting_screen(revision, by=request.user)

    def act(form: WholePageForm) -> WholePageReview:
        return acts.approve_and_review(pk, by=request.user, shown=form.shown, reading=form.reading)

    return _ask(request, screen, act, leads_to=screen_of(request, pk), case=case)


def _ask(
    request: UserRequest,
    screen: WholePageScreen,
    act: Callable[[WholePageForm], WholePageReview],
    *,
    leads_to: str,
    case: ReviewScreen | None = None,
) -> HttpResponse:
    """Show the screen; after a POST, do the act and go on, or say why not with everything typed."""
    form = WholePageForm(request.POST if request.method == "POST" else None, screen=screen)
    context: dict[str, Any] = {"screen": screen, "published_page": screen.published_page, "case": case}
    context |= {"form": form, "sheet": screen.sheet, "digest": screen.revision.digest}
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "whole_page/review.html", context, status=status)
    try:
        made = act(form)
    except Refused as refusal:
        context["sentence"] = str(refusal)
        return render(request, "whole_page/review.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, made.sentence)
    return redirect(leads_to)
