"""What people type into the form of a page."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from wiki.forms.editing.typed import Typed, names_in_one_line, names_of_one_line
from wiki.forms.library.identifiers import complaint, keys_and_rest
from wiki.text.document import Code, Document, Row
from wiki.text.sources.typed_authors import people_of


@pytest.mark.parametrize(
    ("text", "keys", "rest"),
    [
        ("", (), ""),
        ("pmid:1 pmid:2", ("pmid:1", "pmid:2"), ""),
        ("pmid:1,pmid:2;pmid:1", ("pmid:1", "pmid:2"), ""),
        ("PMID 33788935", ("pmid:33788935",), ""),
        ("2012 Wang C, 33788935", ("pmid:33788935",), "Wang, C, 2012"),
        ("2012", ("pmid:2012",), ""),
        ("PMID: 33788935, doi: 10.1210/clinem/dgab162", ("pmid:33788935", "doi:10.1210/clinem/dgab162"), ""),
        ("https://pubmed.ncbi.nlm.nih.gov/33788935/", ("pmid:33788935",), ""),
        ("22327515 33788935", ("pmid:22327515", "pmid:33788935"), ""),
        ("978 0 306 40615 7", ("isbn:9780306406157",), ""),
        ("978 0 306 40615 8", (), "978 0 306 40615 8"),
        ("10.1038/ng.1077 nonsense", ("doi:10.1038/ng.1077",), "nonsense"),
        ("10.1002/(SICI)62:4<331::A>3.0.CO;2-D", ("doi:10.1002/(sici)62:4<331::a>3.0.co;2-d",), ""),
        ("10.12/x", (), "10.12/x"),
    ],
)
def test_sources_are_found_in_what_is_pasted(text, keys, rest):
    assert keys_and_rest(text) == (keys, rest)


@given(st.text())
def test_text_without_a_source_is_unchanged_when_parsed_again(text):
    _, rest = keys_and_rest(text)

    assert keys_and_rest(rest) == ((), rest)
    assert all(complaint(part) for part in rest.split(", ") if part)


@given(st.lists(st.text(st.characters(categories=["L", "N"], include_characters=" ,-'"), min_size=1)))
def test_names_survive_a_round_trip_through_one_line(names):
    tidy = tuple(name for name in (" ".join(name.split()) for name in names) if name.strip(" ,"))

    assert names_of_one_line(names_in_one_line(tidy)) == tidy


def test_a_document_survives_a_round_trip_through_the_form():
    document = Document(
        title="Fahr",
        kind="condition",
        summary="Words.",
        aliases=("PFBC, familial", "IBGC"),
        codes=(Code("OMIM", "213600"),),
        body="\n## One\n\nTwo  \n",
        statements=(Row("causes", 7, "asserted", "low", "cohort", "A note", ("pmid:1", "doi:10.1000/x")),),
    )
    typed = Typed.from_document(document, {7: "Seizures"}, {"note": "Why"})

    post = QueryDict(mutable=True)
    post.update(typed.head)
    for n, code in enumerate(typed.codes):
        post.update({f"codes-{n}-{name}": value for name, value in code.items()})
    for n, row in enumerate(typed.statements):
        post.update({f"statements-{n}-{name}": value for name, value in row.items()})
        post.setlist(f"statements-{n}-cited", list(typed.cited[n]))

    assert Typed.from_post(post) == typed
    assert Typed.from_json(typed.as_json()) == typed


@pytest.mark.parametrize("act", ["remove-statement-1", "remove-code-1"])
def test_a_button_removes_its_own_row(act):
    post = QueryDict(mutable=True)
    for n, word in enumerate("abc"):
        post[f"statements-{n}-note"] = post[f"codes-{n}-code"] = word
    post["act"] = act

    typed = Typed.from_post(post)

    left = ["a", "c"] if "statement" in act else ["a", "b", "c"]
    assert [row["note"] for row in typed.statements] == left
    assert len(typed.codes) == 5 - len(left)


def test_a_button_removes_one_source():
    post = QueryDict("statements-4-cited=pmid:1&statements-4-cited=pmid:2&act=remove-source-4-0")

    assert Typed.from_post(post).cited == (("pmid:2",),)


def test_empty_rows_are_left_out_and_the_rest_is_numbered_anew():
    post = QueryDict("statements-0-note=&statements-5-note=x&codes-1-code=+&codes-2-code=y")

    typed = Typed.from_post(post)

    assert [row["note"] for row in typed.statements] == ["x"]
    assert [row["code"] for row in typed.codes] == ["y"]


def test_line_ends_become_newlines_and_nul_a_replacement_character():
    post = QueryDict("body=one%0D%0Atwo&title=a%00b")

    typed = Typed.from_post(post)

    assert typed.head["body"] == "one\ntwo"
    assert typed.head["title"] == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", []),
        (
            "Smith AB, van der Berg C",
            [
                {"family": "Smith", "given": "A B"},
                {"family": "Berg", "given": "C", "non-dropping-particle": "van der"},
            ],
        ),
        (
            "Smith, John; Jones, Ann",
            [{"family": "Smith", "given": "John"}, {"family": "Jones", "given": "Ann"}],
        ),
        (
            "Smith, John\nJones, Ann",
            [{"family": "Smith", "given": "John"}, {"family": "Jones", "given": "Ann"}],
        ),
        (
            "Smith J, Jones A and Brown B Jr",
            [
                {"family": "Smith", "given": "J"},
                {"family": "Jones", "given": "A"},
                {"family": "Brown", "given": "B", "suffix": "Jr"},
            ],
        ),
        ("Centre for Health and Care", [{"literal": "Centre for Health and Care"}]),
        ("Jones A-M & Brown B", [{"family": "Jones", "given": "A M"}, {"family": "Brown", "given": "B"}]),
        (
            "Smith, J. A., Jones, B., & Brown, C.",
            [
                {"family": "Smith", "given": "J. A."},
                {"family": "Jones", "given": "B."},
                {"family": "Brown", "given": "C."},
            ],
        ),
        ("Li, X", [{"family": "Li", "given": "X"}]),
        ("J. Smith, A.-B. Jones", [{"family": "Smith", "given": "J"}, {"family": "Jones", "given": "A B"}]),
        (
            "Smith J Jr, Jones A III",
            [
                {"family": "Smith", "given": "J", "suffix": "Jr"},
                {"family": "Jones", "given": "A", "suffix": "III"},
            ],
        ),
        ("Kim S-H, Lee YJ", [{"family": "Kim", "given": "S H"}, {"family": "Lee", "given": "Y J"}]),
        ("Smith J1,2, Jones A³*", [{"family": "Smith", "given": "J"}, {"family": "Jones", "given": "A"}]),
        (
            "Smith J (editor), COVID19 Group",
            [{"family": "Smith", "given": "J"}, {"literal": "COVID19 Group"}],
        ),
        ("Smith A.B.; et al.", [{"family": "Smith", "given": "A B"}]),
        ("World Health Organization", [{"literal": "World Health Organization"}]),
        ("WHO", [{"literal": "WHO"}]),
    ],
)
def test_authors_are_read_as_people_write_them(text, people):
    assert people_of(text) == people
