"""How much memory serving takes: the demo with two workers and its database, as proportional set size.

Run it with `.venv/bin/python tests/bench/memory.py`; the goal is 290 MiB. It serves the demo of this
folder, loads it first where it is empty, opens pages as a reader does, and adds up `smaps_rollup` of Linux.
"""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import psutil

TOP: Final = Path(__file__).parent.parent.parent
GOAL: Final = 290
PATHS: Final = (
    *("/", "/index/", "/sources/", "/record/", "/latest/", "/about/", "/llms.txt"),
    *("/wiki/hypoparathyroidism/", "/wiki/hypoparathyroidism/history/", "/wiki/hypoparathyroidism.ris"),
    *("/search/?q=calcification", "/search/?q=what+causes+calcium+in+the+basal+ganglia"),
    *("/api/v1/pages/hypoparathyroidism", "/api/v1/search?q=calcification"),
)
ROUNDS: Final = 12


def measure(port: int) -> None:
    """Serve the demo, open pages, and print what each process takes."""
    command = [sys.executable, str(TOP / "manage.py"), "demo", "--port", str(port)]
    demo = subprocess.Popen(command, cwd=TOP, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(port)
        for _ in range(ROUNDS):
            for path in PATHS:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()
        server = next(one for one in psutil.Process(demo.pid).children() if "granian" in one.cmdline())
        found = {"server and workers": _family(server), "database": _family(_postmaster())}
    finally:
        demo.terminate()
        demo.wait()
    for name, sizes in found.items():
        each = " ".join(f"{one:.1f}" for one in sizes)
        print(f"{name:20} {sum(sizes):7.1f} MiB in {len(sizes)} processes: {each}")  # noqa: T201
    total = sum(map(sum, found.values()))
    print(f"{'together':20} {total:7.1f} MiB, {total / GOAL:.2f} of the goal")  # noqa: T201


def _wait_until_it_answers(port: int) -> None:
    for _ in range(6_000):
        with closing(socket.socket()) as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The demo does not answer.")


def _postmaster() -> psutil.Process:
    (file,) = (TOP / "var").glob("postgres*/postmaster.pid")
    return psutil.Process(int(file.read_text().split()[0]))


def _family(first: psutil.Process) -> list[float]:
    """Return the proportional set size of a process and those that it started, in MiB."""
    return [*_sizes([first, *first.children(recursive=True)])]


def _sizes(processes: list[psutil.Process]) -> Iterator[float]:
    for one in processes:
        told = Path(f"/proc/{one.pid}/smaps_rollup").read_text()
        yield int(re.findall(r"^Pss: +(\d+) kB", told, re.MULTILINE)[0]) / 1024


if __name__ == "__main__":
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        unused = free.getsockname()[1]
    measure(unused)
