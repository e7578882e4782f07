"""How the registrations of a person are marked."""

import datetime as dt

import pytest

from wiki.models import Credential
from wiki.templatetags.trust import registration_mark

NOW = dt.datetime(2026, 5, 3, tzinfo=dt.UTC)
LATER, EARLIER = dt.date(2999, 1, 1), dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("words", "state", "label"),
    [
        ({}, "submitted", "Waiting for an administrator"),
        ({"verified_at": NOW, "valid_until": LATER}, "approved", "Verified"),
        ({"verified_at": NOW, "valid_until": EARLIER}, "changes_requested", "Expired"),
        ({"ended_at": NOW}, "withdrawn", "Reverted"),
        ({"ended_at": NOW, "ended_reason": "Not in the register."}, "rejected", "Not verified"),
        (
            {"ended_at": NOW, "ended_reason": "Struck off.", "verified_at": NOW, "valid_until": LATER},
            "rejected",
            "Revoked",
        ),
    ],
)
def test_a_registration_is_a_sign_and_words(words, state, label):
    assert registration_mark(Credential(**words)) == (
        f'<span class="state" data-state="{state}">{label}</span>'
    )
