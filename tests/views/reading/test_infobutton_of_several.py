"""A request about several problems of a patient: each is answered, or it is said that it is not."""

import pytest

from tests import cast
from tests.remembered import remembered
from wiki.models import FailedSearch
from wiki.text.document import Code

ICD10CM = "2.16.840.1.113883.6.90"


@remembered
def pages(clinician, moderator):
    """Return two pages: one with a code, one with that of a wider subject than the other code."""
    named = (("Low PTH", "E20.9"), ("Calcium trouble", "E83"))
    return [
        cast.make_page(clinician, moderator, title, codes=(Code("ICD-10-CM", code),)) for title, code in named
    ]


@pytest.mark.parametrize(
    ("second", "nothing_on"),
    [
        ("c2=Z99.9&cs2={0}", "ICD-10-CM Z99.9"),
        ("c2=Z99.9&cs2=ICD-10-CM", "ICD-10-CM Z99.9"),
        ("c2=Z99.9&cs2={0}&dn2=Dependence", "Dependence"),
        ("c2=E83.51&cs2={0}", ""),
    ],
)
def test_a_second_problem_without_a_page_of_its_own_is_not_passed_over(pages, client, second, nothing_on):
    """One page is on exactly the first code; the second is of the same system, so it is another problem."""
    query = f"c1=E20.9&cs1={ICD10CM}&{second.format(ICD10CM)}"

    page, feed = (client.get(f"/{path}?{query}") for path in ("infobutton/", "service"))

    assert page.status_code == 200
    assert page.context["entries"][0].page.title == "Low PTH"
    assert (f"nothing on <b>{nothing_on}</b> yet" in page.content.decode()) is bool(nothing_on)
    assert (f"Nothing on {nothing_on} yet" in feed.content.decode()) is bool(nothing_on)
    assert FailedSearch.objects.count() == bool(nothing_on)
