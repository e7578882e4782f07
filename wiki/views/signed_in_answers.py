"""Pages for whoever is signed in, sent before Django sees the request, found by one question.

The question names the person and the stored body that belonged to the session when it was last seen here.
What comes back says whether it is so now: the content of the session names its person, and the rights of the
person name the body. If not, it is asked again with what was learnt. Whatever is unusual goes the usual way.
"""

import hmac
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, parse_cookie
from django.template import Context, Engine
from django.urls import Resolver404, resolve

from wiki import last_reads, page_views, sessions
from wiki.models.reading.signed_in import (
    ReaderQuestion,
    SignedInReader,
    signed_in_reader,
    signed_in_reader_in_loop,
)
from wiki.models.users import User
from wiki.policy.permissions import SECOND_FACTORS, lacks_second_factor
from wiki.templatetags.own_parts import GAP
from wiki.views import stored_answers
from wiki.views.negotiation import form_asked
from wiki.views.packed_parts import AnswerPart, gzipped
from wiki.views.signed_in_pages import TO_BE_STORED, SinceLastRead, rights_of, since_last_read, store
from wiki.views.stored_answers import Answer, Environ, HeaderField, Ready

# How often it is asked again with what was learnt: the person of a session, then their rights.
TRIES: Final = 3
MOST_KNOWN: Final = 10_000


class SignedInAnswers:
    """Middleware: answers with a stored page, filled in for whoever is signed in; stores what is made."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next in line."""
        if not settings.STORES_ANSWERS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is stored; else let the answer be made, and store its body."""
        if stored_answers.LOOKED_UP not in request.META and (ready := _looked_up(request.META)):
            return stored_answers.as_response(ready)
        response = self.get_response(request)
        if waiting := request.META.pop(TO_BE_STORED, None):
            store(waiting, response)
        return response


async def ready_for(environ: Environ) -> Ready | None:
    """Return a stored page, filled in for whoever is signed in; None if it is to be made."""
    if not settings.STORES_ANSWERS or (visit := _visit(environ)) is None:
        return None
    try:
        for _ in range(TRIES):
            found = await signed_in_reader_in_loop(visit.asked)
            if found is None or visit.is_answered_by(found):
                return visit.answer(found)
    except DatabaseError:
        pass  # whoever answers now says that the database is away
    return None


def _looked_up(environ: Environ) -> Ready | None:
    if (visit := _visit(environ)) is None:
        return None
    try:
        for _ in range(TRIES):
            found = signed_in_reader(visit.asked)
            if found is None or visit.is_answered_by(found):
                return visit.answer(found)
    except DatabaseError:
        pass
    return None


def _visit(environ: Environ) -> "_Visit | None":
    """Return a request for a page by somebody with a session; None where it is anything else."""
    cookies = environ.get("HTTP_COOKIE", "")
    if (
        environ["REQUEST_METHOD"] != "GET"
        or settings.SESSION_COOKIE_NAME not in cookies
        or CookieStorage.cookie_name in cookies
        or environ.get("QUERY_STRING")
        or not stored_answers.CONDITIONS.isdisjoint(environ)
        or (slug := _slug_in(environ["PATH_INFO"])) is None
        or form_asked(environ.get("HTTP_ACCEPT", "")) is not None
    ):
        return None
    session_key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    # Django makes keys of these signs; an encoded cookie could hold any.
    if not (session_key.isascii() and session_key.isalnum()):
        return None
    return _Visit(environ, slug, session_key)


@lru_cache(maxsize=2000)
def _slug_in(path: str) -> str | None:
    """Return the slug of the page at an address; None where another view answers."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return str(match.kwargs["slug"]) if match.view_name == "page" else None


class _Guess(NamedTuple):
    """Whom a session belongs to, and the rights that they have: as it was when it was last looked up."""

    person_id: int = 0
    rights: str = ""


# By key of the session. It is never believed, only asked about.
_guesses: dict[str, _Guess] = {}


class _Visit:
    """A request for a page, and what is known of who asks."""

    def __init__(self, environ: Environ, slug: str, session_key: str) -> None:
        """Begin with what was true of this session when it was last seen."""
        self._environ, self._slug, self._session_key = environ, slug, session_key
        self._guess = _guesses.get(session_key, _Guess())
        self._person: User | None = None
        self._prepare()

    def _prepare(self) -> None:
        key = stored_answers.key_for(self._environ, self._guess.rights) if self._guess.rights else ""
        self._recent = stored_answers.recent_body(key)
        etag = self._recent.etag if self._recent else ""
        person_id = self._guess.person_id
        self.asked = ReaderQuestion(self._session_key, person_id, self._slug, key, etag, SECOND_FACTORS)

    def is_answered_by(self, found: SignedInReader) -> bool:
        """Return whether there is no more to be asked; else ask about what was learnt."""
        account = _account_in(found.session)
        if account is None:
            return True
        person = found.person
        if person is None or person.pk != account.person_id:
            learnt = _Guess(account.person_id, "")
            is_known = learnt.person_id == self._guess.person_id
        else:
            person.lacks_second_step = lacks_second_factor(person, has_one=found.has_second_step)
            if not (person.is_active and _fits(person, account)):
                return True
            self._person = person
            learnt = _Guess(person.pk, rights_of(person))
            is_known = learnt == self._guess
        if is_known:
            return True
        if len(_guesses) >= MOST_KNOWN:
            _guesses.clear()
        self._guess = _guesses[self._session_key] = learnt
        self._person = None
        self._prepare()
        return False

    def answer(self, found: SignedInReader | None) -> Ready | None:
        """Return the answer; None where it is to be made."""
        if found is None or found.etag is None or found.read is None or (person := self._person) is None:
            return None
        if found.body is not None:
            content = stored_answers.keep_recent(self.asked.key, found.etag, found.body).content
        elif self._recent:
            content = self._recent.content
        else:
            return None
        page_views.count(found.read.page_id)
        last_reads.note(person, found.read)
        parts = _filled(content, _HeaderShown.for_person(person), since_last_read(found.read, person))
        return _ready(self._environ, found.headers, parts)


class _Account(NamedTuple):
    """Whom a session says it belongs to, and the proof that it was begun with their present password."""

    person_id: int
    proof: str


@lru_cache(maxsize=2000)
def _account_in(session: str) -> _Account | None:
    """Return the account that the content of a session names; None where it is not signed in as usual, or
    holds messages, which are shown once.
    """
    content: dict[str, Any] = sessions.SessionStore().decode(session)
    if (
        content.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS
        or not content.get(HASH_SESSION_KEY)
        or SessionStorage.session_key in content
    ):
        return None
    return _Account(User._meta.pk.to_python(content[SESSION_KEY]), content[HASH_SESSION_KEY])


def _fits(person: User, account: _Account) -> bool:
    """Return whether a session was begun with the present password and key."""
    return hmac.compare_digest(account.proof.encode(), person.get_session_auth_hash().encode())


class _HeaderShown(NamedTuple):
    """All that the header of a page shows of whoever is signed in, and so what it is remembered by."""

    name: str
    can_write: bool
    can_inspect: bool
    can_administer: bool
    drafts_count: int
    waiting_count: int
    tasks_count: int
    notices_count: int
    is_authenticated: bool = True

    @classmethod
    def for_person(cls, person: User) -> "_HeaderShown":
        """Return what is shown to a person."""
        return cls(str(person), *(getattr(person, name) for name in cls._fields[1:-1]))

    def __str__(self) -> str:
        """Return the name."""
        return self.name


def _filled(content: bytes, header: _HeaderShown, since: SinceLastRead | None) -> list[AnswerPart]:
    """Return the parts of a body, with what belongs to whoever asks in each gap."""
    return [_own_part(one, header, since) if isinstance(one, str) else one for one in _split(content)]


@lru_cache(maxsize=32)
def _split(content: bytes) -> tuple[AnswerPart | str, ...]:
    """Return what many get of a body, and between the parts the template that fills each gap."""
    parts = enumerate(GAP.split(content.decode()))
    return tuple(told if place % 2 else AnswerPart(told.encode(), is_shared=True) for place, told in parts)


@lru_cache(maxsize=1000)
def _own_part(template: str, header: _HeaderShown, since: SinceLastRead | None) -> AnswerPart:
    """Return what a template says to whoever asks. It is given nothing but what it is remembered by."""
    context = Context({"user": header, "since_last_read": since})
    content = Engine.get_default().get_template(template).render(context).encode()
    return AnswerPart(content, is_shared=False)


def _ready(environ: Environ, headers: str, parts: list[AnswerPart]) -> Ready:
    fields: list[HeaderField] = [*stored_answers.fields_from(headers)]
    if stored_answers.GZIP in stored_answers.codings(environ):
        body = gzipped(parts)
        fields.append((b"content-encoding", b"gzip"))
    else:
        body = b"".join(one.content for one in parts)
    fields.append((b"content-length", str(len(body)).encode()))
    return Ready(200, fields, body)
