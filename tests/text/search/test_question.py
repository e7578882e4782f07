"""A question as it was typed: words that count, phrases, and words that no page may hold."""

import pytest

from wiki.text.search.question import all_of, read


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("what causes calcium in the brain", {"causes", "calcium", "brain"}),
        ("WHO", {"WHO"}),
        ("who is it", {"who", "is", "it"}),
        ("IT", {"IT"}),
        ("vitamin A", {"vitamin", "A"}),
        ("", set()),
        ("?!", set()),
    ],
)
def test_stop_words_are_left_out_unless_they_are_all_there_is(line, words):
    assert {one.typed for one in read(line).words if one.typed} == words


@pytest.mark.parametrize(
    ("line", "must_hold"),
    [
        ("brain calcium", ""),
        ('"no calcification"', "('no' <-> 'calcif')"),
        ("brain -fits", "!(('fit'))"),
        ("brain --fits", "!(('fit'))"),
        ('"brain scan" -"old age"', "('brain' <-> 'scan') & !(('old' <-> 'age'))"),
        ('brain "scan', ""),
        ("IL-6", ""),
        ("- brain", ""),
        ('""', ""),
        ("a' | b\\", ""),
    ],
)
def test_quotes_and_minus_require_or_exclude_words(line, must_hold):
    assert read(line).must_hold == must_hold


def test_a_code_counts_as_a_whole_more_than_its_parts():
    weights = read("IL-6").weights

    assert weights["il6"] > weights["il"]
    assert weights["il6"] > weights["6"]


def test_a_code_is_also_searched_by_the_codes_above_it():
    weights = read("G40.909").weights

    assert weights["g40.909"] > weights["g40.9"] == weights["g40"]
    assert "g40" not in read("1G40.9").weights


def test_a_code_without_its_point_is_also_searched_with_it():
    weights = read("G40909").weights

    assert weights["g40909"] > weights["g40.909"] == weights["g40.9"] == weights["g40"]


def test_a_question_of_which_no_word_is_mended_stays_as_it_is():
    asked = read("brain fits")

    assert asked.mended({}) is asked


def test_adjacent_words_are_also_searched_joined():
    assert {"betablock", "vitamina"} <= read("beta blocker vitamin a").weights.keys()


def test_lay_words_are_searched_with_medical_synonyms():
    weights = read("my baby has fits").weights

    assert {"seizur", "congenit"} <= weights.keys()
    assert weights["fit"] > weights["seizur"]


def test_a_word_within_a_longer_phrase_has_no_synonyms_of_its_own():
    weights = read("how much radiation is in a CT").weights

    assert "scan" in weights
    assert "radiotherapi" not in weights
    assert "radiotherapi" in read("radiation of the head").weights


def test_what_is_asked_of_a_thing_weighs_less_than_the_thing():
    weights = read("what to avoid with epilepsy").weights
    alone = read("what to avoid")

    assert weights["avoid"] < weights["epilepsi"] == alone.weights["avoid"] == 1
    assert alone.says_of_nothing
    assert all(
        read(line).says_of_nothing for line in ("how common is it", "is it dangerous", "will it get worse")
    )
    assert not any(read(line).says_of_nothing for line in ("what to avoid with epilepsy", "what is it", ""))


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("which specialist should I see for brain calcification?", "brain calcification?"),
        ("is a CT of the head dangerous", "CT of the head"),
        ("lupus", "lupus"),
        ("does lupus cause worse gout", ""),
        ("what should I avoid", ""),
        ("", ""),
    ],
)
def test_a_question_has_a_subject_where_all_else_says_what_is_asked_of_it(line, subject):
    assert read(line).subject == subject


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("should I take Keppra", {"Keppra", "levetiracetam"}),
        ("L-DOPA", {"L-DOPA", "levodopa"}),
        ("VGB", {"VGB", "vigabatrin"}),
        ("what should I avoid", set()),
    ],
)
def test_a_subject_has_the_names_that_other_words_for_it_are(line, names):
    assert set(read(line).subject_names) >= names
    assert bool(read(line).subject_names) is bool(names)


@pytest.mark.parametrize(
    ("line", "synonym"),
    [
        ("cat-scan", "ct"),
        ("cat scan", "ct"),
        ("x-rays of the head", "radiotherapi"),
        ("Depo-Provera", "medroxyprogesteron"),
        ("water on the brain", "hydrocephalus"),
        ("grand mal", "seizur"),
        ("shuffling gait", "walk"),
        ("MTX or flagyl", "metronidazol"),
        ("Zentel", "albendazol"),
        ("Seroquel", "antipsychot"),
        ("AEDs", "antiseizur"),
        ("will my kids get it", "inherit"),
    ],
)
def test_phrases_have_synonyms_with_or_without_a_hyphen(line, synonym):
    assert synonym in read(line).weights


@pytest.mark.parametrize(
    ("line", "instead"),
    [("stiff neck", "parkinson"), ("radiation of a CT", "radiotherapi"), ("my kids get fits", "inherit")],
)
def test_a_word_within_a_phrase_does_not_mean_what_it_means_alone(line, instead):
    assert not any(one.startswith(instead) for one in read(line).weights)
    assert any(one.startswith("parkinson") for one in read("stiff").weights)


def test_each_word_of_a_phrase_knows_the_synonyms():
    assert read("a grand-mal fit").synonyms == {"grand": {"seizur"}, "mal": {"seizur"}, "fit": {"seizur"}}


def test_a_corrected_word_has_its_synonyms():
    mended = read("convulsoins").mended({"convulsoins": "convulsions"})

    assert "seizur" in mended.weights


def test_a_long_question_is_cut():
    assert len(read("ab " * 1000).words) == 200


def test_all_of_joins_the_stems_of_a_line_with_and():
    assert all_of("100 mg every hours") == "'100' & 'mg' & 'everi' & 'hour'"


def test_what_stands_for_a_word_that_only_asks_counts_as_little_as_that():
    assert read("which specialist for lupus").weights["doctor"] < read("lupus fits").weights["seizur"]
    assert read("which specialist").weights["doctor"] == read("lupus fits").weights["seizur"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\u201cbrain stem\u201d stroke", '"brain stem" stroke'),
        ("\u201ebrain stem\u201c stroke", '"brain stem" stroke'),
        ("\u00abbrain stem\u00bb stroke", '"brain stem" stroke'),
        ("\u00ab brain stem \u00bb stroke", '"brain stem" stroke'),
        ("stroke \u2013migraine", "stroke -migraine"),
        ("stroke \u2212migraine", "stroke -migraine"),
        ("stroke \u2011migraine", "stroke -migraine"),
        ("stroke \u2013\u201cbrain stem\u201d", 'stroke -"brain stem"'),
    ],
)
def test_marks_as_telephones_write_them_mean_the_same(written, plain):
    asked, usual = read(written), read(plain)

    assert (asked.must_hold, asked.weights) == (usual.must_hold, usual.weights)
    assert asked.must_hold


@pytest.mark.parametrize("line", ["stroke \u2013 migraine", "stroke\u2013migraine", "stroke \u2014migraine"])
def test_a_dash_between_words_leaves_nothing_out(line):
    assert read(line).excluded == ()
