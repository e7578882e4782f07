"""Bodies that a process sent last: found by what was asked for and its packing, bounded in bytes."""

from wiki.views import recent_bodies
from wiki.views.recent_bodies import Body, RecentBodies


def test_a_body_is_found_under_its_packing_alone():
    recent = RecentBodies()
    recent.keep("key", Body("1", "gzip", b"packed"))

    assert recent.get("key", "gzip") == Body("1", "gzip", b"packed")
    assert recent.get("key", "br") is None
    assert recent.get("other", "gzip") is None


def test_bodies_never_take_more_than_their_bound(monkeypatch):
    monkeypatch.setattr(recent_bodies, "MOST_BYTES", 1000)
    recent = RecentBodies()
    for number in range(500):
        recent.keep(str(number % 7), Body(str(number), "", b"x" * (number % 300)))
        held = [body for key in range(7) if (body := recent.get(str(key), ""))]

        assert sum(len(body.content) for body in held) <= 1000
        assert Body(str(number), "", b"x" * (number % 300)) in held
