"""Who may come in where: every address, every role, reading and acting."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from tests import cast, pictures, reviewing
from tests.made_up_data_set import MadeUpFiles
from tests.remembered import kept_for_the_module
from tests.views import doors
from tests.views.doors import DOORS, ENTRANCE, ROLES
from wiki.acts.library import source_merging
from wiki.acts.people import applications, credentials
from wiki.acts.reviewing import remarks
from wiki.acts.safety import reports
from wiki.acts.safety.corrections import propose
from wiki.acts.upkeep import tasks
from wiki.importing.data_sets.loading import load
from wiki.mail import unsubscribe
from wiki.models import Cause, Role, User
from wiki.models.reading import replicas
from wiki.text.slugs import slug_of
from wiki.views.replicas import READING

ADDRESSES = doors.addresses()
SESSIONS: dict[str, str] = {}
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|TRUNCATE|ALTER|CREATE|DROP)\b.*", re.IGNORECASE | re.DOTALL)
# A visit may keep the books of sessions, and that a reviewer opened what they judge; it changes nothing that
# anybody else could see.
BOOKS = re.compile(
    r"\b(django_session|usersessions_usersession|wiki_opening|wiki_failedsearch|wiki_lastread)\b"
)


@pytest.fixture(autouse=True)
def _database(places, db):
    """Take back after each test what it did; the wiki of the module stays."""


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    """Return what addresses are made of, in a wiki where something is live, waiting and begun.

    It is built once: every test only visits it, and takes back what a visit did.
    """
    with kept_for_the_module(django_db_blocker, _places) as places:
        SESSIONS.update({role: _session_of(role) for role in (*ROLES[1:], "auditor")})
        yield places


def _places():
    reader = cast.make_user("reader", Role.READER)
    clinician = cast.make_user("clinician", Role.CLINICIAN)
    moderator = cast.make_user("moderator", Role.MODERATOR)
    cast.make_user("admin", Role.ADMINISTRATOR)
    cast.make_user("auditor", Role.AUDITOR)
    for person in User.objects.all():
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    source = cast.make_source(clinician)
    checked = cast.make_source_check(source, moderator)
    cast.make_page(clinician, moderator, "Cause", statements=(cast.statement(page),))
    other = cast.make_page(clinician, moderator, "Basal ganglia calcification")
    waiting = cast.submit(cast.make_edit(page, clinician))
    again = cast.approve(cast.propose_change(other, clinician), cast.make_user("another", Role.MODERATOR))
    draft = cast.make_edit(page, clinician, summary="Not yet.")
    cast.make_edit(other, clinician)
    registered = credentials.enter(
        clinician, profession="physician", specialties=[], body="Medical Council", number="1"
    )
    applied = applications.apply(reader, profession="Nurse", wish="Seizures.")
    proposed = propose(page, passage="A second paragraph.", replacement="", reason="Why.", by=moderator)
    reported = reports.report(page.publications.get().revision, wrong="The figure is wrong.")
    thread = remarks.remark(waiting.pk, by=moderator, at=remarks.WHOLE.key, text="Which figure?")
    load(MadeUpFiles(1, depth=4), progress=print)
    return {
        "data_set": "hpo",
        "code": "ORPHA:0",
        "thread": thread.pk,
        "slug": slug_of("Hypoparathyroidism"),
        "number": 1,
        "draft": draft.pk,
        "revision": waiting.pk,
        "source": source.pk,
        "id": source.pk,
        "source_check": checked.pk,
        "notice": source_merging.give_notice(source.pk, nature="correction", by=moderator).pk,
        "name": pictures.make_image(clinician).name,
        "width": 480,
        "extension": "webp",
        "report": reported.pk,
        "second": reviewing.draw(again).pk,
        "correction": proposed.pk,
        "registration": registered.pk,
        "application": applied.pk,
        "ending": "csv",
        "part": 1,
        "task": tasks.open_task(Cause.SECOND_READ, page, ref="1").pk,
        "relation": "causes",
        "other": page.pk,
        "topic": "writing",
        "token": unsubscribe.address_to_stop(reader, "kind:gene").split("/")[2],
        "section": "s-what-it-is",
        "reader": reader.pk,
        "page": page.pk,
        "kind": "condition",
        "username": clinician.username,
        "key": "unknown-key",
        "uidb36": "1",
        "object_id": clinician.pk,
        "content_type_id": 1,
        "app_label": "wiki",
        "url": "nowhere/",
    }


OF = dict.fromkeys(("merge-source", "part-source", "notice-source"), "source")
OF |= {
    "source": "source",
    "printed": "page",
    "version-file": "page",
    "report": "report",
    "take-up-report": "report",
    "task": "task",
    "second-read": "second",
    "grant": "reader",
}
OF |= dict.fromkeys(("remove-account", "suspend", "lift", "hand-over-work"), "reader")
OF |= dict.fromkeys(
    (
        "registration",
        "withdraw-registration",
        "verify-registration",
        "decline-registration",
        "revoke-registration",
    ),
    "registration",
)
OF |= {
    "detach-notice": "notice",
    "application": "application",
    "source-check": "source_check",
    "check-source": "source",
}
OF |= dict.fromkeys(("correction", "agree-correction", "lift-correction"), "correction")
OF |= dict.fromkeys(("draft", "checks", "conflict", "discard", "submit-step"), "draft")


# A statement stands on the page of its subject.
AT = {
    "record-file": {"extension": "csv"},
    "look-again-at": {"slug": "cause"},
    "page-form": {"ending": "md"},
    "sitemap-part": {"kind": "site", "part": 1},
}
AT |= {
    name: {"key": next(MadeUpFiles(1, depth=4).rows()).key}
    for name in ("data-row", "cite-row", "api:data-row")
}
ASKED = {
    "compare": "?from=1&to=1",
    "api:search": "?q=calcium",
    "api:linked": "?from=calcium&to=cause",
    "api:shared": "?of=calcium&of=cause",
}


def address(name, places):
    """Return the path of the address `name` in this wiki."""
    pk = places[OF.get(name, "revision")]
    values = places | {"pk": pk} | AT.get(name, {})
    path = reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]})
    return path + ASKED.get(name, "")


def _session_of(role):
    client = Client()
    client.force_login(User.objects.get(username="admin" if role == "administrator" else role))
    return client.cookies["sessionid"].value


def visitor(role, **options):
    """Return the browser of somebody in `role`, who signed in once for all the tests here."""
    client = Client(**options)
    if role != "anonymous":
        client.cookies["sessionid"] = SESSIONS[role]
    return client


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is done inside, so that every visitor finds the same wiki."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def guard(execute, sql, params, many, context):
    """Refuse to write."""
    assert BOOKS.search(sql) or not WRITES.match(sql), f"a visit writes: {sql[:200]}"
    return execute(sql, params, many, context)


def named(*prefixes):
    return sorted(name for name in ADDRESSES if name.startswith(prefixes))


def test_every_address_is_in_the_table():
    assert set(ADDRESSES) - {*named(*doors.LIBRARY, doors.ADMIN)} == set(DOORS)


@cache
def answers(name, path):
    """Return what everybody is answered at an address, by how they ask and by role; a GET may write nothing.

    Each answer is asked for once and looked at by several tests.
    """
    answers = {}
    for role in (*ROLES, "auditor"):
        with undone(), connection.execute_wrapper(guard):
            answers["get", role] = visitor(role).get(path)
        if name in DOORS:
            with undone():
                answers["post", role] = visitor(role).post(path)
    return answers


@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.name)
def test_each_role_gets_the_status_in_the_table_and_a_get_changes_nothing(door, places):
    got = answers(door.name, address(door.name, places))

    of_roles = [{role: got[ask, role].status_code for role in ROLES} for ask in ("get", "post")]

    assert of_roles == [door.get, door.post]


@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.name)
def test_an_auditor_has_the_posts_of_a_reader_and_more_gets(door, places):
    got = answers(door.name, address(door.name, places))

    assert got["get", "auditor"].status_code in (door.get["reader"], door.get["moderator"])
    assert got["post", "auditor"].status_code == door.post["reader"]


@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.name)
def test_without_a_second_step_every_address_answers_as_to_a_stranger(door, places, settings):
    path = address(door.name, places)
    stranger = answers(door.name, path)["get", "anonymous"]
    settings.MFA_REQUIRED = True

    for role in ("moderator", "administrator"):
        with undone():
            got = visitor(role).get(path)
        if got.status_code == HTTPStatus.FOUND and got.url == reverse("mfa_index"):
            continue
        assert got.status_code == stranger.status_code
        if not got.streaming and "html" in got.headers.get("Content-Type", ""):
            assert told_in(got) - told_in(stranger) <= {"Watch this page"}


@pytest.fixture
def replica(monkeypatch, settings):
    """Let the connection of a replica see this test's transaction, in which it may only read."""
    settings.REPLICAS, primary, reading = ["replica-1"], connections["default"], replicas.reading
    copy = connections["replica-1"] = primary.copy("replica-1")
    copy.connection, copy.autocommit, copy.in_atomic_block = primary.connection, False, True

    @contextmanager
    def reading_only(alias):
        with primary.cursor() as cursor:
            cursor.execute("SAVEPOINT before; SET TRANSACTION READ ONLY")
            try:
                with reading(alias):
                    yield
            finally:
                cursor.execute("ROLLBACK TO before")

    monkeypatch.setattr(replicas, "choose", lambda position: "replica-1")
    monkeypatch.setattr(replicas, "reading", reading_only)
    yield
    copy.connection = None
    del connections["replica-1"]


@pytest.mark.parametrize("name", sorted(READING))
def test_a_view_that_reads_asks_the_replica_alone(name, places, replica):
    path, primary = address(name, places), connections["default"]

    def refuse(execute, sql, params, many, context):
        assert connections["default"] is primary, f"it asks the primary: {sql[:200]}"
        return execute(sql, params, many, context)

    for role in ROLES:
        with undone(), primary.execute_wrapper(refuse):
            answer = visitor(role).get(path)
        assert not answer.streaming, "what is sent later asks the primary"
        assert answer.status_code == DOORS[name].get[role]


def told_in(response):
    """Return the words between the tags of what a page says beneath its header."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return {" ".join(part.split()) for part in re.sub(r"<[^>]*>", "\n", main).splitlines() if part.strip()}


@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.name)
def test_a_stranger_is_led_to_the_sign_in_and_back(door, places):
    path = address(door.name, places)

    for ask in ("get", "post"):
        answer = answers(door.name, path)[ask, "anonymous"]
        if answer.status_code == HTTPStatus.FOUND and door.name != "appearance":
            assert unquote(answer.url) == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("name", sorted({*DOORS} - doors.SIGNED))
def test_a_post_without_its_token_is_refused(name, places):
    path, is_read = address(name, places), name.startswith(doors.READ_ONLY)

    for role in ("anonymous", "moderator"):
        client = visitor(role, enforce_csrf_checks=True)
        answer = client.post(path)
        assert answer.status_code == (HTTPStatus.METHOD_NOT_ALLOWED if is_read else HTTPStatus.FORBIDDEN)
        assert answer.headers.get("Allow") == ("GET, HEAD, OPTIONS" if is_read else None)


@pytest.mark.parametrize("name", named(*doors.LIBRARY))
def test_account_pages_answer_their_own_person_and_a_get_changes_nothing(name, places):
    got = answers(name, address(name, places))

    people = {got["get", role].status_code for role in ROLES[1:]}

    assert got["get", "anonymous"].status_code == (HTTPStatus.OK if name in ENTRANCE else HTTPStatus.FOUND)
    assert len(people) == 1
    assert people <= {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.NOT_FOUND}


@pytest.mark.parametrize("name", named(doors.ADMIN))
def test_the_admin_is_for_administrators_and_a_get_changes_nothing(name, places):
    path = "/admin/nowhere/" if name == doors.ADMIN else address(name, places)
    got = answers(name, path)
    refused = dict(zip(ROLES[:4], (302, 403, 403, 403), strict=True))

    for role, code in refused.items():
        with undone():
            posted = visitor(role).post(path).status_code
        assert {got["get", role].status_code, posted} == {302 if name == "admin:login" else code}, role
    assert got["get", "administrator"].status_code < HTTPStatus.INTERNAL_SERVER_ERROR
