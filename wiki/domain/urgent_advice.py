"""The two levels of urgent advice, and the signs for which an ambulance is called, as data.

After the NHS pages on stroke, seizures, meningitis, breathlessness, chest pain, bleeding, suicidal thoughts
and fever during treatment of cancer. Page templates, guide, checks and the starter content all use these
two leads, and no others.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

CALL_AN_AMBULANCE: Final = "Call an ambulance for"
SEE_A_DOCTOR_THE_SAME_DAY: Final = "See a doctor the same day for"
LEADS: Final = (CALL_AN_AMBULANCE, SEE_A_DOCTOR_THE_SAME_DAY)

# A gradual onset is no sign of a stroke; a sudden one is, whatever else the sentence says.
_SLOW: Final = (
    r"(?:\bslow|\bgradual|\bgrow|\bcreep|\b(?:over|for) (?:some |several |many |a few )?"
    r"(?:days|weeks|months|years)|\bgets? (?:slowly )?(?:weaker|worse)|\bworsen|\bknown\b)"
)
_SUDDEN: Final = (
    r"(?:\bsudden|\babrupt|\bat once\b|\bout of the blue|\brapid|\bquickly"
    r"|\bwithin (?:seconds|minutes|an hour|hours))"
)
_HARD: Final = (
    r"(?:trouble|difficult\w*|hard|struggl\w+|problems?|unable|cannot|can['’]t|could not|loss of|loses?"
    r"|losing|lost)"
)
_FITS: Final = (
    r"(?:seizures?|convuls\w+|status epilepticus|epileptic attacks?"
    r"|(?:a|first|the|repeated|more|another|several|having|has|have|of) fits?"
    r"|fits(?! (?:the|with|in|well|a)\b))\b"
)
_KNOWN_EPILEPSY: Final = (
    r"\b(?:known|usual|already has) (?:epilepsy|seizures?)"
    r"(?!.*(?:first|minutes?|stop|repeat|cluster|another|one after))"
)
# Of a limb or a face: a weak immune system is another thing, and takes nothing from the sign beside it.
_WEAK: Final = (
    r"(?<!immune )weak(?!\w*(?: (?:of|in|the|an?|their|your|his|her|own|body['’]s))*"
    r" immun(?:ity|e (?:systems?|defen[cs]es?|responses?|functions?))\b)"
)
_NOT_TO: Final = r"\b(?:cannot|can['’]t|could not|will not|won['’]t|does not|doesn['’]t)"


@dataclass(frozen=True)
class EmergencySign:
    """A sign for which an ambulance is called: the ways of wording it.

    `unless` makes the same words harmless in one part of a sentence; what is sudden is never harmless.
    """

    name: str
    worded: tuple[str, ...]
    unless: str = ""
    whole_sentence: bool = False


EMERGENCY_SIGNS: Final = (
    EmergencySign(
        "sudden weakness or numbness",
        (
            rf"\b(?:{_WEAK}ness|numbness|paralys\w+|palsy)\b",
            rf"\b(?:arm|leg|limb|hand|foot|side|face|body)s?\b.{{0,30}}\b(?:{_WEAK}|numb|limp|paralysed)",
            rf"\b(?:{_WEAK}|numb|limp|paralysed)\b.{{0,25}}\b(?:arm|leg|limb|hand|side|face)",
            rf"\b{_HARD} (?:to )?(?:move|moving|lift|lifting|raise|raising|strength|power|feeling)\b",
        ),
        unless=_SLOW,
    ),
    EmergencySign(
        "a drooping face",
        (
            r"\b(?:droop\w*|lopsided|crooked|fallen|uneven|twisted)\b.{0,20}\b(?:face|mouth|smile)\b",
            r"\b(?:face|mouth|smile)\b.{0,30}\b(?:droop|drop|fall|lopsided|crooked|uneven|slip|to one side)",
        ),
    ),
    EmergencySign(
        "sudden trouble with speech",
        (
            r"\b(?:slur|garbl|jumbl)\w*",
            rf"\b{_HARD}(?: \w+){{0,4}} (?:speech|speak\w*|talk\w*)\b",
            r"\bspeech\b.{0,25}\b(?:unclear|changes?|is lost|goes|fails)\b",
            rf"{_SUDDEN}.{{0,40}}\bspeech\b",
        ),
        unless=_SLOW,
    ),
    EmergencySign(
        "sudden trouble with sight",
        (
            rf"\b(?:{_HARD}|changes? (?:of|in|to))(?: \w+){{0,4}} (?:sight|vision|eyesight|seeing|see)\b"
            r"(?! (?:a|the) (?:doctor|gp))",
            r"\b(?:sight|vision|eyesight)\b.{0,20}\b(?:goes|lost|fails|fades|disappears|loss)\b",
            r"\bblind(?:ness)?\b|\bgoes blind",
            rf"{_SUDDEN}.{{0,40}}\b(?:sight|vision)\b",
        ),
        unless=_SLOW,
    ),
    EmergencySign(
        "a seizure",
        (rf"\b{_FITS}",),
        unless=_KNOWN_EPILEPSY,
    ),
    EmergencySign(
        "a sudden, worst-ever headache",
        (
            r"\b(?:sudden\w*|thunderclap|worst|explosive|abrupt\w*)\b.{0,50}\bhead(?:ache| ?pain)",
            r"\bheadache\b.{0,50}\b(?:suddenly|thunderclap|worst|abruptly|like a blow)",
            r"\bheadache\b.{0,50}\bwithin (?:seconds|minutes)",
        ),
        whole_sentence=True,
    ),
    EmergencySign(
        "headache with fever",
        (
            r"\bhead(?:ache|s? hurts?)\b.{0,40}\b(?:fever|high temperature)",
            r"\b(?:fever|high temperature)\b.{0,40}\bhead(?:ache|s? hurts?)",
        ),
        whole_sentence=True,
    ),
    EmergencySign(
        "fever with a stiff neck",
        (
            r"\b(?:stiff\w*|rigid\w*)(?: \w+){0,3} neck\b",
            r"\bneck\b.{0,25}\b(?:stiff|rigid|(?:cannot|can['’]t|will not) (?:be )?ben)",
            r"\bsigns? of mening",
        ),
    ),
    EmergencySign(
        "hard to wake",
        (
            r"\b(?:hard|difficult|impossible|difficulty)\b.{0,12}\b(?:wak|rous|awak)\w*",
            rf"{_NOT_TO} (?:be )?(?:wake|woken|rouse|awake|respond)",
            r"\b(?:unusual(?:ly)?|very|extremely|extreme|great|marked|increasing(?:ly)?|abnormal(?:ly)?|new)"
            r" (?:sleep(?:y|iness)|drows(?:y|iness)|floppy|floppiness)\b",
            r"\b(?:unrousable|unresponsive\w*|unconscious\w*|coma|comatose|not responding)\b",
            r"\b(?:los\w+)(?: of)? consciousness|\bpass(?:es|ed|ing) out\b",
            r"\bblack(?:s|ed|ing)? ?outs?\b",
            r"\b(?:faint(?:s|ed|ing)|collaps\w+)\b",
        ),
    ),
    EmergencySign(
        "a bulging soft spot",
        (
            r"\b(?:soft spot|fontanel\w*)\b.{0,40}\b(?:bulg|swell|swollen|tense|firm)",
            r"\b(?:bulging|swollen|tense|firm)\b.{0,20}\b(?:soft spot|fontanel)",
        ),
    ),
    EmergencySign(
        "new confusion",
        (r"\bconfus\w+|\bdelirium\b|\bdelirious\b",),
        unless=_SLOW,
    ),
    EmergencySign(
        "trouble breathing",
        (
            r"\b(?:trouble|difficult\w*|hard|struggl\w+|problems?|fast|rapid|noisy|laboured|stops?|stopped)\b"
            r".{0,25}\bbreath\w*",
            r"\b(?:unable|gasp\w*|short(?:ness)?|pauses?)\b.{0,25}\bbreath\w*",
            r"\bbreath\w*\b.{0,25}\b(?:trouble|difficult|hard|stops?|stopped|fast|noisy|heavy|laboured)",
            r"\b(?:breathless\w*|stridor|chok(?:es|ing|ed)|suffocat\w+)\b",
            r"\b(?:blue|grey)\b.{0,12}\b(?:lips|face|skin|tongue)\b|\b(?:lips|face|skin|tongue)\b.{0,20}\bblue\b",
        ),
    ),
    EmergencySign(
        "poisoning",
        (
            r"\bpoison\w*|\boverdos\w*|\bcarbon monoxide\b|\bfumes\b",
            r"\b(?:swallow\w*|took|taken|takes)\b.{0,30}"
            r"\b(?:too (?:many|much)|tablets|chemical|bleach|batter)",
        ),
    ),
    EmergencySign(
        "chest pain",
        (r"\bchest pains?\b|\b(?:pain|pressure|tightness)\b.{0,15}\bchest\b",),
    ),
    EmergencySign(
        "vomiting blood",
        (
            r"\b(?:vomit|throw|cough|bring)\w*(?: up)?(?: \w+)? blood\b|\bblood\b.{0,12}\bvomit",
            r"\b(?:black|tarry)(?:,? (?:or )?\w+)? (?:stools?|poo|motions?|bowel)",
        ),
    ),
    EmergencySign(
        "infantile spasms",
        (
            r"\binfantile spasms?\b",
            r"\b(?:jerks?|spasms?)\b.{0,40}\b(?:series|clusters?|runs)\b",
            r"\b(?:series|clusters?|runs) of(?: \w+)? (?:jerks|spasms)\b",
        ),
        unless=_SLOW,
    ),
    EmergencySign(
        "danger of suicide",
        (
            r"\b(?:suicid\w+|kill\w* (?:them|him|her)sel\w+)\b.{0,60}\b(?:plan|danger|attempt|means)",
            r"\b(?:plan|danger|attempt)\w*\b.{0,30}\bsuicid",
        ),
        unless=r"\b(?:without|no)(?: \w+){0,3} (?:danger|plan)",
        whole_sentence=True,
    ),
    EmergencySign(
        "fever during treatment of cancer",
        (
            r"\b(?:fever|high temperature|shiver\w*)\b.{0,80}"
            r"\b(?:chemotherapy|(?:against|of|for) (?:\w+ )?(?:cancer|leukaemia)"
            r"|cancer (?:treat|medic|drug)\w+)",
            r"\b(?:chemotherapy|cancer (?:treat|medic|drug)\w+)\b.{0,60}"
            r"\b(?:fever|high temperature|shiver\w*)",
        ),
        whole_sentence=True,
    ),
    EmergencySign(
        "high fever with stiffness",
        (
            r"\bhigh (?:fever|temperature)\b.{0,40}\b(?:stiff|rigid)",
            r"\b(?:stiff|rigid)\w*\b.{0,40}\bhigh (?:fever|temperature)",
        ),
        whole_sentence=True,
    ),
)

_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_PARTS: Final = re.compile(r"\s*[,;:–—•]\s*|(?<=[.!?])\s+|\n+")
_BEFORE: Final = re.compile(r"\b(?:no|not|without|never|nor|neither|rather than)\b(?:\W+\w+){0,3}\W*$", re.I)
_AMBULANCE: Final = re.compile(r"\b(?:ambulances?|999|112|911|emergenc\w+)\b", re.I)
_LOWER: Final = re.compile(
    r"\b(?:same[- ]day|gp|doctor|appointment|next day|111|prompt\w*|soon|can wait|clinic|pharmacist)\b", re.I
)
_NOT: Final = re.compile(r"\b(?:no|not|never|without|instead of|rather than|don['’]t|needn['’]t)\b", re.I)
_PUTS_OFF: Final = re.compile(
    r"\b(?:same[- ]day|appointment|next (?:day|week)|can wait|need(?:s)? not|no need to|wait and see"
    r"|within (?:a|one|the) (?:day|week))\b",
    re.I,
)


def is_ambulance_level(lead: str) -> bool:
    """Return whether the first line of a box calls an ambulance and offers nothing less; False in doubt."""
    return bool(_AMBULANCE.search(lead)) and not _LOWER.search(lead) and not _NOT.search(lead)


@lru_cache(maxsize=2048)  # most boxes and passages of a text are the same when it is checked again
def emergency_signs_in(words: str) -> tuple[tuple[str, str], ...]:
    """Return the emergency signs in `words`: the name of each, and the words that matched."""
    told: dict[str, str] = {}
    sentences, parts = _SENTENCES.split(words), _PARTS.split(words)
    for sign in EMERGENCY_SIGNS:
        for part in sentences if sign.whole_sentence else parts:
            if sign.name not in told and (found := _words_of_sign(part, sign)):
                told[sign.name] = found
    return tuple(told.items())


@lru_cache(maxsize=2048)
def put_off(words: str) -> tuple[tuple[str, str], ...]:
    """Return the emergency signs of which a sentence in `words` says that they can wait."""
    found: list[tuple[str, str]] = []
    for sentence in _SENTENCES.split(words):
        if _PUTS_OFF.search(sentence) and not _AMBULANCE.search(sentence):
            found += emergency_signs_in(sentence)
    return tuple(found)


def _words_of_sign(part: str, sign: EmergencySign) -> str:
    for pattern in sign.worded:
        for match in _pattern(pattern).finditer(part):
            if not _BEFORE.search(part[max(match.start() - 60, 0) : match.start()]):
                # Asked last, as few parts of a text name a sign at all.
                return "" if _is_harmless(part, sign) else match.group()
    return ""


def _is_harmless(part: str, sign: EmergencySign) -> bool:
    """Return whether another word shows that a part of a text does not mean the sign that it names."""
    return bool(sign.unless and _pattern(sign.unless).search(part) and not _pattern(_SUDDEN).search(part))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)
