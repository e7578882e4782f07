"""What could cause these: simulated patients, drawn with a seed, find their disease among the first ten."""

import os
import random
from collections import defaultdict
from pathlib import Path

import pytest

from tests.made_up_data_set import MadeUpFiles, disease, patient
from wiki.importing.data_sets.hpo import HpoFiles
from wiki.importing.data_sets.loading import load
from wiki.models import Entry, EntryAncestor, EntryFinding
from wiki.models.data_sets.entries import DataRow
from wiki.models.queries.graph import fitting

FILES = Path(os.environ.get("CAUSEWAY_DATA_SETS", "/nonexistent"))
PATIENTS = 60


def places(patients: list[tuple[int, list[int]]]) -> list[int]:
    """Return at which place each patient's disease stands, 99 where it is not listed."""
    found = []
    for one, findings in patients:
        listed = [fit.disease for fit in fitting(findings, 20)]
        found.append(listed.index(one) + 1 if one in listed else 99)
    return found


def test_seven_patients_of_ten_find_their_disease_among_the_first_ten(db):
    files, chance = MadeUpFiles(400), random.Random(11)  # noqa: S311  the same every time
    load(files, progress=print)
    numbers = dict(Entry.objects.values_list("code", "pk"))
    people = [
        (numbers[disease(one)], [numbers[code] for code in patient(files, one, chance)])
        for one in chance.sample(sorted(files.shows), PATIENTS)
    ]

    found = places(people)

    assert sum(place <= 10 for place in found) >= 0.7 * PATIENTS


def test_frequent_findings_count_more_and_unknown_frequencies_as_half(db):
    files = MadeUpFiles(60)
    leaf = files.leaves[5]
    for one, share in ((0, 100), (1, None), (2, 10)):
        files.shows[one][leaf] = share
    load(files, progress=print)
    asked = Entry.objects.get(code=f"HP:{leaf:07}").pk

    order = [Entry.objects.get(pk=one.disease).code for one in fitting([asked])]

    assert order[:3] == ["ORPHA:0", "ORPHA:1", "ORPHA:2"]
    assert set(EntryFinding.objects.filter(finding=asked).values_list("share", flat=True)) == {1.0, 0.5, 0.1}


@pytest.mark.slow
def test_patients_of_the_real_hpo_find_their_disease(db):
    if not (FILES / "hpo").is_dir():
        pytest.skip("CAUSEWAY_DATA_SETS names no folder with hpo/: no patients of the real HPO are simulated")
    load(HpoFiles(FILES / "hpo"), progress=print)
    chance = random.Random(11)  # noqa: S311  the same every time
    shown: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, low, high in DataRow.objects.links().values_list(
        "subject", "object", "share_low", "share_high"
    ):
        shown[one][other] = float(low + (high or low)) / 200 if low is not None else 0.5
    above = dict(EntryAncestor.objects.filter(distance=1).values_list("entry", "ancestor"))
    everything = sorted({other for mine in shown.values() for other in mine})
    people = []
    for one in chance.sample(sorted(pk for pk, mine in shown.items() if len(mine) >= 8), PATIENTS):
        mine = shown[one]
        order = sorted(mine, key=lambda other: chance.random() ** (1 / max(mine[other], 0.01)), reverse=True)
        noise = chance.sample([other for other in everything if other not in mine], 2)
        people.append((one, [above.get(order[0], order[0]), *order[1:5], *noise]))

    found = places(people)

    assert sum(place <= 10 for place in found) >= 0.7 * PATIENTS
