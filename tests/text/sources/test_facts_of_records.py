"""Facts that each format writes in a way of its own: people, editions, numbers, raised figures."""

import json

import pytest

from wiki.text.sources.records import read
from wiki.text.sources.references import vancouver


def _bibtex(fields, kind="article"):
    return f"@{kind}{{key,\n  {fields}\n}}"


def _xml(article):
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID>"
        f"<Article>{article}</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


def _ris(*lines):
    return "\n".join([*lines, "ER  - "])


CROSSREF_CHAPTER = {
    "type": "book-chapter",
    "title": ["Ch"],
    "container-title": ["A series", "The book"],
    "ISBN": ["http://id.crossref.org/isbn/9780306406157"],
    "author": [{"family": "A", "given": "B", "sequence": "first"}],
    "DOI": "10.1007/978-3-319-12345-6_7",
    "edition-number": "2",
    "published-print": {"date-parts": [[2019]]},
}
PREPRINT = {
    "type": "posted-content",
    "title": ["P"],
    "institution": [{"name": "medRxiv"}],
    "author": [{"family": "A", "given": "B"}],
    "posted": {"date-parts": [[2020, 1, 1]]},
    "DOI": "10.1101/2020.01.01.20012345",
}
ZOTERO_CHAPTER = {
    "type": "chapter",
    "title": "Ch",
    "container-title": "Book",
    "editor": [{"family": "E", "given": "F"}],
    "publisher": "P",
    "publisher-place": "Oxford",
    "ISBN": "978-0-306-40615-7 0-306-40615-2",
    "page": "3-9",
    "issued": {"date-parts": [["2019"]]},
}
BOOK_AND_CHAPTER = """@book{b, title={Big}, editor={E, F}, publisher={P}, year=2000, isbn={9780306406157}}
@incollection{c, crossref={b}, title={Small}, author={A, B}, pages={1--2}}"""


@pytest.mark.parametrize(
    ("record", "keys", "reference"),
    [
        (_bibtex("title={T}, author={Smith, J. and others}"), [], "Smith J. T."),
        (_bibtex("title={T}, author={World Health Organization}"), [], "World Health Organization. T."),
        (_bibtex("title={T}, author={Paul Group}"), [], "Paul Group. T."),
        (_bibtex("title={T}, author={Group, Paul}"), [], "Group P. T."),
        (
            _bibtex(r"title={H$_2$O, Ca$^{2+}$, 10$^{-6}$ and x\textsubscript{2}}"),
            [],
            "H₂O, Ca²⁺, 10⁻⁶ and x₂.",
        ),
        (_bibtex('title={One } # "and two"'), [], "One and two."),
        (
            _bibtex("title={T}, eprint={2001.01234}, archivePrefix={arXiv}"),
            ["doi:10.48550/arxiv.2001.01234"],
            "T.",
        ),
        (_bibtex("title={T}, eprint={1234}, eprinttype={pubmed}"), ["pmid:1234"], "T."),
        (_bibtex("title={T}, journal={J}, volume={1}, articleno={77}, year=2020"), [], "T. J. 2020;1:77."),
        (_bibtex("title={T}, journal={J}, elocation-id={e5}, year=2020"), [], "T. J. 2020;e5."),
        (_bibtex("title={T}, publisher={P}, edition={Second}, year=2020", "book"), [], "T. 2nd ed. P; 2020."),
        (
            _bibtex("title={T}, publisher={P}, edition={3rd edition}, year=2020", "book"),
            [],
            "T. 3rd ed. P; 2020.",
        ),
        ("@article{,\n title={T}, doi={10.1234/y}}", ["doi:10.1234/y"], "T."),
        (_ris("TY  - JOUR", "TI  - 10<sup>6</sup> of CO<sub>2</sub> &amp; more"), [], "10⁶ of CO₂ & more."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Smith, John A., Jr."), [], "Smith JA Jr. T."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Smith, John A Jr"), [], "Smith JA Jr. T."),
        (
            _ris("TY  - BOOK", "TI  - T", "A2  - Ed, O", "PB  - P", "PY  - 2019"),
            [],
            "Ed O, editor. T. P; 2019.",
        ),
        (
            _ris("TY  - EDBOOK", "TI  - T", "AU  - Ed, O", "PB  - P", "PY  - 2019"),
            [],
            "Ed O, editor. T. P; 2019.",
        ),
        (_ris("TY  - BOOK", "TI  - T", "SN  - 0306406152 (pbk.)"), ["isbn:9780306406157"], "T."),
        (
            _xml("<ArticleTitle>10<sup>6</sup> of CO<sub>2</sub> &lt;5 in <i>E. coli</i>.</ArticleTitle>"),
            ["pmid:1"],
            "10⁶ of CO₂ <5 in E. coli.",
        ),
        (
            _xml(
                "<ArticleTitle>T</ArticleTitle><Journal><Title>J</Title></Journal>"
                "<Pagination><StartPage>12</StartPage><EndPage>19</EndPage></Pagination>"
            ),
            ["pmid:1"],
            "T. J. 12-9.",
        ),
        # Signs that a format has no character for, and signs that mean something to TeX, in a DOI.
        ("PMID- 1\nTI  - T.\nBTI - GeneReviews((R)).", ["pmid:1"], "T. In: GeneReviews®."),
        (_bibtex("title={T}, doi={10.1002/a:6$<$1::b{\\$}>{\\$}3}"), ["doi:10.1002/a:6<1::b>3"], "T."),
        (_bibtex("title={T}, doi={10.1002/a:6$\\less$1::b}"), ["doi:10.1002/a:6<1::b"], "T."),
        ("PMID- 1\nTI  - T.\nFAU - Smith, John A Jr", ["pmid:1"], "Smith JA Jr. T."),
        ("PMID- 1\nTI  - T.\nFAU - Smith, John A 3rd", ["pmid:1"], "Smith JA 3rd. T."),
        (
            json.dumps({"title": "T", "author": "Smith, J; Jones, A", "issued": 2020}),
            [],
            "Smith J, Jones A. T. 2020.",
        ),
        (json.dumps({"title": "T", "author": [{"given": "Plato"}]}), [], "Plato. T."),
        (json.dumps({"title": "T", "author": [{"literal": "WHO"}, {"literal": "et al."}]}), [], "WHO. T."),
        (json.dumps({"title": "IL-6 &lt;i&gt;in&lt;/i&gt; p < 5 and x > 3"}), [], "IL-6 in p < 5 and x > 3."),
        (json.dumps({"title": "Fewer than <b years and c> days"}), [], "Fewer than <b years and c> days."),
        (json.dumps({"title": "T", "page": "12-"}), [], "T. 12."),
        (_ris("TY  - JOUR", "TI  - T", "AN  - 22327515", "DP  - NLM"), ["pmid:22327515"], "T."),
        (_ris("TY  - JOUR", "TI  - T", "U1  - 22327515 [pmid]"), ["pmid:22327515"], "T."),
        (
            json.dumps({"title": "10<sup><i>6</i></sup> <jats:sup>99m</jats:sup>Tc", "page": "n/a-n/a"}),
            [],
            "10⁶ ⁹⁹ᵐTc.",
        ),
        # Powers, indices and fractions of MathML, with and without a prefix.
        *(
            (json.dumps({"title": f"x {words} y"}), [], f"x {read_as} y.")
            for words, read_as in {
                "<mml:math><mml:msup><mml:mi>Ca</mml:mi><mml:mrow><mml:mn>2</mml:mn><mml:mo>+</mml:mo>"
                "</mml:mrow></mml:msup></mml:math>": "Ca²⁺",
                "<math><msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup></math>": "10⁻⁶",
                "<math><msubsup><mi>SO</mi><mn>4</mn><mn>2-</mn></msubsup></math>": "SO₄²⁻",
                "<math><msup><msub><mi>T</mi><mn>2</mn></msub><mo>*</mo></msup></math>": "T₂*",
                "<mml:math><mml:mmultiscripts><mml:mi>F</mml:mi><mml:mprescripts/><mml:none/><mml:mn>18</mml:mn>"
                "</mml:mmultiscripts></mml:math>-FDG": "¹⁸F-FDG",
                "<math><msup><mrow><mo>(</mo><mi>x</mi><mo>+</mo><mi>y</mi><mo>)</mo></mrow><mi>n</mi></msup>"
                "</math>": "(x+y)ⁿ",
                "<math><mi>p</mi><mo>&lt;</mo><mn>0.05</mn></math>": "p<0.05",
                "<math><msqrt><mn>2</mn></msqrt></math>": "√2",
                "1<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>": "1 1/2",
            }.items()
        ),
        (json.dumps({"title": "2<sup>a</sup> and 2<sup>nd</sup>"}), [], "2^a and 2nd."),
        (
            json.dumps({"type": "journal-article", "title": "T", "editor": [{"family": "E", "given": "F"}]}),
            [],
            "T.",
        ),
        (
            json.dumps({"message": CROSSREF_CHAPTER}),
            ["doi:10.1007/978-3-319-12345-6_7"],
            "A B. Ch. In: The book. 2nd ed. 2019.",
        ),
        (
            json.dumps({"message": PREPRINT}),
            ["doi:10.1101/2020.01.01.20012345"],
            "A B. P. medRxiv. 2020.",
        ),
        ('@string{jt = "J Test"}' + _bibtex('title={One} # " B", journal=jt # " C"'), [], "One B. J Test C."),
        (_bibtex('title={C# and F#}, month="5~" # mar, year=2020'), [], "C# and F#. 2020."),
        (_bibtex(r"title={At 37\,$^\circ$C, 20$^{\circ}$C and 5\textdegree}"), [], "At 37 °C, 20°C and 5°."),
        (_bibtex("title={T}, author={Doe Jr., Anna and Smith III, Bo}"), [], "Doe A Jr, Smith B III. T."),
        (
            _bibtex("title={T}, journal={arXiv preprint arXiv:2001.01234}, year=2020"),
            ["doi:10.48550/arxiv.2001.01234"],
            "T. arXiv. 2020.",
        ),
        (
            _ris("TY  - JOUR", "TI  - T", "JO  - J", "VL  - 3", "AR  - e99", "PY  - 2020"),
            [],
            "T. J. 2020;3:e99.",
        ),
        (_ris("TY  - JOUR", "TI  - T", "JO  - J", "VL  - 3", "CP  - England"), [], "T. J. 3."),
        (_ris("TY  - JOUR", "TI  - T", "N1  - Erratum in: J. 2021. PMID: 33333333"), [], "T."),
        (_ris("TY  - JOUR", "TI  - T", "N1  - PMID: 2. Comment in: J. PMID: 3"), ["pmid:2"], "T."),
        (json.dumps({"title": "T", "note": "Retraction in: J. PMID: 3\nPMID: 2"}), ["pmid:2"], "T."),
        (_bibtex("title={T}, note={Comment in: J. PMID: 3}"), [], "T."),
        (json.dumps({"title": "T", "doi": "https://doi.org/10.1234/x"}), ["doi:10.1234/x"], "T."),
        (
            _xml("<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Titel.</VernacularTitle>"),
            ["pmid:1"],
            "Titel.",
        ),
        # A translated title stands in brackets by whichever door it comes.
        (_xml("<ArticleTitle>[Signs].</ArticleTitle>"), ["pmid:1"], "[Signs]."),
        ("PMID- 1\nTI  - [Signs].", ["pmid:1"], "[Signs]."),
        (_xml("<ArticleTitle>[Signs] and tests.</ArticleTitle>"), ["pmid:1"], "[Signs] and tests."),
        (
            _xml(
                "<ArticleTitle>T</ArticleTitle><Journal><Title>J</Title></Journal>"
                '<ELocationID EIdType="pii">e12345</ELocationID>'
            ),
            ["pmid:1"],
            "T. J. e12345.",
        ),
        ("PMID- 1\nTI  - T.\nTA  - J\nVI  - 3\nLID - e12 [pii]", ["pmid:1"], "T. J. 3:e12."),
        ("PMID- 1\nTI  - T.\nTA  - J\nVI  - 3\nPG  - 4-9\nLID - e12 [pii]", ["pmid:1"], "T. J. 3:4-9."),
        # Initials stand together, apart, or with full stops; what only says that there are more is nobody.
        (_ris("TY  - JOUR", "TI  - T", "AU  - Smith, JA", "AU  - Jones K.-L."), [], "Smith JA, Jones KL. T."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - JONES, MARY", "AU  - John A. Doe"), [], "JONES M, Doe JA. T."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Smith, J. and Jones, K."), [], "Smith J, Jones K. T."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Jones, K et al."), [], "Jones K. T."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Øster ÅB, de Souza B"), [], "Øster ÅB, de Souza B. T."),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Smith Jones, Ann B"), [], "Smith Jones AB. T."),
        (_bibtex("title={T}, author={Smith, J. and Jones, K. et al.}"), [], "Smith J, Jones K. T."),
        (_bibtex("title={T}, author={Smith, J., Jones, K., Brown, B.}"), [], "Smith J, Jones K, Brown B. T."),
        (_bibtex(r"title={T}, author={Smith, J. \& Jones, K.}"), [], "Smith J, Jones K. T."),
        (_bibtex(r"title={T}, author={{Johnson \& Johnson}}"), [], "Johnson & Johnson. T."),
        (_bibtex("title={T}, author={Smith, John, Jr.}"), [], "Smith J Jr. T."),
        # Signs of HTML and commands of chemists in TeX.
        (_bibtex("title={A &amp; B}, journal={Brain &#38; Mind}"), [], "A & B. Brain & Mind."),
        (
            _bibtex(r"title={\ce{H2O}, \SI{5}{mg} and a `quoted' word of O'Neil's}"),
            [],
            "H₂O, 5 mg and a ‘quoted’ word of O'Neil's.",
        ),
        (_bibtex("title={Is it?}, subtitle={A trial}"), [], "Is it? A trial."),
        (_bibtex("title={T}, journal={J}, year=2020, pages={123--123}"), [], "T. J. 2020;123."),
        (
            _bibtex("title={T}, eprint={2001.01234}, archivePrefix={arXiv}, year=2020", "misc"),
            ["doi:10.48550/arxiv.2001.01234"],
            "T. arXiv. 2020.",
        ),
        ("@article{title={T}, author={Smith, J}}", [], "Smith J. T."),
        (
            _ris(
                "TY  - UNPB",
                "TI  - T",
                "T2  - medRxiv",
                "DO  - 10.1101/2020.01.02.20012345",
                "SP  - 2020.01.02.20012345",
            ),
            ["doi:10.1101/2020.01.02.20012345"],
            "T. medRxiv.",
        ),
        (_ris("TY  - JOUR", "TI  - T", "C2  - 30123456[PMID]"), ["pmid:30123456"], "T."),
        (
            _ris("TY  - BOOK", "TI  - T", "CY  - Amsterdam ;", "PB  - P,", "PY  - 2010"),
            [],
            "T. Amsterdam: P; 2010.",
        ),
        # A name and a number that the journal corrected stand beside the right ones.
        (
            _xml(
                "<ArticleTitle>T</ArticleTitle><AuthorList>"
                "<Author ValidYN='N'><LastName>Smyth</LastName></Author>"
                "<Author ValidYN='Y'><LastName>Smith</LastName></Author></AuthorList>"
                "<ELocationID EIdType='doi' ValidYN='Y'>10.1000/right</ELocationID>"
                "<ELocationID EIdType='doi' ValidYN='N'>10.1000/wrong</ELocationID>"
            ),
            ["doi:10.1000/right", "pmid:1"],
            "Smith. T.",
        ),
        # A date in words; where day and month cannot be told apart only the year is sure.
        (json.dumps({"title": "T", "issued": {"raw": "May 6, 2020"}}), [], "T. 2020."),
        (json.dumps({"title": "T", "issued": {"raw": "06/05/2020"}}), [], "T. 2020."),
        (json.dumps({"title": "T", "issued": {"raw": "20200506"}}), [], "T. 2020."),
        (
            json.dumps({"title": "T", "URL": "https://a.example/b", "accessed": {"raw": "6 May 2020"}}),
            ["url:https://a.example/b"],
            "T [Internet]. [cited 2020 May 6].",
        ),
        (
            json.dumps(ZOTERO_CHAPTER),
            ["ref:isbn9780306406157.p3"],
            "E F, editor. Ch. In: Book. Oxford: P; 2019. p. 3-9.",
        ),
    ],
)
def test_each_record_has_its_identifiers_and_reference(record, keys, reference):
    (work,) = read(record)

    assert ([one.key for one in work.ids], vancouver(work.csl)) == (keys, reference)


def test_a_chapter_inherits_missing_fields_from_its_book():
    book, chapter = read(BOOK_AND_CHAPTER)

    assert vancouver(book.csl) == "E F, editor. Big. P; 2000."
    assert vancouver(chapter.csl) == "A B. Small. In: E F, editor. Big. P; 2000. p. 1-2."
    assert [one.key for one in chapter.ids] == ["ref:isbn9780306406157.p1"]


@pytest.mark.parametrize(
    ("record", "unread"),
    [
        (_bibtex("title={T}, series={LNCS}"), "series: LNCS"),
        (_bibtex("title={T}, note={Epub ahead of print}"), "note: Epub ahead of print"),
        (_bibtex("title={T}", "patent"), "type: patent"),
        (_ris("TY  - VIDEO", "TI  - T"), "type: VIDEO"),
        (_ris("TY  - BOOK", "TI  - T", "A4  - Translator, A"), "A4: Translator, A"),
        ("PMID- 1\nTI  - T.\nUIN - J. PMID: 2", "UIN: J. PMID: 2"),
        (_bibtex("title={T}, year={in press}"), "issued: in press"),
        (_bibtex("title={T}, author={Smith, A and others}"), "author: and others"),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Smith, A", "AU  - et al."), "author: and others"),
        (_ris("TY  - JOUR", "TI  - T", "AU  - Jones, K et al."), "author: and others"),
        (_bibtex(r"title={A \unicode{x2009} B}"), r"title: \unicode was not understood"),
        (json.dumps({"title": "T", "type": "software"}), "type: software"),
        (
            json.dumps({"title": "T", "updated-by": [{"type": "new_version", "DOI": "10.1/2"}]}),
            "updated-by: new_version 10.1/2",
        ),
        (
            json.dumps({"title": "T", "relation": {"is-corrected-by": [{"id": "10.1/2"}], "cites": [{}]}}),
            "relation: is-corrected-by 10.1/2",
        ),
    ],
)
def test_a_fact_that_no_reference_can_say_is_reported(record, unread):
    (work,) = read(record)

    assert work.unread == (unread,)


@pytest.mark.parametrize(
    "record",
    [
        _bibtex("title={T}, note={PMID: 2\n Publisher: Example}"),
        json.dumps({"title": "T", "note": "PMID: 22327515 \nPMCID: PMC3513540"}),
        _ris("TY  - JOUR", "TI  - T", "N1  - Comment in: J. 2021. PMID: 2"),
    ],
)
def test_a_note_of_numbers_alone_leaves_nothing_unread(record):
    (work,) = read(record)

    assert work.unread == ()


@pytest.mark.parametrize(
    ("fields", "reference"),
    [
        (r"author={\O{}sterg{\aa}rd, S{\o}ren}, title={T}", "Østergård S. T."),
        (r"author={M{\"u}ller, J; Smith, A}, title={T}", "Müller J, Smith A. T."),
        (r"author={Smith, A and \v{S}im\'ak, P AND \O{}y, D and {A and B}}, title={T}",
         "Smith A, Šimák P, Øy D, A and B. T."),
        (r"author={A, B and and C, D}, title={T}, booktitle={T}", "A B, C D. T."),
        (r"title={\textalpha{}- and \textmu{}-receptors of {\it E. coli} and \mbox{HLA-B}\copyright}",
         "α- and µ-receptors of E. coli and HLA-B©."),
    ],
)  # fmt: skip
def test_letters_and_signs_of_bibtex_are_kept(fields, reference):
    (work,) = read(_bibtex(fields))

    assert vancouver(work.csl) == reference
    assert work.unread == ()


def test_a_field_that_took_in_the_next_one_is_told_with_its_line():
    told = read("@article{a, title={Good}}\n@article{x,\n title={A}\n author={Smith, A}, year=2001}")

    assert [work.title for work in told] == ["Good"]
    assert told.failed == ("Line 2 was not read. A comma is missing behind the field “title”.",)


def test_works_of_csl_json_may_stand_one_on_each_line():
    assert [work.title for work in read('{"title": "A"}\n{"title": "B"}')] == ["A", "B"]


def test_an_unreadable_value_is_reported():
    (work,) = read(
        json.dumps({"title": "T", "creators": [{"lastName": "Smith"}], "odd": [{}, {"a": {"b": []}}]})
    )

    assert set(work.unread) == {"creators: Smith", "odd: …"}


@pytest.mark.parametrize(
    "record",
    [
        json.dumps({"title": "T", "updated-by": [{"label": "Retraction", "DOI": "10.1234/R"}]}),
        json.dumps({"title": "T", "updated-by": [{"type": "removal", "DOI": "https://doi.org/10.1234/r"}]}),
        json.dumps({"title": "T", "note": "<p>original: 1990</p><p><b>Retraction</b> in: doi:10.1234/r</p>"}),
        _ris("TY  - JOUR", "TI  - T", "N1  - Retraction in: J. 2021;3:4. doi: 10.1234/R."),
        "PMID- 1\nTI  - T.\nRIN - J. 2021;3:4. doi: 10.1234/r.",
    ],
)
def test_a_notice_is_one_by_whichever_door_it_comes(record):
    (work,) = read(record)

    assert [(one.nature, one.reference) for one in work.notices] == [("retraction", "10.1234/r")]
