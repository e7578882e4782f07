"""What another title means."""

import pytest

from tests import cast
from wiki.models import PublishedPage
from wiki.screens.rename_impact import RenameImpact


@pytest.fixture
def old(published):
    return PublishedPage.objects.get(page=published).publication.revision


@pytest.mark.parametrize(
    ("title", "renamed", "moves"),
    [
        ("Hypoparathyroidism", False, False),
        ("HYPOPARATHYROIDISM", True, False),
        ("Low parathyroid hormone", True, True),
        ("", True, False),
    ],
)
def test_a_page_moves_when_its_title_makes_another_address(old, title, renamed, moves):
    renaming = RenameImpact(old, title, ())

    assert (renaming.is_renamed, renaming.moves) == (renamed, moves)


@pytest.mark.parametrize(
    ("title", "aliases", "kept"),
    [
        ("Low parathyroid hormone", (), False),
        ("Low parathyroid hormone", ("HP", "hypoparathyroidism"), True),
        ("Hypo-parathyroidism", (), False),
        ("HYPOPARATHYROIDISM", (), True),
    ],
)
def test_the_old_title_is_kept_if_it_is_among_the_aliases(old, title, aliases, kept):
    assert RenameImpact(old, title, aliases).is_kept is kept


def test_the_pages_that_link_to_it_are_counted(old, clinician, moderator):
    assert RenameImpact(old, "Another", ()).links == 0

    cast.make_page(clinician, moderator, body="See [[Hypoparathyroidism]] and [[hypoparathyroidism|it]].")

    assert RenameImpact(old, "Another", ()).links == 1
