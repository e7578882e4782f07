"""The authors of a published text, kept with each publication: the first version that each of them wrote."""

from collections.abc import Collection, Iterable

from wiki.models.publications import Publication
from wiki.models.revision_tree import Family, one_for_each_author
from wiki.models.revisions import Revision
from wiki.models.users import User


def first_versions(revision: Revision, live: Publication | None, branch: Family) -> list[Revision]:
    """Return one version for each author of a text that is published now in place of `live`, oldest first.

    Those of `live` are authors of what is built on it; only what `branch` adds is read beside them.
    """
    before = versions(live.writers).values() if live and live.writers else ()
    every = {one.pk: one for one in (*before, *branch.lineage(revision)) if not one.is_loaded}
    return one_for_each_author(every[pk] for pk in sorted(every))


def versions(ids: Iterable[int]) -> dict[int, Revision]:
    """Return some versions by id with their authors, without what they say. No query for none."""
    wanted = [*set(ids)]
    return {one.pk: one for one in Revision.objects.versions(wanted)} if wanted else {}


def is_among_authors(person: User, revision: Revision) -> bool:
    """Return whether a person is among the authors of a text that is published or waits to be."""
    return person.pk in author_ids(revision)


def author_ids(revision: Revision) -> set[int | None]:
    """Return the ids of the authors of a text that is published or waits to be; None of a closed account."""
    branch = Family.of_branch(revision)
    begun = branch.begun_from(revision)
    kept = Publication.objects.filter(revision__in=[pk for pk in (revision.pk, begun and begun.pk) if pk])
    writers = {pk for ids in kept.values_list("writers", flat=True) for pk in ids}
    return {one.author_id for one in branch.lineage(revision)} | _authors(writers)


def _authors(ids: Collection[int]) -> set[int | None]:
    return set(Revision.objects.filter(pk__in=ids).values_list("author", flat=True)) if ids else set()
