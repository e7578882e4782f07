"""Look-ups, against a server of our own that gives recorded answers."""

import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

import pytest

from wiki.importing import lookup
from wiki.importing.lookup import NotLookedUp, look_up
from wiki.models import User
from wiki.text.sources.formats.raw import JournalNotice
from wiki.text.sources.identifiers import parse
from wiki.text.sources.records import Record

ANSWERS = Path(__file__).parent / "answers"
WRITER, OTHER = User(pk=1), User(pk=2)
RETRACTED = (
    b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article>"
    b"<ArticleTitle>T.</ArticleTitle>"
    b"<PublicationTypeList><PublicationType>Retracted Publication</PublicationType>"
    b"</PublicationTypeList></Article>"
    b'<CommentsCorrectionsList><CommentsCorrections RefType="%s"><PMID>8</PMID></CommentsCorrections>'
    b"</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


class Service(HTTPServer):
    """What answers in place of Crossref and PubMed: `answer` to everything."""

    code, answer = 200, b""
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.held = threading.Event()
        self.held.set()


class Handler(BaseHTTPRequestHandler):
    """Answers as the service says."""

    server: Service

    def do_GET(self) -> None:
        """Answer."""
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        self.server.held.wait(5)
        body = self.server.answer
        if "/idconv/" in self.path:
            body = b'{"records": [{"pmid": 1000, "pmcid": "PMC1165682"}]}'
        self.send_response(self.server.code)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(monkeypatch, settings) -> Iterator[Service]:
    """Return the service, asked in place of all others."""
    server = Service()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    for name in ("CROSSREF", "NCBI", "CONVERTER"):
        monkeypatch.setattr(lookup, name, address)
    monkeypatch.setattr(lookup, "A_SECOND", {address: 3})
    monkeypatch.setattr(lookup, "SECONDS", 0.3)
    settings.LOOKUP_EMAIL = "editor@example.org"
    yield server
    server.held.set()
    server.shutdown()
    server.server_close()


def known(text: str) -> Record:
    """Return what the service knows of a work."""
    found = look_up(parse(text), by=WRITER)
    assert found is not None
    return found


def test_a_doi_is_looked_up_at_crossref(service):
    service.answer = (ANSWERS / "crossref-plos.json").read_bytes()

    found = known("10.1371/journal.pone.0033693")

    (path, agent), *_ = service.asked
    assert unquote(path) == "/works/10.1371/journal.pone.0033693"
    assert "mailto:editor@example.org" in agent
    assert [one.key for one in found.ids] == ["doi:10.1371/journal.pone.0033693"]
    assert found.csl["container-title-short"] == "PLoS ONE"
    assert found.csl["issued"] == {"date-parts": [[2012, 3, 21]]}
    notice = "10.1371/annotation/c76da2c1-ccb8-4797-94c1-359d3ceceeda"
    assert found.notices == (JournalNotice("correction", "2012-05-08", notice),)
    assert found.csl["author"][1] == {"family": "Pond", "given": "Brooks B."}


def test_a_pmid_is_looked_up_at_pubmed(service):
    service.answer = (ANSWERS / "pubmed-11618220.xml").read_bytes()

    found = known("11618220")

    assert "db=pubmed&id=11618220" in service.asked[0][0]
    assert [one.key for one in found.ids] == ["doi:10.1163/156853287x00032", "pmid:11618220"]
    assert found.csl["page"] == "217-64"
    assert found.types == ("Historical Article", "Journal Article")
    assert found.notices == ()


def test_a_pmc_number_is_converted_first(service):
    service.answer = (ANSWERS / "pubmed-1000.xml").read_bytes()

    found = known("PMC1165682")

    keys = [one.key for one in found.ids]
    assert keys == ["doi:10.1042/bj1490739", "pmid:1000", "pmc:PMC1165682"]


@pytest.mark.parametrize(
    ("reference", "natures"),
    [
        (b"RetractionIn", ["retraction"]),
        (b"RetractionOf", ["retraction"]),
        (b"ErratumIn", ["correction", "retraction"]),
        (b"ExpressionOfConcernIn", ["concern", "retraction"]),
    ],
)
def test_journal_notices_are_read_from_pubmed(reference, natures):
    assert [one.nature for one in lookup.of_pubmed(RETRACTED % reference).notices] == natures


def test_only_updates_of_the_work_itself_are_read_from_crossref():
    update = {"DOI": "10.1/notice", "type": "retraction", "updated": {"date-parts": [[2010, 2, 6]]}}
    work = {"title": ["T"], "type": "journal-article", "DOI": "10.1234/x"}

    (told,) = lookup.of_crossref(
        {"message": work | {"updated-by": [update, {"type": "new_edition"}]}}
    ).notices

    assert (told.nature, told.on, told.reference) == ("retraction", "2010-02-06", "10.1/notice")
    assert lookup.of_crossref({"message": work | {"update-to": [update]}}).notices == ()


@pytest.mark.parametrize("name", ["author", "editor", "updated-by"])
@pytest.mark.parametrize("value", [7, "Smith", {"family": "Smith"}, [None, 7], None])
def test_a_malformed_crossref_field_is_ignored(name, value):
    record = lookup.of_crossref({"message": {"title": ["T"], name: value}})

    assert (record.title, record.notices) == ("T", ())


@pytest.mark.parametrize("day", [[2010, 2, 31], [2010, 13, 1], [2010], [10**20, 1, 1], [0, 1, 1]])
def test_an_impossible_date_is_ignored(day):
    update = {"DOI": "10.1/notice", "type": "retraction", "updated": {"date-parts": [day]}}

    (told,) = lookup.of_crossref({"message": {"title": ["T"], "updated-by": [update]}}).notices

    assert told.on == ""


@pytest.mark.parametrize(
    ("code", "answer", "sentence"),
    [
        (404, b"Resource not found.", "Nothing is known"),
        (429, b"", "Too many look-ups"),
        (503, b"", "out of order"),
        (200, b"<html>garbage", "could not be read"),
        (200, b"[" * 100_000, "could not be read"),
        (200, b'{"message": {"title": []}}', "Nothing is known"),
        (200, b" " * 5_000_001, "too long"),
    ],
)
def test_a_failed_look_up_is_reported_in_a_sentence(service, code, answer, sentence):
    service.code, service.answer = code, answer

    with pytest.raises(NotLookedUp, match=sentence):
        look_up(parse("10.1371/journal.pone.0033693"), by=WRITER)


@pytest.mark.parametrize(
    "answer",
    [b"", b"<PubmedArticleSet/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>", b"\xff\xfe\x00"],
)
def test_an_unreadable_pubmed_answer_is_reported_in_a_sentence(service, answer):
    service.answer = answer

    with pytest.raises(NotLookedUp, match="Type what the work says"):
        look_up(parse("11618220"), by=WRITER)


def test_a_look_up_without_an_answer_times_out(service):
    service.held.clear()

    with pytest.raises(NotLookedUp, match="did not answer"):
        look_up(parse("11618220"), by=WRITER)


def test_a_redirect_to_another_host_is_not_followed(service):
    service.code, service.headers = 302, {"Location": "http://127.0.0.1:1/"}

    with pytest.raises(NotLookedUp, match="did not answer"):
        look_up(parse("11618220"), by=WRITER)


def test_look_ups_are_rate_limited(service, monkeypatch):
    service.answer = (ANSWERS / "pubmed-11618220.xml").read_bytes()
    monkeypatch.setattr("wiki.importing.lookup.time.time", lambda: 0.0)

    for _ in range(3):
        look_up(parse("11618220"), by=WRITER)

    with pytest.raises(NotLookedUp, match="Too many look-ups"):
        look_up(parse("11618220"), by=WRITER)
    assert len(service.asked) == 3


def test_look_ups_are_rate_limited_per_person(service, monkeypatch):
    service.answer = (ANSWERS / "pubmed-11618220.xml").read_bytes()
    monkeypatch.setattr("wiki.importing.lookup.time.time", lambda: 0.0)
    monkeypatch.setattr(lookup, "A_MINUTE", 1)
    look_up(parse("11618220"), by=WRITER)

    with pytest.raises(NotLookedUp, match=r"Too many look-ups.* Type what the work says below"):
        look_up(parse("11618220"), by=WRITER)

    assert look_up(parse("11618220"), by=OTHER)
    assert len(service.asked) == 2


def test_no_service_is_asked_without_a_contact_address(service, settings):
    settings.LOOKUP_EMAIL = ""

    assert look_up(parse("11618220"), by=WRITER) is None
    assert not service.asked


def test_a_web_address_is_not_looked_up(service):
    assert look_up(parse("https://example.org/a"), by=WRITER) is None
    assert not service.asked
