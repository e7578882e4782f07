"""ORCID iDs: sixteen digits of which the last checks the others."""

import pytest

from wiki.text.sources.orcid import BadOrcid, parse


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        (" orcid.org/000000021694233x/ ", "0000-0002-1694-233X"),
        ("0000 0001 5109 3700", "0000-0001-5109-3700"),
        (" ", ""),
    ],
)
def test_an_orcid_is_normalised(typed, kept):
    assert parse(typed) == kept


@pytest.mark.parametrize(
    "typed", ["0000-0002-1825-009", "0000-0002-X825-0097", "Amara Osei", "٠٠٠٠-0002-1825-0097"]
)
def test_a_malformed_orcid_is_refused(typed):
    with pytest.raises(BadOrcid, match="16 digits"):
        parse(typed)


@pytest.mark.parametrize("typed", ["0000-0002-1825-0098", "0000-0002-1825-009X", "0000-0020-1825-0097"])
def test_an_orcid_with_a_wrong_check_digit_is_refused(typed):
    with pytest.raises(BadOrcid, match="check digit"):
        parse(typed)
