"""Run a command with DATABASE_URL leading to the embedded PostgreSQL, as it would to production's own."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wiki import postgres

with postgres.running(postgres.TESTS, "causeway"):
    place = postgres.address(data=postgres.TESTS)
    url = f"postgres://{place['USER']}@/{place['NAME']}?host={quote(place['HOST'])}&port={place['PORT']}"
    done = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False)  # noqa: S603  given by .ci/run
sys.exit(done.returncode)
