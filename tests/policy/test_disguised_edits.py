"""No dangerous edit of a real page comes out as low risk, however it is disguised.

`DISGUISED_EDITS=5000 pytest tests/policy/test_disguised_edits.py -s` tries so many; it tells the risks.
"""

import os
from collections import Counter
from random import Random

from tests.policy.disguised_edits import (
    DISGUISES,
    HARMLESS,
    INSERTED,
    disguised_edit,
    harmless_edit,
    pages,
    remedies_of,
)
from wiki.domain.professions import Risk

TIMES = int(os.environ.get("DISGUISED_EDITS", "400"))
SEED = int(os.environ.get("DISGUISED_SEED", "1"))


def test_no_disguised_dangerous_edit_is_low_risk():
    some, random = pages(), Random(SEED)  # noqa: S311
    known = remedies_of(some)

    edits = [disguised_edit(random, some) for _ in range(TIMES)]
    risks = [(edit, edit.quorum(known)) for edit in edits]

    print(Counter((edit.disguise, found.risk.value) for edit, found in risks))  # noqa: T201
    print(Counter((edit.danger, found.risk.value) for edit, found in risks))  # noqa: T201
    assert [edit for edit, found in risks if found.risk == Risk.LOW] == []
    assert {edit.disguise for edit in edits} == set(DISGUISES)
    assert {edit.danger for edit in edits} == set(INSERTED)
    assert all(edit.before != edit.after for edit in edits)


def test_at_least_ninety_percent_of_harmless_edits_are_low_risk():
    some, random = pages(), Random(SEED)  # noqa: S311
    known = remedies_of(some)

    edits = [harmless_edit(random, some) for _ in range(TIMES)]
    low = Counter(edit.disguise for edit in edits if len(edit.quorum(known).needs) == 1)
    risks = Counter(edit.disguise for edit in edits if edit.quorum(known).risk == Risk.LOW)
    every = Counter(edit.disguise for edit in edits)

    print({one: (risks[one], every[one]) for one in sorted(HARMLESS)})  # noqa: T201
    assert low.total() >= 0.9 * TIMES
    assert all(risks[one] >= 0.75 * every[one] for one in HARMLESS)
