"""Stored documents of every shape and the digests that were signed of them.

A digest here never changes, and neither does a file: a verdict is a signature on such a digest. A new field
brings new files beside these.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from wiki.domain.evidence import Basis, Grade, Stance
from wiki.text.canonical_json import canonical_json
from wiki.text.document import Document

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))


def read(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the digest that was signed, and the document as it is stored."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return data["digest"], data["document"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_stored_document_keeps_the_digest_that_was_signed(path):
    digest, stored = read(path)

    assert Document.from_json(stored).digest() == digest


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_stored_document_is_serialised_unchanged(path):
    _, stored = read(path)

    assert Document.from_json(stored).as_json() == stored


def test_the_stored_documents_have_every_stance_grade_and_basis_and_ten_are_real_pages():
    rows = [row for path in GOLDEN for row in read(path)[1].get("statements", ())]

    for name, choices in (("stance", Stance), ("grade", Grade), ("basis", Basis)):
        assert {row[name] for row in rows} >= set(choices.values), name
    assert sum(path.stem.startswith("starter-") for path in GOLDEN) >= 10


def test_the_digest_is_of_canonical_json_that_other_tools_can_make():
    """The bytes are written out here, so that the rule itself is fixed."""
    canonical = (
        b'{"aliases":["\xc3\xa9"],"format":1,"kind":"drug","statements":[{"basis":"cohort","grade":"low",'
        b'"object":7,"relation":"treats","sources":["pmid:1"],"stance":"asserted"}],"title":"T"}'
    )
    stored = json.loads(canonical)
    assert stored.pop("format") == 1

    assert Document.from_json(stored).digest() == hashlib.sha256(canonical).hexdigest()


@pytest.mark.parametrize(
    "value",
    [
        {"b": [1, -7, True, False, None, {}, []], "a": {"z": "", "A": "é"}},
        "".join(map(chr, range(0xA0))) + "\u2028\u2029\ufeff\uffff𝔸",
        {"\ue000": 1, "𝔸": 2, "é": 3},
        [1e21, 1e-7, 0.1, -0.0, 3.0],
        [2**53 - 1, 1 - 2**53],
    ],
    ids=["types", "characters", "order of names", "fractions", "largest numbers"],
)
def test_canonical_json_is_that_of_the_reference(value):
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [["\ud800"], [2**53], [-(2**53)], [float("nan")]], ids=ascii)
def test_what_has_no_canonical_json_is_refused(value):
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical_json(value)
