"""Finding pages: by their very name, by words, with slips, and not at all."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.shown import html_of, only
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.models import Posting, SearchStatistics, Spelling
from wiki.models.search.ranking import count_words, ranked
from wiki.text.document import Code
from wiki.text.search.folding import STOP_WORDS
from wiki.text.search.question import read


def found(client, query, **more):
    """Return the answer to a search whose list is asked for."""
    return client.get("/search/", {"q": query, "all": "1", **more})


def titles(answer, part="found-h"):
    """Return the titles under one heading of the results."""
    section = re.search(rf'aria-labelledby="{part}".*?</section>', answer.content.decode(), re.DOTALL)
    return re.findall(r'class="title"[^>]*>(.*?)</a>', section[0]) if section else []


@pytest.mark.parametrize(
    "query",
    [
        "Hypoparathyroidism", "hypoparathyroidism", "  HYPOparathyroidism ", "PTH deficiency",
        "pth-deficiency", "menages disease", "Ménage's disease", "E20.9", "e20.9", "ICD-10 E20.9",
        "ICD10:E20.9", "ICD-10: E20.9", "E20.9 (ICD-10)",
    ],
)  # fmt: skip
def test_an_exact_title_alias_or_code_redirects_to_the_page(library, client, query):
    answer = client.get("/search/", {"q": query})

    assert answer.status_code == 302
    assert answer.url.partition("?")[0] == "/wiki/hypoparathyroidism/"
    assert ("called=" in answer.url) == ("hypo" not in query.lower())


@pytest.mark.parametrize(
    ("system", "status"), [("ORPHA", 302), ("Orphanet", 302), ("DOID", 200), ("NCBI Gene", 200)]
)
def test_a_code_leads_to_a_page_that_has_it_in_the_system_named(clinician, moderator, client, system, status):
    cast.make_page(clinician, moderator, "Sickness", codes=(Code("Orphanet", "1980"),))

    assert client.get("/search/", {"q": "1980"}).status_code == 302
    assert client.get("/search/", {"q": f"{system} 1980"}).status_code == status


@pytest.mark.parametrize("query", ["ICD10:E20.91", "E20.91 (ICD-10-CM)", "icd-10-cm E2091", "E2091", "E209"])
def test_a_narrower_code_or_one_without_its_point_finds_the_page_on_the_wider_one(library, client, query):
    assert titles(found(client, query)) == ["Hypoparathyroidism"]


def test_the_result_list_can_be_requested_for_an_exact_title(library, client):
    answer = found(client, "Hypoparathyroidism")

    assert answer.status_code == 200
    assert titles(answer, "exact-h") == ["Hypoparathyroidism"]
    assert titles(answer) == ["Hypoparathyroidism", "Brain calcification"]


def test_a_name_of_two_pages_lists_both(library, client, clinician, moderator):
    cast.make_page(clinician, moderator, "Low PTH", aliases=("PTH deficiency",))

    answer = client.get("/search/", {"q": "pth deficiency"})

    assert answer.status_code == 200
    assert titles(answer, "exact-h") == ["Hypoparathyroidism", "Low PTH"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hormone", ["Hypoparathyroidism"]),
        ("calcium", ["Brain calcification"]),
        ("fit spasm", ["Seizures"]),
        ('"parathyroid hormone"', ["Hypoparathyroidism"]),
        ("hypoparathyroidism -calcium", ["Hypoparathyroidism"]),
        ("calcium or spasms", ["Brain calcification", "Seizures"]),
        ('hypoparathyroidism -"often with"', ["Hypoparathyroidism"]),
        ('"hormone parathyroid" -deficiency', []),
        ("-calcium", []),
        ("what helps against spasms", ["Seizures"]),
        ("tissues calcified", ["Brain calcification"]),
        ("convulsions", ["Seizures"]),
    ],
)
def test_words_are_found_in_titles_summaries_and_bodies(library, client, query, expected):
    assert sorted(titles(found(client, query))) == expected


def test_a_match_in_the_title_ranks_above_the_body(library, client):
    assert titles(found(client, "hypoparathyroidism"))[0] == "Hypoparathyroidism"


def test_excerpts_mark_matches_and_escape_everything_else(client, clinician, moderator):
    body = "Levels < 5 & <script>alert(1)</script> calcium <b>there</b> &lt;i&gt;."
    cast.make_page(clinician, moderator, "Trick", body=body)

    excerpt = only(r"<p>([^\n]*<mark>[^\n]*)</p>", found(client, "calcium").content.decode())

    assert "<mark>calcium</mark>" in excerpt
    assert excerpt.startswith("Levels &lt; 5 &amp; ")
    assert set(re.findall(r"<[^>]*>", excerpt)) == {"<mark>", "</mark>"}


@pytest.mark.parametrize(
    ("query", "title", "instead"),
    [
        ("hypoparathiroidism", "Hypoparathyroidism", "hypoparathyroidism"),
        ("hipoparathyroidsm", "Hypoparathyroidism", "hypoparathyroidism"),
        ("brain calsification", "Brain calcification", "brain calcification"),
        ("calsification", "Brain calcification", "calcification"),
        ("my siezures", "Seizures", "my seizures"),
        ("parathiroyd hormone", "Hypoparathyroidism", "parathyroid hormone"),
        ("braincalcification", "Brain calcification", "brain calcification"),
    ],
)
def test_a_misspelt_word_is_corrected_and_the_page_says_so(library, client, query, title, instead):
    answer = client.get("/search/", {"q": query})

    assert titles(answer)[:1] == [title]
    assert f"These are the results for <b>{instead}</b>." in html_of(answer)
    assert "typed=1" in answer.content.decode()


def test_the_misspelt_word_can_be_searched_as_typed(library, client):
    answer = found(client, "calsification spasms", typed="1")

    assert titles(answer) == ["Seizures"]
    assert "No page says “calsification”." in html_of(answer)
    assert "These are the results for" not in html_of(answer)


@pytest.mark.parametrize(
    "query", ["hyperparathyroidism", "fats", "xanthoma", "pits and spas", "calcification of the brawn"]
)
def test_a_correct_word_is_not_corrected(library, client, query):
    assert "These are the results for" not in html_of(found(client, query))


def test_the_page_says_so_when_no_page_holds_the_words(library, client):
    assert "No page says “convulsions”. These pages use other words" in html_of(found(client, "convulsions"))
    assert "No page says this. By their names" in html_of(found(client, "hypopara"))
    assert titles(found(client, "hypopara")) == ["Hypoparathyroidism"]
    assert titles(found(client, "hyp")) == []


def test_one_drug_is_not_corrected_into_another(library, client, clinician, moderator):
    cast.make_page(clinician, moderator, "Hydroxyzine", kind="exposure")
    cast.make_page(clinician, moderator, "Albendazole", kind="exposure")

    for query in ("hydralazine", "hydroxyzinum", "mebendazole"):
        assert "These are the results for" not in html_of(found(client, query)), query
    assert "These are the results for <b>hydroxyzine</b>." in html_of(found(client, "hydroxyzime"))
    assert titles(found(client, "albendazol")) == ["Albendazole"]


def test_a_corrected_word_finds_its_synonyms(library, client):
    assert titles(found(client, "calcifcation"))[:1] == ["Brain calcification"]
    assert "seizur" in ranked(read("spasms fitts")).weights


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("Interleukin IL-6 is raised.", ["IL-6", "IL 6", "IL6", "il‑6"]),
        ("After COVID-19.", ["covid 19", "COVID19"]),
        ("A β-blocker helps.", ["beta-blocker", "beta blockers", "betablocker"]),
        ("The blood–brain barrier.", ["blood-brain barrier"]),
        (
            "A tumour, oedema and haemorrhage of paediatric age.",
            ["tumor", "edema", "hemorrhage", "pediatric"],
        ),
        ("CO₂ and Ca²⁺ rise.", ["CO2", "Ca2+"]),
        ("HLA-B*57:01 is typed.", ["HLA-B*57:01", "HLA-B57"]),
        ("The variant p.Arg71His.", ["p.Arg71His", "Arg71His"]),
        ("Vertebrae T4/T8.", ["T4/T8", "T8"]),
        ("As the WHO says.", ["WHO"]),
    ],
)
def test_query_and_text_are_folded_alike(library, client, clinician, moderator, text, queries):
    cast.make_page(clinician, moderator, "Folded", body=text)

    for query in queries:
        assert titles(found(client, query))[:1] == ["Folded"], query


def test_an_unknown_code_does_not_find_each_page_with_a_part_of_it(library, client, clinician, moderator):
    cast.make_page(clinician, moderator, "Chorea", codes=(Code("HPO", "HP:0002072"),))

    assert titles(found(client, "HP:0002072"))[:1] == ["Chorea"]
    assert titles(found(client, "HP:0001250")) == titles(found(client, "p.Hp1250")) == []


def test_a_single_letter_distinguishes_vitamins(library, client, clinician, moderator):
    cast.make_page(clinician, moderator, "Rickets", body="Give vitamin D. A child grows.")
    cast.make_page(clinician, moderator, "Night blindness", body="Some text. Give vitamin A to each.")

    for query in ("vitamin A", "vitamin a"):
        assert titles(found(client, query))[0] == "Night blindness"


def test_a_result_found_by_alias_shows_the_alias(library, client):
    assert "also called <i>PTH deficiency</i>" in html_of(found(client, "pth deficiency"))


def test_the_excerpt_is_the_best_matching_sentence(library, client):
    excerpt = only(r"<p>([^\n]*<mark>[^\n]*)</p>", found(client, "calcium tissue").content.decode())

    assert excerpt.startswith("<mark>Calcium</mark> in the brain &lt;b&gt;<mark>tissue</mark>&lt;/b&gt;, ")


def test_ranking_reads_the_best_postings_by_index(library):
    """However the planner's statistics are, postings are looked up, never joined whole."""
    with CaptureQueriesContext(connection) as queries:
        ranked(read("calcium of the brain"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {queries[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "posting_best_first" in plan
    assert "Seq Scan on wiki_posting" not in plan


def test_stop_words_are_the_same_in_python_and_database(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT causeway_stop_words()")
        assert set(cursor.fetchone()[0]) == STOP_WORDS


def test_counting_words_by_the_regular_job_keeps_the_ranking(library):
    before = ranked(read("calcium hormone")).pages

    assert count_words() == 3

    after = ranked(read("calcium hormone")).pages
    assert SearchStatistics.objects.get().mean_length > 5
    assert [page for page, _ in after] == [page for page, _ in before]
    assert Spelling.objects.filter(word="hormone").count() == 1


def test_a_word_removed_from_all_pages_is_no_longer_a_spelling(library, moderator):
    live = library["seizures"].published_page.publication.revision_id
    review.unapprove(live, by=moderator, reason="Wrong.")
    count_words()

    assert not Spelling.objects.filter(word="spasms").exists()
    assert not Posting.objects.filter(lexeme="spasm").exists()


def test_nothing_found_offers_to_propose_the_page_or_to_apply(library, client, reader):
    html = client.get("/search/", {"q": "Wilson & more"}).content.decode()

    assert "No results." in html
    assert 'href="/new/?title=Wilson%20%26%20more"' in html
    client.force_login(reader)
    html = client.get("/search/", {"q": "Wilson & more"}).content.decode()
    assert '<a href="/accounts/apply/">Apply to write it</a>' in html
    assert "/new/?title=" not in html


def test_unpublished_pages_are_not_found(library, client, clinician, moderator):
    live = library["seizures"].published_page.publication.revision_id
    review.unapprove(live, by=moderator, reason="Wrong.")
    cast.submit(drafts.propose(cast.document("Xanthoma"), author=clinician))
    cast.submit(cast.make_edit(library["hypo"], clinician, summary="Zygote.", aliases=("Zygotism",)))

    for query in ("Seizures", "spasms", "seizurs", "Xanthoma", "Zygote", "Zygotism"):
        answer = client.get("/search/", {"q": query})
        assert answer.status_code == 200, query
        assert "No results." in answer.content.decode(), query
        assert {"Seizures", "Xanthoma"}.isdisjoint(titles(answer, "near-h"))


ODD = (
    "a" * 5000, "%ff%fe", "%ED%A0%80", "%F0%9F%92%A9", "'''", '"((', ":*", "!", "-", "--", "or", "%25",
    quote('"((&|!:* <-> \\'), quote("a & b | !c <-> d:*"), quote("'; DROP TABLE wiki_page; --"), "+", "",
    quote("<script>alert(1)</script>"), quote("\x02x\x03"), "%E2%80%AE", "q=x&q=y", "%EF%BF%BF",
    "-" * 33, "-" * 200, "- " * 60, "-a " * 60, quote('-"' * 33), quote('"' * 33), quote('"a" -' * 40),
    "or " * 60, "-or " * 60, quote("!" * 150), quote("(" * 150), quote("a:*&" * 40), "-" * 33 + "calcium",
    "calcium" + "-" * 33, quote("a\\" * 80), "x" * 10_000, quote("β" * 10_000), quote("‑" * 40),
    quote("− " * 40), "a-" * 90,
)  # fmt: skip


@pytest.mark.parametrize("more", ["", "&all=1", "&as_of=2026-03-01"])
def test_no_query_breaks_the_search(library, client, more):
    for query in ODD:
        answer = client.get(f"/search/?q={query}{more}")

        assert answer.status_code == 200, query
        assert "<script>alert" not in answer.content.decode(), query


def test_without_a_query_the_search_only_asks_for_one(client, db):
    html = client.get("/search/").content.decode()

    assert "<h1>Search</h1>" in html
    assert "Propose this page" not in html


def test_many_results_are_paginated(client, clinician, moderator):
    for number in range(25):
        cast.make_page(clinician, moderator, f"Calcification {number}")

    first = found(client, "calcification")
    after = only(r"after=([^&\"]+)", first.content.decode())
    second = found(client, "calcification", after=after)

    assert "25 pages, best first" in html_of(first)
    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert len({*titles(first), *titles(second)}) == 25
    assert "Show the next" not in html_of(second)
    for odd in ("x", "1_x", "nan_1", "-1_-1", "1e999_7", "", "٣_٣"):
        assert found(client, "calcification", after=odd).status_code == 200


def test_a_list_is_narrowed_by_kind_review_and_statements(library, client):
    both = ["Hypoparathyroidism", "Brain calcification"]
    for asked, expected in (
        ({"kind": "finding"}, ["Brain calcification"]),
        ({"kind": ["finding", "condition"]}, both),
        ({"kind": "gene"}, []),
        ({"review": "reviewed"}, []),
        ({"review": "unreviewed"}, both),
        ({"review": "odd"}, both),
        ({"statements": "1"}, []),
    ):
        answer = found(client, "hypoparathyroidism", **asked)
        assert titles(answer) == expected, asked
        assert "Narrow the 2 results" in html_of(answer)


def test_a_page_shows_the_name_by_which_it_was_found(library, client):
    answer = client.get("/search/", {"q": "pth deficiency"}, follow=True)

    assert "You searched for <i>PTH deficiency</i>" in html_of(answer)
    assert "You searched for" not in html_of(client.get("/wiki/hypoparathyroidism/?called=something"))


def test_many_results_take_no_more_queries_than_few(
    library, client, clinician, moderator, django_assert_num_queries
):
    with django_assert_num_queries(5):
        found(client, "calcium")
    for number in range(12):
        cast.make_page(clinician, moderator, f"Calcium {number}")
    with django_assert_num_queries(4):
        found(client, "calcium")
