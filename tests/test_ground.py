import ast
import re
import tomllib
from pathlib import Path

from wiki import wsgi

ROOT = Path(__file__).resolve().parent.parent


def test_ci_runs_the_tests_as_the_readme_says():
    words = ".venv/bin/python -m pytest"

    assert any(line.endswith(words) for line in (ROOT / "README.md").read_text().splitlines())
    for script in ("run", "coverage"):
        assert words in (ROOT / ".ci" / script).read_text().splitlines()


def test_coverage_has_its_own_run_with_a_minimum():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]
    script = (ROOT / ".ci" / "coverage").read_text()

    assert "--cov" not in (ROOT / ".ci" / "run").read_text()
    assert settings["run"]["branch"]
    assert settings["report"]["fail_under"] == 95
    assert "--fail-under=100 --include='wiki/domain/*,wiki/policy/*,wiki/acts/*,wiki/text/*'" in script


def test_only_tests_that_open_a_browser_are_run_for_each_browser(request):
    folders = {item.path.parent.name for item in request.session.items if "browser_name" in item.fixturenames}

    assert folders <= {"journeys"}


def test_the_locks_hold_every_dependency_and_name_no_host():
    for lock in ("requirements.txt", "tests/requirements.txt"):
        lines = (ROOT / lock).read_text().splitlines()

        assert "django==6.1.3 \\" in lines
        assert all(line.endswith("\\") or "--hash=sha256:" in line for line in lines)
        assert not any("://" in line or line.startswith("-") for line in lines)


def test_the_wsgi_application_is_callable():
    assert callable(wsgi.application)


def test_every_numbered_edge_case_has_a_test():
    files = (ROOT / "tests").rglob("test_*.py")
    named = {
        int(number) for path in files for number in re.findall(r"def test_edge_(\d\d)_", path.read_text())
    }

    assert named == set(range(1, 33))


def _folders_of_the_map() -> set[str]:
    """Return the folders of wiki/ that README's map names, by its indentation."""
    readme = (ROOT / "README.md").read_text()
    lines = readme.partition("```\nwiki/\n")[2].partition("```")[0].splitlines()
    found: set[str] = set()
    above: list[str] = []
    for line in lines:
        depth = len(line) - len(line.lstrip())
        name, _, words = line.strip().partition(" ")
        if depth and name.endswith("/"):
            above = [*above[: depth // 2 - 1], name]
            found.add("".join(above).rstrip("/"))
            assert len(words.split()) > 1, f"{name} is not explained"
    return found


def test_the_map_in_the_readme_names_every_folder_of_the_code():
    folders = {
        str(path.parent.relative_to(ROOT / "wiki"))
        for path in (ROOT / "wiki").rglob("*.py")
        if path.parent != ROOT / "wiki"
    }
    folders -= {"management"}  # it holds the folder of the commands alone

    assert _folders_of_the_map() - {"starter"} == folders


def test_the_map_in_the_readme_names_every_module_beside_the_folders():
    readme = (ROOT / "README.md").read_text()
    listed = set(re.findall(r"\b(\w+\.py)\b", readme.partition("```\nwiki/\n")[2].partition("```")[0]))

    assert listed == {path.name for path in (ROOT / "wiki").glob("*.py")} - {"__init__.py"}


def test_the_glossary_in_the_readme_is_short():
    readme = (ROOT / "README.md").read_text()
    table = readme.partition("| word | meaning |")[2].partition("\n\n")[0]

    assert len(table.strip().splitlines()) - 1 <= 20


def test_the_first_screen_of_the_readme_leads_to_chapters_and_to_every_other_page():
    readme = (ROOT / "README.md").read_text()
    table = readme.partition("| you want to | read |")[2].partition("\n\n")[0]
    pages = set(re.findall(r"\]\((\.github/\w+\.md)\)", table))

    assert re.findall(r"\*([A-Z][^*]+)\*", table)
    for chapter in re.findall(r"\*([A-Z][^*]+)\*", table):
        assert f"\n## {chapter}\n" in readme
    assert pages == {str(path.relative_to(ROOT)) for path in (ROOT / ".github").glob("*.md")}
    assert readme.index("| you want to | read |") < readme.index("\n## ")


def test_a_folder_of_the_code_holds_few_modules():
    crowded = {
        str(folder.relative_to(ROOT))
        for folder in (ROOT / "wiki").rglob("*")
        if folder.is_dir() and folder.name != "migrations" and len(list(folder.glob("[!_]*.py"))) > 24
    }

    assert crowded == set()


def test_no_file_is_longer_than_400_lines():
    places = [("wiki", "*.py"), ("tests", "*.py"), ("templates", "*"), ("static", "*.js")]
    found = [path for folder, names in places for path in (ROOT / folder).rglob(names) if path.is_file()]
    ours = [path for path in found if not {"migrations", ".venv", "node_modules"} & set(path.parts)]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in ours}

    assert len(lengths) > 500
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_every_module_has_a_docstring():
    modules = [path for path in (ROOT / "wiki").rglob("*.py") if "migrations" not in path.parts]
    words = {str(path.relative_to(ROOT)): path.read_text() for path in modules}

    assert {name for name, text in words.items() if text and not text.startswith('"""')} == set()


def test_the_recipes_for_contributors_name_existing_files():
    words = (ROOT / ".github" / "CONTRIBUTING.md").read_text()
    named = set(re.findall(r"`((?:wiki|tests)/[\w/]+(?:\.py|/))`", words))

    assert len(named) > 10
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_no_class_is_named_like_another():
    names = [
        name
        for path in (ROOT / "wiki").rglob("*.py")
        if "migrations" not in path.parts
        for name in re.findall(r"^class ([A-Za-z]\w*)", path.read_text(), re.MULTILINE)
        if name != "Command"
    ]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_words_that_name_nothing_are_local_names_only():
    empty = {"told", "said", "seen", "found", "of", "one"}
    named = [
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "wiki").rglob("*.py")
        for name in _names_in(ast.parse(path.read_text()))
    ]

    assert len(named) > 5000
    assert [(path, name) for path, name in named if name.strip("_").lower() in empty] == []


def _names_in(tree):
    """Yield the names of functions and classes, and of what modules and classes hold."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.Module | ast.ClassDef):
            for line in node.body:
                targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
                yield from (one.id for one in targets if isinstance(one, ast.Name))


def test_every_sql_file_is_run_by_a_migration():
    run = "".join(path.read_text() for path in (ROOT / "wiki" / "migrations").glob("0*.py"))

    for path in (ROOT / "wiki" / "models" / "sql").glob("*.sql"):
        assert f'"{path.stem}"' in run or f'"{path.name}"' in run, f"{path.name} guards nothing."
