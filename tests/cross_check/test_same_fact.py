"""Evidence of one event: what speaks for it, what against, what excludes it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from schemas.messages import Claim, Context, Place, PlaceName, Scope
from tests.claim.test_examples import claims
from tests.claims import count, dated
from transforms.cross_check.facts import facts
from transforms.cross_check.intervals import agree
from transforms.cross_check.same_fact import THRESHOLD, comparable, is_sure, same_fact, told_apart
from transforms.cross_check.views import view
from transforms.cross_check.weights import (
    DISASTERS_ALIKE,
    DISASTERS_DIFFER,
    ELSEWHERE,
    IN_REGION,
    KINDS_ALIKE,
    KINDS_DIFFER,
    RARE_KIND,
    SAME_REGION,
    SURVEYED,
    UNDATED_APART,
    agreeing,
    of_kind,
    of_place,
    of_places,
    of_time,
    shared_figures,
)

SYRIA = PlaceName("SY", "Syria")
IDLIB = Place("169387", "Idlib", (SYRIA,))
DARAA = Place("170905", "Daraa", (PlaceName("170903", "Daraa"), SYRIA))
HAURAN = Place("170903", "Daraa", (SYRIA,))
NAWA = Place("166365", "Nawá", (PlaceName("170903", "Daraa"), SYRIA))
BOMBING: dict[str, Any] = {"event_kinds": ("bombing",), "time_from": "sentence"}


def told(value: float = 8, source: str = "one.example", **fields: Any) -> Claim:
    context = Context(**{**BOMBING, **fields.pop("context", {})})
    return count(value, source, context=context, **fields)


def score(one: Claim, other: Claim) -> float:
    evidence = same_fact(view(one), view(other))
    return -9.0 if evidence is None else evidence.score


SCENE = {"context": {"words": ("@school", "tokhar")}}
SECOND = ("@school", "@second_of_day", "tokhar")


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (SCENE, {"context": {"words": ("@market", "other")}}),
        (SCENE, {}),
        (SCENE, {**SCENE, "event_time": "2021-08-31"}),
        ({**SCENE, "language": "ar"}, {"context": {"words": ("tokhar",)}, "language": "ar"}),
        (SCENE, {**SCENE, "counted": "civilians"}),
        (SCENE, {**SCENE, "value": 40}),
        (SCENE, {"context": {**SCENE["context"], "rivals": 3}}),
        (SCENE, {"context": {**SCENE["context"], "event_kinds": ("flood",)}}),
        ({**SCENE, "fingerprint": tuple(range(24))}, SCENE),
    ],
    ids=["scene", "words", "day", "language", "group", "size", "roundup", "kind", "text"],
)
def test_what_speaks_for_one_event(more, less):
    one = told(12, fingerprint=tuple(range(24)), **SCENE)
    assert score(one, told(source="b", **more)) > score(one, told(source="b", **less))


def test_houses_fall_in_a_flood_but_not_in_a_fire():
    def houses(source: str, kind: str) -> Claim:
        words = ("@school", "@market", "tokhar")
        return told(40, source, context={"words": words, "event_kinds": (kind,)})

    flood = houses("a", "flood")
    assert score(flood, houses("b", "collapse")) > score(flood, houses("b", "fire"))


@pytest.mark.parametrize(
    ("one", "other", "weight"),
    [
        ({"landslide"}, {"storm"}, DISASTERS_ALIKE),
        ({"flood"}, {"collapse"}, DISASTERS_ALIKE),
        ({"flood"}, {"road"}, DISASTERS_DIFFER),
        ({"shelling"}, {"airstrike"}, KINDS_ALIKE),
        ({"bombing"}, {"fire"}, KINDS_ALIKE),
        ({"shooting"}, {"fire"}, KINDS_DIFFER),
        ({"flood", "road"}, {"road"}, RARE_KIND),
        ({"bombing", "road"}, {"clash", "road"}, KINDS_ALIKE),  # at a bus stand, on motorcycles
    ],
)
def test_a_disaster_is_told_in_other_words_a_war_has_many_attacks(one, other, weight):
    mine, theirs = (
        view(told(40, source, context={"event_kinds": tuple(kinds)}))
        for source, kinds in (("a", one), ("b", other))
    )
    assert of_kind(mine, theirs) == of_kind(theirs, mine) == weight


def test_two_diseases_of_one_town_are_two_outbreaks():
    def cases(source, *words, slot="infected"):
        return view(told(300, source, slot=slot, context={"words": words}))

    one = cases("a", "@cholera", "@camp", "tokhar")
    assert same_fact(one, cases("b", "@cholera", "tokhar"))
    assert same_fact(one, cases("b", "@camp", "tokhar"))
    assert same_fact(one, cases("b", "@measles", "@cholera", "tokhar"))
    assert not same_fact(one, cases("b", "@measles", "@camp", "tokhar"))


def test_troops_are_sent_where_anything_happens():
    def troops(source, kind):
        context = {"event_kinds": (kind,)}
        return view(told(450, source, slot="deployed", counted="soldiers", context=context))

    assert of_kind(troops("a", "clash"), troops("b", "fire")) == 0
    assert of_kind(troops("a", "flood"), troops("b", "flood")) == RARE_KIND


@pytest.mark.parametrize(
    ("slot", "days_later", "weight"),
    [
        ("destroyed", 7, SURVEYED),
        ("displaced", 5, SURVEYED),
        ("destroyed", 8, None),
        ("killed", 5, None),
        ("destroyed", 3, UNDATED_APART),
    ],
)
def test_a_survey_of_the_damage_is_told_within_a_week(slot, days_later, weight):
    counted = "houses" if slot == "destroyed" else "people"
    one = told(40, slot=slot, counted=counted, event_time="2021-08-23")
    day = f"2021-08-{23 + days_later}"
    undated = {"time_from": "none"}
    late = told(30, "b", slot=slot, counted=counted, event_time=day, context=undated)
    assert of_time(view(one), view(late)) == of_time(view(late), view(one)) == weight


def test_pupils_are_children_in_one_language_and_students_in_another():
    one, other = told(52, counted="children"), told(37, "b", counted="students")
    assert not agree(one, other)
    assert not agree(other, one)
    assert score(one, other) == score(one, told(37, "b", counted="children"))


@pytest.mark.parametrize(
    ("period", "compared"),
    [
        ("since:2021-05/..", True),
        ("since:2021-08-20/..", True),
        ("since:2021-08-29/..", False),
        ("since:2021-01/..", False),
        ("since:2020-05/..", False),
        ("since:2021/..", False),
        ("since:None", False),
        ("day", False),
    ],
)
def test_cases_since_an_outbreak_began_are_all_its_cases(period, compared):
    def cases(slot="infected", **context):
        return view(told(300, slot=slot, context=context))

    assert comparable(cases(), cases(period=period)) == compared
    assert not comparable(cases("displaced"), cases("displaced", period=period))


@pytest.mark.parametrize(
    ("began", "told_by", "found"),
    [
        ("2021-07-10", "2021-08-30", True),
        ("2020-01-01/2020-12-31", "2021-08-30", False),
        ("2021-05-01/2021-07-31", "2021-08-31", True),
        ("2020-09-01", "2021-08-30", False),
    ],
)
def test_an_outbreaks_cases_are_as_of_publication(began, told_by, found):
    def cases(source, day, **fields):
        context = {"words": ("@cholera", "@camp"), "event_kinds": ("epidemic",)}
        return told(300, source, slot="infected", event_time=day, context=context, **fields)

    evidence = same_fact(view(cases("a", began)), view(cases("b", told_by)))
    assert (evidence is not None) == found
    apart = same_fact(view(cases("a", began)), view(cases("b", told_by, hours=24 * 9)))
    assert apart is None


@pytest.mark.parametrize(
    ("answering", "answers"),
    [
        ({"value": 12, "modality": "denied"}, True),
        ({"value": 9, "modality": "denied"}, False),
        ({"value": 9, "context": {"revised_from": 12}}, True),
        ({"value": 9, "context": {"revised_from": 10}}, False),
        ({"value": 12}, False),
    ],
    ids=["denies it", "denies another", "takes it back", "takes back another", "says the same"],
)
def test_who_denies_or_takes_back_a_figure_tells_of_its_event(answering, answers):
    mine, theirs = told(12), told(source="b", **answering)
    evidence = same_fact(view(mine), view(theirs))
    assert evidence is not None
    assert ("answer" in dict(evidence.reasons)) == answers


@pytest.mark.parametrize(
    "other",
    [
        told(source="b", places=(DARAA,), context={**SCENE["context"], "place_from": "sentence"}),
        told(source="b", event_time="2021-08-20", **SCENE),
        told(source="b", context={**SCENE["context"], "background": True, "time_from": "article"}),
    ],
    ids=["elsewhere", "a week earlier", "background"],
)
def test_what_excludes_it(other):
    one = told(12, context={**SCENE["context"], "place_from": "sentence"})
    assert same_fact(view(one), view(other)) is None


def test_background_of_a_day_told_with_it_may_be_the_news_of_another():
    one = told(12, **SCENE)
    assert score(one, told(source="b", context={**SCENE["context"], "background": True})) > 0


def test_what_tells_no_day_is_of_publications_day_and_the_day_before():
    untold = {"context": {**SCENE["context"], "time_from": "none"}}
    one = told(12, **SCENE)
    of_the_day = told(source="b", event_time="2021-08-29/2021-08-30", **untold)
    a_day_later = told(source="b", event_time="2021-08-31/2021-09-01", **untold)
    much_later = told(source="b", event_time="2021-09-02/2021-09-03", **untold)
    assert score(one, of_the_day) > score(one, a_day_later) > score(one, much_later)


def test_what_a_war_is_full_of_tells_little():
    def of(concept):
        return {"context": {"words": (concept,)}}

    school = score(told(12, **of("@school")), told(source="b", **of("@school")))
    children = score(told(12, **of("@children")), told(source="b", **of("@children")))
    assert school > children > score(told(12), told(source="b"))


def test_what_is_told_as_the_second_of_its_day_is_not_the_first():
    first, second = told(12, **SCENE), told(15, source="b", context={"words": SECOND})
    again = told(17, source="c", context={"words": SECOND})
    assert same_fact(view(first), view(told(15, source="b", **SCENE))) is not None
    assert same_fact(view(first), view(second)) is None
    assert same_fact(view(second), view(again)) is not None


def test_a_form_filled_in_for_another_town_and_day_is_no_copy():
    text = {"fingerprint": tuple(range(24)), **SCENE}
    one = told(12, **text)
    next_day = told(source="b", event_time="2021-08-31", places=(DARAA,), **text)
    same_day = told(source="b", places=(DARAA,), **text)
    assert same_fact(view(one), view(next_day)) is None
    assert same_fact(view(one), view(same_day)) is not None


def test_a_day_told_long_ahead_was_misread():
    one = told(12, **SCENE)
    assert score(one, told(source="b", event_time="2021-09-06", **SCENE)) >= THRESHOLD
    # The weekend may be planned.
    assert score(one, told(source="b", event_time="2021-09-02", **SCENE)) < THRESHOLD


def test_names_in_two_scripts_speak_for_one_event():
    one = told(context={"names": ("sawahlunto",)})
    other = told(source="b", language="ar", context={"names": ("ساواهلونتو",)})
    assert score(one, other) > score(one, replace(other, context=Context(**BOMBING)))


@pytest.mark.parametrize("group", ["civilians"])
def test_the_only_figure_of_an_article_is_of_all(group):
    alone = told(8, "b", counted=group, context={"figures": ("killed=8",)})
    among = told(8, "b", counted=group, context={"figures": ("killed=12", "killed=8")})
    assert comparable(view(told(12)), view(alone))
    assert view(alone).group == "people"
    assert view(among).group == group


def test_children_alone_are_still_children():
    alone = told(8, "b", counted="children", context={"figures": ("killed=8",)})
    assert view(alone).group == "children"


def test_an_article_lends_its_best_figure():
    """Of two figures of one article the one that agrees, or shares the scene, is the other's."""
    mine = told(12, **SCENE)
    agrees = told(12, "b", uri="urn:b", **SCENE)
    differs = told(30, "b", uri="urn:b", start=90, **SCENE)
    found = facts([mine, agrees, differs]).pairs
    assert {frozenset(pair) for pair in found} == {frozenset((mine.id, agrees.id))}
    elsewhere = told(30, "b", uri="urn:b", start=90, context={"words": ("@market",)})
    nearer = told(14, "b", uri="urn:b", start=9, **SCENE)
    found = facts([mine, nearer, elsewhere]).pairs
    assert {frozenset(pair) for pair in found} == {frozenset((mine.id, nearer.id))}


ATTACK = {"slot": "attacked"}


@pytest.mark.parametrize(
    ("figures", "where", "found"),
    [
        (("killed=21", "injured=40"), "sentence", True),
        (("killed=21",), "sentence", False),
        (("killed=5", "injured=9"), "sentence", False),
        (("killed=21", "injured=40"), "article", False),
        (("killed=5", "displaced=6000000"), "sentence", False),
        (("killed=6", "killed=3", "injured=21"), "article", False),
    ],
    ids=["one toll", "one figure", "small", "no place", "a war's displaced", "two tolls"],
)
def test_two_dates_of_an_attack_need_one_toll_in_one_town(figures, where, found):
    context = Context(event_kinds=("bombing",), figures=figures, place_from=where)
    one, other = (
        dated(day, source, context=context, **ATTACK)
        for day, source in (("2021-08-29", "a.example"), ("2021-08-30", "b.example"))
    )
    assert (same_fact(view(one), view(other)) is not None) == found


@pytest.mark.parametrize(
    ("slot", "concepts", "day", "found"),
    [
        ("opened", ("@hospital",), "2021-09-01", True),
        ("opened", ("@hospital",), "2021-09-15", False),
        ("died", ("@hospital",), "2021-09-01", False),
        ("opened", ("@children",), "2021-09-01", False),
    ],
    ids=["a hospital opened", "weeks apart", "a death in hospital", "what a war is full of"],
)
def test_what_was_opened_in_a_town_tells_one_opening(slot, concepts, day, found):
    context = Context(words=concepts, place_from="sentence")
    one, other = (
        dated(at, source, slot=slot, context=context)
        for at, source in (("2021-08-29", "a.example"), (day, "b.example"))
    )
    assert (same_fact(view(one), view(other)) is not None) == found


@pytest.mark.parametrize(
    ("words", "day", "found"),
    [
        (("@convoy", "@truck"), "2021-09-03", True),
        (("@convoy", "@truck"), "2021-09-09", False),
        (("@truck",), "2021-09-03", False),
    ],
    ids=["days apart", "weeks apart", "little in common"],
)
def test_one_attack_of_a_town_is_told_of_days_apart_by_its_scene_and_toll(words, day, found):
    context = Context(words=words, figures=("killed=13",), place_from="sentence")
    one, other = (
        dated(at, source, places=(DARAA,), context=context, **ATTACK)
        for at, source in (("2021-08-29", "a.example"), (day, "b.example"))
    )
    assert (same_fact(view(one), view(other)) is not None) == found


@pytest.mark.parametrize(
    ("words", "figures", "found"),
    [
        (("@convoy", "@truck", "@bridge"), ((), ()), True),
        (("@convoy", "@truck", "@bridge"), (("killed=9",), ()), True),
        (("@convoy", "@truck", "@bridge"), (("killed=9",), ("killed=2",)), False),
        (("@convoy", "@truck"), ((), ()), False),
        (("@convoy",), (("killed=7", "killed=30000"), ("killed=7",)), True),
        (("@convoy",), (("killed=7", "killed=30"), ("killed=7",)), False),
    ],
    ids=["scene", "one toll", "two tolls", "little", "beside a war's toll", "beside another's"],
)
def test_one_attack_is_told_by_its_scene_or_by_a_toll_beside_a_wars(words, figures, found):
    one, other = (
        dated(
            day,
            source,
            places=(DARAA,),
            context=Context(
                words=words, event_kinds=("shooting",), figures=told, place_from="sentence"
            ),
            **ATTACK,
        )
        for day, source, told in (
            ("2021-08-29", "a.example", figures[0]),
            ("2021-08-31", "b.example", figures[1]),
        )
    )
    assert (same_fact(view(one), view(other)) is not None) == found


def test_a_figure_of_a_slot_agrees_with_one_of_none_of_dates_only():
    def shares(make):
        told = (("voted=97", "other=61"), ("other=97", "other=61"))
        one, other = (view(make(Context(figures=figures))) for figures in told)
        return set(shared_figures(one, other))

    def deal(context):
        return dated("2021-08-29", slot="signed", context=context)

    assert shares(deal) == {"other=61", "other=97"}
    vote = Context(event_kinds=("election",), figures=("voted=97", "other=61"))
    held, signed = (
        view(dated("2021-08-29", slot=slot, context=vote)) for slot in ("held", "signed")
    )
    assert agreeing(held, held) > agreeing(signed, signed)
    assert shares(lambda context: count(8, context=context)) == {"other=61"}


@pytest.mark.parametrize(
    ("phase", "other", "found"),
    [("@first_of", "@last_of", False), ("@last_of", "@last_of", True), ("@last_of", "@x", True)],
)
def test_the_first_batch_and_the_last_left_on_two_days(phase, other, found):
    def left(day, source, phase):
        context = Context(words=("@convoy", "@truck", phase), place_from="sentence")
        return view(dated(day, source, slot="departed", places=(DARAA,), context=context))

    one, two = left("2021-08-29", "a.example", phase), left("2021-09-01", "b.example", other)
    assert (same_fact(one, two) is not None) == found


@pytest.mark.parametrize(
    ("names", "language", "found"),
    [
        (("catholic", "islamic"), "en", False),
        (("hola", "hola"), "en", True),
        (("catholic",), "en", True),
        (("catholic", "islamique"), "fr", True),
    ],
    ids=["two names", "one name", "one has none", "two languages"],
)
def test_what_two_articles_name_otherwise_was_not_opened_once(names, language, found):
    def opened(day, source, name, language="en"):
        context = Context(words=("@school",), names=name, place_from="sentence")
        claim = dated(day, source, slot="opened", context=context)
        article = msgspec.structs.replace(claim.article, language=language)
        return view(msgspec.structs.replace(claim, article=article))

    one = opened("2021-08-29", "a.example", names[:1])
    other = opened("2021-09-02", "b.example", names[1:], language)
    assert (same_fact(one, other) is not None) == found


def test_a_date_of_a_country_is_of_the_town_that_its_sentence_names():
    def left(day, source, places, names=()):
        context = Context(words=("@peacekeepers", "@market"), names=names, place_from="sentence")
        return view(dated(day, source, slot="departed", places=places, context=context))

    town = left("2021-08-29", "a.example", (DARAA,))
    lebanon = (Place("LB", "Lebanon"),)
    assert same_fact(town, left("2021-09-01", "b.example", lebanon, ("dar`a",)))
    assert not same_fact(town, left("2021-09-01", "b.example", lebanon, ("beirut",)))


def test_a_figure_from_thirty_on_needs_less_to_be_sure():
    def sure(stated, **fields):
        one, other = told(stated, "a", **fields), told(2 * stated, "b", **fields)
        return is_sure(one, other, 1.0)

    assert [sure(stated) for stated in (5, 29, 30)] == [False, False, True]  # casualties
    assert [sure(stated, slot="released") for stated in (9, 10)] == [False, True]


def test_some_of_each_incident_are_soldiers_but_not_of_each_withdrawal():
    def sure(score, slot):
        one, other = (told(40, s, slot=slot, counted="soldiers") for s in "ab")
        return is_sure(one, other, score)

    assert [sure(score, "killed") for score in (1.5, 1.75)] == [False, True]
    assert sure(0.75, "withdrawn")
    assert sure(0.75, "deployed")


def test_what_a_village_and_its_region_count_adds_up():
    def at(value, *names, slot="evacuated", source="b"):
        context = {**SCENE["context"], "names": names}
        return told(value, source, slot=slot, context=context, places=(IDLIB,))

    village = at(280, "@kontodespoti", source="a")
    assert not same_fact(view(village), view(at(1400)))
    assert same_fact(view(village), view(at(1400, "@kontodespoti")))
    assert same_fact(view(village), view(at(410)))
    killed = at(280, "@kontodespoti", slot="killed", source="a")
    assert same_fact(view(killed), view(at(860, slot="killed")))


def test_a_village_and_a_town_of_its_region_add_up_too():
    def at(slot, source, place, *names):
        context = {**SCENE["context"], "names": names}
        return told(410, source, slot=slot, context=context, places=(place,))

    for slot, weight in (("displaced", ELSEWHERE), ("killed", IN_REGION)):
        village, town = at(slot, "a", HAURAN, "@kontodespoti"), at(slot, "b", NAWA)
        assert of_place(view(village), view(town)) == weight


def test_a_city_sees_many_crowds_unless_two_speakers_count_one():
    def sure(score, *speakers):
        one, other = (told(3000, s, slot="crowd", speaker=s) for s in speakers)
        return is_sure(one, other, score)

    assert [sure(score, "a", "b") for score in (1.5, 1.75)] == [False, True]
    assert sure(1.5, "police", "organisers")


def test_two_districts_of_a_province_that_no_table_holds_are_two():
    def at(*names, places=(), source="b"):
        context = {**SCENE["context"], "names": names, "place_from": "sentence"}
        return told(source=source, context=context, places=places)

    one = at("@kalikot", "@karnali", source="a")
    assert same_fact(view(one), view(at("@karnali")))
    assert same_fact(view(one), view(at("@kalikot", "@karnali", "@village")))
    assert not same_fact(view(one), view(at("@dailekh", "@karnali")))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("ali", "hamid"), ("ali", "mansour"), False),
        (("ali", "hamid"), ("ali", "hamid"), True),
        (("asmahan", "cairo"), ("asmahan", "artist"), True),
    ],
)
def test_a_death_needs_more_than_a_given_name(one, other, found):
    died, again = (
        dated(day, source, slot="died", context=Context(names=names, words=("@artist", "@concert")))
        for day, source, names in (("2021-08-29", "a", one), ("2021-08-30", "b", other))
    )
    assert (same_fact(view(died), view(again)) is not None) == found


def test_a_place_that_no_table_holds_tells_one_event_by_its_letters_or_sound():
    def at(name, language="en"):
        context = {**SCENE["context"], "names": (name,)}
        return told(source=name, language=language, context=context, places=(IDLIB,))

    one = replace(at("@makhmour"), article=replace(at("@makhmour").article, uri="urn:one"))
    assert score(one, at("@makhmour")) > score(one, at("@tokhar"))
    assert score(one, at("@مخمور", "ar")) > score(one, at("@تيزنيت", "ar"))
    assert score(one, at("makhmour")) == score(one, at("@makhmour"))  # an article may not say *in*
    unlocated = replace(one, context=replace(one.context, names=("makhmour",)))
    assert score(unlocated, at("makhmour")) < score(one, at("makhmour"))  # a person, a firm


@pytest.mark.parametrize(
    ("one", "other"),
    [("79415", "79416"), ("359781", "359783")],
    ids=["Hudaydah and its governorate", "Asyut and Assiut"],
)
def test_a_town_and_the_district_of_its_name_are_one_region(one, other):
    assert of_places(one, other) == of_places(other, one) == SAME_REGION


@pytest.mark.parametrize(
    ("language", "whole", "inside"),
    [
        ("en", "A storm destroyed 8,400 houses across the province of Inhambane in Mozambique.",
         "A storm destroyed 1,350 houses in Massinga in Mozambique."),
        ("fr", "La tempête a détruit 8 400 maisons dans toute la province d'Inhambane au "
               "Mozambique.", "La tempête a détruit 1 350 maisons à Massinga au Mozambique."),
        ("ar", "دمرت العاصفة 8400 منزل في عموم محافظة ذي قار في العراق.",
         "دمرت العاصفة 1350 منزلا في الناصرية في العراق."),
    ],
)  # fmt: skip
def test_what_befell_a_whole_province_is_not_what_befell_its_town(language, whole, inside):
    one, other = (claims(text, language)[0] for text in (whole, inside))
    plain = replace(one, scope=replace(one.scope, of=None))
    assert of_place(view(one), view(other)) is None
    assert of_place(view(plain), view(other)) is not None


def test_two_that_agree_on_one_family_are_compared():
    family = {"scope": Scope("part", "kin")}
    one, other = told(5, **family), told(6, "b", **family)
    assert comparable(view(one), view(other))
    assert not comparable(view(one), view(told(17, "b")))


def test_a_headlines_province_does_not_join_two_towns():
    province, town, other = (
        claims(text, "en")[0]
        for text in (
            "Five people were killed in Setif province in Algeria.",
            "Five people were killed in El Eulma in Algeria.",
            "Two people were killed in Ain Oulmene in Algeria.",
        )
    )
    assert told_apart(province, other, [(province, other), (town, other)])
    assert not told_apart(province, other, [(province, other)])
    assert not told_apart(town, town, [(town, other)])  # the same town is told of both


@pytest.mark.parametrize(("rivals", "found"), [(2, False), (1, True)], ids=["roundup", "alone"])
def test_figures_of_two_towns_by_two_speakers_of_a_roundup_are_two(rivals, found):
    def said(value, speaker, place, read_in):
        context = {"place_from": read_in, "rivals": rivals}
        return told(value, speaker=speaker, places=(place,), context=context, start=value)

    one = said(2, "police", DARAA, "sentence")
    other = said(4, "state_media", IDLIB, "paragraph")
    assert (same_fact(view(one), view(other)) is not None) == found
