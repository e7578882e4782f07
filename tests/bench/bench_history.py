"""What views and acts cost on a page with a hundred versions and with ten thousand, and how it grows.

Run it with `.venv/bin/python -m pytest tests/bench/bench_history.py -s -n 0 -o faulthandler_timeout=0`; it is
not part of the tests. `CAUSEWAY_VERSIONS=100,10000` names the numbers of versions. The wiki around the page
has the same thousand pages each time. The table is that of `bench_sizes.py`.
"""

import datetime as dt
import os
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Final

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.bench.bench_sizes import TIMES, Act, Acts, Prepared, address, costs, opened, saved, table
from tests.bench.bench_writing import send
from tests.bench.wiki_of_size import WikiOfSize
from tests.reviewing import signed_in
from tests.shown import fields_of
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, restoring
from wiki.models import Page, Publication, Revision
from wiki.views.unsaved_work import seal_of

VERSIONS: Final = [int(one) for one in os.environ.get("CAUSEWAY_VERSIONS", "100,10000").split(",")]
PAGES: Final = 1000
OLD: Final = 7
OF_ALL: Final = ("", "history/", "compare/", "sentences/", "links/", "around/", "cite/", f"revisions/{OLD}/")


def views(wiki: WikiOfSize) -> Iterator[tuple[str, Prepared]]:
    """Yield each view of the page, and of what waits on it or names it, with what opens it."""
    anybody, at = Client(), address(wiki.long)
    writer, moderator = (signed_in(wiki.people[name]) for name in ("clinician", "moderator"))
    page = Page.objects.get(pk=wiki.long)
    day = (timezone.now() - dt.timedelta(days=1000)).date()
    for part in (*OF_ALL, f"compare/?from={OLD}", f"?as_of={day}", f"history/?from={day}T000000.000000Z"):
        yield f"anybody: {part}", partial(opened, anybody, at + part)
    yield "anybody: a print", partial(opened, anybody, f"/v/{wiki.long}-5/")
    sent = cast.propose_change(page, wiki.people["colleague"], summary="Words that wait.")
    for part in ("", f"restore/{OLD}/", "edit/", "edit/s-what-it-is/", "retire/"):
        yield f"a writer: {part}", partial(opened, writer, at + part)
    draft = cast.make_edit(page, wiki.people["clinician"], summary="Words that are written.")
    yield "a writer: the draft", partial(opened, writer, f"/drafts/{draft.pk}/")
    yield "a writer: the checks", partial(opened, writer, f"/drafts/{draft.pk}/checks/")
    yield "a writer: the submit step", partial(opened, writer, f"/drafts/{draft.pk}/submit/")
    for path in (f"/review/{sent.pk}/", f"{at}whole-page/", f"{at}revert/", "/review/"):
        yield f"a moderator: {path.replace(str(sent.pk), '…')}", partial(opened, moderator, path)
    naming = _naming(wiki, page)
    yield "a page that names it: a submission", partial(opened, moderator, f"/review/{naming.pk}/")
    review.reject(sent.pk, by=wiki.people["moderator"], reason="It was only measured.")


def _naming(wiki: WikiOfSize, page: Page) -> Revision:
    """Return a change of another page that states something of this one, and links to it."""
    other = Page.objects.exclude(pk=page.pk).order_by("pk")[50]
    row, title = cast.statement(page), page.published_page.title
    body = f"{cast.document().body}\n\nSee [[{title}]]."
    return cast.propose_change(other, wiki.people["colleague"], body=body, statements=(row,))


class ActsOnLongPage(Acts):
    """The acts on the page with many versions."""

    def all(self) -> Iterator[tuple[str, Prepared]]:
        """Yield each act with what prepares it."""
        here = (self.begin, self.save, self.autosave, self.submit, self.restore, self.approve, self.rename)
        for act in (*here, self.revert, self.naming):
            yield act.__name__, partial(act, self.wiki.long)

    def autosave(self, where: int | None, times: int) -> Act:
        """Return what a browser sends while somebody writes, the whole form."""
        draft, browser = drafts.edit(self.page(where, times), author=self.author), signed_in(self.author)
        form = {k: v for k, v in fields_of(browser.get(f"/drafts/{draft.pk}/")).items() if k != "saved"}
        seal = {"writer": seal_of(self.author), "draft": draft.pk, "saved": draft.saved_at.isoformat()}
        return partial(send, browser, form | seal | {"summary": f"Typed {times}."})

    def restore(self, where: int | None, times: int) -> Act:
        """Return what begins a draft with an early version."""
        self.begin(where, times)
        early = Revision.objects.get(page=where, number=OLD + times)
        return partial(restoring.restore, early, by=self.author)

    def revert(self, where: int | None, times: int) -> Act:
        """Return what takes the last change back."""
        page = self.page(where, times)
        cast.approve(cast.propose_change(page, self.other, summary=f"Taken back {times}."), self.moderator)
        live = Publication.objects.live_ids([page.pk])[page.pk]
        return partial(review.unapprove, live, by=self.moderator, reason="It was only measured.")

    def naming(self, where: int | None, times: int) -> Act:
        """Return what sends in and publishes a change of another page that states something of this one."""
        page, row = self.page(None, times + 8 * TIMES), cast.statement(self.page(where, times))
        draft = saved(drafts.edit(page, author=self.other), f"Naming words {times}.", self.other)
        text = cast.document(page.published_page.title, statements=(row,))
        draft = drafts.save(draft, text, by=self.other, impact="wording")

        def both() -> None:
            cast.approve(cast.submit(draft), self.moderator)

        return both


@pytest.mark.django_db(transaction=True)
def test_history():
    assert table(
        (number, costs(PAGES, number, of=lambda wiki: chain(views(wiki), ActsOnLongPage(wiki).all())))
        for number in VERSIONS
    )
