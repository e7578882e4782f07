"""Spelling: whether a changed word is the same word with corrected spelling."""

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import Final

from rapidfuzz.distance import OSA

from wiki.text.language import fact_words
from wiki.text.language.facts import FactKind, facts_in, is_drug
from wiki.text.language.vocabulary import is_common, is_known, is_medical
from wiki.text.search.folding import STOP_WORDS
from wiki.text.search.stemming import stem

# An unknown word may differ from the word that was meant by two letters if it is long, by one if short.
_LONG: Final = 8
_SHORTEST: Final = 3
_SHORT: Final = 5
_LONGER: Final = 6
# British and American spellings of the same word: pairs of endings or parts.
_VARIANTS: Final = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("our", "or"),
    ("tre", "ter"),
    ("aemi", "emi"),
    ("aem", "em"),
    ("oed", "ed"),
    ("oes", "es"),
    ("oet", "et"),
    ("paed", "ped"),
    ("haem", "hem"),
    ("lled", "led"),
    ("lling", "ling"),
    ("mme", "m"),
    ("ogue", "og"),
)
# Longer parts that tell such a word by themselves: whole words, or stems of words.
_VARIANT_STEMS: Final = (
    ("aesth", "esth"),
    ("aetio", "etio"),
    ("ageing", "aging"),
    ("caec", "cec"),
    ("calibre", "caliber"),
    ("coeliac", "celiac"),
    ("dgement", "dgment"),
    ("enrolment", "enrollment"),
    ("faec", "fec"),
    ("fence", "fense"),
    ("fibre", "fiber"),
    ("fulfilment", "fulfillment"),
    ("gynaec", "gynec"),
    ("grey", "gray"),
    ("homoeo", "homeo"),
    ("leuco", "leuko"),
    ("manoeuvr", "maneuvr"),
    ("manoeuvre", "maneuver"),
    ("metre", "meter"),
    ("mould", "mold"),
    ("neurone", "neuron"),
    ("oestr", "estr"),
    ("plough", "plow"),
    ("pnoea", "pnea"),
    ("practis", "practic"),
    ("rrhoea", "rrhea"),
    ("sceptic", "skeptic"),
    ("sellor", "selor"),
    ("skilful", "skillful"),
    ("veller", "veler"),
)
# Prefixes and parts that change the meaning of a word.
_TELLING: Final = (
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("ante", "anti"),
    ("pre", "pro"),
    ("pre", "post"),
    ("ab", "ad"),
    ("endo", "exo"),
    ("macro", "micro"),
    ("mega", "micro"),
    ("hemi", "semi"),
    ("supra", "infra"),
    ("sub", "sup"),
    ("brady", "tachy"),
    ("ectomy", "otomy"),
    ("ectomy", "ostomy"),
    ("otomy", "ostomy"),
    ("phagia", "phasia"),
    ("phasia", "plasia"),
    ("oma", "osis"),
    ("itis", "osis"),
    ("ostosis", "otosis"),
    ("ile", "ili"),
    ("ase", "ose"),
    ("ate", "ite"),
    ("ine", "ide"),
    ("able", "ible"),
)
# Of these, endings that many people confuse in common words, of which one alone is a word: "definately".
_OFTEN_CONFUSED: Final = (("ate", "ite"), ("able", "ible"))
# Words that are written for one another, beside those of `_TELLING`. A slip that may stand for either is no
# slip of one of them.
_CONFUSED: Final = """
abduct adduct|adverse averse|affect effect|afferent efferent|antigen antibody|anuria enuresis
apposition opposition|aura aural oral|axial axonal|callous callus|casual causal|cell cella
cellular scalar|chlorate chlorite|coronal coronary|creatine creatinine|cysteine cystine|dilation dilution
discreet discrete|distal digital|dysphagia dysphasia|elicit illicit|enteral parenteral parental
excess access|fascial facial|gavage lavage|heal heel|heart heat|humeral humoral|ileum ilium
illusion allusion delusion|incidence prevalence|infarction infraction infection|ingest inject infect
keratosis ketosis|labial labile|least last|lesion lesson|loose lose|macula macule|malleolus malleus
medial median medical|mental dental menial|mitral mural|moral mortal|morality mortality|morbidity morbid
mucosal mucous|mucous mucus|myelitis myositis|myelopathy myopathy|nephropathy neuropathy|nitrate nitrite
optic otic|oral aural anal|palpation palpitation|papillary pupillary|parental parenteral|parietal partial
patience patients|perinatal prenatal postnatal|perineal peroneal peritoneal|phosphate phosphite
pleural plural|portal partial|prescribe proscribe|principal principle|prostate prostrate
psychosis psychoses|radical radicular reticular|regimen regiment|renal venal adrenal|resistant assistant
septic sceptic|sever severe|sight site|stasis status|sulfate sulfite|sulphate sulphite
symmetric asymmetric|than that then|thymine thiamine|trail trial|trochanter trochlea|ureter urethra
ureteral urethral ureteric|vain vein|venous venus|vesical vesicle|viral virile|waist waste|weak week
"""
# How words end that are no names: inflected ones, and those for what cannot be touched.
_INFLECTIONS: Final = ("ed", "ly", "ing")
_OF_ABSTRACTS: Final = (
    *("tion", "tions", "sion", "sions", "ment", "ments", "ness", "ities", "ance", "ence", "able", "ible"),
    *("ous", "ical", "less", "ful", "ology", "pathy"),
)
# A month and a person.
_STOP_NAMES: Final = frozenset({"may", "will"})
_DENYING: Final = (
    "un",
    "in",
    "im",
    "ir",
    "il",
    "non",
    "dis",
    "mis",
    "anti",
    "de",
    "a",
    "ab",
    "under",
    "over",
)


# Facts that a single word tells, so that it has to be the only one that was meant.
_WEIGHING: Final = frozenset({FactKind.CERTAINTY, FactKind.DIRECTION})

# A slip that may stand for one of these is no slip of another word.
_NEGATIONS: Final = frozenset(one for one in fact_words.NEGATION if one.isalpha())

# How medical terms end.
_TERM_ENDINGS: Final = (
    *("ia", "sis", "itis", "oma", "aly", "thy", "eal", "ial", "nal", "ral", "cal", "tal", "ium", "um", "us"),
    *("ic", "gen", "in", "ine", "ase", "ose", "ide", "ate", "tomy", "oid", "cyte", "ism", "gy", "ion", "ary"),
)


def is_mended(old: str, new: str, kept: Collection[str]) -> bool:
    """Return whether `new` is the corrected spelling of `old`: both in normal form.

    What was written is no word that anybody knows, what is written now is one, and nothing lies between the
    two but a slip of the hand. `kept` are the words of the page before and after: they are known as well.
    """
    if old.endswith("ys") and new == f"{old[:-2]}ies":
        return is_common(new) and not (is_known(old) or is_medical(old) or old in kept)
    return _may_be_mended(old, new, kept) and not _may_be_another(old, new, is_used=new in kept)


def _may_be_mended(old: str, new: str, kept: Collection[str]) -> bool:
    if not (old.isalpha() and new.isalpha()) or old == new:
        return False
    if is_drug(old) or is_drug(new):
        return False
    if is_known(old) or is_medical(old) or old in kept:
        is_word = is_known(new) or is_medical(new) or new in kept
        if _is_stem_variant(old, new):
            return True
        return is_word and is_variant(old, new) and not differ_in_sense(old, new)
    if differ_in_sense(old, new):
        return is_common(new) and any(
            _is_swapped(one, other, *pair)
            for pair in _OFTEN_CONFUSED
            for one, other in ((old, new), (new, old))
        )
    if not (is_known(new) or new in kept):
        return is_medical(new) and len(new) >= _LONGER and old[:1] == new[:1] and _is_one_letter_out(old, new)
    if min(len(old), len(new)) < _SHORTEST or old[:1] != new[:1]:
        return False
    if old.endswith(_TERM_ENDINGS) and new.endswith(_TERM_ENDINGS) and not _stands_alone(old, new):
        return _is_one_letter_out(old, new)
    is_mixed = len(new) >= _LONGER and _is_turned(old, new) and old[-1] == new[-1]  # "tounge"
    most = 2 if is_mixed or min(len(old), len(new)) >= _LONG else 1
    return OSA.distance(old, new, score_cutoff=most) <= most


def _is_one_letter_out(old: str, new: str) -> bool:
    """Return whether one letter is missing, doubled or too many, or two have changed places.

    Of medical terms that nobody need know, one letter for another makes another term: "peroneal" is no
    slip for "perineal", nor "osteopetrosis" for "osteoporosis".
    """
    is_turned = len(old) == len(new) and sorted(old) == sorted(new)
    return (is_turned or len(old) != len(new)) and OSA.distance(old, new, score_cutoff=1) <= 1


def _stands_alone(old: str, new: str) -> bool:
    """Return whether `new` is a common word, and no other word is one letter from what was written."""
    return is_common(new) and not any(one != new and _is_word(one) for one in _one_letter_from(old))


@lru_cache(maxsize=4096)
def _may_be_another(old: str, new: str, *, is_used: bool) -> bool:
    """Return whether `old` may as well be a slip for another word than `new`.

    `is_used` says that the page has `new` elsewhere: of a longer word that tells which one was meant.
    Any known word that is nearer counts. Of those that are as near only what is often taken for `new` does,
    what denies something ("noa" may be "now" or "not"), or anything where `new` says how much, how sure or
    which way: "ater" may be "after" or "alter".
    """
    if is_variant(old, new):
        return False
    distance = OSA.distance(old, new)
    if _is_ambiguous(old, new, distance, is_used=is_used and len(new) > _SHORT):
        return True
    turned = (new.replace(*pair) for pair in _both_ways() if pair[0] in new)
    rivals = {*_confused_with(new), *filter(_is_word, (*turned, *_denials(new))), *_NEGATIONS} - {new}
    if any(OSA.distance(old, one, score_cutoff=distance) <= distance for one in rivals):
        return True
    if distance == 1 and not any(one.kind in _WEIGHING for one in facts_in(new)):
        return False
    return any(one != new and _is_word(one) for one in _one_letter_from(old) if one[:1] == old[:1])


def _is_ambiguous(old: str, new: str, distance: int, *, is_used: bool) -> bool:
    """Return whether a slip does not tell which of two words was meant, because both are as near.

    "lef" may be "leg" or "left", "stoped" "stopped" or "sloped". Two letters that have changed places, or one
    that is doubled, tell more than one that is missing or wrong. Where the page has `new` elsewhere only a
    word that tells a fact comes into question beside it: "prebenting" may be "preventing" or "presenting".
    """
    if distance != 1 or new in STOP_WORDS:
        return False
    rivals = [one for one in _one_letter_from(old) if one != new and one[:1] == old[:1] and is_common(one)]
    if len(new) > _SHORT:
        rivals = [one for one in rivals if stem(one) != stem(new)]  # "seizure" and "seizures"
    if is_used:
        rivals = [one for one in rivals if facts_in(one)]
    for is_alike in (_is_turned, _is_doubled):
        if is_alike(old, new):
            return any(is_alike(old, one) for one in rivals)
    return bool(rivals)


def _is_turned(old: str, new: str) -> bool:
    return sorted(old) == sorted(new)


def _is_doubled(old: str, new: str) -> bool:
    """Return whether one has a letter twice in a row that the other has once."""
    short, long = sorted((old, new), key=len)
    return any(long == f"{short[: place + 1]}{short[place:]}" for place in range(len(short)))


def _denials(word: str) -> Iterator[str]:
    """Yield what denies a word, and what it denies itself: "frequent" and "infrequent"."""
    for part in _DENYING:
        yield f"{part}{word}"
        if word.startswith(part):
            yield word.removeprefix(part)


@cache
def _both_ways() -> tuple[tuple[str, str], ...]:
    return (*_TELLING, *((other, one) for one, other in _TELLING))


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Return the words that each of `_CONFUSED` is taken for."""
    found: dict[str, frozenset[str]] = {}
    for group in _CONFUSED.strip().replace("\n", "|").split("|"):
        for one in group.split():
            found[one] = found.get(one, frozenset()) | frozenset(group.split()) - {one}
    return found


def _confused_with(word: str) -> frozenset[str]:
    return _groups().get(word, frozenset())


def _is_word(text: str) -> bool:
    return is_known(text) or is_medical(text)


def _one_letter_from(word: str) -> Iterator[str]:
    """Yield whatever differs from a word by one letter: missing, another, one more, or two exchanged."""
    for place in range(len(word) + 1):
        start, rest = word[:place], word[place:]
        for letter in ascii_lowercase:
            yield f"{start}{letter}{rest}"
            if rest:
                yield f"{start}{letter}{rest[1:]}"
        if rest:
            yield f"{start}{rest[1:]}"
        if len(rest) > 1:
            yield f"{start}{rest[1]}{rest[0]}{rest[2:]}"


def is_no_name(word: str) -> bool:
    """Return whether a word in small letters is formed like no name of a person, place, gene or product."""
    if is_drug(word):
        return False
    if is_medical(word):
        return word.endswith(_TERM_ENDINGS)
    if word in STOP_WORDS:
        return word not in _STOP_NAMES
    if not is_known(word) or len(word) < _LONGER:
        return False
    stems = (word.removesuffix(end) for end in _INFLECTIONS if word.endswith(end))
    return (len(word) >= _LONG and word.endswith(_OF_ABSTRACTS)) or any(
        is_known(one) or is_known(f"{one}e") for one in stems if len(one) > _SHORTEST
    )


def is_variant(old: str, new: str) -> bool:
    """Return whether two words are the British and the American spelling of one."""
    return abs(len(old) - len(new)) <= 2 and (
        _is_stem_variant(old, new)
        or any(_is_swapped(old, new, *pair) or _is_swapped(new, old, *pair) for pair in _VARIANTS)
    )


def _is_stem_variant(old: str, new: str) -> bool:
    return any(
        one.replace(part, counterpart) == other
        for part, counterpart in _VARIANT_STEMS
        for one, other in ((old, new), (new, old))
        if part in one
    )


def _is_swapped(one: str, other: str, part: str, counterpart: str) -> bool:
    """Return whether two words of more than that part differ by it alone."""
    return len(one) > len(part) + 2 and any(
        one[:place] + counterpart + one[place + len(part) :] == other
        for place in range(len(one))
        if one.startswith(part, place) and _is_british(one[:place], part, one[place + len(part) :])
    )


def _is_british(before: str, part: str, after: str) -> bool:
    """Return whether a part of a word is one that Americans write otherwise, and not another word's.

    "pour" is no "por", nor "morning" a "mourning"; who "stalled" has not "staled"; "canoes" are no "canes".
    """
    if part == "our":
        return any(one in "aeiou" for one in before)
    if part in ("lled", "lling"):
        return not is_known(f"{before}ll")
    return part not in ("oes", "oed") or bool(after)


@lru_cache(maxsize=4096)
def differ_in_sense(old: str, new: str) -> bool:
    """Return whether two words differ by a part that changes the meaning."""
    for one, other in ((old, new), (new, old)):
        if any(part in one and one.replace(part, counterpart) == other for part, counterpart in _TELLING):
            return True
        if any(
            part in one and counterpart in other and part not in other for part, counterpart in _TELLING[:14]
        ):
            return True
        if any(one == f"{part}{other}" for part in _DENYING):
            return True
    return False
