"""Two pages are edited, merged, rebased, signed, turned down and reverted at random, by several people.

After every step both halves of each merge have met the same, and each signature is on what its giver read.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import cast
from tests.promises import written_in
from tests.remembered import around_tests
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, page_merge, retirement, submission
from wiki.audit.verify import Proof
from wiki.domain.lifecycle import State
from wiki.models import Decision, Page, Publication, Revision, Role, User, Verdict
from wiki.policy.refusal import Conflict, Refused
from wiki.published.rebuild import rebuild

BODY = "\n\n".join(["## What it is", *(f"Paragraph {number}." for number in range(6))])
PEOPLE = ["clinician", "colleague", "moderator", "second", "third"]
ACTS = [*["edit", "merge", "sign", "rebase", "rebase"] * 4, "reject", "withdraw", "revert", "bring back"]
HAPPENED: Counter[str] = Counter()
index = st.integers(0, 9)


class TwoPages(RuleBasedStateMachine):
    """Two pages, two who write, three who write and review."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = around_tests()
        self.atomic.__enter__()
        roles = [Role.CLINICIAN, Role.CLINICIAN, *[Role.MODERATOR] * 3]
        self.people = [cast.make_user(name, role) for name, role in zip(PEOPLE, roles, strict=True)]
        cast.make_source(self.people[0])
        for title in ("Alpha", "Beta"):
            body = f"{BODY}\n\nOf {title}."
            cast.make_page(self.people[0], self.people[2], title, kind="drug", body=body)
        self.words, self.is_changed = 0, True

    def teardown(self) -> None:
        connection.check_constraints()
        assert not list(map(str, Proof().troubles()))
        assert not [found for _, found in rebuild() if found]
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> Any:
        try:
            with transaction.atomic():
                came = act()
                connection.check_constraints()
        except Refused:
            return None
        self.is_changed = True
        return came

    @rule(act=st.sampled_from(ACTS), who=index, which=index, place=index)
    def somebody_acts(self, act: str, who: int, which: int, place: int) -> None:
        by = self.people[who % len(self.people)]
        came = getattr(self, act.replace(" ", "_"))(by, which, place)
        HAPPENED[act] += came is not None

    def edit(self, by: User, which: int, place: int) -> Any:
        page = Page.objects.order_by("pk")[which % 2]
        return self.send_in(self.attempt(lambda: drafts.edit(page, author=by)), by, place)

    def merge(self, by: User, which: int, place: int) -> Any:
        pages = list(Page.objects.order_by("pk"))
        goes, stays = pages[which % 2], pages[1 - which % 2]
        return self.send_in(self.attempt(lambda: page_merge.merge_pages(goes, stays, by=by)), by, place)

    def send_in(self, draft: Revision | None, by: User, place: int) -> Any:
        """Put words into one paragraph that say who wrote them, and send that in."""
        if draft is None:
            return None
        self.words += 1
        parts = draft.document.body.split("\n\n")
        parts[place % len(parts)] += f" by-{by.username}-{self.words}"
        words = replace(draft.document, body="\n\n".join(parts))
        self.attempt(lambda: drafts.save(draft, words, by=by, impact="wording"))
        self.is_changed = True
        for _ in range(2):
            try:
                return submission.submit(draft, by=by, note="Better.", impact="wording")
            except submission.MergedWithNewVersion:
                continue
            except Refused:
                break
        return self.attempt(lambda: drafts.discard(draft, by=by))

    def waiting(self, which: int) -> Revision | None:
        found = list(Revision.objects.waiting())
        return found[-1 - which % len(found)] if found else None

    def sign(self, by: User, which: int, _place: int) -> Any:
        one = self.waiting(which)
        return self.attempt(lambda: cast.sign(one, by) or one) if one else None

    def rebase(self, by: User, which: int, place: int) -> Any:
        """Let two try to sign what waits, then let readers get another change, then put the first onto it."""
        if (one := self.waiting(which)) is None:
            return None
        for signer in (by, cast.specialist_for(one.requirements.order_by("pk")[0])):
            self.attempt(partial(cast.sign, one, signer))
        author = self.people[place % 2]
        other = self.send_in(self.attempt(lambda: drafts.edit(one.page, author=author)), author, place)
        if isinstance(other, Revision):
            self.attempt(lambda: cast.approve(other, self.people[2]))
        try:
            with transaction.atomic():
                merged = review.rebase(one.pk, by=by)
                connection.check_constraints()
        except Conflict:
            return self.attempt(lambda: withdraw(one))
        except Refused:
            return None
        self.is_changed = True
        self.every_signature_went_on_or_was_told(one, merged)
        return merged

    def every_signature_went_on_or_was_told(self, one: Revision, merged: Revision) -> None:
        given = {each.pk: each for each in one.verdicts.filter(decision=Decision.APPROVE)}
        carried = {each.carried_from_id for each in merged.verdicts.all()}
        told = {each.person_id for each in merged.events.filter(act="signature_fell")}
        HAPPENED["carried"] += len(carried)
        HAPPENED["fell"] += len(told)
        assert carried <= given.keys()
        assert {given[pk].reviewer_id for pk in given.keys() - carried} == told

    def reject(self, by: User, which: int, _place: int) -> Any:
        one = self.waiting(which)
        return self.attempt(lambda: review.reject(one.pk, by=by, reason="No.")) if one else None

    def withdraw(self, _by: User, which: int, _place: int) -> Any:
        one = self.waiting(which)
        return self.attempt(lambda: withdraw(one)) if one else None

    def revert(self, by: User, which: int, _place: int) -> Any:
        live = list(Publication.objects.open().order_by("page"))
        if len(live) < 2:  # a page that is under review is edited by nobody here
            return None
        one = live[which % 2].revision_id
        return self.attempt(lambda: review.unapprove(one, by=by, reason="Wrong.") or True)

    def bring_back(self, by: User, which: int, _place: int) -> Any:
        page = Page.objects.order_by("pk")[which % 2]
        return self.attempt(lambda: retirement.bring_back(page, by=by, note="Needed."))

    @invariant()
    def what_was_promised_holds(self) -> None:
        """Look once after each act; one that was refused has left everything as it was."""
        if self.is_changed:
            self.is_changed = False
            self.both_halves_met_the_same()
            self.no_reader_is_led_to_a_page_without_the_text()
            self.every_signature_is_on_what_its_giver_read()

    def both_halves_met_the_same(self) -> None:
        for goes in Revision.objects.exclude(retired_with=None).select_related("retired_with"):
            stays = goes.retired_with
            assert stays is not None
            assert goes.state == stays.state
            shown = [one.publications.order_by("pk").first() for one in (goes, stays)]
            assert (shown[0] is None) == (shown[1] is None)
            signed = [
                set(one.verdicts.values_list("reviewer", "decision", "decided_at")) for one in (goes, stays)
            ]
            assert signed[0] == signed[1]

    def no_reader_is_led_to_a_page_without_the_text(self) -> None:
        for goes in Publication.objects.open().exclude(revision__retired_with=None):
            stays = goes.revision.retired_with
            assert stays is not None
            assert stays.state == State.APPROVED

    def every_signature_is_on_what_its_giver_read(self) -> None:
        verdicts = Verdict.objects.filter(decision=Decision.APPROVE)
        known = ("revision__takes_over", "compared_with", "reviewer", "carried_from__revision__takes_over")
        for one in verdicts.select_related(*known, "carried_from__compared_with"):
            assert one.reviewer is not None
            assert one.reviewer.username not in {name for name, _ in new_words(one)}
            if one.carried_from is not None:
                assert new_words(one) == new_words(one.carried_from)


def withdraw(revision: Revision) -> Revision:
    assert revision.author is not None
    return submission.withdraw(revision, by=revision.author)


def new_words(verdict: Verdict) -> set[tuple[str, str]]:
    """Return the marked words that readers of neither page had when somebody signed."""
    had = written_in(verdict.compared_with) | written_in(verdict.revision.takes_over)
    return written_in(verdict.revision) - had


def each_came_often() -> bool:
    """Return whether what the invariants are about happened often enough to have been tried."""
    least = {"sign": 6, "merge": 3, "rebase": 1, "carried": 1, "fell": 1}
    return all(HAPPENED[what] >= times for what, times in least.items())


@pytest.mark.django_db
def test_both_halves_of_a_page_merge_always_have_the_same_state():
    for _round in range(5):
        run_state_machine_as_test(
            TwoPages,
            settings=settings(
                max_examples=max(6, settings().max_examples // 16),
                stateful_step_count=40,
                deadline=None,
                phases=(Phase.explicit, Phase.reuse, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
        if each_came_often():  # by chance one round may have few signatures
            break

    assert each_came_often(), HAPPENED
