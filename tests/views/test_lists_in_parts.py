"""Lists in parts: each row once, the filters kept, every part for the queries of the first, no failure."""

import html
import re
from urllib.parse import parse_qsl, quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.remembered import remembered
from tests.reviewing import signed_in, words
from tests.shown import html_at
from wiki.acts.people import accounts
from wiki.acts.reviewing import review
from wiki.audit import chain
from wiki.models import Cause, Source, Task, clock
from wiki.models.lists import keyset
from wiki.views.reading import recalls

# A list, what its rows are called in the context, and who sees all of it.
LISTS = (
    ("/index/", "rows", None),
    ("/index/symptom/", "rows", None),
    ("/latest/", "rows", None),
    ("/sources/", "rows", "clinician"),
    ("/wiki/hypoparathyroidism/history/", "rows", None),
    ("/record/", "rows", None),
    ("/record/", "rows", "moderator"),
    ("/record/?act=approve", "rows", "moderator"),
    ("/record/anchors/", "rows", None),
    ("/recalls/", "rows", None),
    ("/people/clinician/", "written", None),
    ("/people/moderator/", "approved", None),
    ("/overdue/", "unreviewed", None),
    ("/accounts/roles/", "people", "administrator"),
    ("/accounts/roles/", "log", "administrator"),
    ("/notices/", "rows", "clinician"),
    ("/tasks/", "rows", "moderator"),
)


@remembered
def filled(clinician, colleague, moderator, administrator):
    """Return a page with a history; of everything that is listed there are some."""
    page = cast.make_page(clinician, moderator, "Hypoparathyroidism")
    for title in ("Ataxia", "Seizures", "Tetany", "5q minus"):
        other = cast.make_page(clinician, moderator, title, kind="symptom")
        Task.objects.create(page=other, cause=Cause.SECOND_READ, ref=title, opened_at=clock.now())
    for number in range(3):
        made = cast.approve(cast.propose_change(page, clinician, summary=f"Words {number}."), moderator)
        review.unapprove(made.revision_id, by=moderator, reason="The source says otherwise.")
        chain.anchor()
        role = ("moderator", "clinician", "reader")[number]
        accounts.grant_role(colleague, role, by=administrator)
        Source.objects.create(csl={}, text=f"Adams {number}", type="cohort")
    return page


@pytest.fixture
def in_twos(monkeypatch):
    """Let a part of a list have two rows, of the log and of recalls one."""
    monkeypatch.setattr(keyset, "ROWS_A_PART", 2)
    monkeypatch.setattr("wiki.views.people.accounts.EVENTS_A_PART", 1)
    monkeypatch.setattr(recalls, "RECALLS_A_PART", 1)


def browser_of(who, request):
    """Return the browser of somebody in the cast, or of a stranger."""
    return signed_in(request.getfixturevalue(who)) if who else Client()


def part_of(answer, rows):
    """Return the part of a list that was shown: by itself, or as one of several of a person."""
    of_person = (one.part for one in answer.context.get("lists", ()))
    return next((part for part in of_person if part.name == rows), None) or answer.context[rows]


def led(answer, rel, rows="rows"):
    """Return where the link to the part of a list after this one, or before it, leads."""
    part = part_of(answer, rows)
    place = {
        name: told for name, told in (part.to_next if rel == "next" else part.to_previous).items() if told
    }
    links = re.findall(rf'rel="{rel}" href="([^"#]+)', answer.content.decode())
    (found,) = [one for one in map(html.unescape, links) if place.items() <= dict(parse_qsl(one[1:])).items()]
    return found


@pytest.mark.parametrize(("path", "rows", "who"), LISTS)
def test_each_row_is_shown_once_with_the_queries_of_the_first_part(
    filled, request, settings, path, rows, who
):
    settings.STORES_ANSWERS = False
    browser = browser_of(who, request)
    expected = [one.pk for one in part_of(browser.get(path), rows)]
    request.getfixturevalue("in_twos")
    found: list[int] = []
    counts: list[int] = []
    back: list[int] = []
    address = path
    while address and len(counts) < 40:
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        found += [one.pk for one in part_of(answer, rows)]
        counts.append(len(queries))
        following = part_of(answer, rows).next and led(answer, "next", rows)
        address = f"{path.partition('?')[0]}{following}" if following else None
    while part_of(answer, rows).previous:
        answer = browser.get(f"{path.partition('?')[0]}{led(answer, 'prev', rows)}")
        back.append(part_of(answer, rows).first.pk)

    assert found == expected
    assert len(counts) >= 2
    # An older part of a history asks for the title of the newest version, which it does not show.
    assert max(counts) <= counts[0] + path.endswith("/history/")
    assert back[-1] == expected[0]


@pytest.mark.parametrize("written", ["nowhere", "~", "2026-02-30T000000.000000Z", "a~b~c~d", "1" * 30, "٣"])
@pytest.mark.parametrize("path", ["/latest/", "/sources/", "/record/", "/recalls/", "/record/anchors/"])
def test_no_place_is_answered_with_where_the_list_begins(client, db, path, written):
    answer = client.get(f"{path}?after={quote(written)}")

    assert answer.status_code == 400
    assert "This part of the list does not exist" in words(answer)
    assert f'href="{path}"' in answer.content.decode()


@pytest.mark.parametrize("written", ["", "~", "é", "%ff", "%ed%a0%80", "'; --", "a" * 3000, "[]", "9" * 40])
@pytest.mark.parametrize("name", ["after", "before", "from", "page"])
def test_a_strange_place_in_the_index_is_no_failure(filled, client, name, written):
    answer = client.get(f"/index/?{name}={written}")

    assert answer.status_code == 200
    assert "Hypoparathyroidism" in words(answer)


def test_two_places_at_once_are_refused(client, db):
    assert client.get("/index/?after=a&before=b").status_code == 400


def test_other_requests_that_cannot_be_read_are_answered_as_before(client, db):
    assert "This address cannot be read" in words(client.get("/index/?after=%00"))


def test_a_small_index_counts_and_jumps_within_itself(filled, client):
    shown = html_at(client, "/index/")

    assert "5 pages, A to Z" in shown
    assert '<a href="#letter-h">H</a>' in shown
    assert "noindex" not in shown
    assert "Parts of this list" not in shown


def test_the_letters_of_a_large_index_lead_to_where_they_begin(filled, client, in_twos):
    shown = html_at(client, "/index/symptom/")

    assert re.findall(r'<a href="(\?from=[^"]+)">([^<]+)</a>', shown) == [
        ("?from=0#letter-0", "0–9"),
        ("?from=a#letter-a", "A"),
        ("?from=s#letter-s", "S"),
        ("?from=t#letter-t", "T"),
    ]
    assert "A to Z" in shown
    there = html_at(client, "/index/symptom/?from=s")
    assert "Seizures" in there
    assert "Ataxia" not in there.partition('<nav class="letters')[2].partition("This part:")[0]
    assert "This part: Seizures to Tetany" in " ".join(there.split())
    assert '<meta name="robots" content="noindex">' in there


def test_filters_are_kept_and_files_have_all_lines(filled, moderator, in_twos):
    answer = signed_in(moderator).get("/record/?act=approve")
    following = led(answer, "next")
    shown = signed_in(moderator).get(f"/record/{following}").content.decode()

    assert following.startswith("?act=approve&after=")
    assert '<option value="approve" selected>' in shown
    assert 'href="/record/record.csv?act=approve"' in shown


def test_an_older_part_of_a_history_can_be_compared_with_the_newest(filled, client, settings, in_twos):
    settings.STORES_ANSWERS = False
    answer = client.get("/wiki/hypoparathyroidism/history/")
    older = client.get(f"/wiki/hypoparathyroidism/history/{led(answer, 'next')}").content.decode()

    newest = re.findall(r'<input type="radio" name="to" value="(\d+)">', older)[0]
    assert newest == re.findall(r'name="to"\s+value="(\d+)"', answer.content.decode())[0]
    assert "Compare the two chosen" in older
    assert ">Older</a>" in " ".join(answer.content.decode().split()).replace("> ", ">").replace(" <", "<")
