"""Stored answers: sent as they would be made now, and dropped with whatever they show."""

import datetime as dt
import gzip
from threading import Thread

import brotli
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory

from tests import cast
from tests.test_asgi import in_a_loop_of_its_own
from wiki import page_views
from wiki.acts.safety import corrections
from wiki.models import Page, StoredAnswer, User, clock
from wiki.models.reading.stored_answers import Kept, Moment
from wiki.views import release, stored_answers
from wiki.views.recent_bodies import RecentBodies

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/wiki/hypoparathyroidism/"
KEPT = Kept('W/"1"', {"Content-Type": "text/html"}, gzip.compress(b"words"))


@pytest.fixture(autouse=True)
def _stores(settings, monkeypatch):
    settings.STORES_ANSWERS = True
    # A page of another test may be the same, byte for byte.
    monkeypatch.setattr(stored_answers, "_recent", RecentBodies())


def get(path, client=None, **header_fields):
    return (client or Client()).get(path, headers=header_fields)


def made_now(path, settings):
    """Return the answer that is made for a reader today, whatever is stored."""
    settings.STORES_ANSWERS = False
    return get(path)


def keys():
    return set(StoredAnswer.objects.values_list("key", flat=True))


def key_of(path):
    return stored_answers._key_of(RequestFactory().get(path).META)


@pytest.fixture
def asked_of_the_database(monkeypatch):
    """Return what is asked past Django's cursor: each key that is looked up."""
    asked, look = [], type(StoredAnswer.objects).at

    def note(self, key, **more):
        asked.append(key)
        return look(self, key, **more)

    monkeypatch.setattr(type(StoredAnswer.objects), "at", note)
    return asked


def test_a_stored_answer_has_the_same_bytes_for_one_query(
    published, django_assert_num_queries, asked_of_the_database
):
    first = get(PAGE)
    asked_of_the_database.clear()
    with django_assert_num_queries(0):
        second = get(PAGE)

    assert len(asked_of_the_database) == 1
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert "Content-Security-Policy" in second.headers
    assert "Cookie" not in second.headers["Vary"]
    assert not second.cookies


def test_a_stored_answer_equals_one_made_now(published, settings):
    get(PAGE)
    stored = get(PAGE)

    assert stored.content == made_now(PAGE, settings).content


def test_a_matching_etag_gets_304_without_a_query(published, django_assert_num_queries):
    etag = get(PAGE).headers["ETag"]

    with django_assert_num_queries(0):
        again = get(PAGE, **{"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag


def test_a_browser_that_accepts_gzip_gets_the_stored_gzip(published):
    plain = get(PAGE)
    packed = get(PAGE, **{"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Length"] == str(len(packed.content))


def test_the_first_answer_has_the_accepted_encoding(published):
    first = get(PAGE, **{"Accept-Encoding": "gzip"})

    assert first.headers["Content-Encoding"] == "gzip"
    assert b"Hypoparathyroidism" in gzip.decompress(first.content)


def test_a_frequent_answer_is_stored_in_brotli(published):
    for _ in range(stored_answers.OFTEN + 1):
        get(PAGE, **{"Accept-Encoding": "gzip, br"})
    stored_answers.work()
    packed = get(PAGE, **{"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == get(PAGE).content
    assert get(PAGE, **{"Accept-Encoding": "gzip, br;q=0"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/index/", "/latest/", "/sources/", "/sitemap.xml", "/about/", "/about/review/", "/help/"),
        *("", "history/", "revisions/1/", "compare/", "cite/", "links/"),
        *("/feeds/approvals/", "/feeds/pages/hypoparathyroidism/", "/people/clinician/"),
    ],
)
def test_every_page_for_anonymous_readers_is_stored(published, path):
    path = path if path.startswith("/") else PAGE + path
    answer = get(path)

    assert answer.status_code == 200
    assert keys() == {key_of(path)}
    assert not answer.cookies


def ready_for(request):
    return in_a_loop_of_its_own(stored_answers.ready_for(request.META))


def test_ready_for_finds_a_stored_answer_without_django(published):
    made = get(PAGE)

    ready = ready_for(RequestFactory().get(PAGE))

    assert ready
    assert (ready.status, ready.body) == (200, made.content)
    assert ready_for(RequestFactory().post(PAGE)) is None


@pytest.mark.parametrize("accepted", ["", "gzip", "br", "gzip, br", "gzip;q=0, br;q=0"])
def test_a_body_sent_last_is_sent_again_only_while_it_is_stored(
    published, clinician, moderator, accepted, settings
):
    asked = RequestFactory().get(PAGE, HTTP_ACCEPT_ENCODING=accepted)
    get(PAGE)
    first, second = ready_for(asked), ready_for(asked)
    assert first
    assert first == second

    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)

    assert ready_for(asked) is None
    get(PAGE)
    third = ready_for(asked)
    assert third
    body = gzip.decompress(third.body) if (b"content-encoding", b"gzip") in third.headers else third.body
    assert b"Changed words." in body
    assert body == made_now(PAGE, settings).content


def test_an_etag_asks_for_no_body_and_odd_ones_ask_for_all(published):
    etag = get(PAGE).headers["ETag"]
    asked = {
        told: ready_for(RequestFactory().get(PAGE, HTTP_IF_NONE_MATCH=told))
        for told in (
            etag,
            etag.removeprefix("W/"),
            f'"other", {etag}',
            "*",
            '"other"',
            'W/"',
            "\x00",
            "{",
            '\\"',
        )
    }

    assert [ready and ready.status for ready in asked.values()] == [304, 304, 304, 304, *[200] * 5]


def test_a_request_with_if_match_is_not_answered_from_the_store(published):
    get(PAGE)

    assert get(PAGE, **{"If-Match": '"other"'}).status_code == 412


def test_a_request_with_a_session_is_not_answered_from_the_store(published, clinician):
    before = get(PAGE)
    theirs = Client()
    theirs.force_login(clinician)

    answer = get(PAGE, theirs)

    assert "My drafts" in answer.text
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert get(PAGE).content == before.content


def test_other_cookies_never_enter_a_stored_answer(published):
    theirs = Client()
    theirs.cookies["csrftoken"] = "mine-and-nobody-elses-0123456789"

    get(PAGE, theirs)

    assert not any(b"mine-and" in gzip.decompress(one.body) for one in StoredAnswer.objects.all())
    assert get(PAGE).headers["ETag"] == get(PAGE, theirs).headers["ETag"]


def test_light_and_dark_themes_are_stored_separately(published):
    dark = Client()
    dark.cookies["theme"] = "dark"

    assert b'data-theme="dark"' in get(PAGE, dark).content
    assert b"data-theme" not in get(PAGE).content
    assert b'data-theme="dark"' in get(PAGE, dark).content


def test_unknown_theme_cookies_do_not_multiply_stored_answers(published):
    for number in range(5):
        odd = Client()
        odd.cookies["theme"] = f"odd-{number}"
        get(PAGE, odd)

    assert len(keys()) <= 1


@pytest.mark.parametrize(
    "path", [f"{PAGE}?x=1", f"{PAGE}?as_of=2020-01-01", "/search/?q=calcium", "/nothing/"]
)
def test_addresses_with_free_parameters_are_not_stored(published, path):
    get(path)

    assert keys() == set()


def test_each_stored_answer_counts_as_a_view(published):
    page_views.forget()
    for _ in range(3):
        get(PAGE)
    Client().head(PAGE)

    assert sum(page_views.forget().values()) == 3


def test_an_approval_drops_stored_page_and_lists(published, clinician, moderator):
    cast.make_page(clinician, moderator, "Gout")
    for path in (PAGE, "/wiki/gout/", "/"):
        get(path)

    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)

    assert keys() == {key_of("/wiki/gout/")}
    assert b"Changed words." in get(PAGE).content


def test_a_neighbours_new_title_drops_the_stored_page(published, clinician, moderator):
    cast.make_source(clinician)
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(seizures, "has_manifestation")
    cast.approve(cast.propose_change(published, clinician, statements=(row,)), moderator)
    assert b"Seizures" in get(PAGE).content

    cast.approve(cast.propose_change(seizures, clinician, title="Epileptic fits"), moderator)

    assert b"Epileptic fits" in get(PAGE).content


def test_a_change_of_its_authors_profile_drops_the_stored_page(published, clinician):
    get(PAGE)

    User.objects.filter(pk=clinician.pk).update(profession="physician")

    assert keys() == set()


def test_a_sign_in_drops_no_stored_answer(published, clinician):
    get(PAGE)

    User.objects.filter(pk=clinician.pk).update(last_login=clock.now())

    assert len(keys()) == 1


def test_a_stored_answer_expires_when_a_correction_lapses(published, moderator, second_moderator):
    passage = published.publications.get().revision.document.summary
    told = {"replacement": "Something safe.", "reason": "It was wrong."}
    proposed = corrections.propose(published, passage=passage, by=moderator, **told)
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)

    assert b"Something safe." in get(PAGE).content

    proposed.refresh_from_db()
    assert proposed.lapses_at
    assert StoredAnswer.objects.get().good_until <= proposed.lapses_at


def test_a_stored_answer_expires_when_a_protection_ends(published, moderator):
    until = clock.now() + dt.timedelta(hours=1)
    Page.objects.filter(pk=published.pk).update(protected_until=until, protected_reason="An edit war.")
    get(PAGE)

    assert StoredAnswer.objects.get().good_until <= until


def test_an_expired_stored_answer_is_made_anew(published):
    get(PAGE)
    StoredAnswer.objects.update(good_until=clock.now() - dt.timedelta(seconds=1), body=gzip.compress(b"old"))

    assert b"Hypoparathyroidism" in get(PAGE).content


def test_an_answer_rendered_before_a_change_is_not_stored_after_it(published, clinician, moderator):
    moment = StoredAnswer.objects.moment()
    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)

    assert not StoredAnswer.objects.put("key", KEPT, moment, slug="hypoparathyroidism")
    assert StoredAnswer.objects.put("key", KEPT, StoredAnswer.objects.moment(), slug="hypoparathyroidism")


def test_nothing_is_stored_between_the_drop_and_the_commit(published):
    moment = StoredAnswer.objects.moment()
    stored = []

    def store():
        stored.append(StoredAnswer.objects.put("key", KEPT, moment, slug="hypoparathyroidism"))
        connection.close()

    with transaction.atomic():
        Page.objects.filter(pk=published.pk).update(retired="Why not.")
        connection.check_constraints()  # what happens at the commit
        thread = Thread(target=store)
        thread.start()
        thread.join()

    assert stored == [False]


def test_a_change_that_is_rolled_back_drops_nothing(published):
    get(PAGE)
    with transaction.atomic():
        Page.objects.filter(pk=published.pk).update(retired="Why not.")
        connection.check_constraints()
        transaction.set_rollback(True)

    assert len(keys()) == 1


def test_an_answer_with_an_expired_moment_is_not_stored(published):
    moment = StoredAnswer.objects.moment()
    late = Moment(moment.snapshot, clock.now() - dt.timedelta(seconds=1))

    assert not StoredAnswer.objects.put("key", KEPT, late)


def test_pages_answer_when_the_store_fails(published, monkeypatch):
    def away(*_, **__):
        raise DatabaseError

    monkeypatch.setattr(type(StoredAnswer.objects), "at", away)
    monkeypatch.setattr(type(StoredAnswer.objects), "moment", away)

    assert get(PAGE).status_code == 200
    assert keys() == set()


def test_old_stored_answers_are_removed_above_the_limit(published, monkeypatch):
    for path in (PAGE, "/", "/index/"):
        get(path)
    StoredAnswer.objects.filter(key=key_of("/")).update(good_until=clock.now())
    monkeypatch.setattr("wiki.models.reading.stored_answers.MOST", 1)

    assert StoredAnswer.objects.make_room() == 2
    assert keys() == {key_of("/index/")}


def test_a_new_release_or_setting_changes_the_store_key(settings):
    release.release.cache_clear()
    before = release.release()
    settings.OWNER = {"name": "Somebody else"}
    release.release.cache_clear()
    after = release.release()
    release.release.cache_clear()

    assert before != after
