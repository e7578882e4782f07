"""A made-up data set, for tests that need more than an excerpt: a tree of findings, and diseases."""

import random
from collections.abc import Iterator
from decimal import Decimal

from wiki.domain.data_sets import EntryKind
from wiki.importing.data_sets.records import EntryRecord, RowRecord, key_of


class MadeUpFiles:
    """Findings `HP:n` in a tree of three branches each; diseases `ORPHA:n` show leaves of its second half."""

    data_set = "hpo"
    version = "2020-01-01"

    def __init__(self, diseases: int, *, depth: int = 6, seed: int = 7, hub: int = 0, each: int = 12) -> None:
        """Draw the diseases; the first `hub` of them show the first finding as well."""
        chance = random.Random(seed)  # noqa: S311  the same every time
        self.digests = {"seed": f"{diseases} {depth} {seed} {hub} {each}"}
        self.counts: dict[str, int] = {}
        self.parents = {0: 0} | {one: (one - 1) // 3 for one in range(1, (3**depth - 1) // 2)}
        self.leaves = [one for one in self.parents if 3 * one + 1 not in self.parents]
        self.shows = {
            disease: {
                leaf: chance.choice((None, 10, 50, 90, 100))
                for leaf in chance.sample(self.leaves[len(self.leaves) // 2 :], each)
            }
            | ({self.leaves[0]: 50} if disease < hub else {})
            for disease in range(diseases)
        }

    def entries(self) -> Iterator[EntryRecord]:
        """Yield the findings, then the diseases."""
        for one, above in self.parents.items():
            parents = (finding(above),) if one else ()
            yield EntryRecord(
                finding(one),
                EntryKind.FINDING,
                f"Finding {one}",
                parents=parents,
                codes=(("HPO", finding(one)),),
            )
        for one in self.shows:
            yield EntryRecord(
                disease(one), EntryKind.DISEASE, f"Disease {one}", codes=(("Orphanet", str(one)),)
            )

    def rows(self) -> Iterator[RowRecord]:
        """Yield what each disease shows, and how often."""
        for one, shown in self.shows.items():
            for leaf, share in shown.items():
                shares = None if share is None else (Decimal(share), Decimal(share))
                yield RowRecord(
                    key_of(disease(one), finding(leaf)),
                    disease(one),
                    "has_manifestation",
                    finding(leaf),
                    frequency="" if share is None else f"{share}%",
                    shares=shares,
                    sources=("PMID:1",),
                )


def finding(number: int) -> str:
    """Return the code of a finding."""
    return f"HP:{number:07}"


def disease(number: int) -> str:
    """Return the code of a disease."""
    return f"ORPHA:{number}"


def patient(files: MadeUpFiles, one: int, chance: random.Random) -> list[str]:
    """Return the codes of what a patient has: five true findings, one of them imprecise, and two of noise."""
    shown = files.shows[one]
    order = sorted(shown, key=lambda leaf: chance.random() ** (100 / (shown[leaf] or 50)), reverse=True)
    true = order[:5]
    noise = chance.sample([leaf for leaf in files.leaves if leaf not in shown], 2)
    return [finding(leaf) for leaf in (files.parents[true[0]], *true[1:], *noise)]
