"""What the acts on people's accounts and subscriptions refuse, and that nothing is written then."""

import pytest

from tests import cast
from wiki.acts.people import (
    accounts,
    applications,
    invitations,
    recall_watches,
    recovery,
    signers,
    suspension,
    webhooks,
)
from wiki.acts.people.invitations import Invitation
from wiki.models import Event, RecallWatch, Role, User, Webhook
from wiki.policy.refusal import Refused

ADDRESS = "https://hooks.example.org/causeway"
NEW = {"email": "new@example.org", "username": "new", "name": "Dr New Person"}


def suspended(person: User) -> User:
    User.objects.filter(pk=person.pk).update(is_active=False)
    return User.objects.get(pk=person.pk)


def test_an_application_that_is_gone_is_not_answered(administrator):
    with pytest.raises(Refused, match="no longer there"):
        applications.answer(1, by=administrator, is_granted=True, words="Welcome.")


def test_an_act_on_an_account_that_was_removed_meanwhile_is_refused(reader, administrator):
    User.objects.filter(pk=reader.pk).delete()

    for act in (
        lambda: accounts.grant_role(reader, Role.CLINICIAN, by=administrator),
        lambda: suspension.lift(reader, by=administrator, reason="Back."),
        lambda: recovery.change_address(reader, by=administrator, address="a@example.org", reason="Lost."),
    ):
        with pytest.raises(Refused, match="no longer there"):
            act()


@pytest.mark.parametrize(
    ("role", "people", "why"),
    [
        (Role.MODERATOR, [Invitation(**NEW)], "Only an administrator invites"),
        (Role.ADMINISTRATOR, [], "between 1 and"),
        (Role.ADMINISTRATOR, [Invitation(**NEW, role="chief")], "no role “chief”"),
        (Role.ADMINISTRATOR, [Invitation(**{**NEW, "name": "Dr\u202e New"})], "Line 1: .*U\\+202E"),
    ],
)
def test_an_invitation_is_refused_as_a_whole(db, role, people, why):
    by = cast.make_user("by", role)

    with pytest.raises(Refused, match=why):
        invitations.invite(people, by=by)
    assert list(User.objects.all()) == [by]


def test_only_an_administrator_chooses_who_signs_for_treatment(moderator):
    before = Event.objects.count()

    with pytest.raises(Refused, match="Only an administrator"):
        signers.choose_treating(["neurology"], by=moderator, reason="We have one.")
    assert Event.objects.count() == before


def test_a_second_step_that_is_not_there_is_not_reset(clinician, administrator):
    with pytest.raises(Refused, match="no second step"):
        recovery.reset_second_step(clinician, by=administrator, reason="The telephone is lost.")


def test_an_address_of_another_account_is_not_given(clinician, colleague, administrator):
    with pytest.raises(Refused):
        recovery.change_address(
            clinician, by=administrator, address=colleague.email, reason="The old one is closed."
        )
    clinician.refresh_from_db()
    assert clinician.email != colleague.email


def test_who_may_not_act_follows_no_recalls_and_has_no_webhooks(reader, published):
    person = suspended(reader)

    with pytest.raises(Refused):
        recall_watches.follow(person, page=published)
    with pytest.raises(Refused):
        webhooks.start_again(person, 1, "")
    assert not RecallWatch.objects.exists()


def test_a_person_follows_so_many_recalls_and_no_more(reader, published, monkeypatch):
    recall_watches.follow(reader, page=published)
    monkeypatch.setattr(recall_watches, "MOST", 1)

    with pytest.raises(Refused, match="as many as one can"):
        recall_watches.follow(reader, words="calcium")
    assert RecallWatch.objects.count() == 1


def test_following_recalls_is_ended_and_begun_again_by_its_person_alone(reader, colleague, published):
    recall_watches.follow(reader, page=published)
    watch = RecallWatch.objects.get()

    recall_watches.switch(colleague, watch.pk, is_on=False)
    assert RecallWatch.objects.get().is_on
    recall_watches.switch(reader, watch.pk, is_on=False)
    assert not RecallWatch.objects.get().is_on
    recall_watches.follow(reader, page=published)
    assert RecallWatch.objects.get().is_on


def test_a_webhook_is_made_once_and_begins_again_at_a_position(reader):
    hook = webhooks.add(reader, ADDRESS)

    with pytest.raises(Refused, match="with this address already"):
        webhooks.add(reader, ADDRESS)
    with pytest.raises(Refused, match="no position"):
        webhooks.start_again(reader, hook.pk, "yesterday")
    assert Webhook.objects.get().position == hook.position
