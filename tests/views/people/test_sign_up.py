"""Whether anybody may open an account."""

import re

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


def test_whoever_wants_to_write_a_page_is_led_from_signing_in_to_applying(client):
    asked = client.get("/new/", {"title": "Zzz"}, follow=True).content.decode()
    found = re.search(r'<a href="([^"]+)">create one and apply to write</a>', asked)
    assert found, asked

    created = client.get(found[1]).content.decode()

    assert '<input type="hidden" name="next" value="/accounts/apply/">' in created
