"""Loading texts that nobody has reviewed: what it leaves alone, and what stops all of it."""

import pytest

from tests import cast
from wiki.acts.reviewing import loading, review
from wiki.acts.reviewing.loading import Load, LoadedText
from wiki.models import Address, Origin, Page, Publication
from wiki.policy.refusal import Refused
from wiki.text.document import Retirement

STARTER = Load(Origin.STARTER, "Loaded for a test.")


def test_a_load_leaves_what_people_approved(published):
    before = Publication.objects.get(page=published)

    with pytest.raises(Refused, match="Hypoparathyroidism: People have changed or reviewed this page"):
        loading.publish(LoadedText(published.pk, cast.document("Hypoparathyroidism"), STARTER))

    assert Publication.objects.get(page=published) == before


def test_a_load_brings_back_nothing_that_people_took_back(moderator):
    loaded = cast.load_page("Gout")
    review.unapprove(loaded.revisions.get().pk, by=moderator, reason="It is wrong.")

    with pytest.raises(Refused, match="Gout: People have changed"):
        loading.publish(LoadedText(loaded.pk, cast.document("Gout"), STARTER))

    assert not Publication.objects.open().exists()


def test_a_load_with_two_pages_at_one_address_is_refused_whole(db):
    one, other = (Page.objects.create() for _ in range(2))
    retired = cast.document("Gout", retirement=Retirement("It was there twice.", None))
    texts = [LoadedText(one.pk, retired, STARTER), LoadedText(other.pk, cast.document("Gout"), STARTER)]

    with pytest.raises(Refused, match=r"Gout: .*(address|called)"):
        loading.publish_all(texts)

    assert not Publication.objects.exists()
    assert not Address.objects.exists()
