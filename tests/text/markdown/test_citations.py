"""Citations in text."""

import pytest

from wiki.text.markdown.citations import keys_of
from wiki.text.markdown.html import outline


@pytest.mark.parametrize(
    ("group", "keys"),
    [
        ("pmid:22327515", ["pmid:22327515"]),
        ("PMID: 1; @https://doi.org/10.1038/NG.1077;\n@pmid:1", ["pmid:1", "doi:10.1038/ng.1077"]),
        ("10.1890/0012(2006)87[1832:TPC]2.0.CO;2", ["doi:10.1890/0012(2006)87[1832:tpc]2.0.co;2"]),
        ("kiroglu2010; @ ", ["kiroglu2010"]),
        ("  ", []),
    ],
)
def test_the_keys_of_a_group_are_normalised(group, keys):
    assert keys_of(group) == keys


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Seen.[@pmid:2; @pmid:1] Again [@pmid:2].", ("pmid:2", "pmid:1")),
        ("[@10.1890/0012(2006)87[1832:TPC]2.0.CO;2]", ("doi:10.1890/0012(2006)87[1832:tpc]2.0.co;2",)),
        ("[@ ] [@] [@a [b `[@pmid:1]`", ()),
        ("[@pmid:1](https://example.org)", ("pmid:1",)),
        ("[see [@pmid:1]](https://example.org)", ("pmid:1",)),
        ("[@" + "x" * 2_001 + "]", ()),
    ],
)
def test_citations_are_found(written, keys):
    assert outline(written).citations == keys
