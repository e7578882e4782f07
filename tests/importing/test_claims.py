"""Each of the 54 claims that people make about brain calcification is dealt with."""

from pathlib import Path

import pytest
import yaml

from wiki.models import PublishedPage, Statement

CLAIMS = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text(encoding="utf-8"))
NOT_SIMPLY_TRUE = {"unsupported", "disputed", "refuted", "wrong", "incorrect"}


def folded(text):
    return " ".join(text.split())


@pytest.fixture
def said(starter_wiki):
    """Return a function that gives every text of the page of a title: body, summary, notes of statements."""

    def texts(title):
        document = PublishedPage.objects.get(title=title).publication.revision.document
        return [
            folded(text)
            for text in (document.body, document.summary, *(row.note for row in document.statements))
        ]

    return texts


def test_there_are_54_claims_and_each_is_named_once():
    ids = [claim["id"] for claim in CLAIMS]

    assert len(ids) == len(set(ids)) == 54


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])
def test_each_claim_is_covered_in_text_or_by_a_statement(said, claim):
    assert claim.get("says") or claim.get("statement")
    for place in claim.get("says") or ():
        assert any(folded(place["text"]) in text for text in said(place["page"])), place

    if stated := claim.get("statement"):
        statement = Statement.objects.public().get(
            subject__published_page__title=stated["subject"],
            relation=stated["relation"],
            object__published_page__title=stated["object"],
        )
        assert statement.stance == stated["stance"]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["id"])
def test_a_claim_that_is_not_true_is_not_an_asserted_statement(claim):
    if claim["verdict"] in NOT_SIMPLY_TRUE and claim.get("statement"):
        assert claim["statement"]["stance"] != "asserted"
