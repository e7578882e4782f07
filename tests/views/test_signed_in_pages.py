"""A page for people who are signed in: from a stored body, and byte for byte as it would be made for them."""

import datetime as dt
import gzip

import pytest
from django.http import Http404
from django.test import Client

from tests import cast
from wiki import last_reads, page_views
from wiki.models import LastRead, Page, Role, StoredAnswer, User, clock
from wiki.models.reading.signed_in import ReadBefore
from wiki.views import stored_answers
from wiki.views.signed_in_pages import since_last_read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("stores_answers")]

PAGE = "/wiki/hypoparathyroidism/"


@pytest.fixture
def people(clinician, moderator, second_moderator):
    """Return somebody of each role, a second moderator, and a clinician who is suspended."""
    suspended = cast.make_user("suspended", Role.CLINICIAN, "Dr Suspended")
    until = clock.now() + dt.timedelta(days=1)
    User.objects.filter(pk=suspended.pk).update(suspended_until=until, suspended_reason="Copied texts.")
    others = [cast.make_user(f"the-{role}", role, f"The {role}") for role in Role]
    return [clinician, moderator, second_moderator, *others, suspended]


def test_without_the_second_factor_nobody_gets_what_moderators_get(published, moderator, settings):
    with_all = get(moderator).text
    settings.MFA_REQUIRED = True
    without = get(moderator).text

    assert "Revert approval" in with_all
    assert "Revert approval" not in without
    assert without == made_now(moderator, settings).text


def get(person, path=PAGE, **header_fields):
    client = Client()
    client.force_login(person)
    return client.get(path, headers=header_fields)


def made_now(person, settings, path=PAGE):
    """Return what is made for somebody today, whatever is stored."""
    settings.STORES_ANSWERS = False
    answer = get(person, path)
    settings.STORES_ANSWERS = True
    return answer


def fields_of(answer):
    """Return the header fields of an answer; the order of what it varies with says nothing."""
    fields = {name.lower(): value for name, value in answer.headers.items()}
    return fields | {"vary": set(fields["vary"].split(", "))}


def test_everybody_gets_what_would_be_made_for_them(published, people, settings):
    made = {person: made_now(person, settings) for person in people}
    for first in people:
        StoredAnswer.objects.all().delete()
        get(first)
        for person in people:
            stored = get(person)

            assert stored.status_code == 200
            assert stored.text == made[person].text
            assert str(person) in stored.text
            assert "own part" not in stored.text
            assert fields_of(stored) == fields_of(made[person])


def test_nothing_of_a_person_is_stored(published, clinician, moderator):
    for person in (clinician, moderator):
        get(person)

    for one in StoredAnswer.objects.all():
        stored = stored_answers.stored_at(one.key)
        assert stored
        body = stored[1].decode()
        before_text = body.partition("<body>")[2].partition("<main")[0]
        assert "own part: parts/header.html" in before_text
        assert "csrf" not in body
        assert not any(str(person) in before_text for person in (clinician, moderator))


def test_a_stored_body_costs_few_queries(published, clinician, django_assert_num_queries):
    get(clinician)
    last_reads.write()
    client = Client()
    client.force_login(clinician)

    client.get(PAGE)
    with django_assert_num_queries(0):  # all of it is one question, which goes past the count
        answer = client.get(PAGE)

    assert answer.status_code == 200


def test_an_approval_and_a_protection_show_at_once(published, clinician, moderator):
    get(clinician)
    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)
    assert "Changed words." in get(clinician).text

    until = clock.now() + dt.timedelta(hours=1)
    Page.objects.filter(pk=published.pk).update(protected_until=until, protected_reason="An edit war.")
    assert "moderators only until" in get(clinician).text


def test_what_somebody_read_before_is_told_to_them_alone(published, clinician, moderator, second_moderator):
    get(moderator)
    last_reads.write()
    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)
    get(second_moderator)

    assert "Changed since you last read it, in version 1" in get(moderator).text
    assert "Changed since you last read it" not in get(second_moderator).text
    last_reads.write()
    assert LastRead.objects.get(person=moderator).revision.number == 2


def test_each_answer_counts_as_a_view(published, clinician):
    page_views.forget()
    for _ in range(3):
        get(clinician)

    assert sum(page_views.forget().values()) == 3


def test_a_message_is_shown_once(published, clinician):
    get(clinician)
    client = Client()
    client.force_login(clinician)
    client.post(f"{PAGE}watch/", {"watch": "1"})
    texts = [client.get(PAGE).text for _ in range(2)]

    assert ['role="status"' in text for text in texts] == [True, False]


@pytest.mark.parametrize("path", ["/wiki/nothing/", f"{PAGE}?as_of=2020-01-01", f"{PAGE}?x=1"])
def test_other_addresses_are_made_anew_and_have_no_gaps(published, clinician, path, settings):
    get(clinician)
    answer = get(clinician, path)

    assert answer.text == made_now(clinician, settings, path).text
    assert str(clinician) in answer.text


def test_a_page_that_goes_while_it_is_made_has_no_gaps(published, clinician, monkeypatch):
    def gone(*_, **__):
        raise Http404

    monkeypatch.setattr("wiki.views.reading.pages.Around", gone)
    answer = get(clinician)

    assert answer.status_code == 404
    assert "own part" not in answer.text
    assert "My drafts" in answer.text


def test_who_wrote_the_version_is_not_told_of_it(published, clinician):
    read = ReadBefore.at("hypoparathyroidism", clinician.pk)
    assert read

    assert read.author_id == clinician.pk
    assert since_last_read(read._replace(last_read=1), clinician) is None


def test_a_page_is_packed_in_parts_that_unpack_to_it(published, clinician, moderator):
    people = [clinician, clinician, moderator, moderator]
    plain = [get(one).text for one in people]
    packed = [get(one, **{"Accept-Encoding": "gzip"}) for one in people]

    assert [gzip.decompress(one.content).decode() for one in packed] == plain
    assert {one["Content-Encoding"] for one in packed} == {"gzip"}
    assert all("Accept-Encoding" in one["Vary"] for one in packed)
    assert [int(one["Content-Length"]) for one in packed] == [len(one.content) for one in packed]
    assert str(clinician) in plain[1]
    assert str(moderator) in plain[3]
