"""For each rule of the checks: documents and facts that fire it."""

import datetime as dt
from dataclasses import replace

from tests.policy.checks.documents import (
    CITED,
    HURTING_KINDS,
    KEY,
    OLD,
    PICTURE,
    Case,
    boxed,
    document,
    noticed,
    row,
    said,
    stated,
)
from wiki.policy.checks import Cited, Depicted, Linked, Namesake
from wiki.text.document import Code, Retirement

# For each rule: a document and facts that fire it, the field, and words of what is said.
FIRES: dict[str, list[Case]] = {
    "title-given": [
        (document(title=" "), {}, "title", "Give the page a title"),
        (document(title="?"), {}, "title", "at least one letter or digit"),
    ],
    "title-free": [
        (document(), {"title_taken": True}, "title", "There is already a page at /wiki/a-thing/. Edit"),
        (
            document(),
            {"title_taken": True, "title_owner": "Another thing"},
            "title",
            "There is already a page at /wiki/a-thing/, now called “Another thing”. Edit that page",
        ),
        (
            document(),
            {"title_taken": True, "title_owner": "A thing"},
            "title",
            "There is already a page at /wiki/a-thing/. Edit",
        ),
        (
            document(),
            {"title_taken": True, "title_owner_is_retired": True},
            "title",
            "The page at /wiki/a-thing/ is retired. Bring that page back",
        ),
    ],
    "looks-like-another": [
        (
            document(title="А thing"),
            {"namesakes": {"thlng": [Namesake("A thing", "A thing", is_title=True)]}},
            "title",
            "“А thing” looks like the title of a page that is published: “A thing”",
        ),
        (
            document(title="Thé thing"),
            {"namesakes": {"thlng": [Namesake("The thing", "The thing", is_title=True)]}},
            "title",
            "“Thé thing” looks like the title of a page",
        ),
        (
            document(aliases=("Fаhr",)),
            {"namesakes": {"fahr": [Namesake("Fahr", "PFBC", is_title=False)]}},
            "aliases",
            "“Fаhr” looks like “Fahr”, another name of the page “PFBC”",
        ),
    ],
    "is-also-anothers": [
        (
            document(aliases=("Calcitriol",)),
            {"namesakes": {"calcltrlo": [Namesake("Calcitriol", "Calcitriol", is_title=True)]}},
            "aliases",
            "“Calcitriol” is the title of a page that is published",
        ),
        (
            document(title="lodine"),
            {"namesakes": {"lodln": [Namesake("Iodine", "Iodine", is_title=True, is_waiting=True)]}},
            "title",
            "“lodine” reads much like the title of a page that waits for its review: “Iodine”",
        ),
    ],
    "kind-given": [(document(kind="cat"), {}, "kind", "Choose what kind of page")],
    "summary-given": [(document(summary=" "), {}, "summary", "Write a plain summary")],
    "not-corrected": [
        (
            document(body="One.\n\nGive 100 mg.\n\nTwo."),
            {"corrected": [("Give 100 mg.", dt.date(2026, 5, 3))]},
            "body",
            "corrected for safety on 3 May 2026",
        ),
        (
            document(summary="Give 100\nmg."),
            {"corrected": [("Give 100 mg.", dt.date(2026, 5, 3))]},
            "summary",
            "take the passage out",
        ),
    ],
    "text-given": [(replace(document(), body="\n"), {}, "body", "Write the text")],
    "all-seen": [
        (document(title="A\u200b thing"), {}, "title", "Delete a character that nobody can see: U+200B"),
        (said("Do \u202eton\u202c stop."), {}, "body", "Delete 2 characters that nobody can see: U+202E"),
        (said("Give 5&#8203; mg."), {}, "body", "Delete “&#8203;”: readers get a character"),
        (stated(row(note="Clearer\u202e .yllaer")), {}, "statements-0-note", "Delete a character"),
        (document(aliases=("Fa\u00adhr",)), {}, "aliases", "Delete a character"),
    ],
    "short-enough": [
        (document(summary="x" * 301), {}, "summary", "Shorten this by 1 character"),
        (stated(row(note="x" * 402)), {}, "statements-0-note", "Shorten this by 2 characters"),
        (document(retirement=Retirement("x" * 401)), {}, "retirement", "Shorten this by 1 character"),
    ],
    "retirement-told": [
        (document(retirement=Retirement(" ")), {}, "retirement", "Say for readers why"),
        (document(retirement=Retirement("Double.", 1)), {}, "retirement", "cannot be replaced by itself"),
        (
            document(retirement=Retirement("Double.", 7)),
            {"can_replace": False},
            "retirement",
            "is not published, or is retired",
        ),
    ],
    "names-once": [(document(aliases=("a thing",)), {}, "aliases", "“a thing” is named twice")],
    "codes-known": [
        (document(codes=(Code("SNOMED", "1"),)), {}, "codes", "is not a code system"),
        (document(codes=(Code("HPO", "829"),)), {}, "codes", "such as HP:0002135"),
    ],
    "codes-once": [
        (document(codes=(Code("OMIM", "146200"),) * 2), {}, "codes", "OMIM 146200 is given twice")
    ],
    "codes-new": [
        (
            document(codes=(Code("OMIM", "146200"),)),
            {"before": document()},
            "codes",
            "Look up what is new: OMIM 146200",
        )
    ],
    "page-named": [
        (stated(row(other=9)), {}, "statements-0-object", "There is no such page"),
        (stated(row(other=1)), {}, "statements-0-object", "about itself"),
    ],
    "relation-chosen": [(stated(row("cures")), {}, "statements-0-relation", "Choose how")],
    "kinds-fit": [
        (stated(row("affects_site")), {}, "statements-0-relation", "of one of kind symptom"),
        (stated(row()), {"kinds": {7: ""}}, "statements-0-relation", "of one of kind unknown"),
    ],
    "made-once": [(stated(row(), row(note="Again.")), {}, "statements-1-object", "already made above")],
    "check-marks-readable": [
        (said("It ends [check again by soon]."), {}, "body", "“soon” is no day"),
    ],
    "details-readable": [
        (stated(row(frequency="often")), {}, "statements-0-frequency", "“3 of 14”"),
        (stated(row(frequency="3/14")), {}, "statements-0-frequency", "Write it as “3 of 14”"),
        (stated(row(onset="late")), {}, "statements-0-onset", "Choose one from the list"),
    ],
    "details-belong": [
        (stated(row(strength="strong_for")), {}, "statements-0-strength", "for statements on treatment"),
        (stated(row(penetrance="over 85%")), {}, "statements-0-penetrance", "for statements about a gene"),
    ],
    "stance-given": [(stated(row(stance="sure")), {}, "statements-0-stance", "Say what the evidence")],
    "grade-given": [
        (stated(row(grade="ungraded")), {}, "statements-0-grade", "Say how certain"),
        (stated(row("see_also")), {}, "statements-0-grade", "it takes no grade"),
    ],
    "basis-given": [(stated(row(basis="rumour")), {}, "statements-0-basis", "Say what kind of evidence")],
    "source-given": [(stated(row(sources=())), {}, "statements-0-sources", "Add a source")],
    "paragraphs-supported": [
        (
            document("## What it is\n\nIt is a thing of some note."),
            {},
            "body",
            "No reference in “What it is”, paragraph 1",
        )
    ],
    "treatment-well-founded": [
        (stated(row("treats")), {}, "statements-0-sources", "single studies alone: treats Seizures"),
        (stated(row("prevents", sources=(OLD,))), {}, "statements-0-sources", "helps to prevent Seizures"),
    ],
    "sources-known": [
        (document("It is a thing [@pmid:9]."), {}, "body", "[@pmid:9] is not among the wiki’s sources"),
        (document("It is a thing [@nonsense]."), {}, "body", "[@nonsense]: Give a DOI"),
        (stated(row(sources=("pmid:9",))), {}, "statements-0-sources", "pmid:9 is not among"),
        (document("## It is [@pmid:9]\n"), {}, "body", "[@pmid:9] is not"),
        (document("See the note[^1].\n\n[^1]: It is [@pmid:9].\n"), {}, "body", "[@pmid:9] is not"),
    ],
    "sources-stand": [
        (document(), noticed("retraction"), "body", "“A study” (pmid:1) is retracted, and “What it is”"),
        (
            document("None.", statements=(row(stance="disputed"),)),
            noticed("retraction"),
            "statements-0-sources",
            "this statement rests on it",
        ),
    ],
    "notices-heeded": [
        (document(), noticed("correction"), "body", "“A study” (pmid:1): It has been corrected"),
        (document("None.", statements=(row(),)), noticed("concern"), "statements-0-sources", "of concern"),
        (document("It is retracted [@pmid:1]."), noticed("retraction"), "body", "It is retracted"),
    ],
    "sources-verified": [
        (document(), {"sources": {KEY: Cited("cohort", 2024, False)}}, "body", "pmid:1 is not fully verified")
    ],
    "sources-own-key": [
        (
            document(),
            {"sources": {KEY: Cited("cohort", 2024, True, "A study", instead="pmid:7")}},
            "body",
            r"[@pmid:1] is now [@pmid:7]: cite “A study” so",
        )
    ],
    "sources-new": [
        (document(), {"before": document("Nothing.")}, "body", "is new here: open it"),
        (document(), {"before": None}, "body", "is new here: open it"),
    ],
    "sources-recent": [
        (document(), {"sources": {KEY: Cited("cohort", 2020, True)}}, "body", "newest source is from 2020"),
        (document(), {"sources": {KEY: Cited("cohort", None, True)}}, "body", "No source has a year"),
    ],
    "no-single-case-as-fact": [
        (
            stated(row(basis="case_report", grade="low")),
            {},
            "statements-0-grade",
            "one case or a mechanism: causes Seizures",
        )
    ],
    "basis-carried": [
        (
            stated(row(basis="guideline")),
            {},
            "statements-0-basis",
            "No source is a guideline: causes Seizures",
        )
    ],
    "grade-carried": [
        (
            stated(row(grade="moderate")),
            {"sources": {KEY: Cited("case_report", 2024, True)}},
            "statements-0-grade",
            "Moderate certainty on sources that cannot carry it",
        )
    ],
    "high-well-founded": [(stated(row(grade="high")), {}, "statements-0-grade", "High without a guideline")],
    "doubt-explained": [(stated(row(stance="disputed")), {}, "statements-0-note", "No note says why")],
    "not-torn": [
        (
            stated(row(), row("associated_with", stance="refuted")),
            {},
            "statements-1-stance",
            "Both supported and not, in different statements: Seizures",
        )
    ],
    "told-elsewhere": [
        (stated(row()), {"made_twice": [(0, "The other page says so")]}, "statements-0-object", "says so")
    ],
    "about-retired": [
        (
            stated(row()),
            {"retired": {7: Linked("Seizures", True, "Fits")}},
            "statements-0-object",
            "“Seizures” is retired; “Fits” replaces it",
        ),
        (stated(row()), {"retired": {7: Linked("Seizures", True)}}, "statements-0-object", "is retired"),
    ],
    "rows-new": [
        (stated(row()), {"before": document()}, "statements-0-relation", "direction: causes Seizures"),
        (stated(row(note="In adults.")), {"before": stated(row())}, "statements-0-relation", "causes"),
    ],
    "percentages-cited": [
        (document("## Numbers\n\nSeen in 12.5 % of those."), {}, "body", "A share without a reference")
    ],
    "percentages-new": [(said("Seen in 25% of those"), {"before": said("Seen")}, "body", "compare each")],
    "no-dose": [
        (said("Take 5 mg/kg of it daily"), {}, "body", "This looks like a dose: “5 mg/kg”"),
        (stated(row(note="At 400–800 units.")), {}, "statements-0-note", "“400–800 units”"),
        (document(summary="It takes 2 tablets."), {}, "summary", "“2 tablets”"),
    ],
    "no-trailing-zero": [(said("Given 5.0 mg of it"), {}, "body", "“5.0 mg” can be read ten times")],
    "no-naked-decimal": [(said("Given .5 mg of it"), {}, "body", "write 0.5 mg")],
    "units-in-full": [(said("Given 10 U of it"), {}, "body", "“10 U” has a unit")],
    "long-numbers-parted": [(said("Given 50000 units"), {}, "body", "“50000 units” is hard to read")],
    "no-latin-shorthand": [(said("Given QOD to them"), {}, "body", "do not know “QOD”")],
    "nobody-ordered": [
        (said("You should not stop it"), {}, "body", "speaks to one reader: “You should not stop it.”"),
        (document(summary="Take it with food."), {}, "summary", "“Take it with food.”"),
    ],
    "summary-plain": [
        (
            document(summary="Extraordinarily heterogeneous neurodegenerative manifestations predominate."),
            {},
            "summary",
            "aim for 14 or less",
        )
    ],
    "terms-explained": [(said("It leads to tetraparesis."), {}, "body", "“tetraparesis” is not")],
    "nothing-is-lost": [
        (document("A.\n\n[^b]: Not in kidney failure.\n"), {}, "body", "Nothing refers to this note"),
        (document("A[^a].\n\n[^a]: One.\n[^a]: Two.\n"), {}, "body", "2 notes are called a"),
        (document("| A |\n| --- |\n| 1 | rash |\n"), {}, "body", "2 cells for 1 columns; “rash” is left out"),
        (document("A.\n\n[b]: https://a.org\n"), {}, "body", "No link uses this address"),
    ],
    "no-leftover-marks": [
        (document("One<br>two.\n"), {}, "body", "HTML is shown as it is typed: <br>"),
        (document("{{Infobox}}\n"), {}, "body", "template of another wiki"),
    ],
    "headings-have-words": [(document("## One\n\nSo.\n\n##\n"), {}, "body", "A heading after “One” has no")],
    "no-second-title": [
        (document("# One\n"), {}, "body", "“One” is written as a title"),
        (document("One\n===\n"), {}, "body", "“One” is written as a title"),
    ],
    "headings-in-order": [
        (document("### One\n"), {}, "body", "“One” has 3 #, and the heading above it none"),
        (document("## One\n\n#### Two\n"), {}, "body", "“Two” has 4 #, and the heading above it 2"),
        (document("## A\n### B\n#### C\n##### D\n"), {}, "body", "“D” has 5 #; the wiki shows up to four"),
    ],
    "no-bold-headings": [(document("**What helps**\n"), {}, "body", "“What helps” stands alone in bold")],
    "pictures-told": [(document(f"![](image:{PICTURE})\n"), {}, "body", "does not say what it shows")],
    "pictures-there": [
        (document("![A scan](image:fedcba9876543210)"), {}, "body", "no picture called fedcba9876543210"),
        (
            document(f"![A scan](image:{PICTURE})"),
            {"pictures": {PICTURE: Depicted("A scan", withdrawn=True)}},
            "body",
            "has been withdrawn",
        ),
    ],
    "links-lead-somewhere": [
        (said("See [[Nothing yet]]"), {}, "body", "[[Nothing yet]] leads nowhere yet"),
        (said("See [[Nothing  yet]]"), {}, "body", "[[Nothing yet]] leads nowhere yet"),
    ],
    "links-lead-to-sections": [
        (
            said("See [[Seizures#Signs]]"),
            {"links": {"seizures": Linked("Seizures", headings=("s-causes",))}},
            "body",
            "“Seizures” has no section “Signs”",
        ),
        (said("See [[#Signs|below]]"), {}, "body", "This page has no section “Signs”"),
    ],
    "sections-linked-to-stay": [
        (
            document(),
            {"lost_sections": {"Signs": ["Gout", "Seizures"]}},
            "body",
            "“Gout”, “Seizures” link to the section “Signs”, which is no longer here, or is here twice",
        ),
    ],
    "links-not-retired": [
        (
            said("See [[Seizures]]"),
            {"links": {"seizures": Linked("", True, "Fits")}},
            "body",
            "leads to a page that is retired, and “Fits” replaces it",
        ),
        (said("See [[Seizures]]"), {"links": {"seizures": Linked("", True)}}, "body", "that is retired"),
    ],
    "warning-signs-named": [
        (replace(document(), body=CITED), {}, "body", "There is no box"),
        *((replace(document(kind=kind), body=CITED), {}, "body", "no box") for kind in HURTING_KINDS),
    ],
    "emergencies-at-their-level": [
        (
            boxed("See a doctor the same day for", "a first seizure."),
            {},
            "body",
            "“seizure” tells of a seizure",
        ),
        (boxed("Get help for", "- a rash\n- slurred speech"), {}, "body", "sudden trouble with speech"),
        (boxed("See a doctor for", "a rash.\n\nOr a stiff neck."), {}, "body", "a stiff neck"),
        (boxed("See a doctor the same day for sudden weakness", "Go."), {}, "body", "weakness"),
        (boxed("", "Get same-day care for trouble breathing."), {}, "body", "trouble breathing"),
        (said("After a first seizure an appointment is made"), {}, "body", "which cannot wait"),
        (replace(document(), summary="Slurred speech can wait."), {}, "summary", "which cannot wait"),
    ],
    "urgent-leads-chosen": [(boxed("Get help for", "a rash."), {}, "body", "headed “Get help for”")],
    "nobody-identified": [(said("Ring 020 7946 0958"), {}, "body", "identify somebody: “020 7946 0958”")],
    "reports-answered": [
        (document(), {"reports": 1}, "", "1 report of readers on this page"),
        (document(), {"reports": 2}, "", "2 reports of readers on this page"),
    ],
    "people-qualified": [(document(), {"professions": {"Dr A": "x", "B": ""}}, "", "is given for B")],
}
