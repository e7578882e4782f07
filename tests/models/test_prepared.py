"""Prepared queries: the same rows as composed anew, for each value; and none keeps a day or a setting."""

import sys
from collections.abc import Callable, Iterator
from inspect import signature, unwrap
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.signals import post_init
from django.db.transaction import TransactionManagementError, atomic
from time_machine import travel

from tests import cast
from wiki.models import Page, Publication, Revision, User
from wiki.models.lists.conditions import is_any_of
from wiki.models.lists.prepared import Placeholder, prepared, prepared_row
from wiki.models.lists.row_objects import _is_plain

ASK = {kind(lambda rows: rows).__code__ for kind in (prepared, prepared_row)}


def _all_prepared() -> Iterator[tuple[Callable[..., Any], Any]]:
    """Yield every prepared query of the wiki, with the queryset that it is asked of."""
    managers = [one for model in apps.get_app_config("wiki").get_models() for one in model._meta.managers]
    tables = {type(rows): rows for rows in (one.get_queryset() for one in managers)}
    for kind, rows in tables.items():
        for name in dir(kind):
            if getattr(getattr(kind, name), "__code__", None) in ASK:
                yield getattr(kind, name), rows
    for name, module in list(sys.modules.items()):
        for one in vars(module).values() if name.startswith("wiki.") else ():
            if getattr(one, "__code__", None) in ASK:
                first = next(iter(signature(unwrap(one)).parameters.values()))
                yield one, _table(first.annotation, tables)


def _table(annotation: Any, tables: Any) -> Any:
    """Return the queryset of a type, or of the model that is named in quotes: "models.QuerySet[Session]"."""
    if not isinstance(annotation, str):
        return tables[annotation]
    name = annotation.rpartition("[")[2].removesuffix("]")
    (model,) = [one for one in apps.get_models() if one.__name__ == name]
    return model._default_manager.get_queryset()


def _composed(query: Callable[..., Any], rows: Any) -> tuple[str, list[object]]:
    compose = unwrap(query)
    _, *names = signature(compose).parameters
    sql, params = compose(rows, *map(Placeholder, names)).query.get_compiler("default").as_sql()
    return sql, [one.name if isinstance(one, Placeholder) else one for one in params]


@pytest.mark.django_db
def test_no_prepared_query_keeps_a_day_or_a_setting(settings):
    # It is composed once in the life of a process: what it holds beside its arguments stays as it was.
    queries = list(_all_prepared())
    assert len(queries) > 20
    with travel("2026-03-01"), atomic():
        before = [_composed(*one) for one in queries]
    settings.MFA_REQUIRED, settings.REGISTRATION_REQUIRED = True, True
    with travel("2027-04-02"), atomic():
        assert [_composed(*one) for one in queries] == before


@pytest.mark.django_db
def test_each_time_the_rows_are_those_of_the_values(clinician, moderator, django_assert_num_queries):
    people = User.objects.get_queryset()
    assert people.with_id(clinician.pk) == clinician
    with django_assert_num_queries(1):
        assert people.with_id(moderator.pk) == moderator
    assert people.with_id(0) is None
    # No row has an id that is larger than any of PostgreSQL.
    assert people.with_id(10**30) is None
    # A value is never part of the statement.
    assert people.with_id(None) is None  # type: ignore[arg-type]
    assert people.with_id(pk=clinician.pk) == clinician


@pytest.mark.django_db
def test_the_rows_are_those_of_a_query_composed_anew(clinician, moderator):
    pages = [cast.make_page(clinician, moderator, title, body="Words.") for title in ("Gout", "Rickets")]
    for page in pages:
        found = Publication.objects.live_of(page)
        (row,) = Publication.objects.open_of([page.pk]).select_related("revision")
        assert found is not None
        assert found == row
        for ours, theirs in ((found, row), (found.revision, row.revision)):
            columns = [field.attname for field in type(theirs)._meta.concrete_fields]
            # All are there: what is not, would be asked of the database one by one.
            assert [vars(ours)[one] for one in columns] == [getattr(theirs, one) for one in columns]
            assert (ours._state.adding, ours._state.db) == (False, "default")
        # The text comes along, without another query.
        assert Publication.revision.is_cached(found)
        assert found.revision.content == row.revision.content
    assert len(Publication.objects.live_of_pages([one.pk for one in pages])) == 2


@pytest.mark.django_db
def test_a_query_is_composed_once(clinician):
    composed = []

    @prepared
    def named(people: "models.QuerySet[User]", ids: list[int]) -> "models.QuerySet[User, tuple[int, str]]":
        composed.append(ids)
        return people.filter(is_any_of("pk", ids)).values("pk").values_list("pk", "username")

    for _ in range(3):
        assert named(User.objects.all(), [clinician.pk]) == [(clinician.pk, clinician.username)]
        assert named(User.objects.all(), [0]) == []
    assert len(composed) == 1


def test_whoever_listens_for_new_objects_hears_of_them():
    def listen(**_: object) -> None:
        pass

    assert _is_plain(User)
    post_init.connect(listen, sender=User)
    try:
        assert not _is_plain(User)
    finally:
        post_init.disconnect(listen, sender=User)


@pytest.mark.django_db
def test_related_rows_are_loaded_anew_each_time(clinician, django_assert_num_queries):
    @prepared
    def with_drafts(people: "models.QuerySet[User]", pk: int) -> "models.QuerySet[User]":
        return people.filter(pk=pk).prefetch_related("revisions")

    (person,) = with_drafts(User.objects.all(), clinician.pk)
    assert list(person.revisions.all()) == []
    page = Page.objects.create()
    draft = Revision.objects.create(page=page, author=clinician, author_name="x", content={})
    with django_assert_num_queries(2):
        (person,) = with_drafts(User.objects.all(), clinician.pk)
        assert list(person.revisions.all()) == [draft]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "narrowed",
    [
        lambda: User.objects.filter(pk=1),
        lambda: User.objects.exclude(pk=1),
        lambda: User.objects.annotate(one=models.Value(1)),
        lambda: User.objects.all()[:5],
    ],
    ids=["filter", "exclude", "annotate", "slice"],
)
def test_rows_that_were_narrowed_are_not_asked(narrowed):
    with pytest.raises(TypeError, match="whole table"):
        narrowed().with_id(1)


@pytest.mark.django_db(transaction=True)
def test_rows_are_not_locked_outside_a_transaction(clinician, moderator):
    page = cast.make_page(clinician, moderator, "Gout", body="Words.")
    revision = page.revisions.get()
    with atomic():
        assert [*Page.objects.locked_of_revision(revision.pk)] == [page.pk]
    assert connection.get_autocommit()
    with pytest.raises(TransactionManagementError):
        Page.objects.locked_of_revision(revision.pk)
