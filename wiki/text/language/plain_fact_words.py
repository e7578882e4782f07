"""Words of plain facts: of what bodies, diseases, genes, studies and pictures are; `plain_facts` reads them.

A sentence in which every word is one of these speaks of no care. Words of what is done to, taken by, allowed
or wished for anybody do not belong here, nor those of doctors, of waiting, of helping or of passing off.
Inflected forms need not be listed.
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
    entire equal exact exactly extra fall fifteen fifth fifty figure first five forty four fourteen
    fourth fraction frequency frequent full further gradient gram grow halve hazard heavier heavy height
    hertz high higher highest hundred identical inch increase infrequent interval inverse inversely
    irregular joule kilobase kilobases kilodalton kilogram large larger largest last length light
    lighter litre little long longer longest low lower lowest main major majority mark maximum mean
    median megabase metre micrometre mild mildly millilitre millimetre million minimum minor minority
    minus minute mm mode multiple multiply narrow nine nineteen ninety ninth nm number numerous
    occasional odds ounce overall pair paired partial percent percentage percentile plenty plus
    principal proportion quarter range rare rate ratio regular remainder remaining rise roughly row
    scale scant score second seldom seven sevenfold seventeen seventh seventy share short shorter
    shortest shrink significance similar single six sixteen sixth sixty size slight slightly small
    smaller smallest sparse square standard statistic statistical statistically sum tall ten tenth thick
    thin third thirteen thirty thousand thousandth three threefold threshold times tiny total twelve
    twentieth twenty two twofold typical uncommon unit unusual usual variable varied various vary volume
    weight wide width
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
    argentinian article asia asian associate association atlantic atlas attribute australia australian
    austrian author autopsy bangladeshi basis belgian bias birthplace birthrate blind botanist boy boys
    brazil brazilian britain british brother cadaver call canada canadian carriers case catalogue
    category caucasian causal cause census center centre certain chance characterise characteristic
    chilean china chinese city clan class classic classical classification classify climate clinical
    clue coast cohort coin collect colombian community compare comparison composer comprise confirm
    confirmed confounder confounding connect consist contain continent contrast control controls
    correlate correspond country covariate cross czech danish data database dataset decile define
    definition denmark depend dependent depict descendant descent describe disagree discover disputed
    dutch east eastern egypt emperor engineer england enrol epidemiology estimate estimated ethiopian
    ethnic ethnicity europe european evidence evident example exclude explain explanation extrapolate
    fact false family farmer father feature female find finding finland finnish fit form found founder
    france french gave german germany girl girls grandparent greek group habit hispanic hospital
    hungarian hypothesis illustrate illustration important incidence include independent india indian
    indicate inhabitant inpatient inpatients institute institution interview invent inventor investigate
    iran iranian ireland irish island israel italian italy japan japanese jewish kappa kenyan kind king
    kingdom known korea korean laboratory latin lebanese lecture likely lineage link list listed
    literature london longitudinal lowercase male man match matched mechanism mediterranean member men
    mention mentioned meta mexican mexico miner model monograph moroccan mortality mortem mother museum
    musician name nation nationality necropsy neurologist nigerian nonspecific north northern norway
    norwegian noted notice noticed novelist observation observe occupation oman origin outlier outnumber
    outpatients pacific page painter pakistani paper parent paris participant particular pathologist
    patient people person peruvian philosopher physician physicist plan plausible poet poland pool
    population portray portuguese possibility possible predict prevalence printed probable professor
    prominence prominent prone proof prospective prove proven publication publish question questionnaire
    radiologist rank rater raters reader real recall recognise recognised record recruited reference
    reflect region register registry regression reject rejected relate relation relationship relative
    report represent researcher resemble resolve result retrospective review risk river role roman
    romanian rotterdam rural russia sahara said sample saudi saw say says scholar schoolchildren
    scientist scotland scottish sea seat sectional see seen series seroprevalence set sex show showed
    shown sibling sister skill skills society soldier sort soul south southern spain spanish specific spoiled
    states stratum study subgroup subtype suggest summary survey susceptible suspect suspected sweden
    swedish swiss table teenager tell tells tendency tension term terms tested thai theory thesis
    toddlers told town trait trial trials tribe trigger true tunisian turkey turkish twin type typify
    ukrainian uncertain unclear united university unknown unlikely unproven unrelated urban valley
    variant variation variety vietnamese village volunteer wales welsh west western wiki woman women
    worker world wr writer wrote
""")

# Parts of the body and what they do.
BODY: Final = _words("""
    abdomen abducens absorb accessory acetylcholine actin adjacent adrenal adventitia air albumin alive
    amygdala anatomy ankle anterior aorta apex aqueduct arachnoid arcuate area arm arterial arteries
    arteriole arteriovenous artery astrocyte asymmetric atrium auditory autonomic axon axonal barrier
    basal base basilar beat beats belly bilateral birthmark bladder block blocks blood body bone
    bonelike bony border bottom bowel brain brainstem breast breastbone breath breathing bronchus bud
    build building builds built buttock calcarine calf callosum calyx canal capillaries capillary
    capsule cardiac cardiovascular carotid cartilage caudal caudate cavity cell cellular central
    cerebellar cerebellum cerebral cerebri cerebrospinal cerebrovascular cerebrum channel cheek
    cheekbone cheekbones chest chiasm chin choroid cingulate circadian circuit cistern cisterna
    claustrum clivus close cochlea cochlear coeruleus collagen collarbone colliculus column commissure
    communicating cone conjunctiva connective contract contraction converge cord cornea corona coronary
    corpora cortex cortical corticospinal cover covered covering cranial cranium crease cribriform
    crosses cuneus cup cutaneous cytoplasm darkness daylight dendrite dendritic dentate dermis diaphragm
    dimple dimpled disc distal dopamine dorsal duct dura ear eardrum ectoderm edge elastic elastin elbow
    embryo enamel endocrine endoderm endothelial endothelium enzyme ependyma ependymal epithelial
    epithelium excite excrete exocrine external eye eyebrow eyelash eyelid eyes face facial falx
    fasciculus fat fatty feet fibre fibroblast fibrotic fibrous filament fill filled filter finger
    fingerprint fire fires firing fissure floor flow fluid foetal fold folded fontanelle foot foramen
    forearm forehead fornix fovea front frontal fundus gaba ganglia ganglion gap gas gastrointestinal
    geniculate germinal giant gland glial globulin globus glutamate gray grey gum gums gustatory gut
    gyrus habenula haemoglobin hair hammer hamstring hand head hearing heart heel hemisphere hepatic hip
    hippocampus hollow hormonal hormone hypoglossal hypophysis hypothalamus immune impulse impulses
    inhale injure inner insula insular internal intestine intima intracranial iris isthmus jaw jawbone
    jawline join joined joint jugular junction keratin kidney knee kneecap lamina larynx lateral layer
    lead leads left leg lemniscus lens lenticular lentiform ligament limbic line lined lining lip liver
    lobe lobule locus lumen lung lymph lymphocyte lymphoid macula mammillary marrow mast maturation
    mature medial medulla melanin membrane meninges mesenchyme mesoderm metal microglia midbrain middle
    midline migrate mineralisation mitochondria mitochondrial motor mouth move moves mucosa mucosal
    muscle muscular musculature musculoskeletal myelin myosin nail nails nasal neck nerve nervous
    network neural neuron neurone neurotransmission neurotransmitter nigra nose nostril notochord nuclei
    nucleus occipital ocular oesophagus olfactory oligodendrocyte olive opercular opposite optic orbit
    organ oscillate ossification ossify osteoblast osteoclast outer ovaries ovary palate pallidum
    pallidus palm pancreas parasympathetic parathyroid parenchyma parenchymal parietal part pathway
    pedicle peduncle pelvis pericyte peripheral perivascular periventricular petroclinoid pia pigment
    pigmented pineal pituitary place placenta plasma platelet plexus pole poles pons pore portion
    postcentral posterior pouch precentral project projection prostate protein proximal pulsate pulvinar
    pupil putamen pyramids quadrigemina radiata raphe receptor remnant renal reproductive respiratory
    retina retinal rhythm rib right robin rod rods roof root roots rostral rotate sac saliva sandwich
    scalp sclera sebaceous secrete sella sellar semicircular sensory septum serotonin serum shaft sheath
    sheet shoulder side signal sinew sinus siphon site skeletal skeleton skin skinfold skull sleeve soft
    sole soma somatosensory space spaces speech sperm spinal spine spines spinothalamic spleen sprout
    stalk stature stem stomach store striate striatum stroma structure subarachnoid subcortical
    subendothelial substantia subthalamic sulcus superficial supplies supply surface surround suture
    sutures sweat symmetric symmetrical sympathetic synapse synaptic system tail tectum teeth tegmentum
    temple temporal tendon tentorium testis thalamic thalamus thigh throat thumb thymus thyroid tight
    tip tissue toe tongue tonsil tonsillar tooth top trachea tract transporter trigeminal trochlear
    trunk tube turcica twig twigs uncinate unilateral upper urinary urine uterine uterus vagus valve
    vascular vault vein vena venous ventral ventricle vermis vertebra vertebral vessel vestibular
    vibrate virchow vitreous waist wall white womb wood wrist yolk
""")

# Diseases, their signs and their courses.
DISEASES: Final = _words("""
    abnormal abnormality abscess abscesses absence absent accompany ache aching acidosis acquired affect
    agnosia aids akinesia amnesia amoeba amoebic amyloid anaemia aneurysm angioma angiopathy anomalous
    anomaly anosmia antibodies antibody antigen anxiety apathy aphasia aplasia appear appearance apraxia
    arise arteriosclerosis arteritis aspergillus asymptomatic ataxia atherosclerosis athetosis atrophy
    attack attacks aura autism autoimmune awareness bacteria bacterium balance bat bats behaviour belong
    benign bird birds bleed bleeding bleeds blindness blink blister blisters blurred blush bradykinesia
    brittle bruise bulge bulging bump bumps burst bursts calcification calcified calcify calcium cancer
    candida carcinoma cardiomyopathy carried carry cat cataract cats cattle cavernoma cerebritis
    chickenpox chorea cleft clot clots cloudiness clump clumped clumps clumsy code cognition cognitive
    collapse coma complication compulsion concussion condition confusion congenital conscious
    consciousness contagion contusion cough covid cramp craniopharyngioma cryptococcus crystal cyst
    cystic cysticerci cysticercosis cytomegalovirus damage dead deaf deafness death defect deficiency
    deficit deform deformity degenerate degenerates degeneration delay delusion dementia demyelinate
    demyelination dent deposit depression destroy develop development diabetes diagnose diagnosis die
    died dilated dilation diplopia disability disabled disappear disease disorder dissection disturb
    disturbance dizziness dizzy dog dogs dormant drool droop drooping droops drowsiness drowsy
    dysarthria dysphagia dysplasia dystonia dystrophy ebola echinococcosis egg embolus empyema
    encephalitis encephalopathy encode endemic ependymitis epidemic epilepsy epileptic episode episodes
    exist exposed exposure express expression extend faeces faint familial fatigue feeling fever
    fibrosis fistula flaccid flavivirus flea floaters flush foaming forget forgetful fracture fragility
    fungus gait germ germinoma glaucoma glioma gliomas gliosis gliotic goitre granuloma granulomas
    granulomatous grimace growth gumma haematoma haemorrhage haemorrhagic hallucination hamartoma
    harmful harmless headache hemiballism hemiparesis hemiplegia hereditary hernia hernial herniation
    herpes hiv hoarse hold holds host hurt hydrocephalus hyperparathyroidism hyperplasia hypertension
    hypertrophy hypoparathyroidism hypoplasia idiopathic ill illness impair impairment inborn incidental
    inclusion incubation infarct infarction infect infection inflame inflammation inflammatory influenza
    injury insomnia intelligence involve irritable ischaemia ischaemic itch itchy jaundice jerk jerky
    keratosis kink lack lain language larva larvae larval latent lay leak leaking leaky learning leprosy
    lesion leukaemia lewy lie lies lifespan limp lisp live lives lose loss lost lump lumpiness lupus
    lymphoma malaria malarial malformation malign malignant mania measles measure melanoma memory
    meningeal meningioma meningitis mental metaplasia metastasis microangiopathy microcephaly migraine
    misshapen moderate mood mosquito mosquitoes movement mumps murmur mycobacterium myoclonus myopathy
    narrowed narrowing nausea necrosis necrotic necrotising neoplasm nephropathy neuritis neuroblastoma
    neurofibroma neurofibromatosis neuropathy nightmare nodule numb numbness nystagmus obsession
    occlusion occur occurrence oedema originate outbreak outlook overgrowth pain pale pallor palsy
    paralysis paramyxovirus paranoia paraplegia parasite parasitic parkinsonism patch pathological
    pathology persist personality phenotype phlebitis physiological pig pigs pimple pineocytoma plague
    plaque pneumonia poison poisoning poisonous posture precede premature pressure primary prion problem
    problems produce production prognosis psychiatric psychosis ptosis quadriplegia rabies rash reach
    recur red reflex remain reservoir retardation retinitis retinopathy retrovirus rigidity rubella
    sarcoma scab scar scarring schistosomiasis schwannoma sclerosis sclerotic scolex secondary seizure
    sensation sense sepsis sequela seropositive severe severity sheep shortening sight sign signs sleepy
    slowed slowness slurred slurring smell snail snore span spasm spastic spasticity spell spirochaete
    spongiform sporadic spread squint squinting stabbing stage stagger staging stammer stare stenosis
    stiff stiffness stone stroke strongyloides stutter suffer survival survivor swell swelling swollen
    symptom symptomatic syndrome syphilis systemic tangle tangles tapeworm taste tau teratoma thinking
    thirst thought throb throbbing thrombosis thrombus tic tick ticks tics tingling titre togavirus
    toxic toxin toxoplasma toxoplasmosis transmission tremor treponema tropical trouble tuber
    tuberculosis tuberous tubers tumor tumour twisted twitch twitching typhoid ulcer undergrowth
    unsteadiness unsteady vacuole vanish vasculitis vasculopathy vector ventriculitis viral virus vision
    visual vomiting wart warts weak weakness webbed weigh widened widening wobble worm worms writhing
    wrong wrongly zika zoonosis zoonotic
""")

# Genes, proteins and other substances of the body.
GENES: Final = _words("""
    acetylation acid acidic allele alpha aluminium amino amorphous aneuploidy animal antinuclear apatite
    arsenic atom autosomal autosome biallelic bind biochemical biopsy blastocyst bound byproduct cadmium
    calcareous calcite carbon carbonate catalyse centromere change changed changes chaperone chemical
    chemistry chemokine chloride chlorine cholesterol chromosomal chromosome cilia cilium cleave cleaved
    cleaves clone cobalt codon complex compound concentration copied copies copper copy crossover
    crystalline cytokine cytoskeleton delete deletion delta derived dimer dioxide diploid dna domain
    dominant duplicate duplication electrical element enantiomer endoplasmic energy epsilon exon
    exonuclease exporter factor ferric ferrous fly frame function functional gain gamete gamma gene
    genes genetic genetics genome genomic germline glycosylation golgi granule haemosiderin haploid
    haplotype helicase helix heritable heterodimer heterozygous homeostasis homodimer homologue
    homozygous human hydrogen hydrophilic hydrophobic hydroxyapatite importer inherit inheritable
    inheritance insoluble interferon interleukin intron inversion iodide ion iron isoform isomer
    karyotype kinase lactate lamellar lattice level ligand ligase linked lipid lysosome manganese
    material maternal maternally matrix mendel mendelian mercury metabolic metabolise metabolite
    methylation mice mineral mineralise missense mixture modifier molecular molecule monkey monomer
    monosomy monoxide mosaic mosaicism motif mouse mutant mutate mutation negative nickel nitrogen
    nonsense normal nuclease nucleolus nucleotide offspring oocyte orthologue osmotic ovum oxalate
    oxygen particle paternal paternally pathogenic pedigree penetrance peptide peroxisome phosphatase
    phosphate phosphorus phosphorylate polarity polymer polymerase polymorphism positive proband product
    promoter raised rat recessive recombination remnants repeat reticulum ribosomal ribosome rna salt
    salts sequence silent silica soluble solute somatic spanning spans species splice splits
    substitution subunit sugar sulphur synthesis synuclein telomere trace traces transcript translate
    translocation transport trisomy truncated ubiquitin vesicle water y yeast zebrafish zinc zygote
""")

# Pictures, and how something looks.
LOOKS: Final = _words("""
    algorithm almond anchor angiogram angiographic antler arch archway arrow attenuation axial ball
    balls band bead beads beam bend bent black blacken blue boat bowl branch branched brick bridge
    bright brighten brightness brown bulky bull butterfly cap cauliflower chalky checkerboard cherry
    cigar cloud clouds cloudy cluster clustered cobweb cold color colour comma computed confluent
    contour coronal crescent crisp crown ct cubes cursor curve curved dark darken darkens dash detector
    diffuse diffusion dot dotted drawing echo eggshell electron feathery field film flame focal freckle
    freckled frost frosted fuzzy gelatinous generalised glass glassy golden grain grains grape grapes
    green gritty gyriform hairlike halo hard hazelnut honeycomb horn horns horseshoe hot hounsfield hue
    hyperdense hyperintense hypodense hypointense image imaging intense intensity invisible isotope
    ivory jagged jelly knobbly knotted lace layered lid lighten linear liquid lobulated loop looped
    magnet magnetic map margin margins mass mesh microscope microscopic microscopy milky millisievert
    mirror mottled mri mulberry net nodular oily onion opaque outline oval pattern pea pear pebble
    pebbles petal phase photograph picture pine pinhead pink pixel plane planes plum pointed popcorn
    profile proton punctate purple pyramid radiograph radiography ragged rail rails raindrop ray rays
    reconstruction redden resolution ribbon ribbons rice rim ring rope rough round rubbery sagittal sand
    saucer sausage scan scanner scattered seahorse serpentine shadow shape sharp shell shiny sieve
    sievert silhouette silver silvery slice smoke smoky smooth snowflake snowstorm software solid speck
    specks spectroscopy sphere spherical spiderweb spindle spiral spongy spot spray stain staircase star
    stellate stippled straight streak string strings stripe striped stripes susceptibility swirl
    symmetry t1 t2 tangled tent tesla texture thicken thread threadlike threads tile tiled tinge tint
    tomogram tomography track tracks tram transparent tree twist ultrasound vague visible voxel walnut
    warm wave web wedge weighted widespread wing wings workstation wrinkled x yellow zigzag
""")

# What something is called.
NAMING: Final = _words("""
    abbreviation acronym ad again alias alphabet anybody anyone art bc capital chapter codes coined
    coins colloquial council derive derives draft else eponym eponymous folk heading headings headline
    historical honour italic letter letters literally loaded meaning means met mine misnomer my namesake
    nickname nicknames note notes obsolete omim ontology our ours outdated paragraph paragraphs passage
    plain plainer pronounced quote quoted sentence shortly something source sources spelt stand stands
    surname synonym synonymous synonymously text textbook textbooks texts theirs thing things title
    translated translation unseen word words write written
""")

ALL: Final = GRAMMAR | AMOUNTS | TIMES | STUDIES | BODY | DISEASES | GENES | LOOKS | NAMING

# Words that count only as they are written: "counted" in a study, but "it does not count".
AS_WRITTEN: Final = _words("burning clear clearer clearly corrects counted settled working")
# Turns of phrase that describe, although their words, alone, may be advice.
PHRASES: Final = (
    r"looks? (?:alike|black|bright|brown|dark|different|grey|like|normal|pale|red|similar|the same|white)",
    r"a reason to look for|looked for(?= (?:a|the) causes?)|helps? control(?= movement)|burns? badly",
    r"leaves? (?:a scar|calcium|cysts?|scars|scattered|specks|spots|traces)|stands? for|chewing gum",
    r"(?:gr[ae]y|white) matter|accounts? for|as well(?: as)?|well known|as per rule|not just an?",
    r"just (?:above|as|behind|below|under)|near the (?:edge|middle|surface)|on the (?:other )?hand",
    r"best read as|with particular care|(?:form|kind|type) of radiation|instead of (?:high|left|low|right)",
    r"(?:goe?s?|went) (?:along )?with|goes back to|gives? (?:rise to|the)|takes? (?:part in|up)",
    r"^(?:bad|good)\.?$|stops? x[- ]rays",
    r"(?:brings?|brought) on|passe?s? through|sits? (?:above|at|behind|below|in|near|on)",
)
# What is said of copies of genes, and would be advice elsewhere.
OF_INHERITANCE: Final = _words("counselling enough needed pass passed passes testing while worth")
# How it is said that something ends without anybody's help.
UNAIDED: Final = r"(?:by|on) (?:itself|themselves|(?:its|their) own)|(?:itself|themselves)[.,;]"
