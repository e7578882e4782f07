"""The form that corrects and verifies a record, and the list of what waits for a signature."""

import pytest

from tests import cast
from tests.shown import html_of
from wiki.acts.library import sources
from wiki.acts.upkeep import retractions
from wiki.importing import lookup
from wiki.models import Checked, Source, SourceNotice
from wiki.text.sources.identifiers import parse


@pytest.fixture
def source(clinician):
    return cast.make_source(clinician)


def typed(client, source, **changes):
    form = client.get(f"/sources/{source.pk}/check/").context["form"]
    shown = {field.name: field.value() for field in form}
    return {**{name: "" if value is None else value for name, value in shown.items()}, **changes}


def shown(client, address):
    return " ".join(html_of(client.get(address)).split())


def test_a_record_is_corrected_and_its_history_is_shown(client, source, colleague):
    client.force_login(colleague)
    numbers = {"volume": "12", "page": "5-9", "number": "e1"}
    form = typed(client, source, **numbers, authors="Smith AB, Jones C", compared_with="The article.")

    answer = client.post(f"/sources/{source.pk}/check/", form, follow=True)

    source.refresh_from_db()
    assert ({name: source.csl[name] for name in numbers}, source.checked) == (numbers, Checked.FULL)
    assert [one["family"] for one in source.csl["author"]] == ["Smith", "Jones"]
    assert "compared it with: The article." in html_of(answer)
    assert "Not fully verified" not in html_of(answer)


def test_unchanged_fields_of_a_record_stay(client, source, colleague):
    before = Source.objects.get(pk=source.pk).csl
    client.force_login(colleague)

    client.post(f"/sources/{source.pk}/check/", typed(client, source, compared_with="The article."))

    source.refresh_from_db()
    assert source.csl == before
    assert source.checked == Checked.FULL


LONG = [{"family": f"Author{number}", "given": "Ann Berta"} for number in range(8)]


def test_a_signer_is_shown_every_field_that_changes(client, clinician, colleague, moderator):
    group = {"literal": "Health, Care and Others"}
    record = {"type": "article-journal", "title": "A study", "author": [*LONG, group]}
    source = sources.add([parse("pmid:7")], record, type="cohort", by=clinician)
    client.force_login(colleague)
    names = typed(client, source)["authors"].replace("Author7 AB", "Author7 AC")
    client.post(f"/sources/{source.pk}/check/", typed(client, source, authors=names, compared_with="It."))
    source.refresh_from_db()
    # Only who was changed is read anew: the others keep their given names, and a group its comma.
    assert source.csl["author"] == [*LONG[:7], {"family": "Author7", "given": "A C"}, group]

    waiting = cast.make_source_check(source, colleague, {**source.csl, "author": [*LONG, group]})
    client.force_login(moderator)
    shown = html_of(client.get(f"/sources/checks/{waiting.pk}/"))
    assert "Author7 AC, Health" in shown
    assert "Author7 AB, Health" in shown


def test_a_check_without_the_compared_work_is_refused(client, source, colleague):
    client.force_login(colleague)

    answer = client.post(f"/sources/{source.pk}/check/", typed(client, source, volume="77"))

    assert answer.status_code == 422
    assert "Say what you compared it with" in html_of(answer)
    assert 'value="77"' in html_of(answer)


def test_a_moderator_signs_a_source_check_from_the_list(client, source, clinician, moderator):
    waiting = cast.make_source_check(source, clinician, {**source.csl, "volume": "12"})
    client.force_login(moderator)
    assert f'href="/sources/checks/{waiting.pk}/"' in html_of(client.get("/sources/checks/"))
    assert "The article itself." in html_of(client.get(f"/sources/checks/{waiting.pk}/"))

    client.post(f"/sources/checks/{waiting.pk}/", {"act": "decline", "reason": ""})
    client.post(f"/sources/checks/{waiting.pk}/", {"act": "confirm"})

    source.refresh_from_db()
    assert source.checked == Checked.FULL


def test_a_check_that_waits_is_open_on_the_page_of_its_source(client, source, clinician, moderator):
    waiting = cast.make_source_check(source, clinician)
    address = f"/sources/{source.pk}/"
    client.force_login(moderator)

    assert "<details open> <summary>How this record was checked" in shown(client, address)
    client.post(f"/sources/checks/{waiting.pk}/", {"act": "confirm"})
    assert "<details> <summary>How this record was checked" in shown(client, address)


def test_a_wrong_identifier_is_corrected_in_the_form_and_stays_in_the_history(client, source, colleague):
    client.force_login(colleague)
    form = typed(
        client, source, compared_with="PubMed.", identifiers="PMID: 7\r\nhttps://doi.org/10.1000/A%28b%29"
    )

    answer = client.post(f"/sources/{source.pk}/check/", form, follow=True)

    shown = html_of(answer)
    assert [one.key for one in Source.objects.with_ids()] == ["pmid:7"]
    assert Source.objects.get().csl["DOI"] == "10.1000/a(b)"
    assert "PMID: <del>22327515</del> <ins>7</ins>" in shown
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/22327515/"' not in shown


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Give at least one identifier"),
        ("pmid:7\n0028-3878", "“0028-3878”: This is an ISSN"),
        ("pmid:7\npmid:8", "Give one PMID"),
        ("ref:mine", "is no DOI, PMID, ISBN or web address"),
    ],
)
def test_identifiers_that_name_no_one_work_are_refused(client, source, colleague, lines, sentence):
    client.force_login(colleague)

    answer = client.post(
        f"/sources/{source.pk}/check/", typed(client, source, compared_with="It.", identifiers=lines)
    )

    assert answer.status_code == 422
    assert sentence in html_of(answer)


def test_a_signer_is_shown_the_identifiers_that_change(client, source, clinician, moderator):
    waiting = cast.make_source_check(source, clinician, ids={"pmid": "7"})
    client.force_login(moderator)

    shown = html_of(client.get(f"/sources/checks/{waiting.pk}/"))

    assert "<strong>PMID</strong>" in shown
    assert "<del>22327515</del> <ins>7</ins>" in shown


RETRACTED = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>{}
</ArticleTitle></Article><CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>J Test. 2021</RefSource><PMID>31</PMID></CommentsCorrections></CommentsCorrectionsList>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""


@pytest.mark.parametrize(
    ("email", "title", "sentence", "standing"),
    [
        ("editor@example.org", "A study of calcium", "", ["pmid:31"]),
        ("editor@example.org", "Sleep in cats", "pmid:7 is “Sleep in cats”. Check whether", []),
        ("", "", "pmid:7 was not looked up", []),
    ],
    ids=["this work", "another work", "no look-ups"],
)
def test_notices_follow_the_corrected_identifier(
    client, source, clinician, moderator, settings, monkeypatch, email, title, sentence, standing
):
    settings.LOOKUP_EMAIL = email
    monkeypatch.setattr(lookup, "_ask", lambda *asked: RETRACTED.format(title).encode())
    retractions.keep_notice(source.pk, nature="concern", reference="pmid:30", keys=["pmid:22327515"])
    retractions.keep_notice(source.pk, nature="correction", reference="10.1000/by-hand")
    waiting = cast.make_source_check(source, clinician, ids={"pmid": "7"})
    client.force_login(moderator)
    words = shown(client, f"/sources/checks/{waiting.pk}/")
    assert "No longer a notice on this work" in words
    assert "Given by hand, and stays a notice on this work" in words
    assert "10.1000/by-hand If it is about the other work" in words

    answer = client.post(f"/sources/checks/{waiting.pk}/", {"act": "confirm"}, follow=True)

    assert sentence in html_of(answer)
    assert "Not about this work:" in html_of(answer)
    assert "came by pmid:22327515, which this record does not have any more" in html_of(answer)
    standing_now = [one.reference for one in SourceNotice.objects.standing().order_by("pk")]
    assert standing_now == sorted(["10.1000/by-hand", *standing])


def test_a_former_identifier_is_told_wherever_somebody_looks_for_a_work(client, source, colleague):
    cast.make_source_check(source, colleague, ids={"pmid": "7"})
    client.force_login(colleague)
    typed_in = {"source-identifier": "pmid:22327515", "source-title": "Another", "source-type": "cohort"}

    found = client.post("/sources/add/", {"act": "find-source", "source-pasted": "PMID 22327515"})
    added = client.post("/sources/add/", typed_in)
    known = client.post(
        "/sources/add/", {**typed_in, "source-identifier": "pmid:7", "source-title": source.title}
    )

    for answer in (found, added):
        assert answer.status_code == 422
        assert "until it was corrected" in html_of(answer)
    assert known.status_code == 302
    assert Source.objects.count() == 1


def test_an_address_that_is_not_changed_stays_the_identifier(client, clinician, colleague):
    source = cast.make_source(clinician, "https://www.who.int/news?id=4")
    client.force_login(colleague)
    form = typed(client, source, compared_with="The page itself.")
    assert form["identifiers"] == "https://www.who.int/news?id=4"

    client.post(f"/sources/{source.pk}/check/", form)

    source = Source.objects.get(pk=source.pk)
    assert source.checked == Checked.FULL
    assert source.key == "url:https://www.who.int/news?id=4"
