"""Entries and rows of data sets: what they show, and that they are no pages."""

from pathlib import Path

import pytest

from wiki.importing.data_sets.hpo import HpoFiles
from wiki.importing.data_sets.loading import load
from wiki.models import DataRow, Entry, StoredAnswer
from wiki.models.lists import keyset

EXCERPT = Path(__file__).parents[2] / "importing" / "data_sets" / "excerpt"


@pytest.fixture
def hpo(db):
    return load(HpoFiles(EXCERPT / "hpo", EXCERPT / "mondo"), progress=print).release


@pytest.mark.parametrize("code", ["HP:0002135", "ORPHA:1980"])
def test_an_entry_shows_its_description_and_data_set(client, hpo, code):
    answer = client.get(f"/data/hpo/{code}/")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text
    for words in ("2025-01-16", "Not reviewed by a clinician", "HPO licence", "https://hpo.jax.org"):
        assert words in text
    assert ("Orphanet, INSERM" in text) == code.startswith("ORPHA")


def test_the_drawing_and_the_table_of_an_entry_list_the_same(client, hpo):
    content = client.get("/data/hpo/HP:0002135/").context["content"]

    assert {box.link.name for box in content.neighbourhood.boxes} == {one.link.name for one in content.lines}
    assert len(content.lines) == 3


@pytest.mark.parametrize("part", [2, 1])
def test_rows_are_listed_in_parts_by_key_each_once(client, hpo, monkeypatch, part):
    path = "/data/hpo/HP:0002135/"
    expected = [row.key for row in client.get(path).context["rows"]]
    monkeypatch.setattr(keyset, "ROWS_A_PART", part)

    found: list[str] = []
    back: list[str] = []
    after: str | None = ""
    while after is not None:
        rows = client.get(path, {"after": after} if after else {}).context["rows"]
        found += [row.key for row in rows]
        after = rows.next
    while rows.previous:
        rows = client.get(path, {"before": rows.previous}).context["rows"]
        back.append(rows.first.key)

    assert found == expected
    assert len(found) == 3
    assert back[-1] == expected[0]
    assert client.get(path, {"after": "nowhere"}).status_code == 400


def test_rows_come_by_how_often_at_most_those_without_a_share_last(client, hpo):
    shares = [row.share_high for row in client.get("/data/hpo/HP:0002135/").context["rows"]]

    assert shares == sorted(shares, key=lambda one: one or 0, reverse=True)


def test_an_entry_needs_few_queries(client, hpo, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/data/hpo/HP:0002135/")


@pytest.mark.parametrize("written", ["hp:0002135", "HP_0002135", "hp_0002135", "Hp:0002485"])
def test_a_code_written_another_way_leads_to_its_entry(client, hpo, written):
    answer = client.get(f"/data/hpo/{written}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/data/hpo/HP:0002135/")


def test_a_former_code_redirects_and_an_unknown_one_gets_404(client, hpo):
    assert client.get("/data/hpo/HP:0002485/").url == "/data/hpo/HP:0002135/"
    assert client.get("/data/hpo/HP:9999999/").status_code == 404
    assert client.get("/data/nothing/HP:0002135/").status_code == 404


def test_a_row_has_an_address_and_an_unknown_row_gets_404(client, hpo):
    row = DataRow.objects.links()[0]

    assert row.key in client.get(f"/data/rows/{row.key}/").content.decode()
    unknown = client.get(f"/data/rows/{'0' * 64}/")
    assert (unknown.status_code, unknown.headers["X-Robots-Tag"]) == (404, "noindex")
    assert "An earlier release may have had it" in unknown.content.decode()


def test_a_removed_entry_says_so(client, hpo, tmp_path):
    for name in ("hp.obo", "phenotype.hpoa"):
        text = (EXCERPT / "hpo" / name).read_text()
        lines = text.splitlines(keepends=True)
        (tmp_path / name).write_text("".join(one for one in lines if not one.startswith("ORPHA:1980\t")))
    assert Entry.objects.at("hpo", "ORPHA:1980")
    client.get("/data/hpo/HP:0002135/")

    load(HpoFiles(tmp_path, EXCERPT / "mondo"), progress=print)

    assert client.get("/data/hpo/ORPHA:1980/").status_code == 410
    assert (
        StoredAnswer.objects.count() == 0
        or "ORPHA:1980" not in client.get("/data/hpo/HP:0002135/").content.decode()
    )


def test_entries_are_in_no_list_of_pages(client, hpo):
    for address in ("/", "/index/", "/latest/", "/sitemap.xml", "/feeds/approvals/"):
        assert "/data/hpo/" not in client.get(address).content.decode()
    assert "Disallow: /data/" in client.get("/robots.txt").content.decode()


def test_search_has_a_group_of_entries_that_can_be_switched_off(client, hpo):
    text = client.get("/search/?q=ganglion+calcification").content.decode()
    without = client.get("/search/?q=ganglion+calcification&data=off").content.decode()

    assert '<a class="title" href="/data/hpo/HP:0002135/">' in text
    assert "In data sets, not reviewed by a clinician" in text
    assert "release 2025-01-16" in text
    assert "/data/hpo/" not in without
    assert "Show data sets as well" in without


def test_a_search_that_only_leaves_out_words_lists_no_entries(client, hpo):
    assert "/data/hpo/" not in client.get("/search/?q=-epilepsy").content.decode()


@pytest.mark.parametrize("query", ["", "'", '"', "-", "& | !", "x" * 2000, "the"])
def test_odd_queries_find_no_entry_without_error(client, hpo, query):
    assert client.get("/search/", {"q": query}).status_code == 200
