"""Unsaved work: what was typed when a session ended, kept until the writer signs in again."""

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render, resolve_url

from wiki.models import User

SALT: Final = "wiki.views.unsaved_work"
MONTH: Final = 30 * 24 * 60 * 60
# The most bytes that one session keeps; the longest page with its statements fits.
LONGEST: Final = 300_000
IN_SESSION: Final = "kept"
SIGN_IN: Final = "You have been signed out."
TOO_LONG: Final = (
    "You were signed out while writing, and this was too long to be kept here. Go back with your browser: "
    "what you typed is still there. Copy it before you sign in."
)


def seal_of(writer: User) -> str:
    """Return the signed id that a form carries, so that its words are given back only to this person."""
    return signing.dumps(writer.pk, salt=SALT)


def sealed_for(post: QueryDict) -> int | None:
    """Return the id of the person for whom a form was made, None if it is not a form of ours."""
    try:
        writer = signing.loads(post.get("writer", ""), salt=SALT, max_age=MONTH)
    except signing.BadSignature:
        return None
    return writer if isinstance(writer, int) else None


def asks_by_script(request: HttpRequest) -> bool:
    """Return whether a script sent the request, which cannot show a sign-in page."""
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return by_script or request.headers.get("Accept", "").startswith("application/json")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Redirect to sign-in and from there back, keeping what was typed. Scripts get a status."""
    if asks_by_script(request):
        return JsonResponse({"sentence": SIGN_IN}, status=HTTPStatus.UNAUTHORIZED)
    writer = sealed_for(request.POST) if request.method == "POST" else None
    if writer is not None and not _keep(request, writer):
        context = {"sentence": TOO_LONG, "back": resolve_url(settings.LOGIN_URL)}
        return render(request, "parts/refused.html", context, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return redirect_to_login(request.get_full_path())


def kept(request: HttpRequest) -> QueryDict | None:
    """Return what the signed-in person had typed at this address when a session ended.

    What somebody else had typed on the same computer is forgotten.
    """
    if not (held := request.session.get(IN_SESSION)):
        return None
    mine = {path: words for path, words in held.items() if words[0] == request.user.pk}
    if mine != held:
        request.session[IN_SESSION] = mine
    return QueryDict(mine[request.path][1]) if request.path in mine else None


def forget(request: HttpRequest) -> None:
    """Delete what was kept for this address, because it is saved."""
    if request.path in (held := request.session.get(IN_SESSION, {})):
        request.session[IN_SESSION] = {path: words for path, words in held.items() if path != request.path}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is older than the session; keep its words if the form was made for this person."""
    if asks_by_script(request):
        return JsonResponse({"sentence": SIGN_IN, "reason": "token"}, status=HTTPStatus.FORBIDDEN)
    writer = sealed_for(request.POST)
    # A form sent by another site is not kept, whatever browser it came through.
    is_ours = not reason.startswith(("Origin", "Referer"))
    is_theirs = is_ours and writer is not None and request.user.pk in (writer, None)
    context = {"is_kept": is_theirs and _keep(request, writer or 0), "back": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def _keep(request: HttpRequest, writer: int) -> bool:
    """Keep the posted form in the session if there is room; return whether it is kept."""
    post = request.POST.copy()
    post.pop("csrfmiddlewaretoken", None)
    held = request.session.get(IN_SESSION, {}) | {request.path: [writer, post.urlencode()]}
    if sum(len(words[1]) for words in held.values()) > LONGEST:
        return False
    request.session[IN_SESSION] = held
    return True
