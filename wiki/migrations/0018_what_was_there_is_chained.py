"""What was written before there were chains is bound as it stands, in the order in which it happened."""

from typing import Any

from django.db import migrations
from django.db.models import F

from wiki.models.chains import payload_of
from wiki.text.canonical_json import link_digest

# The table of a link, its model, and when a row of it was written.
ROWS = [
    ("revision", "Revision", "submitted_at", "page_id"),
    ("verdict", "Verdict", "decided_at", "revision__page_id"),
    ("publication", "Publication", "in_force__startswith", "page_id"),
    ("ending", "Publication", "in_force__endswith", "page_id"),
    ("verification", "Verification", "verified_at", "page_id"),
    ("event", "Event", "at", "page_id"),
]


def chain(apps: Any, schema_editor: Any) -> None:
    """Bind every row, page by page, and last what concerns no page."""
    if apps.get_model("wiki", "Link").objects.exists():
        return
    for page in [*apps.get_model("wiki", "Page").objects.order_by("pk").values_list("pk", flat=True), None]:
        _chain_page(apps, page)


def _chain_page(apps: Any, page: int | None) -> None:
    """Bind all rows of one page, oldest first."""
    found = []
    for rank, (table, model, moment, key) in enumerate(ROWS):
        rows = apps.get_model("wiki", model).objects.filter(**{key: page}).annotate(written=F(moment))
        found += [(row.written, rank, row.pk, table, row) for row in rows.exclude(written=None)]
    previous, links = "", []
    for place, (_, _, pk, table, row) in enumerate(sorted(found, key=lambda one: one[:3]), start=1):
        payload = payload_of(table, row)
        bound = {"place": place, "table": table, "row": pk, "payload": payload, "previous": previous}
        previous = link_digest(chain=page, **bound)
        links.append(apps.get_model("wiki", "Link")(page_id=page, digest=previous, **bound))
    apps.get_model("wiki", "Link").objects.bulk_create(links, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("wiki", "0017_approvals_are_read_again")]

    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]
