"""Caches in front: what they are allowed to keep, what they are told, and a real Varnish that is."""

import datetime as dt
import shutil
import socket
import subprocess
import time
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests import cast
from wiki import edges
from wiki.models import PublicChange, StoredAnswer, User

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/wiki/hypoparathyroidism/"
VCL = Path(__file__).parent.parent / ".deploy" / "varnish.vcl"


@pytest.fixture(autouse=True)
def _stores(settings):
    settings.STORES_ANSWERS = True


class Cache(HTTPServer):
    """A cache that keeps what it is told, and answers as it is asked to."""

    def __init__(self):
        self.told, self.status = [], 200
        super().__init__(("127.0.0.1", 0), Handler)

    def is_up(self):
        Thread(target=self.serve_forever, daemon=True).start()
        return self


class Handler(BaseHTTPRequestHandler):
    server: Cache

    def do_BAN(self):
        self.server.told.append((self.command, self.path, self.headers.get("Surrogate-Key")))
        self.send_response(self.server.status)
        self.end_headers()

    do_POST = do_PURGE = do_BAN  # noqa: N815  the names that http.server asks for

    def log_message(self, *args):
        pass


@pytest.fixture
def cache(settings):
    with closing(Cache().is_up()) as server:
        server.close = server.server_close
        settings.EDGES = [f"varnish+http://127.0.0.1:{server.server_port}"]
        yield server
        server.shutdown()


def sent():
    """Send what is due; return how much it was."""
    return edges.send_purges()


def test_a_change_is_purged_once_from_each_cache(cache, published, clinician, moderator):
    sent()
    cache.told.clear()

    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)

    assert cache.told == []
    assert sent() == 1
    ((method, _, keys),) = cache.told
    assert method == "BAN"
    assert {"lists", f"page-{published.pk}"} <= set(keys.split())
    assert sent() == 0


def test_a_refused_purge_is_sent_again(cache, published):
    cache.status = 503
    assert sent() == 0
    cache.status = 200
    assert sent() > 0


def test_an_unreachable_cache_does_not_stop_an_approval(settings, published):
    settings.EDGES = ["varnish+http://127.0.0.1:9"]

    assert sent() == 0
    assert PublicChange.objects.unsent_to(settings.EDGES[0])


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("varnish", ("BAN", "/", {"Surrogate-Key": "lists page-7"})),
        ("nginx", ("PURGE", "/*", {})),
        ("fastly", ("POST", "/service/A/purge", {"Surrogate-Key": "lists page-7", "Fastly-Key": "k"})),
    ],
)
def test_each_cache_gets_the_purge_request_of_its_kind(form, asked):
    path = "/service/A?key=k" if form == "fastly" else ""

    assert edges._request(edges.edge_at(f"{form}+https://127.0.0.1{path}"), ["lists", "page-7"]) == asked


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1", "squid+http://127.0.0.1", "varnish+ftp://a", "varnish+http:"]
)
def test_an_unknown_kind_of_cache_is_refused(address):
    with pytest.raises(ImproperlyConfigured):
        edges.edge_at(address)


def test_without_caches_answers_are_no_cache(published):
    for _ in range(2):
        assert Client().get(PAGE).headers["Cache-Control"] == "no-cache"


def test_a_cache_may_keep_text_for_a_moment_and_lists_for_a_minute(cache, published):
    for path in (PAGE, f"{PAGE}history/"):
        Client().get(path)
    page, history = (Client().get(path).headers for path in (PAGE, f"{PAGE}history/"))

    assert page["CDN-Cache-Control"] == "max-age=5"
    assert page["Surrogate-Key"] == page["xkey"] == f"all page-{published.pk}"
    assert page["Cache-Groups"] == f'"all", "page-{published.pk}"'
    assert history["Cache-Control"].endswith("s-maxage=60")
    assert "Cookie" not in page["Vary"]


def test_no_cache_keeps_anything_longer_than_it_is_good(cache, published):
    Client().get(f"{PAGE}history/")
    StoredAnswer.objects.update(good_until=StoredAnswer.objects.get().stored_at + dt.timedelta(seconds=3))

    told = Client().get(f"{PAGE}history/").headers["CDN-Cache-Control"]

    assert told in {"max-age=1", "max-age=2"}


def test_dark_pages_and_pages_for_people_are_not_cached(cache, published, clinician):
    dark, person = Client(), Client()
    dark.cookies["theme"] = "dark"
    person.force_login(clinician)
    for client in (dark, dark, person):
        assert "s-maxage" not in client.get(PAGE).headers["Cache-Control"]


def test_too_many_surrogate_keys_become_the_key_all():
    assert edges.header_fields(range(1, 200), 5)["surrogate-key"] == "all lists"


def test_a_changed_name_purges_everything(cache, published, clinician):
    sent()
    cache.told.clear()
    User.objects.filter(pk=clinician.pk).update(name="Dr Ines Albrecht-Maier")
    sent()

    assert [keys for _, _, keys in cache.told] == ["all"]


# --- A real Varnish ---------------------------------------------------------------------------------------


@pytest.fixture
def wiki_server():
    """Return a server of the wiki that stores answers; the one of the session was started without."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def varnish(settings, wiki_server, tmp_path):
    """Return the port of a Varnish in front of the wiki."""
    if not (program := shutil.which("varnishd", path="/usr/sbin:/usr/local/sbin:/usr/bin")):
        pytest.skip("There is no Varnish here: apt-get install varnish.")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rules = tmp_path / "causeway.vcl"
    backend = wiki_server.url.rpartition(":")[2]
    rules.write_text(VCL.read_text().replace('"8000"', f'"{backend}"'))
    words = [
        "-F",
        "-j",
        "none",
        "-n",
        str(tmp_path / "v"),
        "-a",
        f"127.0.0.1:{port}",
        "-f",
        str(rules),
        "-s",
        "malloc,16m",
    ]
    server = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    for _ in range(250):
        with closing(socket.socket()) as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    settings.EDGES = [f"varnish+http://127.0.0.1:{port}"]
    yield port
    server.terminate()
    server.wait()


def through(port, path=PAGE, **fields):
    """Return the text and the fields of what a Varnish answers."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as asking:
        asking.request("GET", path, headers=fields)
        answer = asking.getresponse()
        return answer.read().decode(), answer.headers


def test_an_approval_is_seen_through_varnish_at_once(varnish, published, clinician, moderator):
    for _ in range(3):
        before, fields = through(varnish)
    assert "Changed words." not in before
    assert len(fields["X-Varnish"].split()) == 2, "it came from the cache"

    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)
    assert "Changed words." not in through(varnish)[0], "the cache knows nothing yet"
    sent()

    assert "Changed words." in through(varnish)[0]


def test_a_lost_purge_expires_within_seconds(varnish, published, clinician, moderator, settings):
    told = settings.EDGES
    for _ in range(2):
        through(varnish)
    cast.approve(cast.propose_change(published, clinician, summary="Changed words."), moderator)
    for change in PublicChange.objects.unsent_to(told[0]):
        PublicChange.objects.mark_sent([change], told[0])

    until = time.monotonic() + edges.SECONDS_FOR_SAFETY + 2
    while "Changed words." not in through(varnish)[0]:
        assert time.monotonic() < until
        time.sleep(0.2)
