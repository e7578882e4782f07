"""The words of a question counted, those judged that no page holds, and the pages ranked: one statement.

Only a misspelt question needs a second one: the near spellings come with the first, and which of them is
meant is decided in Python.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.models.search.guesses import GUESSES, Guesses, guesses_in, guessing
from wiki.models.search.postings import (
    ALL_PAGES,
    CALLED,
    COUNTED,
    FEEDBACK_PAGES,
    FEEDBACK_WORDS,
    IS_NAMED,
    MOST_PAGES,
    MOST_REORDERED,
    PAGES,
    SHARE,
    TOO_COMMON,
    Pages,
    Vectors,
    held_by,
    ranked_by,
    words_shared_by,
)
from wiki.models.search.spelling import NEAR_SPELLINGS, NearSpelling, near_spellings
from wiki.text.search.folding import STOP_WORDS

# In a smaller wiki there are not ten pages on one thing, so they share nothing that helps.
FEEDBACK_FROM: Final = 1000
# What the rarity of a word anywhere takes from that of the same word in names.
ANYWHERE: Final = 0.5
# What weighs less is a part of a code.
OF_A_CODE: Final = 0.5
# Of the links to a page so many are counted; of the pages for one word, to so many; and what they add.
_MOST_LINKS: Final = 100
_MOST_LINKED: Final = 20
_FOR_LINKS: Final = 0.1

# BM25's idf.
_RARITY: Final = "ln(1 + (known.total - pages + 0.5)::float8 / (pages + 0.5)::float8)"
_FEW: Final = 3 * FEEDBACK_PAGES
_MOST_FIRST: Final = f"(SELECT CASE WHEN so THEN {_FEW} ELSE {MOST_PAGES} END FROM widening)"  # noqa: S608  # ours


def _worth(words: str) -> str:
    """Return the weight of each word of a table times how rare it is, in names less what it is anywhere."""
    return f"""{words}.weight * ({words}.rarity - CASE WHEN {words}.lexeme LIKE '^%%' THEN
        {ANYWHERE}::float8 * (
            SELECT one.rarity FROM common AS one WHERE one.lexeme = substr({words}.lexeme, 2)
        )
    ELSE 0 END)"""  # noqa: S608  # our own words


# What pages say instead of a word that none of them holds counts like the word. Of a code that no page holds
# the parts count nothing: who asks for HP:0002072 does not ask for every "HP".
_WEIGHED: Final = f"""
    known AS MATERIALIZED (SELECT greatest({ALL_PAGES}, 1) AS total), common AS MATERIALIZED (
        SELECT lexeme, weight, pages, {_RARITY} AS rarity FROM known, LATERAL (
            SELECT asked.lexeme, asked.weight, least({PAGES}, known.total) AS pages
            FROM unnest(%(lexemes)s::text[], %(weights)s::float8[]) AS asked (lexeme, weight)
        ) AS counted
    ), said AS MATERIALIZED (
        SELECT one.*, common.pages > 0 AS is_held
        FROM unnest(%(said_by)s::int[], %(said)s::text[], %(part)s::float8[], %(is_small)s::bool[])
            AS one (place, lexeme, part, is_small) JOIN common USING (lexeme)
    ), instead AS MATERIALIZED (
        SELECT one.*, common.pages > 0 AS is_held
        FROM unnest(%(instead_of)s::int[], %(instead)s::text[], %(as_much)s::float8[])
            AS one (place, lexeme, weight) JOIN common USING (lexeme)
    ), state AS MATERIALIZED (
        SELECT place, bool_or(is_held) AS is_held, bool_or(is_held AND part >= {OF_A_CODE}) AS is_known,
            NOT bool_or(is_held AND part = most) AS is_missing,
            EXISTS (SELECT FROM instead WHERE instead.place = one.place AND is_held) AS is_reworded
        FROM (SELECT *, max(part) OVER (PARTITION BY place) AS most FROM said) AS one GROUP BY place
    ), weighed AS MATERIALIZED (
        SELECT lexeme, pages, rarity, coalesce(
            (SELECT max(instead.weight) FROM instead JOIN state USING (place)
             WHERE NOT state.is_held AND instead.lexeme = common.lexeme), weight
        ) AS weight
        FROM common WHERE pages > 0 AND ltrim(lexeme, '^') NOT IN (
            SELECT lexeme FROM said JOIN state USING (place)
            GROUP BY 1 HAVING bool_and(is_small AND NOT is_known)
        )
    ), asked AS MATERIALIZED (
        SELECT lexeme, {_worth("weighed")} AS weight, weight AS given FROM weighed WHERE weight <> 0
    )
"""  # noqa: S608  # our own words
_RANKED: Final = f"first AS MATERIALIZED ({ranked_by('asked', str(MOST_PAGES))})"
_LEFT_OUT: Final = f"""
    ranked AS MATERIALIZED ({ranked_by("asked", str(MOST_PAGES))}), first AS MATERIALIZED (
        SELECT page_id, score FROM ranked WHERE page_id = ANY (ARRAY(
            SELECT page_id FROM wiki_publishedpage
            WHERE page_id = ANY (ARRAY(SELECT page_id FROM ranked)) AND vector @@ %(without)s::tsquery
        ))
    )
"""  # noqa: S608  # our own words
_HELD: Final = f"first AS MATERIALIZED ({held_by('asked', '%(must_hold)s::tsquery')})"
# Of a short question in a wiki that is large enough, `second` has the pages by the words asked for and those
# that the first ten share, half of the weight each (RM3).
_WIDENED: Final = f"""
    widening AS MATERIALIZED (SELECT total >= %(large)s AS so FROM known),
    first AS MATERIALIZED ({ranked_by("asked", _MOST_FIRST)}), ahead AS MATERIALIZED (
        SELECT page_id, score FROM first WHERE (SELECT so FROM widening)
        ORDER BY score DESC, page_id LIMIT {FEEDBACK_PAGES}
    ), in_common AS MATERIALIZED ({words_shared_by("ahead")}), kept AS MATERIALIZED (
        SELECT lexeme, part / sum(part) OVER () AS part, pages FROM (
            SELECT in_common.* FROM in_common, known WHERE pages < {TOO_COMMON} * total
            ORDER BY part DESC, lexeme LIMIT {FEEDBACK_WORDS}
        ) AS rarer
    ), mixed AS MATERIALIZED (
        SELECT mixture.lexeme, sum(mixture.weight) AS weight,
            coalesce(min(common.rarity), min(mixture.rarity)) AS rarity
        FROM (
            SELECT lexeme, {1 - SHARE}::float8 * given / (
                SELECT sum(given) FROM asked WHERE lexeme NOT LIKE '^%%'
            ) AS weight, NULL::float8 AS rarity FROM asked
            UNION ALL
            SELECT lexeme, {SHARE}::float8 * part, {_RARITY} FROM kept, known
        ) AS mixture LEFT JOIN common ON common.lexeme = mixture.lexeme
        WHERE EXISTS (SELECT FROM kept) GROUP BY 1
    ), meant AS MATERIALIZED (SELECT lexeme, {_worth("mixed")} AS weight FROM mixed),
    second AS MATERIALIZED ({ranked_by("meant", str(MOST_PAGES))})
"""  # noqa: S608  # our own words
_ROWS: Final = f"""
    SELECT 'asked', lexeme, NULL::bigint, weight, NULL::bytea, NULL::bytea FROM asked
    UNION ALL SELECT CASE WHEN is_reworded THEN 'reworded' ELSE 'missing' END, '', place, NULL, NULL, NULL
        FROM state WHERE is_missing
    UNION ALL SELECT 'named', '', ({IS_NAMED}), NULL, NULL, NULL
    UNION ALL SELECT 'subject', '', page_id, NULL, NULL, NULL FROM ({CALLED}) AS called
"""  # noqa: S608  # our own words
_FIRST_ROWS: Final = "UNION ALL SELECT 'first', '', page_id, score, NULL, NULL FROM first"
_LINKS: Final = f"""(SELECT count(*) FROM (
    SELECT FROM wiki_mention WHERE target_id = first.page_id LIMIT {_MOST_LINKS}
) AS linking)"""  # noqa: S608  # our own words
# Whoever does not say of what gets the pages first that most others link to: what the wiki is about.
_FIRST_ROWS_BY_LINKS: Final = f"""
    UNION ALL SELECT 'first', '', page_id, {_LINKS} + score / (1 + abs(score)), NULL, NULL FROM first
"""  # noqa: S608  # our own words
# One word stands in the names of many pages on parts of a subject. Of those that hold it about as much, the
# ones that others link to are on the whole of it.
_FIRST_ROWS_OF_ONE_WORD: Final = f"""
    UNION ALL SELECT 'first', '', page_id,
        CASE WHEN place <= {_MOST_LINKED} THEN score * (1 + {_FOR_LINKS} * ln(1 + {_LINKS})) ELSE score END,
        NULL, NULL
    FROM (SELECT *, row_number() OVER (ORDER BY score DESC, page_id) AS place FROM first) AS first
"""  # noqa: S608  # our own words
_SECOND_ROWS: Final = "UNION ALL SELECT 'second', '', page_id, score, NULL, NULL FROM second"
_ROWS_WITH_VECTORS: Final = f"""
    UNION ALL SELECT 'first', '', page_id, score, vector.text, vector.title FROM (
        SELECT *, row_number() OVER (ORDER BY score DESC, page_id) AS place FROM first
    ) AS found LEFT JOIN LATERAL (
        SELECT text, title FROM wiki_pagevector WHERE place <= {MOST_REORDERED} AND page_id = found.page_id
    ) AS vector ON true
"""  # noqa: S608  # our own words
_NEAR_ROWS: Final = f"""
    UNION ALL SELECT what, words, pages, NULL, NULL, NULL
    FROM ({NEAR_SPELLINGS}) AS near (what, words, pages)
"""  # noqa: S608  # our own words
_GUESSED_ROWS: Final = f"""
    UNION ALL SELECT 'guess', '', page_id, score, text, title FROM ({GUESSES}) AS guess
    WHERE NOT EXISTS (SELECT FROM first)
"""  # noqa: S608  # our own words


@dataclass(frozen=True)
class WordAsked:
    """A word of a question: its lexemes with their weights, which of them are small parts of a code, and what
    counts how much instead of them.
    """

    lexemes: Mapping[str, float]
    small: frozenset[str] = frozenset()
    instead: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class WordsAsked:
    """What pages are looked for by."""

    # Every lexeme with its weight, in names apart.
    weights: Mapping[str, float]
    words: Sequence[WordAsked] = ()
    # Words that may be misspelt, by their places among the words.
    doubtful: Mapping[int, str] = field(default_factory=dict)
    name: str = ""
    # The names of what something is asked of, the likeliest first.
    subject: Sequence[str] = ()
    # A `tsquery`: pages are those that it matches, and the words only put them in order.
    must_hold: str = ""
    # A `tsquery` that the pages found by the words must match as well.
    without: str = ""
    # Whether the words are added that the first pages share, as for a short question.
    widens: bool = False
    # Whether the vectors of the first pages come with them, as for a long one.
    with_vectors: bool = False
    # Whether pages to which many link come before others, as for a question that does not say of what.
    by_links: bool = False
    # Whether they come before others that hold the words about as much, as for a question of one word.
    is_one_word: bool = False
    # The question, where pages are guessed in the same statement if none holds a word.
    guessed_by: str = ""


class RankedAtOnce(NamedTuple):
    """The words that pages hold, each with its weight, and the pages by them, best first."""

    weights: dict[str, float]
    # Places of the words whose main lexemes no page holds; of the latter pages hold other words.
    missing: frozenset[int]
    reworded: frozenset[int]
    near: list[NearSpelling]
    # Whether something is called by the name.
    is_named: bool
    # The pages called as what something is asked of.
    subject: list[int]
    pages: Pages
    # Of the first pages, where they were asked for.
    vectors: Vectors
    guesses: Guesses


def ranked_at_once(asked: WordsAsked) -> RankedAtOnce:
    """Return which words pages hold, those near to words in doubt that none holds, and the pages by them."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {tables_of(asked)} {rows_of(asked)}", given(asked))
        return ranked_in(cursor.fetchall())


def ranked_in(rows: Sequence[Sequence[Any]]) -> RankedAtOnce:
    """Return what the rows of the statement say."""
    first, second = (_best_first(rows, what) for what in ("first", "second"))
    missing, reworded = (
        frozenset(place for what, _, place, *_ in rows if what == wanted)
        for wanted in ("missing", "reworded")
    )
    return RankedAtOnce(
        weights={lexeme: weight for what, lexeme, _, weight, *_ in rows if what == "asked"},
        missing=missing,
        reworded=reworded,
        near=[
            NearSpelling(words.split(" ")[0], words.split(" ")[1], pages, what)
            for what, words, pages, *_ in rows
            if what in ("near", "part", "begun")
        ],
        is_named=any(number for what, _, number, *_ in rows if what == "named"),
        subject=sorted(page for what, _, page, *_ in rows if what == "subject"),
        # The first page stays the first: it holds what was asked, not only what goes with it.
        pages=[(first[0][0], second[0][1]), *(one for one in second if one[0] != first[0][0])]
        if second
        else first,
        vectors={
            page: (bytes(text), bytes(title))
            for what, _, page, _, text, title in rows
            if what == "first" and text is not None
        },
        guesses=guesses_in([row for what, _, *row in rows if what == "guess"]),
    )


def tables_of(asked: WordsAsked) -> str:
    """Return the tables of the statement that are asked for: PostgreSQL plans each of them, read or not."""
    return f"{_WEIGHED}, {_first(asked)}"


def rows_of(asked: WordsAsked) -> str:
    """Return the rows of the statement, of those tables."""
    return " ".join(
        [
            _ROWS,
            _ROWS_WITH_VECTORS
            if asked.with_vectors
            else _FIRST_ROWS_BY_LINKS
            if asked.by_links
            else _FIRST_ROWS_OF_ONE_WORD
            if asked.is_one_word
            else _FIRST_ROWS,
            _SECOND_ROWS if _first(asked) is _WIDENED else "",
            _NEAR_ROWS if asked.doubtful else "",
            _GUESSED_ROWS if asked.guessed_by else "",
        ]
    )


def _first(asked: WordsAsked) -> str:
    return _HELD if asked.must_hold else _LEFT_OUT if asked.without else _WIDENED if asked.widens else _RANKED


def given(asked: WordsAsked) -> dict[str, Any]:
    """Return what the statement is given."""
    said = [(place, *one) for place, word in enumerate(asked.words) for one in word.lexemes.items()]
    instead = [(place, *one) for place, word in enumerate(asked.words) for one in word.instead.items()]
    return {
        "lexemes": list(asked.weights),
        "weights": list(asked.weights.values()),
        "said_by": [place for place, *_ in said],
        "said": [lexeme for _, lexeme, _ in said],
        "part": [weight for *_, weight in said],
        "is_small": [lexeme in asked.words[place].small for place, lexeme, _ in said],
        "instead_of": [place for place, *_ in instead],
        "instead": [lexeme for _, lexeme, _ in instead],
        "as_much": [weight for *_, weight in instead],
        "name": asked.name,
        "subject": list(asked.subject),
        "must_hold": asked.must_hold,
        "without": asked.without,
        "large": FEEDBACK_FROM,
        "counted": COUNTED,
        "stop": list(STOP_WORDS),
        **near_spellings(asked.doubtful),
        **guessing(asked.guessed_by),
    }


def _best_first(rows: Sequence[Sequence[Any]], wanted: str) -> Pages:
    pages = [(page, score) for what, _, page, score, *_ in rows if what == wanted]
    return sorted(pages, key=lambda one: (-one[1], one[0]))
