"""State-machine test: several people act at random, and the invariants hold after every step.

An act may be refused. Nothing else may go wrong, and nothing that readers see may come of anything but
somebody else's approval of exactly those words.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import cast
from tests.moderating import DESK_ACTS, Desk
from tests.promises import WORD, Promises, written_in
from tests.remembered import around_tests
from wiki.acts.reviewing import diff_views, review
from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.writing import drafts, submission
from wiki.domain.lifecycle import State
from wiki.models import Page, Publication, Revision, Role, User
from wiki.policy.refusal import Conflict, Refused
from wiki.text.document import Document

PEOPLE = {
    "clinician": Role.CLINICIAN,
    "colleague": Role.CLINICIAN,
    "moderator": Role.MODERATOR,
    "second": Role.MODERATOR,
    "both": Role.MODERATOR,  # writes as much as they review
}
TITLES = ["Alpha", "Beta", "Gamma", "Delta"]

WRITERS = ["both", "clinician", "both", "colleague"]
REVIEWERS = ["both", "moderator", "both", "second", "clinician"]
ACTS = [
    *["change", "approve", "approve"] * 10,
    *["build on", "build on", "rebase", "submit"] * 2,
    *["propose", "resume", "revert", "unapprove", "reject", "request_changes", "withdraw", "discard", "role"],
    *["copy", "copy", "copy", "revert"],
    *["copy deleted"] * 4,
    *["wrong digest", "wrong live", "nothing compared", "any state", "come too late"],
    *DESK_ACTS,
]

# No shrinking: a life is long, and what failed is printed step by step all the same.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

# How often what must not be idle came about, over all examples.
HAPPENED: Counter[str] = Counter()

index = st.integers(0, 11)
place = st.sampled_from(["add", "add", "first", "summary", "title", "statement", "drop", "bad"])


class Wiki(RuleBasedStateMachine):
    """A small wiki, its people, and what they have ever been promised."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = around_tests()
        self.atomic.__enter__()
        self.people = {name: cast.make_user(name, role) for name, role in PEOPLE.items()}
        cast.make_source(self.people["clinician"])
        self.words = 0
        self.promises = Promises()
        self.desk = Desk(self.people, self.attempt)
        self.done, self.looked = 0, -1
        for title, name in (("Alpha", "both"), ("Beta", "clinician")):
            document = cast.document(title, body=f"First {self.signed(name)}.\n\nSee [[Alpha]] and [[Beta]].")
            draft = drafts.propose(document, author=self.people[name])
            cast.approve(cast.submit(draft), self.people["moderator"])

    def teardown(self) -> None:
        HAPPENED.update(self.desk.happened)
        self.desk.the_record_fits()
        connection.check_constraints()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do an act as a request does: it is done or it leaves nothing behind."""
        try:
            with transaction.atomic():
                came = act()
                connection.check_constraints()
        except Refused as refusal:
            return self.explained(refusal)
        self.done += 1
        return came

    def explained(self, refusal: Refused) -> None:
        assert str(refusal)

    def pick(self, revisions: Any, number: int) -> Revision | None:
        keys = list(revisions.order_by("pk").values_list("pk", flat=True))
        return Revision.objects.get(pk=keys[-1 - number % len(keys)]) if keys else None

    def a_page(self, number: int) -> Page | None:
        keys = list(Page.objects.order_by("pk").values_list("pk", flat=True))
        return Page.objects.get(pk=keys[number % len(keys)]) if keys else None

    def signed(self, name: str) -> str:
        """Return words that nobody else ever wrote and that say who wrote them."""
        self.words += 1
        return f"by-{name}-{self.words}"

    # One rule, not many: of many, Hypothesis leaves out some in each example, and most of a life is lost.
    @rule(act=st.sampled_from(ACTS), who=index, number=index, place=place, other=index)
    def somebody_acts(self, act: str, who: int, number: int, place: str, other: int) -> None:
        writer, reviewer = WRITERS[who % len(WRITERS)], REVIEWERS[who % len(REVIEWERS)]
        match act:
            case "propose":
                self.propose(writer, TITLES[other % len(TITLES)])
            case "revert":
                self.revert(writer, number)
            case "copy":
                self.copy(writer, number, other)
            case "copy deleted":
                typist, name = ("both", "clinician") if who % 2 else ("second", "colleague")
                self.copy_deleted(typist, name, number, discards=other % 2 == 0)
            case "resume":
                self.resume(number, place, other)
            case "build on":
                self.build_on(writer, number, place, other, ready=other != 0)
            case "change":
                self.change(writer, number, place, other, ready=other != 0)
            case "rebase" | "unapprove" | "approve":
                getattr(self, act)(reviewer, number)
            case "reject" | "request_changes":
                self.turn_down(reviewer, number, act, Revision.objects.waiting().order_by())
            case "submit" | "withdraw" | "discard":
                getattr(self, act)(sorted(PEOPLE)[who % len(PEOPLE)], number, own=other != 0)
            case "come too late":
                self.turn_down(reviewer, number, "reject", Revision.objects.exclude(state=State.SUBMITTED))
            case "role":
                role = Role.READER if other == 0 else PEOPLE[writer]
                User.objects.filter(pk=self.people[writer].pk).update(role=role)
            case _ if act in DESK_ACTS:
                if page := self.a_page(number):
                    self.desk.act(act, reviewer, page, other)
            case wrong:
                self.approve_what_was_not_shown(reviewer, number, wrong)

    def propose(self, name: str, title: str) -> None:
        kind = "gene" if title == "Gamma" else "condition"
        words = f"First {self.signed(name)}.\n\nSee [[Alpha]] and [[Beta]]."
        document = cast.document(title, kind=kind, body=words)
        if draft := self.attempt(lambda: drafts.propose(document, author=self.people[name])):
            self.put_in(draft, self.people[name])

    def change(self, name: str, number: int, place: str, other: int, ready: bool) -> None:
        if page := self.a_page(number):
            draft = self.attempt(lambda: drafts.edit(page, author=self.people[name]))
            self.write(draft, self.people[name], place, other, ready)

    def build_on(self, name: str, number: int, place: str, other: int, ready: bool) -> None:
        if revision := self.pick(Revision.objects.filter(state=State.SUBMITTED), number):
            draft = self.attempt(lambda: drafts.build_on(revision, author=self.people[name]))
            self.write(draft, self.people[name], place, other, ready)

    def resume(self, number: int, place: str, other: int) -> None:
        ended = [State.REJECTED, State.CHANGES_REQUESTED, State.WITHDRAWN]
        revision = self.pick(Revision.objects.filter(state__in=ended), number)
        if revision and (author := revision.author):
            draft = self.attempt(lambda: drafts.resume(revision, author=author))
            self.write(draft, author, place, other, ready=True)

    def revert(self, name: str, number: int) -> None:
        if revision := self.pick(Revision.objects.filter(publications__isnull=False).distinct(), number):
            by = self.people[name]
            if draft := self.attempt(lambda: drafts.revert(revision, author=by)):
                self.put_in(draft, by)

    def copy(self, name: str, number: int, other: int) -> None:
        """Let somebody put a sentence of any version that was ever sent in into the page, by hand."""
        versions = Revision.objects.exclude(state=State.DRAFT)
        if (page := self.a_page(number)) and (one := self.pick(versions.filter(page=page), other)):
            by = self.people[name]
            sentences = [text for text in one.document.body.split("\n\n") if WORD.search(text)]
            draft = self.attempt(lambda: drafts.edit(page, author=by))
            if draft is None or not sentences:
                return
            body = f"{sentences[number % len(sentences)]}\n\n{draft.document.body}"
            words = Document(**{**vars(draft.document), "body": body})
            if self.attempt(lambda: drafts.save(draft, words, by=by)):
                HAPPENED["copy"] += 1
                self.put_in(draft, by)

    def copy_deleted(self, typist: str, name: str, number: int, discards: bool) -> None:
        """Let a moderator type a sentence and delete it, or discard the draft, and another send it in."""
        if (page := self.a_page(number)) is None:
            return
        if sentence := self.typed_and_deleted(page, self.people[typist], discards):
            by = self.people[name]
            if draft := self.attempt(lambda: drafts.edit(page, author=by)):
                body = f"{sentence}\n\n{draft.document.body}"
                words = Document(**{**vars(draft.document), "body": body})
                if self.attempt(lambda: drafts.save(draft, words, by=by)):
                    self.put_in(draft, by)
                    self.is_for_others_to_sign(draft, typist)

    def typed_and_deleted(self, page: Page, by: User, discards: bool) -> str:
        """Return a sentence that somebody typed into a page and that nobody can read; "" if refused."""
        if (draft := self.attempt(lambda: drafts.edit(page, author=by))) is None:
            return ""
        was = draft.document
        words = self.changed(was, by.username, "add", 0)
        if self.attempt(lambda: drafts.save(draft, words, by=by)) is None:
            return ""
        if discards:
            self.attempt(lambda: drafts.discard(draft, by=by))
        else:
            self.attempt(lambda: drafts.save(draft, was, by=by))
        return words.body.removeprefix(was.body).strip()

    def is_for_others_to_sign(self, waiting: Revision, typist: str) -> None:
        """Let somebody whose deleted words another person sent in try to sign them."""
        waiting.refresh_from_db()
        if waiting.state == State.SUBMITTED:
            HAPPENED["copy deleted"] += 1
            self.attempt(partial(cast.sign, waiting, self.people[typist]))
            assert not waiting.verdicts.filter(reviewer=self.people[typist]).exists()

    def write(self, draft: Revision | None, by: User, place: str, other: int, ready: bool) -> None:
        """Change a draft and, when it is ready, submit it."""
        if draft is None:
            return
        words = self.changed(draft.document, by.username, place, other)
        if self.attempt(lambda: drafts.save(draft, words, by=by)) and ready:
            self.put_in(draft, by)

    def put_in(self, draft: Revision, by: User) -> None:
        """Submit a draft; a conflict is settled by keeping one's own words, or left for later."""
        try:
            submission.submit(draft, by=by, note="Better.", impact="wording")  # a merge before it is kept
            self.done += 1
            assert by.role == Role.MODERATOR or not Page.objects.get(pk=draft.page_id).is_protected
        except Conflict as conflict:
            live = Publication.objects.open().filter(page=draft.page_id).first()
            if live and self.words % 2:
                words, seen = conflict.merge.document, live.revision_id
                self.attempt(lambda: submission.settle(draft, words, by=by, compared_with=seen))
        except Refused as refusal:
            self.explained(refusal)

    def submit(self, name: str, number: int, own: bool) -> None:
        if draft := self.pick(Revision.objects.filter(state=State.DRAFT), number):
            self.put_in(draft, draft.author if own and draft.author else self.people[name])

    def withdraw(self, name: str, number: int, own: bool) -> None:
        states = [State.SUBMITTED] if own else [one for one in State if one != State.DRAFT]
        if revision := self.pick(Revision.objects.filter(state__in=states), number):
            by = revision.author if own and revision.author else self.people[name]
            self.attempt(lambda: submission.withdraw(revision, by=by))

    def discard(self, name: str, number: int, own: bool) -> None:
        if draft := self.pick(Revision.objects.filter(state=State.DRAFT), number):
            by = draft.author if own and draft.author else self.people[name]
            self.attempt(lambda: drafts.discard(draft, by=by))

    def changed(self, document: Document, name: str, place: str, other: int) -> Document:
        words = vars(document)
        page = self.a_page(other)
        match place:
            case "first":
                words = {**words, "body": f"First {self.signed(name)}.\n\nSee [[Alpha]] and [[Beta]]."}
            case "summary":
                words = {**words, "summary": f"In short {self.signed(name)}."}
            case "title":
                words = {**words, "title": TITLES[other % len(TITLES)]}
            case "statement" if page is not None:
                rows = {row.key: row for row in document.statements}
                row = cast.statement(page, "associated_with", note=f"Said {self.signed(name)}.")
                words = {**words, "statements": tuple({**rows, row.key: row}.values())}
            case "drop":
                words = {**words, "statements": document.statements[1:]}
            case "bad":
                words = {**words, "summary": "", "body": "It cites [@pmid:1]."}
            case _:
                words = {**words, "body": f"{document.body}\n\nAlso {self.signed(name)} [@pmid:22327515]."}
        return Document(**words)

    def rebase(self, name: str, number: int) -> None:
        if revision := self.pick(Revision.objects.filter(state=State.SUBMITTED), number):
            try:
                with transaction.atomic():
                    review.rebase(revision.pk, by=self.people[name])
                self.done += 1
            except Conflict:
                if author := revision.author:
                    self.attempt(lambda: review.settle_conflict(revision, by=author))
            except Refused as refusal:
                self.explained(refusal)

    def approve(self, name: str, number: int) -> None:
        """Let its authors, somebody who has not looked, `name` and then another try to approve something.

        Where nothing waits, something is sent in first: a life in which nobody has work tells nothing.
        """
        if not Revision.objects.waiting().exists():
            self.change("clinician", number, "add", 0, ready=True)
        if revision := self.pick(Revision.objects.waiting().order_by(), number):
            for author in self.whose_words_are_new(revision):
                assert self.attempt(partial(cast.sign, revision, self.people[author])) is None
            unseen = partial(review.approve, revision.pk, by=self.people[name], shown=cast.shown(revision))
            if not self.people[name].openings.filter(revision=revision).exists():
                assert self.attempt(unseen) is None
            self.sign(name, revision)
            self.sign("second" if name != "second" else "moderator", revision)

    def sign(self, name: str, revision: Revision) -> None:
        known = set(revision.verdicts.values_list("pk", flat=True))
        if self.attempt(partial(cast.sign, revision, self.people[name])):
            HAPPENED["approve"] += 1
        if revision.verdicts.exclude(pk__in=known).exists():
            HAPPENED["sign"] += 1
            assert not self.desk.is_barred(name, revision.page_id)

    def whose_words_are_new(self, revision: Revision) -> set[str]:
        """Return who wrote what readers of the page do not have, as the words themselves tell."""
        live = Publication.objects.open().filter(page=revision.page_id).select_related("revision").first()
        new = written_in(revision) - written_in(live.revision if live else None)
        return {name for name, _ in new}

    def approve_what_was_not_shown(self, name: str, number: int, wrong: str) -> None:
        anywhere = wrong == "any state"
        among = Revision.objects.all() if anywhere else Revision.objects.filter(state=State.SUBMITTED)
        if (revision := self.pick(among, number)) is None:
            return
        shown = cast.shown(revision)
        if wrong == "wrong digest":
            shown = ShownComparison("0" * 64, shown.compared_with)
        elif wrong == "wrong live":
            shown = ShownComparison(shown.digest, revision.pk)
        elif wrong == "nothing compared":
            shown = ShownComparison(shown.digest, None if shown.compared_with else revision.pk)
        by = self.people[name if anywhere else "moderator"]
        if revision.state != State.DRAFT:  # the review of a draft opens for nobody
            diff_views.open_comparison(revision, by=by)
        came = self.attempt(lambda: review.approve(revision.pk, by=by, shown=shown))
        if not anywhere:
            assert came is None
        if revision.state in (State.DRAFT, State.REJECTED, State.WITHDRAWN, State.UNAPPROVED):
            assert came is None

    def turn_down(self, name: str, number: int, act: str, among: Any) -> None:
        if revision := self.pick(among, number):
            by, verdict = self.people[name], getattr(review, act)
            self.attempt(lambda: verdict(revision.pk, by=by, reason="Because."))

    def unapprove(self, name: str, number: int) -> None:
        if revision := self.pick(Revision.objects.filter(state=State.APPROVED), number):
            by = self.people[name]
            self.attempt(lambda: review.unapprove(revision.pk, by=by, reason="Wrong."))

    @invariant()
    def every_promise_holds(self) -> None:
        if self.done != self.looked:
            self.promises.hold()
            self.desk.hold()
        self.looked = self.done


@pytest.mark.django_db
def test_invariants_hold_after_any_sequence_of_acts():
    run_state_machine_as_test(
        Wiki,
        settings=settings(
            max_examples=max(4, settings().max_examples // 16),
            stateful_step_count=50,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert HAPPENED["approve"] > 5
    assert HAPPENED["copy"] > 0
    assert HAPPENED["copy deleted"] > 0
