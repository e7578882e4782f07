"""What a change touches, how risky that is, and who must sign it: the table, asked case by case."""

from dataclasses import replace

import pytest

from wiki.domain.professions import Profession, Risk, Specialty
from wiki.domain.relations import RELATIONS
from wiki.models import Requirement
from wiki.policy.needs import CLINICIAN, GENETICIST, MODERATOR, TREATING, TREATING_INFECTIONS, Need
from wiki.policy.quorum import matched, meets, quorum_of
from wiki.policy.signature_rules import ALL_RULES, RULES, WHY
from wiki.text.document import Code, Document, Retirement, Row

CONDITION, INFECTION, GENE, DRUG, SYMPTOM, TEST = range(1, 7)
KINDS = {
    CONDITION: "condition",
    INFECTION: "infection",
    GENE: "gene",
    DRUG: "drug",
    SYMPTOM: "symptom",
    TEST: "test",
}
BODY = "## What it is\n\nA first paragraph.\n\n## What helps\n\nRest.\n\n### At home\n\nMore rest."
PAGE = Document(title="Seizures", kind="condition", summary="In short.", body=BODY)
TABLE = "## In short\n\n| Sign | Treatment |\n| --- | --- |\n| Pain | Wait |"
LABELS = {one.label: one for one in (MODERATOR, CLINICIAN, GENETICIST, TREATING, TREATING_INFECTIONS)}


def row(relation, other, **changes):
    words = {"stance": "asserted", "grade": "low", "basis": "cohort", "sources": ("pmid:1",)}
    return Row(relation, other, **{**words, **changes})


def with_(*rows, kind="condition", **changes):
    return replace(PAGE, kind=kind, statements=rows, **changes)


def body(old, new):
    return replace(PAGE, body=BODY.replace(old, new))


SPECIAL, GENETIC = [TREATING, MODERATOR], [GENETICIST, MODERATOR]
ON_A_DRUG = with_(kind="drug")


def drug(*rows, **changes):
    return with_(*rows, kind="drug", **changes)


# What changes: before, after, what it touches, who signs.
CASES = {
    "a word": (PAGE, replace(PAGE, summary="Shortly."), ["unrecognised"], [CLINICIAN]),
    "a paragraph": (PAGE, body("A first", "The first"), ["unrecognised"], [CLINICIAN]),
    "a trifle": (PAGE, body("A first paragraph", "A *first* paragraph"), ["trifle"], [MODERATOR]),
    "a comma of a remedy": (
        with_(kind="drug"),
        with_(kind="drug", summary="In, short."),
        ["trifle_of_remedy"],
        [TREATING],
    ),
    "the title": (PAGE, replace(PAGE, title="Fits"), ["new_name", "naming"], SPECIAL),
    "another name": (PAGE, replace(PAGE, aliases=("Gout",)), ["new_name", "naming"], SPECIAL),
    "a name that weighs danger": (
        PAGE,
        replace(PAGE, title="Harmless seizures"),
        ["danger", "new_name", "degree", "naming"],
        SPECIAL,
    ),
    "a code": (PAGE, replace(PAGE, codes=(Code("MeSH", "D1"),)), ["naming"], [CLINICIAN]),
    "the kind": (PAGE, replace(PAGE, kind="symptom"), ["kind"], [CLINICIAN, MODERATOR]),
    "a new page": (None, replace(PAGE, body="A text."), ["new_page"], [CLINICIAN]),
    "a retirement": (
        PAGE,
        replace(PAGE, retirement=Retirement("Why.")),
        ["retirement"],
        [CLINICIAN, MODERATOR],
    ),
    "a warning": (
        PAGE,
        body("A first", "::: urgent Now\nGo.\n:::\n\nA first"),
        ["urgent"],
        SPECIAL,
    ),
    "a statement": (PAGE, with_(row("causes", SYMPTOM)), ["statement"], [CLINICIAN]),
    "its grade": (
        with_(row("causes", SYMPTOM)),
        with_(row("causes", SYMPTOM, grade="high")),
        ["statement"],
        [CLINICIAN],
    ),
    "its note, better spelt": (
        with_(row("causes", SYMPTOM, note="It is offten seen.")),
        with_(row("causes", SYMPTOM, note="It is often seen.")),
        ["trifle"],
        [MODERATOR],
    ),
    "the order of statements, beside a better spelt note": (
        with_(row("causes", SYMPTOM, note="It is offten seen."), row("causes", TEST)),
        with_(row("causes", TEST), row("causes", SYMPTOM, note="It is often seen.")),
        ["unrecognised"],
        [CLINICIAN],
    ),
    "its note, turned round": (
        with_(row("causes", SYMPTOM, note="It is seen.")),
        with_(row("causes", SYMPTOM, note="It is not seen.")),
        ["negation", "statement"],
        [CLINICIAN],
    ),
    "of whom it is true": (
        with_(row("causes", SYMPTOM)),
        with_(row("causes", SYMPTOM, population="children")),
        ["population", "statement"],
        [CLINICIAN],
    ),
    "how often it is so": (
        with_(row("causes", SYMPTOM, frequency="3 of 14")),
        with_(row("causes", SYMPTOM, frequency="13 of 14")),
        ["figures", "statement"],
        [CLINICIAN],
    ),
    "how much it does": (
        with_(row("causes", SYMPTOM, effect="odds ratio 0.9")),
        with_(row("causes", SYMPTOM)),
        ["figures", "statement"],
        [CLINICIAN],
    ),
    "when it begins": (
        with_(row("causes", SYMPTOM)),
        with_(row("causes", SYMPTOM, onset="HP:0003577")),
        ["population", "statement"],
        [CLINICIAN],
    ),
    "how strongly it is recommended": (
        with_(row("causes", SYMPTOM)),
        with_(row("causes", SYMPTOM, strength="strong_against")),
        ["treatment_text", "statement"],
        SPECIAL,
    ),
    "in how many carriers": (
        with_(row("causes", SYMPTOM)),
        with_(row("causes", SYMPTOM, penetrance="28 of 38 (74%)")),
        ["inheritance", "figures", "statement"],
        GENETIC,
    ),
    "how a gene change is passed on": (
        with_(row("causes", SYMPTOM)),
        with_(row("causes", SYMPTOM, inheritance="HP:0000007")),
        ["inheritance", "statement"],
        GENETIC,
    ),
    "by when it is checked again": (
        with_(row("causes", SYMPTOM, check_by="1 March 2027")),
        with_(row("causes", SYMPTOM, check_by="1 March 2037")),
        ["figures", "statement"],
        [CLINICIAN],
    ),
    "one taken away": (with_(row("causes", SYMPTOM)), PAGE, ["statement"], [CLINICIAN]),
    "statements in another order": (
        with_(row("causes", SYMPTOM), row("see_also", INFECTION)),
        with_(row("see_also", INFECTION), row("causes", SYMPTOM)),
        ["unrecognised"],
        [CLINICIAN],
    ),
    "a dose": (PAGE, body("A first", "Take 5 mg. A first"), ["dose", "treatment_text"], SPECIAL),
    "a dose taken away": (body("A first", "5 mg. A"), PAGE, ["dose", "treatment_text"], SPECIAL),
    "words beside a dose": (
        body("A first", "5 mg daily. A"),
        body("A first", "5 mg hourly. A"),
        ["dose", "treatment_text"],
        SPECIAL,
    ),
    "words far from a dose": (
        body("A first", "5 mg."),
        replace(body("A first", "5 mg."), summary="New."),
        ["unrecognised"],
        [CLINICIAN],
    ),
    "a dose in the summary": (PAGE, replace(PAGE, summary="10 units."), ["dose", "treatment_text"], SPECIAL),
    "a dose in a note": (
        PAGE,
        with_(row("causes", SYMPTOM, note="5 µg/kg")),
        ["dose", "treatment_text", "statement"],
        SPECIAL,
    ),
    # The head of a column says what its cells are about, though they name no treatment themselves.
    "what a treatment in a table is for": (
        with_(body=TABLE),
        with_(body=TABLE.replace("Pain |", "Ache |")),
        ["treatment_text"],
        SPECIAL,
    ),
    "a link out of the wiki": (
        PAGE,
        body("A first", "A [first](https://example.org)"),
        ["outside_link"],
        [CLINICIAN],
    ),
    "a section on treatment": (PAGE, body("\n\nRest.", "\n\nSleep."), ["treatment_text"], SPECIAL),
    "a section within it": (PAGE, body("More rest", "Sleep"), ["treatment_text", "degree"], SPECIAL),
    "a section after it": (
        replace(PAGE, body=f"{BODY}\n\n## Outlook\n\nGood."),
        replace(PAGE, body=f"{BODY}\n\n## Outlook\n\nBad."),
        ["unrecognised"],
        [CLINICIAN],
    ),
    "a treatment": (ON_A_DRUG, drug(row("treats", CONDITION)), ["treatment", "remedy_page"], SPECIAL),
    "prevention": (ON_A_DRUG, drug(row("prevents", CONDITION)), ["treatment", "remedy_page"], SPECIAL),
    "of an infection": (
        ON_A_DRUG,
        drug(row("treats", INFECTION)),
        ["infection_treatment", "remedy_page"],
        [TREATING_INFECTIONS, MODERATOR],
    ),
    "a first-line treatment": (
        ON_A_DRUG,
        drug(row("first_line_for", CONDITION)),
        ["treatment", "remedy_page"],
        SPECIAL,
    ),
    "whom a drug must not be given": (
        ON_A_DRUG,
        drug(row("contraindicated_in", CONDITION)),
        ["treatment", "remedy_page"],
        SPECIAL,
    ),
    "what an exposure must not meet": (
        with_(kind="exposure"),
        with_(row("contraindicated_in", CONDITION), kind="exposure"),
        ["treatment"],
        SPECIAL,
    ),
    "an adverse effect": (
        ON_A_DRUG,
        drug(row("has_adverse_effect", SYMPTOM)),
        ["treatment", "remedy_page"],
        SPECIAL,
    ),
    "an interaction": (
        with_(kind="exposure"),
        with_(row("interacts_with", DRUG), kind="exposure"),
        ["treatment"],
        SPECIAL,
    ),
    "how it is monitored": (PAGE, with_(row("monitored_by", TEST)), ["treatment"], SPECIAL),
    "harm by a drug": (ON_A_DRUG, drug(row("worsens", CONDITION)), ["remedy", "remedy_page"], SPECIAL),
    "a drug at the other end": (PAGE, with_(row("associated_with", DRUG)), ["remedy"], SPECIAL),
    "see also a drug": (PAGE, with_(row("see_also", DRUG)), ["statement"], [CLINICIAN]),
    "words of a drug's page": (ON_A_DRUG, drug(summary="Shortly."), ["remedy_page"], SPECIAL),
    "a gene": (PAGE, with_(row("associated_with", GENE)), ["gene_statement"], GENETIC),
    "a gene's page": (with_(kind="gene"), with_(kind="gene", summary="Shortly."), ["gene_page"], GENETIC),
    "no gene any more": (with_(kind="gene"), PAGE, ["gene_page", "kind"], GENETIC),
    "how it is inherited": (PAGE, body("A first", "It is dominant. A first"), ["inheritance"], GENETIC),
    "a page that is unknown": (PAGE, with_(row("causes", 99)), ["statement"], [CLINICIAN]),
    "a dose and a gene": (
        PAGE,
        with_(row("associated_with", GENE), summary="5 mg."),
        ["dose", "treatment_text", "gene_statement"],
        [TREATING, GENETICIST],
    ),
}


@pytest.mark.parametrize(("before", "after", "rules", "needs"), CASES.values(), ids=CASES)
def test_a_change_needs_the_signatures_of_the_rules_it_meets(before, after, rules, needs):
    found = quorum_of(before, after, KINDS)

    assert list(found.rules) == rules
    assert [LABELS[need.label] for need in found.needs] == needs


def test_doses_and_treatment_are_high_risk_and_trifles_low():
    risks = {name: quorum_of(*case[:2], KINDS).risk for name, case in CASES.items()}

    high = ("a dose", "a treatment", "prevention", "a warning", "the title")
    assert {risks[name] for name in high} == {Risk.HIGH}
    assert {risks[name] for name in ("a gene", "a statement", "a new page")} == {Risk.MEDIUM}
    assert {risks[name] for name in ("a word", "a section after it")} == {Risk.MEDIUM}
    assert (risks["a trifle"], risks["a dose and a gene"]) == (Risk.LOW, Risk.HIGH)


def test_each_needed_signature_has_its_reason():
    both = CASES["a dose and a gene"]

    dose, gene = quorum_of(*both[:2], KINDS).needs

    assert dose.reason == f"{WHY['dose']}; {WHY['treatment_text']}"
    assert gene.reason == WHY["gene_statement"]
    assert quorum_of(*CASES["a dose"][:2]).needs[1].reason == ""
    assert quorum_of(*CASES["a word"][:2]).needs[0].reason == WHY["unrecognised"]


def test_the_rules_name_known_parts_professions_and_specialties():
    ids = [rule.id for rule in ALL_RULES]

    assert len(ids) == len(set(ids))
    assert all(rule.relations <= set(RELATIONS) and rule.superseded_by <= set(ids) for rule in ALL_RULES)
    assert all(sum(need.is_anybodys for need in rule.needs) <= 1 for rule in RULES)
    assert all(not need.is_anybodys for rule in RULES for need in rule.needs[:-1])
    assert all(
        {*need.professions} <= {*Profession} and {*need.specialties} <= {*Specialty}
        for rule in RULES
        for need in rule.needs
    )


NEEDS = [
    Requirement(
        pk=pk,
        role=need.role,
        professions=list(need.professions),
        specialties=list(need.specialties),
        label=need.label,
    )
    for pk, need in enumerate((GENETICIST, TREATING, MODERATOR), start=1)
]
GENES = {"role": "moderator", "professions": ["physician"], "specialties": ["clinical_genetics"]}
PILLS = {"role": "moderator", "professions": ["pharmacist"], "specialties": []}
BOTH = {"role": "moderator", "professions": ["pharmacist"], "specialties": ["clinical_genetics"]}
PLAIN = {"role": "moderator", "professions": [], "specialties": []}
WRITER = {**BOTH, "role": "clinician"}


@pytest.mark.parametrize(
    ("people", "met"),
    [
        ([], {}),
        ([PLAIN], {0: 3}),
        ([PLAIN, PLAIN], {0: 3}),
        ([WRITER], {}),
        ([GENES], {0: 1}),
        ([GENES, GENES], {0: 1, 1: 3}),
        ([BOTH], {0: 1}),
        ([BOTH, GENES], {0: 2, 1: 1}),
        ([BOTH, PILLS], {0: 1, 1: 2}),
        ([BOTH, GENES, PLAIN], {0: 2, 1: 1, 2: 3}),
        ([BOTH, BOTH, BOTH], {0: 1, 1: 2, 2: 3}),
    ],
)
def test_each_person_meets_one_need_and_as_many_needs_as_possible_are_met(people, met):
    assert {place: need.pk for place, need in matched(NEEDS, people).items()} == met


def test_a_role_without_registration_meets_no_specialist_need():
    assert meets(MODERATOR, PLAIN)
    assert not meets(GENETICIST, PLAIN)
    assert not meets(Need("one moderator"), {})
