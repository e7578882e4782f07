"""Words by which sentences that describe are told from those that direct care; `directives` reads them.

English has few verbs that only describe, and thousands of things that can be done to somebody. So the long
list is of the former: any other verb in a place where a verb directs makes a directive.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs of being, happening, knowing and telling, as they stand after "can" and after "people".
DESCRIBING: Final = _words("""
    ache act add affect age alter appear arise be become belong bleed block break breathe bring build
    burst calcify carry cause change collapse come complain confirm confuse contain contribute cough
    count damage depend describe destroy detect develop die differ disagree disappear distinguish divide
    endanger enter exceed exist expect experience explain extend face fade fail faint fall feel fit
    fluctuate follow forget form get go grow happen harm have hear hold hurt imitate improve include
    indicate infect inherit injure involve itch jerk kill know lack last lead learn leave lie live look
    lose make mean measure meet mend mimic miss move mutate name narrow need notice occur originate
    overlap pass persist point precede predict press prove provoke raise rank reach read recall
    recognise recover recur relapse remain remember repeat report resemble rest reveal say scar see seem
    seize shake show shrink sit smell split spread stand struggle stumble suffer suggest supply survive
    suspect swell taste tear tell think tilt tremble trigger twitch vanish vary vomit wake walk weaken
    widen work worsen
""")

# What can be said to be so of a finding, a person or a thing, without somebody doing it: "is called".
DESCRIBED: Final = _words("""
    absorbed accepted accompanied affected agreed aligned allied altered arranged assigned associated
    assumed attached attributed based believed bent blamed blocked born bound broken built calcified
    called caught caused changed characterised classed classified clotted cloudy combined compared
    complicated composed compressed concentrated concerned confined confirmed confused connected
    considered contained contaminated contracted controlled correlated counted coupled covered crowded
    damaged debated decreased defined deformed delayed demented depressed derived described destroyed
    detected developed diagnosed different differentiated dilated diminished disabled disputed
    distinguished distorted distressed distributed disturbed divided doubted drawn dubbed elevated
    embedded enlarged established estimated exaggerated excreted exempted exhausted expected explained
    exposed expressed felt filled filtered fixed folded forgotten formed found founded frightened fused
    grouped hardened harmed heard hidden hit hurt impaired implicated implied included increased
    infected inflamed inherited injured intertwined involved irritated joined judged killed known
    labelled lesioned lined linked listed located lost made malformed marked matched meant mentioned
    mimicked misinterpreted missed mistaken mutated named narrowed needed noted noticed observed
    obstructed obtained occupied opposed organised overlooked paralysed passed perceived posed possessed
    preceded predicted preserved pressed produced proposed protected proved proven published questioned
    quoted raised ranked reached read reckoned recognised reduced reflected regarded rejected related
    released replicated reported represented resolved revealed said scarred scattered seen segmented
    separated settled severed shaped shared shortened shown shrunken simplified situated slowed spared
    split spoken spread stained stated stored stretched struck studied subdivided suggested supplied
    supported supposed surrounded suspected swollen symptomatic termed thickened thinned thought tied
    tired told torn transmitted transported triggered twisted understood undetected unexplained varied
    viewed visualised weakened weighed widened worked worried worsened written
""")

# What is said of a state, and of what somebody does to change it, which then has a degree or a condition.
OF_DEGREE: Final = _words("""
    accepted added changed decreased elevated increased raised recorded reduced shortened slowed
""")

# How or on what condition something is raised, lowered or changed.
STEPS: Final = _words("by every gradually if slowly to unless until when within")

# Going to where help is, and what people do in daily life: advice that any clinician can judge.
EVERYDAY: Final = _words("""
    ask call consult contact cycle drive fly get live looked report ring see sleep speak stay swim tell
    travel visit wait work
""")

# Irregular past participles that do not end in -ed or -en.
PARTICIPLES: Final = _words("""
    begun bought bound brought built burnt caught clung come cut dealt done drawn drunk dug fed felt
    found gone ground had held hit hung hurt kept known laid lain led left let lit lost made meant met
    paid put read run rung said sat sent set shown shut slept sold sought sown spent split spread spun
    stood stopped struck stuck sucked sung sunk swept sworn swum taught thought thrown told torn
    understood won worn wound
""")

# Verbs whose past ends otherwise than in -ed.
IRREGULAR: Final = _words("""
    bathe begin bend bind bite bring build buy catch choose come cut deal do draw drink drive eat feed
    find fly forget get give go grind hang have hit hold keep lay leave lend let lie lift make mean
    measure meet pay put read ring rise run say see seek sell send set shake show shut sit sleep speak
    spend split stand steal stick sting strike swell swim take teach tear tell think throw wear wind
    withdraw withhold write
""")

# Words that are hardly ever verbs here, although English has verbs that are written so.
NO_VERBS: Final = _words("""
    a about above adult against all alone along among an and another any around as at back behind below
    beside between blood bone both brain but by cell child chronic close deep down each early either
    even face far few first for from full gene half hand head her here him his hiv how in inside into it
    its last late less light like little long low many more most much muscle near nerve no none nor not
    now of off on one only open or other our out outside over own part per quite rare rather right round
    same seizure several she short sign skin small so some still study such symptom that the their them
    then there these they this those through to too toward trouble twin two under up upon very vessel
    via water we well what white wide with within without yet you young
""")

# Of these, the words that a verb can follow.
PRONOUNS: Final = _words("it people that there these they this those we you")

# Plurals that are hardly ever verbs, although English has verbs that are written so.
PLURALS: Final = _words("""
    arteries babies bones causes cells clots cramps cysts deposits disorders drawings eyes falls forms
    genes groups hands headaches kinds lists muscles names nerves pains parents people pictures places
    plans proteins results ribs scans seizures sheets sides signs sites spaces spots states steps
    studies symptoms terms tests times trials tumours types vessels walls weeks words years
""")

# Words that are verbs only where an object follows: "lower the dose", but "lower body mass".
MOSTLY_ADJECTIVES: Final = _words("""
    better calm clean clear cool copper dry empty free hazard iron jaw lead lower open people single
    slow smooth sound thin warm
""")

# How an object begins.
OBJECTS: Final = _words("a again all an any by down each every fast it its slowly the them this to up")

# After these, the word before them was no order: "pain in the head".
NO_ORDER_BEFORE: Final = _words("and are from in is of on or that which who")

# Pasts of verbs that do not end in -ed.
PAST: Final = _words("""
    became began bled brought came caught did drank drew fell felt found gave got grew held kept knew
    lay led left lost made met ran rose saw showed spoke stood told took went wrote
""")

# Verbs that make a sentence whole, by themselves or with another one.
FINITE: Final = _words("""
    am are aren't can can't cannot could couldn't did didn't do does doesn't don't had has hasn't have
    haven't is isn't may might must mustn't needn't shall should shouldn't was wasn't were weren't will
    won't would wouldn't
""")

# What happens in a body by itself: where one of these is what a sentence is about, nobody does anything.
NATURAL: Final = _words("""
    arteries artery attack attacks bacteria bleeding brain calcification calcifications cancer
    cancers cell cells cerebellum channel clot clots condition cramp cramps crystals cyst
    cysts deposit deposits disease diseases disorder disorders dots enzyme enzymes fit fits fungus gene
    genes germ gland glands headache headaches illness infection infections lesion
    lesions membrane mutation mutations nerve nerves noise pain pallidum paralysis parasite
    parasites pathway protein proteins putamen rash receptor receptors seizure seizures sign signs skull
    spasm spasms stone stones stress stroke strokes sunlight swelling symptom symptoms syndrome
    syndromes thalamus tremor tremors tumour tumours variant variants vein veins vessel vessels virus
    viruses weakness weather worm worms
""")

# Here a clause ends, and another one begins that says when, why or of whom.
SUBORDINATING: Final = _words("""
    after although as because before if once since than that though unless until when whenever where
    whereas whether which while who whom whose
""")

# Verbs that say that something can, may or should be done.
MODALS: Final = _words("can cannot could may might must need needn't ought shall should")

# What may stand between those and the verb.
ADVERBS: Final = _words("""
    already also always best better even just never not now often only still then usually well
""")

# How a clause begins that is the object of an order: "give what is there".
OBJECT_CLAUSES: Final = _words("anything how what whatever")

# Orders of one word.
STOPPING: Final = _words("""
    act admit ask call continue discharge halve image operate reassess recheck reconsider refer repeat
    restart retest review scan start stop treat wait
""")

# What stands before an age.
OF_AGE: Final = _words("above below over under")

# Whom a sentence can be about.
PEOPLE: Final = _words("""
    adolescents adults anybody anyone babies boys carers children clinicians couples doctors everybody
    everyone experts families fathers geneticists girls guidelines household infants men mothers
    neurologists newborns nobody nurses parents partners patients people pharmacists physicians
    relatives smokers somebody someone specialists surgeons teenagers those toddlers users women
""")

# What stands between "see" and whoever is to be seen.
BEFORE_HELPERS: Final = _words("a an any her him one our somebody someone the their them your")

# What is measured or looked at again and again in somebody who is ill or takes something.
MEASURED: Final = _words("""
    albumin bicarbonate bilirubin blood bloods calcium cells cholesterol clinic clinics clotting count counts
    creatinine crp ct ecg echo eeg egfr electrolytes esr eyes ferritin glucose growth haemoglobin
    hearing height hormone inr ketones kidney kidneys lactate level levels liver magnesium monitoring
    mri oxygen phosphate picture pictures plasma platelets potassium pressure protein pulse ratio
    reading readings result results saturation scan scans serum sight sodium sugar temperature test
    tests trough troughs ultrasound urea urine values vision visit visits weight x-ray x-rays
""")

# A scan by itself is no treatment: whom to scan, a clinician of any kind may say.
IMAGED: Final = _words("ct imaged mri scan scanned scans screened screening x-ray x-rays")

# What is said of scans then.
OF_IMAGING: Final = _words("have image imaged scan scanned screen screened weighed")

# Words that say how often, how long, or what else, in notes without a verb.
JOTTED: Final = _words("""
    after before each every extra from if instead never no not off on once per plus then twice
    until with without
""")

# What is said of something that is done or left: whether it is right, owed or without harm.
WEIGHING: Final = _words("""
    acceptable adequate advisable allowed ample appropriate best better fair feasible fine harmless
    inadvisable inappropriate indicated justified mandatory needless optional plenty pointless possible
    preferable preferred prudent reasonable required right safe safer safest sensible sufficient
    suitable superfluous unjustified unnecessary unsafe unsuitable useful useless warranted wise worth
    worthwhile wrong
""")

# Frames of a treatment, of watching somebody, and of its limits, as patterns for whole words.
FRAMES: Final = (
    r"(?:good|high|long|low|soon|well) enough",
    r"too (?:early|late|little|long|much|short|soon) to",
    r"(?:first|last|next|second|third) (?:choice|option|resort|step)",
    r"of choice|(?:first|second|third|last)[ -]line",
    r"no (?:bar|concern|difference|harm in|hurry|limit|need|obstacle|odds|point in|reason|rush)",
    r"nothing (?:else|further|more)|nothing (?:has|is|needs) to be|needs? no|ask for no|in no hurry",
    r"calls? for|called for|out of the question|off limits|a matter of|if need be|regardless of",
    r"the aim|aims? (?:at|for|is)|aimed? (?:at|for)|(?:a|the) (?:goal|target)",
    r"(?:is|are) (?:due|reserved|wanted)|stopping rules?|signs? to|time to",
    r"(?<!high )(?<!left )(?<!low )(?<!right )instead of|in place of",
    r"suffices?|suits?|will do|(?:does|do|works?) (?:as well|best|better|well) (?:as|at|in|on|with|without)",
    r"as (?:fast|long|often|soon) as|whatever (?:her|his|the|their)|carr(?:y|ies) on|than nothing",
    r"outweighs?|(?:is|are|not|hardly) worth|(?:of|a|no) (?:cure|remedy)|waste of (?:effort|money|time)",
    r"more harm than good",
    r"(?:is|are|be|was|were) of (?:any |great |little |no |some )?(?:avail|benefit|help|use|value)",
    r"evidence (?:against|for) (?:doing|it|its use|them|this|using)|the (?:label|leaflet|needle(?! shape))",
    r"(?:it|nothing|these|they|this|what|which) (?:also |no longer |(?:do|does|did) not )?works?"
    r"(?= (?:after|against|at|best|better|fast|for|if|only|well|when|within|worse)|[.,;]|$"
    r"| in (?:adults|children|few|many|men|most|people|some|women))",
    r"responds? to (?:it|them|this)|(?:an|its|no|the|their|without|takes?) effect"
    r"(?= (?:begins|comes|fades|is|lasts|wears|was|within)|[.,;]|$)|(?:keeps?|loses?) (?:its|their) effect",
    r"helps(?= (?:against|everybody|everyone|few|many|most|nobody|only|some)|[.,;]|$)"
    r"|^\w+ harms(?= (?:everybody|everyone|few|many|most|nobody|only|some)|[.,;]|$)",
    r"needs? (?:far |much )?(?:fewer|half|less|more|nothing|twice)(?= (?:as|of|than|what)|[.,;]|$)",
    r"(?:all|what) (?:he|she|they|people) needs?|(?:gap|interval|pause) between (?:each|them|two)",
    r"needs? (?:a|an|another|no|the) (?:\w+ )?(?:ambulance|bed|check|doctor|nurse|scan|specialist|test)s?",
    r"needs? (?:it|them)|(?:can|cannot) (?:not )?have (?:it|them)|off (?:it|them)",
    r"(?:does?|did|feels?) (?:badly|best|better|fine|well|worse) on (?:it|them)|is the price|if in doubt",
    r"(?:after|before) (?:all|anything|everything) else|the knife|benefits?|brands?|substitutes?",
    r"adds (?:little|much|nothing)|(?:is|are|was|were) stopped (?:early|for)",
    r"the (?:best|only|right|safest|worst|wrong) (?:answer|choice|course|moment|option|place|thing|time|way)"
    r"(?! (?:of|to) (?:detect|find|finding|know|knowing|look|see|seeing|show|tell|telling))",
)
# What something does, for better or worse.
DOING_GOOD: Final = r"(?:does|do|did) (?:little|more|much|no|some) (?:good|harm)(?! (?:by|to))"
# What needs to be done, unless to an idea: "nobody needs watching", but "the claim needs testing".
NEEDING: Final = (
    r"(?<!claim )(?<!finding )(?<!hypothesis )(?<!idea )(?<!question )(?<!theory )needs? (?:no )?\w{2,}ing"
)
