"""What a test begins with is the same whether it was written for this test or put back."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.remembered import _copied_out, _filled, around_tests, remember, remembered_builder, watched
from wiki.audit import verify
from wiki.models import Page, PublishedPage, User


class Story:
    """Two pages, one of which names the other; it counts how often it was written."""

    def __init__(self, key: str) -> None:
        self.key, self.written = key, 0

    def tell(self) -> list[Page]:
        return remember(self.key, self._write)

    def _write(self) -> list[Page]:
        self.written += 1
        writer, judge = cast.make_user("writer", "clinician"), cast.make_user("judge", "moderator")
        cast.make_source(writer)
        first = cast.make_page(writer, judge, "Gout")
        return [first, cast.make_page(writer, judge, "Ataxia", statements=(cast.statement(first),))]


@pytest.fixture
def story(request) -> Story:
    return Story(request.node.name)


def in_a_test(act: Callable[[], Any]) -> Any:
    """Do something as a test does: from an empty wiki on, and everything is taken back."""
    with around_tests(), watched():
        came = act()
        transaction.set_rollback(True)
    return came


def everything() -> dict[str, list[bytes]]:
    """Return all rows; where a table has room from earlier ones, they lie in another order."""
    return {table: sorted(_copied_out(table).splitlines()) for table in _filled()}


def test_restored_rows_equal_the_written_ones(db, story):
    def look() -> tuple[Any, ...]:
        pages = story.tell()
        searched = list(PublishedPage.objects.order_by("pk").values_list("pk", "vector"))
        return pages, [vars(page)["id"] for page in pages], everything(), searched

    written, put_back = in_a_test(look), in_a_test(look)

    assert story.written == 1
    assert len(written[2]) > 10
    assert put_back == written


def test_a_restored_wiki_accepts_further_acts(db, story):
    in_a_test(story.tell)

    def go_on() -> list[str]:
        first, second = story.tell()
        writer, judge = User.objects.get(username="writer"), User.objects.get(username="judge")
        cast.approve(cast.propose_change(first, writer), judge)
        third = cast.make_page(writer, judge, "Tetany")
        assert third.pk > second.pk
        connection.check_constraints()
        return [str(one) for one in verify.Proof().troubles()]

    assert in_a_test(go_on) == []


def test_changes_by_one_test_are_not_seen_by_another(db, story):
    def spoil() -> None:
        first, _ = story.tell()
        first.id = 0
        User.objects.update(name="Somebody Else")

    in_a_test(spoil)
    in_a_test(spoil)

    first, _ = in_a_test(story.tell)
    assert first.pk != 0
    assert in_a_test(lambda: [story.tell(), {*User.objects.values_list("name", flat=True)}][1]) == {
        "Dr Writer",
        "Dr Judge",
    }


@pytest.mark.parametrize("times", [1, 2])
def test_a_story_is_written_anew_after_other_rows(db, story, times):
    def begin_otherwise() -> int:
        User.objects.create_user("reader")
        story.tell()
        return User.objects.count()

    for _ in range(times):
        assert in_a_test(begin_otherwise) == 3
    assert story.written == times


def test_rows_of_a_block_around_the_test_are_not_forgotten(db, story):
    def begin() -> int:
        story.tell()
        return User.objects.count()

    with around_tests():
        User.objects.create_user("reader")
        assert [in_a_test(begin), in_a_test(begin)] == [3, 3]
    assert story.written == 2


def test_a_story_is_written_anew_under_other_settings(db, story, settings):
    in_a_test(story.tell)

    settings.SECOND_READS = 1
    in_a_test(story.tell)
    in_a_test(story.tell)

    assert story.written == 2


def test_a_second_story_is_remembered_per_first_story(db, story):
    def tell_and_add(username: str) -> set[str]:
        story.tell()
        remember("more", lambda: cast.make_user(username))
        return {*User.objects.values_list("username", flat=True)}

    assert in_a_test(lambda: remember("more", lambda: cast.make_user("alone")).username) == "alone"
    assert in_a_test(lambda: tell_and_add("reader")) == {"writer", "judge", "reader"}
    assert in_a_test(lambda: tell_and_add("nobody")) == {"writer", "judge", "reader"}


class Builder:
    """A builder that counts how often it really made something."""

    def __init__(self, key: str) -> None:
        self.made = 0

        def make(name: str) -> User:
            self.made += 1
            return User.objects.create_user(name)

        make.__qualname__ = key
        self.make = remembered_builder(make)

    def times(self, act: Callable[[], Any]) -> int:
        """Return how often two tests that do the same made something."""
        in_a_test(act)
        in_a_test(act)
        return self.made


@pytest.fixture
def builder(request) -> Builder:
    return Builder(request.node.name)


def test_a_builder_is_remembered_for_its_arguments(db, builder):
    def make_two() -> None:
        first, second = builder.make("first"), builder.make("second")
        assert {*User.objects.values_list("pk", "username")} == {(first.pk, "first"), (second.pk, "second")}

    assert builder.times(make_two) == 2


def test_rows_of_a_builder_are_put_back_unseen_by_a_count_of_queries(db, builder):
    def make_and_count() -> None:
        builder.make("first")
        with CaptureQueriesContext(connection) as queries:
            assert User.objects.count() == 1
        assert len(queries) == 1

    assert builder.times(make_and_count) == 1


def test_a_builder_makes_rows_anew_after_a_test_wrote_for_itself(db, builder):
    def write_then_make() -> None:
        User.objects.create_user("mine")
        builder.make("first")
        assert User.objects.count() == 2

    assert builder.times(write_then_make) == 2


def test_a_builder_makes_rows_anew_after_a_rollback(db, builder):
    def take_back_and_make() -> None:
        with transaction.atomic():
            builder.make("first")
            transaction.set_rollback(True)
        assert not User.objects.exists()
        builder.make("second")
        assert User.objects.get().username == "second"

    assert builder.times(take_back_and_make) == 3


def test_a_builder_makes_rows_anew_where_code_is_patched(db, builder):
    def patch_and_make() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Builder, "__doc__", "Another one.")
            builder.make("first")

    assert builder.times(patch_and_make) == 2


def test_a_builder_makes_rows_anew_at_another_time(db, builder):
    def travel_and_make() -> None:
        with time_machine.travel("2027-03-01"):
            builder.make("first")

    assert builder.times(travel_and_make) == 2


def test_a_builder_makes_rows_anew_beside_another_thread(db, builder):
    def ask_elsewhere_and_make() -> None:
        def ask() -> None:
            connection.ensure_connection()
            connection.close()

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        builder.make("first")

    assert builder.times(ask_elsewhere_and_make) == 2


def test_a_builder_makes_rows_anew_for_a_test_that_captures_commits(db, builder):
    for _ in range(2):
        with around_tests(), watched(may_repeat=False):
            builder.make("first")
            transaction.set_rollback(True)

    assert builder.made == 2


def test_a_builder_that_changes_what_it_is_given_is_refused(db):
    @remembered_builder
    def rename(person: User) -> User:
        person.name = "Another"
        return person

    with pytest.raises(AssertionError, match="rename changes what it is given"):
        in_a_test(lambda: rename(cast.make_user("first")))


def test_every_sign_of_a_text_is_put_back(db, story):
    name = "\\v \v \\\\ \t \n \b ' '' \\N E'\\x41' é 𝛽 %s"

    def write() -> list[str]:
        return remember(story.key, lambda: [User.objects.create_user("reader", name=name).name])

    def look() -> list[str]:
        return [*write(), *User.objects.values_list("name", flat=True)]

    assert in_a_test(look) == in_a_test(look) == [name, name]
