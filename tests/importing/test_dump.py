"""A dump holds what readers see, proves itself, and comes out of another wiki the same."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import PROV, RDF, XSD

from tests import cast
from tests.remembered import remembered
from wiki.acts.safety import corrections
from wiki.acts.writing import page_merge, retirement
from wiki.importing import page_loads, pages, pictures
from wiki.importing.dump import files, whole
from wiki.importing.dump.files import COLUMNS
from wiki.importing.dump.trusty_uris import UNKNOWN, Quad, code_of
from wiki.importing.front_matter import loads
from wiki.models import PublishedPage, Statement
from wiki.text.document import Retirement
from wiki.text.markdown.block_types import BlockKind
from wiki.text.markdown.blocks import blocks_of
from wiki.text.slugs import slug_of

# rdflib warns of what it calls itself.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore:{name}:DeprecationWarning")
    for name in ("Dataset", "ConjunctiveGraph")
]
# Pages of the starter content whose statements name one another, one with a picture.
SOME = ("Levodopa", "Parkinsonism", "Hypoparathyroidism", "Low blood calcium", "Seizures", "Calcitriol")
NP = "http://www.nanopub.org/nschema#"


def some_starter_pages():
    """Return a few starter pages, with what they state of one another."""
    texts = ((pictures.STARTER / f"{slug_of(title)}.md").read_text() for title in SOME)
    found = [loads(text) for text in texts]
    return [
        replace(file, statements=tuple(one for one in file.statements if one.page in SOME)) for file in found
    ]


@dataclass
class Trial:
    """What the script for auditors said of a dump."""

    code: int
    words: str


def audited(folder, *more):
    """Return what the script of a dump says of it, run by Python alone."""
    record = folder / "record"
    named = [record / "check_record.py", record / "anchors.json", record / "chains.jsonl"]
    run = subprocess.run(
        [sys.executable, "-I", *named, "--dump", folder, *more], capture_output=True, text=True, check=False
    )
    return Trial(run.returncode, run.stdout + run.stderr)


@remembered
def world(clinician, moderator):
    """Return a page with a supported and a refuted statement on another one."""
    cast.make_source(clinician)
    other = cast.make_page(clinician, moderator, "Gait", kind="symptom")
    rows = (
        cast.statement(
            other, "has_manifestation", frequency="3 of 14", population="children", note="Seen\tonce."
        ),
        cast.statement(other, "causes", stance="refuted"),
    )
    return cast.make_page(clinician, moderator, "Gout", statements=rows, body="## What it is\n\nDry words.")


@pytest.fixture
def dumped(world, tmp_path):
    """Return the folder of a dump."""
    whole.dump(tmp_path / "dump")
    return tmp_path / "dump"


def quads_in(folder):
    graph = Dataset()
    graph.parse(data=(folder / "statements" / "statements.trig").read_text(), format="trig")
    return [(g, s, p, o) for s, p, o, g in graph.quads()]


def nanopublications(folder):
    """Return the quads of each nanopublication of a dump, by its address."""
    quads = quads_in(folder)
    named = [s for _, s, p, o in quads if p == RDF.type and o == URIRef(f"{NP}Nanopublication")]
    return {str(one): [quad for quad in quads if str(quad[0]).startswith(f"{one}#")] for one in named}


def work_on(moderator, clinician, second_moderator):
    """Let people rename, correct, review and approve pages of a wiki that was loaded."""
    titles = ("Calcitriol", "Seizures")
    renamed, corrected = (PublishedPage.objects.get(title=one).page for one in titles)
    cast.approve(cast.propose_change(renamed, clinician, title="Another name of it"), moderator)
    body = corrected.published_page.publication.revision.document.body
    passage = next(one.source for one in blocks_of(body) if one.kind == BlockKind.PARAGRAPH)
    proposed = corrections.propose(corrected, passage=passage, replacement="", reason="No.", by=moderator)
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)
    written = cast.make_page(clinician, moderator, "Written here")
    cast.review_whole(written, second_moderator)
    goes, joins = (cast.make_page(clinician, moderator, one) for one in ("Дистония", "ضمور"))
    retired = Retirement("Two pages told the same.", written.pk)
    cast.approve(retirement.retire(goes, by=clinician, retirement=retired), moderator)
    cast.approve(cast.submit(page_merge.merge_pages(joins, written, by=clinician)), moderator)
    cast.approve(cast.propose_change(written, clinician, summary="Better words."), moderator)


def test_loading_and_dumping_again_gives_the_same_bytes(clinician, moderator, second_moderator, tmp_path):
    with transaction.atomic():
        page_loads.load(some_starter_pages(), note="Loaded.")
        work_on(moderator, clinician, second_moderator)
        whole.dump(tmp_path / "one")
        transaction.set_rollback(True)
    page_loads.load(pages.PageFolder(tmp_path / "one" / "pages"), note="Loaded.")
    whole.dump(tmp_path / "two")

    first, second = (
        dict(line.split("\t", 1) for line in (tmp_path / name / "reviews.tsv").read_text().splitlines())
        for name in ("one", "two")
    )
    assert first.keys() == second.keys()
    assert "whole page reviewed on" in first["pages/written-here.md"]
    assert "2 changes, the last on" in first["pages/written-here.md"]
    assert second["pages/written-here.md"].endswith("loaded from files, not yet reviewed by a clinician\t")
    assert "was withheld on" in (tmp_path / "one" / "pages" / "seizures.md").read_text()
    for part in ("pages", "statements", "sources"):
        one, two = (tmp_path / name / part for name in ("one", "two"))
        names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
        assert names == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
        assert [name for name in names if (one / name).read_bytes() != (two / name).read_bytes()] == []
    lines = (tmp_path / "two" / "statements" / "statements.tsv").read_text().splitlines()
    assert len(lines) == 1 + Statement.objects.public().count() > 1


def test_the_script_for_auditors_proves_a_dump(dumped):
    anchors = json.loads((dumped / "record" / "anchors.json").read_text())["anchors"]

    said = audited(dumped, "--kept", anchors[0]["digest"])

    assert said.words.startswith("All fits"), said.words
    assert said.code == 0
    assert audited(dumped, "--kept", "0" * 64).code == 1
    for one in ("pages/gout.md", "statements/statements.trig", "sources/sources.json", "record/chains.jsonl"):
        assert one in (dumped / "SHA256SUMS").read_text()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (
            lambda folder: edit(folder / "pages" / "gout.md", "Dry", "Wet"),
            "pages/gout.md does not have its checksum.",
        ),
        (lambda folder: (folder / "sources" / "sources.json").unlink(), "sources/sources.json is missing."),
        (
            lambda folder: (folder / "pages" / "new.md").write_text("---\n"),
            "pages/new.md is not part of the dump.",
        ),
        (
            lambda folder: edit(folder / "record" / "chains.jsonl", '"place": 2', '"place": 3'),
            "a link is missing",
        ),
    ],
)
def test_the_script_names_a_changed_file(dumped, harm, said):
    harm(dumped)

    assert said in audited(dumped).words
    assert audited(dumped).code == 1


def edit(path, old, new):
    path.write_text(path.read_text().replace(old, new, 1))


def test_the_script_names_an_unpublished_page_with_matching_checksums(dumped):
    edit(dumped / "pages" / "gout.md", "Dry", "Wet")
    (dumped / "SHA256SUMS").unlink()
    files.write_checksums(dumped)

    assert "pages/gout.md: its text is not that of the version." in audited(dumped).words


def test_the_script_names_an_invented_version_with_matching_checksums(dumped):
    lines = [json.loads(one) for one in (dumped / "record" / "versions.jsonl").read_text().splitlines()]
    lines[1]["document"]["body"] = "## What it is\n\nWet words."
    (dumped / "record" / "versions.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    edit(dumped / "pages" / "gout.md", "Dry", "Wet")
    (dumped / "SHA256SUMS").unlink()
    files.write_checksums(dumped)

    assert "pages/gout.md: The words of the version do not have its digest." in audited(dumped).words


def test_statements_are_a_table_with_every_field(dumped):
    head, *rows = [
        line.split("\t") for line in (dumped / "statements" / "statements.tsv").read_text().splitlines()
    ]

    assert head == list(COLUMNS)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["subject"], one["relation"], one["object"], one["stance"]) for one in told] == [
        ("gout", "causes", "gait", "refuted"),
        ("gout", "has_manifestation", "gait", "asserted"),
    ]
    assert (told[1]["frequency"], told[1]["population"], told[1]["note"]) == (
        "3 of 14",
        "children",
        "Seen once.",
    )
    assert told[1]["sources"] == "pmid:22327515"
    assert {one["id"] for one in told} == set(nanopublications(dumped))


def test_each_nanopublication_has_its_parts_and_digest(dumped):
    found = nanopublications(dumped)

    assert len(found) == 2
    for address, quads in found.items():
        assert {str(quad[0]).partition("#")[2] for quad in quads} == {
            "Head",
            "assertion",
            "provenance",
            "pubinfo",
        }
        assert code_of(quads, address.rpartition("/")[2]) == address.rpartition("/")[2]
        changed = [(g, s, p, Literal("x") if p == URIRef(f"{NP}x") else o) for g, s, p, o in quads[1:]]
        assert code_of(changed, address.rpartition("/")[2]) != address.rpartition("/")[2]
        works = [str(o) for g, _, p, o in quads if p == PROV.wasDerivedFrom]
        assert works == ["https://pubmed.ncbi.nlm.nih.gov/22327515/"]


def independent_code(quads, code):
    """Return the trusty code of quads, from the specification of module RA alone (trustyuri-spec)."""

    def written(term):
        if isinstance(term, URIRef):
            return str(term).replace(code, " ")
        body = str(term).replace("\\", "\\\\").replace("\n", "\\n")
        if term.language:
            return f"@{term.language.lower()} {body}"
        return f"^{term.datatype or XSD.string} {body}"

    rows = sorted({tuple(written(term) for term in quad) for quad in quads})
    digest = hashlib.sha256("".join(f"{line}\n" for row in rows for line in row).encode()).digest()
    return "RA" + base64.b64encode(digest, b"-_").decode().strip("=")


def test_the_trusty_uris_are_verified_without_our_code(dumped):
    for address, quads in nanopublications(dumped).items():
        code = address.rpartition("/")[2]
        assert independent_code(quads, code) == code
        assert independent_code(quads[1:], code) != code


def test_a_refuted_statement_is_negated_in_every_format(dumped, settings):
    gout, gait = (URIRef(f"{settings.SITE_URL}/wiki/{one}/") for one in ("gout", "gait"))
    plain = [str(p).rpartition("/")[2] for _, s, p, o in quads_in(dumped) if (s, o) == (gout, gait)]

    assert plain == ["has_phenotype"]
    negated = [o for _, _, p, o in quads_in(dumped) if str(p).endswith("/negated")]
    assert negated == [Literal("true", datatype=XSD.boolean)]


def test_the_trusty_code_equals_that_of_other_programs():
    """The code was made by the package nanopub 2.2.2 from the same quads."""
    here, p = f"https://wiki.example.org/np/{UNKNOWN}", URIRef("http://e/p")
    a, s = URIRef(f"{here}#a"), URIRef("http://e/s")
    quads: list[Quad] = [
        (URIRef(f"{here}#b"), URIRef(here), p, URIRef("http://e/o")),
        (a, s, p, Literal("two\nlines \\ back")),
        (a, s, p, Literal("true", datatype=XSD.boolean)),
        (a, s, p, Literal("Wört", lang="de")),
        (a, s, p, Literal("Wört")),
        (a, s, p, URIRef(f"{here}#z")),
        (a, s, p, URIRef("https://zz/")),
    ]

    assert (
        code_of(quads)
        == code_of([*reversed(quads), quads[0]])
        == "RA1wnWM5L-ytm_GCA59orP1xO83IZLvd1ljcRnX0kVYfU"
    )


def test_no_file_of_a_dump_holds_a_withheld_passage(world, moderator, second_moderator, tmp_path):
    proposed = corrections.propose(world, passage="Dry words.", replacement="", reason="Wrong.", by=moderator)
    corrections.second(proposed.pk, by=second_moderator, digest=proposed.digest)

    whole.dump(tmp_path / "dump")

    holding = [
        path.name
        for path in (tmp_path / "dump").rglob("*")
        if path.is_file() and b"Dry words" in path.read_bytes()
    ]
    assert holding == []
    assert audited(tmp_path / "dump").code == 0


def test_the_help_defines_each_term_of_our_vocabulary(dumped, client, settings):
    space = f"{settings.SITE_URL}/help/building/#"
    terms = {str(p).removeprefix(space) for _, _, p, _ in quads_in(dumped) if str(p).startswith(space)}
    told = client.get("/help/building/").content.decode()

    assert terms >= {"relation", "stance", "grade", "basis", "frequency", "population"}
    assert {one for one in terms if f'<dt id="{one}">' not in told} == set()


def test_the_command_replaces_only_an_earlier_dump(dumped, tmp_path, capsys):
    (dumped / "pages" / "gone.md").write_text("---\n")
    call_command("dump", str(dumped))

    assert "2 pages, 2 statements, 1 sources" in capsys.readouterr().out
    assert not (dumped / "pages" / "gone.md").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["dump"]
    (dumped / "SHA256SUMS").unlink()
    with pytest.raises(CommandError, match="other files than a dump"):
        call_command("dump", str(dumped))
    assert (dumped / "pages" / "gout.md").exists()
    shutil.rmtree(dumped)
