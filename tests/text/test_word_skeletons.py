"""Names of pages that look the same, whatever letters they are written with."""

import random

import pytest

from wiki.text.confusables import LONGEST, name_skeleton, plain_words, word_skeleton

TWINS = [
    ("Hyp\u043eparathyroidism", "Hypoparathyroidism"),
    ("НYРОРАRАТНYRОIDISМ", "Hypoparathyroidism"),
    ("Кartagener", "Kartagener"),
    ("кartagener", "Kartagener"),
    ("ＨＹＰＯparathyroidism", "hypoparathyroidism"),
    ("𝐇𝐲𝐩𝐨parathyroidism", "Hypoparathyroidism"),
    ("Hypo\u200bpara\u00adthyroidism", "Hypoparathyroidism"),
    ("Ménière’s disease", "Meniere's disease"),
    ("Meniére disease", "Menie\u0301re disease"),
    ("Basal\u00a0ganglia", "Basal ganglia"),
    ("Basal–ganglia", "Basal-ganglia"),
    ("SLC2OA2", "SLC20A2"),
    ("lodine", "Iodine"),
    ("Type l", "Type 1"),
    ("ΡΤΗ", "PTH"),
    ("ѕeizures", "Seizures"),
    ("ɡene", "gene"),
    ("cornea", "comea"),
    ("Wilson disease", "VVilson disease"),
    ("ᴡɪʟsᴏɴ disease", "Wilson disease"),
    ("\u043c\u0443opathy", "Myopathy"),
    ("\u041c\u0443opathy", "Myopathy"),
    ("5\u00d7 test", "5x test"),
    ("Foo®", "Foo"),
]
OTHERS = [
    ("Hypoparathyroidism", "Hyperparathyroidism"),
    ("Hypoparathyroidism", "Pseudohypoparathyroidism"),
    ("Type 1", "Type 2"),
    ("SLC20A2", "SLC20A1"),
    ("Calcium", "Calcitriol"),
    ("β-blocker", "α-blocker"),
    ("PDGFB", "PDGFRB"),
    ("Basal ganglia", "Basalganglia"),
    ("かさ", "がさ"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_words_that_look_the_same_have_one_skeleton(one, other):
    assert word_skeleton(one) == word_skeleton(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_words_that_look_different_have_two_skeletons(one, other):
    assert word_skeleton(one) != word_skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ménière’s disease", "meniere's  disease", True),
        ("Hyp\u043eparathyroidism", "Hypoparathyroidism", False),
        ("lodine", "Iodine", False),
    ],
)
def test_plain_words_differ_by_letters_not_by_marks(one, other, is_same):
    assert (plain_words(one) == plain_words(other)) is is_same


def test_a_sign_that_stands_for_words_fits_the_column():
    assert len(word_skeleton("\ufdfa" * 120)) <= LONGEST


def test_one_foreign_letter_keeps_the_skeleton_of_a_name():
    """As measured: 50 titles with one Cyrillic letter each were all taken."""
    draw = random.Random(7)  # noqa: S311  # no secret
    cyrillic = str.maketrans("aceopxyijsABCEHIKMOPTXYS", "асеорхуіјѕАВСЕНІКМОРТХУЅ")
    titles = [
        "Hypoparathyroidism",
        "Basal ganglia calcification",
        "Seizures",
        "Calcitriol",
        "Cockayne syndrome",
    ]

    for _ in range(200):
        title = draw.choice(titles)
        places = [at for at, one in enumerate(title) if one.translate(cyrillic) != one]
        at = draw.choice(places)
        other = title[:at] + title[at].translate(cyrillic) + title[at + 1 :]
        assert word_skeleton(other) == word_skeleton(title)
        assert plain_words(other) != plain_words(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *TWINS,
        ("Brain calcification", "Calcifications of the brain"),
        ("Basal ganglion", "Basal ganglia"),
        ("Biopsy", "Biopsies"),
        ("Calcinosis", "Calcinoses"),
        ("Muscle", "Muscles"),
        ("Vessel", "Vessels"),
        ("Virus", "Viruses"),
        ("Abscess", "Abscesses"),
        ("Bacterium", "Bacteria"),
        ("Crisis", "Crises"),
        ("Calcificati\u043ens", "Calcification"),
        ("Dose of calcium", "Calcium dose"),
        ("Of", "Of"),
    ],
)
def test_names_that_are_taken_for_each_other_have_one_skeleton(one, other):
    assert name_skeleton(one) == name_skeleton(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [*OTHERS, ("Sodium", "Soda"), ("Vitamin D", "Vitamin K"), ("PTH", "PTHrP")]
)
def test_names_of_different_things_have_two_skeletons(one, other):
    assert name_skeleton(one) != name_skeleton(other)
