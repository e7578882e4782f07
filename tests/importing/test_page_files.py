"""Page files as they lie in folders: their encoding, line ends, names and places."""

import pytest

from wiki.importing import pages
from wiki.importing.front_matter import STARTER, PageFile, dumps
from wiki.importing.yaml_words import BadFile

GOUT = PageFile("Gout", "condition", STARTER, "Painful joints.", (), (), (), (), "## What it is\n\nCrystals.")


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("utf-16", "encoded as UTF-16"),
        ("utf-16-le", "encoded as UTF-16"),
        ("utf-16-be", "encoded as UTF-16"),
        ("utf-32", "encoded as UTF-32"),
        ("latin-1", r"Line 4 is not UTF-8; the file seems to be in Latin-1"),
        ("windows-1252", r"Line 4 is not UTF-8; the file seems to be in Windows-1252"),
    ],
)
def test_a_file_in_another_encoding_is_refused_with_its_name(tmp_path, encoding, sentence):
    dash = "–" if encoding == "windows-1252" else "é"
    text = f"---\ntitle: Gout\nkind: condition\nsummary: Gicht {dash}\n---\n\nWords.\n"
    (tmp_path / "gout.md").write_bytes(text.encode(encoding))

    with pytest.raises(BadFile, match=f"^gout.md: .*{sentence}.*Save it as UTF-8"):
        pages.PageFolder(tmp_path)


@pytest.mark.parametrize("name", ["GOUT.MD", "joints/gout.md", "joints/feet/Gout.Md"])
@pytest.mark.parametrize(("start", "end"), [("", "\n"), ("\ufeff", "\n"), ("", "\r\n"), ("", "\r")])
def test_files_are_read_from_subfolders_with_any_line_ends(tmp_path, name, start, end):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{start}{dumps(GOUT)}".replace("\n", end).encode())

    assert [*pages.PageFolder(tmp_path)] == [GOUT]


def test_a_bad_file_in_a_folder_is_named_with_the_folder(tmp_path):
    (tmp_path / "joints").mkdir()
    (tmp_path / "joints" / "gout.md").write_text("Nothing.")

    with pytest.raises(BadFile, match=r"^joints.gout\.md: "):
        pages.PageFolder(tmp_path)


def test_hidden_folders_are_ignored(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.md").write_text("Nothing.")
    (tmp_path / "gout.md").write_text(dumps(GOUT))

    assert [*pages.PageFolder(tmp_path)] == [GOUT]


def test_a_file_that_looks_like_a_page_and_has_another_ending_is_named(tmp_path):
    for name in ("gout.md", "joints.txt", "wrist.markdown", "sub/hip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"\ufeff{dumps(GOUT)}", encoding="utf-8")
    for name, words in (("README.txt", "Words."), ("scan.yaml", "---\nalt: A\n"), (".note", "---\n")):
        (tmp_path / name).write_text(words)

    found = pages.PageFolder(tmp_path)

    assert [*found] == [GOUT]
    assert found.unread == ["joints.txt", "sub/hip", "wrist.markdown"]


def test_two_files_of_one_address_are_refused_with_both_names(tmp_path):
    (tmp_path / "joints").mkdir()
    (tmp_path / "gout.md").write_text(dumps(GOUT))
    (tmp_path / "joints" / "podagra.md").write_text(dumps(GOUT).replace("title: Gout", "title: GOUT"))

    with pytest.raises(
        BadFile, match=r"^joints.podagra\.md: “GOUT” would have the address of .* in gout\.md"
    ):
        pages.PageFolder(tmp_path)


def test_links_to_files_are_read_and_others_are_named(tmp_path):
    folder, elsewhere = tmp_path / "pages", tmp_path / "elsewhere"
    for one in (folder, elsewhere):
        one.mkdir()
    (elsewhere / "gout.md").write_text(dumps(GOUT))
    for name, target in (
        ("gout.md", elsewhere / "gout.md"),
        ("all", elsewhere),
        ("gone.md", elsewhere / "gone.md"),
        (".self", folder),
    ):
        (folder / name).symlink_to(target)

    found = pages.PageFolder(folder)

    assert ([*found], found.links, found.unread) == ([GOUT], ["all", "gone.md"], [])
