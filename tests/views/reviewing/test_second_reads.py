"""Judging once more, blind: what is shown, what is not, and what comes of it."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.reviewing import draw, signed_in, words
from wiki.acts.reviewing import review
from wiki.models import Notice, Remark, SecondRead, clock

SECRET = "An approver's private reason."


@pytest.fixture
def third(db):
    """Return a moderator who has had no part in anything, and who may sign a dose."""
    person = cast.make_user("third", "moderator", "Dr Ida Third")
    cast.make_qualified(person, "endocrinology")
    return person


@remembered
def drawn(published, clinician, moderator):
    """Return the second read of a change of the page, since when the page has moved on."""
    cast.make_source(clinician)
    body = cast.document().body.replace("A second paragraph.", "Take 500 mg [@pmid:22327515].")
    waiting = cast.submit(
        cast.make_edit(published, clinician, body=body),
        note="A dose.",
        impact="action",
        meaning="Less is taken.",
    )
    Remark.objects.create(
        page=published,
        revision=waiting,
        text="Is it so?",
        author=moderator,
        author_name="M",
        made_at=clock.now(),
    )
    publication = cast.approve(waiting, moderator)
    later = cast.make_edit(published, clinician, summary="Words that came later.")
    cast.approve(cast.submit(later), moderator)
    return draw(publication)


@pytest.fixture
def path(drawn):
    """Return where it is read again."""
    return f"/review/second-reads/{drawn.pk}/"


def test_a_second_reader_sees_the_comparison_of_that_time(third, path):
    said = words(signed_in(third).get(path))

    assert "Second read of what Dr Ines Albrecht sent in on" in said
    assert "500 mg" in said
    assert "A second paragraph." in said
    assert "“A dose.”" in said
    assert "Less is taken." in said
    assert "A study of calcium" in said
    assert "Words that came later" not in said


def test_blind_the_screen_neither_shows_nor_links_to_the_decision(drawn, third, path):
    html = signed_in(third).get(path).content.decode()

    main = html.partition("<main")[2].partition("</main>")[0]
    for word in ("Dr Amara Osei", "Approved", "Is it so?", "published since", "Readers see it"):
        assert word not in main
    revision = drawn.revision
    for door in (
        f"/review/{revision.pk}/",
        "/history/",
        "/revisions/",
        "/wiki/hypoparathyroidism/",
        "/sources/",
    ):
        assert door not in main


def test_blind_a_rejected_version_looks_like_an_approved_one(
    published, clinician, moderator, third, settings, drawn, path
):
    settings.SECOND_READS = 1
    waiting = cast.propose_change(published, clinician, summary="Not this.")
    review.reject(waiting.pk, by=moderator, reason=SECRET)
    other = SecondRead.objects.get(revision=waiting)
    browser = signed_in(third)

    approved, refused = (
        browser.get(one).content.decode() for one in (path, f"/review/second-reads/{other.pk}/")
    )

    assert SECRET not in refused
    assert "Rejected" not in refused
    verdicts = {
        one.partition('class="box verdict"')[2].partition("</form>")[0] for one in (approved, refused)
    }
    assert len(verdicts) == 1
    listed = words(browser.get("/review/second-reads/"))
    assert "Rejected" not in listed
    assert "Approved" not in listed


def test_an_agreeing_second_read_is_confirmed(drawn, third, path):
    response = signed_in(third).post(path, {"decision": "approve"}, follow=True)

    assert "You and the first reviewer decided the same." in words(response)
    assert "Too few to tell: 1 of 1 agree" in words(response)


def test_a_disagreeing_second_read_is_listed_and_notifies_moderators(drawn, third, moderator, path):
    words_typed = {"decision": "request_changes", "reason": "Which weight?"}

    said = words(signed_in(third).post(path, words_typed, follow=True))

    assert "decided differently; moderators are told" in said
    assert "Approved by" in said
    assert "Changes requested by Dr Ida Third" in said
    assert "Which weight?" in said
    assert Notice.objects.filter(recipient=moderator, event__act="open_task").exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Press the button of what you would decide."),
        ({"decision": "reject"}, "Say why in a sentence"),
        ({"decision": "unapprove", "reason": "Words."}, "Press the button of what you would decide."),
        ({"decision": "reject", "reason": "x" * 4001}, "Shorten this to 4000 characters"),
    ],
)
def test_an_incomplete_second_read_keeps_its_typed_text(drawn, third, path, typed, told):
    response = signed_in(third).post(path, typed)

    assert response.status_code == 422
    assert told in words(response)
    assert typed.get("reason", "") in response.content.decode()
    assert not SecondRead.objects.decided().exists()


def test_a_late_second_read_is_refused_with_its_typed_text(drawn, third, second_moderator, path):
    cast.make_qualified(second_moderator, "endocrinology")
    signed_in(second_moderator).post(path, {"decision": "approve"})

    response = signed_in(third).post(path, {"decision": "reject", "reason": "Too high a dose."})

    assert response.status_code == 409
    assert "Somebody else has read this meanwhile" in words(response)
    assert "Too high a dose." in response.content.decode()


def test_a_participant_cannot_open_a_second_read(drawn, moderator, path):
    assert "Nothing is drawn that you could read" in words(signed_in(moderator).get("/review/second-reads/"))

    assert signed_in(moderator).get(path).status_code == 409


def test_the_queue_counts_second_reads_open_to_the_moderator(drawn, third):
    assert "1 second read that you can do" in words(signed_in(third).get("/review/"))
