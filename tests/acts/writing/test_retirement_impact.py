"""The impact of a retirement, shown before it is approved."""

from dataclasses import replace

from tests import cast
from tests.acts.writing.test_retirement import retire, send
from wiki.models import (
    PublishedPage,
)
from wiki.screens.retirement_impact import RetirementImpact
from wiki.text.document import Retirement


def foreseen(page, into=None):
    live = PublishedPage.objects.get(page=page).publication.revision.document
    return RetirementImpact(
        page, live, replace(live, retirement=Retirement("Why.", into.pk if into else None))
    )


def becomes(retiring):
    return [(one.subject.title, one.becomes) for one in retiring.statements]


def test_the_impact_lists_what_becomes_of_each_statement(old, new, naming, clinician, moderator):
    rows = (cast.statement(old), cast.statement(new))
    cast.make_page(clinician, moderator, "Both", statements=rows)
    anatomy = cast.make_page(clinician, moderator, "Basal ganglia", kind="anatomy")

    assert becomes(foreseen(old)) == [("Both", "hidden"), ("Seizure trigger", "hidden")]
    assert becomes(foreseen(old, new)) == [("Both", "stated"), ("Seizure trigger", "follows")]
    assert becomes(foreseen(old, anatomy)) == [("Both", "hidden"), ("Seizure trigger", "hidden")]
    assert len(foreseen(old).hidden) == 2


def test_the_impact_lists_links_and_waiting_changes(old, naming, clinician, colleague):
    waiting = cast.submit(cast.make_edit(old, colleague))
    send(old, clinician)

    retiring = foreseen(old)

    assert [one.title for one in retiring.linked_from] == ["Seizure trigger"]
    assert retiring.waiting == [waiting]


def test_the_impact_includes_dependents_of_pages_already_retired_into_it(
    old, new, naming, clinician, moderator
):
    retire(old, clinician, moderator, new)

    retiring = foreseen(new)

    assert becomes(retiring) == [("Seizure trigger", "hidden")]
    assert [one.title for one in retiring.linked_from] == ["Seizure trigger"]


def test_the_impact_points_out_a_successor_without_the_old_title(old, new, clinician, moderator):
    assert foreseen(old, new).lacks_title
    assert not foreseen(old).lacks_title

    cast.approve(cast.submit(cast.make_edit(new, clinician, aliases=("Fahr Disease",))), moderator)

    assert not foreseen(old, new).lacks_title
