"""What is posted to addresses that people give: to hosts in the public Internet alone, and within a time."""

import socket
import ssl

import pytest

from wiki.mail import public_post
from wiki.mail.public_post import NotSent

ADDRESS = "https://hooks.example.org/in?key=1"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.8", "100.64.0.1"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
        *(
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:db8::1",
            "fe80::1%eth0",
        ),
    ],
)
def test_private_addresses_are_not_public(address):
    assert not public_post.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_internet_addresses_are_public(address):
    assert public_post.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://hooks.example.org/", "ftp://hooks.example.org/", "https://", "hooks.example.org", ""),
        *("https://me:secret@hooks.example.org/", "https://hooks.example.org:8443/", "https://host:x/"),
        *(
            "https://hooks.example.org/a b",
            "https://hooks.example.org/\r\nHost: x",
            "https://bücher.example/",
        ),
        "file:///etc/passwd",
    ],
)
def test_invalid_webhook_addresses_are_refused(address):
    with pytest.raises(NotSent):
        public_post.parts_of(address)


def answers(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_a_host_with_any_private_address_is_refused(monkeypatch):
    answers(monkeypatch, "1.1.1.1", "10.0.0.1")

    with pytest.raises(NotSent, match="not in the public Internet"):
        public_post.post(ADDRESS, b"", {})


def test_the_connection_uses_the_checked_address(monkeypatch):
    answers(monkeypatch, "1.1.1.1")
    asked = []

    def connect(address, *_):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(NotSent, match="connection failed"):
        public_post.post(ADDRESS, b"", {})
    assert asked == [("1.1.1.1", 443)]


def test_an_answer_that_never_ends_is_none(monkeypatch):
    ours, theirs = socket.socketpair()
    theirs.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: yes\r\n")
    answers(monkeypatch, "1.1.1.1")
    monkeypatch.setattr(socket, "create_connection", lambda *_: ours)
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", lambda _, plain, **__: plain)
    monkeypatch.setattr(public_post, "LONGEST", 0.1)

    with theirs, pytest.raises(NotSent, match="did not answer within"):
        public_post.post(ADDRESS, b"", {})


def test_host_names_that_are_private_addresses_are_refused():
    for address in (
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
    ):
        with pytest.raises(NotSent):
            public_post.post(address, b"", {})
