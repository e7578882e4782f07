"""What a contributor can show of their work."""

from tests import cast
from wiki.screens.contributions import APPROVED, REVIEWED, record_of


def test_an_approval_and_a_whole_page_review_are_listed_as_different_acts(
    published, moderator, second_moderator
):
    cast.review_whole(published, second_moderator)

    assert [one.act for one in record_of(second_moderator)] == [REVIEWED]
    assert [one.act for one in record_of(moderator)] == [APPROVED]
