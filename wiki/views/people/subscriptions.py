"""Notifications, watched pages, and the page of one's subscriptions."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wiki.acts.people import subscriptions as acts
from wiki.forms.people.subscriptions import WatchingForm
from wiki.mail import notices as news
from wiki.models import Notice, Page, Watch
from wiki.models.events import NEWEST_NOTICE_FIRST
from wiki.models.lists.keyset import PartAsked, part_of
from wiki.views import access
from wiki.views.access import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_required
def notices(request: UserRequest) -> HttpResponse:
    """Show a person's notices; a POST marks all as seen."""
    if request.method == "POST":
        news.mark_seen(request.user)
        return redirect("notices")
    mine = Notice.objects.of_person(request.user).visible_to(request.user)
    rows = part_of(mine, NEWEST_NOTICE_FIRST, PartAsked.from_query(request.GET))
    return render(request, "notices/notices.html", {"rows": rows, "unseen": mine.unseen().exists()})


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_required
def watching(request: UserRequest) -> HttpResponse:
    """Show a person's subscriptions; a POST changes all of them."""
    watches = list(Watch.objects.of_person(request.user))
    form = WatchingForm(request.POST if request.method == "POST" else None, who=request.user, watches=watches)
    if form.is_valid():
        acts.choose(request.user, form.choice)
        messages.success(request, "Your notification settings are saved.")
        return redirect("watching")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "watching/watching.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in_required
@access.at_its_address
def watch(request: UserRequest, page: Page, slug: str) -> HttpResponse:
    """Ask whether to watch a page; a POST does so."""
    if request.method == "POST":
        wanted = request.POST.get("act") == "watch"
        acts.watch(page, by=request.user, wanted=wanted)
        messages.success(
            request,
            "You watch this page. You get a notification when it changes."
            if wanted
            else "You no longer watch this page.",
        )
        return redirect(reverse("page", args=[slug]))
    is_watched = Watch.objects.is_watched(page, request.user)
    return render(request, "watching/watch.html", {"page": page, "is_watched": is_watched, "slug": slug})
