"""Links that are added: harmless where their words are a name of the page that they lead to."""

import pytest

from tests import cast


@pytest.mark.parametrize(("words", "rule"), [("fits", "trifle"), ("doctors", "unrecognised")])
def test_a_link_is_harmless_under_any_name_of_its_page(words, rule, clinician, moderator):
    cast.make_page(clinician, moderator, "Seizures", aliases=("fits",))
    body = "## What it is\n\nMany doctors see fits there.\n\nMore of it."
    page = cast.make_page(clinician, moderator, body=body)

    linked = body.replace(words, f"[[Seizures|{words}]]")
    waiting = cast.propose_change(page, clinician, body=linked)

    assert list(waiting.rules) == [rule]
