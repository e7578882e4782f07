"""What the tests of reviewing do again and again."""

import html
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from wiki.acts.reviewing import diff_views
from wiki.acts.writing import drafts
from wiki.models import Publication, Revision, SecondRead, User
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
    return {"digest": shown.digest, "compared_with": compared_with, **answers, **changes}


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
