"""Sums told in money whose country the story tells."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from schemas.messages import Article
from transforms.claim.claims import claims_of


def units(text: str, language: str) -> list[str | None]:
    published = datetime(2021, 9, 2, 12, tzinfo=timezone.utc)
    article = Article("urn:x", published, "one.example", body_text=text, language=language)
    return [c.quantity.unit for c in claims_of(article) if c.quantity and c.slot == "cost"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The bridge at Oran in Algeria cost 68 billion dinars.", "en", ["DZD"]),
        ("Le pont d'Oran, en Algérie, a coûté 68 milliards de dinars.", "fr", ["DZD"]),
        ("وبلغت كلفة الجسر في وهران بالجزائر 68 مليار دينار.", "ar", ["DZD"]),
        ("The bridge at Basra in Iraq cost 68 billion dinars.", "en", ["IQD"]),
        ("The bridge at Khartoum in Sudan cost 5 million pounds.", "en", ["SDG"]),
        ("The bridge at Leeds in England cost 5 million pounds.", "en", ["GBP"]),
        ("The bridge at Oran in Algeria cost 5 million dollars.", "en", ["USD"]),
        ("The rink at Ostrava in the Czech Republic cost 840 million crowns.", "en", ["CZK"]),
        ("The bridge at Bergen in Norway cost 840 million crowns.", "en", ["NOK"]),
        ("The bridge cost 68 billion dinars.", "en", []),  # whose dinars, nothing tells
    ],
)
def test_a_bare_currency_is_that_of_the_storys_country(
    text: str, language: str, expected: list[str]
) -> None:
    assert units(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("صوت 9 ملايين عراقي في بغداد.", "ar"),
        ("Quelque 300 Algériens ont voté à Oran, en Algérie.", "fr"),
    ],
)
def test_people_of_a_country_are_not_its_money(text: str, language: str) -> None:
    published = datetime(2021, 9, 2, 12, tzinfo=timezone.utc)
    article = Article("urn:x", published, "one.example", body_text=text, language=language)
    assert [c.slot for c in claims_of(article)] == ["voted"]
