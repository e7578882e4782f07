"""The graph asked in SQL answers as plain walks through all its links do, on a small drawn graph."""

import math
import random
from collections import defaultdict
from itertools import combinations

import pytest
from django.db import transaction

from tests import cast
from tests.made_up_data_set import MadeUpFiles, disease, finding
from tests.remembered import around_tests
from wiki.importing.data_sets.loading import load
from wiki.models import DataRow, Entry, Page, Role, Statement
from wiki.models.data_sets.entries import SameSubject
from wiki.models.queries.graph import causing, fitting, paths_between, shared_by
from wiki.models.search.guesses import guessed_pages
from wiki.text.document import Code
from wiki.text.slugs import fold

LONGEST = 4


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """Ten diseases that show findings, and five pages with statements, of which two are entries as well."""
    with django_db_blocker.unblock(), around_tests():
        made, chance = MadeUpFiles(10, depth=4, seed=2, each=3, hub=3), random.Random(2)  # noqa: S311  the same each time
        load(made, progress=print)
        people = cast.make_user("clinician", Role.CLINICIAN), cast.make_user("moderator", Role.MODERATOR)
        cast.make_source(people[0])
        codes = {1: (Code("HPO", finding(made.leaves[14])),), 3: (Code("Orphanet", "3"),)}
        pages: list[Page] = []
        for number in range(5):
            told = [
                cast.statement(one, "causes", grade=chance.choice(("high", "low")), stance=stance)
                for one in chance.sample(pages, min(len(pages), 2))
                for stance in (chance.choice(("asserted", "unsupported")),)
            ]
            kind, said = ("finding", ()) if number == 1 else ("condition", tuple(told))
            one = cast.make_page(
                *people, f"Page {number}", kind=kind, statements=said, codes=codes.get(number, ())
            )
            pages.append(one)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(files, db):
    """Take back after each test what it did."""


def links():
    """Return every link from both its ends: the other end, its name, how sure, its relation and direction."""
    same = dict(SameSubject.objects.values_list("entry", "page"))
    found = defaultdict(list)
    against = {"unsupported", "refuted"}
    rows = [
        (one.subject_id, one.object_id, f"s{one.pk}", -1 if one.stance in against else one.rank, one.relation)
        for one in Statement.objects.all()
    ]
    rows += [
        (one.subject_id, one.object_id, f"r{one.pk}", 0, one.relation) for one in DataRow.objects.links()
    ]
    for subject, other, name, sure, relation in rows:
        ends = same.get(subject, subject), same.get(other, other)
        found[ends[0]].append((ends[1], name, sure, relation, True))
        found[ends[1]].append((ends[0], name, sure, relation, False))
    return found


def walks(graph, node, end, *, nodes=(), names=(), sure=()):
    """Yield every way of at most four links to an end that meets no node twice."""
    if node == end:
        yield names, sure
    elif len(names) < LONGEST:
        for other, name, how, *_ in graph[node]:
            if other not in (*nodes, node):
                more = {"nodes": (*nodes, node), "names": (*names, name), "sure": (*sure, how)}
                yield from walks(graph, other, end, **more)


def folded(names):
    return names, [fold(one) for one in names]


def nodes_of(files):
    """Return the nodes of the graph, each with a name that leads to it."""
    names = [f"Page {one}" for one in range(5)] + [disease(one) for one in range(10)]
    names += [finding(leaf) for leaf in files.leaves[14:20]]
    nodes, _ = causing(*folded(names))
    return list({node.number: (name, node) for name, node in zip(names, nodes, strict=True) if node}.values())


def test_paths_are_the_shortest_and_surest_of_all_ways(files):
    graph = links()
    pairs = list(combinations(nodes_of(files), 2))
    for (name, one), (other_name, other) in pairs:
        ways = list(walks(graph, one.number, other.number))
        _, paths = paths_between(*folded([name, other_name]))

        assert {path.links for path in paths} <= {names for names, _ in ways}
        assert bool(paths) == bool(ways)
        if paths:
            shortest = min(len(names) for names, _ in ways)
            assert len(paths[0].links) == shortest
            assert paths[0].weakest == max(min(sure) for names, sure in ways if len(names) == shortest)
    assert len(pairs) > 100


def test_what_some_share_is_linked_to_each_in_the_same_way(files):
    graph, nodes = links(), nodes_of(files)
    shared = 0
    for some in [*combinations(nodes, 2), *combinations(nodes[:9], 3)]:
        numbers = {one.number for _, one in some}
        each = [{(other, way, told) for other, _, _, told, way in graph[one]} for one in numbers]
        expected = {other for other, *_ in set.intersection(*each)} - numbers

        _, found = shared_by(*folded([name for name, _ in some]))
        assert {one.node for one in found} == expected
        shared += bool(expected)
    assert shared > 10


def test_what_could_cause_some_findings_is_scored_as_by_hand(files):
    chance = random.Random(3)  # noqa: S311  the same each time
    numbers = dict(Entry.objects.values_list("code", "pk"))
    shows: dict[int, dict[int, float]] = defaultdict(dict)
    for one, found in files.shows.items():
        for leaf, percent in found.items():
            share = 0.5 if percent is None else percent / 100
            for above in upward(files, leaf):
                shows[above][one] = max(share, shows[above].get(one, 0))
    for _ in range(30):
        asked = chance.sample(sorted(files.parents), 3)
        expected: dict[int, float] = defaultdict(float)
        for worth in (worth_of(files, shows, one) for one in asked):
            for one, value in worth.items():
                expected[numbers[disease(one)]] += max(value, 0)

        fits = fitting([numbers[finding(one)] for one in asked])

        assert {fit.disease: pytest.approx(fit.score) for fit in fits} == {
            one: value for one, value in expected.items() if value > 0
        }


def upward(files, leaf):
    """Yield a finding and everything above it."""
    yield leaf
    if leaf:
        yield from upward(files, files.parents[leaf])


def worth_of(files, shows, asked):
    """Return what knowing of a finding is worth for each disease."""
    worth: dict[int, float] = {}
    for one in upward(files, asked):
        if shows[one] and (one == asked or len(shows[one]) < len(files.shows) / 4):
            for sick, share in shows[one].items():
                value = math.log(len(files.shows) / len(shows[one])) + math.log(share)
                worth[sick] = max(value, worth.get(sick, -math.inf))
    return worth


def test_a_finding_that_no_page_is_on_leads_to_the_page_of_a_disease_with_it(files):
    pages = dict(SameSubject.objects.values_list("entry__code", "page"))

    for leaf, percent in files.shows[3].items():
        share = 0.5 if percent is None else percent / 100
        found = dict(guessed_pages(f"finding {leaf}"))

        assert found[pages[disease(3)]] == pytest.approx(share)
        assert set(found) <= set(pages.values())
    assert guessed_pages("finding 99999") == guessed_pages("") == []
