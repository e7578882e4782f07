"""Webhooks: signed, in order, and again until they are taken."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client

from tests import cast
from wiki.acts.people import accounts, recall_watches
from wiki.acts.people import webhooks as acts
from wiki.acts.reviewing import review
from wiki.acts.upkeep import retractions
from wiki.mail import public_post, webhooks
from wiki.mail.public_post import NotSent
from wiki.models import Letter, Role, User, Webhook, clock
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
    stop(received)
    assert Webhook.objects.get().stopped_at

    acts.start_again(reader, hook.pk, "")

    assert Webhook.objects.get().stopped_at is None


def stop(received):
    received.takes = False
    for _ in range(len(webhooks.WAITS) + 1):
        due_now()
        webhooks.deliver_due()


@pytest.mark.django_db
def test_the_person_of_a_stopped_webhook_gets_one_letter_and_starts_it_from_where_it_was(
    hook, received, changed, reader
):
    webhooks.deliver_due()
    stop(received)
    due_now()
    webhooks.deliver_due()

    (letter,) = Letter.objects.filter(recipient=reader, subject__contains="webhook")
    assert letter.subject == "Your webhook at hooks.example.org was stopped"
    assert "It answered with status 500." in letter.body
    assert "key=1" not in letter.body
    client = Client()
    client.force_login(reader)
    assert "Start again" in client.get("/webhooks/").content.decode()

    received.takes = True
    client.post("/webhooks/", {"webhook": hook.pk, "act": "again", "position": ""})
    webhooks.deliver_due()

    assert received[-1]["items"] == received[1]["items"]
    assert "Start again" not in client.get("/webhooks/").content.decode()


@pytest.mark.django_db
def test_a_webhook_ended_during_its_last_try_sends_no_letter(hook, received, changed, reader, monkeypatch):
    def end_meanwhile(*_):
        Webhook.objects.all().delete()
        raise NotSent("It is away.")

    Webhook.objects.update(tries=len(webhooks.WAITS))
    monkeypatch.setattr(public_post, "post", end_meanwhile)
    webhooks.deliver_due()

    assert not Letter.objects.filter(recipient=reader, subject__contains="webhook").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("position", ["", "0-0-0"])
@pytest.mark.parametrize("is_taken", [True, False])
def test_a_webhook_started_again_during_a_try_stays_as_its_person_asked(
    hook, received, changed, reader, monkeypatch, is_taken, position
):
    def start_meanwhile(*_):
        acts.start_again(reader, hook.pk, position)
        if not is_taken:
            raise NotSent("It is away.")
        return b""

    webhooks.deliver_due()
    before = Webhook.objects.get().position
    Webhook.objects.update(tries=len(webhooks.WAITS), send_at=clock.now())
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(public_post, "post", start_meanwhile)
        webhooks.deliver_due()

    kept = Webhook.objects.get()
    assert (kept.tries, kept.trouble, kept.stopped_at) == (0, "", None)
    assert kept.position == (Position() if position else before)
    assert kept.send_at <= clock.now()
    assert not Letter.objects.filter(recipient=reader, subject__contains="webhook").exists()
    assert webhooks.deliver_due() == 1
    assert received[-1]["type"] == "changes"


@pytest.mark.django_db
def test_starting_a_webhook_again_leaves_a_newer_secret(hook, reader, monkeypatch):
    def renewed_meanwhile(person, webhook_id):
        found = Webhook.objects.get(pk=webhook_id)
        acts.renew_secret(person, webhook_id)
        return found

    mine = acts._mine
    monkeypatch.setattr(acts, "_mine", lambda *_: monkeypatch.undo() or renewed_meanwhile(*_))
    acts.start_again(reader, hook.pk, "")

    assert mine(reader, hook.pk).secret != hook.secret


@pytest.mark.django_db
def test_a_new_secret_signs_what_is_sent_from_then_on(hook, received, changed, reader, clinician):
    webhooks.deliver_due()
    client = Client()
    client.force_login(reader)
    client.post("/webhooks/", {"webhook": hook.pk, "act": "secret"})
    due_now()
    webhooks.deliver_due()

    secret = Webhook.objects.get().secret
    assert secret != hook.secret
    (headers, body), moment = received.raw[1], int(received.raw[1][0]["webhook-timestamp"])
    name = headers["webhook-id"]
    assert headers["webhook-signature"] == webhooks.signature(secret, name, moment, body)
    with pytest.raises(Refused):
        acts.renew_secret(clinician, hook.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        f" {ADDRESS} ",
        f"{ADDRESS}#part",
        ADDRESS.replace("hooks", "HOOKS"),
        ADDRESS.replace(".org", ".org:443"),
    ],
)
def test_one_person_sets_up_one_webhook_with_an_address(hook, reader, clinician, address):
    with pytest.raises(Refused, match="already"):
        acts.add(reader, address)

    assert acts.add(clinician, address).address == ADDRESS
    assert acts.add(reader, ADDRESS.replace("in", "In")).address != ADDRESS


@pytest.mark.django_db
def test_a_suspended_person_hears_of_all_changes_afterwards_and_a_removed_one_of_none(
    hook, received, changed, reader
):
    webhooks.deliver_due()
    User.objects.filter(pk=reader.pk).update(
        suspended_until=clock.now().replace(year=2100), suspended_reason="Why."
    )
    due_now()
    webhooks.deliver_due()
    User.objects.filter(pk=reader.pk).update(suspended_until=None, suspended_reason="")
    due_now()
    webhooks.deliver_due()
    assert [one["type"] for one in received] == ["confirm", "changes"]

    accounts.remove_account(reader, by=cast.make_user("administrator", Role.ADMINISTRATOR))

    assert not Webhook.objects.exists()
    assert webhooks.deliver_due() == 0


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
