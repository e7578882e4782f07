"""Encodings of page files, named when they are not UTF-8."""

import pytest

from wiki.importing.front_matter import decoded
from wiki.importing.yaml_words import BadFile

TEXTS = {
    "Russian": "Гипопаратиреоз — это заболевание, при котором снижается уровень кальция в крови. 5 мг.",
    "Japanese": "副甲状腺機能低下症は、血中のカルシウム濃度が低下する病気です。カタカナ。5 mg。",
    "Chinese": "甲状旁腺功能減退症是一種血鈣降低的疾病，患者不可以過量。5 mg。",
    "Korean": "부갑상선 기능저하증은 혈중 칼슘이 낮아지는 질환입니다. 5 mg",
    "Greek": "Ο υποπαραθυρεοειδισμός είναι μια πάθηση με χαμηλό ασβέστιο. 5 mg",
    "Hebrew": "תת פעילות של בלוטת התריס היא מחלה",
    "Arabic": "قصور الدريقات هو مرض ينخفض فيه الكالسيوم",
    "Polish": "Niedoczynność przytarczyc to choroba, w której stężenie wapnia się zmniejsza. Łódź, żółć.",
    "Turkish": "Kalsiyum düşüklüğü ile giden bir hastalıktır, ilaç değişir, şişlik, ağrı",
    "German": "Für Ärzte: größer als 5 µg – “täglich” – Ödeme.",
    "French": "L’hypoparathyroïdie élève à peine le calcium ; ça suffit.",
}


@pytest.mark.parametrize(
    ("language", "encoding", "name"),
    [
        ("Russian", "cp1251", "Windows-1251"),
        ("Russian", "koi8_r", "KOI8-R"),
        ("Russian", "iso8859_5", "ISO 8859-5"),
        ("Russian", "cp866", "code page 866"),
        ("Japanese", "shift_jis", "Shift JIS"),
        ("Japanese", "euc_jp", "EUC-JP"),
        ("Japanese", "iso2022_jp", "ISO-2022-JP"),
        ("Chinese", "gb18030", "GB 18030"),
        ("Chinese", "big5", "Big5"),
        ("Korean", "euc_kr", "EUC-KR"),
        ("Greek", "cp1253", "Windows-1253"),
        ("Hebrew", "cp1255", "Windows-1255"),
        ("Arabic", "cp1256", "Windows-1256"),
        ("Polish", "cp1250", "Windows-1250"),
        ("Polish", "iso8859_2", "ISO 8859-2"),
        ("Turkish", "cp1254", "Windows-1254"),
        ("German", "cp1252", "Windows-1252"),
        ("German", "mac_roman", "Mac OS Roman"),
        ("German", "cp850", "code page 850"),
        ("French", "cp1252", "Windows-1252"),
        ("French", "mac_roman", "Mac OS Roman"),
        ("Russian", "utf-16", "UTF-16"),
        ("Japanese", "utf-16-be", "UTF-16"),
        ("Russian", "utf-32", "UTF-32"),
    ],
)
def test_a_file_in_another_encoding_is_named(language, encoding, name):
    with pytest.raises(BadFile, match=f"{name}.*Save it as UTF-8"):
        decoded(f"---\ntitle: T\n---\n\n{TEXTS[language]}\n".encode(encoding, "replace"))


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_in_utf8_is_read_in_any_language(language, encoding):
    assert decoded(TEXTS[language].encode(encoding)) == TEXTS[language]


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["größer", "Ménière", "5 µg", "20 °C", "3 × 5", "Гипо"])
def test_a_file_that_was_encoded_twice_is_refused(text, wrong):
    twice = text.encode().decode(wrong, "replace").encode()

    with pytest.raises(BadFile, match=r"Line 2 was encoded twice"):
        decoded(b"One.\n" + twice)


@pytest.mark.parametrize("text", ["2×½ tablet", "5 Å² and Â", "À ½", "«É»", "Ωµ°±²³", "–“”…"])
def test_signs_beside_each_other_are_not_taken_for_letters_encoded_twice(text):
    assert decoded(text.encode()) == text


def test_a_file_of_two_encodings_is_told_as_such():
    with pytest.raises(BadFile, match=r"Line 2 is not UTF-8, as others are; it seems to be in Latin-1"):
        decoded("größe\n".encode() + "größe\n".encode("latin-1"))


def test_bytes_that_are_no_text_have_no_encoding():
    with pytest.raises(BadFile, match="its encoding is not known"):
        decoded(b"\xc3\xc3\xc3")
