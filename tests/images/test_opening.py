"""Pictures that people send are opened in a process of its own, one at a time, within limits."""

import io
import subprocess
import sys
import threading
from typing import Any

import pytest
from PIL import Image as Pillow

from tests import pictures
from wiki.images import opening, processing
from wiki.images.processing import MOST_BYTES
from wiki.policy.refusal import Refused


def huge(mode, kind="PNG", side=6324, **options):
    written = io.BytesIO()
    Pillow.new(mode, (side, side)).save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_decoding_in_the_child_process_equals_decoding_here(format):  # noqa: A002
    data = pictures.file(format=format)

    assert opening.opened(data) == processing.clean(data)


@pytest.mark.parametrize("mode", ["1", "P", "L", "I;16", "RGB", "RGBA", "LA"])
def test_forty_million_pixels_are_opened_within_the_limits(mode):
    made = opening.opened(huge(mode))

    assert made.widths == [480, 960, 1600]
    assert (made.width, made.height) == (1600, 1600)


def test_a_too_large_webp_is_refused_with_its_limit():
    with pytest.raises(Refused, match="12 million pixels"):
        opening.opened(huge("RGB", "WEBP", side=4000))


def test_the_child_process_returns_the_reason_of_a_refusal():
    with pytest.raises(Refused, match="no JPEG, PNG or WebP picture"):
        opening.opened(b"words")
    with pytest.raises(Refused, match="larger than 15 MB"):
        opening.opened(b"a" * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    "problem",
    [subprocess.TimeoutExpired("decoder", 1), subprocess.CalledProcessError(-9, "decoder")],
)
def test_a_child_process_over_its_limits_is_reported_in_a_sentence(monkeypatch, problem):
    def run(*args, **options):
        raise problem

    monkeypatch.setattr(subprocess, "run", run)

    with pytest.raises(Refused, match="too much memory or time"):
        opening.opened(pictures.file())


def test_the_child_process_has_a_memory_limit_and_an_empty_environment(monkeypatch):
    monkeypatch.setenv("CAUSEWAY_SECRET_KEY", "a secret")
    asked = {}

    def run(*args, **options):
        asked.update(options)
        return _Done()

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", run)
        with pytest.raises(Refused, match="said"):
            opening.opened(b"x")

    code = (
        "from wiki.images import decoder\ndecoder.clean = lambda data: bytearray(400_000_000)\ndecoder.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"", capture_output=True)

    assert asked["env"] == {}
    assert b"MemoryError" in done.stderr


class _Done:
    stdout = b'{"refused": "said"}\n'


def test_while_one_is_decoded_a_second_waits_and_a_third_is_refused(monkeypatch):
    begun, go_on = threading.Semaphore(0), threading.Event()
    made: list[object] = []

    def slow(data):
        begun.release()
        assert go_on.wait(10)
        return data

    in_line, held = threading.Semaphore(0), opening._held

    def noted(name, **options):
        if name == "turn":
            in_line.release()
        return held(name, **options)

    monkeypatch.setattr(opening, "_in_a_process", slow)
    monkeypatch.setattr(opening, "_held", noted)
    people = [threading.Thread(target=lambda: made.append(opening.opened(b"a"))) for _ in range(2)]
    for one in people:
        one.start()
    assert begun.acquire(timeout=10)
    assert all(in_line.acquire(timeout=10) for _ in people)

    with pytest.raises(Refused, match="Other pictures are being made ready"):
        opening.opened(b"a")
    assert not begun.acquire(blocking=False)
    go_on.set()
    for one in people:
        one.join()

    assert made == [b"a", b"a"]


HOLDING = """
import sys
from django.conf import settings
settings.configure(DECODING_LOCKS=sys.argv[1])
from wiki.images import opening
with opening._place_in_line():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_workers_share_the_decoding_locks_and_a_dead_worker_frees_its_own(settings, tmp_path):
    settings.DECODING_LOCKS = tmp_path / "decoding"
    command = [sys.executable, "-c", HOLDING, str(settings.DECODING_LOCKS)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    workers = [subprocess.Popen(command, cwd=settings.BASE_DIR, **pipes) for _ in range(opening.WAITING)]
    try:
        assert [one.stdout and one.stdout.readline() for one in workers] == [b"held\n"] * opening.WAITING
        with pytest.raises(Refused, match="Other pictures are being made ready"):
            opening.opened(pictures.file())

        workers[0].kill()
        workers[0].wait()

        assert opening.opened(pictures.file()).format
    finally:
        for one in workers:
            one.kill()
            one.communicate()


def test_the_process_starts_without_django_and_the_parser():
    code = "import sys, wiki.images.decoder; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"PIL"} <= {*done.stdout.split()}
    assert not {"django", "markdown_it", "psycopg"} & {*done.stdout.split()}
