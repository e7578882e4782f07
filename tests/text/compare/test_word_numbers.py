"""Numbers of words: whatever stems from a text shares a number with it."""

import hashlib
import random

from tests.text.test_golden_digests import GOLDEN, read
from wiki.text.compare.stems import Wording, stemming
from wiki.text.compare.word_numbers import METHOD, numbers_of
from wiki.text.document import Document

WORDS = [f"{begin}{end}" for begin in ("al", "be", "cor", "dial", "epi") for end in ("o", "ta", "mine", "x")]


def of(body, **more):
    return Wording(Document(title="Gout", kind="condition", body=body, **more))


def made_up(chance):
    """Return a text of a few sentences whose words are few, so that many are alike."""
    long = [chance.choices(WORDS, k=chance.randrange(3, 16)) for _ in range(3)]
    return [" ".join(one) for one in long]


def changed(chance, said):
    words = [
        chance.choice(WORDS) if chance.random() < 0.15 else word
        for word in said.split()
        if chance.random() < 0.95
    ]
    return " ".join(words)


def test_what_stems_from_a_text_shares_a_number_with_it():
    chance = random.Random(7)  # noqa: S311  no secret
    stems = 0

    for _ in range(300):
        on, live = made_up(chance), made_up(chance)
        typed = [*on[:2], *made_up(chance)[:1], changed(chance, chance.choice(live))]
        after = [*live[:2], changed(chance, chance.choice(typed))]
        texts = [of(". ".join(one) + ".") for one in (after, live, typed, on)]
        shared = numbers_of(1, texts[0], [texts[1]]) & numbers_of(1, texts[2], [texts[3]])
        if stemming(texts[0], [texts[1]], texts[2], [texts[3]]):
            stems += 1
            assert shared, (after, live, typed, on)

    assert stems > 100


def test_a_harmless_change_of_one_word_has_few_numbers():
    long = ". ".join("A sentence of its own that says " + word for word in WORDS) + "."

    assert len(numbers_of(1, of(long.replace("dialta", "dialxe")), [of(long)])) < 60
    assert numbers_of(1, of(long), [of(long)]) == set()


def test_two_pages_and_two_sentences_share_no_number():
    first, other = of("Give it with water in the morning."), of("Nobody knows why this disease begins.")

    assert numbers_of(1, first, [other]).isdisjoint(numbers_of(2, first, [other]))
    assert numbers_of(1, first, [other]).isdisjoint(numbers_of(1, other, [first]))


def test_numbers_that_are_kept_are_computed_alike_for_ever():
    """Those of submitted versions are kept: another way to compute them would lose who wrote what."""
    numbers = numbers_of(3, of("Give it daily with water."), [])

    assert numbers == {
        -4733165197776972646,
        -3509141843493252701,
        -271965665349435842,
        1442185279224580024,
        2037474364809407337,
    }


# By the number of each method: what it makes of stored pages. A line here never changes.
MADE_OF_PAGES = {1: "14f66e2590b73c00531d6cf212853609237ae693092083eb2dbca09798272016"}


def test_who_computes_them_otherwise_raises_the_number_of_the_method():
    """What is kept was computed by the parser, the sentences and the words of its method."""
    made = hashlib.sha256()
    for path in (one for one in GOLDEN if one.stem.startswith("starter-")):
        numbers = numbers_of(1, Wording(Document.from_json(read(path)[1])), [])
        made.update(f"{path.stem} {sorted(numbers)}\n".encode())

    assert MADE_OF_PAGES[METHOD] == made.hexdigest()
