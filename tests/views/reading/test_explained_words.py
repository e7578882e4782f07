"""Terms of art on a page explain themselves, and what is signed holds no mark."""

import re

import pytest

from tests import cast
from tests.shown import html_at

HERE = "/wiki/hypoparathyroidism/"


@pytest.fixture
def linking(published, clinician, moderator):
    """Return the page with a link to a test and a term of the list in its text."""
    cast.make_page(
        clinician, moderator, "Bone scan", kind="test", summary="It looks at bones.", aliases=("BS",)
    )
    body = "A [[Bone scan|scan]] gives an odds ratio. Another bone scan has BS."
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=body)), moderator)
    return type(published).objects.get(pk=published.pk)


def explained_on(html):
    """Return what each mark of a page opens, by its id."""
    told = re.findall(r'<div class="explained" id="([^"]+)" popover>\s*<p>(.*?)</p>', html, re.DOTALL)
    return {id_: " ".join(re.sub(r"<[^>]+>", "", words).split()) for id_, words in told}


def test_the_first_use_opens_the_plain_summary_without_a_script(linking, client):
    html = html_at(client, HERE)

    assert '<dfn><a href="/wiki/bone-scan/">scan</a></dfn><button type="button" class="what"' in html
    assert re.findall(r'popovertarget="([^"]+)" aria-label="([^"]+)"', html) == [
        ("word-1", "What is “Bone scan”?"),
        ("word-2", "What is “odds ratio”?"),
    ]
    explanations = explained_on(html)
    assert explanations["word-1"] == "Bone scan: It looks at bones. Read more about Bone scan"
    assert explanations["word-2"].startswith("odds ratio: Compares how likely")


@pytest.mark.django_db(transaction=True)
def test_an_explanation_follows_changes_of_its_page(linking, client, clinician, moderator, settings):
    settings.STORES_ANSWERS = True
    html_at(client, HERE)
    there = linking.__class__.objects.get(published_page__slug="bone-scan")
    cast.approve(cast.submit(cast.make_edit(there, clinician, summary="It shows bones.")), moderator)

    assert "It shows bones." in explained_on(html_at(client, HERE))["word-1"]


def test_the_signed_and_compared_text_has_no_explanation_marks(linking, client, clinician, moderator):
    live = linking.published_page.publication.revision.document
    newer = cast.submit(cast.make_edit(linking, clinician, body=live.body + "\n\nMore."))
    client.force_login(moderator)

    review = html_at(client, f"/review/{newer.pk}/")

    assert "popover" not in live.body + linking.published_page.html
    assert "popovertarget" not in html_at(client, f"{HERE}compare/?from=1&to=2")
    assert review.split('id="as-readers"')[0].count("popovertarget") == 0
    assert review.count("popovertarget") == 2
    assert "Readers can open an explanation behind the first use of: Bone scan; odds ratio." in review
