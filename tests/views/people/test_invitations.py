"""Inviting people by a list."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import cast
from wiki.models import Event, Letter, Role, User

pytestmark = pytest.mark.django_db

LIST = """Dr Ada Berg, ada@example.org, aberg, clinician
Bo Chen; bo@example.org; bchen; moderator

"Del Rio, Eva",eva@example.org,edelrio"""


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


def invited(office, people):
    return office.post(reverse("invite"), {"people": people})


def test_a_list_of_people_is_invited_in_one_act(office, administrator):
    assert invited(office, LIST).status_code == 302

    people = User.objects.filter(username__in=("aberg", "bchen", "edelrio")).order_by("username")
    assert [(str(one), one.role, one.has_usable_password()) for one in people] == [
        ("Dr Ada Berg", "clinician", False),
        ("Bo Chen", "moderator", False),
        ("Del Rio, Eva", "reader", False),
    ]
    assert Event.objects.filter(act="invite", actor=administrator).count() == 3
    assert Event.objects.filter(act="role").count() == 2


def test_whoever_is_invited_chooses_a_password_by_the_link(office, client):
    invited(office, LIST)
    body = Letter.objects.get(recipient__username="edelrio", subject="[Causeway] Your account").body
    client.logout()

    link = re.search(r"https?://[^/]+(/\S+)", body)
    assert link is not None
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "a-long-Passw0rd-1", "password2": "a-long-Passw0rd-1"})

    assert User.objects.get(username="edelrio").check_password("a-long-Passw0rd-1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ada Berg, ada@example.org", "Line 1: It needs"),
        ("Ada Berg, ada, aberg", "Line 1: Give an email address"),
        ("Ada Berg, ada@example.org, a b", "Line 1: Use the letters"),
        ("Ada Berg, ada@example.org, aberg, emperor", "Line 1: There is no role “emperor”"),
        ("Sam Reader, ada@example.org, aberg", "Line 1: Another account has this name"),
        ("Ada\u202e Berg, ada@example.org, aberg", "U+202E"),
        ("Causeway, ada@example.org, aberg", "stands for the wiki itself"),
        ("Ada Berg, ada@example.org, aberg\nBo, ada@example.org, bchen", "stands there twice"),
        ("Ada Berg, ada@example.org, aberg\nAda Berg, bo@example.org, bchen", "Line 2: Another account"),
    ],
)
def test_one_wrong_line_refuses_the_whole_list(office, reader, line, said):
    before = User.objects.count()

    answer = invited(office, line)

    assert answer.status_code == 422
    assert said in " ".join(answer.content.decode().split())
    assert User.objects.count() == before


@pytest.mark.parametrize("role", [Role.READER, Role.CLINICIAN, Role.MODERATOR, Role.AUDITOR])
def test_only_administrators_invite(client, role):
    client.force_login(cast.make_user("somebody", role))

    assert invited(client, LIST).status_code == 403
    assert not Event.objects.filter(act="invite").exists()


def test_a_command_invites_people_from_a_file(tmp_path, administrator, reader):
    file = tmp_path / "people.csv"
    file.write_text(LIST)

    call_command("invite_people", file, by=administrator.username)

    assert User.objects.get(username="bchen").role == Role.MODERATOR
    with pytest.raises(CommandError, match="user name"):
        call_command("invite_people", file, by=administrator.username)
    with pytest.raises(CommandError, match="no administrator"):
        call_command("invite_people", file, by=reader.username)
