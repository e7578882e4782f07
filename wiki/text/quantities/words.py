"""Words around quantities, as data: numbers, frequencies, and words that mark a dose."""

from fractions import Fraction
from typing import Final


def _words(text: str) -> list[str]:
    return text.split()


SMALL_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        _words(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen"""
        )
    )
} | {"dozen": 12, "couple": 2}
TENS: Final = {
    word: 10 * number
    for number, word in enumerate(_words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
POWERS: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
PARTS: Final = {
    **dict.fromkeys(("half", "halves"), Fraction(1, 2)),
    **dict.fromkeys(("third", "thirds"), Fraction(1, 3)),
    **dict.fromkeys(("quarter", "quarters", "fourth", "fourths"), Fraction(1, 4)),
    **dict.fromkeys(("fifth", "fifths"), Fraction(1, 5)),
    **dict.fromkeys(("eighth", "eighths"), Fraction(1, 8)),
    **dict.fromkeys(("tenth", "tenths"), Fraction(1, 10)),
}

# Prescription shorthand as times in hours; "" where it names no interval.
SHORTHAND: Final = {
    **dict.fromkeys(("od", "qd"), "every 24 h"),
    **dict.fromkeys(("bd", "bid"), "every 12 h"),
    **dict.fromkeys(("tds", "tid"), "every 8 h"),
    **dict.fromkeys(("qds", "qid"), "every 6 h"),
    **dict.fromkeys(("qod", "eod"), "every 48 h"),
    **dict.fromkeys(("biw",), "every 84 h"),
    **dict.fromkeys(("tiw",), "every 56 h"),
    **dict.fromkeys(("nocte", "qhs", "hs", "qn"), "at night"),
    **dict.fromkeys(("mane", "om", "qam"), "in the morning"),
    **dict.fromkeys(("prn", "sos"), "as needed"),
    **dict.fromkeys(("stat",), "at once"),
    **dict.fromkeys(("ac", "pc"), "with meals"),
}
# Shorthand that is also an ordinary word or name: it counts only directly after an amount.
SHORTHAND_BEHIND_AMOUNTS: Final = frozenset(
    {
        "od",
        "bd",
        "bid",
        "om",
        "hs",
        "ac",
        "pc",
        "qn",
        "stat",
        "sos",
        "tid",
        "qid",
        "mane",
        "eod",
    }
)
ADVERBS: Final = {
    "hourly": "every 1 h",
    "daily": "every 24 h",
    "taglich": "every 24 h",
    "nightly": "at night",
    "weekly": "every 168 h",
    "fortnightly": "every 336 h",
    "monthly": "every 1 month",
    "yearly": "every 12 month",
    "annually": "every 12 month",
    # Ambiguous: twice a week, or every other week.
    "biweekly": "biweekly",
    "bimonthly": "bimonthly",
}
OFTEN: Final = {"once": 1, "twice": 2, "thrice": 3}
TIMES_OF_DAY: Final = {
    **dict.fromkeys(("night", "bedtime", "evening", "nights", "evenings"), "at night"),
    **dict.fromkeys(("morning", "mornings", "breakfast"), "in the morning"),
    **dict.fromkeys(("noon", "midday", "lunchtime", "lunch"), "at midday"),
    **dict.fromkeys(("meal", "meals", "mealtime", "mealtimes"), "with meals"),
}

# Verbs of giving: numbers near them are more likely to be read as doses.
GIVING: Final = frozenset(
    _words("""
        take takes taking taken took give gives giving given gave administer administers administered
        administering administration inject injects injected injecting infuse infuses infused infusing
        swallow swallows swallowed prescribe prescribes prescribed prescribing prescription apply
        applied inhale inhales inhaled titrate titrated titrating titration start starting started
        receive receives received receiving use uses using instil instill insert dissolve chew suck
        drink sip maximum minimum max initially loading maintenance uptitrate uptitrated
        medication medicine posology supplement supplements supplementation treated dosed
        redose sig
    """)
)
DOSE_WORDS: Final = frozenset(
    _words("""
        dose doses dosage dosages dosing dosed overdose overdoses overdosage dosis posology strength
    """)
)
ROUTES: Final = frozenset(
    _words("""
        oral orally po mouth iv intravenous intravenously im intramuscular intramuscularly sc
        subcutaneous subcutaneously rectal rectally sublingual sublingually topical topically inhaled
        nebulised nebulized solution suspension syrup elixir cream ointment gel lotion saline dextrose
        glucose drip infusion infuse infused injection inject injected injectable vial ampoule ampule
        oxygen mask pump shampoo eye-drops eyedrops strength concentrate linctus mixture
    """)
)
PEOPLE: Final = frozenset(
    _words("""
        people person persons patient patients adult adults child children woman women man men boy
        boys girl girls participant participants case cases family families member members carrier
        carriers relative relatives sibling siblings infant infants baby babies newborns individual
        individuals subject subjects volunteer volunteers cohort cohorts study studies trial trials
        report reports paper papers review reviews centre centres center centers hospital hospitals
        country countries brother brothers sister sisters parent parents twin twins doctors nurses
        readers moderators authors clinicians specialists kindreds pedigrees controls survivors users
        rats mice animals dogs autopsies brains eyes births deaths pregnancies
    """)
)
COUNTED: Final = frozenset(
    _words("""
        gene genes group groups variant variants mutation mutations exon exons way ways type types
        kind kinds form forms point points step steps part parts site sites region regions sign signs
        symptom symptoms question questions answer answers test tests scan scans image images result
        results reason reasons stage stages example examples locus loci version versions page pages
        section sections chapter chapters episode episodes seizure seizures attack attacks fits
        relapses visit visits session sessions cycles lesions calcifications nodules tumours tumors
        features criteria items scores classes categories levels grades copies alleles chromosomes
        proteins enzymes drugs medicines treatments medications options causes diseases disorders
        conditions syndromes syndrome measurements samples
        occasions scanners machines devices scales slices sequences fold times languages words
        letters sources references links statements guidelines guideline databases registers
        registries teams experts steroids antiseizure different other main common rare known new more
        further additional metre metres mechanisms transporters receptors antibodies organs vessels
        arteries surgery surgeries operations shunts areas phases arms blood urine
    """)
)
# A number after one of these is a name: page 12, grade 3, exon 5.
LABELS: Final = frozenset(
    _words("""
        page pages p pp figure figures fig figs table tables grade stage type types phase class
        version chapter section no number nr pmid pmc doi isbn chromosome exon exons intron codon step
        level volume vol issue part box appendix article cas orpha omim icd locus update edition
        protocol trial score line paragraph item room building factor group footnote reference ref
        refs rule category form sars-cov
    """)
)
READINGS: Final = frozenset(
    _words("""
        inr ph gcs edss mmse moca updrs bmi hba1c egfr snr score scores ratio index t-score z-score
        apgar iq
    """)
)
MONTHS: Final = frozenset(
    _words("""
        january february march april may june july august september october november december jan feb
        mar apr jun jul aug sep sept oct nov dec
    """)
)
BOUNDS: Final = {
    "<": "<",
    ">": ">",
    "≤": "≤",
    "≥": "≥",
    "±": "±",
    "~": "~",
    "≈": "~",
    **dict.fromkeys(("under", "below", "less-than", "fewer-than"), "<"),
    **dict.fromkeys(("over", "above", "more-than", "exceeding"), ">"),
    **dict.fromkeys(("up-to", "at-most", "no-more-than", "not-more-than", "maximum", "max", "maximal"), "≤"),
    **dict.fromkeys(("at-least", "minimum", "no-less-than", "not-less-than"), "≥"),
    **dict.fromkeys(("about", "approximately", "approx", "around", "roughly", "circa", "ca", "nearly"), "~"),
}
# Before a number these introduce a count of cases and not an amount.
AMONG: Final = frozenset(
    _words("""
        in by among amongst of with from after before within since during for across
    """)
)
ADJUSTING: Final = frozenset(
    _words("""
        increase increased increasing reduce reduced reducing lower lowered raise raised titrate
        titrated titrating decrease decreased up down
    """)
)
BEFORE_YEARS: Final = frozenset(
    _words("""
        in since from until till by of during before after and to early late mid - – , (
    """)
)
# Words after a number without a unit that do not belong to it.
AFTER_BARE: Final = frozenset(
    _words("""
        a an the in on at to for with by of and or then if as until when before after per each every
        during from is are was were may can should must now only together once twice daily weekly it
        they who which that but not more less
    """)
)
UP: Final = frozenset(
    _words("""
        increase increases increased increasing raise raised raising uptitrate uptitrated
    """)
)
DOWN: Final = frozenset(
    _words("""
        reduce reduces reduced reducing decrease decreased decreasing lower lowered lowering cut taper
        tapered tapering
    """)
)
# Imperative forms: "increase by a third", not "it increased by a third".
ORDERS: Final = frozenset(
    _words("""
        double triple treble quadruple halve increase raise reduce decrease cut taper
    """)
)
# Words for a dose that is changed.
DOSED: Final = frozenset(
    _words("""
        dose doses dosage dosages it them intake tablet tablets amount medicine medication infusion
        rate prescription supplement
    """)
)
