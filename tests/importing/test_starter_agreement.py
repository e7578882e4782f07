"""The starter pages agree with each other: shares, urgent levels, statements from both ends, records."""

import re
from collections import defaultdict
from itertools import combinations
from math import floor

import pytest

from tests.importing.test_starter_words import FILES, drug_pages, every_page, page, plain, sentences
from wiki.domain import kinds
from wiki.domain.urgent_advice import is_ambulance_level
from wiki.text.markdown.urgent_advice import urgent_boxes_of

PEOPLE = r"(?:the )?(?P<of>\d{1,3}(?:,\d{3})+|\d+)\b(?! ?%|\.\d|–)"
SHARES = (
    re.compile(rf"(?P<share>\d+(?:\.\d+)?)%\)? of {PEOPLE}"),
    re.compile(r"(?P<share>\d+(?:\.\d+)?)% \((?P<count>[\d,]+) of (?P<of>[\d,]+)\)"),
    re.compile(r"(?P<count>\d[\d,]*) of (?P<of>\d[\d,]*\d)\b[^.;,%(]{0,60}\((?P<share>\d+(?:\.\d+)?)%\)"),
)


def fits(share, people, count=None):
    """Tell whether a whole number of people is that share of them, rounded as it is told, or cut off."""
    places = len(share.partition(".")[2])
    near = people * float(share) / 100
    counts = [count] if count is not None else range(max(floor(near) - 1, 0), floor(near) + 3)
    exact = [100 * one / people for one in counts]
    told = float(share)
    return any(abs(round(one + 1e-9, places) - told) < 1e-9 for one in exact) or any(
        floor(one * 10**places + 1e-9) / 10**places == told for one in exact
    )


def number(text):
    return int(text.replace(",", ""))


@every_page
def test_each_share_fits_the_people_it_is_of(path):
    told = [
        one for sentence in map(plain, sentences(path)) for form in SHARES for one in form.finditer(sentence)
    ]
    wrong = [
        one[0]
        for one in told
        if not fits(
            one["share"],
            number(one["of"]),
            number(one["count"]) if "count" in one.re.groupindex else None,
        )
    ]

    assert wrong == []


@every_page
def test_a_share_of_relatives_tells_who_was_in_the_study_because_of_the_finding(path):
    """Of 38 people with one changed copy of MYORG, nine were examined because their calcium was known."""
    body = page(path).body

    assert ("28 of 38" in body) <= bool(re.search("9 of the(?:m| 28) were in the study because of", body))


@pytest.mark.parametrize(
    ("share", "people", "count", "is_possible"),
    [
        ("25.4", 142, None, True),
        ("28", 49, None, True),
        ("68.8", 145, None, False),
        ("24.1", 141, 34, True),
        ("24.1", 141, 35, False),
        ("58", 40, None, True),
    ],
)
def test_a_share_that_no_count_gives_is_found(share, people, count, is_possible):
    assert fits(share, people, count) is is_possible


def urgent_lines():
    """Return each line of an urgent box with the leads under which it stands, and the pages."""
    found = defaultdict(set)
    for path in FILES:
        for box in urgent_boxes_of(page(path).body):
            for line in box.words.split("\n"):
                found[line.strip(" -").casefold()].add((box.lead, path.stem))
    return found


# Signs that stand at one level on all pages, however they are worded.
SAME_LEVEL = (
    *(
        "yellow skin",
        "overdose",
        "vomiting blood",
        "black stools",
        "chest pain",
        r"swollen face|face\b.*\bswells",
        r"heartbeat that is.*not regular",
        "hard to wake",
        "blow to the",
    ),
    *("missed period", "great thirst", r"swollen, painful or red leg", "a new rash", r"bruises", r"tingling"),
    *(
        "sore temple",
        "eye that is red",
        "breathing",
        "spasms? of the voice box",
        "calf",
        "keeps getting worse",
    ),
)


def test_one_sign_has_one_urgent_level_on_all_pages():
    lines = urgent_lines()
    levels = {line: {lead for lead, _ in places} for line, places in lines.items()}

    assert [line for line, leads in levels.items() if len(leads) > 1] == []
    for sign in SAME_LEVEL:
        places = {place for line, found in lines.items() if re.search(sign, line) for place in found}
        assert len({lead for lead, _ in places}) == 1, (sign, sorted(places))


@every_page
def test_a_page_on_thoughts_of_suicide_says_what_to_do_with_and_without_danger(path):
    boxes = urgent_boxes_of(page(path).body)
    named = {is_ambulance_level(box.lead) for box in boxes if "suicide" in box.words}

    assert named in (set(), {True, False})


@every_page
def test_a_page_on_seizures_in_babies_names_infantile_spasms(path):
    """They look like colic or a startle, and treatment that comes late costs skills."""
    one = page(path)
    is_of_babies = one.kind in {kinds.CONDITION.value, kinds.INFECTION.value} and "floppy" in one.body
    signs = [box.words for box in urgent_boxes_of(one.body) if is_ambulance_level(box.lead)]

    if is_of_babies or path.stem in {"seizures", "epilepsy"}:
        assert any("(infantile spasms)" in words for words in signs)


SAID_ONCE = ("fever with a stiff neck", "sudden weakness", "first seizure", "trouble breathing")


@every_page
def test_a_box_names_a_sign_once(path):
    boxes = urgent_boxes_of(page(path).body)

    assert [sign for box in boxes for sign in SAID_ONCE if box.words.count(sign) > 1] == []


SYMMETRIC = {"associated_with", "interacts_with", "differential_of"}
FOR_IT, AGAINST_IT = {"asserted"}, {"refuted", "unsupported"}
HELPS = {"treats", "first_line_for", "prevents"}
HARMS = {"contraindicated_in", "worsens", "causes"}


def stated():
    return [(page(path).title, one.page, one.row) for path in FILES for one in page(path).statements]


def test_statements_made_from_both_ends_do_not_contradict_each_other():
    pairs = defaultdict(list)
    for title, other, row in stated():
        if row.relation in SYMMETRIC or (row.relation == "causes" and row.stance != "asserted"):
            pairs[frozenset((title, other))].append(row)

    assert [
        ends for ends, rows in pairs.items() if {row.stance for row in rows} >= {"asserted", "refuted"}
    ] == []


def test_two_statements_of_the_same_ends_differ_in_whom_they_are_about():
    ends = defaultdict(list)
    for title, other, row in stated():
        ends[title, row.relation, other].append(row.population)

    assert [key for key, of in ends.items() if len(set(of)) < len(of)] == []


def test_nothing_that_helps_is_also_stated_to_harm_the_same_people():
    ends = defaultdict(list)
    for title, other, row in stated():
        if row.stance in FOR_IT:
            ends[title, other].append(row)
    wrong = [
        (key, one.relation, two.relation)
        for key, rows in ends.items()
        for one, two in combinations(rows, 2)
        if {one.relation, two.relation} & HELPS and {one.relation, two.relation} & HARMS
        if one.population == two.population
    ]

    assert wrong == []


# What a reader of the other page has to know: what helps, what harms, and what lies behind it.
TOLD_ON_BOTH_PAGES = (
    HELPS
    | HARMS
    | {
        *("has_adverse_effect", "interacts_with", "has_manifestation", "has_complication"),
        *("affects_site", "associated_with", "differential_of", "diagnoses"),
    }
)


def test_what_a_statement_says_is_told_on_both_pages():
    """A statement is written on one page; the text of the other one names its subject too."""
    bodies = {page(path).title: page(path).body.casefold() for path in FILES}
    told_once = [
        (title, row.relation, other)
        for title, other, row in stated()
        if row.relation in TOLD_ON_BOTH_PAGES and title.casefold() not in bodies[other]
    ]

    assert told_once == []


def section_of(path, heading):
    found = re.search(rf"(?ms)^## {heading}\n(.*?)(?=^## |\Z)", page(path).body)
    return plain(found[1]) if found else ""


def is_of_medicines(path):
    """Tell whether a page is of a medicine or of a group of them, as its title or its opening says."""
    one = page(path)
    medicines = {page(other).title for other in FILES if page(other).kind == kinds.DRUG.value}
    linked = set(re.findall(r"\[\[([^|\]]+)", one.body.partition("## When to get help now")[0]))
    return one.title in medicines or (
        one.kind in {kinds.TREATMENT.value, kinds.EXPOSURE.value}
        and bool("medication" in one.title or linked & medicines)
    )


@pytest.mark.parametrize("path", list(filter(is_of_medicines, FILES)), ids=lambda path: path.stem)
def test_a_page_of_medicines_speaks_of_pregnancy_and_breast_feeding(path):
    told = section_of(path, "Pregnancy and breast-feeding") or section_of(path, "Who should not have it")

    assert re.search(r"(?i)pregnan|unborn", told)
    assert re.search(r"(?i)breast", told)


@drug_pages
def test_blood_is_tested_where_a_medicine_harms_it(path):
    harms = section_of(path, "Benefits and risks")

    if re.search(r"blood counts|white (?:blood )?cells|bone marrow", harms):
        assert re.search(r"(?i)blood", section_of(path, "Checks during treatment"))


def test_the_chief_page_tells_of_each_medicine_what_is_watched():
    [chief] = [path for path in FILES if path.stem == "brain-calcification"]
    table = page(chief).body.partition("### Medicines and what is watched\n")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| \[\[([^|\]]+)\]\](.*)$", table)
    medicines = {page(path).title for path in FILES if page(path).kind == kinds.DRUG.value}

    assert {medicine for medicine, _ in rows} == medicines
    assert [medicine for medicine, rest in rows if "[@" not in rest] == []


@every_page
def test_a_symptom_that_an_illness_links_to_is_a_statement(path):
    one = page(path)
    if one.kind not in {kinds.CONDITION.value, kinds.INFECTION.value}:
        return
    text = one.body.partition("## Symptoms\n")[2].partition("\n## ")[0]
    symptoms = {page(other).title for other in FILES if page(other).kind == kinds.SYMPTOM.value}
    stated = {row.page for row in one.statements if row.row.relation.startswith("has_")}

    assert symptoms & set(re.findall(r"\[\[([^|\]]+)", text)) <= stated


SIX_AUTHORS = 6  # A reference of the ICMJE names six authors before "et al".


def missing_from(csl):
    """Return what a record lacks that a full reference has."""
    authors = csl.get("author", [])
    named = [one for one in authors if "et al" not in one.get("literal", "")]
    if not named or (named != authors and len(named) < SIX_AUTHORS):
        yield "author"
    fields = [
        "title",
        "issued",
        *(["container-title", "volume", "page"] * (csl["type"] == "article-journal")),
    ]
    yield from (name for name in fields if not csl.get(name))


@every_page
def test_a_source_that_counts_as_verified_has_a_full_record(path):
    verified = [source for source in page(path).sources if source.checked == "full"]

    assert {
        source.csl["title"]: [*missing_from(source.csl)]
        for source in verified
        if any(missing_from(source.csl))
    } == {}


@every_page
def test_a_source_that_does_not_count_as_verified_says_what_was_not_compared(path):
    doubtful = [source for source in page(path).sources if source.checked == "partial"]

    assert [source.csl["title"] for source in doubtful if not source.checked_how] == []
    silent = [
        source.csl["title"]
        for source in doubtful
        if not source.csl.get("author") and not re.search(r"Not compared:.*authors", source.checked_how)
    ]
    assert silent == []


@every_page
def test_high_certainty_rests_on_a_verified_source(path):
    one = page(path)
    verified = {":".join(name) for source in one.sources if source.checked == "full" for name in source.ids}
    certain = [row for row in one.statements if row.row.grade == "high"]

    assert [row.page for row in certain if not verified & set(row.row.sources)] == []


def test_the_treatment_of_seizures_in_general_cites_a_source_on_seizures_in_general():
    """The guideline on neurocysticercosis speaks of its own seizures, and other pages have other causes."""
    told = r"antiseizure medication\]\][^.]*?(?:standard|usual|treats|lowers|is used)[^.]*\[@[^\]]*29644966"
    pages = {path.stem for path in FILES if re.search(told, page(path).body, re.IGNORECASE)}

    assert pages <= {"neurocysticercosis", "albendazole", "praziquantel"}
