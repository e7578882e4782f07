"""What the form of a page is told of other pages while one types."""

import pytest

from tests import cast
from tests.remembered import remembered
from tests.shown import html_of
from wiki.acts.writing import drafts
from wiki.forms.editing.page_choice import pages_named
from wiki.text.document import Code


@remembered
def ganglia(clinician, moderator):
    """Return a published page with another name, a code and an accent."""
    return cast.make_page(
        clinician,
        moderator,
        "Striopallidal calcification",
        kind="finding",
        aliases=("Ménière’s stones",),
        codes=(Code("ICD-10", "G23.8"),),
        summary="Calcium in the brain.",
    )


def lines(client, typed, **asked):
    return client.get("/lookup/pages/", {"q": typed, **asked}).json()["results"]


def found(client, typed, **asked):
    return [one["value"] for one in lines(client, typed, **asked)]


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("strio", "Striopallidal calcification"),
        ("CALCIF", "Striopallidal calcification"),
        ("meniere", "Ménière’s stones"),
        ("Ménière's st", "Ménière’s stones"),
        ("G23.8", "G23.8"),
        ("g23", "G23.8"),
    ],
)
def test_a_page_is_found_by_the_beginning_of_any_word_of_its_names(at_desk, ganglia, typed, by):
    (line,) = lines(at_desk, typed)

    assert line == {
        "value": "Striopallidal calcification",
        "label": "Striopallidal calcification",
        "kind": "Finding",
        "kind_id": "finding",
        "summary": "Calcium in the brain.",
        "by": by,
        "mark": "",
    }


@pytest.mark.parametrize("typed", ["", " ", "alcif", "%", "_", "日本"])
def test_letters_that_begin_no_word_find_nothing(at_desk, ganglia, typed):
    assert found(at_desk, typed) == []


def test_pages_that_fit_the_relation_come_first_and_others_are_marked(at_desk, clinician, moderator):
    cast.make_page(clinician, moderator, "Calcification", kind="anatomy")
    cast.make_page(clinician, moderator, "Calcification of the falx", kind="finding")

    free = lines(at_desk, "calc")
    bound = lines(at_desk, "calc", relation="causes", kind="condition")

    assert [one["value"] for one in free] == ["Calcification", "Calcification of the falx"]
    assert [(one["value"], one["mark"]) for one in bound] == [
        ("Calcification of the falx", ""),
        ("Calcification", "Does not fit “causes”"),
    ]


def test_without_a_relation_a_page_that_no_relation_fits_is_marked(at_desk, clinician, moderator):
    cast.make_page(clinician, moderator, "Falx", kind="anatomy")

    assert [one["mark"] for one in lines(at_desk, "falx", kind="drug", relation="treats")] == [
        "Does not fit “treats”"
    ]
    assert [one["mark"] for one in lines(at_desk, "falx", kind="drug")] == [""]


def test_a_page_is_not_offered_to_itself(at_desk, published):
    assert found(at_desk, "hypo") == ["Hypoparathyroidism"]
    assert found(at_desk, "hypo", title=" hypoparathyroidism") == []


def test_a_new_page_begins_with_its_kind_if_only_one_fits(at_desk):
    def offer(**asked):
        return at_desk.get("/lookup/pages/", {"q": "x", **asked}).json()["offer"]

    assert offer(relation="affects_site", kind="condition") == {"kind": "anatomy"}
    assert offer(relation="subtype_of", kind="gene") == {"kind": "gene"}
    assert offer(relation="causes", kind="condition") == offer(kind="condition") == offer() == {}


def test_a_new_page_is_found_by_its_author_and_once_sent_in_by_all_who_write(
    at_desk, client, clinician, colleague
):
    draft = drafts.propose(cast.document("Épendyme", kind="anatomy"), author=clinician)
    mine = lines(at_desk, "epen", title="Other")
    client.force_login(colleague)
    hidden = lines(client, "epen")
    cast.submit(draft)
    waiting = lines(client, "epen", relation="causes", kind="condition")

    assert [(one["value"], one["mark"]) for one in mine] == [("Épendyme", "In your draft")]
    assert hidden == []
    assert [one["mark"] for one in waiting] == ["Waiting for review · Does not fit “causes”"]


def test_a_new_page_does_not_offer_itself(at_desk, clinician):
    drafts.propose(cast.document("Ependyma", kind="anatomy"), author=clinician)

    assert found(at_desk, "epen", title="Ependyma") == []


def test_at_most_ten_pages_are_offered_in_a_fixed_number_of_queries(
    at_desk, clinician, moderator, django_assert_max_num_queries
):
    for number in range(12):
        cast.make_page(clinician, moderator, f"Calcification {number:02}")
    for number in range(4):
        drafts.propose(cast.document(f"Calcified {number}"), author=clinician)

    with django_assert_max_num_queries(4):
        few = found(at_desk, "calcification 03")
    with django_assert_max_num_queries(4):
        many = found(at_desk, "calc")

    assert few == ["Calcification 03"]
    assert many == [
        *(f"Calcification {number:02}" for number in range(7)),
        "Calcified 3",
        "Calcified 2",
        "Calcified 1",
    ]


# --- What a row says ---------------------------------------------------------------------------------------


def tie(client, page=None, **asked):
    """Return the words about a row, without their marks."""
    asked = {"title": "Hypoparathyroidism", "kind": "condition", "relation": "causes", **asked}
    answer = client.get("/lookup/tie/", {"page": page.pk if page else "", **asked})
    return " ".join(answer.content.decode().split())


def test_a_statement_row_is_described_from_both_pages(at_desk, other_page):
    words = tie(at_desk, object="fits")

    assert "Hypoparathyroidism <strong>causes</strong> Seizures. That page will say:" in words
    assert "<strong>is caused by</strong> Hypoparathyroidism." in words
    assert 'data-end="symptom"' in words
    assert "That page will say the same of This page." in tie(
        at_desk, object="Seizures", relation="see_also", title=" "
    )


@pytest.mark.parametrize(
    "asked", [{"object": ""}, {"object": "Nowhere"}, {"relation": "", "object": "fits"}, {"relation": "x"}]
)
def test_an_incomplete_row_has_no_description(at_desk, other_page, asked):
    words = tie(at_desk, **asked)

    assert "That page will say" not in words
    assert ("symptom" in words) == (asked.get("object") == "fits")


def test_a_row_with_an_unfitting_kind_says_so(at_desk, other_page):
    words = tie(at_desk, object="Seizures", relation="causes", kind="anatomy")

    assert "A page of kind anatomy cannot say “causes” of one of kind symptom." in words


def test_a_row_shows_that_the_other_page_has_the_statement_already(at_desk, clinician, moderator, published):
    cast.make_source(clinician)
    row = cast.statement(published, "associated_with")
    cast.make_page(clinician, moderator, "Hypomagnesaemia", statements=(row,))

    words = tie(at_desk, published, object="Hypomagnesaemia")

    assert "Hypomagnesaemia says nearly the same already:" in words
    assert "is associated with Hypoparathyroidism (Low certainty, 1 source)." in words
    assert "It is what readers see now." in words
    assert 'href="/wiki/hypomagnesaemia/"' in words
    assert "already" not in tie(at_desk, None, object="Hypomagnesaemia")


@pytest.mark.parametrize("number", ["x", "-1", "²", "1" * 12, "0"])
def test_an_invalid_page_number_in_a_lookup_is_ignored(at_desk, other_page, number):
    answer = at_desk.get("/lookup/tie/", {"page": number, "object": "fits", "relation": "causes"})

    assert answer.status_code == 200


def test_author_and_reviewer_see_a_duplicate_statement_in_the_checks(
    at_desk, clinician, colleague, moderator, published, client
):
    cast.make_source(clinician)
    row = cast.statement(published, "associated_with")
    cause = cast.make_page(clinician, moderator, "Hypomagnesaemia", statements=(row,))
    draft = cast.make_edit(published, clinician, statements=(cast.statement(cause, "associated_with"),))
    sentence = "The page “Hypomagnesaemia” says the same already: “is associated with”"

    written = at_desk.get(f"/drafts/{draft.pk}/")
    cast.submit(draft)
    client.force_login(moderator)
    judged = client.get(f"/review/{draft.pk}/")

    assert sentence in html_of(written)
    assert sentence in html_of(judged)
    assert "Hypomagnesaemia says the same already:" in html_of(written)


def test_a_tie_names_a_page_by_what_was_sent_in_not_by_somebodys_draft(clinician, colleague, client):
    waiting = cast.submit(drafts.propose(cast.document("Sent in", kind="symptom"), author=clinician))
    draft = drafts.build_on(waiting, author=clinician)
    drafts.save(draft, cast.document("Nobody else has read this", kind="symptom"), by=clinician)
    client.force_login(colleague)

    answer = client.get("/lookup/tie/", {"relation": "causes", "object": "Sent in", "title": "Mine"})

    assert "Sent in" in html_of(answer)
    assert "Nobody else has read this" not in html_of(answer)


def test_the_title_of_somebodys_new_draft_names_no_page_for_others(clinician, colleague):
    draft = drafts.propose(cast.document("Nobody else has read this"), author=clinician)

    assert pages_named([draft.title], reader=clinician) == {draft.title: {draft.page_id}}
    assert pages_named([draft.title], reader=colleague) == {draft.title: set()}
