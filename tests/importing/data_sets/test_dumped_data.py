"""Data sets lie apart in a dump, each under its own licence, and never among what is ours."""

import pytest

from wiki.importing.dump import whole
from wiki.models.data_sets.entries import DataRow, Entry


@pytest.mark.usefixtures("data_sets")
def test_each_data_set_is_dumped_in_its_own_folder_with_its_licence(tmp_path):
    whole.dump(tmp_path / "dump")

    data = tmp_path / "dump" / "data"
    assert sorted(path.name for path in data.iterdir()) == ["do", "hpo"]
    licence = (data / "hpo" / "LICENCE").read_text()
    assert "https://hpo.jax.org/app/license" in licence
    assert "This service uses the Human Phenotype Ontology (release " in licence
    head, *rows = (data / "hpo" / "rows.tsv").read_text().splitlines()
    assert len(rows) == DataRow.objects.filter(release__data_set="hpo").count() > 0
    assert all(len(row.split("\t")) == len(head.split("\t")) for row in rows)
    assert (data / "hpo" / "entries.tsv").read_text().count("\n") == Entry.objects.of_data_set(
        "hpo"
    ).count() + 1
    sums = (tmp_path / "dump" / "SHA256SUMS").read_text()
    assert "data/hpo/LICENCE" in sums
    for part in ("pages", "statements", "sources"):
        texts = [path.read_text() for path in (tmp_path / "dump" / part).rglob("*.*") if path.is_file()]
        assert not any(rows[0].split("\t")[0] in text for text in texts)
