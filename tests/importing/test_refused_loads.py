"""A load that is refused: what it says of the file and the line, and that nothing of it stays."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import pictures
from wiki.acts.library.images import PictureDetails
from wiki.images.processing import clean
from wiki.importing import page_loads, pages
from wiki.importing import pictures as folders
from wiki.models import Event, Image, Page, Source
from wiki.policy.refusal import Refused

FRONT = """---
title: Gout
kind: condition
review: loaded from files, not yet reviewed by a clinician
summary: Painful joints.
aliases:
  - Podagra
codes:
  - system: ICD-10
    code: M10
statements: []
sources:
  - ids:
      pmid: "22327515"
    type: cohort
    csl:
      type: article-journal
      title: A study
---

## What it is

Crystals in joints.
"""
STATEMENT = """statements:
  - relation: causes
    page: Gout
    stance: asserted
    grade: low
    basis: cohort
    sources:
      - pmid:22327515
  - relation: causes
    page: Nowhere
    stance: asserted
    grade: low
    basis: cohort
    sources: []
"""

# Words of the file, what stands in their place, the line that is named, and a part of the sentence.
REFUSED = [
    ("kind: condition", "kind: illness", 3, "Choose what kind of page this is"),
    ("summary: Painful joints.", "summary:", 5, "Write a plain summary"),
    ("  - Podagra\n", "  - Podagra\n  - Toe\n  - podagra\n", 9, "named twice"),
    ("code: M10", "code: Q", 10, "“Q” is not a valid ICD-10 code"),
    ("system: ICD-10", "system: ICD-99", 9, "“ICD-99” is not a code system"),
    ("Crystals in joints.", "Crystals.\n\n![CT](image:0123456789abcdef)", 25, "There is no picture called"),
    ("## What it is\n\nCrystals in joints.\n", "", 21, "Write the text of the page"),
    ("Crystals in joints.", "Crystals.\n\nIn \u202ejoints.", 25, "nobody can see"),
    ("statements: []\n", STATEMENT, 20, "there is no page named “Nowhere”"),
    ("statements: []\n", STATEMENT.replace("Nowhere", "Gout"), 13, "cannot make a statement about itself"),
    ("      title: A study\n", "", 13, "Source “pmid:22327515”: Give the source’s title"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "joints").mkdir()
    (tmp_path / "joints" / "gout.md").write_text(FRONT, encoding="utf-8")
    return tmp_path


def refused(folder):
    with pytest.raises(CommandError) as refusal:
        call_command("import_pages", str(folder))
    return str(refusal.value)


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_a_refused_page_is_named_with_its_file_and_the_line(folder, db, number):
    old, new, line, sentence = REFUSED[number]
    assert old in FRONT
    (folder / "joints" / "gout.md").write_text(FRONT.replace(old, new), encoding="utf-8")

    said = refused(folder)
    assert said.startswith(f"joints/gout.md, line {line}: Gout: ")
    assert sentence in said
    assert not Page.objects.exists()


def test_a_second_problem_names_its_line_too(folder, db):
    text = FRONT.replace("code: M10", "code: Q").replace("kind: condition", "kind: illness")
    (folder / "joints" / "gout.md").write_text(text, encoding="utf-8")

    said = refused(folder)

    assert said.startswith("joints/gout.md, line 3: Gout: Choose what kind of page this is.")
    assert said.endswith("See line 10 too.")


def test_of_a_file_that_is_gone_the_name_is_told(folder, db):
    text = FRONT.replace("kind: condition", "kind: illness")
    (folder / "joints" / "gout.md").write_text(text, encoding="utf-8")
    files = pages.PageFolder(folder)
    (folder / "joints" / "gout.md").unlink()

    with pytest.raises(Refused, match=r"^joints/gout\.md: Gout: Choose what kind"):
        page_loads.load(files, note="Loaded.")


@pytest.mark.parametrize("at_once", [1, 100])
def test_a_refused_load_leaves_no_picture_behind(folder, db, monkeypatch, at_once):
    monkeypatch.setattr(page_loads, "AT_ONCE", at_once)
    (folder / "other.md").write_text(FRONT.replace("Gout", "Flare").replace("M10", "M11"), encoding="utf-8")
    picture = clean(pictures.file(pictures.picture(shade=90 + at_once)))
    folders.write(folder, picture, PictureDetails(alt="CT", credit="Dr Ines Albrecht", licence="own"))
    shown = FRONT.replace("Crystals in joints.", f"![CT](image:{picture.name})").replace("Podagra", "Toe")
    text = shown.replace("kind: condition", "kind: illness")
    (folder / "joints" / "gout.md").write_text(text, encoding="utf-8")

    refused(folder)

    assert not any(model.objects.exists() for model in (Page, Image, Event, Source))
    assert not default_storage.exists(f"pictures/{picture.name}/{picture.width}.webp")
    (folder / "joints" / "gout.md").write_text(shown, encoding="utf-8")
    call_command("import_pages", str(folder))
    assert (Page.objects.count(), Image.objects.count()) == (2, 1)
    assert default_storage.exists(f"pictures/{picture.name}/{picture.width}.webp")
