"""Every address that a page ever had leads to it, from every door, and unusual titles have addresses too."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.shown import html_of, ids_of, links_of
from wiki.acts.reviewing import review

OLD, NEW = "/wiki/hypoparathyroidism/", "/wiki/low-parathyroid-hormone/"


@remembered
def renamed(published, clinician, moderator):
    """Return a page whose second version has another title."""
    cast.approve(
        cast.submit(cast.make_edit(published, clinician, title="Low parathyroid hormone")), moderator
    )
    return published


@pytest.mark.parametrize(
    "rest",
    ["", "history/", "revisions/1/", "compare/?from=1&to=2", "cite/", "cite/?format=ris", "links/"],
)
def test_every_subpage_of_an_old_address_redirects_to_the_present_one(renamed, client, rest):
    answer = client.get(OLD + rest)

    assert (answer.status_code, answer.url) == (302, NEW + rest)
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("typed", ["Hypoparathyroidism/", "HYPOPARATHYROIDISM/history/", "Hypo_x/"])
def test_capitals_and_underscores_lead_to_the_usual_address_for_good(published, client, typed):
    answer = client.get(f"/wiki/{typed}")

    wanted = (404, None) if "_" in typed else (301, f"/wiki/{typed.lower()}")
    assert (answer.status_code, answer.headers.get("Location")) == wanted


def test_both_old_addresses_redirect_directly_to_the_newest(renamed, client, clinician, moderator):
    cast.approve(cast.submit(cast.make_edit(renamed, clinician, title="PTH deficiency")), moderator)

    for path in (OLD, NEW):
        assert client.get(path).url == "/wiki/pth-deficiency/"


def test_a_page_returned_to_its_first_title_answers_at_the_first_address(renamed, client, moderator):
    review.unapprove(renamed.revisions.get(number=2).pk, by=moderator, reason="Wrong.")

    assert client.get(OLD).status_code == 200
    assert client.get(NEW).url == OLD


def test_a_page_under_review_shows_its_history_at_every_address(renamed, client, moderator):
    for number in (2, 1):
        live = renamed.revisions.get(number=number)
        review.unapprove(live.pk, by=moderator, reason="Wrong.")

    for path in (OLD, NEW):
        assert client.get(path).status_code == 404
        assert client.get(f"{path}history/").status_code == 200
        assert client.get(f"{path}revisions/1/").status_code == 200
        assert client.get(f"{path}cite/").status_code == 404
        assert client.get(f"{path}links/").status_code == 404


@pytest.mark.parametrize("query", ["", "?from=1", "?to=2", "?from=&to="])
def test_a_comparison_without_numbers_uses_the_two_newest_versions(renamed, client, query):
    html = html_of(client.get(f"{NEW}compare/{query}"))

    assert f'From <a href="{NEW}revisions/1/">version 1</a>' in html
    assert f'to <a href="{NEW}revisions/2/">version 2</a>' in html


def test_a_page_of_one_version_is_compared_with_itself(published, client):
    html = html_of(client.get(f"{OLD}compare/"))

    assert "with itself" in html
    assert "The two say the same" in html


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Fahr’s “disease”: a & b <c>", "fahrs-disease-a-b-under-c-over"),
        ("Ménière 100% {sic} \\ #1", "meniere-100-percent-sic-1"),
        ("Übelkeit", "ubelkeit"),
        ("甲状旁腺", "page-"),
    ],
)
def test_pages_with_unusual_titles_can_be_read_cited_and_found(client, clinician, moderator, title, slug):
    page = cast.make_page(clinician, moderator, title)
    home = page.published_page.get_absolute_url()
    assert home.startswith(f"/wiki/{slug}")

    for rest in ("", "history/", "compare/", "cite/", "links/", "revisions/1/"):
        answer = client.get(home + rest)
        assert answer.status_code == 200
        assert title in html_of(answer)
        assert "<c>" not in answer.content.decode()
    for form in ("bibtex", "ris"):
        answer = client.get(f"{home}cite/", {"format": form})
        assert answer.status_code == 200
        assert answer["Content-Disposition"].isascii()
    assert client.get("/search/", {"q": title}).url == home


@pytest.mark.parametrize(
    "path", [OLD, f"{OLD}history/", f"{OLD}revisions/1/", f"{OLD}cite/", "/index/", "/", "/help/"]
)
def test_every_fragment_link_has_a_target_and_ids_are_unique(published, client, path):
    answer = client.get(path)

    ids = ids_of(answer)
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in links_of(answer) if one.startswith("#")} <= set(ids)


def test_a_bibtex_key_uses_the_slug(client, clinician, moderator):
    cast.make_page(clinician, moderator, "Übelkeit und Müdigkeit")

    record = client.get("/wiki/ubelkeit-und-mudigkeit/cite/", {"format": "bibtex"}).content.decode()

    assert record.startswith("@misc{causeway-ubelkeit-und-mudigkeit-v1,")


@pytest.mark.parametrize("words", ["hypoparathyroidism", "hypoparathyroidisms"])
def test_a_found_page_is_not_listed_as_a_similar_name(published, client, words):
    html = html_of(client.get("/search/", {"q": words, "all": "1"}))

    assert "1 page, best first" in html
    assert "Similar names" not in html


def test_an_unknown_address_with_words_offers_to_propose_the_page(published, client):
    assert "title=Nowhere%20at%20all" in html_of(client.get("/wiki/nowhere-at-all/history/"))
    assert "Propose this page" not in html_of(client.get("/sources/999/"))


def test_a_sign_out_message_is_not_shown_to_the_next_person(published, client, clinician):
    client.force_login(clinician)
    client.post("/accounts/logout/")

    answer = client.get(OLD)

    assert "signed out" not in html_of(answer)
    assert "/accounts/profile/" not in links_of(answer)


# --- A browser that saw a redirect -------------------------------------------------------------------------


def test_redirects_of_old_addresses_are_temporary(renamed, client, moderator):
    for rest in ("", "history/", "revisions/1/"):
        assert client.get(OLD + rest).status_code == 302
    review.unapprove(renamed.revisions.get(number=2).pk, by=moderator, reason="Wrong.")

    answer = client.get(NEW, follow=True)

    assert answer.redirect_chain == [(OLD, 302)]
    assert answer.status_code == 200
