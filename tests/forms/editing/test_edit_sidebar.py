"""What the form of a page says beside its fields."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from tests import cast
from wiki.acts.writing import retirement
from wiki.forms.editing.draft import EMPTY, DraftForm
from wiki.forms.editing.edit_sidebar import EditSidebar
from wiki.forms.editing.typed import Typed
from wiki.models import Revision
from wiki.text.document import Retirement

OLD = "Hypoparathyroidism"


def beside(page, clinician, **changes):
    document = replace(cast.document(OLD), **changes)
    return EditSidebar(page, DraftForm.of_document(document, writer=clinician))


def test_a_new_page_has_no_old_title_and_is_not_retired(clinician):
    companion = EditSidebar(None, DraftForm.of_document(EMPTY, writer=clinician))

    assert (companion.renaming, companion.retiring, companion.sections, companion.slug) == (
        None,
        None,
        [],
        "",
    )


def test_a_new_title_shows_its_consequences(published, clinician):
    companion = beside(published, clinician, title="Low  parathyroid hormone")

    assert companion.renaming.moves
    assert companion.renaming.slug == "low-parathyroid-hormone"
    assert not companion.renaming.is_kept
    assert companion.slug == "hypoparathyroidism"


@pytest.mark.parametrize(("aliases", "among"), [((), False), (("HP", "hypoparathyroidism"), True)])
@pytest.mark.parametrize("title", [OLD, "Another title"])
def test_the_old_title_counts_as_kept_only_if_it_is_an_alias(published, clinician, title, aliases, among):
    renaming = beside(published, clinician, title=title, aliases=aliases).renaming

    assert renaming.is_among_names is among


@pytest.mark.parametrize(
    ("began_as", "title", "meanwhile", "left"),
    [
        (OLD, OLD, False, False),
        (OLD, "Another title", False, False),
        ("Low PTH", "Low PTH", True, True),
        ("Low PTH", "Another title", True, False),
    ],
)
def test_a_page_renamed_meanwhile_keeps_its_title(published, clinician, began_as, title, meanwhile, left):
    form = DraftForm.of_document(cast.document(title), writer=clinician)

    companion = EditSidebar(published, form, Revision(title=began_as))

    assert (companion.was_renamed_meanwhile, companion.keeps_old_title) == (meanwhile, left)


def test_missing_usual_sections_are_listed(published, clinician):
    companion = beside(published, clinician)

    assert companion.sections[0].section.heading == "What it is"
    assert "What it is" not in [one.section.heading for one in companion.missing]
    assert "Treatment" in [one.section.heading for one in companion.missing]


def test_a_retired_page_shows_its_retirement_and_no_renaming(published, clinician, moderator):
    assert beside(published, clinician).retiring is None
    assert beside(published, clinician, retirement=Retirement("Why.")).retiring.before is None
    cast.approve(retirement.retire(published, by=clinician, retirement=Retirement("Why.")), moderator)

    companion = beside(published, clinician)

    assert companion.retiring.before == Retirement("Why.")
    assert companion.renaming is None


# --- The old title as another name -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "aliases", "named"),
    [
        ("New title", "", OLD),
        ("New title", "One, two", f"One, two, {OLD}"),
        ("New title", "One; with, comma", f"One; with, comma; {OLD};"),
        ("New title", "hypoparathyroidism", "hypoparathyroidism"),
        (OLD, "One", "One"),
        (f" {OLD.upper()} ", "", ""),
    ],
)
def test_keep_title_adds_the_old_title_to_the_aliases(title, aliases, named):
    post = QueryDict(mutable=True)
    post.update({"title": title, "aliases": aliases, "keep_title": OLD})

    assert Typed.from_post(post).head["aliases"] == named


def test_without_keep_title_the_aliases_stay_as_typed():
    post = QueryDict(mutable=True)
    post.update({"title": "New title", "aliases": "One"})

    assert Typed.from_post(post).head["aliases"] == "One"


# --- Usual statements --------------------------------------------------------------------------------------


def test_the_usual_statements_of_a_kind_are_buttons_and_no_empty_rows(client, clinician):
    client.force_login(clinician)

    html = client.get("/new/?title=Gout&kind=condition").content.decode()

    assert 'id="statement-0"' not in html
    assert 'value="add-statement-causes"' in html
    assert 'value="add-statement-affects_site"' in html


def test_a_row_is_saved_as_soon_as_anything_is_chosen_in_it(client, clinician):
    client.force_login(clinician)
    rows = {
        "statements-0-relation": "",
        "statements-1-relation": "affects_site",
        "statements-1-object": "Basal ganglia",
        "statements-2-relation": "causes",
    }

    client.post("/new/", {"title": "Gout", "kind": "condition", "act": "save", **rows})

    typed = Revision.objects.get().typed
    assert typed is not None
    assert [row["relation"] for row in typed["statements"]] == ["affects_site", "causes"]
