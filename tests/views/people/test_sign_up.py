"""Whether anybody may open an account."""

import pytest
from django.urls import reverse

from wiki.models import User

pytestmark = pytest.mark.django_db

NEW = {"name": "Nia New", "email": "nia@example.org", "username": "nianew"} | {
    f"password{one}": "a-long-Passw0rd-1" for one in (1, 2)
}


@pytest.mark.parametrize("is_open", [True, False])
def test_signing_up_is_possible_only_if_it_is_switched_on(client, settings, is_open):
    settings.SIGN_UP = is_open

    form = client.get(reverse("account_signup"))
    client.post(reverse("account_signup"), NEW)

    assert User.objects.filter(username="nianew").exists() == is_open
    assert (b"Accounts are by invitation" in form.content) != is_open
