"""Links to one section of a page, and the ids of headings that they lead to."""

import pytest

from tests import cast
from wiki.models import PublishedPage
from wiki.published.links import render_now
from wiki.text.markdown.html import outline
from wiki.text.slugs import heading_id


@pytest.fixture
def gout(clinician, moderator):
    return cast.make_page(clinician, moderator, "Gout", body="## Signs\n\nPain.\n\n## 治療\n\nRest.")


@pytest.mark.parametrize("section", ["Signs", "治療"])
def test_a_link_leads_to_the_heading_of_that_name(gout, section):
    ids = {text: id_ for _, id_, text in gout.published_page.contents}

    html = render_now(f"See [[Gout#{section}]] and [[gout # {section} |there]].").html

    assert f'<a href="/wiki/gout/#{ids[section]}">Gout: {section}</a>' in html
    assert f'<a href="/wiki/gout/#{ids[section]}">there</a>' in html


def test_a_link_to_a_section_of_its_own_page_needs_no_title(db):
    html = render_now("## Signs\n\nSee [[#Signs]].").html

    assert 'id="s-signs"' in html
    assert '<a href="#s-signs">Signs</a>' in html


def test_a_section_link_counts_as_a_link_to_its_page(gout, clinician, moderator):
    page = cast.make_page(clinician, moderator, "Uric acid", body="See [[Gout#Signs]] and [[Nothing#Signs]].")

    html = PublishedPage.objects.get(page=page).html
    assert outline("[[Gout#Signs]] [[Gout]] [[#Signs]]").links == ("Gout",)
    assert list(PublishedPage.objects.linking_to(gout.pk)) == [page.published_page]
    assert '<a class="missing" href="/new/?title=Nothing">Nothing: Signs</a>' in html


@pytest.mark.parametrize(
    "words",
    [
        "Signs",
        "治療",
        "Лечение",
        "علاج",
        "β-blockers",
        "Ca²⁺",
        "5′-NT",
        "Über Größe",
        "治療 A",
        "🙂",
        "Ἀθῆναι",
        "ⅣA",
        "१२",
    ],
)
def test_the_id_of_a_heading_stays_when_another_is_added_before_it(words):
    alone = outline(f"## {words}\n\nText.").headings[-1].id
    after = outline(f"## 手術\n\nText.\n\n## Хирургия\n\nText.\n\n## {words}\n\nText.").headings[-1].id

    assert alone == after == heading_id(words)


def test_headings_of_different_words_have_different_ids():
    words = ["治療", "手術", "治療 A", "手術 A", "A", "Лечение", "Лечение 2", "λ", "lambda a", "१२", "३४"]

    ids = [one.id for one in outline("\n\n".join(f"## {word}" for word in words)).headings]

    assert len(set(ids)) == len(words)
    assert ids == [heading_id(word) for word in words]
