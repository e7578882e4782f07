"""Words that an act owes are refused in the same sentences everywhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from wiki.policy import reasons
from wiki.policy.refusal import Refused


def test_a_reason_is_kept_without_the_space_around_it():
    assert reasons.required_reason(" It is wrong.\n", who_reads=reasons.READERS, longest=12) == "It is wrong."


@pytest.mark.parametrize("said", ["", " ", "\n\t"])
def test_a_missing_reason_is_refused_naming_its_reader(said):
    with pytest.raises(Refused, match=r"^Say why in a sentence; the person reads it\.$"):
        reasons.required_reason(said, who_reads=reasons.PERSON)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (400, ""),
        (401, "Shorten this by 1 character"),
        (402, "Shorten this by 2 characters"),
        (2400, "Shorten this by 2,000 characters"),
    ],
)
def test_too_long_says_by_how_many_characters(length, told):
    assert reasons.too_long("x" * length, 400) == told


def test_a_reason_that_is_too_long_is_refused():
    with pytest.raises(Refused, match=r"^Shorten this by 1 character\.$"):
        reasons.required_reason("x" * 401, who_reads=reasons.HISTORY, longest=reasons.LONGEST_REASON)


@pytest.mark.parametrize(
    ("sentence", "home"),
    [
        (r"Say why in a sentence;", "wiki/policy/reasons.py"),
        (r"Shorten (this|the reason) by", "wiki/policy/reasons.py"),
        (r"Your right to do so is not there", "wiki/policy/permissions.py"),
    ],
)
def test_each_refusal_sentence_occurs_in_one_file(sentence, home):
    root = Path(settings.BASE_DIR)

    homes = [
        str(path.relative_to(root))
        for path in (root / "wiki").rglob("*.py")
        for _ in re.findall(sentence, path.read_text(encoding="utf-8"))
    ]

    assert homes == [home]
