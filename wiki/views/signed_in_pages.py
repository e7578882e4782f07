"""A page for somebody signed in: the stored body of those with their rights, with what is theirs filled in.

A template names what belongs to one person with `{% own_part %}`. While a body is made to be stored a gap is
left there (`templatetags/own_parts.py`); it is filled for each answer, and only then is anything sent.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import Engine, RequestContext, Template
from django.utils.text import compress_string

from wiki import last_reads, page_views
from wiki.models import StoredAnswer, User
from wiki.models.reading.signed_in import ReadBefore
from wiki.models.reading.stored_answers import Kept, Moment, etag_of
from wiki.templatetags.own_parts import GAP, LEAVES_GAPS
from wiki.views import stored_answers
from wiki.views.negotiation import form_asked
from wiki.views.packed_parts import AnswerInParts, AnswerPart

# Header fields that are not stored.
OF_ONE_SENDING: Final = frozenset({"content-length", "content-encoding", "etag", "last-modified"})
type View = Callable[[HttpRequest, str], HttpResponse]


class SinceLastRead(NamedTuple):
    """The version that somebody read before, and the one that is published now."""

    slug: str
    before: int
    now: int


def since_last_read(read: ReadBefore, person: User) -> SinceLastRead | None:
    """Return what somebody read before, where another has changed the page since."""
    if not read.last_read or read.author_id == person.pk:
        return None
    return SinceLastRead(read.slug, read.last_read, read.number)


def from_stored_body(view: View) -> View:
    """Decorate the view of a page: whoever is signed in gets it from the stored body of their rights."""

    @wraps(view)
    def answered(request: HttpRequest, slug: str) -> HttpResponse:
        if not (settings.STORES_ANSWERS and isinstance(request.user, User) and _is_plain(request)):
            return view(request, slug)
        # Asked for before the body: if another version is published meanwhile, it counts as not read.
        read = ReadBefore.at(slug, request.user.pk)
        if read is None:
            return view(request, slug)
        own = {"since_last_read": since_last_read(read, request.user)}
        key = stored_answers.key_for(request.META, rights_of(request.user))
        if stored := stored_answers.stored_at(key):
            page_views.count(read.page_id)
            last_reads.note(request.user, read)
            fields, body = stored
            return AnswerInParts(_filled(body.decode(), request, own), headers=fields)
        made = _made(view, request, slug, key)
        made.content = b"".join(one.content for one in _filled(made.text, request, own))
        return made

    return answered


def _is_plain(request: HttpRequest) -> bool:
    """Return whether a request asks for the page as it is, and for nothing about it."""
    return (
        request.method == "GET" and not request.GET and form_asked(request.headers.get("Accept", "")) is None
    )


def rights_of(person: User) -> str:
    """Return what the page shows to some and not to others."""
    return f"signed in; writes: {person.can_write}; reviews: {person.can_review}"


class ToBeStored(NamedTuple):
    """A body with gaps, made since a moment, that waits for the header fields of its answer."""

    key: str
    slug: str
    moment: Moment
    body: bytes


# Where in a request it waits.
TO_BE_STORED: Final = "causeway.to_be_stored"


def _made(view: View, request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Make a body with gaps, to be stored with what the middleware will say of the answer."""
    moment = StoredAnswer.objects.moment()
    request.META[LEAVES_GAPS] = True
    try:
        response = view(request, slug)
    finally:
        del request.META[LEAVES_GAPS]
    if response.status_code == 200:
        request.META[TO_BE_STORED] = ToBeStored(key, slug, moment, response.content)
    return response


def store(waiting: ToBeStored, response: HttpResponseBase) -> None:
    """Store a body with gaps, with all header fields of an answer that belong to no single sending of it."""
    fields = {name.lower(): value for name, value in response.items() if name.lower() not in OF_ONE_SENDING}
    etag = etag_of(waiting.key, fields, waiting.body)
    kept = Kept(etag, fields, compress_string(waiting.body))
    # A moment of a replica is an earlier one of the primary: what it did not show yet counts as changed.
    StoredAnswer.objects.put(waiting.key, kept, waiting.moment, slug=waiting.slug)


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
