"""What writing costs, side by side in one run: autosave and preview of a page of 50 kB.

Run it with `.venv/bin/python -m pytest tests/bench/bench_writing.py -s -n 0`; it is not part of the tests.
"""

from itertools import count
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.bench.bench_reading import medians
from tests.shown import fields_of
from wiki.acts.writing import drafts
from wiki.models import Revision
from wiki.published.links import render_now
from wiki.views.unsaved_work import seal_of

PARAGRAPH = "Calcium is **given** by mouth, see [[Seizures]], and vitamin D with it; both are watched.\n\n"
BODY = "## Treatment\n\n" + PARAGRAPH * (50_000 // len(PARAGRAPH))
JSON = {"Accept": "application/json"}


def send(client: Client, words: dict[str, object]):
    body = urlencode(words, doseq=True)
    form = "application/x-www-form-urlencoded"
    answer = client.post("/drafts/autosave/", body, content_type=form, headers=JSON)
    assert answer.status_code == 200, answer.content
    return len(body), len(answer.content), answer.json()


def test_writing(published, clinician):
    client = Client()
    client.force_login(clinician)
    draft = drafts.save(
        cast.make_edit(published, clinician),
        cast.document(published.published_page.title, body=BODY),
        by=clinician,
    )
    letters = count()
    seal = {"writer": seal_of(clinician), "draft": draft.pk}
    whole = {k: v for k, v in fields_of(client.get(f"/drafts/{draft.pk}/")).items() if k != "saved"}
    token = Revision.objects.get(pk=draft.pk).saved_at.isoformat()
    length = [len(BODY)]

    def first() -> tuple[int, int]:
        nonlocal token
        sent, got, said = send(client, whole | seal | {"saved": token, "note": f"n{next(letters)}"})
        token, length[0] = said["saved"], len(BODY)
        return sent, got

    def later() -> tuple[int, int]:
        nonlocal token
        place = {"body-from": 20, "body-to": 20, "body-length": length[0], "body-words": "a few words "}
        sent, got, said = send(client, seal | {"saved": token, "patch": 1} | place)
        token, length[0] = said["saved"], length[0] + 12
        return sent, got

    for name, act in (("the first save", first), ("a later save", later)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sent, got = act()
        print(f"\n{name:30} {sent:6} bytes sent, {got:4} answered, {len(queries)} queries")  # noqa: T201
    found = medians(
        {
            "a bare answer": lambda: client.get("/healthz"),
            "the first save": first,
            "a later save": later,
            "rendering 50 kB": lambda: render_now(BODY),
            "the preview of 50 kB": lambda: client.post("/preview/", {"content": BODY}),
        }
    )
    for name, milliseconds in found.items():
        print(f"{name:30} {milliseconds:8.2f} ms {milliseconds / found['a bare answer']:7.1f} x")  # noqa: T201
    assert found["a later save"] > 0
