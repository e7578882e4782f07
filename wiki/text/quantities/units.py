"""Units as data: spellings, dimension, and the factor to the unit of comparison."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Measures(StrEnum):
    """The dimension of a unit."""

    MASS = "mass"
    VOLUME = "volume"
    AMOUNT = "amount of substance"
    ACTIVITY = "biological activity"
    RADIATION = "radiation"
    FORM = "dose form"
    SPOON = "household measure"
    BODY = "body weight or surface"
    TIME = "time"
    SHARE = "share"
    OTHER = "something else"


@dataclass(frozen=True)
class Unit:
    """A unit: the base unit in which amounts are compared, and its factor."""

    base: str
    measures: Measures
    factor: Fraction = Fraction(1)


# Dimensions that can be a dose, unless counted per litre.
TAKEN: Final = frozenset(
    {
        *(Measures.MASS, Measures.VOLUME, Measures.AMOUNT, Measures.ACTIVITY),
        *(Measures.RADIATION, Measures.FORM, Measures.SPOON),
    }
)

# Base unit, dimension, then for each unit its factor and its spellings.
METRIC: Final = (
    (
        "mg",
        Measures.MASS,
        (
            ("1000", "g gm gms gram grams gramme grammes gramm gramms grms"),
            ("1", "mg mgs mgm mgms mgr milligram milligrams milligramme milligrammes milligramm milligramms"),
            (
                "1/1000",
                "μg ug mcg mcgs mcgm μgs mic mics microg microgs microgram micrograms microgramme"
                " microgrammes mikrogramm mikrogram mikrograms",
            ),
            ("1/1000000", "ng nanogram nanograms nanogramme nanogrammes nanogramm"),
            ("1/1000000000", "pg picogram picograms"),
        ),
    ),
    (
        "kg",
        Measures.BODY,
        (("1", "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm"),),
    ),
    (
        "mL",
        Measures.VOLUME,
        (
            ("1000", "l ltr litre litres liter liters"),
            ("100", "dl decilitre decilitres deciliter deciliters"),
            ("10", "cl centilitre centilitres centiliter centiliters"),
            ("1", "ml mls cc ccs cm3 cm³ millilitre millilitres milliliter milliliters mililitre mililiter"),
            ("1/1000", "μl ul mcl microlitre microlitres microliter microliters mm3 mm³"),
            ("1000000", "m3 m³"),
        ),
    ),
    (
        "mmol",
        Measures.AMOUNT,
        (
            ("1000", "mol mole moles"),
            ("1", "mmol mmols millimol millimole millimoles"),
            ("1/1000", "μmol umol mcmol micromol micromole micromoles"),
            ("1/1000000", "nmol nanomol nanomole nanomoles"),
            ("1/1000000000", "pmol picomol picomole picomoles"),
        ),
    ),
    ("mEq", Measures.AMOUNT, (("1", "meq meqs mval milliequivalent milliequivalents"), ("1000", "eq"))),
    ("mOsm", Measures.AMOUNT, (("1", "mosm mosmol milliosmole milliosmoles"),)),
    ("Gy", Measures.RADIATION, (("1", "gy gray grays"), ("1/100", "cgy rad rads"), ("1/1000", "mgy"))),
    (
        "Sv",
        Measures.RADIATION,
        (
            ("1", "sv sievert sieverts"),
            ("1/1000", "msv millisievert millisieverts"),
            ("1/1000000", "μsv usv"),
        ),
    ),
    (
        "MBq",
        Measures.RADIATION,
        (
            ("1", "mbq megabecquerel megabecquerels"),
            ("1000", "gbq gigabecquerel gigabecquerels"),
            ("37", "mci millicurie millicuries"),
        ),
    ),
    ("kcal", Measures.OTHER, (("1", "kcal kcals calorie calories"),)),
    ("kJ", Measures.OTHER, (("1", "kj kilojoule kilojoules"),)),
    (
        "mm",
        Measures.OTHER,
        (
            ("1", "mm millimetre millimetres millimeter millimeters"),
            ("10", "cm cms centimetre centimetres centimeter centimeters"),
            ("1000", "m metre metres meter meters"),
            ("1000000", "km kilometre kilometres kilometer kilometers"),
            ("1/1000", "μm um micron microns micrometre micrometres micrometer micrometers"),
            ("1/1000000", "nm nanometre nanometres"),
        ),
    ),
    ("mm²", Measures.OTHER, (("1", "mm2 mm²"), ("100", "cm2 cm²"))),
    (
        "h",
        Measures.TIME,
        (
            ("1/3600", "s sec secs second seconds"),
            ("1/3600000", "ms msec milliseconds"),
            ("1/60", "min mins minute minutes minuten"),
            ("1", "h hr hrs hour hours stunde stunden std"),
            ("24", "d day days tag tage tagen"),
            ("168", "w wk wks week weeks woche wochen"),
            ("336", "fortnight fortnights"),
        ),
    ),
    (
        "month",
        Measures.TIME,
        (
            ("1", "month months mth mths monat monate monaten"),
            ("12", "y yr yrs year years jahr jahre jahren"),
            ("120", "decade decades"),
        ),
    ),
)
# Units without a conversion: each is compared only with itself.
ALONE: Final = (
    (Measures.ACTIVITY, "unit", "unit units einheit einheiten"),
    (Measures.ACTIVITY, "IU", "iu ius international-unit international-units"),
    (Measures.ACTIVITY, "milliunit", "milliunit milliunits munit munits milli-unit milli-units"),
    (Measures.ACTIVITY, "kilounit", "ku"),
    (Measures.ACTIVITY, "grain", "gr grain grains"),
    (Measures.BODY, "m²", "m2 m² sqm square-metre square-metres square-meter square-meters sq-m"),
    (Measures.BODY, "1.73 m²", "1.73m2 1.73m²"),
    (Measures.BODY, "lb", "lb lbs pound pounds stone stones"),
    (Measures.MASS, "oz", "oz ounce ounces"),
    (Measures.VOLUME, "pint", "pint pints"),
    (Measures.SHARE, "%", "% percent pct prozent per-cent"),
    (Measures.SHARE, "‰", "‰"),
    (Measures.OTHER, "°C", "°c degc celsius"),
    (Measures.OTHER, "°F", "°f fahrenheit"),
    (Measures.OTHER, "degree", "° degree degrees"),
    (Measures.OTHER, "mmHg", "mmhg"),
    (Measures.OTHER, "kPa", "kpa"),
    (Measures.OTHER, "HU", "hu hounsfield hounsfield-unit hounsfield-units"),
    (Measures.OTHER, "T", "tesla"),
    (Measures.OTHER, "Hz", "hz hertz"),
    (Measures.OTHER, "MHz", "mhz"),
    (Measures.OTHER, "kV", "kv kvp"),
    (Measures.OTHER, "mA", "ma mas"),
    (Measures.OTHER, "bpm", "bpm"),
    (Measures.OTHER, "base pair", "bp"),
    (Measures.OTHER, "kilobase", "kb kbp"),
    (Measures.OTHER, "megabase", "mb mbp"),
    (Measures.OTHER, "kilodalton", "kda da"),
    (Measures.OTHER, "mM", "millimolar"),
    (Measures.OTHER, "cell", "cell cells copies copy beats breaths events"),
    (Measures.FORM, "tablet", "tablet tablets tab tabs tabl tbl tablette tabletten caplet caplets"),
    (Measures.FORM, "pill", "pill pills"),
    (Measures.FORM, "capsule", "capsule capsules cap caps kapsel kapseln softgel softgels"),
    (Measures.FORM, "puff", "puff puffs inhalation inhalations actuation actuations hub hube"),
    (Measures.FORM, "drop", "drop drops gtt gtts tropfen"),
    (Measures.FORM, "vial", "vial vials"),
    (Measures.FORM, "ampoule", "ampoule ampoules ampule ampules ampul ampuls amp amps ampulle ampullen"),
    (Measures.FORM, "patch", "patch patches"),
    (Measures.FORM, "suppository", "suppository suppositories supp supps"),
    (Measures.FORM, "pessary", "pessary pessaries"),
    (Measures.FORM, "sachet", "sachet sachets"),
    (Measures.FORM, "lozenge", "lozenge lozenges pastille pastilles gummy gummies"),
    (Measures.FORM, "spray", "spray sprays squirt squirts"),
    (Measures.FORM, "injection", "injection injections jab jabs shot shots"),
    (Measures.FORM, "infusion", "infusion infusions bolus boluses"),
    (Measures.FORM, "syringe", "syringe syringes pen pens penful"),
    (Measures.FORM, "bottle", "bottle bottles bag bags"),
    (Measures.FORM, "dose", "dose doses dosis dosage dosages"),
    (Measures.FORM, "application", "application applications fingertip-unit fingertip-units"),
    (Measures.FORM, "enema", "enema enemas"),
    (Measures.FORM, "implant", "implant implants"),
    (Measures.FORM, "fraction", "fraction fractions"),
    (Measures.FORM, "scoop", "scoop scoops capful capfuls"),
    (Measures.SPOON, "teaspoon", "teaspoon teaspoons teaspoonful teaspoonfuls tsp tsps"),
    (Measures.SPOON, "tablespoon", "tablespoon tablespoons tablespoonful tablespoonfuls tbsp tbsps tbs"),
    (Measures.SPOON, "dessertspoon", "dessertspoon dessertspoons dessertspoonful dessertspoonfuls"),
    (Measures.SPOON, "spoon", "spoon spoons spoonful spoonfuls"),
    (Measures.SPOON, "cup", "cup cups cupful cupfuls"),
    (Measures.SPOON, "glass", "glass glasses glassful glassfuls"),
    (Measures.SPOON, "pinch", "pinch pinches"),
)
# Spellings in which capitals matter: looked up first, as written.
_AS_WRITTEN: Final = (
    (Measures.ACTIVITY, "unit", "U u"),
    (Measures.ACTIVITY, "IU", "IE I.E"),
    (Measures.ACTIVITY, "milliunit", "mU mIU miu"),
    (Measures.ACTIVITY, "megaunit", "MU MIU"),
    (Measures.OTHER, "mM", "mM"),
    (Measures.OTHER, "µM", "μM uM"),
    (Measures.OTHER, "nM", "nM"),
    (Measures.OTHER, "T", "T"),
    (Measures.OTHER, "Pa", "Pa"),
)


def _spelled() -> dict[str, Unit]:
    """Return the units by their spellings in small letters."""
    found = {
        spelling: Unit(base, measures, Fraction(factor))
        for base, measures, units in METRIC
        for factor, spellings in units
        for spelling in spellings.split()
    }
    return found | {word: Unit(base, kind) for kind, base, words in ALONE for word in words.split()}


UNITS: Final = _spelled()
UNITS_AS_WRITTEN: Final = {
    word: Unit(base, kind) for kind, base, words in _AS_WRITTEN for word in words.split()
}


def is_unit(spelling: str) -> bool:
    """Return whether a word, as it was written, is the name of a unit."""
    return spelling in UNITS_AS_WRITTEN or spelling.lower() in UNITS


# Units that are also ordinary English after "a": "a patch", "a drop in calcium", "a fraction".
PLAIN_ENGLISH: Final = frozenset(
    {
        *("patch", "drop", "spray", "injection", "infusion", "syringe", "bottle", "dose", "application"),
        *(
            "implant",
            "fraction",
            "glass",
            "cup",
            "pinch",
            "scoop",
            "cell",
            "grain",
            "puff",
            "unit",
            "capsule",
        ),
    }
)
