"""What the wiki does with its environment."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from wiki.domain import house_rules
from wiki.views import release

ROOT = Path(__file__).resolve().parent.parent
KEY = "k3y" * 20
OURS = ("CAUSEWAY_", "DATABASE_URL", "PYTEST_VERSION", "MYPY_CONFIG")
REQUIRED = {
    "CAUSEWAY_SECRET_KEY": KEY,
    "CAUSEWAY_ALLOWED_HOSTS": "wiki.example.org, www.example.org",
    "DATABASE_URL": "postgres://ann:p%40ss@db.example.org:6432/wiki?sslmode=require",
}


@pytest.fixture
def settings_under(monkeypatch):
    """Return a function that reads the settings in an environment of its own."""

    def read(**environment):
        for name in [name for name in os.environ if name.startswith(OURS)]:
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "wiki" / "settings.py"))

    return read


@pytest.mark.parametrize("missing", REQUIRED)
def test_production_refuses_to_start_without_a_required_setting(settings_under, missing):
    with pytest.raises(ImproperlyConfigured, match=f"^Set {missing} to"):
        settings_under(**{name: value for name, value in REQUIRED.items() if name != missing})


def test_two_processes_of_a_server_share_what_one_has_stored(settings_under, monkeypatch):
    releases = set()
    for process in (1, 2):
        monkeypatch.setattr(os, "getpid", lambda process=process: process)
        read = settings_under(**REQUIRED)
        monkeypatch.setattr(release, "settings", SimpleNamespace(**read))
        releases.add(release.release.__wrapped__())

    assert len(releases) == 1


def test_production_is_strict(settings_under):
    settings = settings_under(**REQUIRED)

    assert settings["ALLOWED_HOSTS"] == ["wiki.example.org", "www.example.org"]
    assert settings["SITE_URL"] == "https://wiki.example.org"
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["ACCOUNT_EMAIL_VERIFICATION"] == "mandatory"
    assert settings["EMBEDDED_POSTGRES"] is None
    assert not settings["DEBUG"]


def test_a_database_address_is_taken_apart(settings_under):
    database = settings_under(**REQUIRED)["DATABASES"]["default"]

    assert (database["USER"], database["PASSWORD"]) == ("ann", "p@ss")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", "6432", "wiki")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["connect_timeout"] == "3"
    assert database["CONN_MAX_AGE"] is None


def test_a_database_address_may_name_a_socket(settings_under):
    url = "postgresql://postgres@/wiki?host=/run/postgresql&port=5433"

    database = settings_under(**REQUIRED | {"DATABASE_URL": url})["DATABASES"]["default"]

    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", "5433")


def test_replicas_are_databases_that_answer_soon_and_refuse_to_write(settings_under):
    urls = "postgres://ann:p%40ss@one.example.org/wiki, postgres://ann@two/wiki?connect_timeout=9"

    settings = settings_under(**REQUIRED, CAUSEWAY_REPLICAS=urls)
    one, two = (settings["DATABASES"][name] for name in ("replica-1", "replica-2"))

    assert settings["REPLICAS"] == ["replica-1", "replica-2"]
    assert (one["HOST"], one["PASSWORD"], one["CONN_MAX_AGE"]) == ("one.example.org", "p@ss", None)
    assert one["OPTIONS"]["options"] == "-c default_transaction_read_only=on"
    assert (one["OPTIONS"]["connect_timeout"], two["OPTIONS"]["connect_timeout"]) == ("2", "9")
    assert settings["DATABASES"]["default"]["HOST"] == "db.example.org"


def test_without_replicas_there_is_one_database(settings_under):
    settings = settings_under(**REQUIRED)

    assert (settings["REPLICAS"], [*settings["DATABASES"]]) == ([], ["default"])


def test_a_secret_may_be_read_from_a_file(settings_under, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    told = {name: value for name, value in REQUIRED.items() if name != "CAUSEWAY_SECRET_KEY"}

    assert settings_under(CAUSEWAY_SECRET_KEY_FILE=str(file), **told)["SECRET_KEY"] == KEY


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("CAUSEWAY_DEBUG", "maybe", "CAUSEWAY_DEBUG must be 1 or 0."),
        ("CAUSEWAY_THREADS", "many", "CAUSEWAY_THREADS must be a whole number."),
        ("DATABASE_URL", "mysql://db/wiki", "DATABASE_URL must read postgres://"),
        ("DATABASE_URL", "postgres://db", "DATABASE_URL must read postgres://"),
        ("DATABASE_URL", "postgres://db:many/wiki", "DATABASE_URL must read postgres://"),
        ("CAUSEWAY_REPLICAS", "postgres://ok/wiki, db2:5432", "CAUSEWAY_REPLICAS must read postgres://"),
        ("CAUSEWAY_REPLICAS", "postgres://[db2/wiki", "CAUSEWAY_REPLICAS must read postgres://"),
        (
            "CAUSEWAY_REPLICAS",
            REQUIRED["DATABASE_URL"],
            "CAUSEWAY_REPLICAS names the database of DATABASE_URL",
        ),
        ("CAUSEWAY_SMTP_URL", "http://mail", "CAUSEWAY_SMTP_URL must read smtp+tls://"),
        ("CAUSEWAY_TASKS", "celery", "CAUSEWAY_TASKS must be immediate or worker"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(settings_under, name, value, complaint):
    with pytest.raises(ImproperlyConfigured, match=re.escape(complaint)):
        settings_under(**REQUIRED | {name: value})


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://ann:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_an_address_for_mail_is_taken_apart(settings_under, url, port, tls, ssl):
    options = settings_under(**REQUIRED, CAUSEWAY_SMTP_URL=url)["MAILERS"]["default"]["OPTIONS"]

    assert (options["host"], options["port"]) == ("mail.example.org", port)
    assert (options["use_tls"], options["use_ssl"]) == (tls, ssl)


def test_proxy_headers_are_trusted_only_behind_proxies(settings_under):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_under(**REQUIRED)
    assert settings_under(**REQUIRED, CAUSEWAY_PROXIES="1")["SECURE_PROXY_SSL_HEADER"]


def test_the_demo_brings_its_own_database_and_keeps_its_key(settings_under):
    first = settings_under(CAUSEWAY_DEMO="1")
    second = settings_under(CAUSEWAY_DEMO="1")

    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert first["EMBEDDED_POSTGRES"] == ROOT / "var" / "postgres"
    assert not first["DEBUG"]


def test_the_cache_is_shared_by_all_server_processes(settings_under):
    assert settings_under(**REQUIRED)["CACHES"]["default"]["BACKEND"].endswith("FileBasedCache")
    redis = settings_under(**REQUIRED, CAUSEWAY_CACHE_URL="redis://cache:6379/0")
    assert redis["CACHES"]["default"]["BACKEND"].endswith("RedisCache")


def test_commands_end_with_a_sentence_where_settings_are_missing():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}

    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=kept, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Set CAUSEWAY_SECRET_KEY to")
    assert "Traceback" not in done.stderr


def test_a_command_says_why_the_database_cannot_be_reached():
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    nowhere = {"DATABASE_URL": "postgres://ann@127.0.0.1:1/wiki"}

    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=kept | REQUIRED | nowhere,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be reached: connection failed")
    assert "Connection refused" in done.stderr
    assert "Traceback" not in done.stderr


def test_pictures_are_stored_in_files_by_default(settings_under):
    here = settings_under(**REQUIRED)["STORAGES"]["default"]
    there = settings_under(**REQUIRED, CAUSEWAY_MEDIA="/srv/pictures")["STORAGES"]["default"]

    assert here["BACKEND"] == there["BACKEND"] == "wiki.images.storage.WholeFiles"
    assert here["OPTIONS"]["location"] == str(ROOT / "var" / "media")
    assert there["OPTIONS"]["location"] == "/srv/pictures"


def test_pictures_are_stored_in_a_bucket_if_configured(settings_under, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    storage = settings_under(**REQUIRED, CAUSEWAY_STORAGE="s3://scans/wiki?region_name=eu-central-1")[
        "STORAGES"
    ]

    assert storage["default"] == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "scans",
            "location": "wiki",
            "file_overwrite": False,
            "region_name": "eu-central-1",
        },
    }


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://scans", "CAUSEWAY_STORAGE must read s3://bucket"),
        ("s3://", "CAUSEWAY_STORAGE must read s3://bucket"),
        ("s3://scans", r"pip install 'django-storages\[s3\]'"),
    ],
)
def test_a_bucket_that_cannot_be_used_is_refused(settings_under, monkeypatch, address, why):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match=why):
        settings_under(**REQUIRED, CAUSEWAY_STORAGE=address)


@pytest.mark.parametrize(("said", "share"), [("", 0.05), ("0", 0.0), ("1", 1.0), ("0.2", 0.2)])
def test_the_share_of_second_reads_is_a_number_from_0_to_1(settings_under, said, share):
    assert settings_under(**REQUIRED, CAUSEWAY_SECOND_READS=said)["SECOND_READS"] == share


@pytest.mark.parametrize("said", ["a tenth", "2", "-0.1", "nan"])
def test_any_other_share_is_refused(settings_under, said):
    with pytest.raises(ImproperlyConfigured, match="CAUSEWAY_SECOND_READS must be a number from 0 to 1"):
        settings_under(**REQUIRED, CAUSEWAY_SECOND_READS=said)


def test_the_readme_lists_the_settings_that_are_read_and_no_others():
    read = set(re.findall(r'\benv\w*\(\s*"([A-Z_]+)"', (ROOT / "wiki" / "settings.py").read_text()))
    # House rules are read where the rules are made, which the settings do not know.
    read.add(house_rules.NAME)
    readme = (ROOT / "README.md").read_text()
    listed = re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE)

    assert sorted(listed) == sorted(read)
    # Only the tests read where the files of the data sets are, and how large a wiki is measured.
    told = readme + "".join(path.read_text() for path in (ROOT / ".github").glob("*.md"))
    assert set(re.findall(r"\bCAUSEWAY_[A-Z_]+\b", told)) <= read | {"CAUSEWAY_DATA_SETS", "CAUSEWAY_SIZES"}
