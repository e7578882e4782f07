"""Terms of art that a text leaves unexplained, told by how medical words end."""

import re
from collections.abc import Collection
from typing import Final

_ENDS: Final = (
    "itis|osis|opathy|aemia|emia|uria|algia|ectomy|ostomy|plasia|trophy|plegia|paresis|phasia|phagia|ectasia"
    "|megaly|sclerosis|stenosis|genesis|lysis|spasm|cyte|cytes|blastoma|sarcoma|carcinoma|oedema|rrhage"
)
_TERM: Final = re.compile(rf"\b[A-Za-z]{{2,}}(?:{_ENDS})\b")
# Words of the same form that need no explanation.
_EVERYDAY: Final = frozenset(
    {
        *("analysis", "analyses", "anaemia", "anemia", "arthritis", "basis"),
        *("bronchitis", "cirrhosis", "crisis", "diagnosis", "diagnoses", "dialysis"),
        *("eczema", "emphasis", "haemorrhage", "hepatitis", "hypothesis", "leukaemia"),
        *("leukemia", "osteoporosis", "paralysis", "prognosis", "psychosis", "sclerosis"),
        *("synthesis", "thesis", "tuberculosis"),
    }
)
# The words behind a term that go on with what it means: “(a cloudy lens)”, “, a swelling”, “, which …”.
_EXPLAINED_BEHIND: Final = re.compile(
    r"\s*(?:\(|[,:–—]\s*(?:an?|the|which|that is|in which|when|or)\b|means\b|is an?\b)"
)
_EXPLAINED_BEFORE: Final = re.compile(r"(?:\([^()]*|\b(?:called|named|known as)\s+(?:\w+\s+){0,2})$")


def unexplained_terms(words: str, known: Collection[str]) -> list[str]:
    """Return the terms of art in `words` that are explained nowhere there, each once.

    `known` are words, in lower case, that are explained elsewhere: names of pages that the text links to,
    and those of the glossary.
    """
    terms = list(_TERM.finditer(words))
    explained = {
        match[0].casefold()
        for match in terms
        if _EXPLAINED_BEHIND.match(words, match.end()) or _EXPLAINED_BEFORE.search(words[: match.start()])
    }
    found = (match[0] for match in terms)
    left_alone = _EVERYDAY | explained | set(known)
    return list({term.casefold(): term for term in found if term.casefold() not in left_alone}.values())
