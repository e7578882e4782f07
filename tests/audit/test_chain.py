"""Each act binds what it writes, on the chain of its page; the database takes nothing that is not bound."""

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, connection, transaction

from tests import cast
from tests.models.raw import LINKS, refused
from wiki import jobs as tending
from wiki.acts.reviewing import review
from wiki.audit import chain, log
from wiki.audit.verify import Proof
from wiki.models import Anchor, Event, Link, RowState
from wiki.models.chains import LINKS_TO_AN_ANCHOR
from wiki.policy.refusal import Refused

SLIP_IN = """INSERT INTO wiki_event (page_id, actor_id, at, actor_name, person_name, act, data)
    VALUES (%s, %s, now(), 'M', '', 'slipped in', '{}')"""


def bound(page):
    return list(Link.objects.filter(page=page).order_by("place").values_list("place", "table"))


def test_an_approval_binds_every_row_it_writes(published, clinician, moderator):
    before = len(bound(published))

    cast.approve(cast.propose_change(published, clinician), moderator)

    tables = [table for _, table in bound(published)[before:]]
    assert tables == ["revision", "event", "verdict", "ending", "publication", "event"]


def test_each_link_of_a_chain_has_the_digest_before_it(published, clinician, moderator):
    links = list(Link.objects.filter(page=published).order_by("place"))

    assert [one.place for one in links] == list(range(1, len(links) + 1))
    assert [one.previous for one in links] == ["", *(one.digest for one in links[:-1])]
    assert all(one.digest == one.recomputed() for one in links)


def test_names_are_bound_only_as_hashes(published):
    link = Link.objects.filter(page=published, table="verdict").get()

    assert "Amara" not in str(link.payload)
    assert len(link.payload["reviewer_name"]) == 64


def test_acts_without_a_page_have_their_own_chain(published, clinician, administrator):
    cast.make_source(clinician)

    link = Link.objects.get(table="event", row=Event.objects.get(act="add_source").pk)
    assert link.page_id is None


def test_a_refused_act_leaves_no_link(published, clinician):
    before = Link.objects.count()

    with pytest.raises(Refused):
        review.unapprove(published.publications.get().revision_id, by=clinician, reason="No.")

    assert Link.objects.count() == before


def test_the_database_refuses_an_unbound_row(published, moderator):
    refused(
        f"SET CONSTRAINTS {LINKS} IMMEDIATE; {SLIP_IN}", published.pk, moderator.pk, by="bound by no link"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE wiki_link SET digest = repeat('0', 64)",
        "DELETE FROM wiki_link",
        "UPDATE wiki_anchor SET digest = repeat('0', 64)",
        "DELETE FROM wiki_anchor",
    ],
)
def test_the_database_refuses_changes_of_links_and_anchors(published, sql):
    chain.anchor()

    refused(sql, by="append-only")


@pytest.mark.parametrize("table", ["wiki_link", "wiki_anchor"])
def test_links_and_anchors_cannot_be_truncated(published, table):
    refused(f"TRUNCATE {table} CASCADE", by="cannot be emptied")


def test_an_anchor_is_made_once_a_day_and_has_the_digest_before_it(published):
    first = chain.anchor()

    assert chain.anchor() is None
    assert first is not None
    assert first.heads[str(published.pk)] == list(
        Link.objects.filter(page=published).order_by("-place").values_list("place", "digest")[0]
    )
    assert "" in first.heads
    assert first.digest == Anchor.objects.get().recomputed()


def test_the_first_anchor_of_a_day_binds_what_grew_since_the_day_before_the_last(
    published, clinician, moderator
):
    days = [f"203{n}-01-01 12:00Z" for n in range(1, 4)]
    with time_machine.travel(days[0], tick=False):
        chain.anchor()
    other = cast.make_page(clinician, moderator)
    with time_machine.travel(days[1], tick=False):
        second = chain.anchor()
    with time_machine.travel(days[2], tick=False):
        third = chain.anchor()
    assert second is not None
    assert third is not None

    assert {str(published.pk), str(other.pk)} <= second.heads.keys()
    assert str(other.pk) in third.heads
    assert str(published.pk) not in third.heads
    assert not [one for one in map(str, Proof().troubles()) if "anchor" in one]


def test_the_regular_job_makes_one_anchor_a_day(published):
    jobs = dict(tending.REGISTER)

    assert jobs["anchors"]() == 1
    assert jobs["anchors"]() == 0


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Two connections, as two people have them."""

    @pytest.fixture
    def other(self):
        """Return a second connection to the same database."""
        opened = connection.copy()
        yield opened
        opened.close()

    @pytest.fixture
    def two_pages(self, clinician, moderator):
        return cast.make_page(clinician, moderator), cast.make_page(clinician, moderator)

    def _hold(self, other, page_id):
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT * FROM causeway_head_of_chain(%s)", [page_id])

    def _write(self, page):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            return log.write("claim", by=None, page=page)

    def test_only_acts_on_the_same_page_wait_for_each_other(self, two_pages, other):
        one, another = two_pages
        self._hold(other, one.pk)

        self._write(another)
        self._write(None)
        with pytest.raises(OperationalError, match="lock timeout"):
            self._write(one)
        other.rollback()
        assert self._write(one)

    def test_acts_on_no_page_wait_for_each_other(self, two_pages, other):
        self._hold(other, None)

        with pytest.raises(OperationalError, match="lock timeout"):
            self._write(None)
        other.rollback()


@pytest.mark.django_db(transaction=True)
class TestAnchorsAreMadeByCountToo:
    """Acts that are committed, as in life."""

    def test_a_change_of_published_content_is_anchored_at_once(self, clinician, moderator):
        page = cast.make_page(clinician, moderator)
        first = Anchor.objects.newest_first()[0]

        cast.approve(cast.propose_change(page, clinician), moderator)

        newest = Anchor.objects.newest_first()[0]
        assert newest.pk != first.pk
        assert newest.heads[str(page.pk)] == Link.objects.heads_after(0)[str(page.pk)]
        assert newest.heads["rows"] == RowState.objects.head()
        assert list(Proof().troubles()) == []

    def test_an_approval_undone_with_all_its_rows_is_found(self, clinician, moderator):
        page = cast.make_page(clinician, moderator)
        before = Link.objects.filter(page=page).order_by("-place")[0].place
        cast.approve(cast.propose_change(page, clinician), moderator)

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM wiki_link WHERE page_id = %s AND place > %s", [page.pk, before])

        assert any("does not hold what the anchor" in str(one) for one in Proof().troubles())

    def test_other_acts_are_anchored_after_a_number_of_links(self, moderator):
        made = chain.anchor()
        for number in range(LINKS_TO_AN_ANCHOR):
            assert Anchor.objects.newest_first()[0] == made, f"after {number}"
            with transaction.atomic():
                log.write("declare", by=moderator)

        assert Anchor.objects.newest_first()[0] != made

    def test_two_anchors_with_one_predecessor_are_refused(self, moderator):
        chain.anchor()
        with transaction.atomic():
            log.write("declare", by=moderator)
        made = chain.anchor()

        assert made is not None
        assert Anchor.objects.filter(previous=made.previous).count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Anchor.objects.create(
                day=made.day, made_at=made.made_at, heads={}, previous=made.previous, digest=""
            )
