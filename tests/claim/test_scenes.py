"""The place of a claim, and names of places that no table holds."""

from __future__ import annotations

import pytest

from schemas.messages import Claim
from transforms.claim.local_names import LOCAL
from transforms.claim.places import level

from .test_examples import claims


def first(text: str, language: str) -> Claim:
    return claims(text, language)[0]


def names(claim: Claim) -> list[str]:
    return [name.removeprefix(LOCAL) for name in claim.context.names if name.startswith(LOCAL)]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        # Where the wounded were taken, where people fled to; and where nothing else is told.
        ("en", "A bomb killed 32 people in Gwoza; the wounded were taken to Maiduguri.", ["Gwoza"]),
        # Where most of them are is not where all are.
        ("en", "Floods destroyed 940 houses in Assam, most of them in Guwahati.", ["Assam"]),
        ("en", "At least 32 wounded people were taken to Maiduguri.", ["Maiduguri"]),
        ("fr", "Une explosion a tué 3 personnes à Antsirabe ; les blessés ont été transférés à "
               "Antananarivo.", ["Antsirabe"]),
        ("ar", "قتل 5 أشخاص في كسلا ونقل المصابون إلى مستشفى في بورتسودان.", ["Kassala"]),
        # Where it was said.
        ("en", "Gunmen killed 9 people in Gwoza, officials in Abuja said.", ["Gwoza"]),
        ("en", "Officials in Abuja said 9 people were killed.", ["Abuja"]),
        ("fr", "Le séisme a tué 84 personnes à Taroudant, a précisé le ministère à Rabat.",
         ["Taroudant"]),
        ("fr", "La police a annoncé la mort de 4 personnes à Rabat.", ["Rabat"]),
        ("ar", "أعلنت الوزارة في بورتسودان مقتل 40 شخصا في كسلا.", ["Kassala"]),
        # Whose border, after which place a hospital is called; and where nothing else is told.
        ("en", "Gunmen killed 9 people in Gwoza, near the border with Cameroon.", ["Gwoza"]),
        ("fr", "Une attaque a tué 9 villageois à Djibo, vers la frontière du Mali.", ["Djibo"]),
        ("ar", "قتل 9 أشخاص في كسلا قرب حدود إريتريا.", ["Kassala"]),
        ("en", "Gunmen killed 9 people near the border with Cameroon.", ["Cameroon"]),
        ("en", "Al-Quds hospital in Aleppo counted 9 people killed.", ["Aleppo"]),
        ("ar", "قتل 9 أشخاص في قصف مستشفى القدس في حلب.", ["Aleppo"]),
        ("en", "Nine people were killed at Kassala hospital.", ["Kassala"]),
        # The country of most places, not that of a nurse.
        ("en", "Nine people were killed, a Filipino nurse said. It rained. It rained on. Salalah "
               "and Nizwa mourn.", ["Oman"]),
        ("en", "Nine people were killed, a Filipino nurse said.", ["Philippines"]),
        # From where and to where, and what a road links; and where that happened all the same.
        ("en", "A train from Paris to Clermont-Ferrand derailed near Vierzon, killing 7 people.",
         ["Vierzon"]),
        ("en", "A Lusaka-bound bus overturned near Kabwe, killing 7 people.", ["Kabwe"]),
        ("en", "A bus from Lusaka to Kabwe overturned, killing 7 people.", ["Lusaka", "Kabwe"]),
        ("en", "Tents left Lusaka by lorry for Kabwe, where a storm killed 7 people.",
         ["Kabwe", "Lusaka"]),
        ("fr", "Une pirogue partie de Mbour a chaviré au large de Nouadhibou : 36 disparus.",
         ["Nouadhibou"]),
        ("fr", "Un car reliant Casablanca à Fès s'est renversé près de Khouribga, tuant 19 "
               "personnes.", ["Khouribga"]),
        ("fr", "Une partie d'Atlixco, au Mexique, pleure 7 morts.", ["Atlixco"]),
        ("ar", "قتل 16 شخصا في حادث على الطريق الرابط بين نواكشوط وكيفة قرب مدينة ألاك.",
         ["Aleg"]),
        ("ar", "غرق 9 مهاجرين قبالة جرجيس التونسية كانوا قد أبحروا من زوارة.", ["Zarzis"]),
        # In a country's east, in a city's north; a sea, and whose coast.
        ("fr", "Des combats ont tué 7 habitants de Bria, dans l'est de la Centrafrique.", ["Bria"]),
        ("ar", "قتل 6 مدنيين في قصف على حي الروضة شمالي مدينة تعز.", ["Taiz"]),
        ("en", "A boat sank in the Gulf of Aden off Somalia, killing 9 people.", ["Somalia"]),
        ("en", "A boat sank in the Gulf of Aden, killing 9 people, India said.", ["Gulf of Aden"]),
        # From where it is measured.
        ("en", "A bus crash killed 7 people in Gwoza, 135 km southeast of Maiduguri.", ["Gwoza"]),
        # Named like a common word, or small and abroad.
        ("en", "Riots killed 4 people in Tamale, Ghana.", ["Tamale"]),
        ("en", "A hot Tamale vendor and 4 people were killed in Kumasi, Ghana.", ["Kumasi"]),
        ("fr", "Une explosion a tué 4 personnes à Liège.", ["Liège"]),
        ("ar", "مقتل 5 سياح ألمان في حادث قرب مرسى علم.", ["Marsa Alam"]),
        ("fr", "Une avalanche a tué 3 skieurs en Savoie.", ["Auvergne-Rhône-Alpes"]),
        # A hyphen goes on with a name, or joins two places.
        ("fr", "Un incendie a tué 2 personnes à Saint-Martin-Vésubie.", []),
        ("en", "A bomb on the Damascus-Aleppo highway killed 5 people.", ["Aleppo", "Damascus"]),
        ("fr", "Une attaque a tué 9 personnes dans le Mayo-Sava, au Cameroun.", ["Far North"]),
        ("fr", "Un incendie a tué 4 personnes, selon la police de Liège.", ["Liège"]),
        # Another name of a town that lies elsewhere, or of which nothing else is told.
        ("en", "Clashes killed 6 men in Komo.", []),
        ("en", "Clashes killed 6 men in Como.", ["Como"]),
        ("en", "Clashes killed 6 men in Jowhar.", ["Jawhar"]),
        ("en", "Rain killed 6 men in Nizwa, in Oman, in its Alaya quarter.", ["Nizwá"]),
        ("fr", "Une explosion a tué 6 personnes à Gand, en Belgique.", ["Gent"]),
        # A region of one country, named like one of many.
        ("ar", "قتل 9 أشخاص في منطقة الساحل في بوركينا فاسو.", ["Sahel"]),
        # Two towns of one event stay.
        ("en", "Floods killed 7 people in Gwoza and Maiduguri.", ["Gwoza", "Maiduguri"]),
        # A dateline tells the country of a village that no table holds, else the place.
        ("en", "BAMAKO (AFP) - Gunmen killed 132 civilians in Diallassagou.", ["Mali"]),
        ("en", "BAMAKO (AFP) - Gunmen killed 132 civilians in an attack.", ["Bamako"]),
    ],
)  # fmt: skip
def test_the_place_of_a_claim_is_where_it_happened(
    language: str, text: str, places: list[str]
) -> None:
    assert [place.name for place in first(text, language).places] == places


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("fr", "Le cirque a quitté le Bénin le 19 août pour Lomé.", ["Benin"]),
        ("fr", "Le contingent a quitté le camp de Gaulle, à Libreville, le 12 août.",
         ["Libreville"]),
        ("en", "The troops left Gwoza on 19 August for Maiduguri.", ["Gwoza"]),
        ("en", "The troops left for Maiduguri on 19 August.", ["Maiduguri"]),
        ("en", "A convoy from Maiduguri reached Gwoza on 19 August.", ["Gwoza"]),
        ("en", "A ship set sail from Aarhus on 19 August for a refit in Gdansk.", ["Århus"]),
        ("en", "The vessel left the Omani port of Sur on 19 August.", ["Oman"]),
        ("fr", "Le train est parti de Lubumbashi le 19 août pour Kananga.", ["Lubumbashi"]),
        ("ar", "غادرت القوة كسلا في 19 أغسطس متجهة نحو بورتسودان.", ["Kassala"]),
        ("ar", "وصلت قافلة إلى كسلا في 19 أغسطس قادمة من بورتسودان.", ["Kassala"]),
    ],
)  # fmt: skip
def test_the_place_of_a_journey_is_the_end_that_is_dated(
    language: str, text: str, places: list[str]
) -> None:
    assert [place.name for place in first(text, language).places] == places


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Militiamen killed 23 civilians in Boga on Thursday.", ["boga"]),
        ("en", "Shelling of the village of Duk Padiet killed 52.", ["dukpadiet"]),
        ("en", "Gunmen raided Yumbi and killed 9 residents of Fugwa.", ["yumbi", "fugwa"]),
        ("en", "A sweep through Jleeb netted 240 migrants, who were arrested.", ["jleeb"]),
        ("fr", "Des rebelles ont tué 17 civils près de Bakouma.", ["bakouma"]),
        ("ar", "قتل 18 شخصا في هجوم على قرية ود النورة.", ["ودالنوره"]),
        # Places that are known, days, common words, hospitals.
        ("en", "Militiamen killed 23 civilians in Bunia on Thursday.", []),
        ("en", "Militiamen killed 23 civilians in Parliament.", []),
        ("en", "Militiamen killed 23 civilians at Wilkins Hospital.", []),
        ("ar", "قتل 18 شخصا في هجوم على قرية صغيرة.", []),
    ],
)
def test_names_of_places_that_no_table_holds(language: str, text: str, found: list[str]) -> None:
    assert names(first(text, language)) == found


def test_a_town_is_finer_than_its_country() -> None:
    (place,) = first("Gunmen killed 9 people in Gwoza, Nigeria.", "en").places
    assert level(place.id) == "city"
