"""The Disease Ontology: that a second data set costs one mapping."""

from wiki.models import DataRelease, DataRow, Entry, EntryCode


def test_the_disease_ontology_is_loaded_beside_the_hpo(data_sets):
    releases = {one.data_set: one.version for one in DataRelease.objects.current()}
    one = Entry.objects.get(code="DOID:11199")

    assert releases == {"hpo": "2025-01-16", "do": "2026-08-19"}
    assert one.name == "hypoparathyroidism"
    assert one.pk < 0
    assert DataRow.objects.filter(release__data_set="do").exists()
    assert [*Entry.objects.above(one.pk).values_list("name", flat=True)]


def test_codes_outside_its_licence_are_not_loaded(data_sets):
    systems = EntryCode.objects.filter(release__data_set="do").values_list("system", flat=True)

    assert set(systems) <= {"DOID", "OMIM", "Orphanet", "ICD-10-CM", "MeSH"}
