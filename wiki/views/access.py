"""Access: decorators for preconditions, and the responses for people without access."""

import datetime as dt
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request

from wiki.models import Address, Name, Page, Revision, User, Visitor
from wiki.models.events import person_with_counts
from wiki.models.lists.keyset import NoSuchPlace
from wiki.models.reading import replicas
from wiki.policy.permissions import lacks_second_factor
from wiki.policy.protection_rules import sentence_of
from wiki.text.slugs import fold, slug_of
from wiki.views.unsaved_work import asks_by_script, sign_in_first


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """Signs in by user name or email; loads the person together with the counts of the header."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person with their counts, in one query, if the account is active."""
        person = person_with_counts(user_id)
        if person is None or not person.is_active:
            return None
        person.lacks_second_step = lacks_second_factor(person)
        return person


View = Callable[..., HttpResponse]

BROKEN = "Sorry, there is a problem with the wiki. Try again in a minute."
AWAY = "The wiki cannot reach its database. Try again in a moment; what you typed is still in your browser."
# SQLSTATEs of a server that is shutting down, starting, or out of connections.
SHUTTING_DOWN = frozenset({"57P01", "57P02", "57P03", "53300"})

SECOND_STEP = "Moderators, auditors and administrators sign in with a second step. Set one up, then go on."
# Views that need no second factor: reading, setting one up, signing out.
READING = frozenset(
    {
        "wiki.views.reading.pages",
        "wiki.views.reading.explore",
        "wiki.views.reading.forms_of_page",
        "wiki.views.reading.infobutton",
        "wiki.views.reading.data_sets",
        "wiki.views.reading.search",
        "wiki.views.reading.recalls",
        "wiki.views.reading.site_pages",
        "wiki.views.access",
    }
    | {"wiki.views.reading.contributors"}
)
PRINTS = frozenset({"printed", "version-file", "anchors", "anchors-json", "chains", "check-record"}) | {
    "robots",
    "llms",
    "opensearch",
    "sitemap",
    "sitemap-part",
    "security",
    "manifest",
    "favicon",
}
READING_TOO = PRINTS | {"rendition", "picture", "help", "help-topic", "report-page", "reported"}
READS = frozenset({"GET", "HEAD"})
SETTING_UP = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account_email",
        "account_confirm_email",
        "account_email_verification_sent",
    }
)


class SecondFactor:
    """Middleware: requires a second factor of people who may review or administer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` decides once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect if the view requires a second factor and the account has none."""
        if not settings.MFA_REQUIRED or _is_open(request, view):
            return None
        if isinstance(request.user, User) and request.user.lacks_second_step:
            messages.warning(request, SECOND_STEP)
            return redirect("mfa_index")
        return None


def _is_open(request: HttpRequest, view: View) -> bool:
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return view.__module__ in READING or name in READING_TOO | SETTING_UP or name.startswith("mfa_")


class UserRequest(HttpRequest):
    """A request by a signed-in person."""

    user: User


def _required(test: Callable[[User], bool], sentence: str) -> Callable[[View], View]:
    """Return a decorator that admits people who pass `test` and tells others who may enter."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            user = request.user
            if user.lacks_second_step is None:
                user.lacks_second_step = lacks_second_factor(user)
            if user.lacks_second_step:
                raise PermissionDenied(SECOND_STEP)
            if not test(user) or (user.suspension and request.method not in READS):
                raise PermissionDenied(user.suspension or sentence)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def asked_a_minute(what: str, request: UserRequest) -> int:
    """Return how often this person has asked in this minute, this time included."""
    minute = f"{what}:{request.user.pk}:{int(time.time() // 60)}"
    cache.add(minute, 0, timeout=120)
    return cache.incr(minute)


signed_in_required = _required(lambda user: user.is_active, "Sign in to see this.")
clinician_required = _required(
    lambda user: user.can_write, "Only clinicians and moderators may write. An administrator grants the role."
)
inspector_required = _required(
    lambda user: user.can_write or user.can_inspect,
    "Only clinicians, moderators and auditors may see this. An administrator grants the role.",
)
moderator_required = _required(
    lambda user: user.can_review, "Only moderators may do this. An administrator grants the role."
)
reviews_required = _required(
    lambda user: user.can_inspect,
    "Only moderators and auditors may see this. An administrator grants the role.",
)
desk_required = _required(
    lambda user: user.can_inspect or user.can_administer,
    "Only moderators, auditors and administrators may see this.",
)
administrator_required = _required(lambda user: user.can_administer, "Only administrators may do this.")


def revision_or_404(request: HttpRequest, **lookup: Any) -> Revision:
    """Return the revision if this person may see it; else raise 404."""
    visible = Revision.objects.visible_to(request.user).select_related("page", "author", "parent")
    return get_object_or_404(visible, **lookup)


def revision_with_id(request: HttpRequest, pk: int, *, state: str = "", is_own: bool = False) -> Revision:
    """Return the same of a revision by its id: of any state or of one, of anybody or of this person."""
    found = Revision.objects.one_visible_to(request.user, pk)
    if found is None or (state and found.state != state) or (is_own and found.author_id != request.user.pk):
        raise Http404(pk)
    return found


def closed_to(request: UserRequest, page: Page) -> HttpResponse | None:
    """Return the page that says that only moderators may edit `page` now; None if the person may."""
    if request.method == "POST" or not page.is_protected or request.user.can_review:
        return None
    if Revision.objects.drafts_of(request.user).on(page).exists():
        return None
    back = (
        reverse("history", args=[page.published_page.slug])
        if hasattr(page, "published_page")
        else reverse("drafts")
    )
    return refused(request, sentence_of(page), back=back, status=HTTPStatus.FORBIDDEN)


def may_read_suppressed(person: Visitor) -> bool:
    """Return whether somebody may read suppressed texts."""
    return isinstance(person, User) and (person.can_review or person.can_administer)


def page_at(slug: str) -> Page:
    """Return the page at `slug`, a present or former address, or raise 404."""
    if (found := Address.objects.with_page(slug)) is None:
        raise Http404(slug)
    return found.page


def why_retired(reason: str) -> str:
    """Return the sentence that says why a page was retired."""
    return f"This page was retired. {reason}"


def day_of(typed: str, clock: str = "") -> dt.date | None:
    """Return the typed day (year-month-day), or the moment if it has a time; None if it is neither.

    `clock` is a time that was typed beside a day. A time without a zone is in the zone of the wiki. A blank
    may stand before the time; in an address it may also be the plus sign of a zone.
    """
    words = re.sub(r"^([\d-]+) (?=\d)", r"\1T", f"{typed}T{clock}" if clock else typed)
    words = re.sub(r"(?<=\d) (?=\d\d:?\d\d$)", "+", words)
    try:
        found = parse_datetime(words) if "T" in words else parse_date(words)
        if not isinstance(found, dt.datetime):
            return found
        moment = timezone.make_aware(found) if timezone.is_naive(found) else found
        # The first and the last day of the calendar have moments that exist in one zone and not in another.
        return timezone.localtime(moment.astimezone(dt.UTC))
    except (ValueError, OverflowError):
        return None


def is_past(day: dt.date) -> bool:
    """Return whether a day is over, or a moment has come."""
    return day <= timezone.now() if isinstance(day, dt.datetime) else day < timezone.localdate()


def usual_address(slug: str) -> str:
    """Return the address that is meant by one with capitals or underscores, "" if none is.

    No address was ever given with these, as people and other wikis write them.
    """
    usual = slug_of(slug.replace("_", " "))
    return usual if usual != slug and Address.objects.filter(slug=usual).exists() else ""


def at_its_address(view: View) -> View:
    """Decorate a view of a page: hand it the page; lead from old addresses to the view at the present one.

    Never for good: a browser keeps that, and would turn in a circle once the page has its old name again.
    """

    @wraps(view)
    def led(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD") and (usual := usual_address(slug)):
            return _led_to(request, usual, rest, permanent=True)
        page = page_at(slug)
        published_page = getattr(page, "published_page", None)
        if published_page is None or published_page.slug == slug:
            return view(request, page, slug=slug, **rest)
        return _led_to(request, published_page.slug, rest)

    return led


def _led_to(
    request: HttpRequest, slug: str, rest: dict[str, Any], *, permanent: bool = False
) -> HttpResponse:
    """Return the way to the same view at another address of a page."""
    name = request.resolver_match.view_name if request.resolver_match else "page"
    path = reverse(name, kwargs={"slug": slug, **rest})
    query = request.GET.urlencode()
    return redirect(f"{path}?{query}" if query else path, permanent=permanent)


def refused(
    request: HttpRequest,
    sentence: str,
    *,
    back: str,
    status: int = HTTPStatus.CONFLICT,
    kept: Sequence[str] = (),
) -> HttpResponse:
    """Return the page that says why an act was not done, with the way back and what was typed."""
    context = {"sentence": sentence, "back": back, "kept": kept}
    return render(request, "parts/refused.html", context, status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page that says who may enter; scripts get a sentence."""
    if asks_by_script(request):
        return JsonResponse({"sentence": str(exception)}, status=HTTPStatus.FORBIDDEN)
    return render(request, "403.html", {"sentence": str(exception)}, status=HTTPStatus.FORBIDDEN)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for a request that cannot be read; of a place in a list, where the list begins."""
    if not isinstance(exception, NoSuchPlace):
        return bad_request(request, exception)
    return render(request, "parts/no_such_place.html", status=HTTPStatus.BAD_REQUEST)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for an unknown address, with a search for its words."""
    parts = "".join(filter(str.isprintable, request.path)).strip("/").split("/")
    named = parts[1] if parts[0] == "wiki" and len(parts) > 1 else parts[-1]
    words = "" if named.isdigit() else named.replace("-", " ")[:80]
    near = Name.objects.nearest_pages(fold(words) if words else "")
    return render(request, "404.html", {"words": words, "near": near}, status=HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for a server error, or the one for an unavailable database."""
    is_away = database_is_away(sys.exception())
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    if asks_by_script(request):
        answer: HttpResponse = JsonResponse({"sentence": AWAY if is_away else BROKEN}, status=status)
    else:
        answer = HttpResponse(render_to_string("503.html" if is_away else "500.html"), status=status)
    if is_away:
        answer.headers["Retry-After"] = "5"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def database_is_away(problem: BaseException | None) -> bool:
    """Return whether the cause of an error is that no database connection is available."""
    if not isinstance(problem, (InterfaceError, OperationalError)):
        return False
    # Errors on an open connection, such as a deadlock, have a SQLSTATE.
    state = getattr(problem.__cause__, "sqlstate", None)
    return state is None or state.startswith("08") or state in SHUTTING_DOWN


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Respond if the process is alive."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Respond if the database answers too; tell the role of each replica and how far behind it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database is away"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    told = {"replicas": replicas.report()} if settings.REPLICAS else {}
    return JsonResponse({"status": "ok"} | told)
