"""Word vectors trained on open texts, against those of `word_vectors.py`, on lay names of HPO findings.

Run it with `CAUSEWAY_DATA_SETS=DIR .venv/bin/python -m tests.bench.bench_own_vectors`; it has hpo/, do/.
Vectors are a truncated SVD of positive pointwise mutual information (O. Levy and others, 2015),
trained with half of the findings among their texts, or with none; asked are lay names of the other half.
"""

import gzip
import math
import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean

import numpy as np

from wiki.text.search import word_vectors
from wiki.text.search.folding import STOP_WORDS, lexemes_of

FILES = Path(os.environ.get("CAUSEWAY_DATA_SETS", "."))
SIZE, WINDOW, LEAST, ASKED = 256, 8, 3, 400

type Embed = Callable[[str], np.ndarray]


def words(text: str) -> list[str]:
    return [one for one in lexemes_of(text) if one not in STOP_WORDS]


def findings() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the name, the definition and the lay names of each finding."""
    for term in gzip.decompress((FILES / "hpo/hp.obo.gz").read_bytes()).decode().split("[Term]")[1:]:
        lines = [line.partition(": ")[::2] for line in term.splitlines()]
        told = dict(lines)
        lay = [text.split('"')[1] for key, text in lines if key == "synonym" and " layperson" in text]
        if "def" in told and "is_obsolete" not in told:
            yield told["name"], told["def"].split('"')[1], lay


def trained(texts: list[list[str]]) -> Embed:
    """Return what embeds a text as the mean of vectors trained on some texts."""
    count = Counter(word for text in texts for word in text)
    place = {word: number for number, word in enumerate(word for word in count if count[word] >= LEAST)}
    near = np.zeros((len(place), len(place)), np.float32)
    for text in texts:
        numbers = [place[word] for word in text if word in place]
        for start, one in enumerate(numbers):
            for step, other in enumerate(numbers[start + 1 : start + WINDOW + 1], 1):
                if one != other:
                    near[one, other] += 1 / step
                    near[other, one] += 1 / step
    rows = np.maximum(near.sum(1), 1e-9)
    smooth = rows**0.75 / (rows**0.75).sum()
    with np.errstate(divide="ignore"):
        near = np.maximum(np.log(near / rows[:, None] / smooth[None, :]), 0)
    basis = np.linalg.qr(near @ np.random.default_rng(1).standard_normal((len(place), SIZE + 30)))[0]
    for _ in range(3):
        basis = np.linalg.qr(near @ (near.T @ basis))[0]
    left, sizes, _ = np.linalg.svd(basis.T @ near, full_matrices=False)
    vectors = (basis @ left[:, :SIZE]) * np.sqrt(sizes[:SIZE])
    rarity = {word: math.log(len(texts) / count[word]) for word in place}

    def embed(text: str) -> np.ndarray:
        known = [word for word in words(text) if word in place]
        mean = sum((vectors[place[word]] * rarity[word] for word in known), np.zeros(SIZE))
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9))

    return embed


class Collection:
    """Findings as documents, each by its name and its definition, ranked by BM25."""

    def __init__(self, documents: list[tuple[str, str]]) -> None:
        self.documents = documents
        counts = [Counter(words(f"{name} {name} {name} {text}")) for name, text in documents]
        mean = fmean(count.total() for count in counts)
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for word, times in count.items():
                impact = times * 2.2 / (times + 1.2 * (0.25 + 0.75 * count.total() / mean))
                self.postings[word].append((number, impact))

    def bm25(self, question: str) -> np.ndarray:
        scores = np.zeros(len(self.documents))
        for word in set(words(question)) & self.postings.keys():
            found = self.postings[word]
            rarity = math.log(1 + (len(self.documents) - len(found) + 0.5) / (len(found) + 0.5))
            for number, impact in found:
                scores[number] += impact * rarity
        return scores

    def quality(self, asked: list[tuple[str, int]], embed: Embed | None) -> float:
        """Return the mean nDCG@10; with vectors, the first 200 are put in order as search does it."""
        sides = [np.array([embed(one[side]) for one in self.documents]) for side in (0, 1)] if embed else []
        gains = []
        for question, wanted in asked:
            scores = self.bm25(question)
            first = np.argsort(-scores, kind="stable")[:200]
            total = scores[first] / max(scores.max(), 1e-9)
            for side in sides:
                alike = np.maximum(side[first] @ embed(question), 0) if embed else 0
                total = total + alike / max(float(np.max(alike)), 1e-9)
            best = first[np.argsort(-total, kind="stable")][:10].tolist()
            gains.append(1 / math.log2(best.index(wanted) + 2) if wanted in best else 0.0)
        return fmean(gains)


def at_hand(text: str) -> np.ndarray:
    vector = word_vectors._vector(text)
    return np.zeros(SIZE) if vector is None else vector


def main() -> None:
    found = list(findings())
    diseases = gzip.decompress((FILES / "do/do_definitions.tsv.gz").read_bytes()).decode().splitlines()
    others = [words(line.partition("\t")[2]) for line in diseases]
    others += [
        words(part)
        for path in sorted(Path("wiki/starter").glob("*.md"))
        for part in path.read_text().split("\n\n")
    ]
    collection = Collection([(name, text) for name, text, _ in found])
    asked = [(one, number) for number, (*_, lay) in enumerate(found) if number % 2 == 0 for one in lay]
    asked = random.Random(3).sample(asked, ASKED)  # noqa: S311  the same each time
    half = [words(f"{name} {text}") for name, text, _ in found[1::2]]
    for label, embed in (
        ("BM25 alone", None),
        ("the vectors at hand", at_hand),
        ("own, other texts alone", trained(others)),
        ("own, with half of the findings", trained([*others, *half])),
    ):
        print(f"{label:32} nDCG@10 {collection.quality(asked, embed):.3f}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
