"""What a contributor can show of their work."""

from wiki.acts.upkeep import reverification
from wiki.models import PublishedPage
from wiki.screens.contributions import VERIFIED, record_of


def test_a_later_look_stands_in_the_record_of_whoever_looked(published, second_moderator):
    live = PublishedPage.objects.get(page=published).publication.revision
    words = "Read all of it and each of its sources once more."

    reverification.verify_page(published, by=second_moderator, digest=live.digest, checked=words)

    assert [one.act for one in record_of(second_moderator)] == [VERIFIED]
