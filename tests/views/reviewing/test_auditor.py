"""An auditor reads what waits for review and the whole record, and does nothing."""

import pytest
from django.urls import reverse

from tests import cast
from wiki.acts.reviewing import review
from wiki.models import Event, Opening, Role
from wiki.policy.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    person = cast.make_user("auditor", Role.AUDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def change(published, colleague):
    return cast.propose_change(published, colleague)


@pytest.mark.parametrize("name", ["queue", "record", "signers", "reviewers", "waits", "overdue"])
def test_an_auditor_can_open_the_review_pages(auditor, change, client, name):
    assert client.get(reverse(name)).status_code == 200


def test_an_auditor_reads_a_submission_and_its_verdicts(auditor, change, moderator, client):
    assert client.get(reverse("review", args=[change.pk])).status_code == 200
    review.reject(change.pk, by=moderator, reason="Not so.")

    page = client.get(reverse("review", args=[change.pk]))

    assert "Not so." in page.content.decode()
    assert not Opening.objects.filter(person=auditor).exists()


def test_an_auditor_sees_no_drafts(auditor, published, colleague, client):
    draft = cast.make_edit(published, colleague)

    assert client.get(reverse("review", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize(
    "door", ["approve", "request-changes", "reject", "claim", "release", "rebase", "withdraw", "remark"]
)
def test_an_auditor_posting_any_act_changes_nothing(auditor, change, client, door):
    before = Event.objects.count()

    answer = client.post(reverse(door, args=[change.pk]), {"reason": "No.", "text": "No."})

    assert answer.status_code in (403, 404, 409, 422)
    assert Event.objects.count() == before


def test_acts_refuse_an_auditor(auditor, change, published):
    with pytest.raises(Refused):
        review.reject(change.pk, by=auditor, reason="No.")
    with pytest.raises(Refused):
        cast.make_edit(published, auditor)


def test_an_auditor_needs_the_second_step(auditor, change, client, settings):
    settings.MFA_REQUIRED = True

    assert client.get(reverse("review", args=[change.pk])).status_code in (302, 403)
    assert client.get(reverse("record")).status_code == 302
