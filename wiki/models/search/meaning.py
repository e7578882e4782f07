"""Pages by what they mean: the first ones of a long question put in order, and the nearest of all."""

from typing import Final

from wiki.models.search.postings import MOST_REORDERED, Pages, Vectors
from wiki.text.search.word_vectors import similarities

_MOST_NEAR: Final = 10
_ALIKE: Final = 0.5


def by_meaning(question: str, pages: Pages, vectors: Vectors) -> Pages:
    """Return pages with the first ones in order of three equal shares: their score, and how much their text
    and their title mean the same as the question. Without vectors the pages stay as they are.
    """
    first, rest = pages[:MOST_REORDERED], pages[MOST_REORDERED:]
    known = [page for page, _ in first if page in vectors]
    texts = similarities(question, [vectors[page][0] for page in known])
    titles = similarities(question, [vectors[page][1] for page in known])
    if not any(texts) and not any(titles):
        return pages
    shares = [_shares(dict(first)), _shares(_by_page(known, texts)), _shares(_by_page(known, titles))]
    scored = [(page, sum(share.get(page, 0.0) for share in shares)) for page, _ in first]
    ordered = sorted(scored, key=lambda one: (-one[1], one[0]))
    # What follows keeps its order, with scores that go on downwards.
    last, before = ordered[-1][1], first[-1][1]
    return [*ordered, *((page, last * score / before) for page, score in rest)]


def nearest_in_meaning(question: str, vectors: Vectors) -> Pages:
    """Return the few pages whose title or text means much the same as a question, best first."""
    texts = similarities(question, [text for text, _ in vectors.values()])
    titles = similarities(question, [title for _, title in vectors.values()])
    alike = [(page, max(one, other)) for page, one, other in zip(vectors, titles, texts, strict=True)]
    near = sorted((one for one in alike if one[1] >= _ALIKE), key=lambda one: (-one[1], one[0]))
    return near[:_MOST_NEAR]


def _by_page(pages: list[int], found: list[float]) -> dict[int, float]:
    return dict(zip(pages, found, strict=True))


def _shares(scores: dict[int, float]) -> dict[int, float]:
    """Return scores divided by the highest one; those below zero count nothing."""
    most = max(scores.values(), default=0.0)
    return {page: max(score, 0.0) / most for page, score in scores.items()} if most > 0 else {}
