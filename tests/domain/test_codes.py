"""The code systems: what holds for every one of them."""

import pytest

from wiki.domain.codes import CODE_SYSTEMS


@pytest.mark.parametrize("system", CODE_SYSTEMS.values(), ids=lambda system: system.id)
def test_a_code_system_accepts_its_example_and_no_invalid_code(system):
    assert system.accepts(system.example)
    assert not system.accepts("nonsense!")
    assert not system.accepts(system.example + "\n")
    assert (system.example in system.address_of(system.example)) is bool(system.address)


@pytest.mark.parametrize(
    ("system", "written", "usual"),
    [
        ("HPO", "HP_0002135", "HP:0002135"),
        ("HPO", "hp:0002135", "HP:0002135"),
        ("HPO", "http://purl.obolibrary.org/obo/HP_0002135", "HP:0002135"),
        ("Mondo", "MONDO_0001220", "MONDO:0001220"),
        ("ICD-10-CM", "U07.1", "U07.1"),
        ("ICD-10-CM", "g23.8", "G23.8"),
        ("ICD-11", "5a50.1", "5A50.1"),
        ("ICD-11", "ICD-11: 8A61.0&XK9J", "8A61.0&XK9J"),
        ("ICD-11 foundation", "http://id.who.int/icd/entity/1708733050", "1708733050"),
        ("OMIM", "OMIM:213600", "213600"),
        ("OMIM", "#213600", "213600"),
        ("OMIM", "MIM 213600", "213600"),
        ("OMIM", "https://www.omim.org/entry/213600", "213600"),
        ("OMIMPS", "PS213600", "213600"),
        ("Orphanet", "ORPHA:1980", "1980"),
        ("Orphanet", "Orphanet_1980", "1980"),
        ("DOID", "DOID:11199", "11199"),
        ("MeSH", "https://meshb.nlm.nih.gov/record/ui?ui=D007011", "D007011"),
        ("NCBI Gene", "GeneID: 6575", "6575"),
        ("HGNC", "10947", "HGNC:10947"),
        ("LOINC", "LOINC 2000-8", "2000-8"),
        ("ATC", "m05ba04", "M05BA04"),
        ("SNOMED CT", "SCTID: 36976004", "36976004"),
        ("Uberon", "uberon_0010011", "UBERON:0010011"),
    ],
)
def test_a_code_is_taken_however_its_list_writes_it(system, written, usual):
    found = CODE_SYSTEMS[system].usual_form(written)

    assert found == usual
    assert CODE_SYSTEMS[system].accepts(found)


@pytest.mark.parametrize(
    ("system", "written"),
    [
        ("HPO", "HP:213"),
        ("OMIM", "ORPHA:1980"),
        ("ICD-10-CM", "7U0.1"),
        ("ICD-11", "AI00"),
        ("SNOMED CT", "36976005"),
        ("ATC", "K01"),
        ("LOINC", "2000"),
        ("Orphanet", "Calcification"),
    ],
)
def test_an_invalid_code_is_kept_as_written_and_not_accepted(system, written):
    found = CODE_SYSTEMS[system].usual_form(written)

    assert found == written
    assert not CODE_SYSTEMS[system].accepts(found)


@pytest.mark.parametrize("system", CODE_SYSTEMS.values(), ids=lambda system: system.id)
def test_the_example_of_a_list_is_in_its_usual_form(system):
    assert system.accepts(system.example)
    assert system.usual_form(system.example) == system.example
