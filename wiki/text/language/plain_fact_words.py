"""Words of plain facts: of what bodies, diseases, genes, studies and pictures are; `plain_facts` reads them.

A sentence in which every word is one of these speaks of no care. Words of what is done to, taken by, allowed
or wished for anybody do not belong here, nor those of doctors, of waiting, of helping or of passing off.
Inflected forms need not be listed. Words of bodies and diseases were also taken from the definitions of the
Disease Ontology (disease-ontology.org, CC0 1.0).
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What joins words, and the verbs of being and having; none that orders, allows or weighs.
GRAMMAR: Final = _words("""
    a about above across after against all almost alone along already also although always am among an
    and another any anywhere apart are around as at back because become been before behind being below
    beneath beside besides between beyond both but by came can cannot come comes could did do does down
    during each either elsewhere especially etc even ever every everybody everywhere far few fewer for
    from fully g generally had half has have having he hence her here hers him his how however i if ii
    iii in inside into is it its itself iv largely later least less m made mainly make makes many may
    might more most mostly much namely near nearly neither never no nobody none nor not nothing now of
    off often on once one ones only onto or other others otherwise out outside over own partly per
    perhaps quite rarely rather s same seem seems several she since so some somebody someone sometimes
    still such than that the their them themselves then there therefore these they this those though
    through thus to together too toward towards twice under until up upon us usually versus very vi via
    was were what whatever when where whereas whether which whichever while who whole whom whose why
    widely with within without would yet
""")

# Numbers, amounts and how they compare.
AMOUNTS: Final = _words("""
    abundant additional alike amount approximate atypical average big bigger biggest billion bulk
    celsius cent centimetre chief cm coarse common commonest complete confidence core countable
    countless couple cube decimal decrease deep deeper degree dense density depth deviation diameter
    differ difference different divide divided double dozen eight eighteen eighth eighty eleven enormous
    entire equal exact exactly excess extent extra fall fifteen fifth fifty figure first five forty four
    fourteen fourth fraction frequency frequent full further gradient gram grow halve hazard heavier
    heavy height hertz high higher highest hundred identical inch increase infrequent intermediate
    interval inverse inversely irregular joule kilobase kilobases kilodalton kilogram large larger
    largest last length light lighter litre little long longer longest lot low lower lowest main major
    majority mark markedly massive maximal maximum mean median megabase metre micrometre mild mildly
    millilitre millimetre million minimal minimum minor minority minus minute mm mode multiple multiply
    narrow nine nineteen ninety ninth nm number numerous occasional odds ounce overall pair paired
    partial partially percent percentage percentile piece plenty plus principal proportion quadruple
    quarter range rare rate ratio regular remainder remaining rise roughly row scale scant score second
    seldom seven sevenfold seventeen seventh seventy share short shorter shortest shrink significance
    similar single six sixteen sixth sixty size slight slightly small smaller smallest sparse square
    standard statistic statistical statistically sum tall ten tenth thick thin third thirteen thirty
    thousand thousandth three threefold threshold times tiny total twelve twentieth twenty two twofold
    typical uncommon unit unusual usual variable varied various vary volume weight wide wider width
""")

# Ages and times.
TIMES: Final = _words("""
    acute adolescent adult adulthood age aged ageing ancient antiquity april august autumn baby began
    begin begun birth born century child childhood children chronic constant course current currently
    date dated dawn day decade december duration dusk earlier earliest early end era fast february
    former generation generations gradual historic history hour infancy infant january july june lasted
    lasting lasts late latest life lifelong lifetime march medieval menopause midnight millennium modern
    month neonate new newborn newer newest next noon november october old older oldest onset original
    originally past peak peaks period present previous previously progressive puberty rapid recent
    season september slow slowly spring stable successive sudden summer time today week weekday whilst
    winter year young younger youngest
""")

# People, places, and what studies do with them.
STUDIES: Final = _words("""
    abstract accept accepted added adjust adjusted adolescents africa african agree agreement
    alternative altitude america american analyse analysis anatomist anatomists ancestor ancestry arab
    argentinian article asia asian associate association atlantic atlas attack attention attribute
    australia australian austrian author autopsy bangladeshi basis belgian bias birthplace birthrate
    blind botanist boy boys brazil brazilian britain british brother cadaver call canada canadian
    carriers case catalogue category caucasian causal cause census center centre certain chance
    characterise characteristic chilean china chinese cited city claim clan class classic classical
    classification classify climate clinical clue coast cohort coin collect colombian combination
    community compare comparison component composer comprise conclude confirm confirmed confounder
    confounding connect consequence consist contain continent contrast control controls correlate
    correspond country covariate criteria cross cumulative czech danish data database dataset decile
    define definition denmark depend dependent depict descendant descent describe disagree discover
    disputed distinct dutch east eastern egypt emperor engineer england enrol epidemiology estimate
    estimated ethiopian ethnic ethnicity europe european evidence evident example exclude expert experts
    explain explanation extrapolate fact false family farmer father feature female find finding finland
    finnish fit form found founder france french gave german germany girl girls grade grandparent greek
    group habit hispanic hospital hungarian hypothesis illustrate illustration important incidence
    include independent india indian indicate individual inhabitant inpatient inpatients institute
    institution intelligence international interview invent inventor investigate iran iranian ireland
    irish island israel italian italy japan japanese jewish kappa kenyan kind king kingdom known korea
    korean laboratory latin lebanese lecture likely lineage link list listed literature london
    longitudinal lowercase male man match matched mechanism mediterranean member men mention mentioned
    meta method mexican mexico miner mixed model monograph moroccan mortality mortem mother museum
    musician name nation nationality natural necropsy neurologist nigerian nonspecific north northern
    norway norwegian noted notice noticed novelist observation observe occupation oman origin outlier
    outnumber outpatients pacific page painter pakistani paper parent paris participant particular
    particularly pathologist patient people person peruvian philosopher physician physicist plan
    plausible poet poland pool population portray portuguese possibility possible predict predominant
    predominantly presence prevalence primarily printed probable professor prominence prominent prone
    proof prospective prove proven publication publish question questionnaire radiologist rank rater
    raters reader real recall recognise recognised record recruited reference reflect region register
    registry regression reject rejected relate relation relationship relative report represent
    researcher resemble resolve result retrospective review risk river role roman romanian rotterdam
    rural russia sahara said sample saudi saw say says scholar schoolchildren scientist scotland
    scottish sea seat sectional see seen series seropositive seroprevalence set sex show showed shown
    sibling sister skill skills society soldier sort soul south southern spain spanish specific speed
    spoiled states stratum study subgroup subtype suggest summary survey susceptible suspect suspected
    sweden swedish swiss table tail teenager tell tells tendency tension term terms tested thai theory
    thesis toddlers told town trait trend trial trials tribe trigger true tunisian turkey turkish twin
    type typical typify ukrainian uncertain unclear understood unexplained united university unknown
    unlikely unproven unrelated updated urban valley variant variation variety versus vietnamese village
    volunteer wales welsh west western wiki woman women worker world wr writer wrote
""")

# Parts of the body and what they do.
BODY: Final = _words("""
    abdomen abdominal abducens absorb accessory acetyl acetylcholine actin adjacent adrenal adventitia
    air albumin alive alveolar alveoli ampulla amygdala anal anatomy ankle anterior anus aorta aortic
    apex appendix aqueduct aqueous arachnoid arcuate area arm arterial arteries arteriole arteriovenous
    artery articular astrocyte asymmetric atrial atrioventricular atrium auditory autonomic axon axonal
    barrier basal base basement basilar beat beats belly bilateral bile biliary birthmark bladder block
    blocks blood bloodstream body bone bonelike bony border bottom bowel brachial brain brainstem breast
    breastbone breath breathing bronchial bronchioles bronchus bud build building builds built buttock
    calcarine calf callosum calyx canal capillaries capillary capsule cardiac cardiovascular carotid
    cartilage caudal caudate cavity cecum cell cellular central cerebellar cerebellum cerebral cerebri
    cerebrospinal cerebrovascular cerebrum cervical cervix channel cheek cheekbone cheekbones chest
    chiasm chin choroid ciliary cingulate circadian circuit circulating circumference cistern cisterna
    claustrum clivus close cochlea cochlear coeruleus collagen collarbone colliculus colon column
    commissure communicating conduction cone conjunctiva connective contract contraction converge cord
    cornea corneal corona coronary corpora corpus cortex cortical corticospinal cover covered covering
    cranial cranium crease cribriform crosses cuneus cup cutaneous cutis cytoplasm darkness daylight
    dendrite dendritic dental dentate dermal dermis diaphragm diaphragmatic digits dimple dimpled disc
    distal dopamine dorsal duct duodenum dura ear eardrum ectoderm edge elastic elastin elbow
    electrolyte embryo enamel endocrine endoderm endometrium endothelial endothelium enzyme ependyma
    ependymal epidermal epidermis epithelial epithelium excite excrete exocrine external extracellular
    extremities eye eyebrow eyelash eyelid eyes face facial fallopian falx fasciculus fat fatty feet
    femoral fibre fibroblast fibrotic fibrous fibrovascular filament fill filled filter finger
    fingerprint fingertips fire fires firing fissure floor flow fluid foetal fold folded follicle
    follicular fontanelle foot foramen forearm forehead fornix fovea front frontal fundus gaba
    gallbladder ganglia ganglion gap gas gastric gastrointestinal geniculate genital genitalia germinal
    giant gland glandular glial globulin globus glutamate gonadal granular gray grey gum gums gustatory
    gut gyrus habenula haemoglobin hair hammer hamstring hand head hearing heart heartbeat heel helper
    hemisphere hepatic hip hippocampus hollow hormonal hormone hypoglossal hypophysis hypothalamic
    hypothalamus immune impulse impulses inhale injure inner insula insular internal intestine intima
    intracellular intracranial intraocular iris isthmus jaw jawbone jawline join joined joint jugular
    junction keratin kidney knee kneecap lacrimation lamina laryngeal larynx lateral layer lead leads
    left leg lemniscus lens lenticular lentiform ligament limb limbic line lined lining lip liver lobe
    lobule locus lumbar lumen lung lymph lymphatic lymphocyte lymphoid macrophage macula mammillary
    mandibular marrow mast maturation mature maxillary medial medulla medullary melanin membrane
    meninges mesenchyme mesoderm metabolism metal microglia midbrain middle midline migrate
    mineralisation mitochondria mitochondrial mitral monocyte motor mouth move moves mucin mucosa
    mucosal mucous mucus muscle muscular musculature musculoskeletal myelin myeloid myocardial
    myocardium myosin nail nails nasal neck nerve nervous network neural neuron neurone
    neurotransmission neurotransmitter neutrophil nidus nigra nodes nose nostril notochord nuclei
    nucleus occipital ocular oculomotor oesophageal oesophagus olfactory oligodendrocyte olive opercular
    opposite optic orbit organ oscillate osseous ossification ossify osteoblast osteoclast outer ovarian
    ovaries ovary palate pallidum pallidus palm pancreas pancreatic papillary parasympathetic
    parathyroid parenchyma parenchymal parietal parotid part pathway pedicle peduncle pelvic pelvis
    pericardium pericyte peripheral peritoneum perivascular periventricular petroclinoid pharynx pia
    pigment pigmented pineal pituitary place placenta plasma platelet pleura plexus pole poles pons pore
    portion postcentral posterior pouch precentral project projection prostate protein proximal
    pulmonary pulsate pulvinar pupil putamen pyramids quadrigemina radial radiata raphe receptor rectal
    rectum remnant renal reproductive respiratory retina retinal rhythm rib right robin rod rods roof
    root roots rostral rotate sac saliva salivary sandwich scalp sclera sebaceous secrete sella sellar
    semicircular sensory septal septum serotonin serous serum shaft sheath sheet shoulder side signal
    sinew sinus siphon site skeletal skeleton skin skinfold skull sleeve soft sole soma somatosensory
    space spaces speech sperm spermatozoa spinal spine spines spinothalamic spleen splenic sprout
    squamous stalk stature stem stomach store striate striatum stroma structure subarachnoid subcortical
    subcutaneous subendothelial substantia subthalamic sulcus superficial supplies supply surface
    surround suture sutures sweat symmetric symmetrical sympathetic synapse synaptic system tag tail
    tarsal tectum teeth tegmentum temple temporal tendon tentorium terminal testicular testis thalamic
    thalamus thigh thoracic throat thumb thymus thyroid tibia tibial tight tip tissue toe tongue tonsil
    tonsillar tooth top trachea tracheal tract transmitter transporter trigeminal trochlear trunk tube
    tubule turcica twig twigs umbilical uncinate unilateral upper urea ureter ureters urethra uric
    urinary urine urogenital uterine uterus uvea vagina vaginal vagus valve vascular vasculature vault
    vein vena venous ventral ventricle ventricular vermis vertebra vertebral vessel vestibular vibrate
    virchow visceral vitreous waist wall white womb wood wrist yolk
""")

# Diseases, their signs and their courses.
DISEASES: Final = _words("""
    abduction aberrant abnormal abnormality abscess abscesses absence absent accompany accumulation ache
    aching acidosis acquired adenocarcinoma adenoma affect agenesis aggregates agnosia aids akinesia
    albinism alcoholism allergen allergy amaurosis amnesia amoeba amoebic amyloid anaemia anaplastic
    anencephaly aneurysm angioma angiopathy anomalous anomaly anorexia anosmia anthrax antibodies
    antibody antigen anxiety apathy aphasia aplasia appear appearance apraxia arise arteriosclerosis
    arteritis arthritis ascites aspergillus asphyxia asthma astigmatism asymptomatic ataxia ataxic
    atherosclerosis athetosis atrophic atrophy attack attacks aura autism autistic autoimmune awareness
    bacteria bacterial bacterium balance bat bats behaviour belong benign bird birds bleed bleeding
    bleeds blepharitis blindness blink blister blisters blurred blurry blush borderline botulism bowing
    bradykinesia breakdown brittle bronchiectasis brucellosis bruise bulge bulging bump bumps bursitis
    burst bursts calcification calcified calcify calcium cancer candida carcinoma cardiomyopathy carried
    carry cat cataract cats cattle cavernoma cavernous cerebritis chickenpox chilblain chills chorea
    choriocarcinoma cirrhosis cleft clot clots cloudiness clubbing clump clumped clumps clumsy code
    cognition cognitive colitis collapse coma complication compression compulsion concussion condition
    confusion congenital congestion conjunctivitis conscious consciousness constipation contagion
    contaminated contracture contractures contusion cough covid cramp craniopharyngioma cryptococcus
    crystal cyst cystic cysticerci cysticercosis cystitis cytomegalovirus damage dead deaf deafness
    death decline defect deficiency deficit deform deformation deformity degenerate degenerates
    degeneration degradation dehydration delay delusion dementia demyelinate demyelination dengue dent
    depletion deposit depression dermatitis dermatosis destroy destruction deterioration develop
    development developmental diabetes diagnose diagnosis diarrhoea die died dilated dilation diplopia
    disability disabled disappear discoloration disease dislocated disorder displaced disrupt
    dissection distress disturb disturbance dizziness dizzy dog dogs dormant drool droop drooping droops
    drowsiness drowsy dwarfism dysarthria dysfunction dysphagia dysplasia dysplastic dystonia dystrophy
    ebola echinococcosis ectopia ectopic effusion egg embolic embolus embryonal empyema encephalitis
    encephalopathy encode endemic endocarditis endometriosis enlarged enlargement entities ependymitis
    epidemic epilepsy epileptic episode episodes erosion eruption erythema exacerbation exist
    exophthalmos exposed exposure express expression extend faeces fail failure faint familial fatigue
    febrile feeling fever fibrillation fibroid fibrosis fistula flaccid flavivirus flea floaters flush
    foaming forget forgetful fracture fragility fungal fungi fungus fusion gait gastritis germ germinoma
    glaucoma glioma gliomas gliosis gliotic glomerulonephritis goiter goitre gonorrhoea granuloma
    granulomas granulomatous grimace growth gumma haematoma haemophilia haemorrhage haemorrhagic
    hallucination hamartoma harmful harmless headache hemiballism hemiparesis hemiplegia hepatitis
    hereditary hernia hernial herniation herpes herpesvirus herpesviruses hiv hoarse hold holds host
    hurt hydrocephalus hyperactivity hyperkeratosis hyperparathyroidism hyperplasia hypersensitivity
    hypertension hypertrophic hypertrophy hypoglycaemia hypoparathyroidism hypoplasia hypotension
    hypothyroidism ichthyosis idiopathic ill illness immature immunodeficiency impair impairment
    inability inactivity inborn incidental inclusion incomplete incubation infantile infarct infarction
    infect infection infertility infestation infiltration inflame inflammation inflammatory influenza
    injury insomnia instability insufficiency insulating intellectual intelligence intermittently
    intractable invasive involuntary involve irritable ischaemia ischaemic isolated itch itchy jaundice
    jerk jerky juvenile keratitis keratosis kink kyphosis lack lain language larva larvae larval latent
    laxity lay leak leaking leaky learning leprosy lesion lethargy leukaemia lewy lie lies lifespan limp
    lipoma lisp live lives localised lose loss lost lump lumpiness lupus lymphoma macrocephaly
    malabsorption malaise malaria malarial malformation malign malignant malnutrition mania manifest
    manifestation measles measure melanocytic melanoma memory meningeal meningioma meningitis mental
    metaplasia metastasis microangiopathy microbe microbial microcephaly migraine mini miscarried
    misshapen moderate mood mosquito mosquitoes movement mumps murmur myasthenic mycobacterium
    mycoplasma mycosis myocarditis myoclonus myopathy myopia myotonia narrowed narrowing nausea necrosis
    necrotic necrotising neoplasm neoplastic nephritis nephropathy neuritis neuroblastoma neurofibroma
    neurofibromatosis neurogenic neurologic neuropathy nevus nightmare nodule numb numbness nystagmus
    obesity obsession obstruction occlusion occur occurrence oedema originate osteoporosis otitis
    outbreak outlook overgrowth overload pain pale pallor palsy pancreatitis papilloma paralysis
    paramyxovirus paranoia paraplegia parasite parasitic paresis parkinsonism paroxysmal patch
    pathological pathology pericarditis peritonitis persist personality phenotype phlebitis photophobia
    physiological pig pigs pimple pineocytoma plague plaque pneumonia pneumothorax poison poisoning
    poisonous polyp polyps poorly porphyria posture precede predisposition premature pressure primary
    prion problem problems produce production prognosis prolapse proliferation proliferative protozoa
    protozoan pruritus psoriasis psychiatric psychomotor psychosis ptosis purulent quadriplegia rabies
    rash reach recur recurrent red reflex refractory relapses remain reservoir resistance retardation
    retinitis retinoblastoma retinopathy retrovirus rheumatic rheumatoid rhinitis rickets rigidity
    rodents rubella rupture sarcoma scab scar scarring schistosomiasis schizophrenia schwannoma
    sclerosis sclerotic scolex scoliosis secondary seizure sensation sense sepsis sequela seropositive
    severe severity sheep shortening sight sign signs sinusitis sleepy slowed slowness slurred slurring
    smell snail snore sore span spasm spastic spasticity spell spirochaete splenomegaly spondylitis
    spongiform spontaneous sporadic spores spread squint squinting stabbing stage stagger staging
    stammer stare stenosis stiff stiffness stone strabismus stroke strongyloides stutter suffer
    suppurative survival survivor swaying swell swelling swollen symptom symptomatic syndrome syphilis
    systemic tabes tachycardia tangle tangles tapeworm taste tau tenderness teratoma terminal thinking
    thirst thought throb throbbing thrombosis thrombus tic tick ticks tics tighten tingling tiredness
    titre togavirus tonic toxic toxin toxoplasma toxoplasmosis transient transmission transmit
    transmitted trauma traumatic tremor treponema tropical trouble tuber tuberculosis tuberous tubers
    tumor tumour twisted twitch twitching typhoid ulcer unconsciousness underdevelopment undergrowth
    undifferentiated unsteadiness unsteady urticaria uveitis vacuole vanish vasculitis vasculopathy
    vector vegetative ventriculitis ventriculomegaly vertigo viral virus vision visual voice vomiting
    wart warts wasting weak weakness webbed weigh wheezing widened widening wobble worm worms writhing
    wrong wrongly zika zoonosis zoonotic
""")

# Genes, proteins and other substances of the body.
GENES: Final = _words("""
    acetylation acid acidic aciduria allele alpha aluminium amino amorphous aneuploidy animal
    antinuclear apatite arsenic atom autosomal autosome beta biallelic bind biochemical biopsy
    biosynthesis blastocyst bound byproduct cadmium calcareous calcite carbohydrate carbon carbonate
    catalyse catalytic centromere chain change changed changes chaperone chemical chemistry chemokine
    chloride chlorine cholesterol chromosomal chromosome cilia cilium cleave cleaved cleaves clone
    coagulation cobalt codon complex compound concentration copied copies copper copy crossover
    crystalline cytochrome cytokine cytoskeleton dehydrogenase dehydrogenation delete deletion delta
    derived dimer dioxide diploid dna domain dominant duplicate duplication electrical element embryo
    enantiomer endoplasmic energy enhancer eosinophilic epsilon exon exonuclease exporter factor ferric
    ferrous fly frame function functional gain gamete gamma gene genes genetic genetics genome genomic
    germline glycine glycogen glycoprotein glycosylation golgi granule haemosiderin haploid haplotype
    helicase helix heritable heterodimer heterozygous histone homeostasis homodimer homologue homozygous
    human hydrogen hydrophilic hydrophobic hydroxyapatite importer inherit inheritable inheritance
    insoluble interferon interleukin intermediate intrinsic intron inversion iodide ion iron isoform
    isomer karyotype kinase lactate lactic lamellar lattice level ligand ligase linkage linked lipid
    lipoprotein locus lysosome magnesium manganese material maternal maternally matrix mediated meiotic
    mendel mendelian mercury metabolic metabolise metabolite methylation mice mineral mineralise
    missense mitotic mixture modifier molecular molecule monkey monomer monosomy monoxide mosaic
    mosaicism motif mouse mutant mutate mutation negative nickel nitrogen nonsense normal nuclease
    nucleolus nucleotide offspring oocyte orthologue osmotic ovum oxalate oxidase oxidative oxygen
    particle paternal paternally pathogenic pedigree penetrance peptide peroxisomal peroxisome
    phosphatase phosphate phosphorus phosphorylate phosphorylation plasmodium polarity polymer
    polymerase polymorphism positive precursor proband product promoter pyruvate raised rat reactive
    rearrangement receiver recessive recombination reductase regulatory remnants repeat residual
    reticulum ribosomal ribosome rna salt salts secretory sequence serine silent silica soluble solute
    somatic spanning spans species splice splits substance substitution subunit sugar sulfate sulphur
    synthesis synthesise synuclein telomere trace traces transcript translate translocation transport
    trisomy truncated tyrosine ubiquitin ubiquitous untranslated vesicle water y yeast zebrafish zinc
    zygote
""")

# Pictures, and how something looks.
LOOKS: Final = _words("""
    admixed algorithm almond anatomic anchor angiogram angiographic antler arch archway arrow
    attenuation axial ball balls band bead beads beam bend bent black blacken blue boat bowl branch
    branched brick bridge bright brighten brightness broad brown bulky bull butterfly cap cauliflower
    chalky checkerboard cherry cigar cloud clouds cloudy cluster clustered cobweb cold color colour
    columnar comma compact computed confluent contiguous contour coronal crescent crisp crown ct cubes
    cursor curve curved cylindrical dark darken darkens dash detector diffuse diffusion distribution dot
    dotted drawing echo eggshell electron elongated extension extrinsic feathery field film flame
    flattened fleck focal foci focusing freckle freckled frost frosted fuzzy gelatinous generalised
    glass glassy golden grain grains granular grape grapes green gritty gyriform hairlike halo hard
    hazelnut histologic histology honeycomb horizontal horn horns horseshoe hot hounsfield hue hyaline
    hyperdense hyperintense hypodense hypointense image imaging inferior infiltrate intense intensity
    intermediate invisible ionising isotope ivory jagged jelly knobbly knotted lace layered lid lighten
    linear liquid lobulated located location loop looped magnet magnetic map margin margins mass mesh
    microscope microscopic microscopy milky millisievert mirror morphologic morphology mottled mri
    mulberry multilayered net nodular oily onion opaque outline oval ovoid pattern pea pear pebble
    pebbles petal phase photograph picture pine pinhead pink pixel plane planes plum pointed polygonal
    popcorn profile proton punctate purple pyramid quadrant quantitative radio radiograph radiography
    ragged rail rails raindrop ray rays reconstruction redden resolution reticulate ribbon ribbons rice
    rim ring rope rosettes rough round rubbery sagittal sand saucer sausage scan scanner scattered
    seahorse serpentine shadow shape sharp shell shiny sieve sievert silhouette silver silvery slice
    smoke smoky smooth snowflake snowstorm software solid speck specks spectroscopy spectrum sphere
    spherical spiderweb spindle spiral spongy spot spray stain staircase star stationary stellate
    stippled straight streak string strings stripe striped stripes superior susceptibility swirl
    symmetry t1 t2 tangled tent tesla texture thicken thread threadlike threads tile tiled tinge tint
    tomogram tomography track tracks tram transparent tree triangular twist ultrasound vague vertical
    visible voxel walnut warm wave web wedge weighted widespread wing wings workstation wrinkled x
    yellow yellowish zigzag
""")

# What something is called.
NAMING: Final = _words("""
    abbreviation acronym ad again alias alphabet anybody anyone art bc capital chapter codes coined
    coins colloquial council derive derives draft else eponym eponymous folk heading headings headline
    historical honour italic known letter letters literally loaded meaning means met mine misnomer my
    namesake nickname nicknames note notes obsolete omim ontology our ours outdated package paragraph
    paragraphs passage plain plainer pronounced quote quoted sentence shortly something source sources
    spelt stand stands surname synonym synonymous synonymously term text textbook textbooks texts theirs
    thing things title translated translation unseen word words write written
""")

ALL: Final = GRAMMAR | AMOUNTS | TIMES | STUDIES | BODY | DISEASES | GENES | LOOKS | NAMING

# Words that count only as they are written: "counted" in a study, but "it does not count".
AS_WRITTEN: Final = _words("burning clear clearer clearly corrects counted missing settled shaking working")
# Turns of phrase that describe, although their words, alone, may be advice.
PHRASES: Final = (
    r"looks? (?:alike|black|bright|brown|dark|different|grey|like|normal|pale|red|similar|the same|white)",
    r"a reason to look for|looked for(?= (?:a|the) causes?)|helps? control(?= movement)|burns? badly",
    r"leaves? (?:a scar|calcium|cysts?|scars|scattered|specks|spots|traces)|stands? for|chewing gum",
    r"(?:gr[ae]y|white) matter|accounts? for|as well(?: as)?|well known|as per rule|not just an?",
    r"just (?:above|as|behind|below|under)|near the (?:edge|middle|surface)|on the (?:other )?hand",
    r"best read as|with particular care|(?:form|kind|type) of radiation|instead of (?:high|left|low|right)",
    r"(?:goe?s?|went) (?:along )?with|goes back to|gives? (?:rise to|the)|takes? (?:part in|up)",
    r"^(?:bad|good)\.?$|stops? x[- ]rays|(?:bleed|break|bruise)s? easily|rests? (?:mainly |mostly )?on",
    r"(?:bad|clumsy|halting|poor|slow|stiff|unsteady|wide) (?:balance|memory|sight|sleep|walk(?:ing)?)",
    r"healthy (?:adults|children|controls|people|volunteers)|(?:fine|dense) network|genes? acts?",
    r"(?:makes?|made|with) a strong magnet|(?:the )?counts are worked out|sleep was|add up",
    r"(?:a|the) reason why|how the disease runs|the plan for|port[- ]wine|power stations?",
    r"(?:brings?|brought) on|passe?s? through|sits? (?:above|at|behind|below|in|near|on)",
)
# What is said of copies of genes, and would be advice elsewhere.
OF_INHERITANCE: Final = _words("counselling enough needed pass passed passes testing while worth")
# How it is said that something ends without anybody's help.
UNAIDED: Final = r"(?:by|on) (?:itself|themselves|(?:its|their) own)|(?:itself|themselves)[.,;]"
