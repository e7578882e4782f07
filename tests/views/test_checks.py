"""What the checks found, as its author and its reviewer see it."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.remembered import remembered
from tests.reviewing import at, signed_in, words
from wiki.models import Page, Revision, User
from wiki.policy.checks import RULES
from wiki.policy.refusal import NotReady

BODY = "## What it is\n\nThis is not known yet.\n\n[[Nothing yet]] was given as 5.0 mg of it.\n"


@remembered
def draft(published: Page, clinician: User) -> Revision:
    """Return a draft in which the checks find something."""
    return cast.make_edit(published, clinician, body=BODY)


def shown(client: Client, draft: Revision, name: str = "checks") -> str:
    """Return what an address of a draft answers, its white space as one reads it."""
    return unescape(" ".join(client.get(reverse(name, args=[draft.pk])).content.decode().split()))


def test_an_author_sees_place_reason_and_fix_of_a_finding(draft: Revision, clinician: User) -> None:
    said = shown(signed_in(clinician), draft, "draft")

    rule = RULES["no-trailing-zero"]
    at = BODY.index("5.0 mg")
    assert "things are worth a look; this stops nothing." in said
    assert f'href="#body" data-from="{at}" data-to="{at + 6}" data-words="5.0 mg"' in said
    assert "“5.0 mg” can be read ten times too high" in said
    for text in (rule.title, rule.fix, rule.why, rule.source):
        assert text in said


def test_blocking_findings_come_first_and_link_to_their_field(
    published: Page, clinician: User, moderator: User
) -> None:
    other = cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    draft = cast.make_edit(published, clinician, title="", statements=(cast.statement(other, sources=()),))

    said = shown(signed_in(clinician), draft)

    assert "must be fixed before this can be reviewed." in said
    assert said.index("Must be fixed") < said.index("Worth a look")
    assert 'href="#title"' in said
    assert 'href="#statements-0-sources"' in said


def test_an_incomplete_row_does_not_shift_the_links_of_findings(
    published: Page, clinician: User, moderator: User
) -> None:
    cast.make_page(clinician, moderator, "Seizures", kind="symptom")
    draft = cast.make_edit(published, clinician)
    client = signed_in(clinician)
    half = {"statements-0-relation": "causes", "statements-0-object": "No such page"}
    whole = {
        "statements-1-relation": "causes",
        "statements-1-object": "Seizures",
        "statements-1-stance": "asserted",
        "statements-1-grade": "low",
        "statements-1-basis": "cohort",
    }
    head = {"title": "A thing", "kind": "condition", "summary": "Plain.", "body": BODY}
    client.post(draft.get_absolute_url(), {**head, **half, **whole})

    said = shown(client, draft)

    assert 'href="#statements-1-sources"' in said
    assert 'href="#statements-0-sources"' not in said


def test_findings_also_in_the_published_version_are_marked(
    published: Page, clinician: User, moderator: User
) -> None:
    old = "This is not known yet."
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=old)), moderator)
    draft = cast.make_edit(published, clinician, body=f"{old}\n\nNor is this one known.")

    said = shown(signed_in(clinician), draft)

    assert '“This is not known yet.”</span> <span class="hint">(also in the published version)' in said
    assert "“Nor is this one known.”</span> </li>" in said


def test_many_places_of_a_finding_are_folded(published: Page, clinician: User) -> None:
    draft = cast.make_edit(published, clinician, body="\n\n".join("Not known to us." for _ in range(8)))

    assert "3 more of these" in shown(signed_in(clinician), draft)


def test_an_author_without_a_profession_is_told(published: Page, clinician: User) -> None:
    clinician.profession = ""
    clinician.save(update_fields=["profession"])
    draft = cast.make_edit(published, clinician)

    assert "No profession is given for Dr Ines Albrecht" in shown(signed_in(clinician), draft)


def test_an_unsaved_edit_has_no_checks(published: Page, clinician: User) -> None:
    said = signed_in(clinician).get("/wiki/hypoparathyroidism/edit/").content.decode()

    assert "are checked each time the draft is saved" in said
    assert "data-checks" not in said


def test_the_checks_address_of_a_submitted_draft_gets_404(draft: Revision, clinician: User) -> None:
    cast.submit(draft)

    assert signed_in(clinician).get(reverse("checks", args=[draft.pk])).status_code == 404


def test_the_checks_of_a_long_draft_take_no_more_queries(
    published: Page, clinician: User, moderator: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    cast.make_source(clinician)
    others = [cast.make_page(clinician, moderator, f"Sign {n}", kind="symptom") for n in range(5)]
    draft = cast.make_edit(published, clinician, body=BODY, statements=tuple(map(cast.statement, others)))
    client = signed_in(clinician)

    with django_assert_max_num_queries(32):
        client.get(reverse("checks", args=[draft.pk]))


def test_a_reviewer_sees_new_findings_apart_from_old_ones(
    desk: Client, published: Page, clinician: User, moderator: User
) -> None:
    old = "This is not known yet."
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=old)), moderator)
    waiting = cast.submit(cast.make_edit(published, clinician, body=f"{old}\n\nNor is this one known."))

    said = words(desk.get(at("review", waiting)))

    assert "No reference in the opening, paragraph 2 “Nor is this one known.”" in said
    assert "1 in version 2 too" in said
    assert "No reference in the opening, paragraph 1 (also in version 2)" in said
    assert RULES["paragraphs-supported"].why in said
    assert RULES["paragraphs-supported"].fix in said


def test_a_reviewer_sees_long_lists_folded_with_a_link_to_the_question(
    desk: Client, published: Page, clinician: User
) -> None:
    body = "\n\n".join(f"Nothing of part {n} is known." for n in "abcdefgh")
    waiting = cast.submit(cast.make_edit(published, clinician, body=body))

    answer = desk.get(at("review", waiting))

    assert "3 more" in words(answer)
    assert "<b>A paragraph has no reference</b>" in answer.content.decode()


def test_an_author_sees_blocking_findings_on_the_review_screen(published: Page, clinician: User) -> None:
    source = cast.make_source(clinician)
    waiting = cast.submit(
        cast.make_edit(published, clinician, body="It is a thing of note [@pmid:22327515].")
    )
    source.notices.create(nature="retraction")

    said = words(signed_in(clinician).get(at("review", waiting)))

    assert "Must be fixed: Something rests on a retracted source" in said


def test_an_author_sees_that_a_cited_source_is_retracted(published: Page, clinician: User) -> None:
    source = cast.make_source(clinician)
    draft = cast.make_edit(published, clinician, body="It is a thing of note [@pmid:22327515].")
    source.notices.create(nature="retraction")

    said = shown(signed_in(clinician), draft)

    assert (
        "“A study of calcium” (pmid:22327515) is retracted, and the opening, paragraph 1 rests on it" in said
    )
    with pytest.raises(NotReady):
        cast.submit(draft)
