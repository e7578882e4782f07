"""Questions in plain words to the starter content: the page that answers is first, or among the first."""

import math
from collections import defaultdict

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from wiki.models import Posting, PublishedPage
from wiki.models.search import at_once
from wiki.models.search.ranking import ranked
from wiki.screens.search_results import answer
from wiki.text.search.folding import STOP_WORDS
from wiki.text.search.question import read

pytestmark = pytest.mark.usefixtures("starter_wiki")

QUESTIONS = (
    # What was asked, the pages of which one is to be found, and among the first how many.
    ("what causes calcium in the brain", "brain-calcification", 1),
    ("calcium deposits in the brain", "brain-calcification", 1),
    ("white spots of calcium on a brain scan", "brain-calcification ct-of-the-head", 3),
    ("is brain calcification dangerous", "brain-calcification physiological-intracranial-calcification", 10),
    ("my scan shows calcification should I worry", "a-calcification-was-found-what-next", 3),
    ("what next after calcification on a scan", "a-calcification-was-found-what-next", 1),
    ("fahrs disease", "primary-familial-brain-calcification", 1),
    ("Fahr’s syndrome", "primary-familial-brain-calcification", 1),
    ("is fahr disease inherited", "primary-familial-brain-calcification", 3),
    (
        "can I pass brain calcification on to my children",
        "primary-familial-brain-calcification genetic-testing-for-brain-calcification",
        5,
    ),
    ("gene test for family brain calcification", "genetic-testing-for-brain-calcification", 1),
    (
        "which genes cause brain calcification",
        "primary-familial-brain-calcification genetic-testing-for-brain-calcification",
        3,
    ),
    ("my son has fits", "seizures", 1),
    ("convulsions", "seizures", 1),
    ("medicine for fits", "antiseizure-medication", 3),
    ("drugs for epilepsy", "antiseizure-medication", 3),
    ("operation for epilepsy", "epilepsy-surgery", 1),
    ("low parathyroid hormone", "hypoparathyroidism", 1),
    ("low calcium after thyroid operation", "hypoparathyroidism", 5),
    (
        "low PTH",
        "hypoparathyroidism pseudohypoparathyroidism calcium-phosphate-and-parathyroid-hormone-blood-test",
        3,
    ),
    ("resistance to parathyroid hormone", "pseudohypoparathyroidism", 10),
    ("blood test for calcium", "calcium-phosphate-and-parathyroid-hormone-blood-test", 1),
    ("calcium tablets and vitamin D", "calcium-and-active-vitamin-d", 1),
    ("calcitriol dose", "calcitriol", 1),
    ("alfacalcidol", "calcium-and-active-vitamin-d", 1),
    ("tremor and stiffness", "parkinsonism", 3),
    ("slow movement and shaking", "parkinsonism", 3),
    ("levodopa", "levodopa", 1),
    ("unsteady walking", "ataxia-and-slurred-speech physiotherapy", 3),
    ("slurred speech", "ataxia-and-slurred-speech", 1),
    ("losing my memory", "cognitive-impairment", 3),
    ("dementia and brain calcium", "cognitive-impairment", 3),
    ("hallucinations and psychosis", "psychiatric-symptoms antipsychotic-medication", 3),
    ("depression", "psychiatric-symptoms", 3),
    ("antipsychotics side effects", "antipsychotic-medication", 1),
    ("headaches", "headache", 1),
    ("my head hurts", "headache", 3),
    ("pork tapeworm in the brain", "neurocysticercosis", 1),
    ("cysticercosis treatment", "neurocysticercosis", 1),
    ("TB in the brain", "tuberculosis-of-the-central-nervous-system", 1),
    ("tuberculoma", "tuberculosis-of-the-central-nervous-system", 1),
    ("syphilis of the brain", "neurosyphilis", 1),
    ("zika baby", "congenital-zika-syndrome", 1),
    ("cmv in pregnancy", "congenital-cytomegalovirus-infection", 1),
    ("german measles in pregnancy", "congenital-rubella-syndrome", 1),
    ("toxoplasmosis cat litter", "congenital-toxoplasmosis", 1),
    ("child with HIV brain", "hiv-encephalopathy-in-children", 1),
    ("brain tumor", "oligodendroglioma meningioma craniopharyngioma", 3),
    ("brain tumour with calcium", "oligodendroglioma meningioma craniopharyngioma", 3),
    ("tumor of the meninges", "meningioma", 1),
    ("port wine stain on the face", "sturge-weber-syndrome", 1),
    ("sturge weber", "sturge-weber-syndrome", 1),
    ("tuberous sclerosis", "tuberous-sclerosis-complex", 1),
    ("AVM", "brain-arteriovenous-malformation", 1),
    ("tangle of blood vessels in the brain", "brain-arteriovenous-malformation", 3),
    ("celiac disease and epilepsy", "coeliac-disease-epilepsy-and-cerebral-calcification-syndrome", 1),
    ("gluten free food", "gluten-free-diet", 1),
    ("lupus brain", "systemic-lupus-erythematosus", 1),
    ("multiple sclerosis calcification", "multiple-sclerosis", 1),
    ("carbon monoxide", "carbon-monoxide-poisoning", 1),
    ("gas boiler poisoning", "carbon-monoxide-poisoning", 1),
    ("lead poisoning", "chronic-lead-exposure", 1),
    ("radiotherapy to the head late effects", "cranial-radiotherapy mineralizing-microangiopathy", 3),
    ("mineralising microangiopathy", "mineralizing-microangiopathy", 1),
    ("pineal gland calcium normal", "pineal-gland-calcification physiological-intracranial-calcification", 3),
    ("brain sand", "pineal-gland-calcification", 1),
    ("basal ganglia calcium", "basal-ganglia-calcification", 3),
    ("what do the basal ganglia do", "basal-ganglia", 3),
    ("globus palidus", "globus-pallidus", 1),
    ("CT scan radiation", "ct-of-the-head cranial-radiotherapy", 3),
    ("MRI or CT for calcification", "ct-of-the-head mri-with-susceptibility-weighted-imaging", 3),
    ("SWI phase image", "mri-with-susceptibility-weighted-imaging", 1),
    ("etidronate alendronate", "etidronate alendronate", 1),
    ("bone drugs for brain calcification", "bisphosphonates", 3),
    ("physio exercises for walking", "physiotherapy", 1),
    ("hardened arteries in the skull", "intracranial-artery-calcification", 3),
    ("carotid siphon calcification stroke", "intracranial-artery-calcification", 1),
    ("SLC20A2 phosphate", "slc20a2", 1),
    ("XPR-1", "xpr1", 1),
    ("PDGF B gene", "pdgfb", 3),
    ("MELAS stroke like episodes", "melas", 1),
    ("mitochondrial disease", "melas", 3),
    ("cockayne", "cockayne-syndrome", 1),
    ("aicardi goutieres", "aicardi-goutieres-syndrome", 1),
    ("interferon disease of babies", "aicardi-goutieres-syndrome", 3),
    ("IFN-α disease infants", "aicardi-goutieres-syndrome", 3),
    ("epilim and pregnancy", "valproate", 3),
    ("MRI when pregnant", "mri-with-susceptibility-weighted-imaging ct-of-the-head", 3),
    ("is a CT safe in pregnancy", "ct-of-the-head", 3),
    ("flagyl cockayne", "metronidazole cockayne-syndrome", 1),
    ("Depo-Provera", "meningioma", 1),
    ("breakthrough fits on meropenem", "valproate", 3),
    ("rifampicin and the pill", "tuberculosis-of-the-central-nervous-system", 3),
    ("low calcium fits", "low-blood-calcium hypoparathyroidism seizures", 3),
    ("PTH test", "calcium-phosphate-and-parathyroid-hormone-blood-test", 1),
    ("prednisolone", "corticosteroids", 1),
    ("grand mal", "seizures epilepsy", 3),
    ("shuffling gait", "parkinsonism", 3),
    ("water on the brain", "hydrocephalus", 1),
    ("brain attack", "stroke", 3),
    ("cat-scan of the head", "ct-of-the-head", 1),
    ("temple headache jaw ache", "headache", 1),
    ("thrombolysis window", "stroke", 1),
    ("HAART children brain", "hiv-encephalopathy-in-children", 1),
    ("MIM 540000", "melas", 1),
    ("ICD10: Q28.2", "brain-arteriovenous-malformation", 1),
    ("E209", "hypoparathyroidism", 1),
    ("ICD-10-CM B690", "neurocysticercosis", 1),
    ("will my kids get it", "primary-familial-brain-calcification genetic-counselling", 3),
    ("SEGA tumour", "tuberous-sclerosis-complex everolimus", 1),
    ("blueberry muffin rash", "congenital-rubella-syndrome congenital-cytomegalovirus-infection", 1),
    ("Chvostek sign", "low-blood-calcium hypoparathyroidism", 1),
    ("Albright hereditary osteodystrophy", "pseudohypoparathyroidism", 1),
    ("Depakine", "valproate", 1),
    ("seroquel", "antipsychotic-medication", 1),
    ("writer's cramp", "dystonia", 1),
    ("personality change", "psychiatric-symptoms", 3),
    ("can't speak clearly", "ataxia-and-slurred-speech", 1),
    ("fever stiff neck", "headache tuberculosis-of-the-central-nervous-system", 3),
    ("hemispherectomy", "epilepsy-surgery", 1),
    ("cats in pregnancy", "congenital-toxoplasmosis", 1),
    ("cherry red skin", "carbon-monoxide-poisoning", 1),
    ("ash leaf spots", "tuberous-sclerosis-complex", 1),
    ("nævus flammeus", "sturge-weber-syndrome", 1),
    ("striatum", "basal-ganglia", 3),
    ("CSF production", "choroid-plexus hydrocephalus", 3),
    ("SMART syndrome", "cranial-radiotherapy", 3),
    ("T2*", "mri-with-susceptibility-weighted-imaging", 3),
    ("how much radiation from CT head", "ct-of-the-head", 3),
    ("serum Ca PO4 and PTH", "calcium-phosphate-and-parathyroid-hormone-blood-test", 1),
    ("Verkalkung im Gehirn", "brain-calcification", 3),
    ("tuberöse Sklerose", "tuberous-sclerosis-complex", 1),
    ("pins and needles in hands", "low-blood-calcium hypoparathyroidism", 1),
    ("panic attacks", "psychiatric-symptoms", 1),
    ("keeps falling over", "ataxia-and-slurred-speech parkinsonism", 1),
    ("my mother talks to people who are not there", "psychiatric-symptoms", 1),
    ("white patches on skin and fits", "tuberous-sclerosis-complex", 1),
    ("is it contagious", "congenital-cytomegalovirus-infection neurocysticercosis", 3),
    ("trouble swallowing", "dystonia parkinsonism", 3),
    ("baby was born with small head", "congenital-zika-syndrome congenital-cytomegalovirus-infection", 3),
    ("blood in the brain", "brain-arteriovenous-malformation stroke", 1),
    ("does it hurt to have an MRI", "mri-with-susceptibility-weighted-imaging", 1),
    ("how long does a CT scan take", "ct-of-the-head", 1),
    ("what foods to avoid with brain calcification", "brain-calcification", 3),
    ("does coffee affect calcium", "low-blood-calcium", 1),
    ("seeing a neurologist about multiple sclerosis", "multiple-sclerosis", 1),
    ("how much radiation is in a CT", "ct-of-the-head", 3),
    ("hypocalcaemia after total thyroidectomy", "hypoparathyroidism low-blood-calcium", 3),
    ("nephrolithiasis under calcitriol", "calcitriol calcium-and-active-vitamin-d", 1),
    ("risk of hypercalciuria", "calcium-and-active-vitamin-d calcitriol hypoparathyroidism", 3),
    ("dysphagia", "dystonia parkinsonism ataxia-and-slurred-speech", 3),
    ("acute hemiparesis", "stroke", 10),
    ("progressive dysphasia", "ataxia-and-slurred-speech cognitive-impairment stroke", 5),
    ("tinnitus", "hearing-loss", 1),
    ("rigidity", "parkinsonism", 3),
    ("Parathyrin.intact", "calcium-phosphate-and-parathyroid-hormone-blood-test hypoparathyroidism", 3),
    ("25-Hydroxyvitamin D3+25-Hydroxyvitamin D2", "calcium-and-active-vitamin-d calcitriol", 3),
    ("cerebellar signs", "ataxia-and-slurred-speech", 3),
    ("how is a CT done", "ct-of-the-head", 3),
    ("is meningioma dangerous", "meningioma", 1),
    ("how common is tuberous sclerosis", "tuberous-sclerosis-complex", 1),
    ("what makes parkinsonism worse", "parkinsonism", 1),
    ("which specialist should I see for brain calcification", "brain-calcification", 1),
    ("can brain calcification go away", "brain-calcification", 1),
    ("hyponatraemia", "carbamazepine", 1),
    ("face drooping on one side", "stroke", 1),
    ("sudden numbness on one side of the body", "stroke", 1),
    ("leucopenia", "carbamazepine valganciclovir", 3),
    ("nph", "hydrocephalus", 1),
    ("toxo in pregnancy", "congenital-toxoplasmosis", 1),
    ("suprasellar calcified mass in a child", "craniopharyngioma", 1),
    ("ring enhancing lesion with scolex", "neurocysticercosis", 1),
    ("contraception while on epilepsy tablets", "antiseizure-medication valproate", 3),
    ("which doctor treats lupus", "systemic-lupus-erythematosus", 1),
    ("which specialist for lupus", "systemic-lupus-erythematosus", 1),
    ("which specialist should I see", "brain-calcification", 1),
    ("calcification", "brain-calcification", 1),
    ("BG calcification", "basal-ganglia-calcification", 1),
    ("VGB", "vigabatrin", 1),
    ("GTCS", "seizures", 1),
    ("L-DOPA", "levodopa", 1),
    ("anti-psychotics", "antipsychotic-medication", 1),
    ("PDGF-β gene", "pdgfb", 3),
    ("vertigo", "ataxia-and-slurred-speech hearing-loss carbon-monoxide-poisoning", 3),
)


@pytest.mark.parametrize(("asked", "answers", "first"), QUESTIONS)
def test_a_question_in_plain_words_finds_its_page(asked, answers, first):
    pages = [page for page, _ in ranked(read(asked)).pages[:first]]

    assert PublishedPage.objects.filter(page__in=pages, slug__in=answers.split()).exists()


@pytest.mark.parametrize(
    "asked",
    [
        "what causes seizzures",
        "lupuss",
        "the treatment of a child with epilepsie at night in the summer",
        "seizzures -seizures",
        "what helps against qwxz epilepsie",
        "appendicitis",
        "hypopara",
    ],
)
def test_programs_get_in_two_queries_what_readers_get(asked, django_assert_max_num_queries):
    key, is_first = "", True
    while is_first or key:
        for_readers = answer(asked, after=key, per_page=30)
        with django_assert_max_num_queries(2):
            for_programs = answer(asked, after=key, per_page=30, in_few_queries=True)
            hits = [(one.page.slug, one.excerpt) for one in for_programs.hits]

        assert hits == [(one.page.slug, one.excerpt) for one in for_readers.hits]
        assert for_programs.next_key == for_readers.next_key
        key, is_first = for_readers.next_key, False


def test_a_word_for_what_does_something_is_no_slip_for_a_disease():
    assert ranked(read("sclerosants")).mending == {}
    assert ranked(read("sclerosits")).mending == {"sclerosits": "sclerosis"}


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        # What was only begun is nearer than a word with two slips, or even one.
        ("everol in tuberous sclerosis", {"everol": "everolimus"}),
        ("radiol report", {"radiol": "radiologist"}),
        ("inher seizures", {"inher": "inheritance"}),
        # Several drugs begin so.
        ("pyri dose", {}),
        # Without other words, names that begin so are guessed instead.
        ("everol", {}),
        ("calcificatio", {"calcificatio": "calcification"}),
    ],
)
def test_a_word_that_was_only_begun_is_finished(asked, mended):
    assert ranked(read(asked)).mending == mended


@pytest.mark.parametrize(
    ("asked", "contrary"), [("hypercalcaemia", "low-blood-calcium"), ("hypercalcemic", "low-blood-calcium")]
)
def test_a_clinical_word_does_not_lead_to_the_page_on_its_contrary(asked, contrary):
    pages = [page for page, _ in ranked(read(asked)).pages[:5]]

    assert pages
    assert not PublishedPage.objects.filter(page__in=pages, slug=contrary).exists()


def test_whoever_asks_of_nothing_is_told_what_is_missing(client):
    for line, is_told in (("what should I avoid", True), ("what should I avoid with epilepsy", False)):
        assert (b"but not of what" in client.get("/search/", {"q": line}).content) is is_told


def test_the_questions_can_be_evaluated(tmp_path, capsys):
    judged, questions, run = (tmp_path / name for name in ("judged", "questions", "run"))
    judged.write_text("1 0 seizures 2\n1 0 headache 0\n2 0 meningioma 1\n3 0 seizures 1\n")
    questions.write_text("1\tmy son has fits\n2\tqwxz\n3\tfits\n4\tnot judged\n")

    call_command("evaluate_search", qrels=judged, queries=questions, run=run)

    told = [" ".join(one.split()) for one in capsys.readouterr().out.split("\n")]
    assert told[:6] == [
        "nDCG@10 0.6667",
        "MAP 0.6667",
        "recall@100 0.6667",
        "success@1 0.6667",
        "success@10 0.6667",
        "3 questions; 1 found nothing (33.3%).",
    ]
    assert [one.split()[0] for one in told[6:9]] == ["buffers", "p50", "p95"]
    assert int(told[6].split()[1]) > 10
    assert run.read_text().startswith("1 Q0 seizures 1 ")

    run.write_text("1 Q0 headache 1 2.5 before\n3 Q0 seizures 1 1 before\n")
    call_command("evaluate_search", qrels=judged, queries=questions, compare=run)

    assert "nDCG@10 +0.3333 [+0.0000, +1.0000]" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("judged", "questions", "refused"),
    [
        ("1 0 seizures\n", "1\tfits\n", "line 1: write question, 0, page and grade"),
        ("1 0 seizures 1\n", "1 fits\n", "line 1: write the question's name, a tab"),
        ("1 0 seizures 0\n", "1\tfits\n", "No question of --queries has a page"),
    ],
)
def test_files_in_another_form_are_refused(tmp_path, judged, questions, refused):
    for name, text in (("judged", judged), ("questions", questions)):
        (tmp_path / name).write_text(text)

    with pytest.raises(CommandError, match=refused):
        call_command("evaluate_search", qrels=tmp_path / "judged", queries=tmp_path / "questions")


def test_in_a_large_wiki_the_first_pages_of_a_short_question_bring_words_of_their_own(
    monkeypatch, django_assert_num_queries
):
    question = read("lithium seizures")
    few = ranked(question).pages
    monkeypatch.setattr(at_once, "FEEDBACK_FROM", 1)

    with django_assert_num_queries(1):
        many = ranked(question).pages

    assert many[0][0] == few[0][0]
    assert {page for page, _ in few} < {page for page, _ in many}
    assert [page for page, _ in many[: len(few)]] != [page for page, _ in few]


def test_words_shared_by_the_first_pages_count_as_much_as_those_asked_for(monkeypatch):
    """RM3 by hand: half of the weight is that of the question, half that of twenty words of ten pages."""
    monkeypatch.setattr(at_once, "FEEDBACK_FROM", 1)
    first = best_pages({"seizur": 1.0})[:10]
    parts: dict[str, float] = defaultdict(float)
    total = PublishedPage.objects.count()
    for page, score in first:
        times = _times_of(page)
        for word, number in times.items():
            parts[word] += score * number / sum(times.values())
    said = {word: part for word, part in parts.items() if word not in STOP_WORDS and not word[0].isdigit()}
    best = sorted(said.items(), key=lambda one: (-one[1], one[0]))[:100]
    held = how_common([word for word, _ in best])
    kept = [(word, part) for word, part in best if held[word] < 0.1 * total][:20]
    whole = sum(part for _, part in kept)
    common = held | how_common(["seizur"])
    weights = {word: 0.5 * part / whole for word, part in kept}
    weights["seizur"] = weights.get("seizur", 0) + 0.5
    rare = {word: math.log(1 + (total - common[word] + 0.5) / (common[word] + 0.5)) for word in weights}

    by_hand = best_pages({word: weight * rare[word] for word, weight in weights.items()})
    found = at_once.ranked_at_once(at_once.WordsAsked({"seizur": 1.0}, widens=True)).pages

    assert [page for page, _ in found[1:]] == [page for page, _ in by_hand if page != found[0][0]]
    assert found[0][1] == pytest.approx(by_hand[0][1])


def how_common(words):
    """Return how many pages hold each of some words, counted one by one."""
    return {word: Posting.objects.filter(lexeme=word).count() for word in words}


def best_pages(weights):
    """Return the pages that hold some words best, every posting of each word added up."""
    scores: dict[int, float] = defaultdict(float)
    for page, word, impact in Posting.objects.filter(lexeme__in=weights).values_list(
        "page", "lexeme", "impact"
    ):
        scores[page] += weights[word] * impact
    return sorted(scores.items(), key=lambda one: (-one[1], one[0]))


def _times_of(page):
    """Return how often a page says each word: three times as much in its title, twice in what leads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, weights FROM wiki_publishedpage, unnest(vector) WHERE page_id = %s", [page]
        )
        rows = cursor.fetchall()
    return {
        word: sum({"A": 3, "D": 1}.get(field, 2) for field in fields)
        for word, fields in rows
        if not word.startswith("^")
    }
