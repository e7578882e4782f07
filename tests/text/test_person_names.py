"""Names of people that readers could not tell apart."""

import pytest

from wiki.text.person_names import name_keys

TAKEN = name_keys("Dr Amara Osei")
ALIKE = """Amara Osei|AMARA OSEI|Osei, Amara|Osei Amara|Dr Am\u0430ra Osei|Arnara Osei|Amara Osel|Amara 0sei
✓ Dr Amara Osei|Dr Amara Osei ✓|Dr Amara Osei ★|Amara Osei M.D.|Amara Osei, MD PhD|PD Dr. Amara Osei
Dr Amara Osei, Consultant|Dr Amara Osei (neuroradiologist)|Amara Osei – neuroradiologist|Amara Osei MRCP(UK)
Moderator Amara Osei|Amara Osei, moderator|Pharmacist Amara Osei|Ms Amara Osei RN|Amara Osei (verified)
Sister Amara Osei|Nurse Amara Osei FRCGP|Assistant Prof Amara Osei|Amara Osei MRPharmS|Hon. Amara Osei OBE
A m a r a Osei|Ⓐmara Osei|Amara Os℮i|Amara Osei ™|Dr.Amara Osei"""
OTHERS = """Amara K. Osei|Amara M. Osei|Amara M Osei
Amara Osei Jr|Amara Mensah|Osei|Amara Osei (St Mary's)|Amira Osei"""


def _names(text):
    return text.replace("\n", "|").split("|")


@pytest.mark.parametrize("name", _names(ALIKE))
def test_names_differing_in_titles_marks_or_order_are_equal(name):
    assert name_keys(name) & TAKEN


def test_a_user_name_with_a_title_in_it_is_the_same_with_a_space():
    assert name_keys("second moderator") & name_keys("second-moderator")


@pytest.mark.parametrize("name", _names(OTHERS))
def test_a_different_name_has_different_keys(name):
    assert not name_keys(name) & TAKEN
