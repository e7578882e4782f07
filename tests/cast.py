"""Builders of people, sources, pages, drafts and verdicts for the tests."""

import datetime as dt
from itertools import count
from typing import Any

from tests.remembered import remembered_builder
from wiki.acts.library import source_checks, sources
from wiki.acts.people import disclosures, subscriptions
from wiki.acts.reviewing import diff_views, loading, review, whole_page_review
from wiki.acts.reviewing.review import ShownComparison
from wiki.acts.reviewing.whole_page_review import WholePageAnswers
from wiki.acts.writing import drafts, submission
from wiki.domain.checklist import items_for
from wiki.models import (
    Credential,
    Origin,
    Page,
    Publication,
    Requirement,
    Revision,
    Role,
    Source,
    SourceCheck,
    User,
    WholePageReview,
    clock,
)
from wiki.policy import quorum, reviewer_standing
from wiki.policy.needs import CLINICIAN
from wiki.policy.quorum import MODERATOR
from wiki.policy.signatures import signatures_of
from wiki.text.document import Document, Row
from wiki.text.sources.identifiers import parse

PASSWORD = "a-long-test-password"

# Specialties of the two moderators: neither counts for treatment or genetics.
SPECIALTIES = {"neuroradiologist": ("neuroradiology",), "neuropathologist": ("neuropathology",)}

# Of five digits: three may be the number of an ambulance, which is advice that two people sign.
_numbers = count(10_001)


@remembered_builder
def make_user(username: str, role: str = Role.READER, name: str = "", profession: str = "") -> User:
    """Return an account; one that may review has a registration and a declaration of no interests."""
    person = User.objects.create_user(
        username,
        f"{username}@example.org",
        PASSWORD,
        role=role,
        name=name or f"Dr {username.title()}",
        profession=profession,
    )
    if role == Role.MODERATOR:
        disclosures.declare(person)
        subscriptions.begin(person)
        make_qualified(person, *SPECIALTIES.get(profession, ()))
    return person


@remembered_builder
def make_qualified(
    person: User, *specialties: str, profession: str = "physician", until: dt.date | None = None
) -> Credential:
    """Give a person a credential that an administrator has verified; return it."""
    return Credential.objects.create(
        person=person,
        profession=profession,
        specialties=list(specialties),
        body="Medical Council",
        number=f"M{person.pk}",
        verified_at=clock.now(),
        verified_by_name="Alex Admin",
        valid_until=until or clock.now().date() + dt.timedelta(days=365),
    )


@remembered_builder
def specialist_for(need: Requirement) -> User:
    """Return a moderator, new or known, who can give the signature that is needed."""
    username = f"signs-{need.label}".replace(" ", "-")[:100]
    if person := User.objects.filter(username=username).first():
        return person
    person = make_user(username, Role.MODERATOR)
    if need.professions or need.specialties:
        profession = need.professions[0] if need.professions else "physician"
        make_qualified(person, *need.specialties, profession=profession)
    return person


@remembered_builder
def make_source(by: User, key: str = "pmid:22327515", title: str = "A study of calcium") -> Source:
    """Return a source with the citation key `key`."""
    return sources.add([parse(key)], {"type": "article-journal", "title": title}, type="cohort", by=by)


def document(title: str = "", **changes: Any) -> Document:
    """Return a document that passes the submission checks, with `changes`."""
    words = {
        "title": title or f"Condition {next(_numbers)}",
        "kind": "condition",
        "summary": "What it is, in plain words.",
        "body": "## What it is\n\nA first paragraph.\n\nA second paragraph.\n\nA third paragraph.",
    }
    return Document(**{**words, **changes})


def statement(other: Page, relation: str = "causes", **changes: Any) -> Row:
    """Return a statement about `other` that passes the submission checks, with `changes`."""
    words: dict[str, Any] = {
        "stance": "asserted",
        "grade": "low",
        "basis": "cohort",
        "sources": ("pmid:22327515",),
    }
    return Row(relation, other.pk, **{**words, **changes})


def shown(revision: Revision) -> ShownComparison:
    """Return the digests and versions that the review screen shows when it is opened now."""
    live = Publication.objects.open().filter(page=revision.page_id).first()
    return ShownComparison(revision.digest, live.revision_id if live else None, _retired_with(revision))


def _retired_with(revision: Revision) -> str:
    half = revision.retiring_half()
    return half.digest if half else ""


@remembered_builder
def submit(
    draft: Revision, note: str = "Better words.", impact: str = "wording", meaning: str = ""
) -> Revision:
    """Return the draft, submitted by its author."""
    assert draft.author is not None
    return submission.submit(draft, by=draft.author, note=note, impact=impact, meaning=meaning)


@remembered_builder
def sign(revision: Revision, by: User) -> Publication | None:
    """Let `by` open the comparison of a revision and approve it; return the publication, if any."""
    live = diff_views.open_comparison(revision, by=by)
    seen = ShownComparison(revision.digest, live.pk if live else None, _retired_with(revision))
    return review.approve(revision.pk, by=by, shown=seen)


@remembered_builder
def approve(revision: Revision, by: User) -> Publication:
    """Approve a revision by `by` and all further signers that it needs; return the publication."""
    publication = sign(revision, by) if _counts(revision, by) else None
    if publication:
        return publication
    for need in needs_left(revision):
        publication = sign(revision, specialist_for(need))
    assert publication is not None
    return publication


def needs_left(revision: Revision) -> list[Requirement]:
    """Return the signatures that a revision still needs."""
    return quorum.left_of(list(revision.requirements.order_by("pk")), signatures_of(revision).counting)


def _counts(revision: Revision, by: User) -> bool:
    """Return whether a signature by a person would count."""
    if list(revision.requirements.values_list("label", flat=True)) in ([MODERATOR.label], [CLINICIAN.label]):
        return True
    return not signatures_of(revision).why_idle(reviewer_standing.standing_of(by, clock.now()))


@remembered_builder
def make_source_check(
    source: Source, by: User, csl: dict[str, Any] | None = None, ids: dict[str, str] | None = None
) -> SourceCheck:
    """Return a source check by `by`: the record is right, or is corrected to other values."""
    said = {"csl": source.csl if csl is None else csl, "type": source.type, "shown": source.csl, "ids": ids}
    return source_checks.check(source.pk, **said, compared_with="The article itself.", by=by)


@remembered_builder
def make_page(author: User, moderator: User, title: str = "", **changes: Any) -> Page:
    """Return a published page, written and approved."""
    draft = drafts.propose(document(title, **changes), author=author)
    return approve(submit(draft), moderator).page


@remembered_builder
def make_edit(page: Page, author: User, **changes: Any) -> Revision:
    """Return a draft of `page` by `author` that differs from what is published by `changes`."""
    draft = drafts.edit(page, author=author)
    words = {**draft.document.__dict__, **(changes or {"summary": "Other plain words."})}
    return drafts.save(draft, Document(**words), by=author, impact="wording")


@remembered_builder
def propose_change(page: Page, author: User, **changes: Any) -> Revision:
    """Return a submitted change by `author` of the published version."""
    return submit(make_edit(page, author, **changes))


@remembered_builder
def build(revision: Revision, author: User, **changes: Any) -> Revision:
    """Return a submitted revision by `author` that builds on a waiting one."""
    draft = drafts.build_on(revision, author=author)
    return submit(drafts.save(draft, Document(**{**vars(draft.document), **changes}), by=author))


CHECKED = "Compared with the guideline of 2025; searched PubMed until today."


def reading(revision: Revision, checked: str = "", **changes: Any) -> WholePageAnswers:
    """Return a whole-page reading of a version with every checklist question answered well."""
    answers = [
        {"id": one.id, "text": one.text, "answer": "yes", "blocking": one.blocking}
        for one in items_for(revision.kind)
    ]
    words = {"digest": revision.digest, "checked": checked or f"{CHECKED} Page {revision.page_id}."}
    return WholePageAnswers(**{**words, "checklist": answers, **changes})


@remembered_builder
def review_whole(page: Page, by: User, checked: str = "", **changes: Any) -> WholePageReview:
    """Let `by` review the whole published page; return the review."""
    revision = Publication.objects.open().get(page=page).revision
    said = reading(revision, checked, **changes)
    return whole_page_review.review_whole_page(page, by=by, reading=said)


@remembered_builder
def load_page(
    title: str = "", *, origin: Origin = Origin.STARTER, by: User | None = None, **changes: Any
) -> Page:
    """Return a published page that was loaded, and that nobody has reviewed."""
    what = loading.Load(origin, "Loaded for a test.", by)
    page = Page.objects.create(created_by=by)
    return loading.publish(loading.LoadedText(page.pk, document(title, **changes), what)).page
