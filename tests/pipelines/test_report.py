"""The report shows all there is to know, runs nothing of an article, and needs no network."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from pipelines import report, words
from pipelines.files import LineError
from pipelines.report import MOST_CARDS, write_report
from pipelines.report.plot import MOST_POSITIONS, SHAPES
from pipelines.report.view import MOST_QUOTES, is_link
from schemas.messages import Discrepancy, Explanation, Kind, Level, Reject, SeverityReason
from tests.pipelines import made

HOSTILE = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "\"' onmouseover='document.title=1' x=\"",
    "javascript:document.title='owned'",
    "&lt;b&gt; &#60;script&#62; {{ 7*7 }} {% raw %}",
    "\u202edrow 000,5\u202c \u2066x",
    "]]> --> <!-- \x00 \x1b[31m",
)


class Page(HTMLParser):
    """Elements, attributes and text of a page; complains of elements left open."""

    VOID = frozenset(("meta", "br", "input", "circle", "rect", "path", "use", "line", "polyline"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self.open[-1] != "p":
            raise AssertionError(f"</p> closes {self.open[-1]}")
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(tmp_path: Path, *found: Discrepancy) -> str:
    return write_report(made.folder(tmp_path / "out", *found)).read_text(encoding="utf-8")


def test_each_discrepancy_has_its_positions_quotes_and_explanations(tmp_path: Path) -> None:
    html = page(tmp_path, *made.all_of_them())
    read = Page(html)
    assert read.open == []
    ids = [attributes["id"] for attributes in read.all("article")]
    assert ids == ["d-houses", "d-signing", "d-soldiers", "d-flood", "d-corrected"]
    for text in (
        "houses destroyed", "5,000", "3,200", "can mean 4,750 to 5,250", "2 November 2021",
        "Figures differ", "Why low: one day apart", "Rule: count-conflict",
        "2020-08-26 09:00+03:00", "qarn-ifriqia.example", "quoting وزير الشؤون الإنسانية",
        "5 000 maisons détruites", "عن تدمير 5000 منزل", "Not precise, but 1 claim fits",
        "resolved: corrected", "2 independent sources", "4open discrepancies",
    ):  # fmt: skip
        assert text in re.sub(r"\s+", " ", read.text).replace("4 open", "4open"), text


def test_quotes_are_in_their_language_and_direction_with_the_figure_marked(tmp_path: Path) -> None:
    html = page(tmp_path, made.houses())
    assert '<p lang="fr" dir="ltr">Les inondations' in html
    assert '<p lang="ar" dir="rtl">أطلقت' in html
    assert "détruit <bdi><mark>cinq mille</mark></bdi> maisons" in html
    assert "ودمرت <bdi><mark>3200</mark></bdi> منزل" in html


def test_positions_are_told_apart_without_colour(tmp_path: Path) -> None:
    html = page(tmp_path, made.flood())
    plot = html[html.index('<svg class="plot"') :]
    for index, label in enumerate(("A 4", "B 14", "C 15")):
        assert f'href="#shape-{index}"' in plot
        assert f">{label}</text>" in plot


def test_dates_stand_on_a_line(tmp_path: Path) -> None:
    html = page(tmp_path, made.last_soldiers())
    assert 'aria-label="Dates on a line"' in html
    assert ">A 30 August 2021</text>" in html
    assert '<text x="10" y="70" class="tick">2021-08-30</text>' in html


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_an_article_is_markup(tmp_path: Path, hostile: str) -> None:
    found = poisoned(made.houses(), hostile)
    clean = Page(page(tmp_path / "clean", made.houses()))
    read = Page(page(tmp_path / "hostile", found))
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in clean.tags]
    assert [list(names) for _, names in read.tags] == [list(names) for _, names in clean.tags]
    assert hostile in read.text
    for attributes in read.all("a"):
        assert str(attributes["href"]).startswith("#")


def poisoned(found: Discrepancy, hostile: str) -> Discrepancy:
    """`found` with hostile text wherever a field may hold any text."""
    (tmp,) = msgspec.json.decode(msgspec.json.encode([found]))
    free = ("id", "uri", "source", "lineage", "exact", "prefix", "suffix", "counted", "rule")
    also = ("speaker", "name", "event_time", "en", "fr", "ar", "language", "slot", "unit")

    def poison(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: poison(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [poison(each, key) for each in value]
        wanted = key in (*free, *also, "sources", "speakers")
        return hostile if wanted and isinstance(value, str) else value

    return msgspec.convert(poison(tmp), Discrepancy)


def test_text_of_articles_does_not_turn_what_stands_beside_it(tmp_path: Path) -> None:
    found = poisoned(made.houses(), "\u202eabc")
    html = page(tmp_path, found)
    visible = re.sub(r"<(title|style|script).*?</\1>", "", html, flags=re.S)
    for match in re.finditer("\u202eabc", visible):
        before = visible[: match.start()]
        tag = before[before.rindex("<") : before.rindex(">") + 1]
        in_attribute = before.rindex("<") > before.rindex(">")
        assert in_attribute or re.match(r"<(/?bdi|text|p|option|/?mark)", tag), tag


@pytest.mark.parametrize(
    ("uri", "link"),
    [
        ("https://example.com/a?b=1", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("urn:newsml:x:1", False),
        ("https:alert", False),
        ("http://[", False),
        (" https://example.com", True),
    ],
)
def test_only_the_web_is_linked_to(uri: str, link: bool) -> None:
    assert is_link(uri) is link


def test_the_page_asks_nothing_of_the_network(tmp_path: Path) -> None:
    read = Page(page(tmp_path, *made.all_of_them()))
    for tag, attributes in read.tags:
        assert "src" not in attributes, tag
        assert tag not in ("link", "img", "iframe", "object", "embed")
        if tag == "use":
            assert str(attributes["href"]).startswith("#")
    assert "default-src 'none'" in str(read.all("meta")[1]["content"])


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    text = Page(page(tmp_path)).text
    assert "No open discrepancy. Nothing could be compared: no claim was found." in text


def test_only_resolved_ones_are_folded_and_the_page_says_that_none_is_open(tmp_path: Path) -> None:
    text = Page(page(tmp_path, made.corrected())).text
    assert "Where the articles speak of the same fact, they agree." in text
    assert "Resolved (1)" in text


def test_rejects_are_told(tmp_path: Path) -> None:
    folder = made.folder(tmp_path / "out")
    reject = Reject("read", "bad_date", "<b>no date</b>", topic="a.jsonl", offset=7)
    (folder / "rejects.jsonl").write_bytes(msgspec.json.Encoder().encode_lines([reject] * 25))
    text = Page(write_report(folder).read_text(encoding="utf-8")).text
    assert "Could not be read (25)" in text
    assert "bad_date: 25" in text
    assert "a.jsonl:7 – <b>no date</b> (bad_date)" in text
    assert "and 5 more in rejects.jsonl" in text


def test_a_position_of_many_claims_shows_a_few_and_counts_the_rest(tmp_path: Path) -> None:
    found = made.houses()
    first = found.positions[0]
    many = msgspec.structs.replace(
        first, claims=first.claims * 16, sources=tuple(f"source-{n}.example" for n in range(30))
    )
    found = msgspec.structs.replace(found, positions=(many, found.positions[1]))
    read = Page(page(tmp_path, found))
    assert len(read.all("blockquote")) == MOST_QUOTES + 1 + 1
    assert f"and {16 - MOST_QUOTES} more quotes" in read.text
    assert "and 18 more" in read.text


def test_of_many_positions_the_first_are_shown_and_the_others_listed(tmp_path: Path) -> None:
    held = [
        made.position(
            made.claim("a.example", f"2020-01-{number:02}T00:00:00+00:00", "en", "[x] died",
                       quantity=made.exactly(number))
        )
        for number in range(1, 31)
    ]  # fmt: skip
    html = page(tmp_path, made.discrepancy("d", "count_conflict", "low", *held))
    assert html.count('<section class="side') == MOST_POSITIONS
    assert "18 more positions" in html
    assert "30 <bdi>30</bdi> (<bdi>a.example</bdi>)</p>" in html
    labels = [float(y) for y in re.findall(r'<text x="220" y="([0-9.]+)"', html)]
    assert len(labels) == MOST_POSITIONS
    assert all(lower - upper >= 13.9 for upper, lower in itertools.pairwise(sorted(labels)))


def test_a_long_sentence_is_cut_around_the_figure(tmp_path: Path) -> None:
    long = "word " * 5000
    found = made.discrepancy(
        "d", "count_conflict", "low",
        made.position(made.claim("a.example", "2020-01-01T00:00:00+00:00", "en",
                                 f"{long}[8]{long}", quantity=made.exactly(8))),
    )  # fmt: skip
    assert len(page(tmp_path, found)) < 40_000


def test_thousands_stay_lean(tmp_path: Path) -> None:
    found = [
        msgspec.structs.replace(made.signing(), id=f"d-{number}")
        for number in range(MOST_CARDS + 500)
    ]
    html = page(tmp_path, *found)
    assert html.count("<article") == MOST_CARDS
    assert "500 less severe ones left out of this page" in html
    assert len(html) < 5000 * MOST_CARDS


def test_what_is_wrong_in_the_results_is_named(tmp_path: Path) -> None:
    folder = made.folder(tmp_path / "out", made.houses())
    (folder / "discrepancies.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(LineError, match=r"discrepancies\.jsonl:1: "):
        write_report(folder)
    assert not (folder / "report.html").exists()


def palettes() -> list[dict[str, str]]:
    """The colours of the style sheet by name: light, then dark over light."""
    style = (Path(report.__file__).parent / "style.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    colours = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+)", light))
    return [colours, {**colours, **dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]+)", dark))}]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(colours: dict[str, str]) -> None:
    sides = [f"p{number}" for number in range(SHAPES)]
    pairs = [
        (front, back) for front in ("ink", "muted", "link", *sides) for back in ("paper", "card")
    ]
    pairs += [("mark-ink", "mark"), *(("on-level", level) for level in words.LEVELS)]
    low = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


def test_everything_has_words() -> None:
    assert set(words.KINDS) == set(get_args(Kind))
    assert set(words.REASONS) == set(get_args(SeverityReason))
    assert set(words.LEVELS) == set(get_args(Level))


# --- in a browser ---------------------------------------------------------------------------------


def chromium(tmp_path: Path, html: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Opens a page in Chromium; its elements come back on stdout, what it complains of on stderr.

    In CI the browser must be there (.ci/run installs it); elsewhere the test is skipped without.
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium on this machine: apt-get install chromium")
        pytest.skip("no chromium on this machine")
    return subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr",
            *options, "--dump-dom", html.as_uri(),
        ],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip


def test_a_browser_runs_our_script_and_nothing_of_an_article(tmp_path: Path) -> None:
    found = [
        msgspec.structs.replace(poisoned(made.houses(), hostile), id=f"d-{number} {hostile}")
        for number, hostile in enumerate(HOSTILE)
    ]
    folder = made.folder(tmp_path / "out", *found)
    ran = chromium(tmp_path, write_report(folder))
    assert "<title>7 open discrepancies – Tally</title>" in ran.stdout
    assert '<form id="filter" autocomplete="off">' in ran.stdout  # shown by our script
    assert "CONSOLE" not in ran.stderr


@pytest.mark.parametrize("width", [390, 1400])
def test_a_browser_shows_it_without_scrolling_sideways(tmp_path: Path, width: int) -> None:
    found = made.all_of_them()
    explained = Explanation("w" * 300, "w" * 300, "و" * 300)
    wide = msgspec.structs.replace(found[0], id="d" * 200, explanation=explained)
    html = page(tmp_path, *found, wide)
    probe = "<script>document.title = document.documentElement.scrollWidth - innerWidth</script>"
    without_policy = re.sub("<meta http-equiv[^>]*>", "", html)
    probed = tmp_path / "probed.html"
    probed.write_text(without_policy.replace("</body>", probe + "</body>"), encoding="utf-8")
    ran = chromium(tmp_path, probed, f"--window-size={width},900", "--hide-scrollbars")
    title = re.search("<title>(.*?)</title>", ran.stdout)
    assert title is not None
    assert int(title[1]) <= 0, f"{title[1]} pixels too wide"
