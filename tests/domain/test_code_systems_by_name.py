"""Code systems are known by their object identifiers and by the names that programs write."""

import pytest

from wiki.domain.codes import CODE_SYSTEMS, code_in, systems_named


@pytest.mark.parametrize(
    ("name", "systems"),
    [
        ("2.16.840.1.113883.6.90", ["ICD-10-CM"]),
        ("urn:oid:2.16.840.1.113883.6.96", ["SNOMED CT"]),
        ("2.16.840.1.113883.6.88", ["RxNorm"]),
        ("2.16.840.1.113883.6.1", ["LOINC"]),
        ("2.16.840.1.113883.6.174", ["OMIM", "OMIMPS"]),
        ("ICD10CM", ["ICD-10-CM"]),
        ("icd-10-cm", ["ICD-10-CM"]),
        ("SNOMEDCT", ["SNOMED CT"]),
        ("RXCUI", ["RxNorm"]),
        ("2.16.840.1.113883.6.103", []),
        ("2.16.840.1.113883.6", []),
        ("", []),
        (" - ", []),
    ],
)
def test_a_name_means_these_systems(name, systems):
    assert [one.id for one in systems_named(name)] == systems


def test_only_the_two_lists_of_omim_share_an_identifier():
    oids = [one.oid for one in CODE_SYSTEMS.values() if one.oid]

    assert sorted({oid for oid in oids if oids.count(oid) > 1}) == [CODE_SYSTEMS["OMIM"].oid]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ICD-10 E20.9", "E20.9"),
        ("icd10cm: e20.9", "E20.9"),
        ("OMIM 213600", "213600"),
        ("HGNC 8800", "HGNC:8800"),
        ("SNOMED CT 36976004", "36976004"),
        ("vitamin B12", ""),
        ("ICD chapters", ""),
        ("E20.9", ""),
        ("", ""),
    ],
)
def test_a_code_stands_behind_the_name_of_its_system(text, code):
    assert code_in(text) == code
