"""The middleware that keeps personal pages out of every cache, including the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class KeepPrivate:
    """Set `no-store` on every response to a session, unless the view sets its own caching.

    Else the back button shows drafts, unapproved text and people's data to whoever sits down after one has
    signed out. A session without an account may hold words that wait for its writer to sign in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and mark the response."""
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
