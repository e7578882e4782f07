"""What a contributor can show of their work."""

from tests import cast
from wiki.screens.contributions import APPROVED, REVIEWED, record_of


def test_approving_a_change_and_reviewing_the_whole_are_two_things(published, moderator, second_moderator):
    cast.review_whole(published, second_moderator)

    assert [one.act for one in record_of(second_moderator)] == [REVIEWED]
    assert [one.act for one in record_of(moderator)] == [APPROVED]
