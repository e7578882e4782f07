"""What stands in the boxes of a drawing: it fits, and what is alike but for its end stays apart."""

import pytest

from wiki.screens.exploring.links import FROM_DATA, LinkSide, NearLink
from wiki.screens.exploring.neighbourhood import NARROW, WIDE, DrawnBox, _width


def link_to(name, certainty="high certainty", weight="high"):
    return NearLink(
        side=LinkSide.LEFT,
        relation="has_manifestation",
        label="can be a symptom of",
        name=name,
        address="/",
        kind="disease",
        weight=weight,
        certainty=certainty,
        frequency="12 of 12 (100%)",
        rank=0,
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Seizures", "Seizures"),
        ("Basal ganglia calcification, idiopathic, 5", "Basal ganglia … idiopathic, 5"),
        ("Basal ganglia calcification, idiopathic, 7, autosomal recessive", "Basal … 7, autosomal recessive"),
        ("Proteasome-associated autoinflammatory syndrome 6", "Proteasome-associate… syndrome 6"),
        ("Supercalifragilisticexpialidociousness", "Supercalifragilisticexpialidocious…"),
    ],
)
def test_a_long_name_keeps_its_first_and_last_words(name, shown):
    assert DrawnBox(link_to(name), 0, 0, "", WIDE).name == shown


@pytest.mark.parametrize("geometry", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["MMMM WWWW " * 9, "ill " * 30, "m" * 90, "a" * 40 + " " + "b" * 40])
def test_whatever_it_is_called_it_fits_into_its_box(geometry, name):
    box = DrawnBox(link_to(name), 0, 0, "", geometry)

    assert 0 < _width(box.name) <= geometry.name
    assert _width(box.details) <= geometry.details


@pytest.mark.parametrize(
    ("geometry", "weight", "certainty", "shown"),
    [
        (WIDE, FROM_DATA, "from a data set, not graded", "can be a symptom of · data · 12 of 12 (100%)"),
        (WIDE, "high", "high certainty", "can be a symptom of · high · 12 of 12 (100%)"),
        (NARROW, "high", "high certainty", "can be a symptom of · high"),
        (NARROW, "disputed", "evidence conflicts, low certainty", "evidence conflicts, low"),
        (
            WIDE,
            "refuted",
            "claimed, not supported, low certainty",
            "… be a symptom of · claimed, not supported, low",
        ),
        (NARROW, "refuted", "claimed, not supported, low certainty", "claimed, not supported, low"),
    ],
)
def test_the_second_line_drops_all_else_before_how_sure_it_is(geometry, weight, certainty, shown):
    assert DrawnBox(link_to("Seizures", certainty, weight), 0, 0, "", geometry).details == shown
