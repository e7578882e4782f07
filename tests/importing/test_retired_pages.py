"""Retired pages as files, in and out."""

import pytest

from tests import cast
from tests.importing.filed import SOURCE, exported, file, says
from wiki.acts.writing import retirement
from wiki.importing.front_matter import (
    FiledRetirement,
    dumps,
    loads,
)
from wiki.models import (
    Page,
    PublishedPage,
    Statement,
)
from wiki.policy.refusal import Refused
from wiki.text.document import Retirement

RETIRED = [
    file(
        "Abandoned",
        retired=FiledRetirement("Nobody calls it so."),
        sources=(SOURCE,),
        statements=(says("Beta"),),
    ),
    file("Ancient", retired=FiledRetirement("It is the same.", "Beta")),
    file("Beta", kind="finding"),
    file(
        "Gamma", statements=(says("Abandoned"), says("Ancient")), sources=(SOURCE,), body="See [[Ancient]]."
    ),
]


def test_retired_pages_are_loaded_in_any_order_and_exported_unchanged(load):
    assert load(RETIRED) == 4

    assert list(exported().values()) == [dumps(one) for one in RETIRED]
    assert Page.objects.get(addresses__slug="ancient", replaced_by__published_page__title="Beta").retired
    assert [one.object.published_page.title for one in Statement.objects.public()] == ["Beta"]
    assert load([loads(text) for text in exported().values()]) == 0


def test_a_chain_of_retired_pages_is_exported_with_its_last_successor(load, clinician, moderator):
    load(RETIRED)
    last = cast.make_page(clinician, moderator, "Delta", kind="finding")
    beta = PublishedPage.objects.get(slug="beta").page
    revision = retirement.retire(beta, by=clinician, retirement=Retirement("It moved.", last.pk))
    cast.approve(revision, moderator)

    files = {name: loads(text) for name, text in exported().items()}

    assert {name: one.retired.replaced_by for name, one in files.items() if one.retired} == {
        "abandoned.md": "",
        "ancient.md": "Delta",
        "beta.md": "Delta",
    }


def test_a_page_can_be_retired_by_a_file_and_brought_back_by_another(load):
    load([file("Alpha"), file("Beta")])

    assert load([file("Alpha", retired=FiledRetirement("It is the same.", "Beta"))]) == 1
    assert [one.title for one in PublishedPage.objects.all()] == ["Beta"]
    assert load([file("Alpha")]) == 1
    assert [one.title for one in PublishedPage.objects.order_by("slug")] == ["Alpha", "Beta"]


def test_a_retirement_with_an_unknown_successor_is_refused(load):
    with pytest.raises(Refused, match="Alpha: there is no page named “Nowhere”"):
        load([file("Alpha", retired=FiledRetirement("Why.", "Nowhere"))])
