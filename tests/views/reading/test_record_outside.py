"""The record on somebody else's computer: chains, anchors and versions recomputed with Python alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.reviewing import words
from tests.views.reading.busy_record import PRIVATE
from wiki.acts.safety import corrections
from wiki.audit import chain
from wiki.models import Anchor, Link, Revision, RowState


def saved(client, folder, *paths):
    """Save what the record gives, as somebody does who does not trust this server."""
    files = []
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        file = folder / path.rpartition("/")[2].partition("?")[0]
        file.write_bytes(b"".join(answer) if answer.streaming else answer.content)
        files.append(str(file))
    return files


def checked_outside(script, *words):
    """Run the script as it was downloaded, with nothing of the wiki in reach."""
    run = [sys.executable, "-I", script, *words]
    return subprocess.run(run, capture_output=True, text=True, env={}, cwd=os.path.dirname(script))


@pytest.fixture
def outside(busy, client, tmp_path):
    """Return the script, anchors, chains and one version, each a file."""
    connection.check_constraints()
    chain.anchor()
    version = f"/v/{busy.pk}-1.json"
    return saved(
        client, tmp_path, "/record/check_record.py", "/record/anchors.json", "/record/chains.jsonl", version
    )


def test_the_script_verifies_chains_anchors_and_version(outside):
    script, anchors, chains, version = outside
    kept = Anchor.objects.get().digest

    done = checked_outside(script, anchors, chains, "--kept", kept, "--version", version)

    assert (done.returncode, done.stderr) == (0, "")
    number = Link.objects.count() + RowState.objects.count()
    assert f"All fits: {number} links in " in done.stdout
    assert "These words were published from 20" in done.stdout
    assert " until 20" in done.stdout


def test_the_script_verifies_a_version_with_the_chain_of_its_page(busy, client, outside, tmp_path):
    script, anchors, _, version = outside
    (chains,) = saved(client, tmp_path, f"/record/chains.jsonl?page={busy.pk}")

    done = checked_outside(script, anchors, chains, "--version", version)

    assert f"All fits: {Link.objects.filter(page=busy).count()} links in 1 chains, 1 anchors." in done.stdout
    assert client.get("/record/chains.jsonl?page=x").status_code == 404


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (2, '"place": 2', '"place": 3', "a link is missing before place 3"),
        (2, '"payload_digest": "', '"payload_digest": "0', "does not have the digest of what it says"),
        (2, '"title": "Hypo', '"title": "Hyper', "its payload does not have its digest"),
        (2, '"previous": ""', '"previous": "0"', "does not follow the one before it"),
        (1, '"day": "20', '"day": "19', "does not have the digest of what it says"),
        (1, '"previous": ""', '"previous": "0"', "does not follow the one before it"),
        (3, "What it is", "What it was", "The words of the version do not have its digest"),
    ],
)
def test_the_script_finds_an_altered_file(outside, file, old, new, told):
    words = Path(outside[file]).read_text()
    assert old in words
    Path(outside[file]).write_text(words.replace(old, new, 1))

    done = checked_outside(*outside[:3], "--version", outside[3])

    assert done.returncode == 1
    assert told in done.stdout


def test_the_script_finds_a_truncated_or_rewritten_chain(outside):
    lines = Path(outside[2]).read_text().splitlines()
    Path(outside[2]).write_text("\n".join(lines[:-1]))

    done = checked_outside(*outside[:3], "--kept", "0" * 64)

    assert "of chain “rows” is gone or another" in done.stdout
    assert "No anchor has the digest that you kept" in done.stdout


def test_the_script_finds_words_that_were_never_published(outside):
    other = {"document": None, "digest": "0" * 64}
    Path(outside[3]).write_text(json.dumps(other))

    done = checked_outside(*outside[:3], "--version", outside[3])

    assert "The chains tell of no publication of these words." in done.stdout


def test_the_public_chains_hold_no_private_text(busy, client):
    told = b"".join(client.get("/record/chains.jsonl")).decode()

    assert not [one for one in PRIVATE[:-1] if one in told]
    assert "salt" not in told
    assert (
        client.get(f"/v/{Revision.objects.get(title='Unpublished title').page_id}-1.json").status_code == 404
    )


def test_a_version_corrected_for_safety_is_exported_as_digest_only(
    published, client, moderator, second_moderator
):
    one = corrections.propose(
        published, passage="A first paragraph.", replacement="Do not.", reason="Wrong dose.", by=moderator
    )
    digest = published.publications.get().revision.digest
    corrections.second(one.pk, by=second_moderator, digest=one.digest)

    told = client.get(f"/v/{published.pk}-1.json").json()

    assert told == {"page": published.pk, "version": 1, "digest": digest, "document": None}


def test_the_digest_is_shown_on_version_page_and_print(published, client):
    digest = published.publications.get().revision.digest

    for path in (
        "/wiki/hypoparathyroidism/",
        "/wiki/hypoparathyroidism/revisions/1/",
        f"/v/{published.pk}-1/",
    ):
        assert digest in words(client.get(path))
