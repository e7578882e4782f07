"""Webhooks: signed, in order, again until they are taken; and never into our own network."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
from typing import Any

import pytest
from django.test import Client

from tests import cast
from wiki.acts.people import recall_watches
from wiki.acts.people import webhooks as acts
from wiki.acts.reviewing import review
from wiki.acts.upkeep import retractions
from wiki.mail import public_post, webhooks
from wiki.mail.public_post import NotSent
from wiki.models import Webhook, clock
from wiki.models.queries.changes import Position, changes_after
from wiki.policy.refusal import Refused

ADDRESS = "https://hooks.example.org/in?key=1"


class Receiver(list[dict[str, Any]]):
    """What somebody's program got; it answers a challenge, and takes all while `takes` holds."""

    takes = True

    def __init__(self):
        """Begin with nothing."""
        self.raw = []

    def post(self, address, body, headers):
        """Take a message, or refuse it."""
        said = json.loads(body)
        self.append(said)
        self.raw.append((headers, body))
        if not self.takes:
            raise NotSent("It answered with status 500.")
        return said.get("challenge", "").encode()


@pytest.fixture
def received(monkeypatch):
    """Return what the receiver gets."""
    receiver = Receiver()
    monkeypatch.setattr(public_post, "post", receiver.post)
    return receiver


@pytest.fixture
def hook(db, reader):
    return acts.add(reader, ADDRESS)


@pytest.fixture
def changed(hook, clinician, moderator):
    """Return a page that is published after the webhook was set up."""
    return cast.make_page(clinician, moderator, "Calcification")


def due_now():
    Webhook.objects.update(send_at=clock.now())


@pytest.mark.django_db
def test_a_webhook_gets_a_challenge_and_then_changes(hook, received, changed):
    webhooks.deliver_due()
    assert [one["type"] for one in received] == ["confirm"]

    due_now()
    webhooks.deliver_due()

    assert [one["type"] for one in received] == ["confirm", "changes"]
    assert [one["act"] for one in received[1]["items"]] == ["approve"]
    assert Webhook.objects.get().position == changes_after(Position(), 10)[-1].position


@pytest.mark.django_db
def test_a_message_is_signed_as_its_receiver_can_check(hook, received):
    webhooks.deliver_due()
    headers, body = received.raw[0]

    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


@pytest.mark.django_db
def test_a_refused_message_is_retried_with_the_same_id(hook, received, changed):
    webhooks.deliver_due()
    received.takes = False
    due_now()
    webhooks.deliver_due()
    assert Webhook.objects.get().tries == 1
    assert Webhook.objects.get().send_at > clock.now()
    assert webhooks.deliver_due() == 0  # it waits

    received.takes = True
    due_now()
    webhooks.deliver_due()

    ids = [headers["webhook-id"] for headers, _ in received.raw]
    assert ids[1] == ids[2]
    assert received[1]["items"] == received[2]["items"]
    assert Webhook.objects.get().trouble == ""


@pytest.mark.django_db
def test_a_webhook_without_answer_to_the_challenge_gets_no_changes(hook, monkeypatch, published):
    monkeypatch.setattr(public_post, "post", lambda *_: b"thanks")

    webhooks.deliver_due()

    assert Webhook.objects.get().confirmed_at is None
    assert "challenge" in Webhook.objects.get().trouble


@pytest.mark.django_db
def test_a_failing_webhook_is_stopped_and_can_be_restarted(hook, received, reader):
    received.takes = False
    for _ in range(len(webhooks.WAITS) + 1):
        due_now()
        webhooks.deliver_due()
    assert Webhook.objects.get().stopped_at

    acts.start_again(reader, hook.pk, "")

    assert Webhook.objects.get().stopped_at is None


@pytest.mark.django_db
def test_a_webhook_can_be_restarted_from_a_position(hook, received, reader, changed):
    webhooks.deliver_due()
    due_now()
    webhooks.deliver_due()

    acts.start_again(reader, hook.pk, "0-0-0")
    webhooks.deliver_due()

    assert received[1]["items"] == received[2]["items"]


@pytest.mark.django_db
def test_a_webhook_ended_during_delivery_stays_ended(hook, monkeypatch, reader):
    def end_meanwhile(*_):
        acts.end(reader, hook.pk)
        return b""

    monkeypatch.setattr(public_post, "post", end_meanwhile)

    webhooks.deliver_due()

    assert not Webhook.objects.exists()


@pytest.mark.django_db
def test_a_webhook_for_recalls_skips_other_changes(reader, received, published, clinician, moderator):
    hook = acts.add(reader, ADDRESS, "recalls")
    webhooks.deliver_due()
    cast.approve(cast.propose_change(published, clinician), moderator)
    due_now()

    assert webhooks.deliver_due() == 0

    hook.refresh_from_db()
    assert hook.position == changes_after(Position(), 10)[-1].position


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["page", "version", "words", "source"])
def test_a_webhook_for_what_one_follows_gets_those_recalls_alone(
    reader, received, published, clinician, moderator, asked
):
    source = cast.make_source(clinician)
    row = cast.statement(published, "causes")
    other = cast.make_page(clinician, moderator, "Other page", statements=(row,))
    change = cast.propose_change(published, clinician, summary="Some uncommon words.")
    cast.approve(change, moderator)
    acts.add(reader, ADDRESS, "followed")
    follows = {
        "page": {"page": published},
        "version": {"page": published, "version": change.number},
        "words": {"words": "uncommon words"},
        "source": {"page": other},
    }
    recall_watches.follow(reader, **follows[asked])
    webhooks.deliver_due()

    retractions.keep_notice(source.pk, nature="retraction", reason="Made up.")
    review.unapprove(change.pk, by=moderator, reason="Wrong.")
    due_now()
    webhooks.deliver_due()

    expected = "source_notice" if asked == "source" else "unapprove"
    assert [one["act"] for one in received[1]["items"]] == [expected]
    assert Webhook.objects.get().position == changes_after(Position(), 50)[-1].position


@pytest.mark.django_db
def test_a_webhook_is_set_up_through_its_form(reader):
    client = Client()
    client.force_login(reader)

    assert client.post("/webhooks/", {"address": ADDRESS, "wanted": "nothing"}).status_code == 422
    assert client.post("/webhooks/", {"address": ADDRESS, "wanted": "followed"}).status_code == 302
    assert "Only recalls of what you follow." in client.get("/webhooks/").content.decode()


@pytest.mark.django_db
def test_a_webhook_of_a_suspended_account_gets_nothing(hook, received, reader):
    reader.suspended_until, reader.suspended_reason = clock.now().replace(year=2100), "Why."
    reader.save()

    webhooks.deliver_due()

    assert received == []


@pytest.mark.django_db
def test_nobody_ends_or_reads_the_webhook_of_another(hook, clinician):
    with pytest.raises(Refused):
        acts.end(clinician, hook.pk)
    theirs = Client()
    theirs.force_login(clinician)
    assert hook.secret not in theirs.get("/webhooks/").content.decode()


@pytest.mark.django_db
def test_the_number_of_webhooks_per_person_is_limited(reader):
    for number in range(acts.MOST):
        acts.add(reader, f"https://hooks.example.org/{number}")

    with pytest.raises(Refused, match="End one first"):
        acts.add(reader, ADDRESS)


# --- Never into our own network -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.8", "100.64.0.1"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
        *(
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:db8::1",
            "fe80::1%eth0",
        ),
    ],
)
def test_private_addresses_are_not_public(address):
    assert not public_post.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_internet_addresses_are_public(address):
    assert public_post.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://hooks.example.org/", "ftp://hooks.example.org/", "https://", "hooks.example.org", ""),
        *("https://me:secret@hooks.example.org/", "https://hooks.example.org:8443/", "https://host:x/"),
        *(
            "https://hooks.example.org/a b",
            "https://hooks.example.org/\r\nHost: x",
            "https://bücher.example/",
        ),
        "file:///etc/passwd",
    ],
)
def test_invalid_webhook_addresses_are_refused(address):
    with pytest.raises(NotSent):
        public_post.parts_of(address)


def answers(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_a_host_with_any_private_address_is_refused(monkeypatch):
    answers(monkeypatch, "1.1.1.1", "10.0.0.1")

    with pytest.raises(NotSent, match="not in the public Internet"):
        public_post.post(ADDRESS, b"", {})


def test_the_connection_uses_the_checked_address(monkeypatch):
    answers(monkeypatch, "1.1.1.1")
    asked = []

    def connect(address, *_):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(NotSent, match="connection failed"):
        public_post.post(ADDRESS, b"", {})
    assert asked == [("1.1.1.1", 443)]


def test_an_answer_that_never_ends_is_none(monkeypatch):
    ours, theirs = socket.socketpair()
    theirs.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: yes\r\n")
    answers(monkeypatch, "1.1.1.1")
    monkeypatch.setattr(socket, "create_connection", lambda *_: ours)
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", lambda _, plain, **__: plain)
    monkeypatch.setattr(public_post, "LONGEST", 0.1)

    with theirs, pytest.raises(NotSent, match="did not answer within"):
        public_post.post(ADDRESS, b"", {})


def test_host_names_that_are_private_addresses_are_refused():
    for address in (
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
    ):
        with pytest.raises(NotSent):
            public_post.post(address, b"", {})
