"""Text on paper and on narrow screens: nothing runs off the sheet, and no long word widens the page."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from wiki.text.markdown.html import Target, render

STYLES = Path(__file__).parents[2] / "static" / "causeway.css"
# The width between the margins of A4, in CSS pixels.
SHEET = 642
GENE = "ACGT" * 60


def _table(columns: int, cell: str) -> str:
    head = " | ".join(f"Concentration {number}" for number in range(columns))
    return f"| {head} |\n|{' --- |' * columns}\n| {' | '.join([cell] * columns)} |\n"


BODY = "\n\n".join(
    [
        _table(4, GENE),
        _table(9, "Calcium gluconate 10 %"),
        _table(18, "12.5 mmol/l"),
        _table(30, "5.25"),
        _table(120, "5"),
        "- " + _table(12, "Calcium gluconate 10 %").replace("\n", "\n  "),
        f"    {GENE} " + "x " * 200,
        "E = " + "+".join(f"x{number}²·(1−α{number})" for number in range(80)),
        f"`{GENE}`",
        f"## {GENE}",
        f"<https://example.org/{GENE}>",
        f"x[^1]\n\n[^1]: {GENE}",
    ]
)
TOO_WIDE = """sheet => [...document.querySelectorAll(".prose *")]
  .filter(one => one.getBoundingClientRect().right > sheet + 1).map(one => one.tagName)"""


@pytest.mark.parametrize("media", ["print", "screen"])
def test_wide_tables_formulas_and_code_stay_on_the_sheet(page: Page, media):
    shown = render(BODY, links=lambda _: Target("/x/", True), sources={}).html
    page.set_viewport_size({"width": SHEET, "height": 900})
    page.emulate_media(media=media)

    page.set_content(f"<style>{STYLES.read_text()}</style><main><div class=prose>{shown}</div></main>")

    if media == "print":
        assert page.evaluate(TOO_WIDE, SHEET) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET


# Where the words of writers stand outside the text: addresses of a source, names, codes, statements, buttons.
NARROW = f"""<style>{STYLES.read_text()}</style><main class=shell>
<ul class=tools><li><a>{GENE}</a></li></ul><div class=over><span>{GENE}</span></div>
<div class=row><h3>{GENE}</h3></div><p><a class=btn>{GENE}</a></p>
<div class=home-2><p>{GENE}</p></div><div class=facts><dl><dt>Code</dt><dd>{GENE}</dd></dl></div>
<h3><span class=first-capital>{GENE}</span> causes</h3>
<ul class=statements><li class=statement><p class=claim><a>{GENE}</a></p><p class=note>{GENE}</p></li></ul>
</main>"""


def test_no_long_word_widens_a_narrow_page(page: Page):
    page.set_viewport_size({"width": 320, "height": 256})

    page.set_content(NARROW)

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


MEDICAL = """
| Where | In a baby or child | In an adult |
| --- | --- | --- |
| Basal ganglia | leukoencephalopathy, pseudohypoparathyroidism | Parkinsonism, neurocysticercosis |
| In a lump | craniopharyngioma, inflammation, lupus | meningioma, oligodendroglioma |
"""
TELEPHONE = f"""<!doctype html><style>{STYLES.read_text()}</style><main class=shell>
<h1>Pseudohypoparathyroidism</h1>
<div class=prose>{render(MEDICAL, links=lambda _: Target("/x/", True), sources={}).html}</div></main>"""
# The words of titles and cells that stand on two lines or more.
BROKEN = r"""() => [...document.querySelectorAll("h1, td, th")].flatMap(one =>
  [...one.firstChild.data.matchAll(/\p{L}+/gu)].filter(({index, 0: word}) => {
    const range = document.createRange();
    range.setStart(one.firstChild, index);
    range.setEnd(one.firstChild, index + word.length);
    return range.getClientRects().length > 1;
  }).map(([word]) => word))"""


def test_no_word_of_a_title_or_a_table_is_broken_on_a_telephone(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})

    page.set_content(TELEPHONE)

    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


_LONG = "for calcium on both sides of the basal ganglia without an explanation, as in a study of 30 adults"
_STEPS = f"| Step | What is done | Why |\n|---|---|---|\n| 1 | {_LONG} | {_LONG} |"
STEPS = f"""<!doctype html><style>{STYLES.read_text()}</style><main>
<div class=prose>{render(_STEPS, links=lambda _: Target("/x/", True), sources={}).html}</div></main>"""


def test_the_short_head_of_a_narrow_column_is_whole_on_paper(page: Page):
    page.set_viewport_size({"width": SHEET, "height": 900})
    page.emulate_media(media="print")

    page.set_content(STEPS)

    assert page.evaluate(BROKEN) == []


BUTTON = f"""<style>{STYLES.read_text()}</style>
<p><a class="btn">
  Change role<span class="vh"> of Dr Ines Albrecht</span>
</a></p>"""
# The room in front of the words of a button, less that behind them.
ROOM = """() => {
  const button = document.querySelector(".btn"), range = document.createRange();
  range.selectNodeContents(button.firstChild);
  const [words, edge] = [range.getBoundingClientRect(), button.getBoundingClientRect()];
  return words.left - edge.left - (edge.right - words.right);
}"""


def test_words_that_only_a_screen_reader_reads_take_no_room_in_a_button(page: Page):
    page.set_content(BUTTON)

    assert abs(page.evaluate(ROOM)) < 1


EXPLAINED = f"""<style>{STYLES.read_text()}</style><main class=prose>
<p>Of <dfn>idiopathic</dfn><button class=what></button> <span>disease</span>.</p>
{render_to_string("parts/explained_words.html", {"words": [{"id": "w", "explanation": {"address": "/x/"}}]})}
<section class=near><h2>What it is linked to</h2><p><a href="/x/">Explore</a></p></section></main>"""
GAP = """() => document.querySelector("span").getBoundingClientRect().left
  - document.querySelector("dfn").getBoundingClientRect().right"""


def test_paper_has_no_gap_for_a_mark_no_link_alone_and_a_heading_over_the_words_explained(page: Page):
    page.emulate_media(media="print")

    page.set_content(EXPLAINED)

    assert page.evaluate(GAP) < 10
    assert page.get_by_role("heading", name="Words explained").is_visible()
    assert page.get_by_role("link").count() == 0
    assert not page.get_by_text("What it is linked to").is_visible()
