"""Changes that look like spelling or punctuation and say something else."""

import pytest

from wiki.text.changes.harmless import KnownWords, shown_harmless
from wiki.text.changes.read_texts import line_text, texts_of
from wiki.text.document import Document

LOOK_HARMLESS = """fever fever, or a rash|fever or a rash
the vitamin x-mas|the vitamin X-mas
a re-covered case|a recovered case
an in-active form|an inactive form
Stop it Relief follows|Stop it. Relief follows
in adults Graves disease harms|in adults. Graves disease harms
PDGFB is mutated, as PDGFRB is|PDGFRB is mutated, as PDGFRB is
An MRA shows it, as MRI does|An MRI shows it, as MRI does
The CSF is clear, as CRF is|The CRF is clear, as CRF is
clonic seizures|colonic seizures
gleosis is seen|gliosis is seen
the dural sinus|the dual sinus
It is “harmless” here|It is harmless here
It is harmless here|It is "harmless" here
Some people, like children, fall|Some people like children fall
The «cure» works|The cure works
a febrile child|afebrile child
hypercalcaemia is seen|hypocalcaemia is seen
take in the morning, two|take in the morning two
more effective drugs|more-effective drugs
light-sensitive people|light sensitive people
six-month-old babies|six month-old babies
a disease-free year|a disease - free year
the patients were ill-treated|the patients were ill treated
It helps; in adults, it harms|It helps, in adults; it harms
It helps, in adults it harms|It helps. In adults it harms
pain or rash and fever|pain or rash, and fever
pain and rash or fever|pain and rash, or fever
a tumour or growth|a tumour, or growth
It fades, and kidney or liver and heart disease|It fades, and kidney, or liver and heart disease
phoshite is found|phosphate is found
hert disease|heat disease
it is noa seen|it is now seen
Many who cough often have it|Many who cough often, have it
findings such as these|findings, such as these
It goes however, in adults it stays|It goes however in adults it stays
It is seen ofin adults|It is seen of, in adults
it is ‘usually a harmless’ finding|it is usually a harmless finding
it is 'usually a harmless' finding|it is usually a harmless finding
seen ater a year|seen after a year
pernatal signs|perinatal signs
caual links|casual links
caual links|causal links
mortalitly is high|morality is high
laest of all|least of all
the urethr ends|the ureter ends
the vesicel fills|the vesical fills
chlortie is found|chlorate is found
mucuos glands|mucus glands
hypclonus is seen|hypoclonus is seen
In Raine syndrome|In Rain syndrome
calcium phosphate forms|calcium, phosphate forms
kidney stones are seen|kidney, stones are seen
high blood pressure follows|high, blood pressure follows
people with diabetes, kidney failure and gout|people with diabetes kidney failure and gout
sudden cardiac arrest|sudden, cardiac arrest
People with stones bleed|People with stones, bleed
In most, patients recover|In most patients recover
Doctors say patients lie|Doctors, say patients, lie
It is not seen in children|It is not seen, in children
After eating the patient falls|After eating, the patient falls
Copper, iron, lead and zinc|Copper iron, lead and zinc
the Notch pathway is seen|the notch pathway is seen
a CLOCK gene|a clock gene
it Aids sleep|it aids sleep
has Down syndrome|has down syndrome
the SHOCK trial|the shock trial
the shh protein|the Shh protein
they take Relief at night|they take relief at night
many Polish people|many polish people
seen in May there|seen in may there
the lef is weak|the leg is weak
the eer is red|the ear is red
the lng is seen|the lung is seen
the brin shows it|the bring shows it
the thight is sore|the thigh is sore
the chet hurts|the chest hurts
the sking is dry|the skin is dry
the spinn is bent|the spine is bent
hypoertension is seen|hypertension is seen
take it in ml|take it in mg
measured in mcg|measured in mg
There is no pain and fever|There is no pain, and fever
Never wait at home and call somebody|Never wait at home, and call somebody
Headache and fever in children harm|Headache, and fever in children harm
In pregnancy fever and rash harm|In pregnancy fever, and rash harm
People with asthma in pregnancy, and cough|People with asthma in pregnancy and cough
It is seen in all but two people|It is seen in all, but two people
It does nothing but harm|It does nothing, but harm
It is ifrequent here|It is infrequent here
They stalted it|They stalked it
It was stoped|It was stopped
with condent of all|with consent of all
in the mourning|in the morning
It was poured there|It was pored there
The work was stalled|The work was staled
Two canoes|Two canes
It was seen (twice); in adults it harms|It was seen (twice) in adults it harms
It helps some; in adults it harms|It helps some, in adults it harms
It helps, at night it harms|It helps: at night it harms
an operation, radiation and rest|an operation – radiation and rest
adults, in whom it is safe|adults in whom it is safe
the type in which it fails|the type, in which it fails
it is a** typical scan|it is a**typical scan
it is non_ toxic|it is non_toxic
eight cases of sudden failure|eight cases of “sudden” failure
the review of 2016|the "review" of 2016
the twin's risk|the twins' risk
the patients' risk|the patient's risk
with iron (ferritin) and zinc|with iron, ferritin, and zinc
rash, fever (often) and pain|rash, fever, often, and pain
with vitamin a deficits|with vitamin an deficits
it is a typical sign|it is an typical sign
with phenyoin there|with phenytoin there
the aether fills it|the ether fills it
a wierd form|a wired form
the selenate is seen|the selenite is seen
seen in phase 1-2|seen in phase 12
poets see it|pets see it
it is avasculr there|it is a vascular there"""
HARMLESS = """Older names are Fahr disease|Older names are “Fahr disease”
It is knwon here|It is known here
With gliossis there|With gliosis there
With glisois there|With gliosis there
The infecton spreads|The infection spreads
However it is seen|However, it is seen
In most people it fades|In most people, it fades
It is seen early, and it fades|It is seen early and it fades
It is, often, seen|It is often seen
Pain, rash or fever|Pain, rash, or fever
Pain and rash are seen|Pain, and rash are seen
non-fatal forms|non fatal forms
a long-term study|a long term study
It is seen – rarely – here|It is seen—rarely—here
It is seen - here|It is seen – here
the ‘word’ here|the “word” here
the patients’ homes|the patients' homes
In Pakinson disease|In Parkinson disease
suport cells|support cells
beofre that|before that
It's “so” here|It's "so" here
In adults it fades|In adults, it fades
It is seen often, And it fades|It is seen often, and it fades
they Showed it|they showed it
the smal cysts|the small cysts
a nerv cell|a nerve cell
has a plann|has a plan
teh cause|the cause
It is not rare and it fades|It is not rare, and it fades
No child was ill and all were well|No child was ill, and all were well
There is no rash, fever and cough|There is no rash, fever, and cough
the oesophagus is|the esophagus is
the tumour grows|the tumor grows
they labelled it|they labeled it
The begining of it|The beginning of it
the Hypoparathyroidism began|the hypoparathyroidism began
It was seen (twice) and it fades|It was seen (twice), and it fades
It is rare; and it fades|It is rare, and it fades
It is rare – and it fades|It is rare, and it fades
It is “rare” it seems|It is “rare”, it seems
the gray matter|the grey matter
the etiology is old|the aetiology is old
the fibers run there|the fibres run there
the diarrhea came|the diarrhoea came
a skeptical reader|a sceptical reader
they practice the piano|they practise the piano
a seperate sign|a separate sign
it was definately old|it was definitely old
the tounge is thick|the tongue is thick
the familys agree|the families agree
he found a error|he found an error
it is an finding|it is a finding
Alot of people know|A lot of people know
the years 1990-1995 were wet|the years 1990–1995 were wet
the Creutzfeldt-Jakob form|the Creutzfeldt–Jakob form
the so called stone|the so-called stone
an X ray was seen|an X-ray was seen
Dr. Smith wrote it|Dr Smith wrote it
a MRI scan was made|an MRI scan was made
the meter is long|the metre is long
the malformatoin is seen|the malformation is seen"""


@pytest.mark.parametrize("pair", LOOK_HARMLESS.splitlines())
def test_a_change_that_only_looks_harmless_is_refused(pair):
    old, new = (line_text(f"So {one}.") for one in pair.split("|"))

    assert not shown_harmless(old, new, KnownWords(kept=("pdgfrb", "mri", "crf")))


@pytest.mark.parametrize("pair", HARMLESS.splitlines())
def test_a_harmless_change_is_accepted(pair):
    old, new = (line_text(f"So. {one}.") for one in pair.split("|"))

    assert shown_harmless(old, new, KnownWords(kept=("parkinson",)))


def test_a_text_all_in_quotation_marks_is_not_shown_to_say_the_same():
    assert not shown_harmless(line_text("Heals by itself"), line_text("“Heals by itself”"))


def test_a_comma_that_goes_from_a_warning_joins_two_signs():
    body = "::: urgent Call\n- fever, confusion\n:::"
    old, new = (
        next(one for one in texts_of(Document("T", "finding", body=text)) if "fever" in one.words)
        for text in (body, body.replace(",", ""))
    )

    assert not shown_harmless(old, new)
    assert not shown_harmless(new, old)


@pytest.mark.parametrize(
    ("link", "is_harmless"),
    [
        ("[[Hyperparathyroidism|hypoparathyroidism]]", False),
        ("[[Etidronate|alendronate]]", False),
        ("[[Atypical signs|typical]]", False),
        ("[[Hypoparathyroidism|hypoparathyroidism]]", True),
        ("[[Alendronate|alendronate]]", True),
        ("[[Hypoparathyroidism|low parathyroid hormone]]", True),
        ("[[Basal ganglia|brain]]", False),
        ("[[Hyperparathyroidism|parathyroid hormone]]", False),
        ("[[Seizures|work]]", False),
        ("[[Brain tumours|seen]]", False),
        ("[[Vitamin D|calcium]]", False),
        ("[[High calcium|low calcium]]", False),
        ("[[Right side|left]]", False),
        ("[[Cancer|harmless findings]]", False),
        ("[[Brain calcification|the]]", False),
        ("[[Seizures|a seizure]]", True),
        ("[[SLC20A2|SLC20A2]]", True),
    ],
)
def test_a_link_that_leads_to_something_else_than_it_says_is_not_harmless(link, is_harmless):
    words = link.strip("[]").partition("|")[2]
    old, new = (texts_of(Document("T", "finding", body=f"So {one} is."))[1] for one in (words, link))

    known = KnownWords(called={"hypoparathyroidism": frozenset({"low parathyroid hormone"})})
    assert bool(shown_harmless(old, new, known)) is is_harmless


def test_a_link_to_another_heading_of_its_page_leads_elsewhere():
    bodies = ("So [[Headache#What helps|it]] is.", "So [[Headache#What harms|it]] is.")
    old, new = (texts_of(Document("T", "finding", body=one))[1] for one in bodies)

    assert not shown_harmless(old, new)
