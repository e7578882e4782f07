"""The database itself refuses to rewrite history: each trigger, constraint and CHECK, tried with raw SQL."""

import pytest

from tests import cast
from tests.models.raw import refused, run
from tests.remembered import remembered
from wiki.acts.reviewing import loading, review
from wiki.acts.writing import drafts
from wiki.audit import chain
from wiki.models import Origin, PublishedPage

ZEROS = "0" * 64


@remembered
def waiting(published, clinician):
    return cast.submit(cast.make_edit(published, clinician, summary="A new summary."))


@pytest.fixture
def live(published):
    return PublishedPage.objects.get(page=published).publication.revision


@remembered
def rejected(published, colleague, moderator):
    revision = cast.submit(cast.make_edit(published, colleague, summary="Rejected."))
    review.reject(revision.pk, by=moderator, reason="No.")
    return revision


# --- what only grows ----------------------------------------------------------------------------------------

GROWING = {
    "wiki_verdict": "reason = 'Another reason.'",
    "wiki_event": "act = 'nothing'",
    "wiki_source": "text = 'Another study.'",
    "wiki_sourceid": "value = '1'",
    "wiki_address": "slug = 'elsewhere'",
    "wiki_requirement": "label = 'nobody'",
}


@pytest.mark.parametrize("table", GROWING)
def test_a_history_row_cannot_be_changed_or_deleted(published, clinician, table):
    cast.make_source(clinician)

    refused(f"UPDATE {table} SET {GROWING[table]}", by="append-only")
    refused(f"DELETE FROM {table}", by="append-only")


@pytest.mark.parametrize("table", [*GROWING, "wiki_revision", "wiki_publication"])
def test_no_history_table_can_be_truncated(published, table):
    refused(f"TRUNCATE {table} CASCADE", by="cannot be emptied")


def test_truncating_the_pages_is_refused(published):
    refused("TRUNCATE wiki_page CASCADE", by="cannot be emptied")


def test_a_log_line_keeps_who_did_it(published, colleague):
    refused("UPDATE wiki_event SET actor_id = %s", colleague.pk, by="append-only")
    refused("UPDATE wiki_event SET actor_id = NULL, act = 'nothing'", by="append-only")
    refused("UPDATE wiki_event SET actor_name = 'Somebody'", by="append-only")


# --- revisions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Another'",
        "kind = 'drug'",
        "content = '{}'",
        "digest = repeat('0', 64)",
        "note = 'Another note.'",
        "number = 77",
        "submitted_at = now() - interval '1 year'",
        "author_name = 'Somebody else'",
        "origin = 'starter'",
        "parent_id = id",
        "second_parent_id = id",
        "author_id = NULL, title = 'Another'",
    ],
)
def test_what_was_submitted_is_never_changed(waiting, live, rejected, change):
    for revision in (waiting, live, rejected):
        refused(f"UPDATE wiki_revision SET {change} WHERE id = %s", revision.pk, by="cannot be changed")


def test_what_was_submitted_never_gets_another_author(waiting, colleague):
    refused(
        "UPDATE wiki_revision SET author_id = %s WHERE id = %s",
        colleague.pk,
        waiting.pk,
        by="cannot be changed",
    )


def test_what_was_submitted_is_never_moved_to_another_page(waiting, clinician, moderator):
    other = cast.make_page(clinician, moderator)

    refused(
        "UPDATE wiki_revision SET page_id = %s WHERE id = %s", other.pk, waiting.pk, by="cannot be changed"
    )


def test_only_drafts_are_removed(waiting, live, rejected, published, clinician):
    draft = cast.make_edit(published, clinician)

    for revision in (waiting, live, rejected):
        refused("DELETE FROM wiki_revision WHERE id = %s", revision.pk, by="only drafts can be removed")
    assert run("DELETE FROM wiki_revision WHERE id = %s", draft.pk) == 1


def test_a_draft_stays_on_its_page(published, clinician, moderator):
    draft = cast.make_edit(published, clinician)
    other = cast.make_page(clinician, moderator)

    refused(
        "UPDATE wiki_revision SET page_id = %s WHERE id = %s", other.pk, draft.pk, by="can only be submitted"
    )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("state = 'lost'", "can only be submitted"),
        ("number = 7", "only_drafts_have_no_number"),
        ("state = 'submitted'", "only_drafts_have_no_number"),
        (
            "state = 'submitted', number = 7, submitted_at = now(), typed = '{}'",
            "only_drafts_hold_what_was_typed",
        ),
        ("state = 'submitted', number = 1, submitted_at = now()", "revision_number_is_unique_on_its_page"),
    ],
)
def test_a_draft_can_only_become_a_valid_submission(published, clinician, change, name):
    draft = cast.make_edit(published, clinician)

    refused(f"UPDATE wiki_revision SET {change} WHERE id = %s", draft.pk, by=name)


COPY = """INSERT INTO wiki_revision
    (page_id, state, number, origin, author_id, author_name, title, kind, content, digest, note, submitted_at,
     impact, meaning, rules, risk, deleted_words)
    SELECT page_id, '{state}', {number}, origin, author_id, author_name, title, kind, content, digest, note,
    {moment}, impact, meaning, rules, risk, deleted_words FROM wiki_revision WHERE id = %s"""


def test_an_author_has_one_draft_of_a_page(published, clinician):
    draft = cast.make_edit(published, clinician)

    refused(
        COPY.format(state="draft", number="NULL", moment="NULL"),
        draft.pk,
        by="author_has_one_draft_of_a_page",
    )


@pytest.mark.parametrize("state", ["approved", "rejected", "lost"])
def test_a_revision_cannot_be_inserted_as_submitted(waiting, state):
    refused(COPY.format(state=state, number="50", moment="now()"), waiting.pk, by="begins as a draft")


# --- verdicts -----------------------------------------------------------------------------------------------

SIGN = """INSERT INTO wiki_verdict
    (revision_id, author_id, reviewer_id, reviewer_name, reviewer_profession, reviewer_role, decision,
     decision_label, reason, digest, checklist, decided_at, standing, impact, meaning)
    VALUES (%s, %s, %s, 'Dr Nobody', '', 'Moderator', %s, 'Approved', %s, %s, '[]', now(), '{}', '', '')"""


def sign(revision, author, reviewer, decision="approve", reason="", digest=""):
    people = [one.pk if one else None for one in (author, reviewer)]
    return SIGN, revision.pk, *people, decision, reason, digest or revision.digest


def test_a_valid_verdict_is_accepted(waiting, clinician, moderator):
    assert run(*sign(waiting, clinician, moderator)) == 1

    chain.bind("verdict", waiting.verdicts.get(), page_id=waiting.page_id)


def test_nobody_signs_their_own_work(waiting, clinician):
    refused(*sign(waiting, clinician, clinician), by="nobody_reviews_their_own_work")


def test_nobody_signs_their_own_work_under_another_authors_name(waiting, clinician, colleague):
    refused(*sign(waiting, colleague, clinician), by="exact words|verdict_names_the_author")


def test_nobody_signs_their_own_work_without_naming_the_author(waiting, clinician):
    refused(*sign(waiting, None, clinician), by="exact words")


def test_a_verdict_needs_the_digest_of_its_revision(waiting, clinician, moderator):
    refused(*sign(waiting, clinician, moderator, digest=ZEROS), by="exact words")


def test_a_draft_gets_no_verdict(published, clinician, moderator):
    refused(*sign(cast.make_edit(published, clinician), clinician, moderator), by="exact words")


def test_a_rejection_without_a_reason_is_refused(waiting, clinician, moderator):
    refused(*sign(waiting, clinician, moderator, "reject"), by="verdict_owes_a_reason")


def test_an_unknown_decision_is_refused(waiting, clinician, moderator):
    refused(*sign(waiting, clinician, moderator, "perhaps", "Because."), by="decision_is_known")


def test_a_reviewer_decides_once(live, clinician, moderator):
    refused(*sign(live, clinician, moderator), by="reviewer_decides_once")


# --- publications -------------------------------------------------------------------------------------------

PUBLISH = """INSERT INTO wiki_publication (page_id, revision_id, verdict_id, in_force, ending, way, changes,
    signed, likeness, writers) VALUES (%s, %s, %s, {interval}, {ending}, 'approved', 1, '[]', '', '{{}}')"""
OPEN = PUBLISH.format(interval="tstzrange(clock_timestamp(), NULL)", ending="''")


def test_only_what_was_approved_is_published(published, waiting, rejected, live):
    approval, rejection = live.verdicts.get(), rejected.verdicts.get()

    for revision, verdict in (
        (waiting, approval),
        (rejected, rejection),
        (rejected, approval),
        (live, rejection),
    ):
        refused(OPEN, published.pk, revision.pk, verdict.pk, by="only what was approved")


def test_a_reverted_revision_cannot_be_published_again(published, live, moderator):
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    refused(
        OPEN, published.pk, live.pk, live.verdicts.get(decision="approve").pk, by="only what was approved"
    )


def test_a_revision_cannot_be_published_on_another_page(live, clinician, moderator):
    other = cast.make_page(clinician, moderator)

    refused(OPEN, other.pk, live.pk, live.verdicts.get().pk, by="only what was approved")


def test_a_page_has_one_live_revision(published, live):
    refused(OPEN, published.pk, live.pk, live.verdicts.get().pk, by="page_has_one_live_revision")


def test_a_load_does_not_replace_what_somebody_has_reviewed(second_moderator):
    """Whoever read the whole of a loaded page vouches for these words and no others."""
    page = cast.load_page("Headache")
    text = loading.LoadedText(page.pk, cast.document("Headache"), loading.Load(Origin.STARTER, "Once more."))
    (again,) = loading.store([text], {page.pk: page})
    cast.review_whole(page, second_moderator)
    run("UPDATE wiki_revision SET state = 'approved' WHERE id = %s", again.pk)

    refused(OPEN.replace("'approved'", "'loaded'"), page.pk, again.pk, None, by="does not replace")


@pytest.mark.parametrize(
    ("interval", "ending"),
    [
        ("tstzrange(now() - interval '2 years', now() - interval '1 year')", "'replaced'"),
        ("'empty'::tstzrange", "'replaced'"),
        ("tstzrange(NULL, NULL)", "''"),
    ],
)
def test_a_publication_cannot_be_inserted_as_closed(published, live, interval, ending):
    refused(
        PUBLISH.format(interval=interval, ending=ending),
        published.pk,
        live.pk,
        live.verdicts.get().pk,
        by="begins open",
    )


def test_a_publication_that_begins_before_the_last_one_ended_is_refused(
    published, live, clinician, moderator
):
    cast.approve(cast.submit(cast.make_edit(published, clinician)), moderator)
    now = PublishedPage.objects.get(page=published).publication
    review.unapprove(now.revision_id, by=moderator, reason="Wrong.")
    review.unapprove(live.pk, by=moderator, reason="Wrong.")
    draft = cast.submit(drafts.edit(published, author=clinician))
    run("UPDATE wiki_revision SET state = 'approved' WHERE id = %s", draft.pk)
    run(*sign(draft, clinician, moderator))
    chain.bind("verdict", draft.verdicts.get(), page_id=published.pk)
    backwards = PUBLISH.format(interval="tstzrange(clock_timestamp() - interval '1 day', NULL)", ending="''")

    refused(backwards, published.pk, draft.pk, draft.verdicts.get().pk, by="page_has_one_live_revision")


@pytest.mark.parametrize(
    "change",
    [
        "changes = 99",
        "revision_id = revision_id + 1",
        "in_force = tstzrange(lower(in_force) - interval '1 year', NULL)",
        "in_force = tstzrange(lower(in_force) - interval '1 year', clock_timestamp()), ending = 'replaced'",
        "in_force = 'empty', ending = 'replaced'",
        "in_force = tstzrange(lower(in_force), 'infinity'), ending = 'replaced', changes = 99",
    ],
)
def test_a_publication_can_only_be_closed(published, change):
    refused(f"UPDATE wiki_publication SET {change}", by="can only be closed")


def test_a_publication_that_ended_says_why(published):
    refused(
        "UPDATE wiki_publication SET in_force = tstzrange(lower(in_force), clock_timestamp())",
        by="publication_that_ended_says_why",
    )


def test_a_closed_publication_is_not_opened_again_or_removed(published, live, moderator):
    review.unapprove(live.pk, by=moderator, reason="Wrong.")

    refused(
        "UPDATE wiki_publication SET in_force = tstzrange(lower(in_force), NULL), ending = ''",
        by="can only be closed",
    )
    refused("UPDATE wiki_publication SET ending = 'replaced'", by="can only be closed")
    refused("DELETE FROM wiki_publication", by="can only be closed")
