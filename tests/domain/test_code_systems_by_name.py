"""Code systems are known by their object identifiers and by the names that programs write."""

import pytest

from wiki.domain.codes import CODE_SYSTEMS, codes_in, systems_named


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


BOTH = {"ICD-10-CM": "E20.9", "ICD-10": "E20.9"}
OMIM = {"OMIM": "213600", "OMIMPS": "213600"}
ORPHANET = {"Orphanet": "1980"}
HPO = {"HPO": "HP:0002135"}
SNOMED = {"SNOMED CT": "36976004"}


@pytest.mark.parametrize(
    ("codes", "texts"),
    [
        (
            BOTH,
            [
                f"{name}{mark}E20.9"
                for name in ("ICD-10", "ICD10", "icd 10")
                for mark in (":", ": ", " ", "-")
            ],
        ),
        (BOTH, ["E20.9 (ICD-10)", "ICD code e20.9", "E20.9 icd", "icd10e20.9", "ICD:E20.9", "icd10 E209"]),
        ({"ICD-10-CM": "E20.9"}, ["icd10cm: e20.9", "ICD10CM:E20.9", "urn:oid:2.16.840.1.113883.6.90|E20.9"]),
        ({"ICD-11": "5A50.1"}, ["ICD-11: 5A50.1", "ICD11 5a50.1"]),
        (OMIM, ["OMIM 213600", "OMIM:#213600", "MIM213600", "omim #213600", "MIM #213600"]),
        ({"OMIMPS": "213600"}, ["PS213600", "PS 213600"]),
        (ORPHANET, ["ORPHA:1980", "orpha 1980", "ORPHA1980", "Orphanet 1980", "ORPHA: 1980"]),
        (HPO, ["hp 0002135", "HP_0002135", "http://purl.obolibrary.org/obo/HP_0002135", "HPO:0002135"]),
        (SNOMED, ["SNOMED CT 36976004", "SCTID: 36976004", "36976004 (SNOMED CT)"]),
        ({"HGNC": "HGNC:8800"}, ["HGNC 8800", "HGNC:8800"]),
        ({"MeSH": "D007011"}, ["MESH:D007011", "mesh d007011"]),
        ({}, ["vitamin B12", "ICD chapters", "ICD-10", "E20.9", "ICD9 275.49", "see: E20", "LOINC 1980"]),
        ({}, ["MIM 100000 people", "PS 12", "", " ", "|", "(", "code", "#"]),
    ],
)
def test_a_code_stands_beside_the_name_of_its_system(codes, texts):
    assert {text: codes_in(text) for text in texts} == dict.fromkeys(texts, codes)
