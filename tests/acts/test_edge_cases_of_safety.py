"""Edge cases of texts that come from elsewhere or should not be there at all."""

import pytest

from tests import cast, pictures
from wiki.acts.library import images
from wiki.models import Depiction, PublishedPage
from wiki.policy.refusal import Refused

SECRET = "Words of the other page."


@pytest.mark.parametrize(
    "written",
    [
        "{{Other}}",
        "{{:Other}}",
        "![[Other]]",
        "{{Other|section}}",
        "[[Other]]",
        "<<Other>>",
        "{% include Other %}",
    ],
)
def test_edge_18_no_markup_includes_text_of_another_page(written, clinician, moderator):
    cast.make_page(clinician, moderator, "Other", body=SECRET, summary=SECRET)

    host = cast.make_page(clinician, moderator, "Host", body=f"Before.\n\n{written}\n\nAfter.")

    published_page = PublishedPage.objects.get(page=host)
    assert SECRET not in published_page.safe_html
    assert SECRET not in published_page.plain


def test_edge_18_a_link_never_shows_waiting_text_of_its_page(clinician, moderator):
    other = cast.make_page(clinician, moderator, "Other")
    cast.propose_change(other, clinician, body=SECRET, summary=SECRET)

    host = cast.make_page(clinician, moderator, "Host", body="See ![[Other]] and [[Other]].")

    assert SECRET not in PublishedPage.objects.get(page=host).safe_html


def test_edge_18_only_pictures_are_embedded_and_a_withdrawn_one_vanishes(clinician, moderator):
    image = pictures.make_image(clinician)
    words = f"Before.\n\n![It shows](image:{image.name})"
    with pytest.raises(Refused, match="This picture is not the wiki's own"):
        cast.make_page(clinician, moderator, "Spy", body=f"{words}\n\n![Spy](https://example.org/spy.png)")
    host = cast.make_page(clinician, moderator, "Host", body=words)
    before = PublishedPage.objects.get(page=host).safe_html
    assert f"/pictures/{image.name}/" in before
    assert Depiction.objects.get(page=host).image == image

    images.withdraw(image, by=moderator, reason="Consent has ended.")

    assert "<img" not in PublishedPage.objects.get(page=host).safe_html
