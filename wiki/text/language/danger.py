"""Sentences that weigh danger: that something is harmless or normal, or an emergency, or a sign of one.

False reassurance needs no word of care: "Large deposits are always benign", "Fever with a stiff neck is
common after a scan". It is told by what it weighs, or by the sign that it speaks of: any word beside a sign
of an emergency may explain it away.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Final

from wiki.domain.urgent_advice import emergency_signs_in
from wiki.text.language.directive_words import MEASURED
from wiki.text.language.plain_fact_words import DISEASES
from wiki.text.normal_form import plain
from wiki.text.search.folding import STOP_WORDS
from wiki.text.search.stemming import stem

_SURELY: Final = (
    r"(?:absolutely|almost|always|altogether|as|completely|entirely|generally|just|merely|mostly|nearly|often|"
    r"only|perfectly|quite|simply|still|usually|wholly)"
)
_IS: Final = rf"(?:am|are|be|being|been|is|seems?|was|were)(?: {_SURELY})*"
_ITSELF: Final = r"(?:by|of|on) (?:itself|themselves|(?:his|her|its|their) own)"
_ENDS: Final = (
    r"(?:better|bleeds?|clears?|disappears?|ends?|fades?|falls?|goes?|heals?|lasts?|leaves?|mends?|pass|"
    r"passes|recovers?|resolves?|settles?|shrinks?|stops?|subsides?|vanish(?:es)?|wears?)"
)
_NONE: Final = r"(?:cannot|few|hardly|little|never|no|nobody|none|not|nothing|rarely|scarcely|seldom|without)"
_NEVER: Final = r"(?:cannot|can never|never|does not|do not|will not|won['’]t|doesn['’]t|don['’]t)"
_MORE: Final = r"(?:greater |higher |added |extra |further |increased |lasting |real )?"
_HARM: Final = (
    r"(?:bearing|cause (?:for|of (?:alarm|concern|worry))|complications?|concern|consequences?|damage|"
    r"dangers?|drama|effects?|fear|grounds?|harm|hazards?|ill effects?|importance|matter|meaning|menace|"
    r"problems?|reason|relevance|risks?|significance|threats?|trouble|worry|worse)"
)
_GROWTHS: Final = r"(?: \w+)? (?:cysts?|growths?|lesions?|neoplasms?|tumou?rs?)"
# What a danger is explained away by, where no examination has shown it.
_EXPLANATION: Final = (
    r"(?:an accident|anxiety|attention|chance|clumsiness|fatigue|flu|hormones|imagination|moods?|nerves|"
    r"overwork|posture|stress|temper|tension|tiredness|weather|wear|worry)"
)
_ORDINARY: Final = (
    rf"(?:{_EXPLANATION}|(?:old )?age(?:ing)?|childhood|everyday|getting|growing|"
    r"growth|life|living|normal|ordinary|puberty|the picture|the territory|usual|wisdom|youth)"
)
_SOMEBODY: Final = r"(?:bab(?:y|ies)|child(?:ren)?|foetus|infants?|mind|mothers?|people|person|unborn|women)"
_HARMLESS: Final = (
    rf"harmless(?:ly|ness)?|benign(?!{_GROWTHS})|innocent|innocuous|insignificant",
    r"trivial|unimportant|(?:un)?safe(?:r|st|ly|ty)?|unremarkable|unrelated",
    r"self[- ]limit\w+|reassur\w+|coinciden\w+",
    r"false alarms?|nothing but|no more than an?",
    r"(?:merely|simply) an?|(?:no|never) worse|nothing to(?! bring)",
    rf"{_NONE} (?:\w+ )?{_MORE}{_HARM}",
    r"(?:damage|danger|harm|risk|trouble)s? (?:is|are|seems?) (?:\w+ )?"
    r"(?:absent|low|minimal|minor|negligible|over|past|rare|seldom|slight|small|unlikely|zero)",
    rf"{_NEVER} (?:ever )?"
    r"(?:affects?|attacks?|bleeds?|comes? (?:back|again)|harms?|hurts?|kills?|matters?|means?|minds?|"
    r"reach(?:es)?|recurs?|returns?|spreads?|touch(?:es)?|worsens?)",
    r"(?:cannot|never|nobody|not|unable to) (?:\w+ ){0,4}"
    r"(?:catch(?:es)?|caught|contagious|infect(?:s|ed|ious)?|pass(?:es|ed)? (?:it |them )?on)",
    r"means? (?:nothing|little|no|(?:that )?there (?:is|was) no)",
    r"worr(?:y|ies|ied|ying|isome)|alarm(?:s|ed|ing)?|panic|fuss|to fear|feared|dread(?:ed)?",
    rf"{_ENDS} (?:\w+ )?{_ITSELF}|{_ITSELF} {_ENDS}|outgrow\w*|grows? out of",
)
_MENDS: Final = r"(?:heal(?:s|ing)|improv(?:es|ing)|mend(?:s|ing)|recover(?:s|ing|y)|success|work(?:s|ing))"
_NORMAL: Final = (
    rf"{_IS} (?:natural|ordinary|usual)(?= (?:after|and|at|before|during|for|here|if|of|so|when|while|with)"
    r"|[.,;:]|$)",
    r"(?:(?:marks?|part|side|signs?) of|belongs? (?:to|with)|(?:comes?|goes?) with(?! age)|reflects?) "
    rf"(?:\w+ )?{_ORDINARY}",
    rf"(?:(?<!could )(?<!may )(?<!might ){_IS}|means?|comes? (?:from|of)|due to|put down to) "
    rf"(?:a |the |their )?{_EXPLANATION}(?! finding)",
    r"belongs? (?:to|with) (?:all|any|each|every)|and (?:no|nothing) more",
    r"(?:do(?:es)?|ends?|fares?|goes?|keeps?|stays?|turns? out) (?:quite |very )?well",
    rf"spares? (?:an? |the |her |his |their )?{_SOMEBODY}",
    r"in the clear|out of (?:danger|harm['’]s way|reach|the woods)|escap(?:e|es|ed)",
    r"beyond (?:\w+ )?reach|means (?:old )?age",
    r"makes? (?:little|no|not much) difference|(?:has|have) (?:little|no) say",
    r"(?:is|are) (?:just|merely|only|simply) (?:an? |the )?\w+(?=[.,;]|$)",
    # A warning that is called wrong is a warning that nobody follows.
    rf"{_IS} (?:mistaken|unreliable|wrong)|exaggerat\w+|overrated|overstated|myths?",
    r"(?:the|a|an|in|within|quite) (?:\w+ )?normal "
    r"(?:course|event|part|picture|process|reaction|recovery|response|state|thing|variants?)",
    r"(?:to be|is|are|as|only|often|usually) expected(?! in \d)",
    r"a (?:\w+ )?(?:family )?trait|runs in (?:\w+ )?famil\w+",
    # "Tingling is a sign that the calcium is working."
    rf"(?:signs?|proof|shows?|means?) (?:of|that) (?:\w+ ){{0,4}}{_MENDS}",
)
# "Nobody under forty has one", "Tumours here do not occur", "It has no part in strokes".
_DENIED: Final = (
    r"(?:nobody|no one|none) (?:\w+ ){0,5}(?:catches|develops|dies|gets|had|has|needs|suffers)",
    r"(?:nobody|no one|none|nothing)(?: [\w-]+){1,8} ever (?!be |been |in )\w+",
    rf"{_NEVER} (?:ever )?(?:arises?|begins?|develops?|exists?|happens?|notices?|occurs?|strikes?|do it)",
    r"never (?:yet )?been (?:\w+ )?(?:found|linked|observed|proved|proven|recorded|reported|seen|shown)",
    r"(?:has|have|had|plays?) (?:absolutely |really )?no (?:bearing|connection|part|place|role)",
    r"nothing (?:abnormal|new|odd|out of the ordinary|rare|special|strange|uncommon|unusual)",
    rf"{_IS} (?:about |much |rather )?(?:like|the same as) (?:an?|eating|having|one)",
)
_AT_ONCE: Final = (
    r"(?:abruptly|at once|bit by bit|by degrees|gradually|immediately|little by little|slowly|suddenly)"
)
# How fast signs come on tells a stroke from what can wait.
_ONSET: Final = (
    r"(?:appears?|arises?|begins?|builds? up|comes? on|develops?|fades?|fails?|goes|sets? in|starts?)"
    r" (?:\w+ )?"
    rf"(?:{_AT_ONCE}|(?:in|over|within) (?:\w+ ){{0,2}}(?:seconds|minutes|hours|days|weeks|months|years))",
)
_DANGEROUS: Final = (
    r"danger(?:s|ous|ously)?|endanger\w*|life[- ]threatening|threat(?:s|ens?)?|deadly|fatal(?:ly)?|lethal",
    r"kill(?:s|ed)?|emergenc(?:y|ies)|urgent(?:ly)?|grave|warning signs?|red flags?|serious(?:ly)?",
    r"(?:can|may|might|could) wait|a ?& ?e|casualty|rul(?:e|ed|es|ing) (?:\w+ ){0,3}out",
    r"(?:settles?|answers?|closes?|decides?) the (?:case|matter|question)",
)
_TEST: Final = (
    r"(?:blood|c\.?t|eegs?|exam(?:ination)?s?|exomes?|films?|mris?|panels?|pictures?|results?|scans?|"
    r"serolog(?:y|ies)|tests?|x-rays?)"
)
# What a test means for who had it: wrongly sure, somebody is sent home ill, or treated while well.
_TEST_MEANS: Final = (
    r"exclud(?:es?|ing)|(?:be|been|is|are) (?:\w+ )?excluded (?:after|by|if|once|when|with)",
    r"(?:in)?conclusive(?:ly)?",
    r"false[- ](?:alarm|negative|positive)s?",
    rf"(?:clean|clear|negative|normal|positive|single) (?:\w+ )?{_TEST} (?:\w+ ){{0,3}}"
    r"(?:confirms?|enough|means?|proves?|says?|settles?|shows?|suffices?|tells?)",
    rf"{_TEST} (?:\w+ ){{0,2}}(?:catch(?:es)?|detects?|finds?|miss(?:es)?|overlooks?|picks? up|sees?|shows?) "
    r"(?:all|any|each|every|everything|no|none|nothing)",
)
_WEIGHED: Final = re.compile(
    rf"(?<![\w-])(?:{'|'.join((*_HARMLESS, *_NORMAL, *_DENIED, *_ONSET, *_DANGEROUS, *_TEST_MEANS))})"
    r"(?![\w-])",
    re.IGNORECASE,
)
# A calcium or a hearing that is normal is a finding, unless a figure is called so; no weakness is normal.
_IS_NORMAL: Final = re.compile(
    rf"(?<!\w){_IS} normal"
    r"(?= (?:after|and|at|before|during|for|here|if|in this|of|so|when|while|with)|[.,;:]|$)",
    re.IGNORECASE,
)

_WORD: Final = re.compile(r"[^\W_]+")
# The parts of an item of a list of signs, each a sign of its own.
_PARTS: Final = re.compile(r"[,;:()\n•]|(?<!\w)(?:or|and|with|which)(?!\w)")
_SUDDEN: Final = re.compile(
    r"(?<!\w)(?:(?:abrupt|new|sudden|worst)(?:ly)?|first (?:fit|seizure))(?!\w)", re.IGNORECASE
)
# A sign of one word, such as "vomiting", has no sentence to itself; nor have words of no sign.
_FEWEST: Final = 2
_OF_NO_SIGN: Final = frozenset(
    {
        "again",
        "bodi",
        "call",
        "child",
        "doctor",
        "know",
        "known",
        "minut",
        "new",
        "peopl",
        "person",
        "somebodi",
    }
)
# How a complaint is put down to something: "Tingling lips are nerves on edge", "comes from screens".
_FREQUENT: Final = (
    r"(?:affected|among|called|caused|common\w*|defined|described|examples|found|frequent|known|listed|main|most|"
    r"rare|reported|seen|signs?|typical|usual)"
)
_PUT_DOWN_TO: Final = re.compile(
    r"(?<!\w)(?:comes? (?:back|from|of|with)|(?:has|have) (?:no|other)|means?|reflects?|"
    r"belongs? (?:to|with)|(?:proves?|shows?) (?:how|that)"
    rf"|(?:is|are)(?! (?:\w+ ){{0,2}}{_FREQUENT}))(?!\w)"
)
# What an ambulance is called for and nobody complains of.
_CAUSES: Final = frozenset({"poisoning"})
# Complaints that may be the first of something grave; those for which an ambulance is called are known.
_ALARMING: Final = re.compile(
    r"(?<!\w)(?:(?:blurred|double) (?:sight|vision)|(?:uneven|unequal) pupils|floppy (?:bab(?:y|ies)|child)|"
    r"rash(?:es)? that do(?:es)? not fade|swell(?:ing|s) of the (?:face|lips|mouth|throat|tongue)|jaundice|"
    r"(?:drows|sleep)iness|lumps?|not passing (?:urine|water)|(?:fast|irregular|slow) (?:heart ?beat|pulse)|"
    r"control of the (?:bladder|bowels?)|(?:bladder|bowel) control|bleeding|weight loss|night sweats)(?!\w)"
)


@lru_cache(maxsize=4096)
def weighs_danger(sentence: str) -> bool:
    """Return whether a sentence says that something is harmless, normal or dangerous, or can wait."""
    said = plain(sentence)
    if _WEIGHED.search(said):
        return True
    normal = _IS_NORMAL.search(said)
    if normal is None:
        return False
    before = {*_WORD.findall(said[: normal.start()].lower())}
    # "A blood pressure of 200 is normal" tells somebody to let it be.
    return not MEASURED & before or any(word.isdecimal() for word in before)


@lru_cache(maxsize=512)
def signs_of(words: str) -> frozenset[frozenset[str]]:
    """Return the signs of an item of a list of urgent advice, each as the stems of its words."""
    found = (_stems(part) for part in _PARTS.split(plain(words).lower()))
    return frozenset(one for one in found if len(one) >= _FEWEST)


def names_a_sign(sentence: str, signs: Iterable[Collection[str]]) -> bool:
    """Return whether a sentence names one of these signs, or one for which an ambulance is called."""
    stems = _stems(plain(sentence).lower())
    if any(stems.issuperset(one) for one in signs):
        return True
    is_sudden = bool(_SUDDEN.search(sentence))
    return any(
        is_sudden or len(matched.split()) >= _FEWEST for _, matched in emergency_signs_in(plain(sentence))
    )


@lru_cache(maxsize=512)
def complaints_of(words: str) -> frozenset[str]:
    """Return the stems of the complaints that a text of urgent advice speaks of: pain, weakness, sight."""
    return _stems(plain(words).lower()) & _of_diseases()


def explains_a_complaint(sentence: str, complaints: Collection[str]) -> bool:
    """Return whether a sentence without a figure puts a complaint down to something.

    One of `complaints`, or one that can be a sign of an emergency: "Slurred speech is a habit".
    """
    said = plain(sentence).lower()
    if any(map(str.isdigit, said)):
        return False
    return any(_is_complaint(said[: one.start()], complaints) for one in _PUT_DOWN_TO.finditer(said))


def _is_complaint(words: str, complaints: Collection[str]) -> bool:
    if _stems(words).intersection(complaints) or _ALARMING.search(words):
        return True
    return any(name not in _CAUSES for name, _ in emergency_signs_in(words))


@cache
def _of_diseases() -> frozenset[str]:
    return frozenset(map(stem, DISEASES))


def _stems(words: str) -> frozenset[str]:
    found = (stem(one) for one in _WORD.findall(words) if one not in STOP_WORDS)
    return frozenset(found) - _OF_NO_SIGN


__all__ = ["complaints_of", "explains_a_complaint", "names_a_sign", "signs_of", "weighs_danger"]
