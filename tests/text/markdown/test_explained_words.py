"""Words that explain themselves: where the mark stands, and where none does."""

import re

import pytest

from wiki.text.markdown.explained_words import Explanation, explained, names_to_look_for

GANGLIA = Explanation(
    "Basal ganglia", "Deep in the brain.", ("Basal ganglia", "basal nuclei"), "/wiki/basal-ganglia/"
)
ODDS = Explanation("odds ratio", "Compares two groups.", ("odds ratio",))
PCR = Explanation("PCR", "A test for the virus.", ("PCR",))


def marked(html, *explanations):
    """Return the HTML with each mark as ?n."""
    return re.sub(
        r'<button [^>]*popovertarget="word-(\d+)"[^>]*></button>', r"?\1", explained(html, explanations).html
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            "<p>The odds ratio and the odds ratio.</p>",
            "<p>The <dfn>odds ratio</dfn>?1 and the odds ratio.</p>",
        ),
        ("<p>Odds ratio.</p>", "<p><dfn>Odds ratio</dfn>?1.</p>"),
        ("<p>The basal nuclei.</p>", "<p>The <dfn>basal nuclei</dfn>?1.</p>"),
        (
            '<p>In <a href="/wiki/basal-ganglia/#s-x">deep nuclei</a> and basal ganglia.</p>',
            '<p>In <dfn><a href="/wiki/basal-ganglia/#s-x">deep nuclei</a></dfn>?1 and basal ganglia.</p>',
        ),
        (
            '<p>An odds ratio in <a href="/wiki/basal-ganglia/">it</a>.</p>',
            '<p>An <dfn>odds ratio</dfn>?1 in <dfn><a href="/wiki/basal-ganglia/">it</a></dfn>?2.</p>',
        ),
        ("<h2>Odds ratio</h2><p>No.</p>", "<h2>Odds ratio</h2><p>No.</p>"),
        ('<p><a href="/x/">odds ratio</a></p>', '<p><a href="/x/">odds ratio</a></p>'),
        ('<div class="urgent"><p>odds ratio</p></div>', '<div class="urgent"><p>odds ratio</p></div>'),
        (
            '<div class="urgent"><p>odds ratio</p></div><p>odds ratio</p>',
            '<div class="urgent"><p>odds ratio</p></div><p><dfn>odds ratio</dfn>?1</p>',
        ),
        ("<p>The odds ratio (how likely it is) of an odds ratio.</p>",) * 2,
        ("<p>Codds ratio, odds-ratio, odds ratios.</p>",) * 2,
        ("<p>pcr and PCR.</p>", "<p>pcr and <dfn>PCR</dfn>?1.</p>"),
        ("<p><code>x</p><p>odds ratio</p>", "<p><code>x</p><p><dfn>odds ratio</dfn>?1</p>"),
        ("<p>2 &lt; 3 odds ratio</p>", "<p>2 &lt; 3 <dfn>odds ratio</dfn>?1</p>"),
    ],
)
def test_the_first_use_in_running_text_has_a_mark(html, shown):
    assert marked(html, GANGLIA, ODDS, PCR) == shown


def test_the_words_come_in_the_order_of_their_marks():
    text = explained("<p>PCR, odds ratio.</p>", [ODDS, PCR, GANGLIA])

    assert [(one.id, one.explanation.title) for one in text.words] == [
        ("word-1", "PCR"),
        ("word-2", "odds ratio"),
    ]
    assert 'popovertarget="word-1" aria-label="What is “PCR”?"' in text.html


def test_a_name_of_two_pages_is_not_marked():
    other = Explanation("Nuclei", "Something else.", ("basal nuclei",), "/wiki/nuclei/")

    assert marked("<p>The basal nuclei.</p>", GANGLIA, other) == "<p>The basal nuclei.</p>"


def test_abbreviations_and_sentences_are_not_looked_for():
    names = names_to_look_for(
        "Multiple sclerosis", ["MS", "SWI", "CO poisoning", "What next: a guide", "T2*"]
    )

    assert names == ("Multiple sclerosis", "CO poisoning", "T2*")


def test_marking_words_changes_no_other_html():
    html = (
        '<p>a<br>b <strong>odds ratio</strong></p><table><tr><td>PCR</td></tr></table><img alt="odds ratio">'
    )

    bare = re.sub(r"</?dfn>|<button [^>]*></button>", "", explained(html, [ODDS, PCR]).html)

    assert bare == html
