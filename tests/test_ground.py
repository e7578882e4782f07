import re
from pathlib import Path

from wiki import wsgi

ROOT = Path(__file__).resolve().parent.parent


def test_ci_runs_the_tests_as_the_readme_says():
    words = ".venv/bin/python -m pytest"

    assert any(line.endswith(words) for line in (ROOT / "README.md").read_text().splitlines())
    assert words in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_locks_hold_every_dependency_and_name_no_host():
    for lock in ("requirements.txt", "tests/requirements.txt"):
        lines = (ROOT / lock).read_text().splitlines()

        assert "django==6.1.3 \\" in lines
        assert all(line.endswith("\\") or "--hash=sha256:" in line for line in lines)
        assert not any("://" in line or line.startswith("-") for line in lines)


def test_a_web_server_finds_the_wiki():
    assert callable(wsgi.application)


def test_every_known_way_in_which_review_goes_wrong_has_a_test_named_after_it():
    files = (ROOT / "tests").rglob("test_*.py")
    named = {
        int(number) for path in files for number in re.findall(r"def test_edge_(\d\d)_", path.read_text())
    }

    assert named == set(range(1, 33))
