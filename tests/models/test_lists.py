"""Lists in parts by key: every row once, forwards and backwards, whatever comes and goes meanwhile."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest

from wiki.models import Source, User
from wiki.models.lists.keyset import (
    KeyOrder,
    ListPart,
    NoSuchPlace,
    PartAsked,
    day,
    moment,
    number,
    part_of,
    text,
)
from wiki.models.sources import BY_REFERENCE
from wiki.models.users import BY_NAME

AT = dt.datetime(2026, 3, 1, 10, 12, 13, 45, tzinfo=dt.timezone(dt.timedelta(hours=1)))
BY_TIME = KeyOrder.downward(moment("event__at"), number("pk"))
REFERENCES = ("Zoe", "Ada", "Bo~b~1", "Ada", "Emil", "Bo~b", "Ada")


@pytest.mark.parametrize(
    ("order", "row", "written"),
    [
        (BY_TIME, SimpleNamespace(event=SimpleNamespace(at=AT), pk=7), "2026-03-01T091213.000045Z~7"),
        (KeyOrder.upward(text("slug")), SimpleNamespace(slug="ataxia"), "ataxia"),
        (KeyOrder.upward(text("slug"), number("pk")), SimpleNamespace(slug="a~b~", pk=3), "a~b~~3"),
        (
            KeyOrder.upward(day("on"), number("pk")),
            SimpleNamespace(on=dt.date(2026, 3, 1), pk=3),
            "2026-03-01~3",
        ),
    ],
)
def test_a_place_is_written_so_that_a_person_can_read_it(order, row, written):
    assert order.place_of(row) == written

    assert order.place_of(row) == order.place_of(row)
    assert len(order.read(written)) == len(order.columns)


def test_a_place_that_was_written_is_read_as_the_same_values():
    assert BY_TIME.read("2026-03-01T091213.000045Z~7") == (AT, 7)
    assert BY_NAME.read("Bo~b~1~bob~12") == ("Bo~b~1", "bob", 12)


@pytest.mark.parametrize(
    "written",
    [
        *("", "~", "7", "now~7", "2026-03-01T091213.000045Z", "2026-03-01T091213.000045Z~", "~7"),
        *("2026-02-30T091213.000045Z~7", "2026-03-01T091213.000045Z~-7", "2026-03-01T09:12:13Z~7"),
        *(
            "2026-03-01T091213.000045Z~7~7",
            "2026-03-01T091213.000045Z~٣",
            f"2026-03-01T091213.000045Z~{10**18}",
        ),
        *("2026-03-01T091213.000045+01~7", "0000-03-01T091213.000045Z~7", "２026-03-01T091213.000045Z~7"),
    ],
)
def test_what_is_no_place_is_refused(written):
    with pytest.raises(NoSuchPlace):
        BY_TIME.read(written)


@pytest.mark.parametrize("written", ["a\0b", "\ud800"])
def test_what_no_database_holds_is_no_place(written):
    with pytest.raises(NoSuchPlace):
        KeyOrder.upward(text("slug")).read(written)


def test_an_address_that_names_two_places_is_refused():
    with pytest.raises(NoSuchPlace):
        PartAsked.from_query({"after": "a", "before": "b"})

    assert PartAsked.from_query({"log-after": "a", "before": "b"}).before == "b"
    assert PartAsked.from_query({"log-after": "a", "before": "b"}, "log").after == "a"


def test_the_address_of_a_part_says_one_place_and_keeps_other_lists():
    part = ListPart([1], next="b", previous="a", is_first=False, name="log")

    assert part.to_next == {"log-after": "b", "log-before": None, "log-from": None}
    assert part.to_previous == {"log-after": None, "log-before": "a", "log-from": None}
    assert set(part.to_first.values()) == {None}


@pytest.fixture
def works(db):
    """Return works of which some have one reference."""
    for reference in REFERENCES:
        Source.objects.create(csl={}, text=reference, type="cohort")
    return Source.objects.all()


def walked(rows, order, size, *, back=False):
    """Return the rows of each part, as one comes to them by the addresses of the next, or of those before."""
    beyond = " " if order.is_downward else "\U0010ffff"
    asked = PartAsked(begin=beyond if back else "", size=size)
    parts = [part_of(rows, order, asked)]
    while (place := parts[-1].previous if back else parts[-1].next) is not None:
        assert len(parts) < 20
        asked = PartAsked(before=place, size=size) if back else PartAsked(after=place, size=size)
        parts.append(part_of(rows, order, asked))
    return parts


@pytest.mark.parametrize("order", [BY_REFERENCE, replace(BY_REFERENCE, is_downward=True)])
def test_a_walk_shows_every_row_once_and_comes_back(works, order):
    expected = list(works.order_by(*order.by))
    for size in (1, 2, 3, 6, 7, 8):
        there = walked(works, order, size)
        back = walked(works, order, size, back=True)

        assert [one for part in there for one in part] == expected
        assert [part.is_first for part in there] == [True] + [False] * (len(there) - 1)
        assert {one for part in back for one in part} == set(expected)
        assert (back[-1].is_first, back[-1].rows) == (True, expected[:size])
        assert back[0].rows == expected[-size:]


def test_what_comes_and_goes_during_a_walk_hides_no_other_row(works):
    first = part_of(works, BY_REFERENCE, PartAsked(size=3))
    without_last = works.exclude(pk=first.last.pk)
    Source.objects.create(csl={}, text="Aaron", type="cohort")

    second = part_of(without_last, BY_REFERENCE, PartAsked(after=str(first.next), size=3))

    assert [one.text for one in second] == ["Bo~b", "Bo~b~1", "Emil"]


def test_a_list_can_be_begun_at_a_letter(works):
    part = part_of(works, BY_REFERENCE, PartAsked(begin="B", size=2))

    assert [one.text for one in part] == ["Bo~b", "Bo~b~1"]
    assert part_of(works, BY_REFERENCE, PartAsked(before=str(part.previous), size=2)).last.text == "Ada"


def test_of_an_empty_list_every_part_is_the_first(db):
    for asked in (PartAsked(size=2), PartAsked(begin="m", size=2), PartAsked(after="a~3", size=2)):
        part = part_of(Source.objects.all(), BY_REFERENCE, asked)

        assert (part.rows, part.is_whole) == ([], True)


def test_a_part_is_found_by_one_comparison_of_rows():
    compared = str(User.objects.filter(BY_NAME.after(("Ada", "a", 3))).values("pk").query)

    assert '("wiki_user"."name", "wiki_user"."username", "wiki_user"."id") > (Ada, a, 3)' in compared
