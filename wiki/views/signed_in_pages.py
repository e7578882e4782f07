"""A page for somebody signed in: the stored body of those with their rights, with what is theirs filled in.

A template names what belongs to one person with `{% own_part %}`. While a body is made to be stored a gap is
left there (`templatetags/own_parts.py`); it is filled for each answer, and only then is anything sent.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Engine, RequestContext, Template

from wiki import last_reads, page_views
from wiki.models import PublishedPage, StoredAnswer, User
from wiki.models.reading import replicas
from wiki.templatetags.own_parts import GAP, LEAVES_GAPS
from wiki.views import stored_answers
from wiki.views.negotiation import form_asked
from wiki.views.packed_parts import AnswerInParts, AnswerPart

type View = Callable[[HttpRequest, str], HttpResponse]


class SinceLastRead(NamedTuple):
    """The version that somebody read before, and the one that is published now."""

    slug: str
    before: int
    now: int


def since_last_read(page: PublishedPage, person: User) -> SinceLastRead | None:
    """Return what somebody read before, where another has changed the page since."""
    if not page.last_read or page.publication.revision.author_id == person.pk:
        return None
    return SinceLastRead(page.slug, page.last_read, page.number)


def from_stored_body(view: View) -> View:
    """Decorate the view of a page: whoever is signed in gets it from the stored body of their rights."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str) -> HttpResponse:
        if not (settings.STORES_ANSWERS and isinstance(request.user, User) and _is_plain(request)):
            return view(request, slug)
        # Asked for before the body: if another version is published meanwhile, it counts as not read.
        page = PublishedPage.objects.reading_of(slug, request.user.pk)
        if page is None:
            return view(request, slug)
        own = {"since_last_read": since_last_read(page, request.user)}
        key = stored_answers.key_for(request.META, _rights_of(request.user))
        if stored := stored_answers.stored_at(key):
            page_views.count(page.page_id)
            last_reads.note(request.user, page)
            parts = _filled(stored.content.decode(), request, own)
            return AnswerInParts(parts, headers=stored.headers)
        made = _made(view, request, slug, key)
        made.content = b"".join(one.content for one in _filled(made.text, request, own))
        return made

    return answered


def _is_plain(request: HttpRequest) -> bool:
    """Return whether a request asks for the page as it is, and for nothing about it."""
    return (
        request.method == "GET" and not request.GET and form_asked(request.headers.get("Accept", "")) is None
    )


def _rights_of(person: User) -> str:
    """Return what the page shows to some and not to others."""
    return f"signed in; writes: {person.can_write}; reviews: {person.can_review}"


def _made(view: View, request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Make a body with gaps and store it."""
    moment = StoredAnswer.objects.moment()
    request.META[LEAVES_GAPS] = True
    try:
        response = view(request, slug)
    finally:
        del request.META[LEAVES_GAPS]
    if response.status_code == 200:
        kept = stored_answers.to_be_stored(response)
        # A moment of a replica is an earlier one of the primary: what it did not show yet counts as changed.
        replicas.after_reading(lambda: StoredAnswer.objects.put(key, kept, moment, slug=slug))
    return response


def _filled(body: str, request: HttpRequest, own: dict[str, Any]) -> list[AnswerPart]:
    """Return the parts of a body, with what belongs to whoever asks in each gap."""
    parts, engine, context = [], Engine.get_default(), RequestContext(request, own)
    # Bound once, so that what every template may name is asked for once.
    with context.bind_template(Template("", engine=engine)):
        for place, told in enumerate(GAP.split(body)):
            is_gap = place % 2 == 1
            content = engine.get_template(told).render(context) if is_gap else told
            parts.append(AnswerPart(content.encode(), is_shared=not is_gap))
    return parts
