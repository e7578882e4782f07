"""Who sees which version: each holds a word of its own, and every door is asked whether it tells it.

A word is told as `mark-…`; it is searched for as `key-…`, since a search repeats what it was asked for.
"""

import itertools
from dataclasses import replace
from functools import cache

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.remembered import kept_for_the_module
from wiki.acts.reviewing import review
from wiki.acts.writing import drafts, submission
from wiki.models import ANYBODY, PublishedPage, Revision, Role, Source, Suppression, User, clock
from wiki.text.slugs import slug_of
from wiki.views.negotiation import ENDINGS

# Every state that a version can be in; "old" was published until "live" replaced it. "hidden" is the draft of
# a page that never was published, and to which a published page links by a statement.
STATES = (
    "draft",
    "hidden",
    "submitted",
    "live",
    "old",
    "changes_requested",
    "rejected",
    "withdrawn",
    "included",
    "unapproved",
)  # fmt: skip
WAS_IN_FORCE = {"live", "old", "unapproved"}
TURNED_DOWN = {"changes_requested", "rejected", "withdrawn"}

# The rule. The author wrote all of them but the live one, which a colleague built on "included".
SEES = {
    "anonymous": WAS_IN_FORCE,
    "reader": WAS_IN_FORCE,
    "author": set(STATES),
    "colleague": WAS_IN_FORCE | {"submitted"},
    "moderator": set(STATES) - {"draft", "hidden"},
    "administrator": WAS_IN_FORCE,
}
WRITERS = ("author", "colleague", "moderator")

# What the doors tell to those who may see it; nothing else, to nobody.
READING = {
    "page": {"live"},
    "cite": {"live"},
    "links": {"live"},
    "home": {"live"},
    "latest": {"live"},
    "index": {"live"},
    "index-kind": {"live"},
    "search": {"live"},
    "suggest": {"live"},
    "suggest-to-browsers": {"live"},
    "source": {"live"},
    "person": {"live"},
    "history": WAS_IN_FORCE | {"submitted"},
    "revision": set(STATES) - {"draft", "hidden"},
    "compare": set(STATES) - {"draft", "hidden"},
    "overdue": {"live"},
    "sources": set(),
    "admin:wiki_revision_changelist": WAS_IN_FORCE,
    "admin:wiki_verdict_changelist": WAS_IN_FORCE,
    "admin:wiki_publication_changelist": WAS_IN_FORCE,
}
WORKING = {
    "queue": {"submitted"},
    "review": set(STATES) - {"draft", "hidden"},
    "lookup-pages": {"live", "hidden"},
    "lookup-tie": {"live"},
    "new": set(),
}
OWN = {
    "drafts": {"draft", "hidden", "submitted", "live", *TURNED_DOWN},
    "draft": {"draft", "hidden", "submitted", "live"},
}


def words(state):
    """Return what only a version in `state` says, in every part that it has."""
    mark, key = f"mark-{state}", f"key-{state}"
    return {
        "title": f"Calcification {mark} {key}",
        "summary": f"A summary {mark} {key}.",
        "aliases": (f"Alias {mark} {key}",),
        "body": f"## A heading {mark}\n\nA paragraph {mark} {key} [@pmid:22327515].",
    }


@pytest.fixture(scope="module")
def versions(django_db_setup, django_db_blocker):
    """Return the versions by the state that each is in, of one page that has seen everything."""
    with kept_for_the_module(django_db_blocker, _versions) as versions:
        yield versions


@pytest.fixture(autouse=True)
def _database(versions, db):
    """Take back after each test what it did; the wiki of the module stays."""


def _versions():
    cast.make_user("reader", Role.READER)
    cast.make_user("administrator", Role.ADMINISTRATOR)
    author, colleague = (cast.make_user(one, Role.CLINICIAN) for one in ("author", "colleague"))
    moderator = cast.make_user("moderator", Role.MODERATOR)
    cast.make_source(author)

    first = cast.submit(drafts.propose(cast.document(**words("old")), author=author), note="note mark-old")
    page = cast.approve(first, moderator).page
    found = {"old": first}
    taken = sent(page, author, "unapproved")
    cast.approve(taken, moderator)
    review.unapprove(taken.pk, by=moderator, reason="A reason.")
    below = sent(page, author, "included")
    above = drafts.build_on(below, author=colleague)
    above = drafts.save(above, replace(above.document, **words("live")), by=colleague)
    cast.approve(cast.submit(above, note="note mark-live"), moderator)
    back, no, withdrawn = (sent(page, author, one) for one in ("changes_requested", "rejected", "withdrawn"))
    review.request_changes(back.pk, by=moderator, reason="A reason mark-changes_requested.")
    review.reject(no.pk, by=moderator, reason="A reason mark-rejected.")
    submission.withdraw(withdrawn, by=author)
    found |= {"unapproved": taken, "included": below, "live": above, "changes_requested": back}
    found |= {"rejected": no, "withdrawn": withdrawn, "submitted": sent(page, author, "submitted")}
    found["draft"] = cast.make_edit(page, author, **words("draft"))
    found["hidden"] = drafts.propose(cast.document(**words("hidden")), author=author)
    cast.make_page(author, moderator, "Cause", statements=(cast.statement(found["hidden"].page),))
    return {state: Revision.objects.get(pk=one.pk) for state, one in found.items()}


def sent(page, author, state):
    """Return a submission that says the words of `state`."""
    return cast.submit(cast.make_edit(page, author, **words(state)), note=f"note mark-{state}")


def visitor(role):
    """Return the browser of somebody in `role`."""
    client = Client()
    if role != "anonymous":
        client.force_login(User.objects.get(username=role))
    return client


def told(client, paths):
    """Return the states whose words any of the pages tells."""
    said = " ".join(b"".join(client.get(path, follow=True)).decode() for path in paths)
    return {state for state in STATES if f"mark-{state}" in said}


@pytest.fixture(scope="module")
def told_by(versions):
    """Return what asks a door, once, which states' words it tells somebody in a role."""
    return cache(lambda door, role: told(visitor(role), paths_of(door, versions)))


def paths_of(door, versions):
    """Return every address of a door in this wiki."""
    slug = versions["live"].page.published_page.slug
    numbers = [one.number for one in versions.values() if one.number]
    if door == "revision":
        return [reverse(door, args=[slug, number]) for number in numbers]
    if door == "compare":
        live = versions["live"].number
        # Each of them in both places: beside one that everybody may read, and beside the next one.
        pairs = [pair for one in numbers for pair in ((one, live), (live, one))]
        pairs += itertools.pairwise([*numbers, numbers[0]])
        return [f"{reverse(door, args=[slug])}?from={one}&to={other}" for one, other in pairs]
    if door == "review":
        return [reverse(door, args=[one.pk]) for one in versions.values() if one.number]
    if door == "draft":
        return [reverse(door, args=[versions[state].pk]) for state in ("draft", "hidden")]
    if door in {"search", "suggest", "suggest-to-browsers", "lookup-pages"}:
        return [f"{reverse(door)}?q=key-{state}" for state in STATES]
    if door == "lookup-tie":
        ends = "kind=condition&relation=causes&object="
        return [f"{reverse(door)}?{ends}{one.title.upper()}" for one in versions.values()]
    if door in {"page", "cite", "links", "history"}:
        return [reverse(door, args=[one]) for one in (slug, "cause")]
    if door == "source":
        return [reverse(door, args=[Source.objects.get().pk])]
    if door == "person":
        return [reverse(door, args=[one]) for one in ("author", "colleague", "moderator")]
    return [reverse(door, args=["condition"] if door == "index-kind" else [])]


def test_the_world_has_a_version_in_every_state(versions):
    found = {state: state for state in STATES} | {"live": "approved", "old": "approved", "hidden": "draft"}

    assert {state: one.state for state, one in versions.items()} == found
    published = PublishedPage.objects.get(slug=slug_of(versions["live"].title))
    assert published.publication.revision == versions["live"]


@pytest.mark.parametrize("role", SEES)
def test_visible_to_returns_the_states_of_each_role(role, versions):
    person = User.objects.filter(username=role).first()

    visible = set(Revision.objects.visible_to(person or ANYBODY))

    assert {state for state, one in versions.items() if one in visible} == SEES[role]


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize("door", READING)
def test_a_public_page_shows_only_versions_visible_to_the_person(door, role, told_by):
    expected = READING[door] & SEES[role]
    if door.startswith("admin:") and role != "administrator":
        expected = set()

    assert told_by(door, role) == expected


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize("door", WORKING)
def test_a_working_page_shows_versions_to_writers_only(door, role, told_by):
    expected = WORKING[door] & SEES[role] if role in WRITERS else set()

    assert told_by(door, role) == expected


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize("door", OWN)
def test_pages_of_own_work_show_it_to_its_author_only(door, role, told_by):
    expected = OWN[door] if role == "author" else set()

    assert told_by(door, role) == expected


@pytest.mark.parametrize("door", [*READING, *WORKING, *OWN])
def test_without_a_second_step_a_person_sees_what_strangers_see(door, versions, told_by, settings):
    paths, expected = paths_of(door, versions), told_by(door, "anonymous")
    settings.MFA_REQUIRED = True

    for role in ("moderator", "administrator"):
        assert told(visitor(role), paths) <= expected, role


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_a_suppressed_text_needs_the_second_step(role, versions, settings):
    old, live = versions["old"], versions["live"]
    Suppression.objects.create(revision=old, by=None, by_name="Ann", reason="A name.", at=clock.now())
    slug = live.page.published_page.slug
    paths = [reverse("revision", args=[slug, old.number])]
    paths += [
        f"{reverse('compare', args=[slug])}?from={one.number}&to={other.number}"
        for one, other in ((old, live), (live, old))
    ]

    assert all("old" in told(visitor(role), [path]) for path in paths)
    settings.MFA_REQUIRED = True
    assert "old" not in told(visitor(role), paths)


def program_paths(versions):
    """Return what programs ask for in this wiki."""
    page, slug = versions["live"].page_id, versions["live"].page.published_page.slug
    numbers = [one.number for one in versions.values() if one.number]
    api = ["pages", f"pages/{slug}", f"pages/{slug}/versions", "statements", "sources", "people"]
    api += ["changes", "recalls", *(f"pages/{slug}/versions/{one}" for one in numbers)]
    api += [f"search?q=key-{state}" for state in STATES]
    asked = [
        f"/infobutton/?dn=key-{state}&knowledgeResponseType={form}"
        for state in STATES
        for form in ("json", "xml")
    ]
    feeds = [
        "approvals",
        "changes",
        "recalls",
        f"pages/{slug}",
        "kinds/condition",
        "people/author",
        "people/moderator",
    ]
    files = ["llms.txt", "sitemap/condition-1.xml", "record/record.jsonl", "record/record.csv"]
    files += [
        f"people/{one}/record.{ending}" for one in ("author", "moderator") for ending in ("csv", "json")
    ]
    files += [f"wiki/{slug}.{ending}" for ending in ENDINGS] + [f"v/{page}-{one}.json" for one in numbers]
    return [
        *(f"/api/v1/{one}" for one in api),
        *asked,
        *(f"/feeds/{one}/" for one in feeds),
        *(f"/{one}" for one in files),
    ]


def test_programs_are_told_what_readers_may_see(versions):
    assert told(Client(), program_paths(versions)) == WAS_IN_FORCE

    for state in ("old", "unapproved"):
        hidden = Suppression(revision=versions[state], by_name="Ann", reason="A name.", at=clock.now())
        hidden.save()

    assert told(Client(), program_paths(versions)) == {"live"}


def test_an_export_holds_published_versions_only(versions, tmp_path):
    call_command("export_pages", str(tmp_path), verbosity=0)

    said = " ".join(file.read_text() for file in tmp_path.iterdir())
    assert {state for state in STATES if f"mark-{state}" in said} == {"live"}


@pytest.mark.parametrize("role", ["anonymous", "reader", "colleague", "administrator"])
def test_a_never_approved_page_has_no_address(role, versions):
    hidden, client = versions["hidden"], visitor(role)

    assert client.get(reverse("page", args=[slug_of(hidden.title)])).status_code == 404
    assert client.get(reverse("draft", args=[hidden.pk])).status_code in {302, 403, 404}
