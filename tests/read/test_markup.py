"""What is left of a text when its markup is gone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.read.markup import plain

PLAIN = [
    "Five dead",
    "a < b and c > d",
    "x <5 and >3",
    "5 <b and c> 7",
    "<Name> said",
    "R&D, AT&T, ?a=1&copy=2",
    "one\n\n two  \n",
    "",
    "<",
    "<3 & more",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Twelve dead</p>\n<p>in Kabul</p>", "Twelve dead\n\nin Kabul"),
        ("<p>a\n  b<br/>c</p>", "a b\nc"),
        ("<ul><li>1<li>2</ul>", "1\n\n2"),
        ("<h1>Title</h1>Text", "Title\n\nText"),
        ("6&nbsp;000 &eacute;vacu&#233;s &lt;5&#x3e;", "6\u00a0000 évacués <5>"),
        ("<p>6&nbsp;000</p>", "6\u00a0000"),
        ("AT&amp;T", "AT&T"),
        ("&lt;p&gt;", "<p>"),
        ("one\n\n<b>two</b> three\n", "one\n\ntwo three\n"),
        ("<script>if (a<5) x = '<p>9</p>'</script><p>8 dead</p>", "8 dead"),
        ("<STYLE>p {width: 9px}</Style>ok", "ok"),
        ("<p>a<!-- 9 <p> dead --> b</p>", "a b"),
        ("<p>a<script>9 dead", "a"),
        ("<p>a<!-- 9 dead", "a"),
        ("<svg/><p>8 dead</p>", "8 dead"),
        ("<a title=\"9 > 8\" href='x'>8</a> dead", "8 dead"),
        ("<![CDATA[<p>8 dead</p>]]>", "8 dead"),
        ('<?xml version="1.0"?><p>8 dead</p>', "8 dead"),
        ("<table><tr><td>8<td>9</tr></table>", "8 9"),
        ("<ntb-figure>8</ntb-figure><p>9</p>", "8\n\n9"),
        ("<p>profit <5 and >3</p>", "profit <5 and >3"),
        ("<p>قتل <b>8</b> أشخاص</p>", "قتل 8 أشخاص"),
    ],
)
def test_markup_goes_and_its_text_stays(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text(alphabet="<>/!-[]&;#p br'\"=a1\n") | st.text())
def test_any_text_is_read(text: str) -> None:
    plain(text)


@given(st.text(alphabet=st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_a_text_without_signs_of_markup_is_kept(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "piece",
    ["<a", "<!--", "<script>", "<p>\n \n", '<p><a "', "<p>&", "<p>&amp", "</p> ", "<", "<p>]]>"],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    started = time.process_time()
    plain(piece * 100_000)
    assert time.process_time() - started < 5


def test_one_tag_that_never_ends_takes_linear_time() -> None:
    started = time.process_time()
    plain("<p>" + "<a " + 'x="1" ' * 100_000)
    plain("<p>" + " " * 500_000 + "</b> " * 100_000)
    assert time.process_time() - started < 5
