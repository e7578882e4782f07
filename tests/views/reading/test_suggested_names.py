"""Names suggested while one types, and searches that found nothing, counted for editors."""

from tests.shown import html_of
from wiki.models import FailedSearch, NameBeginning


def test_names_are_suggested_by_the_beginning_of_any_word(library, client):
    def suggested(typed):
        results = client.get("/search/suggest/", {"q": typed}).json()["results"]
        return [(one["label"], one["by"]) for one in results]

    assert suggested("hypo") == [("Hypoparathyroidism", "Hypoparathyroidism")]
    assert suggested("calc") == [("Brain calcification", "Brain calcification")]
    assert suggested("PTH d") == [("Hypoparathyroidism", "PTH deficiency")]
    assert suggested("e20") == [("Hypoparathyroidism", "E20.9")]
    assert suggested("zzz") == suggested("") == suggested("%") == []


def test_suggestions_for_frequent_beginnings_are_precomputed(library, client):
    by_hand = client.get("/search/suggest/", {"q": "b"}).json()

    assert NameBeginning.objects.choose(20, 0) > 20
    assert client.get("/search/suggest/", {"q": "b"}).json() == by_hand


def test_searches_without_result_are_counted_without_personal_data(library, client, clinician):
    for query in ("Xanthoma zebra", "zebra  xanthoma!", "me@example.org xanthoma", "xanthoma 12345678"):
        client.get("/search/", {"q": query})
    client.get("/search/", {"q": "hormone"})

    assert list(FailedSearch.objects.values_list("words", "times")) == [("xanthoma zebra", 2)]
    client.force_login(clinician)
    assert "xanthoma zebra" not in html_of(client.get("/search/found-nothing/"))
    FailedSearch.objects.update(times=5)
    assert "xanthoma zebra" in html_of(client.get("/search/found-nothing/"))
