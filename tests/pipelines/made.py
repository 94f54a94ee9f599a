"""Discrepancies made by hand, for tests of what shows them.

The sentences are from the project's own samples: invented, but written as news is.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from schemas.messages import (
    ArticleRef,
    Claim,
    Discrepancy,
    Explanation,
    Interval,
    Place,
    PlaceName,
    Position,
    Quantity,
    Quote,
    Severity,
    TextPositionSelector,
    TextQuoteSelector,
    Time,
    Timex3,
)

NIGER = Place("2440476", "Niger")
SEMERA = Place("8335199", "Semera", (PlaceName("444179", "Afar"), PlaceName("337996", "Ethiopia")))
GHAT = Place("2217362", "Ghat", (PlaceName("2215636", "Libya"),))
KABUL = Place("1138958", "Kabul", (PlaceName("1149361", "Afghanistan"),))
MBOUR = Place("2247053", "Mbour", (PlaceName("2245662", "Senegal"),))


def exactly(value: float, unit: str = "person") -> Quantity:
    return Quantity(Interval(value, value), value, unit=unit)


def day(iso: str) -> Time:
    return Time(Timex3("DATE", iso), iso, iso, iso, "day")


def claim(source: str, published: str, language: str, sentence: str, **others: Any) -> Claim:
    """A claim whose figure stands in [brackets] in its sentence."""
    prefix, rest = sentence.split("[")
    exact, suffix = rest.split("]")
    moment = datetime.fromisoformat(published)
    uri = others.pop("uri", f"urn:newsml:{source}:{moment:%Y%m%d}:1")
    version = others.pop("version", 1)
    start = len(prefix)
    fields: dict[str, Any] = {
        "id": f"{uri}:{version}:body_text:{start}",
        "article": ArticleRef(uri, version, source, source, language, moment),
        "kind": "time" if "time" in others else "quantity",
        "slot": "killed",
        "counted": "people",
        "quote": Quote(
            "body_text",
            TextQuoteSelector(exact, prefix, suffix),
            TextPositionSelector(start, start + len(exact)),
        ),
        "as_of": moment,
    }
    return Claim(**{**fields, **others})


def position(*claims: Claim, status: Any = "current", supported_by: Any = ()) -> Position:
    first = claims[0]
    return Position(
        status=status,
        as_of=max(each.as_of for each in claims),
        value=first.quantity.value if first.quantity else None,
        time=first.time,
        speakers=tuple(dict.fromkeys(each.speaker for each in claims if each.speaker)),
        sources=tuple(dict.fromkeys(each.article.source for each in claims)),
        independent_sources=len({each.article.lineage for each in claims}),
        claims=claims,
        supported_by=supported_by,
    )


def discrepancy(id: str, kind: Any, level: Any, *positions: Position, **others: Any) -> Discrepancy:
    first = positions[0].claims[0]
    times = [each.article.published for held in positions for each in held.claims]
    fields: dict[str, Any] = {
        "status": "open",
        "rule": kind.replace("_", "-"),
        "severity": Severity(level, ("far_apart", "few_sources")),
        "slot": first.slot,
        "counted": first.counted,
        "explanation": Explanation("They differ.", "Ils diffèrent.", "يختلفان."),
        "first_seen": min(times),
        "as_of": max(times),
    }
    return Discrepancy(id=id, kind=kind, positions=positions, **{**fields, **others})


def houses() -> Discrepancy:
    """French against Arabic on houses destroyed, with a vague figure beside."""
    french = claim(
        "sahel-depeches.example", "2020-08-25T10:00:00+01:00", "fr",
        "Les inondations qui frappent le Niger depuis juin ont détruit [cinq mille] maisons et "
        "fait 33 morts, selon un bilan arrêté lundi par la protection civile.",
        quantity=Quantity(Interval(4750, 5250), 5000, unit="maison", unit_text="maisons"),
        slot="destroyed", counted="houses", speaker="la protection civile", places=(NIGER,),
    )  # fmt: skip
    arabic = claim(
        "qarn-ifriqia.example", "2020-08-26T09:00:00+03:00", "ar",
        "أطلقت حكومة النيجر نداء لإغاثة منكوبي الفيضانات التي تجتاح البلاد منذ يونيو، والتي أودت "
        "بحياة 33 شخصا ودمرت [3200] منزل، وفق ما أعلنه وزير الشؤون الإنسانية الثلاثاء.",
        quantity=Quantity(Interval(3150, 3250), 3200, unit="منزل", unit_text="منزل"),
        slot="destroyed", counted="houses", speaker="وزير الشؤون الإنسانية", places=(NIGER,),
    )  # fmt: skip
    vague = claim(
        "redseamonitor.example", "2020-08-26T12:00:00+00:00", "en",
        "[Thousands of] houses lie in ruins.",
        quantity=Quantity(Interval(1000, 9999), None, "vague", unit="house"),
        slot="destroyed", counted="houses", places=(NIGER,),
    )  # fmt: skip
    return discrepancy(
        "d-houses", "count_conflict", "high", position(french, supported_by=(vague,)),
        position(arabic),
        explanation=Explanation(
            "sahel-depeches.example says 5,000 houses were destroyed in Niger, "
            "qarn-ifriqia.example, a day later, 3,200.",
            "sahel-depeches.example parle de 5 000 maisons détruites au Niger, "
            "qarn-ifriqia.example, un jour plus tard, de 3 200.",
            "تتحدث sahel-depeches.example عن تدمير 5000 منزل في النيجر، وبعد يوم "
            "qarn-ifriqia.example عن 3200.",
        ),
        places=(NIGER,), event_time="2020-06/2020-08",
    )  # fmt: skip


def signing() -> Discrepancy:
    """English against Arabic on the day an accord was signed."""
    english = claim(
        "hornofafricatimes.example", "2021-11-12T14:00:00+03:00", "en",
        "Elders on both sides say the accord between the Afar and Issa communities, which was "
        "signed in Semera on [2 November], is being respected.",
        time=day("2021-11-02"), slot="signed", counted="accord", speaker="Elders on both sides",
    )  # fmt: skip
    arabic = claim(
        "qarn-ifriqia.example", "2021-11-14T11:20:00+03:00", "ar",
        "تعيش مناطق التماس بين العفر والعيسى في إثيوبيا هدوءا لافتا منذ التوقيع على اتفاق الصلح في "
        "مدينة سمرا يوم [الخامس من نوفمبر]، بحسب ما قاله أعيان من الطرفين لموقعنا.",
        time=day("2021-11-05"), slot="signed", counted="accord", speaker="أعيان من الطرفين",
    )  # fmt: skip
    return discrepancy(
        "d-signing", "date_conflict", "medium", position(english), position(arabic),
        explanation=Explanation(
            "The accord of Semera was signed on 2 November 2021 by one account, on 5 November by "
            "another.",
            "L'accord de Semera a été signé le 2 novembre 2021 selon l'un, le 5 selon l'autre.",
            "وُقّع اتفاق سمرا في 2 نوفمبر 2021 بحسب رواية، وفي 5 نوفمبر بحسب أخرى.",
        ),
        places=(SEMERA,), event_time="2021-11",
    )  # fmt: skip


def flood() -> Discrepancy:
    """A source that still tells four dead after others moved on to fourteen and fifteen."""
    told = [
        ("tripolipost-ar.example", "2019-06-03T09:00:00+02:00", "ar", 4,
         "قُتل [أربعة أشخاص] جراء سيول جارفة اجتاحت مدينة غات جنوب غربي ليبيا ليل الأحد."),
        ("maghreb-daily.example", "2019-06-06T12:00:00+02:00", "ar", 4,
         "مدينة غات الليبية التي اجتاحتها سيول ليل الأحد أودت بحياة [أربعة أشخاص]."),
        ("sahara-alaan.example", "2019-06-04T16:00:00+02:00", "ar", 14,
         "ارتفع عدد ضحايا السيول في غات إلى [14 قتيلا]، حسب ما أفاد به الهلال الأحمر الليبي."),
        ("redseamonitor.example", "2019-06-05T08:00:00+00:00", "en", 15,
         "The floods in Ghat have now killed [15 people], the Red Crescent said on Wednesday."),
    ]  # fmt: skip
    four, still, fourteen, fifteen = (
        claim(source, published, language, sentence, quantity=exactly(value), places=(GHAT,))
        for source, published, language, value, sentence in told
    )
    return discrepancy(
        "d-flood", "stale_source", "low", position(four, still, status="stale"),
        position(fourteen, status="stale"), position(fifteen),
        places=(GHAT,), event_time="2019-06-02",
    )  # fmt: skip


def last_soldiers() -> Discrepancy:
    """30 August, shortly before midnight, against 31 août."""
    english = claim(
        "middleeastmonitor.example", "2021-11-12T12:00:00+00:00", "en",
        "The United States had managed to evacuate about 6,000 Americans when the last C-17 "
        "military transport took off from Hamid Karzai International Airport in Kabul "
        "[shortly before midnight on 30 August].",
        time=day("2021-08-30"), slot="departed", counted="soldiers",
    )  # fmt: skip
    french = claim(
        "aa.example", "2021-09-01T12:00:00+00:00", "fr",
        "Le mouvement avait pris mardi le contrôle total de l’aéroport, après que les derniers "
        "soldats américains se soient retirés de celui-ci le [31 août], date butoir accordée à "
        "Washington.",
        time=day("2021-08-31"), slot="departed", counted="soldiers",
    )  # fmt: skip
    return discrepancy(
        "d-soldiers", "date_conflict", "low", position(english), position(french),
        severity=Severity("low", ("one_day_apart",)), places=(KABUL,), event_time="2021-08",
    )  # fmt: skip


def corrected() -> Discrepancy:
    """One outlet that took its toll back: resolved."""
    uri = "https://dakar-soleil.example/2021/09/13/mbour"
    old, new = (
        claim(
            "dakar-soleil.example", published, "fr",
            f"[{word} pêcheurs] sont morts noyés dimanche à la suite du chavirement d'une pirogue "
            "au large de Mbour, selon la gendarmerie maritime.",
            uri=uri, version=version, quantity=exactly(value), counted="fishermen",
            speaker="la gendarmerie maritime", places=(MBOUR,),
        )
        for word, value, version, published in (
            ("Vingt-cinq", 25, 1, "2021-09-13T08:00:00+00:00"),
            ("Quinze", 15, 2, "2021-09-13T13:30:00+00:00"),
        )
    )  # fmt: skip
    return discrepancy(
        "d-corrected", "correction", "info", position(old, status="corrected"), position(new),
        status="resolved", reason="corrected", places=(MBOUR,), event_time="2021-09-12",
    )  # fmt: skip


def all_of_them() -> tuple[Discrepancy, ...]:
    return (houses(), signing(), flood(), last_soldiers(), corrected())


def folder(path: Path, *found: Discrepancy) -> Path:
    """A folder of results that holds the discrepancies and their claims."""
    path.mkdir(parents=True, exist_ok=True)
    claims = [each for one in found for held in one.positions for each in held.claims]
    (path / "discrepancies.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(found))
    (path / "claims.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(claims))
    (path / "rejects.jsonl").write_bytes(b"")
    return path
