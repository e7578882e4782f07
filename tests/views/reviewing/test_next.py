"""The way from one submission to the next: it keeps the filters, and leaves to others what is theirs."""

import itertools
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, signed_in, verdict_on, words
from wiki.acts.reviewing import claims
from wiki.acts.reviewing.remarks import WHOLE
from wiki.acts.writing import drafts
from wiki.models import clock
from wiki.screens.reviewing.queue import Order, QueueFilter, narrowed, queue_of


@remembered
def five(published, clinician, moderator, second_moderator):
    """Return what waits: three changes of one page by three people, and two new pages."""
    writers = [cast.make_user(f"writer-{n}", "clinician") for n in range(3)]
    changes = [cast.propose_change(published, one, summary=f"Words of {one}.") for one in writers]
    new = [
        cast.submit(drafts.propose(cast.document(f"Seizures {n}", kind="symptom"), author=clinician))
        for n in range(2)
    ]
    return [*changes, *new]


@pytest.fixture
def desk(moderator):
    return signed_in(moderator)


def led_to(answer):
    """Return where an answer leads: the id of a submission or None, and what goes along."""
    url = urlsplit(answer.url)
    number = url.path.removeprefix("/review/").strip("/")
    return int(number) if number else None, parse_qs(url.query)


def test_a_verdict_leads_to_the_next_submission_within_the_filter(five, desk):
    symptoms = {one.pk for one in five[3:]}
    path = f"{at('approve', five[3])}?kind=symptom&order=size"

    number, along = led_to(desk.post(path, verdict_on(five[3])))
    last = led_to(desk.post(f"{at('approve', five[4])}?kind=symptom&order=size", verdict_on(five[4])))

    assert number in symptoms - {five[3].pk}
    assert along == {"kind": ["symptom"], "order": ["size"]}
    assert last == (None, {"kind": ["symptom"], "order": ["size"]})


def test_skipped_submissions_are_not_offered_again(five, desk):
    path, seen = at("later", five[0]), {five[0].pk}
    for _ in range(4):
        number, along = led_to(desk.get(path))
        assert number not in seen
        seen.add(number)
        path = f"/review/{number}/later/?skip=" + "&skip=".join(along["skip"])

    assert seen == {one.pk for one in five}
    assert led_to(desk.get(path)) == (None, {})


def test_submissions_claimed_by_others_are_not_offered(five, desk, moderator, second_moderator):
    for one in five[1:4]:
        claims.claim(one.pk, by=second_moderator)
    claims.claim(five[4].pk, by=moderator)

    assert led_to(desk.get(at("later", five[0])))[0] == five[4].pk
    claims.release(five[4].pk, by=moderator)
    claims.claim(five[4].pk, by=second_moderator)
    assert led_to(desk.get(at("later", five[0])))[0] is None


def test_links_between_queue_and_screen_keep_the_filter(five, desk):
    queue = desk.get("/review/?kind=symptom&page=1&token=x").content.decode()
    screen = desk.get(f"{at('review', five[3])}?kind=symptom&skip={five[4].pk}").content.decode()

    assert f'{at("review", five[3])}?kind=symptom"' in queue
    for name in ("approve", "reject", "request-changes", "later"):
        assert f"{at(name, five[3])}?kind=symptom&amp;skip={five[4].pk}" in screen
    assert f"/review/?kind=symptom&amp;skip={five[4].pk}" in screen


def test_acts_on_the_screen_keep_the_filter(five, desk, moderator):
    one, along = five[3], {"kind": ["symptom"]}
    path = f"{at('review', one)}?kind=symptom"
    for name in ("claim", "release"):
        assert f'"{at(name, one)}?kind=symptom"' in desk.get(path).content.decode()
        assert led_to(desk.post(f"{at(name, one)}?kind=symptom")) == (one.pk, along)
        claims.claim(one.pk, by=moderator)
    said = desk.post(f"{at('remark', one)}?kind=symptom", {"at": WHOLE.key, "text": "Is this so?"})
    threads = re.findall(
        rf'action="({at("review", one)}remarks/\d+/(?:answer|resolve)/[^"#]*)',
        desk.get(path).content.decode(),
    )

    assert led_to(said) == (one.pk, along)
    assert len(threads) == 2
    for there in threads:
        assert led_to(desk.post(there, {"text": "Yes."})) == (one.pk, along)
    assert 'href="?kind=symptom#text-h"' in desk.get(f"{path}&text=exact").content.decode()
    edit = f"{at('review', five[0])}?kind=condition"
    assert 'href="?kind=condition&amp;remark=' in desk.get(edit).content.decode()
    assert f'{at("review-whole-page", one)}?kind=symptom"' in desk.get(path).content.decode()


def test_a_rebase_keeps_the_filter(five, published, desk, moderator):
    writer = cast.make_user("another-writer", "clinician")
    waiting = cast.propose_change(published, writer, aliases=("Another name",))
    cast.approve(five[0], moderator)
    path = f"{at('rebase', waiting)}?kind=condition"

    assert f'"{path}"' in desk.get(f"{at('review', waiting)}?kind=condition").content.decode()
    merged, along = led_to(desk.post(path))
    assert (merged != waiting.pk, along) == (True, {"kind": ["condition"]})


def test_an_invalid_skip_parameter_is_ignored(five, desk):
    assert led_to(desk.get(f"{at('later', five[0])}?skip=x&skip=-1&skip=9e9"))[0] is not None


def test_submissions_of_one_page_are_adjacent_in_every_order(five, moderator):
    queue = queue_of(moderator)
    for order in Order:
        rows = narrowed(queue, QueueFilter(order=order), by=moderator, now=clock.now()).rows
        pages = [one.revision.page_id for one in rows]
        assert len(pages) == 5
        assert sum(a != b for a, b in itertools.pairwise(pages)) == 2


def test_a_queue_row_shows_note_changes_and_ones_signing_capacity(published, clinician, desk):
    waiting = cast.submit(
        cast.make_edit(
            published,
            clinician,
            summary="Other words.",
            body="## What it is\n\nA second paragraph.\n\nA first paragraph.\n\nA third paragraph, longer.",
        ),
        note="The order of the two was wrong.",
    )

    said = words(desk.get("/review/"))

    assert "Dr Ines Albrecht says: “The order of the two was wrong.”" in said
    assert "Changes: summary, “What it is”, 1 passage moved" in said
    assert "You can sign as the clinician with a verified registration" in said

    screen = words(desk.get(f"/review/{waiting.pk}/"))
    assert re.search(r"Text \d+ words added, \d+ removed, 1 passage moved", screen)
    assert "the summary among them. 1 passage moved." in screen


def test_a_queue_row_names_what_changes_beside_the_text(published, clinician, moderator, desk):
    cast.make_source(clinician)
    rows = [cast.statement(cast.make_page(clinician, moderator, title)) for title in ("Seizures", "Tetany")]
    cast.approve(cast.propose_change(published, clinician, statements=tuple(rows)), moderator)
    cast.propose_change(published, clinician, aliases=("another name",), statements=tuple(rows[::-1]))

    assert "Changes: other names, order of the statements" in words(desk.get("/review/"))
