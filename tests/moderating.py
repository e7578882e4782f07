"""Random acts of moderators and administrators besides verdicts, and the invariants that hold after each."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

from django.db import connection
from django.test import Client

from tests import cast
from tests.promises import WORD
from wiki.acts.people import disclosures, suspension
from wiki.acts.reviewing import whole_page_review
from wiki.acts.safety import corrections, protection, suppression
from wiki.acts.upkeep import retractions
from wiki.audit import verify
from wiki.models import (
    ANYBODY,
    Cause,
    Correction,
    Decision,
    NoticeNature,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Role,
    Source,
    SourceNotice,
    Suppression,
    Task,
    User,
    Verdict,
    clock,
)
from wiki.models.credentials import InterestNature as Interests
from wiki.policy import quorum
from wiki.published import rebuild
from wiki.text.redaction.passages import passages

DESK_ACTS = ["expire", "declare", "declare", "interest", "lapse", "suspend", "lift suspension", "protect"]
DESK_ACTS += [
    "correct",
    "correct",
    "second",
    "second",
    "run out",
    "lift",
    "concern",
    "look again",
    "suppress",
]


# The columns that tell of time.
BEHIND_ITS_BACK = ("expires_on", "valid_until", "seconded_at", "lapses_at")


def behind_its_back(sql: str, *values: int) -> None:
    """Change a row with triggers off, to simulate time that has passed."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


class Desk:
    """The moderators' desk: acts by name, and what must come of each."""

    def __init__(self, people: dict[str, User], attempt: Callable[[Callable[[], Any]], Any]) -> None:
        """Begin with everybody declared, one geneticist and one pharmacist among them."""
        self.people, self.attempt = people, attempt
        self.admin = cast.make_user("chief", Role.ADMINISTRATOR)
        self.undeclared: set[str] = set()
        self.interests: dict[str, int] = {}
        self.suspended: set[str] = set()
        self.words = 0
        self.happened: Counter[str] = Counter()
        cast.make_qualified(people["second"], "clinical_genetics")
        cast.make_qualified(people["moderator"], profession="pharmacist")

    def act(self, act: str, name: str, page: Page, number: int) -> None:
        """Let `name` do `act`, on `page` where it is about one."""
        match act:
            case "expire" | "declare" | "interest" | "lapse":
                getattr(self, act)(name, page)
            case "suspend" | "lift suspension":
                self.suspend(name, lift=act != "suspend")
            case "protect":
                until = clock.now().date() + dt.timedelta(days=3)
                by = self.people[name]
                self.count(act, lambda: protection.protect(page, until=until, reason="A dispute.", by=by))
            case "correct":
                self.correct(name, page, number)
            case "second" | "run out" | "lift":
                self.on_a_correction(act, name, number)
            case "concern":
                self.concern(name)
            case "look again":
                self.look_again(name, page)
            case _:
                self.suppress(name, page, number)

    def count(self, act: str, done: Callable[[], Any]) -> Any:
        """Attempt an act and count it if it succeeded."""
        came = self.attempt(done)
        self.happened[act] += came is not None
        return came

    def expire(self, name: str, page: Page) -> None:
        """Make a person's declaration of interests expire."""
        person = self.people[name]
        behind_its_back(
            "UPDATE wiki_disclosure SET expires_on = '2020-01-01' WHERE person_id = %s", person.pk
        )
        self.undeclared.add(name)
        self.interests.pop(name, None)

    def declare(self, name: str, page: Page) -> None:
        """Let somebody declare that they have no interests."""
        if self.attempt(lambda: disclosures.declare(self.people[name])) is None:
            return
        self.undeclared.discard(name)
        self.interests.pop(name, None)

    def interest(self, name: str, page: Page) -> None:
        """Let somebody declare an interest that is tied to a page."""
        told = [disclosures.Declared(Interests.SHARES, "A firm", pages=[page])]
        if self.attempt(lambda: disclosures.declare(self.people[name], told)) is None:
            return
        self.undeclared.discard(name)
        self.interests[name] = page.pk

    def lapse(self, name: str, page: Page) -> None:
        """Let a registration run out, or be there again."""
        person = self.people[name]
        sql = """UPDATE wiki_credential SET valid_until =
            CASE WHEN valid_until < '2021-01-01' THEN DATE '2090-01-01' ELSE DATE '2020-01-01' END
            WHERE person_id = %s"""
        behind_its_back(sql, person.pk)

    def suspend(self, name: str, *, lift: bool) -> None:
        """Suspend somebody or let them work again."""
        person, by = self.people[name], self.admin
        if lift:
            came = self.count("lift suspension", lambda: suspension.lift(person, by=by, reason="Cleared."))
            self.suspended -= {name} if came else set()
            return
        until = clock.now().date() + dt.timedelta(days=3)
        came = self.count("suspend", lambda: suspension.suspend(person, by=by, reason="Why.", until=until))
        self.suspended |= {name} if came else set()

    def is_barred(self, name: str, page_id: int) -> bool:
        """Return whether a person is barred from every verdict on that page now."""
        return (
            name in self.undeclared | self.suspended
            or self.interests.get(name) == page_id
            or not User.objects.get(pk=self.people[name].pk).can_review
        )

    def correct(self, name: str, page: Page, number: int) -> None:
        """Propose a safety correction of some passage."""
        live = Publication.objects.open().filter(page=page).select_related("revision").first()
        found = [one for one in passages(live.revision.document) if WORD.search(one)] if live else []
        if not found:
            return
        self.words += 1
        words = {"passage": found[number % len(found)], "replacement": f"Safe words {self.words}."}
        by = self.people[name]
        came = self.count("correct", lambda: corrections.propose(page, **words, reason="Wrong.", by=by))
        assert came is None or not self.is_barred(name, page.pk)

    def on_a_correction(self, act: str, name: str, number: int) -> None:
        """Second, lift or run out some correction."""
        keys = list(Correction.objects.filter(lifted_at=None).order_by("pk").values_list("pk", flat=True))
        if not keys:
            return
        one, by = Correction.objects.get(pk=keys[-1 - number % len(keys)]), self.people[name]
        if act == "run out":
            if one.seconded_at:
                back = "seconded_at - interval '80 hours', lapses_at = lapses_at - interval '80 hours'"
                behind_its_back(f"UPDATE wiki_correction SET seconded_at = {back} WHERE id = %s", one.pk)
                list(rebuild.rebuild(Page.objects.filter(pk=one.page_id)))
            return
        if act == "lift":
            came = self.count("lift", lambda: corrections.lift(one.pk, by=by, reason="It was right."))
            assert came is None or one.seconded_at is None or name not in (one.proposed_by_name, "")
            return
        came = self.count("second", lambda: corrections.second(one.pk, by=by, digest=one.digest))
        if came:
            assert one.proposed_by_id != by.pk
            assert not self.is_barred(name, one.page_id)

    def concern(self, name: str) -> None:
        """Let a journal express its concern about the one work that all pages cite."""
        self.words += 1
        by, reference = self.people[name], f"notice-{self.words % 3}"
        retractions.keep_notice(
            Source.objects.get().pk, nature=NoticeNature.CONCERN, reference=reference, by=by
        )
        self.happened["concern"] += 1

    def look_again(self, name: str, page: Page) -> None:
        """Review the whole of a page."""
        published_page = (
            PublishedPage.objects.filter(page=page).select_related("publication__revision").first()
        )
        if published_page is None:
            return
        self.words += 1
        words = f"Read all of it and every source once more, time {self.words}."
        reading, by = cast.reading(published_page.publication.revision, words), self.people[name]
        came = self.count(
            "look again", lambda: whole_page_review.review_whole_page(page, by=by, reading=reading)
        )
        assert came is None or not self.is_barred(name, page.pk)

    def suppress(self, name: str, page: Page, number: int) -> None:
        """Hide the text of some version for good; seldom, because nothing undoes it."""
        among = Revision.objects.filter(page=page, publications__isnull=False).distinct().order_by("pk")
        if number % 4 == 0 and (one := among.first()):
            by = self.people[name]
            # It may leave nothing published, which is an answer too.
            self.attempt(lambda: suppression.suppress(one.pk, by=by, reason="A patient’s data."))

    def hold(self) -> None:
        """Check every invariant of these acts."""
        self.no_verdict_was_given_without_a_declaration()
        self.what_was_published_was_signed_by_whom_it_needed()
        self.no_reader_gets_a_corrected_passage()
        self.no_reader_gets_a_suppressed_text()
        self.who_rests_on_a_doubted_work_is_looked_at()

    def no_verdict_was_given_without_a_declaration(self) -> None:
        """Each says what its reviewer had declared."""
        for one in Verdict.objects.exclude(decision=Decision.UNAPPROVE):
            assert one.standing["disclosure"] is not None

    def what_was_published_was_signed_by_whom_it_needed(self) -> None:
        """Try every way of giving the signatures to the needs: one of them fits."""
        for one in Publication.objects.select_related("revision"):
            revision = one.revision
            before = one.since + dt.timedelta(microseconds=1)
            signed = revision.verdicts.filter(
                decision="approve", digest=revision.digest, decided_at__lte=before
            )
            people = list(signed.values_list("standing", flat=True))
            needs = list(revision.requirements.all())
            ways = permutations(people, len(needs))
            assert any(all(map(quorum.meets, needs, way)) for way in ways), (revision, needs)

    def no_reader_gets_a_corrected_passage(self) -> None:
        """Neither on the page nor by search, before it lapses or after."""
        for one in Correction.objects.in_effect():
            published_page = PublishedPage.objects.filter(page=one.page_id).first()
            for match in WORD.finditer(one.passage):
                if published_page:
                    page = Client().get(published_page.get_absolute_url()).content.decode()
                    assert not re.search(rf"{match[0]}(?!\d)", page), match[0]
                assert not PublishedPage.objects.matching(match[0]).filter(page=one.page_id).exists()
            self.happened["withheld"] += published_page is not None

    def no_reader_gets_a_suppressed_text(self) -> None:
        """It is not published, and not in the history."""
        for one in Suppression.objects.select_related("revision"):
            assert not one.revision.publications.open().exists()
            assert not Revision.objects.visible_to(ANYBODY).filter(pk=one.revision_id).exists()

    def who_rests_on_a_doubted_work_is_looked_at(self) -> None:
        """Every published page that cites it has a task for each notice, open or settled."""
        for notice in SourceNotice.objects.all():
            citing = PublishedPage.objects.filter(page__citations__source=notice.source_id).values("page")
            tasks = Task.objects.filter(cause=Cause.RETRACTION, notice=notice).values_list("page", flat=True)
            assert {row["page"] for row in citing} <= {*tasks}

    def the_record_fits(self) -> None:
        """Recompute all chains; what this desk changed behind the wiki's back is not among them."""
        connection.check_constraints()
        told = map(str, verify.Proof().troubles())
        assert [one for one in told if not any(f"“{name}”" in one for name in BEHIND_ITS_BACK)] == []
