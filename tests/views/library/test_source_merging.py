"""A moderator says that two records are one work, or that a journal gave notice; readers see it."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.shown import error_at, html_of
from wiki.acts.library import source_merging


@remembered
def doi(clinician):
    return cast.make_source(clinician, "doi:10.1038/ng.1077", "By its DOI")


@remembered
def pmid(clinician):
    return cast.make_source(clinician, "pmid:22327515", "By its PMID")


@remembered
def citing(doi, published, clinician, moderator):
    """Return a page that cites the record of the DOI."""
    return cast.make_page(clinician, moderator, "Citing", body="## What it is\n\nSaid.[@doi:10.1038/ng.1077]")


def test_a_moderator_merges_two_records_and_undoes_it(client, doi, pmid, citing, moderator):
    client.force_login(moderator)
    assert "It is the same work as another" in html_of(client.get(doi.get_absolute_url()))

    answer = client.post(f"/sources/{doi.pk}/merge/", {"into": "PMID 22327515"})

    assert answer.url == pmid.get_absolute_url()
    shown = html_of(client.get(doi.get_absolute_url(), follow=True))
    assert "By its PMID" in shown
    assert "doi:10.1038/ng.1077" in shown
    assert "By its PMID" in html_of(client.get("/wiki/citing/"))
    client.post(f"/sources/{doi.pk}/part/")
    assert "By its DOI" in html_of(client.get("/wiki/citing/"))
    assert client.post(f"/sources/{doi.pk}/part/").status_code == 409


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Name the record that stays"),
        ("doi:10.1038/ng.1077 pmid:22327515", "Name one source"),
        ("some words", "Give a DOI, a PMID"),
        ("pmid:1", "The wiki does not have that source"),
    ],
)
def test_merging_into_an_unknown_record_is_refused_at_its_field(
    client, doi, pmid, moderator, typed, sentence
):
    client.force_login(moderator)

    answer = client.post(f"/sources/{doi.pk}/merge/", {"into": typed})

    assert answer.status_code == 422
    assert sentence in error_at(answer, "into")


def test_merging_a_record_into_itself_is_refused(client, doi, moderator):
    client.force_login(moderator)

    answer = client.post(f"/sources/{doi.pk}/merge/", {"into": "doi:10.1038/ng.1077"})

    assert answer.status_code == 409
    assert "this very record" in error_at(answer, "into")


def test_readers_see_a_retraction_wherever_the_source_is_cited(client, doi, citing, moderator):
    client.force_login(moderator)
    words = {
        "nature": "retraction",
        "reference": "10.1/notice",
        "reason": "Made up.",
        "noticed_on": "2026-03-01",
    }
    assert client.post(f"/sources/{doi.pk}/notice/", words).status_code == 302
    client.logout()

    for path in ("/wiki/citing/", doi.get_absolute_url(), "/sources/"):
        assert ">Retracted</strong>" in html_of(client.get(path))
    assert "1 March 2026</time>. Made up." in html_of(client.get(doi.get_absolute_url()))


def test_a_notice_is_taken_off_the_wrong_record(client, doi, citing, moderator):
    notice = source_merging.give_notice(doi.pk, nature="retraction", by=moderator)
    client.force_login(moderator)
    path = f"/sources/notices/{notice.pk}/detach/"
    assert path in html_of(client.get(doi.get_absolute_url()))

    assert "Say why the notice" in error_at(client.post(path, {"reason": ""}), "reason")
    assert client.post(path, {"reason": "Of the paper before."})["Location"] == doi.get_absolute_url()

    assert ">Retracted</strong>" not in html_of(client.get("/wiki/citing/"))
    assert path not in html_of(client.get(doi.get_absolute_url()))
    assert client.get(path).status_code == 404


def test_an_incomplete_notice_is_refused_at_its_field(client, doi, moderator):
    client.force_login(moderator)

    answer = client.post(f"/sources/{doi.pk}/notice/", {"noticed_on": "soon", "reason": "Made up."})

    assert answer.status_code == 422
    assert "Say where it stands" in error_at(answer, "reference")
    assert "Give a date such as" in error_at(answer, "noticed_on")
    assert "Say whether the work is retracted" in html_of(answer)
    assert "Made up." in html_of(answer)


def test_a_notice_adds_no_query_to_the_page(client, doi, citing, moderator, django_assert_max_num_queries):
    source_merging.give_notice(doi.pk, nature="concern", by=moderator)
    client.get("/wiki/citing/")

    with django_assert_max_num_queries(6):
        client.get("/wiki/citing/")
