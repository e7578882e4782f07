"""One-click unsubscribing from a letter, without signing in (RFC 8058)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wiki.acts.people import subscriptions
from wiki.mail import unsubscribe as unsubscribe_module
from wiki.mail.unsubscribe import Ticket
from wiki.policy.refusal import Refused


@csrf_exempt  # mail programs post here without a CSRF token; the signed link authorises them
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a confirmation; a POST ends the subscription, or undoes that."""
    ticket = unsubscribe_module.ticket(token)
    if ticket is None:
        return render(request, "unsubscribe/unknown.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _page(request, ticket, "")
    if request.POST.get("act") != "undo":
        subscriptions.unsubscribe(ticket)
        return _page(request, ticket, "ended")
    try:
        subscriptions.resume(ticket)
    except Refused as refusal:
        return _page(request, ticket, "", sentence=str(refusal), status=HTTPStatus.CONFLICT)
    return _page(request, ticket, "resumed")


def _page(
    request: HttpRequest,
    ticket: Ticket,
    done: str,
    *,
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"ticket": ticket, "done": done, "sentence": sentence}
    return render(request, "unsubscribe/unsubscribe.html", context, status=status)
