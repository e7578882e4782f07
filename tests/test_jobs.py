"""What is done from time to time: one job's trouble is not another's, and nobody does one twice at once."""

import pytest
from django.core.management import CommandError, call_command

from wiki import jobs


def broken() -> int:
    raise ValueError("It does not work.")


def test_every_job_is_run_and_says_what_it_did(db, capsys):
    call_command("run_jobs", verbosity=2)

    said = capsys.readouterr().out.split("\n")
    assert [line.split(":")[0] for line in said if line] == [name for name, _ in jobs.REGISTER]


def test_a_failing_job_is_reported_and_stops_no_other(db, monkeypatch, capsys, caplog):
    monkeypatch.setattr(jobs, "REGISTER", [("first", broken), ("second", lambda: 2), ("third", lambda: 0)])

    with pytest.raises(CommandError, match="These jobs failed: first"):
        call_command("run_jobs")

    assert capsys.readouterr().out == "second: 2\n"
    assert "It does not work." in caplog.text


def test_a_job_that_runs_elsewhere_is_skipped(db, monkeypatch):
    inner: list[tuple[str, int | None]] = []

    def job() -> int:
        inner.extend(jobs.run_jobs())
        return 1

    monkeypatch.setattr(jobs, "REGISTER", [("job", job)])

    assert list(jobs.run_jobs()) == [("job", 1)]
    assert inner == []
    assert list(jobs.run_jobs()) == [("job", 1)]
