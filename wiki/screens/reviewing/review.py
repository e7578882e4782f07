"""The review screen: everything that a person needs to judge one revision."""

import datetime as dt
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from wiki.acts.reviewing import claims, diff_views
from wiki.acts.reviewing.remarks import Discussion, discussion_of
from wiki.acts.unmet import Unmet, unmet
from wiki.domain.lifecycle import Act, Actor, State, acts_open_to
from wiki.models import (
    Claim,
    Decision,
    Family,
    Page,
    Publication,
    PublishedPage,
    Revision,
    User,
    Verdict,
    actors_of,
    clock,
)
from wiki.models.queries.verdict_openings import told_on
from wiki.models.revision_tree import one_for_each_author
from wiki.policy import interests
from wiki.policy.checks import Check
from wiki.policy.review_state import ends_whole_page_review
from wiki.policy.reviewer_standing import NO_REGISTRATION, ReviewerStanding
from wiki.policy.signatures import ImpactCorrection, Signatures, corrections_of, signatures_among
from wiki.published import links
from wiki.screens.changes import Changes
from wiki.screens.explained_page import explained_page
from wiki.screens.page_merge import RetiredHalf, retired_half_of
from wiki.screens.rename_impact import RenameImpact
from wiki.screens.retirement_impact import RetirementImpact, impact_of_retirement
from wiki.screens.reviewing.earlier_words import EarlierWords
from wiki.screens.reviewing.review_checks import ReviewChecks, checks_of
from wiki.screens.reviewing.revision_sources import RevisionSource, sources_of
from wiki.screens.reviewing.since_last import LastSeen, last_seen_by
from wiki.text.compare.diff import Comparison, compare
from wiki.text.document import Document
from wiki.text.markdown.explained_words import ExplainedText
from wiki.text.markdown.html import Rendered, outline
from wiki.text.slugs import slug_of
from wiki.text.standing import Standing


@dataclass(frozen=True)
class ReviewScreen:
    """One revision as a person sees it who may judge it, wrote it, or wants to build on it."""

    revision: Revision
    family: Family
    live: Publication | None
    verdicts: list[Verdict]
    actors: frozenset[Actor]
    reviewer: User
    now: dt.datetime

    @cached_property
    def begun_from(self) -> Revision | None:
        """Return the decided revision on which this is based."""
        begun = self.family.begun_from(self.revision)
        return self.live.revision if self.live and begun == self.live.revision else begun

    @cached_property
    def must_rebase(self) -> bool:
        """Return whether the page has moved on since this was begun."""
        live, base = self.live_id, self.begun_from
        if self.is_waiting and self.merging and self.taken_over_id != self.revision.takes_over_id:
            return True
        return self.is_waiting and live != (base.pk if base else None)

    @cached_property
    def merging(self) -> RetiredHalf | None:
        """Return what this retires, where it takes another page over; None of what merges no pages."""
        return retired_half_of(self.revision, reader=self.reviewer)

    @cached_property
    def taken_over_id(self) -> int | None:
        """Return the id of what readers see now of the page that this takes over."""
        page = self.merging.taken.page_id if self.merging else 0
        return Publication.objects.live_ids([page]).get(page)

    @property
    def live_id(self) -> int | None:
        """Return the id of the revision that readers see now."""
        return self.live.revision_id if self.live else None

    @property
    def shown_instead(self) -> Revision | None:
        """Return the live revision if that is neither this one nor the one that this changes."""
        if self.live is None or self.live_id in (self.revision.pk, self.against.pk if self.against else None):
            return None
        return self.live.revision

    @cached_property
    def beneath(self) -> Standing | None:
        """Return today's review status of the page that this changes; None if readers see no such page."""
        published_page = PublishedPage.objects.listed(self.revision.page_id)
        return published_page.standing if published_page else None

    @property
    def ends_review(self) -> bool:
        """Return whether the page would no longer count as reviewed as a whole."""
        return self.is_waiting and ends_whole_page_review(self.revision, self.live)

    @property
    def is_waiting(self) -> bool:
        """Return whether nobody has decided yet."""
        return self.revision.state == State.SUBMITTED

    @cached_property
    def is_new(self) -> bool:
        """Return whether the page was never published."""
        return self.live is None and not Page.objects.ever_published([self.revision.page_id])

    @property
    def against(self) -> Revision | None:
        """Return the revision that this is compared with: at approval, else the one it was begun from."""
        approval = next((one for one in self.verdicts if one.decision == Decision.APPROVE), None)
        return approval.compared_with if approval else self.begun_from

    @cached_property
    def before(self) -> Document | None:
        """Return what the page said before, or None of a page that said nothing.

        What was suppressed since is shown to moderators alone.
        """
        against = self.against
        if against and Actor.MODERATOR not in self.actors and hasattr(against, "suppression"):
            return None
        return against.document if against else None

    @cached_property
    def after(self) -> Document:
        """Return what the page would say."""
        return self.revision.document

    @cached_property
    def comparison(self) -> Comparison:
        """Return everything that this changes."""
        return compare(self.before, self.after)

    @cached_property
    def changed(self) -> frozenset[str]:
        """Return the parts of the page that change."""
        old, new = self.before, self.after
        return frozenset(
            one.name for one in fields(new) if old and getattr(old, one.name) != getattr(new, one.name)
        )

    @property
    def statement_changes(self) -> list[str]:
        """Return what happens to the statements, in words; nothing for nothing."""
        return self.comparison.statement_changes

    def changes_since(self, seen: LastSeen | None, *, at: str, exact: bool = False) -> Changes:
        """Return all changes, or those since `seen`, with what is said of them; `at` is to be spoken of."""
        before = seen.revision.document if seen else self.before
        return Changes(before, self.after, talk=self.discussion, at=at, exact=exact, reader=self.reviewer)

    @cached_property
    def acts(self) -> frozenset[Act]:
        """Return what the person may do now."""
        return frozenset(acts_open_to(self.actors, self.revision.state))

    @property
    def is_asked(self) -> bool:
        """Return whether the person's role allows verdicts."""
        return Act.REJECT in self.acts

    @cached_property
    def _stands_for(self) -> ReviewerStanding:
        return ReviewerStanding(self.reviewer, self.now)

    @property
    def can_decide(self) -> bool:
        """Return whether the person may give a verdict."""
        return self.is_asked and self.is_declared and not self.conflicts and not self.earlier.own

    @cached_property
    def is_declared(self) -> bool:
        """Return whether the person declared their interests within the last year."""
        return self._stands_for.disclosure is not None

    @property
    def unregistered(self) -> str:
        """Return what the person must do before they may approve; "" if they have a valid registration."""
        return NO_REGISTRATION if self.is_asked and self._stands_for.lacks_registration else ""

    @cached_property
    def conflicts(self) -> list[str]:
        """Return a sentence for each declared interest that this change touches."""
        if not self.is_asked:
            return []
        declared = self._stands_for.newest_disclosure
        return interests.conflicts_of(self.reviewer, self.revision, declared=declared)

    @cached_property
    def discussion(self) -> Discussion:
        """Return the remarks on this, each at the place of its passage."""
        return discussion_of(
            self.revision,
            family=self.family,
            by=self.reviewer,
            before=self.before,
            blocks=self.comparison.blocks,
        )

    @cached_property
    def last_seen(self) -> LastSeen | None:
        """Return the earlier version that the person judged or opened last; None if this changes that."""
        seen = last_seen_by(self.revision, by=self.reviewer) if self.can_decide else None
        return seen if seen and seen.revision != self.against else None

    @cached_property
    def is_opened(self) -> bool:
        """Return whether the person has opened the whole comparison."""
        return diff_views.is_opened(self.revision, by=self.reviewer, compared_with=self.live_id)

    @cached_property
    def claim(self) -> Claim | None:
        """Return the claim on this submission; None if there is none."""
        return claims.held_of(self.revision)

    @property
    def is_own(self) -> bool:
        """Return whether a moderator may not judge this because they are among its authors."""
        return self.is_waiting and Actor.MODERATOR in self.actors and Actor.REVIEWER not in self.actors

    @cached_property
    def earlier(self) -> EarlierWords:
        """Return the earlier versions with words that this would newly publish."""
        return EarlierWords(self.revision, self.live.revision if self.live else None, self.reviewer)

    @property
    def can_approve(self) -> bool:
        """Return whether an approval would be accepted, as far as is known now."""
        is_open = self.can_decide and not self.must_rebase and not self.stops and not self.unregistered
        return is_open and not self.is_idle and not self.has_signed

    @cached_property
    def signatures(self) -> Signatures:
        """Return the required and given signatures."""
        return signatures_among(self.verdicts, self.revision)

    @cached_property
    def _standing(self) -> dict[str, Any] | None:
        """Return the person's standing; None if they cannot sign."""
        return self._stands_for.as_json() if self.can_decide else None

    @property
    def has_signed(self) -> bool:
        """Return whether the person has approved this."""
        return self.signatures.has_signed(self.reviewer)

    @property
    def can_finish(self) -> bool:
        """Return whether all signatures are given, the person's among them, and only publishing is left."""
        is_open = self.can_decide and not self.must_rebase and not self.stops and not self.unregistered
        return is_open and self.has_signed and self.signatures.are_complete

    @cached_property
    def nobody(self) -> Unmet | None:
        """Return the missing signatures that no moderator can give today; None if there are none."""
        return next(iter(unmet(only=self.revision)), None) if self.is_waiting else None

    @property
    def is_idle(self) -> str:
        """Return why the person's signature would not count; "" if it would."""
        return self.signatures.why_idle(self._standing) if self._standing and not self.has_signed else ""

    @property
    def signs_as(self) -> str:
        """Return the need that the person's signature would meet; "" if none."""
        need = self.signatures.would_be(self._standing) if self._standing and not self.has_signed else None
        return need.label.removeprefix("one ") if need else ""

    @property
    def could_sign_as(self) -> str:
        """Return as what the person, who has signed, could sign only now; "" for nothing that is missing."""
        return self.signatures.gained_by(self.reviewer, self._standing) if self._standing else ""

    @property
    def completes(self) -> bool:
        """Return whether the person's signature would be the last one needed."""
        return len(self.signatures.missing) <= 1

    @property
    def left_after(self) -> str:
        """Return in words which signatures would be missing after the person's."""
        return self.signatures.with_one_more(self._standing or {})

    @cached_property
    def corrections(self) -> list[ImpactCorrection]:
        """Return where approvers stated another impact than the author."""
        return corrections_of(self.revision, self.signatures.approvals)

    @cached_property
    def authors(self) -> list[Revision]:
        """Return one revision for each author of what would be newly published."""
        known = self.family.authors_of(self.revision)
        return one_for_each_author([*known, *(one.revision for one in self.earlier.stems)])

    @property
    def author_names(self) -> str:
        """Return the authors' names in a list, with "and" before the last."""
        *others, last = [one.author_name for one in self.authors]
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def builds_on(self) -> Revision | None:
        """Return the revision beneath this one, if it was waiting too or was published with this one."""
        parent = self.revision.parent
        return parent if parent and parent.state in (State.SUBMITTED, State.INCLUDED) else None

    @cached_property
    def turned_down(self) -> list[Revision]:
        """Return earlier rejected revisions with exactly the same content."""
        return list(Revision.objects.turned_down_before(self.revision)) if self.is_waiting else []

    @cached_property
    def merged_as(self) -> Revision | None:
        """Return the waiting revision that this one was rebased into."""
        return self.revision.carried_by.filter(state=State.SUBMITTED).first() if self.is_waiting else None

    @cached_property
    def rendered(self) -> Rendered:
        """Return the text as readers would see it."""
        return links.render_now(self.after.body)

    @cached_property
    def explained(self) -> ExplainedText:
        """Return that text with the words that explain themselves to readers."""
        slugs = {slug_of(title) for title in outline(self.after.body).links}
        linked = PublishedPage.objects.at_addresses(slugs).explaining() if slugs else ()
        return explained_page(self.rendered.html, self.after.title, linked)

    @property
    def renaming(self) -> RenameImpact | None:
        """Return the effect of another title; None for a new page."""
        return RenameImpact(self.against, self.after.title, self.after.aliases) if self.against else None

    @cached_property
    def retiring(self) -> RetirementImpact | None:
        """Return the effect of retiring the page or bringing it back; None if this does neither."""
        return impact_of_retirement(self.revision.page, self.before, self.after)

    @cached_property
    def neighbours(self) -> list[PublishedPage]:
        """Return the published pages on which a statement would change."""
        touched = {(row.new or row.old).object for row in self.comparison.rows if row.change != "same"}  # type: ignore[union-attr]  # one of the two is always there
        return list(PublishedPage.objects.for_lists().filter(page__in=touched).a_to_z()) if touched else []

    @cached_property
    def references(self) -> list[RevisionSource]:
        """Return the sources of this revision, in the order of citation."""
        return sources_of(self.after, self.before)

    @property
    def unsettled(self) -> list[RevisionSource]:
        """Return the sources to check: newly cited, or not fully verified."""
        return [one for one in self.references if one.is_new or not one.is_verified]

    @property
    def settled(self) -> list[RevisionSource]:
        """Return the sources that are verified and were cited before."""
        return [one for one in self.references if one.is_verified and not one.is_new]

    @cached_property
    def checks(self) -> ReviewChecks:
        """Return the results of the checks; none for a decided revision."""
        return checks_of(self) if self.is_waiting else ReviewChecks()

    @property
    def stops(self) -> list[Check]:
        """Return the results that block an approval."""
        return self.checks.stops


def open_review_screen(revision: Revision, *, by: User) -> ReviewScreen:
    """Return the review screen of `revision` for `by`."""
    family = Family.of_branch(revision)
    verdicts = told_on(Verdict.objects.get_queryset(), revision.pk)
    for one in verdicts:
        one.revision = revision
    return ReviewScreen(
        revision=revision,
        family=family,
        live=Publication.objects.live_with_people(revision.page),
        verdicts=verdicts,
        actors=frozenset(actors_of(by, revision, family)),
        reviewer=by,
        now=clock.now(),
    )
