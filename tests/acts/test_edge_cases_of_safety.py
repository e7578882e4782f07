"""Edge cases of texts that come from elsewhere or should not be there at all."""

import pytest

from tests import cast, pictures
from wiki.acts.library import images
from wiki.models import Depiction, PublishedPage

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
def test_edge_18_nothing_of_another_page_is_included_however_it_is_written(written, clinician, moderator):
    cast.make_page(clinician, moderator, "Other", body=SECRET, summary=SECRET)

    host = cast.make_page(clinician, moderator, "Host", body=f"Before.\n\n{written}\n\nAfter.")

    published_page = PublishedPage.objects.get(page=host)
    assert SECRET not in published_page.safe_html
    assert SECRET not in published_page.plain


def test_edge_18_what_waits_elsewhere_is_never_shown_by_a_page_that_names_it(clinician, moderator):
    other = cast.make_page(clinician, moderator, "Other")
    cast.propose_change(other, clinician, body=SECRET, summary=SECRET)

    host = cast.make_page(clinician, moderator, "Host", body="See ![[Other]] and [[Other]].")

    assert SECRET not in PublishedPage.objects.get(page=host).safe_html


def test_edge_18_the_only_thing_shown_of_elsewhere_is_a_picture_and_it_goes_everywhere_at_once(
    clinician, moderator
):
    image = pictures.make_image(clinician)
    words = f"Before.\n\n![It shows](image:{image.name})\n\n![Spy](https://example.org/spy.png)"
    host = cast.make_page(clinician, moderator, "Host", body=words)
    before = PublishedPage.objects.get(page=host).safe_html
    assert f"/pictures/{image.name}/" in before
    assert "example.org" not in before
    assert Depiction.objects.get(page=host).image == image

    images.withdraw(image, by=moderator, reason="Consent has ended.")

    assert "<img" not in PublishedPage.objects.get(page=host).safe_html
