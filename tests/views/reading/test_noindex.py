"""Search engines are asked to leave out what no clinician has read as a whole."""

from tests import cast
from wiki.models import PublishedPage

ASKED = '<meta name="robots" content="noindex">'


def test_a_page_that_nobody_reviewed_as_a_whole_is_not_indexed(client, published, moderator):
    address = PublishedPage.objects.get(page=published).get_absolute_url()
    assert ASKED in client.get(address).content.decode()

    cast.review_whole(published, moderator)

    assert ASKED not in client.get(address).content.decode()
