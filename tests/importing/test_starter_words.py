"""What the starter pages say: urgent advice, figures, rows against text, and references, on every page."""

import re
from collections import Counter
from functools import cache
from statistics import median

import pytest

from wiki.domain import kinds
from wiki.domain.checklist import ITEMS
from wiki.domain.kinds import is_one_of
from wiki.domain.urgent_advice import (
    CALL_AN_AMBULANCE,
    LEADS,
    emergency_signs_in,
    is_ambulance_level,
    put_off,
)
from wiki.importing import starter
from wiki.importing.front_matter import FiledSource, loads
from wiki.text.language.readability import reading_grade
from wiki.text.markdown.urgent_advice import urgent_boxes_of
from wiki.text.slugs import slug_of

FILES = sorted(starter.FOLDER.glob("*.md"))
FIGURE = re.compile(r"(?!(?:19|20)\d\d\b)\b\d+(?:,\d{3})*(?:\.\d+)?(?:–\d+(?:\.\d+)?)?%?")
# Where a study is told, its figure stands in the same sentence: what the sentence says, and what it holds.
TOLD_TOGETHER = {
    r"memory clinic": r"1,992",
    r"matched controls": r"142 (?:patients|people).*426|426",
    r"psychiatric patients": r"4,122",
    r"died of leukaemia": r"28 of 163|163",
    r"\bPDGFB, MYORG (?:or|,)": r"more than 85%",
    r"in 622 without|with 622 without": r"166 people",
    r"\b62% (?:had )?anxiety|\b56% had \[\[Cogn": r"50 people with (?:its|the) clinical diagnosis",
    r"\b82\.2%": r"69\.6 years",
    r"\b1\.43\b": r"1\.04 to 1\.96",
    r"\b98\.2%": r"13 people|these deposits|deposits that CT had shown",
    r"\b1,569\b": r"[Aa]ge[sd] 15 to 85",
    r"\b88 (?:pixels|against)": r"499",
    r"more calcified regions|further region": r"dominant forms",
    r"\b28 of 38\b": r"one changed copy|with one|Chinese|on CT",
    r"\b29\.7%": r"suspected stroke",
    r"\b17\.2–20\.6%": r"2,526 and 2,573",
}
BANNED = {
    r"no more than in the general population": "the source does not say so",
    r"half of (?:the )?people with the syndrome": "the figure is of all coeliac epilepsy",
    r"sources? (?:in|of|on|used|cited) (?:this|here)": "speaks of sources",
    r"(?:these|no) sources\b|sources cited": "speaks of sources",
    r"not counted as brain tissue": "the pineal gland is a part of the brain",
    r"narrowed arteries": "no source says narrowed",
    r"only age was consistent|only factor": "body mass, sex and blood pressure were linked too",
    r"add up to more than 100%": "a guess of the wiki",
    r"[Gg]et same-day|[Ss]ame-day medical": "a third wording of urgent advice",
    r"\bunder way\b": "needs a date",
    r"\d+ of 100 known": "no hundred people are known; it is a share",
    r"71–75%|[Hh]ealthy children have": "one study is of people from 2 years on",
    r"145 people[^.]*68\.8%": "the share does not fit 145 people",
    r"about as frequent in (?:both|166)|[Hh]eadache\S* were no more": "odds ratios of 1.4 to 1.8",
    r"come back in 90%": "90% of people have jaw cysts that come again",
    r"142 adults and children": "the title of the study says adults",
    r"\bADAR1\b": "the symbol of the gene is ADAR",
    r"\b46%": "a share of about 26 people with a PDGFRB change",
    r"17–21%": "the two hospitals counted 17.2 and 20.6%",
}


@cache
def page(path):
    return loads(path.read_text(encoding="utf-8"))


def plain(text):
    text = re.sub(r"\s*\[@[^\]]*\]", "", text)
    return re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]", r"\1", text)


def sentences(path):
    one = page(path)
    texts = [one.summary, *(row.row.note for row in one.statements)]
    texts += re.sub(r"\s*\[@[^\]]*\]", "", re.sub(r"(?ms)^::: urgent.*?^:::$", "", one.body)).split("\n")
    return [part for text in texts for part in re.split(r"(?<=[.!?]) +", text)]


every_page = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_page
def test_every_page_on_an_illness_says_when_to_call_an_ambulance(path):
    leads = [box.lead for box in urgent_boxes_of(page(path).body)]

    assert set(leads) <= set(LEADS)
    if is_one_of(page(path).kind, ITEMS["D1"].applies_to):
        assert leads[0] == CALL_AN_AMBULANCE


@every_page
def test_no_page_puts_off_an_emergency(path):
    lower = [box.words for box in urgent_boxes_of(page(path).body) if not is_ambulance_level(box.lead)]

    assert [sign for words in lower for sign in emergency_signs_in(words)] == []
    assert [sign for words in sentences(path) for sign in put_off(words)] == []


@every_page
def test_no_page_holds_a_phrase_corrected_earlier(path):
    text = "\n".join(sentences(path))

    assert [(words, why) for words, why in BANNED.items() if re.search(words, text)] == []


@every_page
def test_each_listed_figure_names_its_population(path):
    wrong = [
        (told, sentence)
        for sentence in sentences(path)
        for told, needed in TOLD_TOGETHER.items()
        if re.search(told, sentence) and not re.search(needed, sentence)
    ]

    assert wrong == []


@every_page
def test_a_share_of_fewer_than_thirty_people_is_a_count(path):
    shares = re.findall(r"\d%\)? of (?:the )?(\d+)\b(?![,%])", "\n".join(map(plain, sentences(path))))

    assert [count for count in shares if int(count) < 30] == []


@every_page
def test_expected_results_have_a_day_to_check_again(path):
    passages = [
        line for line in page(path).body.split("\n") if re.search(r"recruiting|expected in 20\d\d", line)
    ]

    assert [line for line in passages if not re.search(r"(?:again )?by \w+ 20\d\d", line)] == []


@every_page
def test_every_statement_is_mentioned_in_the_text(path):
    one = page(path)
    linked = {slug_of(title) for title in re.findall(r"\[\[([^|\]]+)", one.body)}
    figures = set(FIGURE.findall(plain(one.body)))

    assert [row.page for row in one.statements if slug_of(row.page) not in linked] == []
    untold = {row.page: set(FIGURE.findall(row.row.note)) - figures for row in one.statements}
    assert {title: some for title, some in untold.items() if some} == {}


@every_page
def test_a_graded_statement_has_a_note(path):
    graded = [one.row for one in page(path).statements if one.row.grade != "not_applicable"]

    assert [row.relation for row in graded if not row.note] == []


@every_page
def test_a_disputed_statement_cites_both_sides(path):
    disputed = [one.row for one in page(path).statements if one.row.stance == "disputed"]

    assert all(len(row.sources) >= 2 for row in disputed)


@every_page
def test_no_statement_asserts_what_the_text_calls_unproven(path):
    one = page(path)
    if re.search(r"not proof|[Tt]oo few to know|not a usual (?:cause|finding)", one.body):
        assert [
            r.page for r in one.statements if r.row.stance == "asserted" and r.row.relation == "causes"
        ] == []


@every_page
def test_every_source_names_its_authors_and_where_it_is(path):
    for source in page(path).sources:
        assert source.csl["title"]
        assert source.csl.get("author") or source.checked == "partial"
        assert {scheme for scheme, _ in source.ids} - {"ref"}, source.csl["title"]


@every_page
def test_sources_stand_in_the_order_in_which_they_are_cited(path):
    """A page that is exported has them in this order, and nothing is cited that the file does not hold."""
    one = page(path)
    cited = [key.strip() for mark in re.findall(r"\[@([^\]]+)\]", one.body) for key in mark.split("; @")]
    cited += [key for row in one.statements for key in row.row.sources]
    filed = {":".join(name): ":".join(source.ids[0]) for source in one.sources for name in source.ids}

    assert list(dict.fromkeys(filed.get(key, key) for key in cited)) == list(dict.fromkeys(filed.values()))


def test_a_source_is_the_same_record_on_every_page():
    records: dict[tuple[str, str], FiledSource] = {}
    for path in FILES:
        for source in page(path).sources:
            assert records.setdefault(source.ids[0], source) == source, (path.stem, source.ids)


drug_pages = pytest.mark.parametrize(
    "path", [path for path in FILES if page(path).kind == kinds.DRUG.value], ids=lambda path: path.stem
)
AMOUNT = re.compile(
    r"\d\s?(?:mg|micrograms?|mcg|g|grams?|ml|millilitres?|units|drops|tablets?|capsules?|puffs?)\b"
)


@drug_pages
def test_a_medicine_page_has_harms_interactions_and_when_to_get_help(path):
    body = page(path).body
    parts = re.split(r"(?m)^## (.+)$", body)
    told = {heading for heading, text in zip(parts[1::2], parts[2::2], strict=True) if plain(text).strip()}

    assert {section.heading for section in kinds.DRUG.sections} - told == set()
    assert [box.lead for box in urgent_boxes_of(body)] == list(LEADS)
    said = {row.row.relation for row in page(path).statements}
    assert said & {"treats", "first_line_for", "studied_for", "contraindicated_in"}


@drug_pages
def test_no_medicine_page_names_a_dose(path):
    assert [sentence for sentence in sentences(path) if AMOUNT.search(sentence)] == []


@every_page
def test_a_page_that_names_a_medicine_links_to_its_page(path):
    one = page(path)
    linked = {slug_of(title) for title in re.findall(r"\[\[([^|\]]+)", one.body)} | {path.stem}
    told = plain(re.sub(r"(?ms)^::: urgent.*?^:::$", "", one.body))
    titles = [page(other).title for other in FILES if page(other).kind == kinds.DRUG.value]
    named = [title for title in titles if re.search(rf"\b{re.escape(title)}\b", told, re.IGNORECASE)]

    assert [title for title in named if slug_of(title) not in linked] == []


@every_page
def test_no_page_repeats_a_sentence(path):
    body = re.sub(r"(?ms)^::: urgent.*?^:::$|\s*\[@[^\]]*\]", "", page(path).body)
    told = Counter(
        part for part in re.split(r"(?<=[.!?])\s+|\n", body) if len(part.split()) >= 5 and part[0] != "|"
    )

    assert [sentence for sentence, times in told.items() if times > 1] == []


def prose(path):
    """Return the sentences of the body: without urgent boxes, headings, tables, citations and link marks."""
    return plain(re.sub(r"(?ms)^::: urgent.*?^:::$|^#+ [^\n]*$|^\|[^\n]*$", "", page(path).body))


@every_page
def test_each_page_has_at_least_eighty_words_of_prose(path):
    assert len(prose(path).split()) >= 80
    assert not re.search(r"^#|\[@|\[\[|:::", prose(path), re.M)


@every_page
def test_no_page_is_hard_to_read(path):
    """Grade 6 of an American school is about age 11, grade 8 about age 13."""
    assert reading_grade(page(path).summary) <= 6.0
    assert reading_grade(prose(path)) <= 10.0


def test_the_median_reading_grade_of_pages_is_low():
    assert median(reading_grade(prose(path)) for path in FILES) <= 8.0


# Copies of works on other people's pages, and lists of what a search found.
COPIES = re.compile(r"findzebra|docslib|scribd|slideshare|kundoc|mims\.com/thailand|[?&]q=")


@every_page
def test_no_source_is_an_unofficial_copy(path):
    addresses = [value for source in page(path).sources for scheme, value in source.ids if scheme == "url"]

    assert [address for address in addresses if COPIES.search(address)] == []


@every_page
def test_a_web_page_is_not_filed_as_a_study(path):
    studies = {"case_series", "case_report", "cohort", "case_control", "cross_sectional", "randomized_trial"}
    pages = [source for source in page(path).sources if source.csl["type"] == "webpage"]

    assert [source.csl["title"] for source in pages if source.type in studies] == []


@every_page
def test_a_statement_on_a_data_set_tells_how_often_it_says(path):
    silent = [
        one.page
        for one in page(path).statements
        if "ref:hpo-2025-01-16" in one.row.sources
        and one.row.relation in {"causes", "has_manifestation", "has_complication"}
        and not re.search(r"\d+%|\d+ of \d+", f"{one.row.frequency} {one.row.note}")
    ]

    assert silent == []


# Words for something narrower or wider, which search finds in the text. An alias is published as a name.
NOT_NAMES = {
    *("prednisolone", "dexamethasone", "nitroimidazole", "computed tomography", "QSM", "PTH test"),
    *("lesionectomy", "hemispherotomy", "active vitamin D", "PFBC gene panel", "cerebellar syndrome"),
    *("tuberculoma", "tuberculous meningitis", "cerebral gumma", "intracranial calcification"),
    *("co-careldopa", "co-beneldopa", "lupus", "ICAC", "intracranial carotid artery calcification"),
}


@every_page
def test_no_alias_names_something_narrower_or_wider(path):
    assert set(page(path).aliases) & NOT_NAMES == set()


@every_page
def test_high_certainty_rests_on_suitable_study_types_only(path):
    carrying = {"guideline", "systematic_review", "family_genetics", "definition"}
    certain = [one for one in page(path).statements if one.row.grade == "high"]

    assert [(one.page, one.row.basis) for one in certain if one.row.basis not in carrying] == []


@every_page
def test_sentences_on_future_results_have_a_check_mark(path):
    told = [
        sentence
        for sentence in re.split(r"(?<=[.!?])\s|\n", page(path).body)
        if re.search(r"\b(?:looked at again|[Aa]s of (?:January|\w+ber|\w+ 20)|was replaced in 20)", sentence)
    ]

    assert [sentence for sentence in told if "[check again by" not in sentence] == []


def rows_of(title):
    """Return the relation and the other page of each statement that a page makes, or that is made of it."""
    made = [(one.row.relation, one.page) for one in page_at(title).statements]
    return made + [
        (one.row.relation, page(path).title)
        for path in FILES
        for one in page(path).statements
        if one.page == title
    ]


def page_at(title):
    return next(page(path) for path in FILES if slug_of(page(path).title) == slug_of(title))


def linked_in(path, heading):
    """Return the titles that a section links to."""
    sections = re.split(r"(?m)^## (.+)$", page(path).body)
    text = dict(zip(sections[1::2], sections[2::2], strict=True)).get(heading, "")
    return [page_at(title) for title in dict.fromkeys(re.findall(r"\[\[([^|\]]+)", text))]


@drug_pages
def test_interactions_in_the_text_are_statements(path):
    named = [one.title for one in linked_in(path, "Other medicines and food") if one.kind == "drug"]
    stated = {title for relation, title in rows_of(page(path).title) if relation == "interacts_with"}

    assert set(named) - stated - TOLD_ONLY == set()


# A medicine that is lowered when another is started, which is no interaction.
TOLD_ONLY = {"Calcitriol"}


def test_contraindications_in_the_text_are_statements():
    said = {
        (page(path).title, one.page)
        for path in FILES
        for one in page(path).statements
        if one.row.relation == "contraindicated_in"
    }

    assert said >= {
        ("Metronidazole", "Cockayne syndrome"),
        ("Alendronate", "Low blood calcium"),
        ("Bisphosphonates", "Low blood calcium"),
        ("Palopegteriparatide", "Pseudohypoparathyroidism"),
        ("Cranial radiotherapy", "Gorlin syndrome"),
    }


def test_no_source_is_cited_for_another_medicine():
    """The guideline on neurocysticercosis says nothing of what one antiseizure medicine does to calcium."""
    wrong = [
        (path.stem, sentence)
        for path in FILES
        for sentence in re.split(r"(?<=\])\.\s", page(path).body)
        if re.search(r"does not (?:act on|remove)[^.]*(?:calcium|deposits)[^.]*29644966", sentence)
    ]

    assert [one for one in wrong if one[0] != "antiseizure-medication"] == []
