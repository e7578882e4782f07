"""Pictures and sources in comparisons: seen and named, never told by an id."""

import re

import pytest

from tests import cast
from tests.pictures import make_image
from tests.reviewing import at, signed_in, words
from wiki.acts.library.sources import add
from wiki.models import Image
from wiki.screens.changes import Changes
from wiki.text.sources.identifiers import parse

CONSENT = "The patient consented in writing. The signed form is kept: archive, ward 3."


def mark(image, alt="White patches", caption="A scan"):
    """Return what a text says to show a picture."""
    return f'![{alt}](image:{image.name} "{caption}")'


def body(*marks):
    """Return a text in which pictures stand."""
    return "\n\n".join(["## What it is\n\nText of some words.", *marks, "More text."]) + "\n"


@pytest.fixture
def scans(clinician):
    """Return two pictures, the second of a patient."""
    return (
        make_image(clinician, alt="CT without deposits", credit="H. Moser"),
        make_image(clinician, 90, alt="CT with deposits", shows_patient=True, consent=CONSENT),
    )


def sentences(old, new):
    """Return what is said of the pictures of two texts."""
    found = Changes(cast.document("Page", body=body(old)), cast.document("Page", body=body(new)))
    return [one.sentence for one in found.pictures]


def test_each_change_of_a_picture_has_its_sentence(scans):
    one, other = scans

    assert sentences(mark(one), mark(other)) == ["A picture is swapped"]
    assert sentences("", mark(other)) == ["A picture is added"]
    assert sentences(mark(one), "") == ["A picture is removed"]
    assert sentences(mark(one), mark(one, alt="None")) == ["The alternative text of a picture changes"]
    assert sentences(mark(one), mark(one, caption="B")) == ["The caption of a picture changes"]
    assert sentences(mark(one), mark(one, "None", "B")) == [
        "The caption and the alternative text of a picture changes"
    ]
    assert sentences(mark(one), mark(one)) == []


def test_showing_a_picture_once_instead_of_twice_is_one_removal(scans):
    one, _ = scans

    assert sentences(f"{mark(one)}\n\n{mark(one)}", mark(one)) == ["A picture is removed"]


def test_a_picture_in_place_of_words_is_shown_with_the_words(scans):
    one, _ = scans

    assert sentences("White patches on both sides of a scan.", mark(one)) == ["A picture is added"]


@pytest.fixture
def swapped(published, clinician, moderator, scans):
    """Return a version that waits, in which a picture is swapped for that of a patient."""
    old, new = scans
    cast.approve(cast.submit(cast.make_edit(published, clinician, body=body(mark(old)))), moderator)
    changed = body(mark(new, "CT with bright deposits", "A scan of 2020"))
    return cast.submit(cast.make_edit(published, clinician, body=changed))


def test_a_reviewer_sees_both_pictures_and_reads_the_consent(swapped, moderator, scans):
    page = signed_in(moderator).get(at("review", swapped))

    told = words(page)
    shown = page.content.decode()
    assert "A picture is swapped. It shows a patient. Look for names" in told
    for image in scans:
        assert f"/pictures/{image.name}/" in shown
        assert not re.search(rf">[^<]*{image.name}", shown)
    assert shown.count("<figcaption>Before</figcaption>") == shown.count("<figcaption>Now</figcaption>") == 1
    assert "H. Moser" in told
    assert "Licence" in told
    assert "Shows a patient No Yes. " + CONSENT in told
    assert "Alternative text White patches CT with bright deposits" in told


def test_readers_see_both_pictures_without_the_consent_text(
    swapped, published, clinician, moderator, client, scans
):
    cast.approve(swapped, moderator)

    page = client.get("/wiki/hypoparathyroidism/compare/?from=2&to=3")

    told = words(page)
    assert "A picture is swapped" in told
    assert "Consent was declared by whoever added the picture." in told
    assert CONSENT not in told
    assert all(f"/pictures/{image.name}/" in page.content.decode() for image in scans)


def test_a_comparison_names_a_withdrawn_picture_without_showing_it(swapped, moderator, scans):
    Image.objects.filter(pk=scans[0].pk).update(
        withdrawn_at=swapped.submitted_at, withdrawn_why="Consent ended."
    )

    page = signed_in(moderator).get(at("review", swapped))

    assert "This picture was withdrawn" in words(page)
    assert f'src="{scans[0].renditions[0][1]}"' not in page.content.decode()
    assert f'src="{scans[1].renditions[0][1]}"' in page.content.decode()


def test_all_pictures_of_a_comparison_are_one_query(clinician, django_assert_num_queries):
    images = [make_image(clinician, shade) for shade in range(0, 250, 50)]
    old = cast.document("Page", body=body(*map(mark, images)))
    new = cast.document("Page", body=body(*(mark(one, alt="Other words") for one in images)))

    with django_assert_num_queries(1):
        found = Changes(old, new).pictures

    assert [one.sentence for one in found] == ["The alternative text of a picture changes"] * 5


def csl(title, *families, year=2020):
    """Return a record of a work."""
    people = [{"family": one, "given": "A"} for one in families]
    return {"type": "article-journal", "title": title, "author": people, "issued": {"date-parts": [[year]]}}


@pytest.fixture
def works(clinician):
    """Return two sources."""
    add([parse("pmid:23279700")], csl("Old study", "Moser", year=1998), type="case_series", by=clinician)
    add(
        [parse("pmid:38326858")],
        csl("New trial", "Xu", "Li", "Wang", "Chen", year=2022),
        type="randomized_trial",
        by=clinician,
    )


def test_sources_have_authors_title_year_and_kind_of_study(published, clinician, moderator, works, client):
    row = cast.statement(published, relation="causes", sources=("pmid:23279700",))
    text = "## What it is\n\nCalcium falls in most people [@pmid:{}], as is known.\n"
    page = cast.make_page(
        clinician, moderator, "Basal ganglia", body=text.format("23279700"), statements=(row,)
    )
    new = cast.statement(published, relation="causes", sources=("pmid:38326858",))
    waiting = cast.submit(cast.make_edit(page, clinician, body=text.format("38326858"), statements=(new,)))

    shown = signed_in(moderator).get(at("review", waiting))
    cast.approve(waiting, moderator)
    compared = client.get("/wiki/basal-ganglia/compare/?from=1&to=2")

    for one in (shown, compared):
        told = words(one)
        assert "Moser A. Old study 1998, Case series" in told
        assert "Xu A and others. New trial 2022, Randomised trial" in told.replace("Randomized", "Randomised")
        assert "[pmid:" not in told


def test_sources_of_a_comparison_take_a_fixed_number_of_queries(clinician, django_assert_num_queries):
    keys = [f"pmid:2232{n:04d}" for n in range(20)]
    for key in keys:
        cast.make_source(clinician, key)
    cites = "".join(f"Word {n} [@{key}].\n\n" for n, key in enumerate(keys))

    with django_assert_num_queries(2):
        found = Changes(cast.document("Page", body=cites[:40]), cast.document("Page", body=cites)).sources

    assert {one.title for one in found.values()} == {"A study of calcium"}
