"""Which page stands for a retired one."""

import pytest

from wiki.models.queries import succession
from wiki.models.queries.succession import Live, Succession

# Page → the one that replaces it; None of a page that is not retired, 0 of one that nothing replaces.
LED = {1: 2, 2: 3, 3: 4, 4: 5, 5: None, 6: 7, 7: 8, 8: 6, 9: 0, 10: 11}


@pytest.fixture
def led(monkeypatch):
    """Answer for the database, which would have to be told of ten retirements."""

    def published(ids, day):
        return [
            Live(one, f"page-{one}", f"Page {one}", "condition", LED[one] is not None, LED[one] or None)
            for one in ids
            if one in LED
        ]

    monkeypatch.setattr(succession, "_published", published)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (5, 5),
        (4, 5),
        # However many were retired one after another.
        (1, 5),
        # In a circle, with no successor, or with one that is not published, a page stays what it is.
        (6, 6),
        (9, 9),
        (10, 10),
    ],
)
def test_a_retired_page_leads_to_the_first_one_that_is_not(led, asked, shown):
    found = Succession([asked]).shown_for(asked)

    assert found is not None
    assert found.page_id == shown


def test_nothing_is_shown_for_a_page_that_is_not_published(led):
    assert Succession([12]).shown_for(12) is None
