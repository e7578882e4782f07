"""The process that decodes one picture: a file on stdin, JSON and renditions on stdout.

What comes in was made by anybody. It is opened here with little memory, little time and no secrets.
"""

import json
import resource
import sys
from typing import Final

from wiki.images.processing import clean
from wiki.policy.refusal import Refused

MOST_MEMORY: Final = 300_000_000
MOST_SECONDS: Final = 20


def main() -> None:
    """Decode the picture on stdin; write what it is, or why it is refused."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        made = clean(sys.stdin.buffer.read())
    except Refused as refusal:
        _say({"refused": str(refusal)})
        return
    told = {name: getattr(made, name) for name in ("name", "format", "width", "height", "traces")}
    sizes = [[width, len(data)] for width, data in made.renditions.items()]
    _say(told | {"renditions": sizes}, *made.renditions.values())


def _say(told: dict[str, object], *parts: bytes) -> None:
    """Write one line of JSON, followed by the bytes that it describes."""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for part in parts:
        sys.stdout.buffer.write(part)
