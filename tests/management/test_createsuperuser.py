"""`manage.py createsuperuser`: administrators made at the command line, and what the record says of them."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from tests import cast
from wiki.audit.verify import Proof
from wiki.models import Event, Role, User


def make_administrator(username, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", cast.PASSWORD)
    call_command("createsuperuser", interactive=False, username=username, email=f"{username}@example.org")
    return User.objects.get(username=username)


@pytest.mark.django_db
def test_the_first_administrator_is_logged(monkeypatch, client, capsys):
    ann = make_administrator("ann", monkeypatch)

    client.force_login(ann)
    shown = " ".join(client.get(reverse("roles")).content.decode().split())

    assert ann.can_administer
    assert ann.check_password(cast.PASSWORD)
    assert "Causeway made <strong>ann</strong> administrator, until then reader" in shown
    connection.check_constraints()
    assert list(Proof().troubles()) == []
    assert "second step" in capsys.readouterr().out


@pytest.mark.django_db
def test_only_the_new_administrator_is_logged(monkeypatch):
    make_administrator("ann", monkeypatch)
    ben = make_administrator("ben", monkeypatch)

    assert Event.objects.filter(act="role", person=ben, data__after=Role.ADMINISTRATOR).count() == 1
    assert Event.objects.filter(act="role").count() == 2


@pytest.mark.django_db
def test_a_failed_createsuperuser_logs_nothing(monkeypatch):
    with pytest.raises(CommandError, match="valid username"):
        make_administrator("ann lee", monkeypatch)

    assert not Event.objects.exists()
