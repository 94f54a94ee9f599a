"""Texts cut into tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.tokens import ASCII, TOKEN, tokenize
from transforms.read.normal import fold

ascii_text = st.text(st.characters(max_codepoint=127), max_size=80)


@given(ascii_text.map(fold))
def test_ascii_is_cut_as_any_text_is(folded: str) -> None:
    assert ASCII.split(folded) == TOKEN.split(folded)


@given(st.text(max_size=80))
def test_tokens_are_what_stands_at_their_offsets(text: str) -> None:
    folded = fold(text)
    tokens = tokenize(text, folded)
    stretches = zip(tokens.starts, tokens.ends, strict=True)
    assert [folded[start:end] for start, end in stretches] == list(tokens.words)
    between = zip((0, *tokens.ends), (*tokens.starts, len(folded)), strict=True)
    assert not "".join(folded[end:start] for end, start in between).strip()


def test_lines_end_at_the_last_token_before_a_break() -> None:
    text = "\nOne two\n\nthree.\n"
    assert tokenize(text, fold(text)).line_ends() == {1, 3}
