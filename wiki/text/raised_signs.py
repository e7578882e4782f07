"""Raised and lowered signs: the characters that stand for those of a superscript or subscript."""

from typing import Final

# What is raised or lowered sign by sign.
RAISABLE: Final = r"[\d+−–=()n-]+"
LOWERABLE: Final = r"[\d+−–=()-]+"
RAISED: Final = str.maketrans("0123456789+-−–=()nm", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿᵐ")
LOWERED: Final = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
