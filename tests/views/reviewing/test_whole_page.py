"""The screen of a whole-page review: who can sign there, said before the questions."""

import pytest

from tests import cast
from tests.reviewing import signed_in, words
from wiki.acts.people import disclosures
from wiki.models import Role, User


@pytest.fixture
def desk_of_another(second_moderator):
    """Return the browser of a moderator who has not approved anything."""
    return signed_in(second_moderator)


def test_who_cannot_sign_for_the_whole_page_reads_it_before_the_questions(
    published, moderator, second_moderator, desk_of_another
):
    cast.approve(cast.propose_change(published, second_moderator), moderator)

    shown = words(desk_of_another.get("/wiki/hypoparathyroidism/whole-page/"))

    assert "You cannot sign for it. You are among those who wrote this page" in shown
    assert "I read the whole of version" not in shown


def _has_an_interest(person, page):
    disclosures.declare(person, [disclosures.Declared("speaker", "Acme", pages=[page])])


def _is_an_author(person, page):
    cast.approve(
        cast.propose_change(page, person, summary="In other plain words."),
        User.objects.get(username="second-moderator"),
    )
    leave(besides=[person])


def _left(person, page):
    User.objects.filter(pk=person.pk).update(is_active=False)


def leave(*, besides):
    """Let all moderators but some leave."""
    others = User.objects.filter(role=Role.MODERATOR).exclude(pk__in=[one.pk for one in besides])
    others.exclude(username="second-moderator").update(is_active=False)


@pytest.mark.parametrize("bar", [_has_an_interest, _is_an_author, _left])
def test_what_nobody_can_sign_for_the_whole_page_today_is_said(bar, clinician, moderator, desk_of_another):
    page = cast.make_page(clinician, moderator, "Dosed", body="## Treatment\n\nTake 5 mg once a day.")
    specialist = cast.make_qualified(moderator, "neurology").person
    leave(besides=[specialist])
    address = f"{page.published_page.get_absolute_url()}whole-page/"
    nobody = "Nobody can sign today as one pharmacist or treating specialist."
    assert nobody not in words(desk_of_another.get(address))

    bar(specialist, page)

    assert nobody in words(desk_of_another.get(address))
