"""What a password must be, and in which words that is said."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.shown import html_of
from wiki.models import User
from wiki.policy.passwords import HINT

SAID = {
    "short-one!x": "Use at least 12 characters.",
    "ines.albrecht": "Choose a password that is less like your name, user name or email address.",
    "1q2w3e4r5t6y": "Many people use this password, so it is easy to guess. Choose another one.",
    "73019481650284": "Use letters too, not only digits.",
}


@pytest.mark.parametrize("password", SAID)
def test_a_weak_password_is_refused_with_what_to_do(password):
    person = User(username="ines.albrecht")

    with pytest.raises(ValidationError) as refused:
        validate_password(password, person)

    assert refused.value.messages == [SAID[password]]


def test_whoever_chooses_a_password_reads_one_sentence(client, clinician):
    signing_up = html_of(client.get(reverse("account_signup")))
    client.force_login(clinician)
    changing = html_of(client.get(reverse("account_change_password")))

    for said in (signing_up, changing):
        assert HINT in said
        assert "Your password can" not in said
