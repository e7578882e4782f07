"""The review screen of a merge of two pages, and what a refusal without a reason is told."""

import pytest
from django.urls import reverse

from tests import cast
from wiki.acts.writing import page_merge


@pytest.fixture
def merge(published, clinician, second_moderator):
    goes = cast.make_page(
        clinician, second_moderator, "Ranoxol", body="Words on it.\n\n## Care\n\nMore words."
    )
    return cast.submit(page_merge.merge_pages(goes, published, by=clinician))


def screen(client, moderator, merge):
    client.force_login(moderator)
    return client.get(reverse("review", args=[merge.pk])).content.decode()


def test_a_name_of_the_retiring_page_raises_no_duplicate_warning(client, merge, moderator):
    said = screen(client, moderator, merge)

    assert "Ranoxol" in said
    assert "A name is also one of another page" not in said


def test_the_merge_screen_lists_losses_and_is_no_whole_page_review(client, merge, moderator):
    said = " ".join(screen(client, moderator, merge).split())

    assert "What readers of Ranoxol lose" in said
    assert "Your signature is for this change alone" in said
    assert "Approving dates the change; a review of the whole page sets the next one." in said


def test_the_merge_screen_says_first_when_nobody_has_read_the_page_that_is_taken_over(
    client, published, clinician, moderator
):
    goes = cast.load_page("Starter words", summary="Other words.")
    sent = cast.submit(page_merge.merge_pages(goes, published, by=clinician))
    cast.review_whole(published, moderator)

    said = " ".join(screen(client, moderator, sent).split())

    told = "<b>Starter content, not yet reviewed by a clinician.</b> This is about Starter words"
    assert "Whole page reviewed by" in said[: said.index(told)]
    assert said.index(told) < said.index('id="text-h"')
    cast.review_whole(goes, moderator)
    assert "This is about" not in screen(client, moderator, sent)


def test_the_retiring_half_redirects_to_the_merge(client, merge, moderator):
    client.force_login(moderator)
    half = merge.retiring_half()

    answer = client.get(reverse("review", args=[half.pk]))

    assert answer.url == reverse("review", args=[merge.pk])


@pytest.mark.parametrize("door", ["reject", "request-changes"])
@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_turning_down_a_merge_without_a_reason_gets_422(client, merge, moderator, door, reason):
    client.force_login(moderator)

    answer = client.post(reverse(door, args=[merge.pk]), {"reason": reason})

    assert answer.status_code == 422
    assert "Something is missing" in answer.content.decode()
    merge.refresh_from_db()
    assert merge.state == "submitted"
