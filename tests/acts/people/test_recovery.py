"""Another email address for an account whose mailbox is lost: who gets a letter about it."""

import pytest
from allauth.account.models import EmailAddress

from wiki.acts.people import recovery
from wiki.models import Event, Letter, Notice, User

NEW = "new@example.org"


@pytest.mark.parametrize("before", ["old@example.org", ""])
def test_a_letter_goes_to_the_address_before_if_there_was_one(clinician, administrator, before):
    User.objects.filter(pk=clinician.pk).update(email=before)

    recovery.change_address(clinician, by=administrator, address=f" {NEW} ", reason="The mailbox is lost.")

    assert User.objects.get(pk=clinician.pk).email == NEW
    address = EmailAddress.objects.get(user=clinician)
    assert (address.email, address.primary, address.verified) == (NEW, True, False)
    event = Event.objects.get(act="change_address")
    assert (event.actor, event.person) == (administrator, clinician)
    assert Notice.objects.filter(event=event, recipient=clinician).exists()
    letters = Letter.objects.filter(ref=f"event {event.pk} to the address before")
    assert [one.address for one in letters] == [before] * bool(before)
    assert not Letter.objects.filter(address="").exists()
