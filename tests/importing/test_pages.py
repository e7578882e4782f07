"""Folders of page files, in and out; what is loaded says that nobody here has reviewed it."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests import cast
from tests.importing.filed import SOURCE, TWO, exported, file, says
from wiki.acts.library import source_checks, source_merging
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts
from wiki.audit.verify import Proof
from wiki.importing import page_loads, pages
from wiki.importing.front_matter import (
    IMPORTED,
    FiledSource,
    dumps,
    loads,
)
from wiki.importing.yaml_words import BadFile
from wiki.models import (
    Credential,
    Disclosure,
    Event,
    Name,
    Origin,
    Page,
    Publication,
    PublishedPage,
    Revision,
    Source,
    Statement,
    User,
    Verdict,
)
from wiki.policy.refusal import Refused
from wiki.published import neighbours
from wiki.published.rebuild import rebuild


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


def test_pages_loaded_together_are_derived_once_and_link_to_each_other(load, monkeypatch):
    again = []
    monkeypatch.setattr(neighbours, "_write_links", lambda _: again.append("relinked"))
    names = [f"Page {number}" for number in range(6)]
    body = " ".join(f"[[{name}]]" for name in names)
    load([file(name, body=body) for name in names])

    assert again == []
    for one in PublishedPage.objects.all():
        assert one.html.count('href="/wiki/page-') == 6
    assert [found for _, found in rebuild() if found] == []


def test_a_page_is_exported_with_the_identifiers_that_its_sources_have_now(
    load, clinician, colleague, moderator
):
    cited = (
        "Text [@pmid:1; @pmid:22327515], `[@pmid:22327515]`.\n\n- x[@pmid:22327515]\n\n| a[@pmid:1] |\n| - |"
    )
    other = replace(SOURCE, ids=(("pmid", "1"),), csl={"type": "article-journal", "title": "Another"})
    page = replace(TWO[0], body=cited, sources=(SOURCE, other))
    load([page, TWO[1]])
    source = Source.objects.get(text__contains="A study")
    asked = cast.make_source_check(source, colleague, ids={"pmid": "7", "doi": "10.1000/a"})
    source_checks.confirm(asked.pk, by=moderator)
    source_merging.merge_sources(Source.objects.exclude(pk=source.pk).get().pk, into=source.pk, by=moderator)

    found = loads(exported()["alpha.md"])

    assert found.body == "Text [@pmid:7], `[@pmid:22327515]`.\n\n- x[@pmid:7]\n\n| a[@pmid:7] |\n| - |"
    assert [one.row.sources for one in found.statements] == [("pmid:7",)]
    assert [dict(one.ids) for one in found.sources] == [{"pmid": "7", "doi": "10.1000/a"}]
    assert load([found, loads(exported()["beta.md"])]) == 0


def test_a_loaded_page_is_linked_from_the_pages_that_were_there(load):
    load([file("Old", body="See [[New]].", statements=())])
    load([file("New", body="See [[Old]].")])

    assert {one.title: 'href="/wiki/' in one.html for one in PublishedPage.objects.all()} == {
        "Old": True,
        "New": True,
    }


def test_pages_that_name_each_other_are_loaded_without_an_author(load):
    shown = []

    assert load(TWO, progress=lambda *words: shown.append(words)) == 2

    assert [one.object.published_page.title for one in Statement.objects.public().order_by("pk")] == [
        "Beta",
        "Alpha",
    ]
    assert {*Revision.objects.values_list("author_name", "origin", "note", "state")} == {
        ("Loaded from files", "import", "Imported.", "approved")
    }
    assert not Revision.objects.exclude(author=None).exists()
    assert not Publication.objects.exclude(way="loaded", verdict=None).exists()
    assert not Verdict.objects.exists()
    assert set(Event.objects.filter(act="load").values_list("actor_name", flat=True)) == {"Causeway"}
    assert {one.standing.sentence for one in PublishedPage.objects.for_lists()} == {
        "Loaded from files, not yet reviewed by a clinician"
    }
    assert shown == [(1, 2, "Alpha"), (2, 2, "Beta")]
    connection.check_constraints()
    assert list(Proof().troubles()) == []


def test_the_person_who_ran_the_import_is_logged_and_is_no_author(load, administrator):
    load([file("Alpha")], by=administrator)

    revision = Revision.objects.get()
    assert Event.objects.get(act="load", revision=revision).actor == administrator
    assert (revision.author, revision.author_name) == (None, "Loaded from files")


def test_an_import_by_a_closed_account_is_refused(load, administrator):
    User.objects.filter(pk=administrator.pk).update(is_active=False)

    with pytest.raises(Refused, match="closed or suspended"):
        load([file("Alpha")], by=administrator)


@pytest.mark.parametrize(
    "review",
    ["whole page reviewed on 2026-05-03, version 2", "not yet reviewed as a whole", IMPORTED],
)
def test_a_review_named_in_a_file_is_not_imported(load, review):
    load([file("Alpha", review=review, approved="2 changes, the last on 2026-05-04")])

    said = PublishedPage.objects.get().standing.sentence
    assert said == "Loaded from files, not yet reviewed by a clinician"
    assert load([file("Alpha", review=IMPORTED)]) == 0


def test_an_exported_file_separates_review_and_changes_without_names(
    load, clinician, moderator, second_moderator
):
    load([file("Alpha")])
    page = PublishedPage.objects.get().page
    cast.review_whole(page, second_moderator)
    cast.approve(cast.propose_change(page, clinician, summary="Better."), moderator)

    text = exported()["alpha.md"]

    today = timezone.localdate().isoformat()
    assert f"review: whole page reviewed on {today}, version 1\n" in text
    assert f"approved: 1 change, the last on {today}\n" in text
    assert "Dr " not in text
    assert load([loads(text)]) == 0


def change_it(page, clinician, moderator):
    cast.approve(cast.propose_change(page, clinician, summary="A person's words."), moderator)


def take_it_back(page, clinician, moderator):
    live = Publication.objects.open().get(page=page)
    review.unapprove(live.revision_id, by=moderator, reason="Wrong.")


def change_it_and_take_that_back(page, clinician, moderator):
    change_it(page, clinician, moderator)
    take_it_back(page, clinician, moderator)


def review_it(page, clinician, moderator):
    cast.review_whole(page, moderator)


@pytest.mark.parametrize("people", [change_it, take_it_back, change_it_and_take_that_back, review_it])
def test_a_load_never_replaces_pages_that_people_changed_or_reviewed(load, clinician, moderator, people):
    load([file("Alpha")])
    page = PublishedPage.objects.get().page
    people(page, clinician, moderator)
    before = list(Publication.objects.values())

    loaded = page_loads.load([file("Alpha", summary="From the file.")], note="Again.")

    assert loaded == page_loads.Loaded(0, ["Alpha"])
    assert list(Publication.objects.values()) == before


def test_an_unchanged_file_loads_nothing(load):
    load(TWO)

    assert load(TWO) == 0
    assert load([TWO[0], file("Beta", kind="finding", summary="Changed.")]) == 1
    assert Revision.objects.count() == 3
    assert PublishedPage.objects.get(slug="beta").summary == "Changed."


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
            r"Alpha: Source “pmid:22327515”: Delete a character .* U\+0002",
        ),
        ([file("Alpha", kind="planet")], "Alpha: Choose what kind of page this is"),
        (
            [file("Alpha", statements=(says("Nowhere"),), sources=(SOURCE,))],
            "Alpha: there is no page named “Nowhere”",
        ),
        ([file("Alpha", statements=(says("Beta", sources=()),)), TWO[1]], "Alpha: Add a source"),
        (
            [file("Alpha", sources=(FiledSource(SOURCE.ids, {}, "cohort"),))],
            "Alpha: Source “pmid:22327515”: Give the source’s title",
        ),
        (
            [file("Alpha", sources=(FiledSource(SOURCE.ids, SOURCE.csl, "gossip"),))],
            "Alpha: Source “pmid:22327515”: “gossip” is not a type",
        ),
        ([file("Alpha"), file("alpha!")], "“Alpha” and “alpha!” would have the same address"),
    ],
)
def test_an_invalid_file_is_refused_before_anything_is_written(load, files, sentence):
    with pytest.raises(Refused, match=sentence):
        load(files)

    assert not Page.objects.exists()
    assert not Source.objects.exists()


def test_a_load_does_not_overwrite_a_draft(load, clinician):
    load([file("Alpha")])
    mine = cast.make_edit(PublishedPage.objects.get().page, clinician, summary="Mine, unfinished.")

    assert load([file("Alpha", summary="From the file.")]) == 1

    assert Revision.objects.get(pk=mine.pk).document.summary == "Mine, unfinished."


def test_an_interrupted_load_writes_nothing(load):
    def interrupted(done, total, title):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(TWO, progress=interrupted)
    assert not Page.objects.exists()

    assert load(TWO) == 2
    assert Statement.objects.public().count() == 2


def test_a_folder_is_read_in_file_name_order(folder):
    assert [*pages.PageFolder(folder(TWO))] == TWO


def test_a_bad_file_or_an_empty_folder_is_refused(folder, tmp_path):
    with pytest.raises(BadFile, match="holds no page files"):
        pages.PageFolder(tmp_path)
    with pytest.raises(BadFile, match=r"0\.md: The file does not start with front matter"):
        pages.PageFolder(folder(["Nothing."]))


# --- the commands -------------------------------------------------------------------------------------------


def run(*words):
    said = StringIO()
    call_command(*words, stdout=said, stderr=StringIO())
    return said.getvalue()


def contents(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_export_import_and_export_give_the_same_files(load, tmp_path, clinician, moderator):
    load(
        [*TWO, file("Gamma", review="starter content, not yet reviewed by a clinician", summary="3: 4 — “x”")]
    )
    assert "3 pages written" in run("export_pages", str(tmp_path / "first"))
    everything_is_forgotten()

    said = run("import_pages", str(tmp_path / "first"))
    run("export_pages", str(tmp_path / "second"))

    assert said == "3 pages loaded.\n"
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert set(contents(tmp_path / "first")) == {"alpha.md", "beta.md", "gamma.md"}
    assert PublishedPage.objects.get(slug="gamma").standing.origin == Origin.STARTER
    assert run("import_pages", str(tmp_path / "first")) == ("Every page says that already.\n")


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


def test_an_import_by_an_unknown_user_name_is_refused(folder, db):
    where = str(folder([file("Alpha")]))

    with pytest.raises(CommandError, match="There is nobody with the user name nobody") as refusal:
        run("import_pages", where, "--by", "nobody")

    assert refusal.value.returncode == 1
    assert not Page.objects.exists()


def test_an_import_names_pages_that_people_changed(folder, clinician, moderator):
    where = str(folder([file("Alpha"), file("Beta")]))
    (Path(where) / "sub").mkdir()
    (Path(where) / "sub" / "beta.txt").write_text("---\ntitle: Beta\n---\n")
    named = f"{Path('sub', 'beta.txt')} was not read: the name of a page file ends in .md.\n"
    assert run("import_pages", where) == f"2 pages loaded.\n{named}"
    change_it(PublishedPage.objects.get(slug="alpha").page, clinician, moderator)

    stays = "Alpha stays as it is: people have changed or reviewed it here.\n"
    assert run("import_pages", where) == f"{stays}{named}"


def test_an_import_of_an_invalid_file_names_the_file(folder, clinician, moderator):
    where = str(folder(["Nothing."]))

    with pytest.raises(CommandError, match=r"0\.md: The file does not start"):
        run("import_pages", where)


def test_an_export_into_a_folder_of_other_pages_is_refused(load, tmp_path):
    load([file("Alpha")])
    run("export_pages", str(tmp_path))
    run("export_pages", str(tmp_path))
    (tmp_path / "old.md").write_text("Something else.")

    with pytest.raises(CommandError, match=r"holds other page files, such as old\.md"):
        run("export_pages", str(tmp_path))


def test_an_export_to_an_unwritable_path_is_refused(load, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="file"):
        run("export_pages", str(tmp_path / "file"))


def test_the_rebuild_command_reports_differences(load):
    load(TWO)
    Name.objects.all().delete()

    assert run("rebuild").endswith("2 pages rebuilt; 2 of them differed.\n")
    assert run("rebuild") == "2 pages rebuilt; nothing differed.\n"
    assert Name.objects.count() == 3
    assert not Event.objects.filter(act="rebuild").exists()
