"""Loads in parts: the same rows as in one transaction, also when one was killed and run again."""

from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.importing.filed import SOURCE, file, says
from wiki.audit.verify import Proof
from wiki.importing import page_loads
from wiki.importing.front_matter import FiledRetirement
from wiki.models import (
    Address,
    Citation,
    Event,
    Mention,
    Name,
    Page,
    PublishedPage,
    Revision,
    Source,
    Statement,
)
from wiki.policy.refusal import Refused
from wiki.published.rebuild import rebuild
from wiki.text.markdown import parser

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
FILES = [
    *(
        file(
            name,
            body=f"See [[{NAMES[place - 1]}]], [[{NAMES[(place + 1) % 5]}]], [[Nowhere]] [@pmid:22327515].",
            statements=(says(NAMES[(place + 2) % 5]),),
            sources=(SOURCE,),
            aliases=(f"The {name}",),
        )
        for place, name in enumerate(NAMES)
    ),
    file("Ancient", retired=FiledRetirement("It is the same.", "Epsilon")),
]


class Killed(BaseException):
    """Ends a load in its middle, as a signal does: what is not committed is gone."""


@pytest.fixture
def in_parts(monkeypatch):
    monkeypatch.setattr(page_loads, "AT_ONCE", 2)


def run(files=FILES, **options):
    return page_loads.load(files, note="Imported.", **options)


def rows():
    """Return what the wiki holds of its pages, without ids and times."""
    titles = dict(Revision.objects.values_list("page_id", "title"))
    mentions = Mention.objects.values_list("page_id", "slug", "target_id")
    return {
        "pages": {*PublishedPage.objects.values_list("title", "html", "plain", "words")},
        "search": {*map(repr, PublishedPage.objects.values_list("title", "forms", "vector"))},
        # A digest binds the ids of other pages, so it is not the same.
        "texts": {*Revision.objects.values_list("title", "kind", "number", "state")},
        "names": Counter(Name.objects.values_list("text", "rank", "skeleton")),
        "addresses": {(slug, titles[page]) for slug, page in Address.objects.values_list("slug", "page_id")},
        "links": {(titles[page], slug, titles.get(target)) for page, slug, target in mentions},
        "statements": Counter(
            (titles[one], relation, titles[other])
            for one, relation, other in Statement.objects.values_list("subject_id", "relation", "object_id")
        ),
        "citations": Counter(titles[page] for page in Citation.objects.values_list("page_id", flat=True)),
        "sources": Counter(Source.objects.values_list("text", "type")),
        "retired": {*Page.objects.exclude(retired="").values_list("retired")},
        "record": Counter(
            (act, titles.get(page))
            for act, page in Event.objects.exclude(act="load_folder").values_list("act", "page_id")
        ),
    }


@pytest.fixture
def undisturbed(db):
    """Return the rows of a load in one transaction, which is undone again."""
    with transaction.atomic():
        run()
        found = rows()
        transaction.set_rollback(True)
    return found


def stop_at(number):
    def progress(done, total, title):
        if done == number:
            raise Killed

    return progress


def test_a_load_in_parts_writes_the_rows_of_one_transaction(undisturbed, in_parts):
    assert run().pages == 6

    assert rows() == undisturbed
    assert len(undisturbed["pages"]) == 5
    assert all(html.count('href="/wiki/') == 2 for _, html, *_ in undisturbed["pages"])


# Of twelve steps six check; the last part ends with the twelfth.
@pytest.mark.parametrize("step", [2, 7, 9, 12], ids=["checking", "first part", "second part", "last part"])
def test_a_load_that_was_killed_is_run_again_to_its_end(step, undisturbed, in_parts):
    with pytest.raises(Killed):
        run(progress=stop_at(step))
    there = PublishedPage.objects.count()

    assert run().pages == 6 - there

    assert rows() == undisturbed
    connection.check_constraints()
    assert list(Proof().troubles()) == []
    assert [found for _, found in rebuild() if found] == []
    assert run().pages == 0


def test_a_load_that_was_killed_before_its_links_were_led_on_is_finished(undisturbed, in_parts, monkeypatch):
    monkeypatch.setattr(page_loads, "relink_left_over", lambda *_: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        run()
    monkeypatch.undo()

    assert run().pages == 0

    assert rows() == undisturbed


def test_a_page_that_is_turned_away_stops_a_load_in_parts_before_the_first_is_written(db, in_parts):
    with pytest.raises(Refused, match=r"^Zeta: Write a plain summary"):
        run([*FILES, file("Zeta", summary="")])

    for model in (Page, Address, Revision, Source, Event):
        assert not model.objects.exists()


def test_pages_of_one_load_cannot_have_names_that_look_alike(db, in_parts):
    cyrillic = "\u0410lpha"

    with pytest.raises(Refused, match=r"^Zeta: “.lpha” looks like the title of a page that is published"):
        run([*FILES, file("Zeta", aliases=(cyrillic,))])


def test_a_load_is_logged_as_such_by_the_moderator_who_answers_for_it(moderator, clinician):
    with pytest.raises(Refused, match="Only moderators and administrators may load pages"):
        run(by=clinician)

    run(by=moderator)

    line = Event.objects.get(act="load_folder")
    assert (line.actor, line.page, line.data["pages"], line.data["note"]) == (moderator, None, 6, "Imported.")


def test_the_queries_of_a_load_do_not_grow_with_its_pages(db):
    def queries(files):
        with CaptureQueriesContext(connection) as captured:
            run(files)
        return len(captured)

    pages = [file(f"Page {number}", body="See [[Page 1]].", sources=(SOURCE,)) for number in range(14)]
    first, more = queries(pages[:2]), queries(pages[2:])

    assert more <= first


def test_a_load_parses_each_body_once(db, monkeypatch):
    parsed = []
    parse = parser.the_parser().parse

    def noted(body, env):
        parsed.append(body)
        return parse(body, env)

    monkeypatch.setattr(parser.the_parser(), "parse", noted)
    monkeypatch.setattr(parser, "_parsed", parser._parsed.__wrapped__)

    run([file(f"Page {number}", body=f"Words of {number}.") for number in range(12)])

    assert sorted(parsed) == sorted(f"Words of {number}." for number in range(12))


def test_a_page_loaded_again_replaces_what_nobody_reviewed(db, in_parts, clinician, moderator):
    run()
    kept = PublishedPage.objects.get(slug="beta").page
    cast.approve(cast.propose_change(kept, clinician, summary="A person's words."), moderator)

    loaded = run([file(one.title, summary="Other words.") for one in FILES[:5]])

    assert loaded == page_loads.Loaded(4, ["Beta"])
    assert {*PublishedPage.objects.values_list("title", "summary")} == {
        *((one, "A person's words." if one == "Beta" else "Other words.") for one in NAMES)
    }
    assert [found for _, found in rebuild() if found] == []
