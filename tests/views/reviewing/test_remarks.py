"""The discussion in the browser: where it stands, what is kept, and who never sees it."""

from django.test import Client

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, queries_of, signed_in, words
from wiki.acts.reviewing import remarks, review
from wiki.acts.writing import drafts
from wiki.models import Opening, Page, Remark, RemarkPlace, Revision, User

BODY = "## What it is\n\nA first paragraph of *some* words.\n\nA second paragraph.\n\nA third paragraph."
FIRST = "A first paragraph of *some* words."


@remembered
def waiting(published: Page, clinician: User) -> Revision:
    """Return a change of one paragraph that waits for review."""
    return cast.propose_change(published, clinician, body=BODY)


@remembered
def first(waiting: Revision, moderator: User) -> Remark:
    """Return a remark on the paragraph that changes."""
    key = remarks.on_paragraph(FIRST).key
    return remarks.remark(waiting.pk, by=moderator, at=key, text="Which <words>?")


def act(name: str, revision: Revision, thread: Remark) -> str:
    """Return the address of an act on a thread."""
    return f"/review/{revision.pk}/remarks/{thread.pk}/{name}/"


def test_the_screen_shows_paragraphs_rendered_or_as_source(desk: Client, waiting: Revision) -> None:
    path = at("review", waiting)

    seen, exact = desk.get(path).content.decode(), desk.get(f"{path}?text=exact").content.decode()

    assert "of <em><ins>some</ins></em>" in seen or "<em><ins>some</ins></em>" in seen
    assert "*some*" in exact.replace("<ins>", "").replace("</ins>", "")
    assert "2 paragraphs as before: What it is" in words(desk.get(path))


def test_each_passage_is_called_what_it_is_and_only_reviewers_tick_it(
    published: Page, clinician: User, desk: Client
) -> None:
    body = f"{BODY}\n\n## Doses\n\n| Drug | Dose |\n|---|---|\n| A | 5 mg |\n\n- One\n- Two"
    waiting = cast.propose_change(published, clinician, body=body)

    shown, own = (words(one.get(at("review", waiting))) for one in (desk, signed_in(clinician)))

    for kind in ("heading", "table row", "list item", "paragraph"):
        assert f"Comment on this {kind} " in shown
    assert "I looked at this" in shown
    assert "I looked at this" not in own


def test_a_remark_is_posted_without_scripts_and_shown_at_its_passage(desk: Client, waiting: Revision) -> None:
    key = remarks.on_paragraph(FIRST).key
    assert f'id="say-{key}" open' in desk.get(f"{at('review', waiting)}?remark={key}").content.decode()

    answer = desk.post(f"/review/{waiting.pk}/remarks/", {"at": key, "text": "Which <words>?"})

    said = Remark.objects.get()
    assert answer.headers["Location"] == f"/review/{waiting.pk}/#remark-{said.pk}"
    html = desk.get(answer.headers["Location"]).content.decode()
    assert html.index(f'id="remark-{said.pk}"') < html.index(f'id="say-{key}"')
    assert "Which &lt;words&gt;?" in html


def test_an_empty_or_too_long_remark_comes_back_with_what_was_typed(
    desk: Client, waiting: Revision, first: Remark
) -> None:
    key = remarks.on_paragraph(FIRST).key

    empty = desk.post(f"/review/{waiting.pk}/remarks/", {"at": key, "text": " "})
    long = desk.post(act("answer", waiting, first), {"text": "x" * 4_001})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert f'<a href="#say-{key}-text">Write what you want to say' in empty.content.decode()
    assert "x" * 4_001 in long.content.decode()
    assert f'<a href="#answer-{first.pk}-text">' in long.content.decode()


def test_a_refused_remark_keeps_its_typed_text(
    desk: Client, waiting: Revision, first: Remark, moderator: User
) -> None:
    review.reject(waiting.pk, by=moderator, reason="Wrong.")

    new = desk.post(f"/review/{waiting.pk}/remarks/", {"at": remarks.WHOLE.key, "text": "A thought."})
    answer = desk.post(act("answer", waiting, first), {"text": "A reply."})
    acts = [desk.post(act(name, waiting, first)).status_code for name in ("resolve", "reopen")]

    assert [new.status_code, answer.status_code, *acts] == [409] * 4
    assert "A thought." in words(new)
    assert "A reply." in words(answer)


def test_a_thread_is_answered_resolved_and_opened_again(
    desk: Client, waiting: Revision, first: Remark
) -> None:
    desk.post(act("answer", waiting, first), {"text": "These."})
    desk.post(act("resolve", waiting, first))
    resolved = words(desk.get(at("review", waiting)))
    desk.post(act("reopen", waiting, first))

    assert "Resolved by Dr Amara Osei" in resolved
    assert "0 open of 1 comment" in resolved
    assert "1 open of 1 comment" in words(desk.get(at("review", waiting)))


def test_a_remark_on_a_removed_passage_is_shown_with_the_passage(
    desk: Client, waiting: Revision, first: Remark, clinician: User, moderator: User
) -> None:
    review.request_changes(waiting.pk, by=moderator, reason="Plainer.")
    waiting.refresh_from_db()
    draft = drafts.resume(waiting, author=clinician)
    changes = {**vars(draft.document), "body": "## What it is\n\nNothing of it is left."}
    later = cast.submit(drafts.save(draft, cast.document(**changes), by=clinician))

    said = words(desk.get(at("review", later)))

    assert "On passages that were removed" in said
    assert f"Comment on: “{FIRST}”" in said
    assert "on version 2" in said


def test_remarks_on_unchanged_parts_are_shown(
    desk: Client, published: Page, clinician: User, moderator: User
) -> None:
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator)
    row = cast.statement(other)
    waiting = cast.propose_change(published, clinician, body=BODY, statements=(row,), title="Another title")
    for passage, text in (
        (remarks.on_paragraph(FIRST), "On the paragraph."),
        (remarks.on_statement(row.relation, row.object), "On the statement."),
        (remarks.RemarkTarget(RemarkPlace.TITLE, "Another title"), "On the title."),
    ):
        remarks.remark(waiting.pk, by=moderator, at=passage.key, text=text)
    cast.approve(waiting, moderator)

    later = cast.propose_change(published, clinician, body="## What it is\n\nNothing of the old is left.")
    shown = desk.get(at("review", later))

    html = shown.content.decode()
    assert [html.count(f'id="remark-{one.pk}"') for one in Remark.objects.all()] == [1, 1, 1]
    assert "As before" in words(shown)


def test_readers_never_see_a_remark(
    client: Client, waiting: Revision, first: Remark, reader: User, moderator: User, published: Page
) -> None:
    cast.approve(waiting, moderator)

    for browser in (client, signed_in(reader)):
        for path in ("", "history/", "revisions/2/", "compare/?from=1&to=2"):
            html = browser.get(f"/wiki/hypoparathyroidism/{path}")
            assert html.status_code == 200
            assert "Which" not in words(html)
            assert "remark-" not in html.content.decode()


def test_an_empty_reason_is_enough_while_remarks_are_open(
    desk: Client, waiting: Revision, first: Remark
) -> None:
    assert "What goes with it: 1 open comment" in words(desk.get(at("review", waiting)))

    rejected = desk.post(at("reject", waiting), {"reason": ""})
    returned = desk.post(at("request-changes", waiting), {"reason": ""})

    assert (rejected.status_code, returned.status_code) == (422, 302)
    assert "Which <words>? (Dr Amara Osei)" in waiting.verdicts.get().reason


# --- What is opened, and since when -------------------------------------------------------------------------


def test_only_opening_the_whole_comparison_is_recorded(
    desk: Client, waiting: Revision, clinician: User
) -> None:
    path = at("review", waiting)

    signed_in(clinician).get(path)
    desk.head(path)
    assert not Opening.objects.filter(revision=waiting).exists()
    desk.get(path)

    assert Opening.objects.filter(revision=waiting).count() == 1


def test_the_screen_shows_changes_since_ones_verdict(
    desk: Client, waiting: Revision, clinician: User, moderator: User
) -> None:
    review.request_changes(waiting.pk, by=moderator, reason="Plainer.")
    waiting.refresh_from_db()
    draft = drafts.resume(waiting, author=clinician)
    changes = {**vars(draft.document), "body": BODY + "\n\nA fourth one."}
    later = cast.submit(drafts.save(draft, cast.document(**changes), by=clinician))

    since = words(desk.get(f"{at('review', later)}?since=mine"))
    is_recorded = Opening.objects.filter(revision=later).exists()
    whole = words(desk.get(at("review", later)))
    again = words(desk.get(f"{at('review', later)}?since=mine"))

    assert not is_recorded
    assert "What changed since your verdict on version 2" in since
    assert "Text 3 words added, 0 removed" in since
    assert "you have not opened that yet" in since
    assert "Approve and publish" not in since
    assert "Show what changed since" in whole
    assert "Approve and publish version 3" in again


def test_the_browser_reports_the_viewing_time(desk: Client, waiting: Revision) -> None:
    desk.get(at("review", waiting))

    told = desk.post(at("seconds", waiting), {"seconds": 15})

    assert told.status_code == 204
    assert desk.post(at("seconds", waiting), {"seconds": 0}).status_code == 422


def test_remarks_add_no_queries_to_the_screen(
    desk: Client, waiting: Revision, first: Remark, moderator: User, clinician: User
) -> None:
    remarks.answer(waiting.pk, first.pk, by=clinician, text="These.")
    desk.get(at("review", waiting))
    few = queries_of(desk, at("review", waiting))
    for passage in (remarks.WHOLE, remarks.on_paragraph("A second paragraph."), remarks.on_paragraph(FIRST)):
        thread = remarks.remark(waiting.pk, by=clinician, at=passage.key, text="And?")
        remarks.answer(waiting.pk, thread.pk, by=moderator, text="So.")

    assert queries_of(desk, at("review", waiting)) == few
