"""The link in every letter that ends it by one click, without signing in (RFC 8058)."""

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


@csrf_exempt  # a mail program posts here: whoever holds the signed link may
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before anything ends; a POST ends it at once, or takes that back."""
    ticket = unsubscribe_module.ticket(token)
    if ticket is None:
        return render(request, "unsubscribe/unknown.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _said(request, ticket, "")
    if request.POST.get("act") != "undo":
        subscriptions.unsubscribe(ticket)
        return _said(request, ticket, "ended")
    try:
        subscriptions.resume(ticket)
    except Refused as refusal:
        return _said(request, ticket, "", sentence=str(refusal), status=HTTPStatus.CONFLICT)
    return _said(request, ticket, "resumed")


def _said(
    request: HttpRequest,
    ticket: Ticket,
    done: str,
    *,
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"ticket": ticket, "done": done, "sentence": sentence}
    return render(request, "unsubscribe/unsubscribe.html", context, status=status)
