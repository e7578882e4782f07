"""Pages for people who are signed in, from one question: who gets one, and who goes the usual way."""

import datetime as dt
import gzip

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from tests import cast
from tests.test_asgi import in_a_loop_of_its_own
from wiki import last_reads
from wiki.models import Role, User, clock
from wiki.sessions import SessionStore
from wiki.views import signed_in_answers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("stores_answers")]

PAGE = "/wiki/hypoparathyroidism/"


@pytest.fixture
def colleagues(published, clinician, colleague, reader):
    """Return the browsers of two clinicians and a reader: the body of each role is stored."""
    return [browser_of(one) for one in (clinician, colleague, reader)]


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    for _ in range(2):
        assert browser.get(PAGE).status_code == 200
    last_reads.write()
    return browser


def session_of(browser):
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def asked_of(session, path=PAGE, more_cookies="", **fields):
    """Return a request as the server has it before Django sees it."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}{more_cookies}"
    return RequestFactory().get(path, headers={"Cookie": cookie, **fields}).META


def ready(*asked, **fields):
    """Return what is sent without Django, None where Django is to answer."""
    return in_a_loop_of_its_own(signed_in_answers.ready_for(asked_of(*asked, **fields)))


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_the_server_sends_what_django_would(colleagues, coding):
    browser = colleagues[0]
    sent = ready(session_of(browser), **{"Accept-Encoding": coding})
    made = browser.get(PAGE, headers={"Accept-Encoding": coding})

    fields = {name.decode(): value.decode() for name, value in sent.headers}
    theirs = {name.lower(): value for name, value in made.headers.items()}
    if coding:
        assert gzip.decompress(sent.body) == gzip.decompress(made.content)
        assert fields.pop("content-length") == str(len(sent.body))
        del theirs["content-length"]
    else:
        assert sent.body == made.content
    assert fields == theirs
    assert fields["cache-control"] == "no-store, private"
    assert "Cookie" in fields["vary"]
    assert "content-security-policy" in fields


def close_account(session, person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def change_password(session, person):
    person.set_password("another-password-now")
    person.save(update_fields=["password"])


def let_expire(session, person):
    Session.objects.filter(pk=session).update(expire_date=clock.now() - dt.timedelta(seconds=1))


def sign_out(session, person):
    SessionStore(session).flush()


def break_signature(session, person):
    row = Session.objects.get(pk=session)
    Session.objects.filter(pk=session).update(session_data=f"{row.session_data}x")


def leave_a_message(session, person):
    change_content(session, _messages="[]")


def sign_in_elsewhere(session, person):
    change_content(session, _auth_user_backend="another.Backend")


def name_nobody(session, person):
    change_content(session, _auth_user_id="0")


def change_content(session, **content):
    store = SessionStore(session)
    store.update(content)
    store.save()


@pytest.mark.parametrize(
    "change",
    [
        *(close_account, change_password, let_expire, sign_out),
        *(break_signature, leave_a_message, sign_in_elsewhere, name_nobody),
    ],
)
def test_what_ends_a_session_counts_from_the_next_request_on(colleagues, clinician, colleague, change):
    mine, theirs, _ = map(session_of, colleagues)
    assert ready(mine)

    change(mine, clinician)
    for browser in colleagues[1:]:
        browser.get(PAGE)  # what was dropped is stored again

    assert ready(mine) is None
    assert str(colleague).encode() in ready(theirs).body


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/wiki/another-page/", {}),
        ("/wiki/hypoparathyroidism/history/", {}),
        (f"{PAGE}?as_of=2020-01-01", {}),
        (PAGE, {"Accept": "application/json"}),
        (PAGE, {"If-Match": '"1"'}),
    ],
)
def test_other_requests_go_the_usual_way(colleagues, path, fields):
    session = session_of(colleagues[0])

    assert ready(session)
    assert ready(session, path, **fields) is None


@pytest.mark.parametrize("session", ["", "short", "a" * 32, "..%2F", '"\\000"', "é" * 9])
def test_an_unknown_session_goes_the_usual_way(colleagues, session):
    assert ready(session) is None


def test_messages_in_a_cookie_go_the_usual_way(colleagues):
    assert ready(session_of(colleagues[0]), PAGE, "; messages=1") is None


def test_a_session_is_asked_whose_it_is_each_time(colleagues, clinician, colleague):
    mine, theirs, _ = map(session_of, colleagues)
    assert str(clinician).encode() in ready(mine).body

    Session.objects.filter(pk=mine).update(session_data=Session.objects.get(pk=theirs).session_data)
    header = ready(mine).body.partition(b"</header>")[0].partition(b"<header")[2]

    assert str(colleague).encode() in header
    assert str(clinician).encode() not in header


def test_new_rights_show_from_the_next_request_on(colleagues, clinician):
    session = session_of(colleagues[0])
    assert b"Revert approval" not in ready(session).body

    User.objects.filter(pk=clinician.pk).update(role=Role.MODERATOR)
    browser_of(cast.make_user("reviews", Role.MODERATOR, "Dr Reviews"))
    assert b"Revert approval" in ready(session).body

    until = clock.now() + dt.timedelta(hours=1)
    User.objects.filter(pk=clinician.pk).update(suspended_until=until, suspended_reason="Copied texts.")
    browser_of(cast.make_user("reads", Role.READER, "A Reader"))
    body = ready(session).body
    assert b"Revert approval" not in body
    assert b"My drafts" not in body


def test_without_the_second_factor_nobody_gets_what_moderators_get(published, moderator, settings):
    session = session_of(browser_of(moderator))
    assert b"Revert approval" in ready(session).body
    settings.MFA_REQUIRED = True
    browser_of(moderator)

    body = ready(session).body

    assert b"Revert approval" not in body
    assert b"My drafts" not in body
    moderator.authenticator_set.create(type="totp", data={})
    browser_of(moderator)
    assert b"Revert approval" in ready(session).body
