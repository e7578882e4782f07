"""What readers are served is derived anew and compared: an altered value is found, and a rebuild names it."""

import gzip
import hashlib
from io import StringIO

import brotli
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests import cast, pictures
from tests.audit.test_verify import ALTER
from wiki.acts.upkeep import verification_run
from wiki.acts.upkeep.verification_run import verify_everything
from wiki.audit.verify import Proof
from wiki.models import PublishedPage, StoredAnswer, TypedWords, clock
from wiki.models.reading.stored_answers import etag_of
from wiki.published import rebuild

# The key of the page itself, and what is compared as a whole elsewhere.
TABLES = ("publishedpage", "statement", "name", "mention", "citation", "depiction")


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def told():
    connection.check_constraints()
    return [str(one) for one in verify_everything(Proof())]


@pytest.fixture
def shown(clinician, moderator, second_moderator):
    """Return a page that has a row in every derived table."""
    other = cast.make_page(clinician, moderator, "Basal ganglia calcification")
    cast.make_source(clinician)
    image = pictures.make_image(clinician)
    body = pictures.shown(image) + "\nSee [[Basal ganglia calcification]] [@pmid:22327515].\n"
    said = (cast.statement(other),)
    return cast.make_page(clinician, moderator, "Hypoparathyroidism", body=body, statements=said)


def columns():
    query = """
        SELECT table_name, column_name, CASE udt_name WHEN 'tsvector' THEN udt_name ELSE data_type END
        FROM information_schema.columns WHERE table_name = ANY(%s) AND is_generated = 'NEVER'
    """
    return [row for row in run(query, [f"wiki_{one}" for one in TABLES]) if row[1] != "id"]


def test_unaltered_derived_rows_report_no_trouble(shown):
    assert told() == []


def test_every_altered_column_of_derived_rows_is_found(shown):
    connection.check_constraints()
    missed = []
    for table, column, kind in columns():
        sid = transaction.savepoint_create()
        run("SET LOCAL session_replication_role = replica")
        for (name,) in run(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", table
        ):
            run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        key = "subject_id" if table == "wiki_statement" else "page_id"
        alter = ALTER.get(kind, "NULL").format(f'"{column}"')
        run(f'UPDATE {table} SET "{column}" = {alter} WHERE {key} = %s', shown.pk)
        run("SET LOCAL session_replication_role = origin")
        if not [str(one) for one in verify_everything(Proof()) if one.page == shown.pk]:
            missed.append((table, column))
        transaction.savepoint_rollback(sid)

    assert missed == []


@pytest.mark.parametrize("table", [one for one in TABLES if one != "publishedpage"])
def test_a_removed_derived_row_is_found_and_named_by_a_rebuild(shown, table):
    connection.check_constraints()
    if table == "statement":
        run("DELETE FROM wiki_citation WHERE statement_id IS NOT NULL")
    run(
        f"DELETE FROM wiki_{table} WHERE {'subject_id' if table == 'statement' else 'page_id'} = %s", shown.pk
    )
    said = StringIO()

    found = told()
    call_command("rebuild", stdout=said, stderr=StringIO())

    assert any("missing" in one for one in found)
    assert f"Page {shown.pk}: " in said.getvalue()
    assert "1 of them differed" in said.getvalue()
    assert told() == []


@pytest.mark.parametrize(
    ("alter", "found"),
    [
        ("DELETE FROM wiki_posting WHERE page_id = {0} AND lexeme = 'calcif'", "1 search word missing."),
        (
            "UPDATE wiki_posting SET impact = 2 * impact WHERE page_id = {0} AND lexeme = 'calcif'",
            "1 search word too much.",
        ),
        (
            "INSERT INTO wiki_posting (lexeme, impact, page_id) VALUES ('bleach', 9, {0})",
            "1 search word too much.",
        ),
        ("DELETE FROM wiki_spelling WHERE word = 'calcification'", "1 search spelling missing."),
        (
            "UPDATE wiki_spelling SET lexeme = 'bleach' WHERE word = 'calcification'",
            "1 search spelling too much.",
        ),
        ("DELETE FROM wiki_nameword WHERE rest = 'hypoparathyroidism'", "1 search beginning missing."),
        (
            "UPDATE wiki_nameword SET rest = 'bleach' WHERE rest = 'hypoparathyroidism'",
            "1 search beginning too much.",
        ),
        ("UPDATE wiki_pagevector SET title = text WHERE page_id = {0}", "1 search vector too much."),
    ],
)
def test_an_altered_row_of_search_is_found_and_written_again_by_a_rebuild(shown, alter, found):
    run(alter.format(shown.pk))

    assert found in dict(rebuild.differences())[shown]
    assert found in dict(rebuild.rebuild())[shown]
    assert list(rebuild.rebuild([shown])) == [(shown, [])]


def test_forged_html_is_reported_under_its_page_with_other_troubles(shown, clinician, moderator):
    cast.make_page(clinician, moderator, "Seizures")
    connection.check_constraints()
    PublishedPage.objects.update(html="<p>Drink bleach.</p>")

    with pytest.raises(CommandError) as problem:
        call_command("verify_history", stdout=StringIO(), stderr=StringIO())

    lines = str(problem.value).splitlines()
    assert lines[0] == "3 things do not fit."
    assert f"On page {shown.pk}, Hypoparathyroidism:" in lines
    assert lines.count("  What readers get as “html” is not what the publication says.") == 3
    assert PublishedPage.objects.get(page=shown).html == "<p>Drink bleach.</p>"


def test_the_bytes_of_pictures_are_hashed(shown):
    image = shown.depictions.get().image
    name = image.file_of(image.widths[0])
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"another picture"))
    altered = told()
    default_storage.delete(name)

    assert altered == [f"Picture {image.name}: the file {name} is not what was put there."]
    assert told() == [f"Picture {image.name}: the file {name} cannot be read."]


def computed_otherwise():
    """Let the words of versions look as if computed in an earlier way; return the right ones."""
    right = list(TypedWords.objects.order_by("pk").values_list("pk", "numbers", "method"))
    run("SET LOCAL session_replication_role = replica")
    run("UPDATE wiki_typedwords SET numbers = '{1}', method = method - 1")
    run("SET LOCAL session_replication_role = origin")
    return right


@pytest.fixture
def with_versions(shown, clinician, moderator):
    """Return a page of four versions."""
    for number in range(3):
        cast.approve(
            cast.propose_change(shown, clinician, summary=f"It is seen in {number} ways."), moderator
        )
    return shown


def test_a_rebuild_computes_the_words_of_versions_anew(with_versions):
    right = computed_otherwise()
    said = StringIO()

    found = told()
    call_command("rebuild", stdout=said, stderr=StringIO())

    assert len(found) == 3
    assert all("computed in another way than now" in one for one in found)
    assert "The words of 3 versions computed anew." in said.getvalue()
    assert list(TypedWords.objects.order_by("pk").values_list("pk", "numbers", "method")) == right
    assert all(numbers for _, numbers, _ in right)
    assert told() == []


def test_words_of_versions_are_computed_in_batches_and_go_on_where_that_was_stopped(
    with_versions, monkeypatch
):
    monkeypatch.setattr(rebuild, "AT_ONCE", 2)
    right = computed_otherwise()

    assert next(rebuild.recompute_typed_words()) == 2
    assert list(rebuild.recompute_typed_words()) == [1]
    assert list(rebuild.recompute_typed_words()) == []

    assert list(TypedWords.objects.order_by("pk").values_list("pk", "numbers", "method")) == right


@pytest.mark.parametrize(
    ("altered", "sentence"),
    [
        ("wiki_publication SET signed = '[1]'", "cannot be derived anew: TypeError"),
        ("wiki_image SET format = 'TVG'", "cannot be derived anew: KeyError"),
    ],
)
def test_a_row_that_cannot_be_read_stops_no_verification(shown, altered, sentence):
    connection.check_constraints()
    table, column = altered.split()[0], altered.split()[2]
    run("SET LOCAL session_replication_role = replica")
    for (name,) in run(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", table
    ):
        run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    run(f"UPDATE {altered}")
    run("SET LOCAL session_replication_role = origin")

    found = list(verify_everything(Proof()))

    assert any(sentence in str(one) and one.page == shown.pk for one in found)
    assert any(f"“{column}”" in str(one) for one in found)


def test_verifying_says_how_far_it_is_after_each_fifty_pages(shown, monkeypatch):
    connection.check_constraints()
    monkeypatch.setattr(verification_run, "differences", lambda: [(shown, [])] * 120)
    said: list[str] = []

    assert list(verify_everything(Proof(), said.append)) == []

    assert said == ["50 pages derived anew", "100 pages derived anew"]


@pytest.mark.parametrize("altered", ["body", "brotli", "headers", "etag", "key"])
def test_a_stored_answer_that_nobody_made_so_is_found(shown, altered):
    connection.check_constraints()
    headers, words = {"content-type": "text/html"}, b"Do not drink it."
    told_of = {"counted": shown.pk, "shows": [shown.pk], "good_until": clock.now(), "stored_at": clock.now()}
    StoredAnswer.objects.create(
        key="a",
        etag=etag_of("a", headers, words),
        headers=headers,
        body=gzip.compress(words),
        brotli=brotli.compress(words),
        edge_seconds=0,
        **told_of,
    )
    assert list(verify_everything(Proof())) == []
    forged = b"Drink it."
    other = {
        "body": gzip.compress(forged),
        "brotli": brotli.compress(forged),
        "headers": {"location": "https://evil.example/"},
        "etag": f'W/"{hashlib.sha256(words).hexdigest()[:32]}"',
        "key": "b",
    }

    StoredAnswer.objects.update(**{altered: other[altered]})

    (trouble,) = verify_everything(Proof())
    assert "is not what was made for them" in str(trouble)
    assert trouble.page == shown.pk
