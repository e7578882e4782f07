"""Words by which medical facts are recognised, by the kind of fact; `facts` reads them.

An entry is a word or several, parted by commas; `*` stands for any letters. All are in normal form: small
letters, no accents.

The abbreviations are those of lists of abbreviations where there is one: for HIV and contraception that of
the HHS perinatal and paediatric guidelines (clinicalinfo.hiv.gov, appendix B), for tuberculosis and vaccines
that of WHO's companion handbook on drug-resistant tuberculosis (2014, NCBI Bookshelf NBK247442), for
rheumatology that of rheumaknowledgy.com (2014). Of each of the others a public medical text was found that
writes it out beside the abbreviation, as in "carbamazepine (CBZ)"; what was found nowhere is not listed.
"""

from typing import Final


def _entries(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in text.split(",") if one.strip())


NEGATION: Final = _entries("""
    not, no, never, none, neither, nor, without, cannot, nobody, nothing, nowhere, unable, no longer, no
    more, lack*, absent, absence, hardly, scarcely, seldom, rarely, unless, except, instead of, rather
    than, fail*, exclude*, excluding, disprove*, unsupported, unproven, ineffective, useless, neglect*,
    despite, myth*, false, wrong*, untrue, opposite, impossible, unlikely, free of, free from, far from,
    only
""")
CERTAINTY: Final = _entries("""
    always, usually, often, sometimes, occasionally, mostly, generally, typically, common*, rare,
    frequent*, likely, probabl*, possibl*, certain*, uncertain*, may, might, can, could, harmless,
    benign, serious*, severe*, mild*, fatal*, deadly, dangerous*, lethal, reversible, irreversible,
    permanent*, temporar*, curable, incurable, contagious, infectious, proven, proof, established,
    disputed, normal*, abnormal*, urgent*, emergenc*, immediate*, at once, same day, same-day, acute*,
    chronic*, all, every, most, many, few, some, both, either
""")
DIRECTION: Final = _entries("""
    increas*, decreas*, rais*, rise*, rising, reduc*, lower*, higher, high, low, more, less, fewer,
    least, greater, smaller, larger, worse*, better, improv*, benefi*, help*, harm*, left, right,
    before, after, above, below, hyper*, hypo*, gain*, loss, lose*, positive, negative, early, late,
    excess*, deficien*, shrink*, grow*, protect*, cause*, prevent*, over, under, up, down, upper,
    anterior, posterior, mother, father, maternal*, paternal*, earlier, later, during, until, since,
    sensitiv*, resistan*, agonist*, antagonist*, activat*, inhibit*
""")
CONTRAINDICATION: Final = _entries("""
    contraindicat*, contra-indicat*, must not, must never, should not, should never, not be taken, not
    be given, not be used, not suitable, unsuitable, do not take, do not use, do not give, who should
    not, not recommended, is avoided, are avoided, be avoided, avoid*, allerg*, hypersensitiv*,
    anaphyla*, caution*, warning*, forbidden, prohibit*
""")
PREGNANCY: Final = _entries("""
    pregnan*, breastfe*, breast-fe*, breast fe*, breast milk, lactat*, trimester*, antenatal*,
    prenatal*, fetus*, foetus*, fetal*, foetal*, unborn, teratogen*, conceiv*, contracept*, miscarr*,
    childbearing, nursing mother*, birth defect*
""")
POPULATION: Final = _entries("""
    child, children, childhood, adult*, adolescent*, teenag*, infant*, infancy, baby, babies, newborn*,
    neonat*, toddler*, kid, kids, senior, seniors, elderly, older people, older adults, older person*,
    old age, young*, aged, men, man, women, woman, male*, female*, boy*, girl*, paediatric*, pediatric*,
    geriatric*, preterm, premature, postmenopaus*, menopaus*, kidney failure, renal failure, kidney
    disease, renal impairment, liver failure, liver disease, hepatic impairment, heart failure,
    dialysis, immunocompromis*, immunosuppress*, weak immune, transplant recipient*, diabet*, epilep*,
    asthma*, smoker*, carrier*, homozyg*, heterozyg*, hemizyg*, genotype*, poor metaboli*, hla-*, g6pd,
    over 65, under 18, years old, month old, months old, weeks old, week old, years of age, months of
    age
""")
ROUTE: Final = _entries("""
    oral, orally, by mouth, p.o., intravenous*, i.v., intramuscular*, i.m., s.c., intrathecal*,
    subcutaneous*, sublingual*, rectal*, per rectum, topical*, inhal*, nasal spray, intranasal*, into a
    vein, into the vein, into a muscle, into the muscle, into the spine, into the spinal, into the
    thigh, into the arm, under the skin, under the tongue, transderm*, epidural*, inject*, infus*,
    nebulis*, nebuliz*, buccal*, parenteral*, enteral*, eye drop*, ear drop*, suppositor*, vaginal*
""")
INTERACTION: Final = _entries("""
    interact*, in combination, co-administ*, coadminist*, concomitant*, alcohol, grapefruit, cyp*, qt
    prolong*, mixed with, mix with, mixes with, clash*, taken with
""")
ADVICE: Final = _entries("""
    stop, stops, stopped, stopping, start, starts, started, starting, restart*, continu*, discontinu*,
    safe, safely, safety, unsafe, need not, needn't, no need, need to, needs to, must, mustn't, should,
    shouldn't, ought, have to, has to, recommend*, advis*, always take, skip*, missed, see a doctor, see
    a specialist, see a gp, seek*, call an ambulance, call for help, ambulance*, 999, 112, hospital*,
    emergency, get help, medical help, medical care, ask a, drive, driving, swim*, wait and see,
    watchful waiting, at home, self-care, require*, necessary, unnecessary, indicated, screen*,
    follow-up, monitor*, check-up*, surveillance, withhold*, withdraw*, allowed, permit*, encourage*,
    discourage*, urge*, refer, refers, referred, referral*
""")
INHERITANCE: Final = _entries("""
    dominant*, recessive*, autosomal, x-linked, y-linked, mitochondrial inheritance, inherit*, heredit*,
    penetran*, de novo, mosaic*, carrier*, homozyg*, heterozyg*, compound hetero*, hemizyg*, biallelic,
    monoallelic, germline, genetic counsel*, gene test*, genetic test*, pathogenic, likely pathogenic,
    variant*, mutation*, consanguin*, anticipation, imprint*, haploinsufficien*, loss of function, gain
    of function, offspring, sibling*, passed on, pass it on
""")
TREATMENT: Final = _entries("""
    rx, tx, treat*, untreated, therap*, *therapy, *therapies, medicine, medicines, medicin*, medicat*, drug*,
    dose, doses, dosage*, dosing, dosed, overdos*, tablet*, capsule*, pill, pills, syrup*, prescri*,
    surg*, operat*, resect*, *ectomy, *ostomy, *otomy, *plasty, shunt*, stent*, transplant*, graft*,
    irradiat*, ablat*, embolis*, emboliz*, laser*, gamma knife, chemo*, *dialys*, antibiotic*,
    antiviral*, antifungal*, antiseizure*, antiepileptic*, anticonvuls*, antipsychotic*, antidepress*,
    painkiller*, anticoagul*, antiplatelet*, blood thinner*, sedat*, anaesthe*, anesthe*, steroid*,
    corticosteroid*, immunoglobulin*, vaccin*, immunis*, immuniz*, antidote*, chelat*, dialys*,
    transfus*, plasma exchange, supplement*, vitamin*, calcium tablet*, diet*, gluten-free, exercis*,
    rehabilit*, physiotherap*, speech and language, occupational, remed*, cure*, manag*, prevent*,
    prophyla*, side effect*, side-effect*, adverse*, withdraw*, tolerat*, titrat*, taper*, inhibitor*,
    blocker*, agonist*, antagonist*, hormone replacement, ventilat*, resuscit*, first aid, hyperbaric,
    placebo*, trial of, what helps, taking, administ*, helped by, responds to, response to, bleach,
    herb*, homeopath*, alternative medicine, statin*, insulin*, deep brain stimulation, spoonful*,
    injection*, infusion*, lotion*, cream*, ointment*, take it, take them, takes it, take the, takes
    the, take a, takes a, taken by, who take, who takes, who took, people take, to take, be taken, is
    taken, are taken, not take, relief, relieve*, oxygen therapy, give oxygen, given oxygen, high-flow
    oxygen, oxygen mask, is given, are given, be given, was given, were given, are offered, is offered,
    given to, radiation therapy, radiation treatment, acupunct*, massage*, hypnosis, hypnotherap*, st
    john's wort, wort, turmeric, senna, fasting, cooling, splint*, orthos*, orthot*, prosthe*, hearing
    aid*, implant*, pacemaker is, pacemaker was, stimulator*, nerve stimulation, brain stimulation,
    magnetic stimulation, dbs, ect, cbt, wheelchair*, walking frame*, collar, pump, pumps, plaster*,
    bandage*, stitch*, drain, drains, drained, drainage, clipping, coiling, burr hole*, cautery, bolus,
    drip, drips, saline, antivenom*, antitoxin*, antiserum, cpr, defibrillat*, rescue breath*,
    mouth-to-mouth, compressions, chew, chews, chewed, swallow it, swallow them, swallowed whole,
    crush*, inhaler*, replacement, replaced by vein, is replaced, are replaced, be replaced, is
    restricted, are restricted, restrict*, leave it out, leaves it out, left out of the diet, is left
    out, cut out, taken out, burnt off, burned off, frozen off, washed out, pulled out, sucked out, stem
    cell*, bone marrow from, detox*, salt water, blood-letting, bloodletting, eat, eats, eaten, drink,
    drinks, drunk, donor, probiotic*, herbal, homoeopath*, osteopath*, chiropract*, yoga, meditation,
    mindfulness, radiation shrinks, radiation to, given radiation, have radiation, had radiation, course
    of radiation, oxygen is, breathes oxygen, breathe oxygen, oxygen through, charcoal, pumped, fish
    oil*, honey, coffee, jab, jabs, thickened, feeding tube*, tube feed*, hormones replace, hormone
    tablet*, drops in the, eye drop*, ear drop*, nose drop*, patches are stuck, skin patch*, bed rest,
    stopping it, stopping them, stopped suddenly, stop suddenly, stopped at once, stopped abruptly, be
    halved, be doubled, twice as much is, half as much is, halve it, double it, take more, take less,
    the most in a day, salt tablet*, extra salt, salt makes, salt is, with food, without food, empty
    stomach, wean*, rechalleng*, booster*, radiosurg*, gadolinium, contrast agent*, contrast medium,
    contrast can, first line, second line, third line, last line, loading, maintenance, birth control,
    ketogenic, generic version*, a generic, trough*, target is, target level*, target range*, saline,
    give it, gives it, give them, given it, swallow it, swallow them, chew it, chew them, crush it,
    crush them, split it, split them, hold it, grapefruit*, st john's wort, every other day, alternate
    days, thrice a day, three times a day, four times a day, load with, loaded with, vit, b12, b6
""")
# The words above are searched in a block; these in the headings above it, at any depth.
TREATMENT_HEADING: Final = _entries("""
    treat*, *therap*, drug*, dos*, overdos*, prevent*, manag*, what helps, used for, side effect*,
    side-effect*, contraindicat*, interact*, vaccin*, first aid, surg*, diet*, self-care, what to do,
    living with, pregnan*, breastfe*, chelat*, option*, monitor*, remed*, prescrib*, caution*, warning*,
    who should not, follow-up, rehabilit*, exercis*, lifestyle, advice, nutrition, support, how to take,
    taking, stopping, withdraw*, prophyla*, supplement*, procedure*, operation*, pharmac*, without
    treatment, medicin*, medicat*, benefit*, emergency care, aftercare, after-care,
    nursing care, palliative
""")
# A text in which one of these stands is about inheritance.
OF_INHERITANCE: Final = _entries("""
    dominant*, recessive*, autosomal, x-linked, y-linked, inheritance, inherited from, inherits, heredit*,
    penetran*, de novo, mosaic*, homozyg*, heterozyg*, biallelic, monoallelic, germline, genetic counsel*,
    carrier, carriers, one copy, both copies, passed on, pass it on, gene, genes
""")
INHERITANCE_HEADING: Final = _entries(
    "inherit*, heredit*, genetic*, genes, gene, family*, families, carriers"
)
# Drugs, their kinds and other treatments as prescribers abbreviate them, in capitals: many of these are
# words in small letters. The head of this file says where they are from.
ABBREVIATIONS: Final = frozenset(
    """
    ACEI ADT AED APAP ARB ARNI ART ASA ASM AZA AZT BCG BMT BRV BZD CBD CBZ CLB CPZ CZP DBS DMARD
    DMPA DOAC DTP ECT EMB EPO ERT ESL ESM FBM GBP GCSF HAART HBOT HCQ HCTZ HRT HSCT ICS INH IUD IVIG
    LABA LAMA LCM LEV LMWH LTG MAOI MMF MMR MTX NOAC NRT NSAID OCP ORS OXC PB PEP PER PGB PHB PHT PLEX
    PPI PRM PTU PZA RIF RMP RTX SABA SNRI SRS SSRI STP TAC TCA TDF THC TMS TNK TPA TPM TPN TXA
    UFH VGB VKA VNS VPA WBRT ZDV ZNS
    """.split()  # noqa: SIM905  # shorter to read than a list
)
# Substances that are given, as chemists write them.
FORMULAS: Final = ("KCl", "NaCl", "MgSO4", "NaHCO3")
DRUGS: Final = frozenset(
    _entries("""
    acetaminophen, acetazolamide, acetylsalicylic, aciclovir, acyclovir, adrenaline, advil, albenza,
    alendronate, alfacalcidol, amantadine, arginine, aspirin, azathioprine, baclofen, baricitinib,
    benznidazole, bicarbonate, biotin, bleach, botox, botulinum, caffeine, calcifediol, calcitriol, calpol,
    cannabidiol, cannabis, carbidopa, chloroquine, cholecalciferol, ciclosporin, clonidine, codeine,
    coenzyme, colchicine, colecalciferol, cortisone, cyclophosphamide, cyclosporin, dantrolene,
    deferasirox, deferiprone, deferoxamine, depakote, desferrioxamine, dexamethasone, didronel, digoxin,
    dimercaprol, ecstasy, eculizumab, edta, epilim, epinephrine, ergocalciferol, ethosuximide,
    etidronate, everolimus, fentanyl, fludrocortisone, folate, forteo, fosamax, furosemide, gabapentin,
    ganciclovir, glucagon, haloperidol, heparin, heroin, hydrochlorothiazide, hydrocortisone,
    hydroxychloroquine, hydroxyurea, ibandronate, ibuprofen, insulin, interferon, iodine, isoniazid,
    ivermectin, keppra, ketamine, ketogenic, lamictal, lamotrigine, levodopa, levothyroxine, lithium,
    lorazepam, magnesium, mannitol, memantine, mercaptopurine, metformin, methadone, methotrexate,
    methylphenidate, methylprednisolone, metoclopramide, midazolam, miltefosine, minocycline, morphine,
    mycophenolate, naloxone, naltrexone, naproxen, natalizumab, natpara, nicotine, nitroglycerin,
    noradrenaline, nurofen, opiate, opiates, opioid, opioids, oxytocin, pamidronate, paracetamol,
    paraldehyde, paxlovid, penicillamine, penicillin, perampanel, phenobarbital, phenobarbitone,
    phenytoin, potassium, praziquantel, prednisolone, prednisone, pregabalin, primidone, probenecid,
    propofol, pyridoxine, pyrimethamine, quinine, rapamycin, riboflavin, rifampicin, rifampin, riluzole,
    risedronate, ritalin, rocaltrol, ruxolitinib, salbutamol, salicylate, sirolimus, spiramycin,
    statin, steroid, steroids, stiripentol, streptomycin, succimer, sulfadiazine, sulphadiazine, tacrolimus,
    tamoxifen, taurine, tegretol, temsirolimus, teriparatide, thalidomide, theophylline, thiamine,
    thiosulfate, thiosulphate, thyroxine, tinzaparin, tofacitinib, topiramate, tramadol,
    trihexyphenidyl, trimethoprim, tylenol, valproate, valproic, viagra, vigabatrin, warfarin,
    zoledronate, zonisamide
""")
)
# Endings of international nonproprietary names (WHO, The use of stems in the selection of INN, 2018).
DRUG_ENDINGS: Final = _entries("""
    mab, tinib, ciclib, zomib, vastatin, olol, pril, prilat, sartan, dipine, gliptin, gliflozin,
    glitazone, azepam, azolam, zepine, barbital, caine, coxib, dronate, dronic, fibrate, gabalin, grel,
    parin, xaban, gatran, setron, triptan, tidine, trexate, trexed, platin, rubicin, taxel, tropium,
    asone, olone, oxetine, ipramine, triptyline, peridol, peridone, promazine, phenazine, apine, dopa,
    giline, capone, bamate, racetam, toin, suximide, thiazide, semide, calcet, calcidol, calcitriol,
    paratide, glutide, relin, mustine, azosin, lukast, quine, mectin, cillin, floxacin, cycline, mycin,
    micin, conazole, prazole, bendazole, nidazole, ciclovir, navir, buvir, gravir, vudine, tegravir,
    bactam, penem, oprazan, limus, parib, degib, ketant, orexant, citabine, pressin, actide, reotide,
    stigmine, curium, curonium, flurane, nidine, zolamide, lactone, fenac, profen, oxicam, buzone,
    morphone, codone, buterol, meterol, moterol, dnisone, rtisone
""")
DRUG_BEGINNINGS: Final = _entries("""
    cef, sulfad, sulfam, sulfas, sulphad, sulpham, sulphas, benzodiazepin, barbitur, bisphosphon,
    biphosphon
""")
# Words that end like drug names and are none.
NO_DRUGS: Final = frozenset(
    _entries("""
    april, mongrel, equine, pectin, lectin, recycle, bicycle, tricycle, codon, sparing, colone, cephalic
""")
)
