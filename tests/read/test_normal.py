"""What a normal text is, and that its offsets lead back to the text that came in."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.read.normal import fold, normal

ODD = (
    "aé'5 \n\r\t“”’\u00a0\u202f\u2009\u200f\u202b\u2066\ufeff\u00ad\u200d\u0640"
    "كأةىئ\u064b\u0651\u064e\u0653\u0654\u0301\u0316\u0338٣۴٫٬٪−\u2011–—\u2028\u0085ﻻﻢ\u1ffdÅ＝５Iİ"
)
texts = st.one_of(st.text(), st.text(alphabet=ODD))

CASES = [
    ("\ufeffTen dead", "Ten dead"),
    ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
    ("124\u202f000 morts\u00a0; 3\u2009000", "124 000 morts ; 3 000"),
    ("\u200f20\u200e \u202bعام\u202c\u2066x\u2069", "20 عامx"),
    ("co\u00adoperate می\u200cروند", "cooperate میروند"),
    ("قــطــر", "قطر"),
    ("مُؤَسَّسَةٌ هٰذا", "مؤسسة هذا"),
    ("٢٠٢١ و۲۰۲۱ و１２", "2021 و2021 و12"),
    ("٣٫٥ و١٬٠٠٠، ٢٠٪", "3٫5 و1٬000، 20%"),
    ("“l’été” ‘x’ «y»", "\"l'été\" 'x' «y»"),
    ("non\u2011breaking \u22125 5–7 — x", "non-breaking -5 5–7 — x"),
    ("e\u0301te\u0301", "été"),
    ("ا\u0654ول ا\u0653ن", "أول آن"),
    ("ﻗﻄﺮ", "قطر"),
    ("c\u0338 q\u0303", "c q"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_oddities_are_made_plain(text: str, expected: str) -> None:
    assert normal(text).text == expected


@pytest.mark.parametrize("text", ["", "Ten dead.\n\nTwo hurt.", "قتل 20 شخصا", "« Près de 20 »"])
def test_clean_text_comes_back_itself(text: str) -> None:
    assert normal(text) == (text, None, None, None)


def test_a_slice_holds_the_marks_of_its_last_letter_and_no_unseen_sign() -> None:
    text = "\u200fكتابٌ\u200f و e\u0301\r\n"
    cleaned = normal(text)
    book = cleaned.text.index("كتاب")
    accent = cleaned.text.index("é")
    assert text[slice(*cleaned.original(book, book + 4))] == "كتابٌ"
    assert text[slice(*cleaned.original(accent, accent + 1))] == "e\u0301"
    assert cleaned.original(0, 0)[0] == cleaned.original(0, 0)[1]


@given(texts, st.data())
@example("\u0301", None)
@example("\r\u200f\n", None)
def test_every_slice_leads_back_to_what_it_was_made_of(text: str, data: st.DataObject) -> None:
    cleaned = normal(text)
    spans = [cleaned.original(i, i + 1) for i in range(len(cleaned.text))]
    for i, (start, end) in enumerate(spans):
        assert 0 <= start < end <= len(text)
        assert normal(text[start:end]).text in (cleaned.text[i], *"\n ")
        assert i == 0 or spans[i - 1][1] <= start
    if data is not None and spans:
        first = data.draw(st.integers(0, len(spans) - 1))
        last = data.draw(st.integers(first, len(spans) - 1))
        assert cleaned.original(first, last + 1) == (spans[first][0], spans[last][1])
        assert 0 <= cleaned.original(first, first)[0] <= len(text)


@given(texts)
def test_a_normal_text_is_normal(text: str) -> None:
    once = normal(text).text
    assert normal(once) == (once, None, None, None)


@given(st.text(alphabet="aeiouçñcAEé 'x1\u0627\u0648\u064a\u0647"))
def test_decomposed_text_reads_as_composed(text: str) -> None:
    assert normal(unicodedata.normalize("NFD", text)).text == unicodedata.normalize("NFC", text)


@given(texts)
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_no_character_changes_length_when_folded() -> None:
    every = "".join(map(chr, (c for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF)))
    assert all(
        len(fold(every[i : i + 999])) == len(every[i : i + 999]) for i in range(0, len(every), 999)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MORE Than ÉTÉ İstanbul", "more than été istanbul"),
        ("أحمد إلى آخر ٱلأمة مؤسسة رئيس", "احمد الي اخر الامه موسسه رييس"),
        ("کابل ایران", "كابل ايران"),
    ],
)
def test_folding_makes_letters_of_one_kind_one(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    "text",
    ["e" + "\u0301\u0316" * 200_000, "\u200f" * 400_000, "e\u0301" * 200_000, "\r\n" * 200_000],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    normal(text)
    assert time.process_time() - started < 5
