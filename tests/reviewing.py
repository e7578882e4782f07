"""Helpers for tests of reviewing: signed-in browsers, verdict forms, addresses and query counts."""

import datetime as dt
import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wiki.acts.people import disclosures
from wiki.acts.reviewing import diff_views
from wiki.acts.writing import drafts
from wiki.models import Disclosure, Page, Publication, PublishedPage, Revision, SecondRead, User
from wiki.models.credentials import InterestNature
from wiki.screens.change_touches import questions_of

FOURTH = "\n\nA fourth paragraph with several words."


def signed_in(person: User) -> Client:
    """Return a browser in which `person` is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser


def verdict_on(revision: Revision, **changes: object) -> dict[str, object]:
    """Return what the review screen posts when every question about the change is answered Yes.

    Everybody who may review has the screen open.
    """
    for moderator in User.objects.moderators():
        diff_views.open_comparison(revision, by=moderator)
    shown = cast.shown(revision)
    before = Revision.objects.filter(pk=shown.compared_with or 0).first()
    questions = questions_of(before.document if before else None, revision.document)
    answers = {one.id: "yes" for one in questions}
    compared_with = "" if shown.compared_with is None else shown.compared_with
    posted = {"digest": shown.digest, "compared_with": compared_with, "retires": shown.retires}
    return {**posted, **answers, **changes}


def at(name: str, revision: Revision) -> str:
    """Return the address of an act on a revision."""
    return reverse(name, args=[revision.pk])


def words(response: object) -> str:
    """Return the text of a page as it is read, white space reduced to single spaces."""
    body = response.content.decode()  # type: ignore[attr-defined]
    body = re.sub(r"</?(?:a|b|span|time|code)\b[^>]*>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def edited(revision: Revision, author: User) -> Revision:
    """Return the author's draft on top of `revision`, with other words in it."""
    draft = drafts.build_on(revision, author=author)
    return drafts.save(draft, cast.document("Hypoparathyroidism", summary="Built on."), by=author)


def draw(publication: Publication) -> SecondRead:
    """Return the second read of what was published, as if it had been drawn by lot."""
    assert publication.verdict is not None
    return SecondRead.objects.create(
        revision=publication.revision,
        publication=publication,
        verdict=publication.verdict,
        kind=publication.revision.kind,
        drawn_at=publication.verdict.decided_at,
    )


def queries_of(browser: Client, path: str) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def lose_the_right(person: User) -> None:
    """Take the right to review away from a person."""
    User.objects.filter(pk=person.pk).update(role="clinician")


def lose_the_declaration(person: User) -> None:
    """Let a person's declaration of interests run out."""
    Disclosure.objects.create(person=person, declared_at=timezone.now(), expires_on=dt.date(2020, 1, 1))


def declare_an_interest(person: User) -> None:
    """Declare that a person has shares in a company that the page on hypoparathyroidism is about."""
    page = PublishedPage.objects.get(slug="hypoparathyroidism").page
    disclosures.declare(person, [disclosures.Declared(InterestNature.SHARES, "Calcium plc", pages=[page])])


def standing_of(page: Page) -> Any:
    """Return what the published page says of its review."""
    return PublishedPage.objects.for_page().get(page=page).standing


def approved_change(page: Page, author: User, by: User, **changes: Any) -> Publication:
    """Return the publication of a change that `author` proposed and `by` approved."""
    return cast.approve(cast.propose_change(page, author, **changes), by)
