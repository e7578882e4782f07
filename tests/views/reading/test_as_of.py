"""What the wiki said on some day: pages, statements, references and search, plainly marked."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests import cast, pictures
from tests.remembered import remembered
from tests.reviewing import queries_of, words
from wiki.acts.reviewing import review
from wiki.acts.safety import suppression
from wiki.models import Correction, Publication, clock
from wiki.text.days import day_in_words

PATH = "/wiki/hypoparathyroidism/"
BODY = "## What it is\n\nCalcium falls [@pmid:22327515] and may cause [[Tetany]].\n\nZinc helps.\n\nThird."


@remembered
def tetany(clinician, moderator):
    return cast.make_page(clinician, moderator, "Tetany", kind="symptom")


@remembered
def told(published, tetany, source, clinician, moderator):
    """Return the second version of the page: it links, cites and makes a statement."""
    revision = cast.propose_change(published, clinician, body=BODY, statements=(cast.statement(tetany),))
    cast.approve(revision, moderator)
    return revision


@remembered
def that_day(told):
    """Return the day on which it was published; some days later everything is different."""
    return timezone.localdate()


@pytest.fixture
def later(that_day):
    """Let some days go by."""
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        yield


def as_of(client, day, path=PATH):
    return client.get(path, {"as_of": f"{day}"})


def change_everything(page, tetany, clinician, moderator):
    """Let both ends of the statement be called otherwise, and the page say nothing of it any more."""
    cast.approve(
        cast.propose_change(
            page, clinician, title="Low hormone", body="## New\n\nA.\n\nB.\n\nC.", statements=()
        ),
        moderator,
    )
    cast.approve(cast.propose_change(tetany, clinician, title="Cramps", kind="finding"), moderator)


def test_a_past_day_lists_only_statements_about_this_page(
    published, tetany, told, client, clinician, moderator
):
    rows = (cast.statement(published), cast.statement(tetany))
    cast.make_page(clinician, moderator, "Third", statements=rows)
    day = timezone.localdate()

    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        answer = as_of(client, day)

    assert f'/wiki/third/?as_of={day}">Third</a>' in answer.content.decode()


def test_a_past_day_shows_text_statements_and_references_of_that_day(
    published, tetany, later, that_day, client, clinician, moderator
):
    change_everything(published, tetany, clinician, moderator)
    _in_the_past(that_day)

    answer = as_of(client, that_day)

    said = words(answer)
    assert answer.status_code == 200
    assert "This is what readers saw on" in said
    assert "superseded on" in said
    assert "Calcium falls" in said
    assert "A study of calcium" in said
    assert f'/wiki/tetany/?as_of={that_day}">Tetany</a>' in answer.content.decode()
    assert "Cramps" not in said
    assert "Low hormone" not in said


def _in_the_past(day):
    """Let what was replaced just now have been replaced the day after: the database's clock cannot travel."""
    until = f"{day + dt.timedelta(days=1)} 12:00Z"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE wiki_publication SET in_force = tstzrange(%s, NULL) WHERE upper_inf(in_force)", [until]
        )
        cursor.execute(
            "UPDATE wiki_publication SET in_force = tstzrange(lower(in_force), %s)"
            " WHERE id IN"
            " (SELECT max(id) FROM wiki_publication WHERE NOT upper_inf(in_force) GROUP BY page_id)",
            [until],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_past_day_shows_statements_on_their_object_page_too(published, tetany, later, that_day, client):
    answer = as_of(client, that_day, "/wiki/tetany/")

    assert "Hypoparathyroidism" in words(answer)
    assert f"{PATH}?as_of={that_day}" in answer.content.decode()


def test_a_past_day_is_marked_and_links_to_today(later, that_day, client):
    page = as_of(client, that_day).content.decode()

    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://testserver{PATH}">' in page
    assert f'<a href="{PATH}">Read what is published today</a>' in page
    assert "/edit/" not in page


def test_a_past_day_takes_a_fixed_number_of_queries(later, that_day, published, client, clinician, moderator):
    rows = (cast.statement(published),)
    cast.make_page(clinician, moderator, "Cause", statements=rows)
    before = queries_of(client, f"{PATH}?as_of={that_day}")
    for number in range(3):
        cast.make_page(clinician, moderator, f"Cause {number}", statements=rows)

    assert queries_of(client, f"{PATH}?as_of={that_day}") == before


@pytest.mark.parametrize("who", ["reader", "moderator"])
def test_a_past_day_warns_of_a_version_reverted_since(who, later, that_day, told, client, moderator, request):
    client.force_login(request.getfixturevalue(who))
    review.unapprove(told.pk, by=moderator, reason="The dose was wrong.")
    _in_the_past(that_day)

    said = words(as_of(client, that_day))

    assert "its approval was reverted on" in said
    assert "Do not rely on it." in said
    assert "The dose was wrong." in said


def test_a_past_day_hides_a_passage_corrected_since(later, that_day, published, told, client, moderator):
    now = clock.now()
    Correction.objects.create(
        page=published,
        revision=told,
        passage="Zinc helps.",
        replacement="Ask a doctor.",
        reason="Harmful.",
        proposed_by=moderator,
        proposed_by_name="A",
        proposed_at=now,
        seconded_by_name="B",
        seconded_at=now,
        lapses_at=now + dt.timedelta(hours=72),
    )

    said = words(as_of(client, that_day))

    assert "Zinc" not in said
    assert "corrected for safety since" in said
    assert not client.get("/search/", {"q": "zinc", "as_of": f"{that_day}"}).context["rows"].object_list


def test_a_version_suppressed_since_is_hidden_in_day_search_and_print(
    later, that_day, published, told, client, moderator
):
    suppression.suppress(told.pk, by=moderator, reason="It names a patient.")
    _in_the_past(that_day)

    assert "Calcium falls" not in words(as_of(client, that_day))
    assert not client.get("/search/", {"q": "calcium", "as_of": f"{that_day}"}).context["rows"].object_list
    assert client.get(f"/v/{published.pk}-2/").status_code == 404


@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("1999-12-31", 404, "Readers have seen it since"),
        # A blank before the time; and the plus sign of a zone, which an address gives as a blank.
        ("1999-12-31 04:00", 404, "31 December 1999 at 04:00 UTC"),
        ("1999-12-31T04:00 02:00", 404, "31 December 1999 at 02:00 UTC"),
        ("1999-12-31 04:00 yesterday", 400, "is not a day"),
        ("yesterday", 400, "“yesterday” is not a day"),
        ("2026-02-31", 400, "is not a day"),
        ("\x00", 400, "cannot be read"),
        ("9999-12-31", 404, "That day has not come yet"),
        # These moments lie beyond the calendar of another zone.
        ("0001-01-01T00:00+14:00", 400, "is not a day"),
        ("9999-12-31T23:59-14:00", 400, "is not a day"),
    ],
)
def test_an_invalid_day_is_refused_with_the_reason(told, client, day, status, said):
    answer = as_of(client, day)

    assert answer.status_code == status
    assert said in words(answer)


def test_a_day_without_a_published_version_says_so(later, that_day, published, told, client, moderator):
    first = Publication.objects.filter(page=published).order_by("pk")[0].revision
    review.unapprove(told.pk, by=moderator, reason="Wrong.")
    review.unapprove(first.pk, by=moderator, reason="Wrong too.")

    answer = as_of(client, that_day + dt.timedelta(days=1))

    assert answer.status_code == 404
    assert "what readers had seen was reverted" in words(answer)


def test_a_reverted_version_is_told_in_a_whole_sentence(told, client, moderator):
    seen_at = timezone.now()
    review.unapprove(told.pk, by=moderator, reason="Wrong.")

    said = words(as_of(client, seen_at.isoformat()))

    day = day_in_words(timezone.localdate())
    assert (
        f"Its version {told.number} is no longer approved: its approval was reverted on {day}. Do not rely"
        in said
    )


def test_a_time_of_day_selects_between_two_versions(told, client):
    second, first = Publication.objects.of_page(told.page)
    assert first.until is not None
    between = first.since + (first.until - first.since) / 2

    earlier = as_of(client, between.isoformat())
    local = timezone.localtime(between)
    by_fields = client.get(PATH, {"as_of": f"{local:%Y-%m-%d}", "at": f"{local:%H:%M:%S.%f}"})

    for answer in (earlier, by_fields):
        assert answer.status_code == 200
        assert f"Its version {first.revision.number} was superseded on" in words(answer)
    later = as_of(client, timezone.now().isoformat())
    assert f"Its version {second.revision.number} is published now" in words(later)
    to_come = as_of(client, (timezone.now() + dt.timedelta(minutes=1)).isoformat())
    assert (to_come.status_code, "has not come yet" in words(to_come)) == (404, True)


def test_todays_date_redirects_to_the_page(told, client):
    assert as_of(client, timezone.localdate()).url == PATH


def test_search_as_of_a_day_finds_the_text_of_that_day(
    published, tetany, later, that_day, client, clinician, moderator
):
    change_everything(published, tetany, clinician, moderator)
    _in_the_past(that_day)

    answer = client.get("/search/", {"q": "calcium falls", "as_of": f"{that_day}"})

    said = words(answer)
    assert "This is what readers saw on" in said
    assert "Hypoparathyroidism condition, version 2" in said
    assert f'{PATH}?as_of={that_day}"' in answer.content.decode()
    assert "<mark>Calcium</mark> <mark>falls</mark>" in answer.content.decode()
    assert "No results among the pages that readers saw that day." in words(
        client.get("/search/", {"q": "cramps", "as_of": f"{that_day}"})
    )


MARKED = """## In the blood

Calcium *falls* [@pmid:22327515] in [[Tetany|cramps]] [@pmid:22327515].[^1]

![A drawing of calcium](image:{picture} "Patches.")

::: urgent Call an ambulance for
- a first seizure.
:::

| Test | Finds |
| :-- | --- |
| Calcium | [low](https://example.org/low) |

[^1]: A footnote."""


def test_an_excerpt_of_a_day_holds_words_and_no_marks(
    published, source, tetany, client, clinician, moderator
):
    body = MARKED.replace("{picture}", pictures.make_image(clinician).name)
    cast.approve(cast.propose_change(published, clinician, body=body), moderator)
    cast.approve(cast.propose_change(published, clinician, body=BODY), moderator)
    today = timezone.localdate()
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        _in_the_past(today)
        answer = client.get("/search/", {"q": "calcium", "as_of": f"{today}"})

    excerpt = words(answer).partition("version 2 ")[2].partition(" Causeway explains")[0]
    for sign in (
        "[",
        "]",
        "(",
        "|",
        "#",
        "*",
        "_",
        ":::",
        "- ",
        "--",
        "@",
        "^",
        "image:",
        "https:",
        "· ·",
        "urgent",
    ):
        assert sign not in excerpt, sign
    assert "Calcium falls in cramps." in excerpt
    assert "A drawing of calcium" in excerpt


@pytest.mark.parametrize(
    ("day", "said"), [("soon", "“soon” is not a day"), ("9999-01-01", "1 January 9999 has not come yet")]
)
def test_search_as_of_an_invalid_day_shows_the_error(db, client, day, said):
    answer = client.get("/search/", {"q": "calcium", "as_of": day})

    assert answer.status_code == 400
    assert said in words(answer)
    assert 'value="calcium"' in answer.content.decode()


def test_search_as_of_today_is_the_search_of_today(told, client):
    answer = client.get("/search/", {"q": "calcium", "as_of": f"{timezone.localdate()}"})

    assert answer.templates[0].name == "search/search.html"
