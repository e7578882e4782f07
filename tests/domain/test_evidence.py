"""Grades and bases: what holds for every one of them."""

from wiki.domain.evidence import GRADES_TO_CHOOSE, Basis, Grade


def test_grades_rank_from_high_to_none():
    assert [grade.rank for grade in Grade] == [4, 3, 2, 1, 0, 0]
    assert all(grade.meaning for grade in Grade)
    assert set(GRADES_TO_CHOOSE) == {grade for grade in Grade if grade.rank}


def test_every_basis_has_words():
    assert all(basis.label for basis in Basis)
