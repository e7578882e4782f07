"""What comparing two versions of a page costs beside rendering it, as ratios.

Run it with `.venv/bin/python -m pytest tests/bench/bench_comparing.py -s -n 0`; it is not part of the tests.
"""

import random

from tests.bench.bench_reading import medians
from tests.text.compare.edits import bodies, edited
from wiki.text.compare import diff
from wiki.text.document import Document
from wiki.text.markdown.blocks import blocks_of
from wiki.text.markdown.html import Target, render

# Pages of the starter content, one after the other.
BODY = "\n\n".join(bodies())[:50_000]


def compared(old: str, new: str) -> None:
    """Compare two texts as if for the first time."""
    blocks_of.cache_clear()
    diff._kept.clear()
    diff.compare(Document("A", "condition", body=old), Document("A", "condition", body=new))


def test_comparing() -> None:
    pick = random.Random(1)  # noqa: S311  # the same edits each time
    once, often = edited(BODY, pick), BODY
    for _ in range(40):
        often = edited(often, pick)
    found = medians(
        {
            "rendering": lambda: render(
                BODY, links=lambda title: Target(f"/{title}", exists=True), sources={}
            ),
            "comparing, a few edits": lambda: compared(BODY, once),
            "comparing, many edits": lambda: compared(BODY, often),
            "comparing with nothing": lambda: compared("", BODY),
        }
    )
    for name, milliseconds in found.items():
        ratio = milliseconds / found["rendering"]
        print(f"{name:26} {milliseconds:8.2f} ms {ratio:6.2f} x rendering")  # noqa: T201
    assert found["rendering"] > 0
