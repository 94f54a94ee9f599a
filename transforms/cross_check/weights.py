"""How much each thing told speaks for one event: log odds, each symmetric in the two claims.

They are of a logistic regression over labelled pairs of claims (docs/rules.md says which), rounded
to quarters.
"""

from __future__ import annotations

from functools import lru_cache

from transforms.claim import places as gazetteer
from transforms.claim.concepts import CASELESS, skeleton
from transforms.claim.counted import EVERYBODY
from transforms.claim.lineage import same_text
from transforms.claim.local_names import LOCAL, joined
from transforms.claim.place_keys import plain
from transforms.claim.place_keys import skeleton as place_skeleton
from transforms.claim.place_words import without_kind
from transforms.claim.slots import slots
from transforms.cross_check.groups import PUPILS
from transforms.cross_check.views import View
from transforms.key.keys import CASES

# Days between two event times, both told to the day.
SAME_DAY, NEXT_DAY, DAYS_APART = 1.0, -1.0, -2.0
BOTH_DAYS_TOLD = -0.25  # two days, each told in the sentence of the figure
UNDATED = 0.75  # one of them is not told at all: that day and the day before are meant
COARSE = -0.75  # one of them spans more than LONG_DAYS
ONE_SPAN = 0.75  # both are the same span: last week
SAME_SPAN = 0.0
LONG_DAYS = 2
NEAR_DAYS = 3  # what is farther apart is of two events
DATE_WINDOW = 20  # days between two dates told for one happening
UNDATED_NEXT = 0.25  # the same, a day apart
UNDATED_APART = -0.25  # the same, two or three days apart
UNDATED_WINDOW = 3  # days between an undated claim's publication and the event
# The same of what adds up over days and places, and is told once it was surveyed: houses, the
# displaced.
ADDING_UP = frozenset({"movement", "damage"})  # families of slots
SURVEYED, SURVEY_WINDOW = -0.5, 7

SAME_CITY, GREAT_CITY, SAME_REGION, SAME_COUNTRY = 0.75, 0.5, 0.5, 0.25
IN_REGION, IN_COUNTRY, NEAR, NO_PLACE = 0.0, -0.25, -0.25, -0.25
ELSEWHERE = -1.5  # neither contains the other, and one of them is not the sentence's own
LOCAL_PLACE_HERE, LOCAL_PLACE_APART = 0.75, -0.25
NEAR_KM = 40.0

# Where one side tells of fighting: a war sees shelling and air strikes on one day.
KINDS_ALIKE, KINDS_DIFFER = -1.0, -1.25
# Else one disaster is told in other words: houses collapsed, and a flood.
DISASTERS_ALIKE, DISASTERS_DIFFER = 0.0, -0.75
RARE_KIND = 0.5  # both tell of a kind that a place does not see daily: an earthquake
SAME_ACT = 0.75  # what is dated is of one kind: a deal
CONCEPT_SHARED, STEM_SHARED, NAME_SHARED, MOST_SHARED = 0.75, 0.5, 0.5, 3
# What more than a tenth of the articles on a war tell of.
COMMON_CONCEPTS = frozenset(
    ("@children", "@women", "@soldiers", "@hospital", "@rocket", "@coalition", "@islamic_state",
     "@al_qaeda", "@kurds")
)  # fmt: skip
COMMON_SHARED = 0.25
PHASES = frozenset({"@first_of", "@second_of", "@last_of"})  # which of several: no scene
# Of these none is common as what was opened, agreed on or voted in.
OF_WAR = COMMON_CONCEPTS - {"@hospital"}
ACTS = frozenset({"opened", "signed", "held"})
SCENES_DIFFER = -0.25
# Of two outbreaks of one town.
DISEASES = frozenset(
    ("@cholera", "@ebola", "@measles", "@dengue", "@malaria", "@typhoid", "@diphtheria",
     "@meningitis", "@polio", "@mpox", "@plague", "@covid", "@flu", "@hepatitis", "@yellow_fever",
     "@lassa", "@chikungunya", "@zika", "@rabies", "@anthrax", "@mumps", "@whooping_cough",
     "@chickenpox", "@leishmaniasis", "@legionella", "@salmonella", "@norovirus", "@marburg",
     "@rift_valley_fever", "@tuberculosis", "@scabies")
)  # fmt: skip
DISEASES_DIFFER = -3.0
# One of them is told as the second of its day: the other is rather the first.
SECOND, SECOND_OF_DAY = -2.0, "@second_of_day"
# Other figures in common; more where both articles tell one incident.
FIGURE, MOST_FIGURES = 0.4, 2.0
FIGURE_OF_ONE, MOST_OF_ONE = 1.0, 3.0
TWO_DIGITS = 0.5  # how telling a figure below 100 of no slot is there
SLOTTED = 2.0  # how telling a figure of a slot is
ROUNDUP_WEIGHT = -0.75
GROUPS_DIFFER = -1.0
CIVILIANS_AND_PEOPLE = -0.5  # of those who die in an attack desks write either
# The larger figure over the smaller, of counts that no two parties estimate: an attack's and a
# war's. Of the labelled pairs of one fact none is three times the other. Half as much between
# articles that tell one figure of the slot.
TIMES_APART = ((10.0, -5.0), (6.0, -2.0), (3.0, -1.25))
ANSWERED = 1.5  # one article denies or takes back the other's figure
ONE_TEXT = 3.0  # versions of one article, or one text in two outlets
SKELETON = 4  # consonants of a name that two scripts share; of two Latin spellings one less
# Counts that are taken again and again while the event goes on.
STANDING = frozenset({"displaced", "refugees", "infected", "deployed"})

# Kinds of event that are told in each other's words.
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"airstrike", "shelling", "chemical"}),
    frozenset({"bombing", "airstrike"}),
    frozenset({"bombing", "shelling"}),
    frozenset({"shooting", "clash", "massacre"}),
    frozenset({"clash", "shelling", "airstrike"}),
    frozenset({"flood", "storm", "landslide"}),
    frozenset({"flood", "storm", "collapse"}),  # of houses, in the rain
    frozenset({"earthquake", "collapse", "landslide"}),
    frozenset({"bombing", "fire"}),
    frozenset({"chemical", "poisoning", "leak"}),
    frozenset({"clash", "massacre", "bombing"}),
    frozenset({"massacre", "stabbing", "shooting"}),
    frozenset({"mine_accident", "bombing", "fire"}),
    frozenset({"mine_accident", "collapse", "landslide"}),
)
FIGHTING = frozenset(
    ("airstrike", "shelling", "clash", "bombing", "shooting", "massacre", "chemical", "stabbing")
)
# Kinds of which one place rarely has two in a week; in a war strikes, shelling and bombs are daily.
RARE = frozenset(
    ("earthquake", "flood", "storm", "landslide", "avalanche", "fire", "train", "road", "air",
     "ship", "collapse", "mine_accident", "chemical", "stabbing")
)  # fmt: skip
# Kinds that are the setting of an event and not the event.
TROOPS = "forces"  # the family of those sent: what happens where they are sent to is the setting
SETTING = frozenset(
    {"prison", "deal", "exodus", "evacuation", "election", "siege", "protest", "ceasefire"}
)


def of_time(one: View, other: View) -> float | None:
    gap = days_between(one, other)
    if one.claim.kind == "time":
        return None if gap > DATE_WINDOW else 0.0
    if one.runs_on or other.runs_on:
        if one.claim.event_time == other.claim.event_time:
            return SAME_SPAN
        told = (one.runs_on and one.told_on) or (other.runs_on and other.told_on)
        return None if told or gap else COARSE
    told_on = one.told_on and other.told_on
    if one.claim.slot == CASES and told_on and one.claim.event_time == other.claim.event_time:
        return SAME_DAY  # both as of one day
    if not (one.dated and other.dated):
        if gap > UNDATED_WINDOW:
            surveyed = gap <= SURVEY_WINDOW and slots()[one.claim.slot].family in ADDING_UP
            return SURVEYED if surveyed else None
        if gap == 0 or one.kinds & other.kinds & RARE:
            return UNDATED
        return UNDATED_NEXT if gap == 1 else UNDATED_APART
    if gap > NEAR_DAYS:
        return None
    if one.latest - one.earliest > LONG_DAYS or other.latest - other.earliest > LONG_DAYS:
        if one.claim.event_time == other.claim.event_time:
            return ONE_SPAN
        return COARSE if gap == 0 else None
    if gap == 0:
        return SAME_DAY
    if _is_status(one) or _is_status(other):
        return UNDATED_NEXT if gap == 1 else UNDATED_APART
    apart = NEXT_DAY if gap == 1 else DAYS_APART
    return apart + BOTH_DAYS_TOLD if told_on else apart


def _is_status(view: View) -> bool:
    """Whether the day of a figure is rather that on which it stands: those still missing, those in
    shelters, a toll that rose to it on Tuesday."""
    slot, running = slots()[view.claim.slot], view.claim.context.running and view.told_on
    return slot.course == "falls" or slot.name in STANDING or running


def days_between(one: View, other: View) -> int:
    """Days from the end of one event time to the start of the other; 0 when they overlap."""
    if one.earliest > other.latest:
        return one.earliest - other.latest
    return max(other.earliest - one.latest, 0)


def of_place(one: View, other: View) -> float | None:
    local = (one.local or other.local) and _name_one_place(one, other)
    if local and _names_another(one, other) and _names_another(other, one):
        return None  # two districts of one province that no table holds
    if not one.places or not other.places:
        return SAME_CITY if local or _names_its_town(one, other) else NO_PLACE
    if (one.nationwide or other.nationwide) and one.places != other.places:
        return None  # the whole country's figure against one of its places'
    nearest = _nearest(one.places, other.places)
    if local:
        return LOCAL_PLACE_HERE if nearest is not None else LOCAL_PLACE_APART
    if nearest is not None:
        adds_up = slots()[one.claim.slot].family in ADDING_UP
        village = nearest == IN_REGION and (one.local or other.local)
        return ELSEWHERE if adds_up and village else nearest  # a town of a village's region
    if one.claim.kind == "time" and (_names_town(one, other) or _names_town(other, one)):
        return NEAR  # Gabon's peacekeepers, who left Bambari
    return None if one.told_there and other.told_there else ELSEWHERE


def _name_one_place(one: View, other: View) -> bool:
    """Whether two claims name a place alike that is in no table, for one of them at least: in one
    language by its letters, in two by its sound."""
    named_a, named_b = one.local | joined_names(one.names), other.local | joined_names(other.names)
    if not (one.local.isdisjoint(named_b) and other.local.isdisjoint(named_a)):
        return True
    mine, theirs = one.claim.article.language, other.claim.article.language
    if mine == theirs:
        return False
    least = SKELETON if mine in CASELESS or theirs in CASELESS else SKELETON - 1
    return not (
        heard(one.local, least).isdisjoint(heard(named_b | town_names(other.places), least))
        and heard(other.local, least).isdisjoint(heard(named_a | town_names(one.places), least))
    )


def _names_another(one: View, other: View) -> bool:
    """Whether a claim names a place that the other does not: one that no table holds, or in its own
    sentence a town."""
    local = one.local - other.local - joined_names(other.names)
    mine, theirs = one.claim.article.language, other.claim.article.language
    if local and (mine == theirs or not _sounds_known(local, other)):
        return True
    towns = [place for place in one.places if gazetteer.level(place) == "city"]
    return one.told_there and any(
        _nearest((town,), other.places) in (None, IN_REGION, IN_COUNTRY) for town in towns
    )


def _sounds_known(names: frozenset[str], other: View) -> bool:
    known = heard(other.local | joined_names(other.names) | town_names(other.places), SKELETON - 1)
    return not known.isdisjoint(heard(names, SKELETON - 1))


def _names_its_town(one: View, other: View) -> bool:
    """Whether of two claims, one without a place, that one names a town of the other by its sound:
    the police of تشاندبور, where no country is told."""
    unplaced, placed = (other, one) if one.places else (one, other)
    towns = heard(town_names(placed.places), SKELETON)
    return not towns.isdisjoint(heard(unplaced.names, SKELETON))


def _names_town(one: View, other: View) -> bool:
    """Whether a claim that is told of a country names in its sentence a town of the other."""
    if any(gazetteer.level(place) == "city" for place in one.places):
        return False
    towns, named = town_names(other.places), one.local | joined_names(one.names)
    return not named.isdisjoint({LOCAL + town for town in towns})


@lru_cache(maxsize=20_000)
def joined_names(names: frozenset[str]) -> frozenset[str]:
    return frozenset([LOCAL + joined(name) for name in names])


@lru_cache(maxsize=20_000)
def town_names(places: tuple[str, ...]) -> frozenset[str]:
    """The names of the cities among places, as names in texts are kept."""
    cities = [place for place in places if gazetteer.level(place) == "city"]
    return frozenset([joined(gazetteer.place(city).name) for city in cities])


@lru_cache(maxsize=50_000)
def _nearest(one: tuple[str, ...], other: tuple[str, ...]) -> float | None:
    weights = [w for a in one for b in other if (w := of_places(a, b)) is not None]
    return max(weights, default=None)


def of_places(one: str, other: str) -> float | None:
    """How much two places speak for one event; None where neither contains the other.

    A great city, a region, a country hold many events of a day.
    """
    if one == other:
        level = gazetteer.level(one)
        if level == "city":
            return GREAT_CITY if gazetteer.is_great_city(one) else SAME_CITY
        return SAME_REGION if level == "region" else SAME_COUNTRY
    if gazetteer.contains(one, other) or gazetteer.contains(other, one):
        outer = one if gazetteer.contains(one, other) else other
        if _bare_name(one) == _bare_name(other) and not _is_great(one, other):
            return SAME_REGION  # a town and the district of its name
        return IN_REGION if gazetteer.level(outer) == "region" else IN_COUNTRY
    distance = gazetteer.distance_km(one, other)
    if distance is None or distance > NEAR_KM:
        return None
    return SAME_REGION if _bare_name(one) == _bare_name(other) else NEAR  # listed twice


@lru_cache(maxsize=20_000)
def _bare_name(id: str) -> str:
    """The name of a place as it sounds, without the word for its kind: Asyut is Assiut."""
    words = without_kind(gazetteer.place(id).name)
    bare = "".join(place_skeleton(plain(word)) for word in words)
    return bare.lstrip("aeiu")


def _is_great(*places: str) -> bool:
    return any(gazetteer.is_great_city(place) for place in places)


def of_kind(one: View, other: View) -> float:
    if one.claim.kind == "time":
        return SAME_ACT if one.kinds & other.kinds else 0.0
    if slots()[one.claim.slot].family == TROOPS:
        return max(_alike(one.kinds, other.kinds), 0.0)
    return _alike(one.kinds, other.kinds)


def _of_event(kinds: frozenset[str]) -> frozenset[str]:
    """The kinds of event without those of its setting: a bus that was shot at had no accident."""
    return kinds - SETTING - (set() if FIGHTING.isdisjoint(kinds) else {"road"})


@lru_cache(maxsize=20_000)
def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    kinds_a, kinds_b = _of_event(one), _of_event(other)
    if kinds_a & kinds_b:
        return RARE_KIND if kinds_a & kinds_b & RARE else 0.0
    if not kinds_a or not kinds_b:
        return 0.0
    alike = any(kinds_a & kinds and kinds_b & kinds for kinds in ALIKE)
    if FIGHTING.isdisjoint(kinds_a | kinds_b):
        return DISASTERS_ALIKE if alike else DISASTERS_DIFFER
    return KINDS_ALIKE if alike else KINDS_DIFFER


def of_scene(one: View, other: View) -> float:
    """What the event befell: schools, miners, a car bomb; the same in any language."""
    shared = one.concepts & other.concepts - PHASES
    if one.claim.slot == CASES and _are_two_diseases(one.concepts, other.concepts):
        return DISEASES_DIFFER
    if (SECOND_OF_DAY in one.concepts) != (SECOND_OF_DAY in other.concepts):
        return SECOND
    if shared:
        common = len(shared & (OF_WAR if one.claim.slot in ACTS else COMMON_CONCEPTS))
        return min(
            CONCEPT_SHARED * (len(shared) - common) + COMMON_SHARED * common,
            CONCEPT_SHARED * MOST_SHARED,
        )
    return SCENES_DIFFER if one.concepts - PHASES and other.concepts - PHASES else 0.0


def _are_two_diseases(one: frozenset[str], other: frozenset[str]) -> bool:
    mine, theirs = one & DISEASES, other & DISEASES
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def of_words(one: View, other: View) -> float:
    """Telling words in common, and names that sound alike in two languages."""
    stems = STEM_SHARED * min(len(one.stems & other.stems), MOST_SHARED)
    mine, theirs = one.claim.article.language, other.claim.article.language
    if mine == theirs:
        return stems
    least = SKELETON if mine in CASELESS or theirs in CASELESS else SKELETON - 1
    names = len(heard(one.names, least) & heard(other.names, least))
    return stems + NAME_SHARED * min(names, MOST_SHARED)


@lru_cache(maxsize=20_000)
def heard(names: frozenset[str], least: int) -> frozenset[str]:
    return frozenset(heard for name in names if (heard := skeleton(name)) and len(heard) >= least)


def of_figures(one: View, other: View) -> float:
    """Other figures of the articles that agree."""
    if not shared_figures(one, other):
        return 0.0
    if one.several or other.several:
        return FIGURE * min(MOST_FIGURES, agreeing(one, other))
    return FIGURE_OF_ONE * min(MOST_OF_ONE, agreeing(one, other, TWO_DIGITS))


def agreeing(one: View, other: View, two_digits: float = 1.0) -> float:
    """How telling the figures are that agree; of a vote, how many voted for whom is."""
    shared = shared_figures(one, other)
    told = sum(weight(figure, two_digits) for figure in shared)
    if one.claim.slot != "held":
        return told
    votes = (figure.partition("=")[2] for figure in shared if figure.startswith("voted="))
    return told + sum(weight(f"other={stated}", two_digits) for stated in votes)


def shared_figures(one: View, other: View) -> frozenset[str]:
    """The figures that agree, also those that fill a slot in one of the articles only."""
    shared = one.figures & other.figures
    if one.as_other.isdisjoint(other.figures) and other.as_other.isdisjoint(one.figures):
        return shared
    return shared | (one.as_other & other.figures) | (other.as_other & one.figures)


@lru_cache(maxsize=20_000)
def weight(figure: str, two_digits: float = 1.0) -> float:
    """How telling an equal figure is: small and round ones agree by chance."""
    slot, _, told = figure.partition("=")
    stated = float(told)
    if slot == "voted":
        return 0.0  # a chamber votes on what it votes on, whatever else happened that day
    if slot != "other":
        return SLOTTED if stated > 3 else SLOTTED / 2
    digits = len(f"{stated:.5e}".partition("e")[0].replace(".", "").rstrip("0"))
    weight = {1: 0.5, 2: 1.0}.get(digits, 1.5)
    return min(weight, two_digits) if stated < 100 else weight


def of_roundup(one: View, other: View) -> float:
    """Which of several incidents a figure is of is hard to tell."""
    return ROUNDUP_WEIGHT if one.roundup or other.roundup else 0.0


def of_group(one: View, other: View) -> float:
    if {one.group, other.group} == PUPILS:
        return 0.0
    if one.group == other.group:
        return 0.0 if one.claim.counted == other.claim.counted else CIVILIANS_AND_PEOPLE
    return CIVILIANS_AND_PEOPLE if {one.group, other.group} == EVERYBODY else GROUPS_DIFFER


def of_size(one: View, other: View, place: float) -> float:
    """Figures far apart are rather of two facts than of one: a town's dead, the whole quake's."""
    if one.size is None or other.size is None or not one.moving:
        return 0.0
    low, high = (one.size, other.size) if one.size < other.size else (other.size, one.size)
    for times, against in TIMES_APART:
        if high >= times * max(low, 1):
            several = one.claim.context.rivals or other.claim.context.rivals
            whole = several or place in (IN_REGION, IN_COUNTRY)
            return against if whole else against / 2
    return 0.0


def of_text(one: View, other: View) -> float:
    """Versions of one article, or one text in two outlets."""
    a, b = one.claim.article, other.claim.article
    if a.uri == b.uri:
        return ONE_TEXT
    if one.shingles.isdisjoint(other.shingles):
        return 0.0
    return ONE_TEXT if _same_text(a.fingerprint, b.fingerprint) else 0.0


def of_answer(one: View, other: View) -> float:
    """One article denies or takes back the very figure that the other tells."""
    if one.size is None or other.size is None:
        return 0.0
    if one.claim.modality != other.claim.modality:
        return ANSWERED if one.size == other.size else 0.0
    revised = one.claim.context.revised_from, other.claim.context.revised_from
    return ANSWERED if revised[0] == other.size or revised[1] == one.size else 0.0


_same_text = lru_cache(maxsize=20_000)(same_text)
