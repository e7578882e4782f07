"""How two are linked and what some share: over pages and entries, within bounds, in few queries."""

import pytest
from django.db import connection, transaction

from tests import cast
from tests.made_up_data_set import MadeUpFiles, disease, finding
from tests.remembered import around_tests
from wiki.importing.data_sets.loading import load
from wiki.models import DataRow, Entry, Page, Role
from wiki.screens.exploring.questions import Causes, HowLinked, Shared
from wiki.text.document import Code

HUB = 2_100


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Four pages in a row, two of which are entries too, beside diseases that all show the first finding."""
    with django_db_blocker.unblock(), around_tests():
        files = MadeUpFiles(HUB + 5, hub=HUB)
        for one in range(HUB, HUB + 5):
            files.shows[one] = {files.leaves[place]: 50 for place in (one - HUB + 1, one - HUB + 2)}
        load(files, progress=print)
        author, moderator = (
            cast.make_user("clinician", Role.CLINICIAN),
            cast.make_user("moderator", Role.MODERATOR),
        )
        cast.make_source(author)
        code = (Code("HPO", f"HP:{files.leaves[1]:07}"),)
        last = cast.make_page(author, moderator, "Last finding", kind="finding", codes=code)
        middle = cast.make_page(author, moderator, "Middle", statements=(cast.statement(last, grade="high"),))
        far = cast.make_page(author, moderator, "Far", statements=(cast.statement(middle),))
        cast.make_page(
            author, moderator, "Near", statements=(cast.statement(last), cast.statement(far, grade="high"))
        )
        yield files
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(world, db):
    """Take back after each test what it did."""


def ways(start: str, end: str) -> list[list[str]]:
    return [[one.sentence for one in path.steps] for path in HowLinked([start, end]).paths]


def test_the_shortest_path_comes_first(world):
    assert ways("Near", "Last finding")[0] == ["Near causes Last finding"]
    assert ways("Far", "Last finding")[0] == ["Far causes Middle", "Middle causes Last finding"]


def test_a_path_reads_from_its_start(world):
    assert ways("Last finding", "Far")[0] == [
        "Last finding is caused by Middle",
        "Middle is caused by Far",
    ]


def test_a_page_and_the_entry_with_its_code_are_one_node(world):
    (path,) = [one for one in ways("Middle", f"ORPHA:{HUB}") if len(one) == 2]

    assert path[0] == "Middle causes Last finding"
    assert path[1].endswith(f"Disease {HUB}")


def test_a_path_has_at_most_four_links(world):
    assert len(ways(f"ORPHA:{HUB}", f"ORPHA:{HUB + 2}")[0]) == 4
    assert ways(f"ORPHA:{HUB}", f"ORPHA:{HUB + 4}") == []


def test_no_path_passes_through_a_hub_except_between_its_neighbours(world):
    assert len(ways("ORPHA:1", "ORPHA:2")[0]) == 2
    hub = f"Finding {world.leaves[0]}"
    through = [
        path for path in ways("ORPHA:1", f"Finding {world.leaves[9]}") if any(hub in one for one in path)
    ]

    assert through == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("Near", "Last finding"),
        ("ORPHA:1", "ORPHA:2"),
        (f"ORPHA:{HUB}", f"ORPHA:{HUB + 2}"),
        (f"ORPHA:{HUB}", f"ORPHA:{HUB + 4}"),
        ("Last finding", "HP:0000121"),
    ],
)
def test_a_path_takes_at_most_two_queries(django_assert_max_num_queries, world, start, end):
    with django_assert_max_num_queries(2):
        HowLinked([start, end])


def test_every_step_names_its_sources(world):
    steps = [step for path in HowLinked(["Middle", f"ORPHA:{HUB}"]).paths for step in path.steps]

    assert all(step.works for step in steps)
    assert {step.row.startswith("/data/rows/") for step in steps if step.weight == "data"} == {True}


def test_shared_neighbours_are_linked_to_each_subject(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        shared = Shared([f"ORPHA:{HUB}", f"ORPHA:{HUB + 1}"])
    three = Shared(["ORPHA:1", "ORPHA:2", "ORPHA:3"])

    assert [one.title for one in shared.rows] == [f"Finding {world.leaves[2]}"]
    assert f"Finding {world.leaves[0]}" in [one.title for one in three.rows]
    assert all(len(one.steps) == 3 for one in three.rows)


def test_causes_of_a_finding_come_from_pages_and_data_sets(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        causes = Causes(["Last finding"])

    assert {steps[0].start.title for steps in causes.curated} == {"Middle", "Near"}
    met = causes.candidates[0].met[0]
    assert met.finding == "Last finding"
    assert met.row is not None
    row = DataRow.objects.with_keys([met.row.key])[met.row.key]
    assert (row.subject, row.sources) == (causes.candidates[0].entry, met.row.sources)
    assert causes.asked.nodes[0].number in row.object_pages
    assert causes.evidence.notices


@pytest.mark.parametrize("question", [HowLinked, Shared, Causes])
def test_what_is_asked_for_twice_is_told(world, question):
    (told,) = question(["Near", "near", "Far"]).asked.told_of_same

    assert told.startswith("“near” is another name for something you also asked for: Near.")


@pytest.mark.parametrize(
    "typed", [[], [""], ["nothing", "Near"], ["Near", "Near"], ["\0", "x" * 5000], ["%", "'"]]
)
def test_odd_questions_have_empty_answers(world, typed):
    assert HowLinked(typed).paths == []
    assert Shared(typed).rows == []
    Causes(typed)


def test_an_unpublished_page_is_in_no_path(world):
    Page.objects.filter(published_page__title="Middle").get().published_page.delete()

    assert ways("Far", "Last finding") == [] or "Middle" not in str(ways("Far", "Last finding"))


def rows_scanned():
    """Return how many rows of data sets were read so far in scans of whole tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_xact_user_tables WHERE relname ~ "
            "'^wiki_(entry|entryfinding|entryancestor|entrycode|datarow)_[0-9]+$'"
        )
        return int(cursor.fetchone()[0])


def test_no_question_reads_a_data_set_again_for_each_row(world):
    # Of a set this small, all entries may be read once for each end of what an answer rests on.
    most = 2 * Entry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself after a load
    leaves = world.leaves[len(world.leaves) // 2 :]
    asked = (
        ["Last finding", finding(world.leaves[0])],
        [disease(1), disease(2)],
        [finding(world.leaves[0]), finding(leaves[3])],
        [finding(leaves[0]), finding(leaves[1])],
    )
    for names in asked:
        for question in (Shared, HowLinked, Causes):
            before = rows_scanned()
            question(names)
            assert rows_scanned() - before <= most, (question, names)
