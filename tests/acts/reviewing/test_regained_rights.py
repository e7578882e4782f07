"""Whatever signers lose and regain, and whatever goes live meanwhile, a change can be published at last."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests import cast
from tests.moderating import behind_its_back
from tests.remembered import remembered
from wiki.acts.people import accounts, disclosures, suspension
from wiki.acts.reviewing import review
from wiki.acts.writing import page_merge
from wiki.models import Page, Publication, Revision, Role, User, clock
from wiki.policy.refusal import Refused
from wiki.policy.signatures import signatures_of

DOSED = "## Treatment\n\nTake 5 mg once a day."


@remembered
def signers():
    """Return the only two who can sign: a neurologist, and a moderator of no specialty."""
    specialist = cast.make_user("specialist", Role.MODERATOR)
    cast.make_qualified(specialist, "neurology")
    return specialist, cast.make_user("generalist", Role.MODERATOR)


class Waiting:
    """A change that waits, and what happens to it and to those who sign it."""

    def __init__(self, page: Page, sent: Revision, administrator: User, colleague: User) -> None:
        """Take the change and the people about it; a third moderator approves what goes live meanwhile."""
        self.page, self.sent, self.administrator, self.colleague = page, sent, administrator, colleague
        self.third = cast.make_user("third", Role.MODERATOR)
        self.told = 0

    @property
    def is_live(self) -> bool:
        return Publication.objects.open().filter(revision=self.sent).exists()

    def happens(self, what: str, person: User) -> None:
        """Let one thing happen to a person or by one; what is refused changes nothing."""
        person = User.objects.get(pk=person.pk)
        until, by = clock.now().date() + dt.timedelta(days=9), self.administrator
        acts: dict[str, Callable[[], Any]] = {
            "sign": lambda: cast.sign(self.sent, person),
            "finish": lambda: review.finish(self.sent.pk, by=person, shown=cast.shown(self.sent)),
            "rebase": lambda: review.rebase(self.sent.pk, by=person),
            "suspend": lambda: suspension.suspend(person, by=by, reason="Absent.", until=until),
            "lift": lambda: suspension.lift(person, by=by, reason="Back."),
            "demote": lambda: accounts.grant_role(person, Role.CLINICIAN, by=by),
            "promote": lambda: accounts.grant_role(person, Role.MODERATOR, by=by),
            "declare": lambda: disclosures.declare(person),
            "undeclare": lambda: behind_its_back(
                "UPDATE wiki_disclosure SET expires_on = DATE '2020-01-01' WHERE person_id = %s", person.pk
            ),
            "another": self._another_change_goes_live,
        }
        try:
            came = acts[what]()
        except Refused:
            return
        if what == "rebase":
            self.sent = came

    def _another_change_goes_live(self) -> None:
        self.told += 1
        cast.approve(
            cast.propose_change(self.page, self.colleague, summary=f"Other words {self.told}."), self.third
        )


# What may come between; signatures come more often.
MEANWHILE = ["sign"] * 3 + [
    "finish",
    "rebase",
    "suspend",
    "lift",
    "demote",
    "promote",
    "undeclare",
    "another",
]


@pytest.mark.parametrize("kind", ["edit", "merge"])
@pytest.mark.parametrize("seed", range(10))
def test_a_change_can_be_published_once_its_signers_have_their_rights_back(
    published, clinician, colleague, moderator, administrator, signers, kind, seed
):
    if kind == "edit":
        sent = cast.propose_change(published, clinician, body=DOSED)
    else:
        stays = cast.make_page(clinician, moderator, "Low parathyroid hormone", body=DOSED)
        sent = cast.submit(page_merge.merge_pages(published, stays, by=clinician))
    waiting = Waiting(published, sent, administrator, colleague)
    random = Random(seed)  # noqa: S311  # it draws no secrets
    for _ in range(9):
        if not waiting.is_live:
            waiting.happens(random.choice(MEANWHILE), random.choice(signers))

    for person in signers:
        for what in ("lift", "promote", "declare"):
            waiting.happens(what, person)
    for what in ("rebase", "sign", "finish"):
        for person in signers:
            if not waiting.is_live:
                waiting.happens(what, person)

    assert waiting.is_live, signatures_of(waiting.sent).words
