"""Names of people: titles, initials, and keys that are equal for names that look alike."""

import re
import unicodedata
from typing import Final

from wiki.domain.professions import Profession, Specialty, calling_of
from wiki.text.confusables import skeleton, skeletons

# Titles before or after a name, which do not distinguish people.
TITLES: Final = frozenset(
    {
        *("dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "miss", "mx", "med", "sir", "dame", "phd"),
        *("md", "msc", "bsc", "mbbs", "mbchb", "frcp", "mrcp", "pharmd", "priv", "doz", "univ"),
        *("dipl", "habil", "herr", "frau", "dott", "the", "pd", "rn", "esq", "consultant", "mrcpuk"),
        *("sister", "matron", "nurse", "rev", "hon", "emeritus", "emerita", "associate", "assistant"),
        *("frcs", "frcr", "frcgp", "frcpath", "frcpch", "mrcgp", "mrcs", "facp", "facs", "dphil", "mph"),
        *("mrpharms", "rpharm", "mbbch", "obe", "mbe", "cbe"),
        *("moderator", "reviewer", "administrator", "auditor", "editor", "clinician", "verified"),
        *("fracp", "frcpc", "frcsc", "fmh", "bpharm", "mpharm", "msn", "bsn", "rgn", "rmn", "cnm"),
        *("crna", "pa-c", "drph", "scd", "edd", "mudr", "mvdr", "rndr", "pharmdr", "csc", "bmbs"),
        *("bmed", "mbbchir", "gp", "np", "adj", "adjunct", "assoc", "aprof", "a/prof", "asst"),
        *("visiting", "hab", "dott.ssa", "dottssa", "ssa"),
        # In other languages and scripts.
        *("dra", "doktor", "docteur", "docteure", "doctora", "doutor", "doutora", "dottore", "dottoressa"),
        *("profesor", "profesora", "professeur", "professeure", "professore", "professoressa", "profa", "pr"),
        *("monsieur", "madame", "mme", "mlle", "señor", "señora", "sr", "sra", "srta", "lic", "mag"),
        *("médecin", "medico", "médico", "médica", "arzt", "ärztin", "lekarz", "läkare", "lääkäri"),
        *("доктор", "проф", "профессор", "врач", "лікар", "دكتور", "دكتورة", "الدكتور", "الدكتورة", "דר"),
        *("医生", "医師", "博士", "教授", "先生", "डॉ", "डॉक्टर", "의사", "박사", "교수", "γιατρός", "δρ"),
    }
)
# Words for somebody without a name, or for the wiki's own people: alone they name nobody.
_ROLES: Final = frozenset(
    {
        *("account", "anonymous", "board", "clinicians", "committee", "contributor", "contributors"),
        *("deleted", "doctors", "editorial", "editors", "ex", "expert", "experts", "former", "group"),
        *("health", "medical"),
        *("moderation", "moderators", "no", "nobody", "official", "panel", "removed", "review", "reviewers"),
        *("staff", "support", "system", "team", "unknown", "unnamed", "user", "webmaster", "wiki"),
    }
)
# Offices and institutions, as which nobody may sign. One such word beside a name does no harm.
_OFFICES: Final = frozenset(
    {
        *("admin", "admins", "administration", "administrators", "auditors", "bot", "root", "sysadmin"),
        *("superuser", "site", "info", "information", "help", "helpdesk", "desk", "contact"),
        *("office", "owner"),
        *("founder", "security", "privacy", "postmaster", "hostmaster", "noreply", "members"),
        *("author", "authors"),
        *("writer", "writers", "readers", "patients", "student", "students", "pharmacist", "pharmacists"),
        *("physician", "physicians", "specialist", "specialists", "professional", "professionals", "trainee"),
        *("resident", "registrar", "director", "president", "secretary", "head", "chief", "lead"),
        *("nhs", "who", "cdc", "fda", "mhra", "nih", "gmc", "bma", "bnf", "ecdc", "unicef", "cochrane"),
        *("hospital", "hospitals", "clinic", "university", "institute", "institution", "ministry"),
        *("department",),
        *("faculty", "society", "association", "foundation", "federation", "agency", "authority", "centre"),
        *("service", "services", "organisation", "organization", "charity", "government"),
        *("council", "college"),
        *("academy", "company", "journal", "nations", "medicines", "neurology", "safety", "control"),
    }
)
# Words that stand beside those in the name of an office. Alone they can be somebody's surname: "Dr Wales".
_BESIDE_OFFICES: Final = frozenset(
    {
        *("world", "national", "international", "european", "federal", "public", "royal"),
        *("general", "clinical"),
        *("united", "kingdom", "england", "scotland", "wales", "of", "for", "and", "in", "at", "&"),
        *("science",),
        *("medicine", "quality", "drug", "disease", "regulatory", "research", "center", "trust", "school"),
        *("press", "chair", "host", "guest", "member", "reader", "patient"),
    }
)
# What somebody is by profession does not distinguish them either.
_CALLINGS: Final = frozenset(
    calling_of(profession, [field] if profession == Profession.PHYSICIAN else [])
    for profession in Profession
    for field in Specialty
)
_TITLE_SKELETONS: Final = frozenset(map(skeleton, TITLES | {one for one in _CALLINGS if one.isalpha()}))
_OF_OFFICE: Final = frozenset(map(skeleton, _ROLES | _OFFICES))
_BESIDE: Final = frozenset(map(skeleton, _BESIDE_OFFICES))
_ARTICLE: Final = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_SPELT_OUT: Final = re.compile(r"\b(?:[A-Za-z]\.){2,}")


def without_titles(name: str) -> str:
    """Return a name without its titles; all of it if nothing else is left."""
    joined = _SPELT_OUT.sub(lambda one: one[0].replace(".", "") + " ", _without_symbols(name))
    words = [one for one in joined.replace(".", ". ").split() if not _is_title(one)]
    return " ".join(words) or name


def _is_title(word: str) -> bool:
    """Return whether a word is a title. One letter is none: an M has the skeleton of "RN"."""
    return len(word.strip(".,")) > 1 and skeleton(word) in _TITLE_SKELETONS


def is_title_only(name: str) -> bool:
    """Return whether a name consists of titles, roles and names of offices, so that it names nobody."""
    words = re.split(r"[\s_,/-]+", _ARTICLE.sub("", _without_symbols(name).strip()))
    said = {skeleton(one) for one in map(_without_count, words) if one}
    if not said.isdisjoint(_BESIDE) and said.isdisjoint(_OF_OFFICE):
        return False
    return bool(said) and said <= _TITLE_SKELETONS | _OF_OFFICE | _BESIDE


def _without_count(word: str) -> str:
    """Return a word without the number after it, "admin2" being "admin"; nothing of a number alone."""
    return word.rstrip("0123456789") if len(word.rstrip("0123456789")) != 1 else word


def _without_symbols(name: str) -> str:
    """Return a name without ticks, stars and other marks that readers could take for the wiki's own."""
    return "".join(one for one in name if not _is_symbol(one))


def _is_symbol(character: str) -> bool:
    """Return whether a character is a mark, not a letter in a circle or one that looks like a letter."""
    is_like_letter = len(unicodedata.normalize("NFKC", character)) == 1 and skeleton(character).isalnum()
    return unicodedata.category(character) in ("So", "Sk", "Sm", "Sc") and not is_like_letter


def name_key(name: str) -> str:
    """Return the key of a name: equal for names that look alike, without titles, spaces and signs."""
    return skeleton(without_titles(name))


def name_keys(name: str) -> frozenset[str]:
    """Return the keys of a name in each case; two names look alike if they share one.

    The order of the words does not distinguish people: "Osei, Amara" is "Amara Osei". All of the name counts
    as well, since a user name can hold a title: "second moderator" is "second-moderator".
    """
    bare = without_titles(name)
    small = without_titles(bare.casefold())
    in_order = "".join(sorted(map(skeleton, small.split())))
    return (skeletons(name) | skeletons(bare) | skeletons(small) | {in_order}) - {""}


def initials_of(name: str) -> str:
    """Return the initials of a name, without titles: "Dr Amara Osei" gives "A. O."."""
    return " ".join(f"{one[0].upper()}." for one in without_titles(name).split())
