"""What readers ask, and the starter page that answers it or says that it is not covered yet."""

import re

import pytest

from tests.importing.test_starter_words import every_page, page, plain
from wiki.domain.urgent_advice import is_ambulance_level
from wiki.importing import starter
from wiki.text.markdown.urgent_advice import urgent_boxes_of


@pytest.mark.parametrize(
    ("slug", "answer"),
    [
        (
            "primary-familial-brain-calcification",
            r"what the life expectancy is, this wiki does not yet cover",
        ),
        ("primary-familial-brain-calcification", r"## Support groups\n\nFahr Beyond"),
        ("hypoparathyroidism", r"## Support groups\n\nParathyroid UK"),
        ("cockayne-syndrome", r"## Support groups\n\nAmy and Friends"),
        ("tuberous-sclerosis-complex", r"## Support groups\n\nThe Tuberous Sclerosis Association"),
        ("sturge-weber-syndrome", r"## Support groups\n\nSturge Weber UK"),
        ("22q11-2-deletion-syndrome", r"## Support groups\n\nMax Appeal"),
        ("basal-ganglia-calcification", r"COVID-19 is not covered by this wiki yet"),
        ("basal-ganglia-calcification", r"Wilson's disease.* copper does not look bright on CT"),
        ("basal-ganglia-calcification", r"Too much parathyroid hormone .*: an exceptional cause"),
        ("basal-ganglia-calcification", r"Kidney failure: calcium in the brain itself is very rare"),
        ("calcium-phosphate-and-parathyroid-hormone-blood-test", r"too much hormone .* is an exceptional"),
        ("seizures", r"In babies\W+.* colic or a startle"),
        ("seizures", r"Driving\W+ In the United Kingdom"),
        ("hearing-loss", r"mainly helped with hearing aids"),
        ("hearing-loss", r"Down's syndrome: about 75% of children"),
        ("ataxia-and-slurred-speech", r"strict gluten-free diet is advised after blood tests"),
        ("ataxia-and-slurred-speech", r"vitamin B1.* injections of the vitamin in hospital at once"),
        ("cognitive-impairment", r"a lack of vitamins, too little thyroid hormone"),
        ("psychiatric-symptoms", r"an antipsychotic together with talking therapy"),
        ("neurosyphilis", r"Partners\W+ are asked to be tested too"),
        ("hiv-encephalopathy-in-children", r"HIV can pass in breast milk as well"),
        ("tuberculosis-of-the-central-nervous-system", r"Of those with HIV it was 57%"),
        ("tuberculosis-of-the-central-nervous-system", r"a wait of 4 to 8 weeks may be considered"),
        ("intracranial-artery-calcification", r"87\.9% of 107 people on dialysis"),
        ("intracranial-artery-calcification", r"no reason to stop a statin without the doctor"),
        ("pineal-gland-calcification", r"does not show that fluoride makes the calcium"),
        ("carbamazepine", r"lamotrigine or levetiracetam first, and carbamazepine where neither can be had"),
        ("downs-syndrome", r"half of babies with the syndrome have a heart defect"),
        ("downs-syndrome", r"Alzheimer's disease.* 50% in their 60s"),
        ("downs-syndrome", r"help early in childhood from therapists"),
        ("hydrocephalus", r"no shunt is needed \(endoscopic third ventriculostomy\)"),
        ("brain-arteriovenous-malformation", r"hereditary haemorrhagic telangiectasia"),
        ("coats-plus-syndrome", r"No treatment stops bleeding from the gut in everybody"),
        ("craniopharyngioma", r"MRI and CT together; sight and hormones are tested before an operation"),
        ("craniopharyngioma", r"15 of 16 people who took two medicines"),
        ("melas", r"taurine.* approved in Japan since 2019"),
        ("multiple-sclerosis", r"Disease-modifying medicines\W+ lower the number of relapses"),
        ("primary-familial-brain-calcification", r"6 of 8 people \(SLC20A2\), 10 of 12 \(PDGFRB\)"),
        ("systemic-lupus-erythematosus", r"kidneys\W+ are inflamed, steroids are given"),
        ("oligodendroglioma", r"Vorasidenib.* blocks the changed IDH"),
        ("tuberous-sclerosis-complex", r"cannabidiol\W+ a medicine from the hemp plant"),
    ],
)
def test_a_question_of_readers_is_answered_on_the_page_where_they_look(slug, answer):
    assert re.search(answer, plain(page(starter.FOLDER / f"{slug}.md").body))


@pytest.mark.parametrize(
    ("slug", "harm"),
    [
        ("everolimus", r"ACE inhibitors.* the face, tongue or throat swells"),
        ("everolimus", r"severe allergic reactions, low blood counts, and wounds that heal badly"),
        ("carbamazepine", r"blood is counted before the start and from time to time"),
        ("ct-of-the-head", r"Allergic reactions.* weak kidneys, and of metformin"),
        ("headache", r"acute glaucoma.* is an emergency"),
        ("headache", r"A triptan is not for everybody"),
        ("seizures", r"not stopped suddenly, and not without a doctor.*Valproate can harm an unborn child"),
        ("parkinsonism", r"not stopped suddenly, and they are taken on time"),
        ("hearing-loss", r"cisplatin and carboplatin.* does not come back"),
        ("neurosyphilis", r"Jarisch-Herxheimer reaction.* 9\.3% had it, and 4\.1% had it badly"),
        ("hiv-encephalopathy-in-children", r"HLA-B\*57:01.* no dose is left out without the clinic"),
        ("levodopa", r"adds an overactive thyroid.*, and an age under 25"),
        ("gorlin-syndrome", r"vismodegib, can kill an unborn child or cause severe birth defects"),
        ("congenital-cytomegalovirus-infection", r"it can harm the kidneys: of 269 pregnant women"),
        ("brain-arteriovenous-malformation", r"more harm than good.* 10\.1% .*30\.7%"),
        ("leukoencephalopathy-with-calcifications-and-cysts", r"vessels can bleed.* at 49"),
        ("meningioma", r"nomegestrol and chlormadinone in high amounts"),
        ("aicardi-goutieres-syndrome", r"SAMHD1.* three bled in the brain"),
        ("metronidazole", r"one maker names the syndrome as a reason not to give it, too \(2024\)"),
        ("metronidazole", r"not used in the first three months, and breast-feeding stops for 12 to 24 hours"),
        ("metronidazole", r"skin blisters and peels \(Stevens-Johnson syndrome\)"),
        ("cockayne-syndrome", r"British product information \(2024, one maker\) says not to give it"),
        (
            "antipsychotic-medication",
            r"disturb the beat of the heart. Rarely this leads to fainting or sudden death",
        ),
        ("antipsychotic-medication", r"blood clots in the legs and lungs"),
        ("antipsychotic-medication", r"Lewy bodies\W+ or with Parkinson's disease.* severe reaction"),
        ("antiseizure-medication", r"0\.43% of people on the medicine and 0\.22% on a dummy medicine"),
        ("carbamazepine", r"thoughts of suicide, from the first week on"),
        ("valproate", r"come to think of suicide, from the first week on"),
        ("carbamazepine", r"HLA-A\*31:01, raises the risk of severe rashes too"),
        ("carbamazepine", r"apixaban and rivaroxaban become weaker too"),
        ("vigabatrin", r"30 of 146 babies.* \(21%\) had harm to the retina"),
        ("ct-of-the-head", r"one more leukaemia and one more brain tumour in ten years for every 10,000"),
        ("epilepsy-surgery", r"lasting harm to the brain or the nerves was seen in 4\.7%"),
        ("methotrexate", r"In the sun\W+ the skin can burn badly"),
        ("cranial-radiotherapy", r"can swell, so that symptoms get worse before they get better"),
        ("mri-with-susceptibility-weighted-imaging", r"harden the skin and inner organs"),
        ("valproate", r"weight gain and sleepiness are important too"),
        ("levetiracetam", r"Very rarely the kidneys fail suddenly"),
        (
            "psychiatric-symptoms",
            r"Antiseizure medication of any kind carries a small risk of thoughts of suicide",
        ),
        ("corticosteroids", r"With baricitinib the gut becomes inflamed or tears more easily"),
        ("vigabatrin", r"30–50% of people who had it for several years"),
        ("methotrexate", r"omeprazole can keep it in the body longer"),
        ("valproate", r"can lower the platelets"),
        ("carbamazepine", r"sodium more often with weak kidneys or water tablets"),
        ("antipsychotic-medication", r"prolactin, a hormone, with changes of the periods"),
        ("pyrimethamine", r"the medicine may cause cancer, says its maker"),
        ("pyrimethamine", r"from the 18th week on"),
        ("albendazole", r"the skin blisters and peels \(Stevens-Johnson syndrome"),
        (
            "valproate",
            r"Before an operation, or with bleeding or bruises, platelets and clotting are tested again",
        ),
        ("alendronate", r"Since February 2026 the American label names such breaks of other bones"),
        (
            "antiseizure-medication",
            r"more often in children, together with valproate, and in people with the gene variant",
        ),
        ("baricitinib", r"the gut can tear.* 21 of 3,770 people"),
    ],
)
def test_a_known_harm_is_named(slug, harm):
    assert re.search(harm, plain(page(starter.FOLDER / f"{slug}.md").body))


@pytest.mark.parametrize(
    ("slug", "sign"),
    [
        ("aicardi-goutieres-syndrome", "sudden, worst-ever headache"),
        ("downs-syndrome", "infantile spasms"),
        ("headache", "severe pain in an eye"),
        ("ataxia-and-slurred-speech", "drinks much alcohol or eats badly"),
        ("ataxia-and-slurred-speech", "a first seizure"),
        ("cognitive-impairment", "after a blow to the head"),
        ("hearing-loss", "worst-ever headache"),
        ("parkinsonism", "fever with a stiff neck"),
        ("psychiatric-symptoms", "drooping face"),
        ("psychiatric-symptoms", "bad wound from self-harm"),
        ("congenital-toxoplasmosis", "rash with fever, blisters"),
        ("tuberculosis-of-the-central-nervous-system", "rash with fever, blisters"),
        ("levodopa", "severe pain in an eye"),
        ("sturge-weber-syndrome", "severe pain in an eye"),
        ("corticosteroids", "vomiting with great drowsiness"),
        ("craniopharyngioma", "vomiting with great drowsiness"),
        ("metronidazole", "rash with fever, blisters"),
        ("baricitinib", "strong pain in the belly"),
        ("antipsychotic-medication", "coughing up blood"),
        ("antipsychotic-medication", "badly constipated"),
        ("albendazole", "rash with fever, blisters"),
    ],
)
def test_a_sign_stands_under_the_ambulance(slug, sign):
    boxes = urgent_boxes_of(page(starter.FOLDER / f"{slug}.md").body)

    assert [is_ambulance_level(box.lead) for box in boxes if sign in box.words] == [True]


# What a term means stands in the text of each page that uses it.
EXPLAINED = {
    r"\bautoimmune\b": r"attack",
    r"\bbenign\b": r"not cancer",
    r"\bhazard ratio": r"a fifth less often|times as many \(hazard ratio",
    r"\bidiopathic (?!basal)": r"without a known cause",
    r"\binterval (?:of )?\d": r"the true figure most likely lies",
    r"\bketogenic\b": r"much fat, little sugar",
    r"\blumbar puncture\b": r"needle",
    r"\bmedian\b": r"half were younger, half older",
    r"\bmitochondri": r"power stations|supply the energy",
    r"\bodds ratio\b": r"1 means no|means about as often",
    r"\bPCR\b": r"(?:virus|parasite) itself",
}


@every_page
def test_a_term_of_art_is_explained_on_the_page_that_uses_it(path):
    told = plain(page(path).body)

    assert [
        term for term, words in EXPLAINED.items() if re.search(term, told) and not re.search(words, told)
    ] == []
