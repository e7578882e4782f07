"""Check of a wiki's record on another computer: needs Python alone, and nothing of the wiki.

    curl -sO https://wiki.example.org/record/anchors.json
    curl -sO https://wiki.example.org/record/chains.jsonl
    python3 check_record.py anchors.json chains.jsonl --kept DIGEST

recomputes every link of every chain and every anchor, and looks for an anchor that you kept. With
`--version FILE`, saved from /v/12-3.json, it says whether exactly these words were published, and when.
`chains.jsonl?page=12` holds the chain of one page; anchors are then compared with that chain alone.
`--dump FOLDER` checks a dump: every file by its checksum, and that each page is what was published.

A link is the SHA-256 of the canonical JSON (RFC 8785) of {chain, place, table, row, payload, previous}, where
payload is itself such a digest; an anchor that of {day, heads, made_at, previous}.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Head = tuple[str, int]


def digest_of(value: Any) -> str:
    """Return the SHA-256 of canonical JSON; the record holds texts and whole numbers only."""
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def check_chains(lines: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield each broken link with what is wrong."""
    ends: dict[Any, tuple[int, str]] = {}
    for link in lines:
        place, previous = ends.get(link["chain"], (0, ""))
        found = []
        if link["place"] != place + 1:
            found.append(f"a link is missing before place {link['place']}")
        if link["previous"] != previous:
            found.append("it does not follow the one before it")
        if "payload" in link and digest_of(link["payload"]) != link["payload_digest"]:
            found.append("its payload does not have its digest")
        said = {name: link[name] for name in ("chain", "place", "table", "row", "previous")}
        if digest_of({**said, "payload": link["payload_digest"]}) != link["digest"]:
            found.append("it does not have the digest of what it says")
        ends[link["chain"]] = link["place"], link["digest"]
        yield link, found


def check_anchors(anchors: Iterable[dict[str, Any]], links: dict[Head, str]) -> Iterator[str]:
    """Yield what is wrong with the anchors, the oldest first, and with the chains that they bind."""
    chains = {chain for chain, _ in links}
    previous = ""
    for anchor in anchors:
        said = f"Anchor {anchor['digest'][:12]} of {anchor['day']}"
        if anchor["previous"] != previous:
            yield f"{said} does not follow the one before it."
        if (
            digest_of({name: anchor[name] for name in ("day", "heads", "made_at", "previous")})
            != anchor["digest"]
        ):
            yield f"{said} does not have the digest of what it says."
        for chain, (place, digest) in anchor["heads"].items():
            if chain in chains and links.get((chain, place)) != digest:
                yield f"{said}: place {place} of chain “{chain}” is gone or another."
        previous = anchor["digest"]


def named(chain: Any) -> str:
    """Return the name of a chain in an anchor."""
    return "" if chain is None else str(chain)


def status_of(
    version: dict[str, Any], rows: dict[tuple[str, int], dict[str, Any]]
) -> tuple[list[str], list[str]]:
    """Return what the chain says about a version, and every mismatch."""
    if version["document"] is not None and digest_of(version["document"]) != version["digest"]:
        return [], ["The words of the version do not have its digest."]
    same = [
        pk for (table, pk), row in rows.items() if table == "revision" and row["digest"] == version["digest"]
    ]
    published = [
        (row["since"], rows.get(("ending", pk), {}).get("until", "now"))
        for (table, pk), row in rows.items()
        if table == "publication" and row["revision_id"] in same
    ]
    if not published:
        return [], ["The chains tell of no publication of these words."]
    return [f"These words were published from {since} until {until}." for since, until in published], []


def check_dump(folder: Path, rows: dict[tuple[str, int], dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with a dump: files that changed, came or went, pages that were not published so."""
    sums = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in sums)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(listed.keys() ^ (there - {"SHA256SUMS"})):
        yield f"{name} is {'missing' if name in listed else 'not part of the dump'}."
    for name in sorted(listed.keys() & there):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != listed[name]:
            yield f"{name} does not have its checksum."
    lines = (folder / "record" / "versions.jsonl").read_text("utf-8").splitlines()
    versions = {one["file"]: one for one in map(json.loads, lines)}
    for name in sorted(name for name in there if name.startswith("pages/") and name.endswith(".md")):
        yield from _check_page(name, (folder / name).read_text("utf-8"), versions.get(name), rows)


def _check_page(
    name: str, text: str, version: dict[str, Any] | None, rows: dict[tuple[str, int], dict[str, Any]]
) -> Iterator[str]:
    """Yield what is wrong with a page of a dump. Of a version with a corrected passage there is no text."""
    if version is None:
        yield f"{name}: the record has no version of it."
        return
    said, found = status_of(version, rows)
    yield from (f"{name}: {one}" for one in found)
    if said and not any(one.endswith("until now.") for one in said):
        yield f"{name}: this version is not published any more."
    told = version["document"]
    body = text[3:].partition("\n---\n")[2].strip()
    if told is not None and body != told.get("body", "").strip():
        yield f"{name}: its text is not that of the version."


def main() -> int:
    """Check the files named on the command line; return 1 if there is a mismatch."""
    parser = argparse.ArgumentParser(description="Check a wiki's record without the wiki.")
    parser.add_argument("anchors", type=Path, help="anchors.json")
    parser.add_argument("chains", type=Path, help="chains.jsonl, of all pages or of one")
    parser.add_argument("--kept", help="digest of an anchor that you kept")
    parser.add_argument("--version", type=Path, help="the file of one version")
    parser.add_argument("--dump", type=Path, help="the folder of a dump")
    asked = parser.parse_args()
    anchors = json.loads(asked.anchors.read_text("utf-8"))["anchors"][::-1]
    troubles, links, rows = [], {}, {}
    with asked.chains.open(encoding="utf-8") as lines:
        for link, found in check_chains(map(json.loads, lines)):
            place = f"Chain “{named(link['chain'])}”, place {link['place']}"
            troubles += [f"{place}: {one}." for one in found]
            links[named(link["chain"]), link["place"]] = link["digest"]
            if "payload" in link:
                rows[link["table"], link["row"]] = link["payload"]
    troubles += check_anchors(anchors, links)
    if asked.kept and asked.kept not in {one["digest"] for one in anchors}:
        troubles.append("No anchor has the digest that you kept: the record was written anew since.")
    if asked.version:
        said, found = status_of(json.loads(asked.version.read_text("utf-8")), rows)
        troubles += found
        sys.stdout.writelines(f"{one}\n" for one in said)
    if asked.dump:
        troubles += check_dump(asked.dump, rows)
    sys.stdout.writelines(f"{one}\n" for one in troubles)
    if not troubles:
        chains = len({chain for chain, _ in links})
        sys.stdout.write(f"All fits: {len(links)} links in {chains} chains, {len(anchors)} anchors.\n")
    return int(bool(troubles))


if __name__ == "__main__":
    sys.exit(main())
