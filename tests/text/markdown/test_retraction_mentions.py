"""Whether a text says of a work that it was retracted, wherever it cites it."""

import pytest

from wiki.text.markdown.retraction_mentions import admitted_in, says_retracted


@pytest.mark.parametrize(
    ("body", "admitted"),
    [
        ("It helps.[@pmid:1]", set()),
        ("It was said to help.[@pmid:1] That work was retracted.", {"pmid:1"}),
        ("It helps.[@pmid:1]\n\nThe study was Retracted.[@pmid:1]", set()),
        ("A retraction.[@pmid:1; @pmid:2]\n\nIt helps.[@pmid:2]", {"pmid:1"}),
        ("Nothing cited; retracted.", set()),
        ("", set()),
    ],
)
def test_a_retraction_counts_as_mentioned_only_if_every_passage_says_so(body, admitted):
    assert admitted_in(body) == admitted


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("It was retracted.", True),
        ("After RETRACTION", True),
        ("It rests on a retracted study.", True),
        ("It was said to help (retracted in 2021).", True),
        ("It helps, says a trial that has since been retracted", True),
        ("The retraction of this paper is told. It was not found again.", True),
        ("untractable", False),
        ("The study was not retracted and shows that it helps.", False),
        ("No retraction is known.", False),
        ("The paper hasn’t been retracted.", False),
        ("It was never retracted.", False),
        ("Calcium helps a retracted gum.", False),
        ("The retracted gum is seen. The study shows that calcium helps it.", False),
        ("Retraction of the chest wall is seen.", False),
        ("The gum was retracted in the study.", False),
        ("In the study the gum was retracted.", False),
        ("The gum in the study was retracted.", False),
        ("A gum that was retracted in a trial bled.", False),
        ("The study shows lid retraction.", False),
        ("The retraction is seen in the report.", False),
        ("The surgeon retracted it for the study.", False),
        ("The gum (retracted in the study) bled.", False),
        ("A study found that the brain was retracted.", False),
        ("The report tells of retraction of the brain.", False),
        ("A study found that swollen gums were retracted.", False),
        ("A study that the gum was retracted in is cited.", False),
        ("Calcium falls; the study that said why was retracted.", True),
        ("The trial, which showed this in adults, was retracted.", True),
        ("It was found that papers by the group were retracted.", True),
        ("The gum was moved aside, and retracted.", False),
        ("The chest wall retracted.", False),
        ("It was said there, and retracted.", True),
        ("The study was read widely and then retracted.", True),
        ("The study of gums was retracted.", True),
        ("The study of the gum was later retracted.", True),
        ("In 2021 it was retracted.", True),
        ("A study, published in 2016, was retracted.", True),
        ("The trial, which was formally retracted, says so.", True),
        ("The journal retracted the 2019 paper.", True),
        ("Its authors retracted it.", True),
        ("Smith et al. (2016; retracted).", True),
        ("The paper was read and retracted.", True),
        ("A retraction of the small trial followed.", True),
        ("Both papers have been retracted by the publisher.", True),
    ],
)
def test_phrases_on_a_retraction_are_recognised(words, says):
    assert says_retracted(words) is says
