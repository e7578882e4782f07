"""Roles: who grants them, what is kept, and what is left of an account that goes."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.shown import html_at
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import Event, Notice, Page, PublishedPage, Revision, Role, Source, User, Verdict
from wiki.policy.refusal import Refused
from wiki.published import rebuild


@pytest.fixture
def office(client, administrator):
    """Return the browser of an administrator."""
    client.force_login(administrator)
    return client


def grant(office, person, role):
    return office.post(reverse("grant", args=[person.pk]), {"role": role})


def remove(office, person):
    return office.post(reverse("remove-account", args=[person.pk]))


# --- Granting ---------------------------------------------------------------------------------------------


def test_a_granted_role_takes_effect_is_logged_and_notified(office, reader):
    answer = grant(office, reader, "clinician")

    reader.refresh_from_db()
    assert reader.can_write
    event = Event.objects.get(act="role")
    assert event.person == reader
    assert event.person_name == "Sam Reader"
    assert event.data == {"before": "reader", "after": "clinician"}
    assert Notice.objects.get().recipient == reader
    assert "Alex Admin made <strong>Sam Reader</strong> clinician" in html_at(office, answer.url)


@pytest.mark.parametrize(
    ("role", "may"),
    [("reader", False), ("clinician", False), ("moderator", False), ("administrator", True)],
)
def test_only_administrators_are_staff(office, clinician, role, may):
    User.objects.filter(pk=clinician.pk).update(role="moderator" if role != "moderator" else "clinician")

    grant(office, clinician, role)

    clinician.refresh_from_db()
    assert (clinician.role, clinician.is_staff, clinician.is_superuser) == (role, may, False)


def test_the_form_says_what_each_role_allows(office, reader):
    said = office.get(reverse("grant", args=[reader.pk])).content.decode()

    for role in Role:
        assert f"{role.label}: {role.allows}" in said


def test_the_same_role_is_not_granted_twice(office, clinician):
    answer = grant(office, clinician, "clinician")

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "has that role already" in answer.content.decode()
    assert not Event.objects.filter(act="role").exists()


@pytest.mark.parametrize("role", ["", "king"])
def test_an_unknown_role_is_refused_by_the_form(office, clinician, role):
    answer = grant(office, clinician, role)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#id_role_0"' in answer.content.decode()
    clinician.refresh_from_db()
    assert clinician.role == "clinician"


def test_a_moderator_cannot_grant_a_role(reader, moderator):
    with pytest.raises(Refused, match="Only an administrator"):
        accounts.grant_role(reader, "clinician", by=moderator)


def test_granting_an_unknown_role_is_refused(reader, administrator):
    with pytest.raises(Refused, match="no such role"):
        accounts.grant_role(reader, "king", by=administrator)


def test_the_last_administrator_cannot_step_down(office, administrator):
    answer = grant(office, administrator, "reader")

    assert answer.status_code == HTTPStatus.CONFLICT
    administrator.refresh_from_db()
    assert administrator.can_administer


def test_one_of_two_administrators_can_step_down(office, administrator):
    cast.make_user("deputy", Role.ADMINISTRATOR)

    grant(office, administrator, "reader")

    assert office.get(reverse("roles")).status_code == HTTPStatus.FORBIDDEN


def test_people_are_found_by_name(office, reader, clinician):
    said = office.get(reverse("roles"), {"q": "albrecht"}).content.decode()

    assert "Dr Ines Albrecht" in said
    assert "Sam Reader" not in said


def test_a_search_for_people_without_result_says_so(office):
    assert "contains “zzz”" in office.get(reverse("roles"), {"q": "zzz"}).content.decode()


def test_the_list_of_people_is_paginated_with_a_fixed_number_of_queries(office):
    office.get(reverse("roles"))
    with CaptureQueriesContext(connection) as few:
        office.get(reverse("roles"))
    for number in range(60):
        grant(office, cast.make_user(f"p{number:02}", name=f"Person {number:02}"), "clinician")

    with CaptureQueriesContext(connection) as many:
        first = office.get(reverse("roles"), {"q": "person"}).content.decode()
    (following,) = re.findall(r'rel="next" href="(\?q=person&amp;after=[^"]+)"', first)
    second = office.get(reverse("roles") + unescape(following)).content.decode()

    assert len(many) <= len(few) + 2
    assert "Person 49" in first
    assert '<span class="title">Person 50</span>' not in first
    assert '<span class="title">Person 50</span>' in second
    assert re.search(r'href="\?log-after=[^"#]+#log"', office.get(reverse("roles")).content.decode())


# --- Removing an account ----------------------------------------------------------------------------------


def test_edge_28_a_removed_account_leaves_its_work_under_its_name(
    office, published, clinician, colleague, moderator
):
    source = cast.make_source(clinician)
    waiting = cast.submit(cast.make_edit(published, clinician))
    review.request_changes(
        cast.submit(cast.make_edit(published, colleague)).pk, by=moderator, reason="Say which study."
    )

    assert remove(office, clinician).url == reverse("roles")
    remove(office, moderator)

    assert not User.objects.filter(username__in=["clinician", "moderator"]).exists()
    written = Revision.objects.filter(author_name="Dr Ines Albrecht")
    assert {(one.state, one.author) for one in written} == {("approved", None), ("submitted", None)}
    signed = Verdict.objects.filter(reviewer_name="Dr Amara Osei", reviewer_profession__startswith="neuro")
    assert {(one.decision, one.reviewer) for one in signed} == {("approve", None), ("request_changes", None)}
    assert Event.objects.filter(act="submit", actor=None, actor_name="Dr Ines Albrecht").count() == 2
    assert Source.objects.get(pk=source.pk).created_by is None
    assert waiting.page == published


def test_edge_28_waiting_work_of_a_removed_account_can_be_approved(office, published, clinician, moderator):
    waiting = cast.submit(cast.make_edit(published, clinician, summary="Words that outlive an account."))
    remove(office, clinician)

    waiting.refresh_from_db()
    cast.approve(waiting, moderator)

    published_page = PublishedPage.objects.get(page=published)
    assert published_page.summary == "Words that outlive an account."
    assert published_page.authors == [{"name": "Dr Ines Albrecht", "username": ""}]


def test_edge_28_a_removed_author_is_named_without_a_link(office, published, clinician):
    remove(office, clinician)

    before = PublishedPage.objects.get(page=published).authors
    assert before == [{"name": "Dr Ines Albrecht", "username": ""}]
    list(rebuild.rebuild())
    assert PublishedPage.objects.get(page=published).authors == before


def test_edge_28_removing_an_account_removes_its_drafts(office, published, clinician):
    cast.make_edit(published, clinician)
    drafts.propose(cast.document("Never sent"), author=clinician)

    remove(office, clinician)

    assert not Revision.objects.filter(state="draft").exists()
    assert Page.objects.get() == published


def test_edge_28_the_log_of_grants_keeps_the_name(office, reader):
    grant(office, reader, "clinician")
    remove(office, reader)

    said = html_at(office, reverse("roles"))

    assert "Alex Admin made <strong>Sam Reader</strong> clinician" in said
    assert "Alex Admin removed the account of <strong>Sam Reader</strong>, clinician" in said


def test_removing_an_account_asks_for_confirmation(office, clinician):
    said = office.get(reverse("remove-account", args=[clinician.pk])).content.decode()

    assert "under the name as it was on the day" in said
    assert User.objects.filter(pk=clinician.pk).exists()


def test_nobody_removes_their_own_account(office, administrator):
    answer = remove(office, administrator)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Ask another administrator" in answer.content.decode()


def test_a_moderator_cannot_remove_an_account(clinician, moderator):
    with pytest.raises(Refused, match="Only an administrator"):
        accounts.remove_account(clinician, by=moderator)
