import locale
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from wiki import postgres

ROOT = Path(__file__).resolve().parent.parent
HOLD = "import sys, time; from pathlib import Path; from wiki import postgres; {}; time.sleep(60)"


@pytest.fixture
def data(tmp_path):
    place = tmp_path / "data"
    yield place
    postgres.start(place).stop()


def process_that(acts):
    """Start another process that does `acts` with the server, and wait until it has."""
    code = f"{acts}; print('ready', flush=True)"
    words = [sys.executable, "-c", HOLD.format(code)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()


def pid(data):
    return int((data / "postmaster.pid").read_text().split("\n")[0])


def test_a_server_is_made_started_and_stopped(data):
    server = postgres.start(data)

    assert server.started
    with postgres.connect(data) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert server.stop()
    assert not postgres.is_running(data)


def test_a_database_is_made_once(data):
    with postgres.running(data, "causeway"):
        assert not postgres.create_database("causeway", data)

        place = postgres.address("causeway", data)
        with psycopg.connect(
            host=place["HOST"], port=place["PORT"], user=place["USER"], dbname="causeway"
        ) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("causeway",)


def test_letters_beyond_ascii_are_letters(data):
    with postgres.running(data), postgres.connect(data) as connection:
        found = connection.execute("SELECT to_tsvector('simple', 'Aicardi–Goutières'), lower('É')").fetchone()

    assert found == ("'aicardi':1 'goutières':2", "é")


def test_the_last_process_stops_the_server(data):
    first = postgres.start(data)
    second = process_that(f"held = postgres.start(Path({str(data)!r}))")

    assert not first.stop()
    assert postgres.is_running(data)

    kill(second)
    again = postgres.start(data)
    assert not again.started
    assert again.stop()


def test_a_server_left_by_a_killed_process_is_reused(data):
    kill(process_that(f"held = postgres.start(Path({str(data)!r}))"))
    left = pid(data)

    server = postgres.start(data)

    assert not server.started
    assert pid(data) == left
    assert server.stop()


def test_what_was_saved_outlives_a_killed_server(data):
    with postgres.running(data), postgres.connect(data) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(pid(data), signal.SIGKILL)

    server = postgres.start(data)

    assert server.started
    with postgres.connect(data) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    assert server.stop()


def test_a_pid_of_another_process_is_ignored(data):
    postgres.start(data).stop()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n{data}\n\n1 1\nready\n")

    server = postgres.start(data)

    assert server.started
    assert server.stop()


def test_two_processes_may_start_it_at_once(data):
    word = f"held = postgres.start(Path({str(data)!r})); print(held.started, flush=True)"
    words = [sys.executable, "-c", HOLD.format(word)]
    both = [subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(2)]

    assert sorted(process.stdout.readline() for process in both if process.stdout) == [b"False\n", b"True\n"]

    for process in both:
        kill(process)


def test_a_long_path_has_its_socket_in_a_short_one(tmp_path):
    data = tmp_path / ("long" * 25) / "data"

    with postgres.running(data):
        place = postgres.address(data=data)["HOST"]
        assert len(place) <= postgres.LONGEST_SOCKET_DIRECTORY
        assert Path(place).stat().st_mode & 0o777 == 0o700
        postgres.connect(data).close()
    Path(place).rmdir()


def test_a_socket_directory_of_somebody_else_is_refused(tmp_path):
    data = tmp_path / ("long" * 25) / "data"
    place = Path(postgres.address(data=data)["HOST"])
    place.symlink_to(tmp_path)

    with pytest.raises(postgres.Unavailable, match="belongs to somebody else"):
        postgres.start(data)

    place.unlink()


def test_a_half_made_database_is_removed(data):
    half = data.with_name(f"{data.name}.new-killed")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    postgres.start(data).stop()

    assert not half.exists()


def test_a_server_that_cannot_start_says_why(data, monkeypatch):
    postgres.start(data).stop()
    settings = data / "postgresql.conf"
    right = settings.read_text()
    settings.write_text("nonsense = 1\n")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)

    with pytest.raises(postgres.Unavailable, match="nonsense"):
        postgres.start(data)

    settings.write_text(right)


def test_a_server_that_never_answers_is_given_up(data, monkeypatch):
    with postgres.running(data):
        monkeypatch.setattr(postgres, "SECONDS_TO_START", -1)
        monkeypatch.setattr(postgres, "ROLE", "nobody-of-that-name")

        with pytest.raises(postgres.Unavailable, match="does not answer"):
            postgres.start(data)
        monkeypatch.undo()


def test_without_the_postgresql_package_the_error_says_what_to_do(monkeypatch):
    postgres._programs.cache_clear()
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)

    with pytest.raises(postgres.Unavailable, match="set DATABASE_URL"):
        postgres._programs()


def test_only_the_test_server_runs_without_sync(settings):
    assert postgres._first_options(postgres.TESTS)[-1] == "--no-sync"
    assert "--no-sync" not in postgres._first_options(postgres.DATA)


def test_a_computer_without_locales_still_serves(monkeypatch):
    asked = []

    def refuse(category, name=None):
        asked.append(name)
        if name not in {None, "C"}:
            raise locale.Error
        return "C"

    monkeypatch.setattr(locale, "setlocale", refuse)

    assert postgres._letters() == "C"
    assert "en_GB.UTF-8" in asked


def test_programs_that_a_strict_umask_closed_are_opened(tmp_path, monkeypatch):
    package = tmp_path / "package"
    program = package / "bin" / "postgres"
    program.parent.mkdir(parents=True)
    program.touch()
    for path in (program, program.parent, package):
        path.chmod(0o700)
    monkeypatch.setattr(postgres, "_programs", lambda: program.parent)

    postgres._let_everyone_read(package)

    assert all(path.stat().st_mode & 0o055 == 0o055 for path in (program, program.parent, package))


def test_a_database_of_another_user_is_left_alone(data, monkeypatch):
    def refuse(*words):
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)

        with pytest.raises(postgres.Unavailable, match="belongs to another user"):
            postgres.start(data)
