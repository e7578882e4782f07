"""What could tell who a patient is."""

import pytest

from wiki.text.language.phi import looks_personal


@pytest.mark.parametrize(
    "text",
    [
        "Write to jane.doe@example.org about it.",
        "Ring +44 20 7946 0958 for details.",
        "Ring 020 7946 0958 for details.",
        "She was born on 3 May 1961 in Leeds.",
        "DOB: 03/05/1961",
        "Date of birth 1961-05-03.",
        "Patient number 1234567 came in.",
        "NHS 943 476 5919",
        "Known as 9434765919.",
        "J.S., a 43-year-old woman, had a fit.",
        "JS was 43 years old.",
        "A 43-year-old woman from Leeds came.",
        "A 43-year-old retired nurse, who lived in Bath.",
        "She was admitted to us on 3 May 2019.",
        "Scanned on May 3, 2019.",
        "She died on 2019-05-03.",
        "Our patient did well.",
        "A patient of mine did well.",
        "See smith_john.jpg for it.",
        "Mrs Smith came.",
    ],
)
def test_text_that_may_identify_a_patient_is_found(text: str) -> None:
    assert list(looks_personal(text))


@pytest.mark.parametrize(
    "text",
    [
        "Seen in 1,992 people, 43.5% of whom had deposits.",
        "A man born in 1961 had a seizure at the age of 43.",
        "943 476 5918 is a number whose check digit does not fit.",
        "The trial NCT00000102 ran from 2001 to 2005.",
        "Vitamin D2/D3 and 1,25-dihydroxyvitamin D.",
        "ISBN 978-0-306-40615-7",
        "30–79% in types 1A and 1C; 0.5 to 2.0 mmol/l.",
        "10.1038/s41574-018-0042-0",
        "A 43-year-old woman with seizures from birth.",
        "The guideline was published on 3 May 2019.",
        "Patients in our study and my colleagues’ patients.",
        "https://example.org/guide.pdf and an MRI at 43 years.",
        "Ms and Mr are titles.",
        "",
    ],
)
def test_ordinary_medical_text_is_not_flagged(text: str) -> None:
    assert list(looks_personal(text)) == []
