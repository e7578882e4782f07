"""What readers saw of a page and when: its history, old versions, comparisons, and how to cite one."""

import datetime as dt
import re

import pytest

from tests import cast
from tests.remembered import remembered
from tests.reviewing import signed_in
from tests.shown import html_at, only
from wiki.acts.reviewing import review
from wiki.acts.safety import corrections, suppression
from wiki.acts.writing import drafts
from wiki.models import Publication

AT_HOME = "/wiki/hypoparathyroidism/"


def shown(client, path):
    """Return what is told beneath the page's own address."""
    return html_at(client, f"{AT_HOME}{path}")


def change(page, author, moderator, note="Better words.", **changes):
    """Return the publication of a change."""
    return cast.approve(cast.submit(cast.make_edit(page, author, **changes), note=note), moderator)


@remembered
def changed(published, clinician, moderator):
    """Return a page whose second version is published."""
    change(published, clinician, moderator, "Says it more plainly.", summary="Too little of one hormone.")
    return published


def entries(html):
    """Return the words of each entry of the timeline."""
    timeline = only(r'<ol class="timeline.*?</ol>', html)
    return [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in timeline.split("<li")[1:]]


def test_the_history_lists_published_versions_newest_first(changed, client):
    second, first = entries(shown(client, "history/"))

    assert "Version 2 Live" in second
    assert "to now" in second
    assert "Says it more plainly." in second
    assert (
        "Written by Dr Ines Albrecht . This change was approved by Dr Amara Osei , neuroradiologist" in second
    )
    assert "Version 1 Replaced" in first


def test_the_history_shows_a_revert_with_person_and_reason(changed, client, second_moderator):
    live = Publication.objects.open().get(page=changed)
    review.unapprove(live.revision_id, by=second_moderator, reason="The source says otherwise.")

    back, taken, _ = entries(shown(client, "history/"))

    assert "Version 1 Live" in back
    assert "Version 2 Approval reverted" in taken
    assert "Reverted by Dr Lena Fischer: “The source says otherwise.”" in taken


def test_the_history_names_all_authors_of_a_version(published, client, clinician, colleague, moderator):
    below = cast.submit(cast.make_edit(published, clinician, summary="From the first."))
    above = drafts.build_on(below, author=colleague)
    above = drafts.save(above, cast.document("Hypoparathyroidism", summary="From both."), by=colleague)
    cast.approve(cast.submit(above), moderator)

    newest, _ = entries(shown(client, "history/"))

    assert "Written by Dr Ines Albrecht and Dr Tomás Rey ." in newest


@pytest.mark.parametrize("role", [None, "reader", "clinician", "moderator"])
def test_the_history_shows_waiting_work_to_writers_only(changed, client, clinician, request, role):
    cast.submit(cast.make_edit(changed, clinician, summary="Waits."), note="Waiting work.")
    cast.make_edit(changed, clinician, summary="A draft.")
    if role:
        client.force_login(request.getfixturevalue(role))

    html = shown(client, "history/")

    assert len(entries(html)) == 2
    assert ("Waiting work" in html) == (role in ("clinician", "moderator"))
    assert "A draft" not in html


def test_a_long_history_takes_no_more_queries_than_a_short_one(
    changed, client, clinician, moderator, django_assert_num_queries
):
    def count():
        with django_assert_num_queries(7):
            return len(entries(shown(client, "history/")))

    assert count() == 2
    for number in range(8):
        change(changed, clinician, moderator, summary=f"Summary {number}.")
    assert count() == 10


def test_each_moment_has_one_published_version(changed):
    first, second = Publication.objects.order_by("pk")

    seen = [Publication.objects.at(moment).get() for moment in (first.since, second.since)]
    assert seen == [first, second]
    assert not Publication.objects.at(first.since - dt.timedelta(microseconds=1)).exists()


# --- One version -------------------------------------------------------------------------------------------


def banner(html):
    """Return what an old version says of itself."""
    return " ".join(re.sub("<[^>]+>", "", only(r'<p class="signed".*?</p>', html)).split())


def test_each_version_shows_its_present_state(changed, client, moderator):
    until = Publication.objects.exclude(ending="").get().until
    assert until is not None

    assert banner(shown(client, "revisions/1/")).startswith(
        f"Version 1: superseded on {until.day} {until:%B %Y}."
    )
    assert banner(shown(client, "revisions/2/")).startswith(
        "Version 2: published now. Not yet reviewed as a whole. This change was approved by Dr Amara Osei"
    )

    live = Publication.objects.open().get(page=changed)
    review.unapprove(live.revision_id, by=moderator, reason="It is wrong.")

    said = banner(shown(client, "revisions/2/"))
    assert "its approval was reverted on" in said
    assert "“It is wrong.”" in said


def test_an_old_version_shows_its_own_words_and_statements(published, client, clinician, moderator):
    source = cast.make_source(clinician)
    seizures = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    row = cast.statement(seizures, "has_manifestation", note="In one of four.")
    body = "## What it is\n\nSee [[Seizures]].[@pmid:22327515]"
    change(published, clinician, moderator, statements=(row,), body=body)
    change(published, clinician, moderator, statements=(), body="## What it is\n\nOther words.")

    html = shown(client, "revisions/2/")

    assert '<a href="/wiki/seizures/">Seizures</a>' in html
    assert "In one of four." in html
    assert source.text in html
    assert "Other words" not in html


def test_a_waiting_version_is_marked_as_never_published(changed, client, clinician, reader):
    waiting = cast.submit(cast.make_edit(changed, clinician, summary="Waits."))
    path = f"{AT_HOME}revisions/{waiting.number}/"

    for person, status in ((None, 404), (reader, 404), (clinician, 200)):
        if person:
            client.force_login(person)
        assert client.get(path).status_code == status
    assert "never published" in banner(shown(client, f"revisions/{waiting.number}/"))


# --- Comparing ---------------------------------------------------------------------------------------------


def test_prose_is_compared_word_by_word(published, client, clinician, moderator):
    body = cast.document().body
    change(
        published, clinician, moderator, body=body.replace("A second paragraph", "A second, longer paragraph")
    )

    html = shown(client, "compare/?from=1&to=2")

    assert "A second<ins>, longer</ins> paragraph." in html
    assert "What it is, paragraph 2" in html
    assert "1 word added, 0 removed" in html


def test_statements_are_compared_by_row_with_a_sign_and_a_word(published, client, clinician, moderator):
    cast.make_source(clinician)
    sign, other = (
        cast.make_page(clinician, moderator, one, kind="symptom") for one in ("Seizures", "Cramps")
    )
    kept = cast.statement(sign, "has_manifestation")
    regraded = cast.statement(sign, "has_manifestation", grade="high")
    change(published, clinician, moderator, statements=(kept,))
    change(published, clinician, moderator, statements=(regraded, cast.statement(other, "has_manifestation")))

    html = shown(client, "compare/?from=2&to=3")

    assert (
        '<td class="mk" data-row="changed">Changed</td> <td> <b>can cause</b> <a href="/wiki/seizures/">'
        in html
    )
    assert "<del>Low certainty</del><ins>High certainty</ins>" in html
    assert '<td class="mk" data-row="added">Added</td> <td> <b>can cause</b> <a href="/wiki/cramps/">' in html
    assert "1 added, 1 changed, 0 removed, 0 as before" in html


def test_a_comparison_shows_title_names_and_codes_and_escapes_them(published, client, clinician, moderator):
    change(published, clinician, moderator, title="Low <PTH>", aliases=("<b>PTH</b>",))

    answer = client.get("/wiki/low-under-pth-over/compare/?from=1&to=2").content.decode()

    assert "<del>Hypoparathyroidism</del>" in answer
    assert "<ins>Low &lt;PTH&gt;</ins>" in answer
    assert "<ins>&lt;b&gt;PTH&lt;/b&gt;</ins>" in answer


def test_comparing_equal_versions_says_so(changed, client):
    assert "The two say the same, word for word." in shown(client, "compare/?from=2&to=2")


def test_without_numbers_the_two_newest_are_compared(changed, client):
    html = shown(client, "compare/")

    assert '<a href="/wiki/hypoparathyroidism/revisions/1/">version 1</a>' in html
    assert '<a href="/wiki/hypoparathyroidism/revisions/2/">version 2</a>' in html


@pytest.mark.parametrize(
    "query", ["from=1&to=9", "from=x&to=1", "from=-1&to=1", "from=1&to=99999999999", "from=²&to=1"]
)
def test_comparing_with_an_unknown_version_gets_404(changed, client, query):
    assert client.get(f"{AT_HOME}compare/?{query}").status_code == 404


def test_a_reader_cannot_compare_with_work_that_waits(changed, client, clinician):
    waiting = cast.submit(cast.make_edit(changed, clinician, summary="Secret words."))

    answer = client.get(f"{AT_HOME}compare/?from=1&to={waiting.number}")

    assert answer.status_code == 404
    assert "Secret" not in answer.content.decode()


# --- Citing ------------------------------------------------------------------------------------------------


def test_a_page_says_how_to_cite_this_version_of_it(changed, client):
    html = shown(client, "cite/")

    assert "http://testserver/wiki/hypoparathyroidism/revisions/2/" in html
    assert "Dr Ines Albrecht. Hypoparathyroidism. Causeway. Version 2. Not yet reviewed as a whole; " in html
    assert "2 changes approved, the last by Dr Amara Osei" in html


@pytest.mark.parametrize(
    ("form", "name", "begins"),
    [
        ("bibtex", "hypoparathyroidism.bib", "@misc{causeway-hypoparathyroidism-v2,"),
        ("ris", "hypoparathyroidism.ris", "TY  - ELEC"),
    ],
)
def test_the_citation_can_be_downloaded_in_each_format(changed, client, form, name, begins):
    answer = client.get(f"{AT_HOME}cite/", {"format": form})

    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content.decode().startswith(begins)
    assert answer["Content-Type"].endswith("charset=utf-8")


def test_a_starter_version_is_marked_in_page_citation_and_history(client, clinician, moderator):
    page = cast.load_page("Seizures")
    said = "not yet reviewed by a clinician"

    for path in ("revisions/1/", "cite/?format=bibtex", "cite/?format=ris"):
        assert said in html_at(client, f"/wiki/seizures/{path}"), path
    change(page, clinician, moderator)

    assert said in html_at(client, "/wiki/seizures/revisions/1/")
    assert said in html_at(client, "/wiki/seizures/revisions/2/")
    assert "Starter content, not yet reviewed by a clinician." in html_at(client, "/wiki/seizures/history/")


def test_what_is_withheld_is_gone_from_a_comparison_that_was_looked_at_before(
    changed, clinician, reader, moderator, second_moderator
):
    change(changed, clinician, moderator, body=f"{cast.document().body}\n\nIt is seen in salt marshes.")
    browser = signed_in(reader)
    before = [shown(browser, "compare/?from=2&to=3") for _ in range(2)]
    proposed = corrections.propose(
        changed, passage="It is seen in salt marshes.", replacement="", reason="Wrong.", by=moderator
    )
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)

    assert before[0] == before[1]
    assert "It is seen in salt marshes." in before[0]
    assert "It is seen in salt marshes." not in shown(browser, "compare/?from=2&to=3")
    suppression.suppress(
        Publication.objects.open().get(page=changed).revision_id, by=moderator, reason="Named."
    )
    assert browser.get(f"{AT_HOME}compare/?from=2&to=3").status_code == 404
