"""Which views may read from a replica, and for whom: told by the name of the view, never by the query."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase

from wiki.models.reading import replicas
from wiki.views.stored_answers import READS
from wiki.views.stored_views import VIEWS

# The views that may: they show what is published, and write nothing. Whatever else there is asks the primary:
# acts and the screens that they begin at, accounts, pictures (a page that has just been published shows them
# at once), and the order of commits that programs follow, which only the primary knows.
READING: Final = frozenset(VIEWS) | {
    *("search", "suggest", "suggest-to-browsers", "linked", "shared", "causes", "overdue", "waits"),
    *("record", "anchors", "anchors-json", "printed", "version-file", "person-record"),
    *("infobutton", "infobutton-without-stroke", "connect-application", "connect-service"),
    *("connect-application-once", "connect-service-once"),
    *("api:search", "api:linked", "api:shared"),
}
# For how long somebody who acted carries the position of their act. No replica that is read from is further
# behind than two seconds; the rest is for servers whose clocks differ.
SECONDS: Final = 60


class ReadsFromReplicas:
    """Middleware: answers from a replica where the view and the reader allow it.

    The last of all, so that session and account have been asked of the primary before: what ends a session
    or a right counts at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the view."""
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request be answered; give whoever acted the position of their act."""
        response = self.get_response(request)
        if request.method not in READS:
            try:
                position = replicas.position()
            except DatabaseError:
                position = replicas.NEVER
            for name in _carried(request):
                response.delete_cookie(name, samesite="Lax")
            response.set_signed_cookie(
                f"{_cookie()}-{position}",
                str(position),
                max_age=SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer from a replica; None where the view is to ask the primary."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method not in READS or name not in READING:
            return None
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Asked now, of the primary: `request.user` waits until somebody looks at it.
            bool(request.user.is_authenticated)
        alias = replicas.choose(_must_see(request, name))
        if alias is None:
            return None
        try:
            with replicas.reading(alias):
                response: HttpResponseBase = view(request, *args, **kwargs)
                if callable(render := getattr(response, "render", None)):
                    response = render()
                return response
        except (OperationalError, InterfaceError):
            # It is away, or what it applies got in the way of the view. The primary answers.
            replicas.distrust(alias)
            return None


def _must_see(request: HttpRequest, name: str) -> int:
    """Return the position up to which a reader must see the log.

    What is stored for all is made of the present moment, since only a later change drops it.
    """
    is_anybody = settings.SESSION_COOKIE_NAME not in request.COOKIES
    if settings.STORES_ANSWERS and is_anybody and name in VIEWS:
        return replicas.position()
    signed = (request.get_signed_cookie(name, default="", max_age=SECONDS) for name in _carried(request))
    return max((int(position or 0) for position in signed), default=0)


def _carried(request: HttpRequest) -> list[str]:
    """Return the names of the cookies with a position that a request carries.

    Each position has a cookie of its own, and an act takes away only those that it was sent with: all of them
    are older. So of two tabs that act at once, whichever is answered last, the greater position stays.
    """
    return [name for name in request.COOKIES if name.startswith(f"{_cookie()}-")]


def _cookie() -> str:
    """Return how the names of these cookies begin; over https a browser takes them for this host alone."""
    return "__Host-acted" if settings.SESSION_COOKIE_SECURE else "acted"
