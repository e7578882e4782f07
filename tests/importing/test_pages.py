"""Folders of page files, in and out, through people's acts."""

from dataclasses import replace
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from tests import cast
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, retirement
from wiki.importing import pages
from wiki.importing.front_matter import (
    NO_PAGE,
    BadFile,
    FiledRetirement,
    FiledSource,
    FiledStatement,
    PageFile,
    dumps,
    loads,
)
from wiki.models import (
    Credential,
    Disclosure,
    Event,
    Name,
    Origin,
    Page,
    PublishedPage,
    Revision,
    Source,
    Statement,
    User,
)
from wiki.policy.refusal import Refused
from wiki.text.document import Retirement, Row

BY = ("--author", "clinician", "--approver", "moderator", "--impact", "wording")
SOURCE = FiledSource((("pmid", "22327515"),), {"type": "article-journal", "title": "A study"}, "cohort")


def file(title, **changes):
    words = {"kind": "condition", "review": "reviewed", "summary": "In short.", "body": f"About {title}."}
    parts = dict.fromkeys(("aliases", "codes", "statements", "sources"), ())
    return PageFile(title, **{**words, **parts, **changes})


def says(page, relation="causes", sources=("pmid:22327515",)):
    return FiledStatement(
        page, Row(relation, NO_PAGE, "asserted", "low", "cohort", "A note.", tuple(sources))
    )


TWO = [
    file("Alpha", statements=(says("Beta"),), sources=(SOURCE,), aliases=("A",)),
    file("Beta", kind="finding", statements=(says("Alpha", "associated_with"),), sources=(SOURCE,)),
]


@pytest.fixture
def load(clinician, moderator):
    def load(files, author=clinician, approver=moderator, **options):
        cover = pages.ImportSummary("Imported.", "wording")
        return pages.load(files, author=author, approvers=[approver], cover=cover, **options).pages

    return load


@pytest.fixture
def folder(tmp_path):
    """Return a function that writes files into a folder and returns it."""

    def write(files):
        for number, one in enumerate(files):
            (tmp_path / f"{number}.md").write_text(
                one if isinstance(one, str) else dumps(one), encoding="utf-8"
            )
        return tmp_path

    return write


def test_pages_that_name_each_other_are_loaded_through_the_acts(load, clinician, moderator):
    shown = []

    assert load(TWO, progress=lambda *words: shown.append(words)) == 2

    assert [one.object.published_page.title for one in Statement.objects.public().order_by("pk")] == [
        "Beta",
        "Alpha",
    ]
    assert {one.author for one in Revision.objects.all()} == {clinician}
    assert {one.publication.verdict.reviewer for one in PublishedPage.objects.all()} == {moderator}
    assert set(Revision.objects.values_list("origin", "note")) == {(Origin.PERSON, "Imported.")}
    assert shown == [(1, 2, "Alpha"), (2, 2, "Beta")]


def test_what_says_that_already_is_left_alone(load):
    load(TWO)

    assert load(TWO) == 0
    assert load([TWO[0], file("Beta", kind="finding", summary="Changed.")]) == 1
    assert Revision.objects.count() == 3
    assert PublishedPage.objects.get(slug="beta").summary == "Changed."


def test_a_page_whose_approval_was_taken_back_is_loaded_onto_the_same_page(load, moderator):
    load([file("Alpha")])
    live = PublishedPage.objects.get().publication.revision
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    assert load([file("Alpha", summary="Better.")]) == 1

    assert Page.objects.count() == 1
    assert PublishedPage.objects.get().summary == "Better."


def test_a_statement_may_name_a_page_that_is_there_or_being_written(load, clinician, moderator):
    there = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    drafted = drafts.propose(cast.document("Tremor", kind="symptom"), author=clinician).page

    load([file("Alpha", statements=(says("Seizures"), says("Tremor")), sources=(SOURCE,))])

    assert {one.object for one in Statement.objects.all()} == {there, drafted}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([TWO[1], file("Alpha", summary="")], "Alpha: Write a plain summary"),
        ([file("Alpha", summary="Do \u202eton stop.")], r"Alpha: Delete a character .* U\+202E"),
        ([file("Alpha", body="Give 5\u200b mg.\n")], r"Alpha: Delete a character .* U\+200B"),
        (
            [file("Alpha", sources=(FiledSource(SOURCE.ids, SOURCE.csl | {"title": "A\x02"}, "cohort"),))],
            r"Alpha: Delete a character .* U\+0002",
        ),
        ([file("Alpha", kind="planet")], "Alpha: Choose what kind of page this is"),
        (
            [file("Alpha", statements=(says("Nowhere"),), sources=(SOURCE,))],
            "Alpha: there is no page named “Nowhere”",
        ),
        ([file("Alpha", statements=(says("Beta", sources=()),)), TWO[1]], "Alpha: Add a source"),
        ([file("Alpha", sources=(FiledSource(SOURCE.ids, {}, "cohort"),))], "Alpha: Give the source’s title"),
        (
            [file("Alpha", sources=(FiledSource(SOURCE.ids, SOURCE.csl, "gossip"),))],
            "Alpha: “gossip” is not a type",
        ),
        ([file("Alpha"), file("alpha!")], "“Alpha” and “alpha!” would have the same address"),
    ],
)
def test_what_the_gate_turns_away_is_said_before_anything_is_written(load, files, sentence):
    with pytest.raises(Refused, match=sentence):
        load(files)

    assert not Page.objects.exists()
    assert not Source.objects.exists()


def test_one_person_does_not_load_alone(load, moderator, clinician, colleague):
    with pytest.raises(Refused, match="Nobody approves their own work"):
        load(TWO, author=moderator)
    with pytest.raises(Refused, match="Dr Tomás Rey may not review"):
        load(TWO, approver=colleague)
    assert not Page.objects.exists()


def test_an_author_who_may_not_write_loads_nothing(load, reader):
    with pytest.raises(Refused, match="Only clinicians and moderators"):
        load([file("Alpha")], author=reader)


def test_ones_own_draft_of_a_page_is_not_written_over(load, clinician):
    load([file("Alpha")])
    mine = cast.make_edit(PublishedPage.objects.get().page, clinician, summary="Mine, unfinished.")

    with pytest.raises(Refused, match="Alpha: You have a draft of this page already"):
        load([file("Alpha", summary="From the file.")])

    assert Revision.objects.get(pk=mine.pk).document.summary == "Mine, unfinished."


def test_a_run_that_was_cut_short_is_gone_on_with(load):
    def interrupted(done, total, title):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(TWO, progress=interrupted)
    assert PublishedPage.objects.count() == 1

    assert load(TWO) == 1
    assert PublishedPage.objects.count() == Page.objects.count() == 2
    assert Statement.objects.public().count() == 2


def test_a_refused_approval_leaves_a_draft_and_no_half_of_a_page(load, clinician, moderator):
    """The right to review goes while the folder is being loaded."""

    def goes(done, total, title):
        User.objects.filter(pk=moderator.pk).update(role="clinician")

    with pytest.raises(Refused, match="Beta: Only a moderator may review"):
        load(TWO, progress=goes)

    assert [one.title for one in PublishedPage.objects.all()] == ["Alpha"]
    assert Revision.objects.get(title="Beta").state == "draft"


def test_a_folder_is_read_in_the_order_of_its_names(folder):
    assert pages.read_folder(folder(TWO)) == TWO


def test_a_bad_file_and_an_empty_folder_are_named(folder, tmp_path):
    with pytest.raises(BadFile, match="holds no page files"):
        pages.read_folder(tmp_path)
    with pytest.raises(BadFile, match=r"0\.md: The file does not start with front matter"):
        pages.read_folder(folder(["Nothing."]))


# --- the commands -------------------------------------------------------------------------------------------


def run(*words):
    said = StringIO()
    call_command(*words, stdout=said, stderr=StringIO())
    return said.getvalue()


def contents(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_pages_go_out_come_in_and_go_out_the_same(load, tmp_path, clinician, moderator):
    load(
        [*TWO, file("Gamma", review="starter content, not yet reviewed by a clinician", summary="3: 4 — “x”")]
    )
    assert "3 pages written" in run("export_pages", str(tmp_path / "first"))
    everything_is_forgotten()

    said = run("import_pages", str(tmp_path / "first"), *BY)
    run("export_pages", str(tmp_path / "second"))

    assert said == "3 pages loaded.\n"
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert set(contents(tmp_path / "first")) == {"alpha.md", "beta.md", "gamma.md"}
    assert PublishedPage.objects.get(slug="gamma").is_starter
    assert run("import_pages", str(tmp_path / "first"), *BY) == ("Every page says that already.\n")


def everything_is_forgotten():
    """Empty the wiki, but for its people, what they are and declared, as no act of ours could."""
    kept = (User, Credential, Disclosure)
    tables = [model._meta.db_table for model in apps.get_app_config("wiki").get_models() if model not in kept]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            if "user" not in table:
                cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    ("author", "approver", "sentence"),
    [
        ("clinician", "nobody", "There is nobody with the user name nobody"),
        ("moderator", "moderator", "author and approver must be two people"),
        ("clinician", "colleague", "may not review"),
        ("reader", "moderator", "Alpha: Only clinicians and moderators may"),
    ],
)
def test_an_import_that_cannot_be_says_so_in_a_sentence(
    folder, clinician, colleague, moderator, reader, author, approver, sentence
):
    where = str(folder([file("Alpha")]))

    with pytest.raises(CommandError, match=sentence) as refusal:
        run("import_pages", where, "--author", author, "--approver", approver, "--impact", "wording")

    assert refusal.value.returncode == 1
    assert not Page.objects.exists()


def test_an_import_of_what_is_no_page_says_which_file(folder, clinician, moderator):
    where = str(folder(["Nothing."]))

    with pytest.raises(CommandError, match=r"0\.md: The file does not start"):
        run("import_pages", where, *BY)


def test_an_export_is_not_mixed_with_other_pages(load, tmp_path):
    load([file("Alpha")])
    run("export_pages", str(tmp_path))
    run("export_pages", str(tmp_path))
    (tmp_path / "old.md").write_text("Something else.")

    with pytest.raises(CommandError, match=r"holds other page files, such as old\.md"):
        run("export_pages", str(tmp_path))


def test_an_export_to_where_nothing_can_be_written_says_so(load, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="file"):
        run("export_pages", str(tmp_path / "file"))


def test_a_rebuild_says_what_differed(load):
    load(TWO)
    Name.objects.all().delete()

    assert run("rebuild").endswith("2 pages rebuilt; 2 of them differed.\n")
    assert run("rebuild") == "2 pages rebuilt; nothing differed.\n"
    assert Name.objects.count() == 3
    assert not Event.objects.filter(act="rebuild").exists()


# --- Retired pages -----------------------------------------------------------------------------------------

RETIRED = [
    file(
        "Abandoned",
        retired=FiledRetirement("Nobody calls it so."),
        sources=(SOURCE,),
        statements=(says("Beta"),),
    ),
    file("Ancient", retired=FiledRetirement("It is the same.", "Beta")),
    file("Beta", kind="finding"),
    file(
        "Gamma", statements=(says("Abandoned"), says("Ancient")), sources=(SOURCE,), body="See [[Ancient]]."
    ),
]


def exported():
    return dict(pages.export())


def test_retired_pages_are_loaded_whatever_the_order_and_written_as_they_were(load):
    assert load(RETIRED) == 4

    assert list(exported().values()) == [dumps(one) for one in RETIRED]
    assert Page.objects.get(addresses__slug="ancient", replaced_by__published_page__title="Beta").retired
    assert [one.object.published_page.title for one in Statement.objects.public()] == ["Beta"]
    assert load([loads(text) for text in exported().values()]) == 0


def test_a_chain_of_retired_pages_is_written_as_leading_to_its_end(load, clinician, moderator):
    load(RETIRED)
    last = cast.make_page(clinician, moderator, "Delta", kind="finding")
    beta = PublishedPage.objects.get(slug="beta").page
    revision = retirement.retire(beta, by=clinician, retirement=Retirement("It moved.", last.pk))
    cast.approve(revision, moderator)

    files = {name: loads(text) for name, text in exported().items()}

    assert {name: one.retired.replaced_by for name, one in files.items() if one.retired} == {
        "abandoned.md": "",
        "ancient.md": "Delta",
        "beta.md": "Delta",
    }


def test_a_page_can_be_retired_by_a_file_and_brought_back_by_another(load):
    load([file("Alpha"), file("Beta")])

    assert load([file("Alpha", retired=FiledRetirement("It is the same.", "Beta"))]) == 1
    assert [one.title for one in PublishedPage.objects.all()] == ["Beta"]
    assert load([file("Alpha")]) == 1
    assert [one.title for one in PublishedPage.objects.order_by("slug")] == ["Alpha", "Beta"]


def test_what_replaces_a_page_must_be_there(load):
    with pytest.raises(Refused, match="Alpha: there is no page named “Nowhere”"):
        load([file("Alpha", retired=FiledRetirement("Why.", "Nowhere"))])


def test_each_approver_signs_where_they_are_needed_and_what_lacks_one_waits(clinician, moderator):
    """A second run goes on with what waits, when somebody is there who may sign it."""
    gene = file("PDGFB", kind="gene")
    cover = pages.ImportSummary("Imported.", "wording")
    plain = pages.load([gene], author=clinician, approvers=[moderator], cover=cover)
    geneticist = cast.make_user("geneticist", "moderator")
    cast.make_qualified(geneticist, "clinical_genetics")

    both = pages.load([gene], author=clinician, approvers=[moderator, geneticist], cover=cover)

    assert plain == pages.Loaded(0, {"PDGFB": "one clinical geneticist or genetic counsellor"})
    assert both == pages.Loaded(1, {})
    assert Revision.objects.count() == 1


OTHER_SOURCE = FiledSource((("pmid", "33788935"),), {"type": "article-journal", "title": "Another"}, "cohort")


def treats(page="Beta", **changes):
    said = says(page, "treats", ("pmid:22327515", "pmid:33788935"))
    return replace(said, row=replace(said.row, **changes))


def drug(**changes):
    """Return a file that a moderator and a pharmacist have to sign."""
    words = {
        "kind": "drug",
        "statements": (treats(),),
        "sources": (SOURCE, OTHER_SOURCE),
        "aliases": ("A",),
        "codes": (("MeSH", "D000001"),),
    }
    return replace(file("Alphacillin", **words), **changes)


@pytest.mark.parametrize(
    "change",
    [
        {"statements": (treats("Gamma"),)},
        {"statements": (treats(basis="guideline"),)},
        {"statements": (treats(note="Another note."),)},
        {"statements": (treats(grade="moderate"),)},
        {"statements": (treats(sources=("pmid:33788935", "pmid:22327515")),)},
        {"statements": (treats(), treats("Gamma"))},
        {"summary": "In other words."},
        {"title": "ALPHACILLIN"},
        {"aliases": ("B",)},
        {"codes": (("MeSH", "D000002"),)},
        {"codes": ()},
        {"body": "Something else."},
    ],
    ids=[
        *("target", "basis", "note", "grade", "order of sources", "one more", "summary", "case of the title"),
        *("alias", "code", "no code", "body"),
    ],
)
def test_a_file_that_was_corrected_while_it_waited_is_published_as_it_reads_now(
    load, clinician, moderator, change
):
    load([file("Beta"), file("Gamma")])
    cover = pages.ImportSummary("Imported.", "wording")
    first = pages.load([drug()], author=clinician, approvers=[moderator], cover=cover)
    pharmacist = cast.make_user("pharmacist", "moderator")
    cast.make_qualified(pharmacist, profession="pharmacist")
    corrected = drug(**change)

    again = pages.load([corrected], author=clinician, approvers=[moderator, pharmacist], cover=cover)

    assert (list(first.waiting), again) == (["Alphacillin"], pages.Loaded(1, {}))
    published = loads(exported()["alphacillin.md"])
    assert replace(published, sources=()) == replace(corrected, sources=())
    # On the same page, which others may name already, and nothing of the old text waits.
    assert Page.objects.count() == 3
    assert not Revision.objects.waiting().exists()


def test_what_waits_is_known_again_though_the_wiki_has_another_record_of_its_source(
    load, clinician, moderator
):
    load([file("Beta")])
    cover = pages.ImportSummary("Imported.", "wording")
    people = {"author": clinician, "approvers": [moderator], "cover": cover}
    pages.load([drug()], **people)
    whole = replace(SOURCE, csl={"type": "article-journal", "title": "A study, with its whole title"})

    assert pages.load([drug(sources=(whole, OTHER_SOURCE))], **people).waiting

    assert Revision.objects.filter(title="Alphacillin").count() == 1


def test_what_people_reviewed_is_not_loaded_without_a_word_of_what_it_means(clinician, moderator):
    with pytest.raises(Refused, match="Say what this change means"):
        pages.load(TWO, author=clinician, approvers=[moderator], cover=pages.ImportSummary("Imported."))

    assert not Revision.objects.exists()
