"""Which days a reading means: from the day of publication, the last day mentioned, and the tense.

In news the past is preferred: a bare Friday is the last one, the day of publication included; a
bare August the last one. A cue of the future (will, prévu, من المقرر) turns that round.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from schemas.messages import Granularity
from transforms.extract import calendars
from transforms.extract.calendars import Span
from transforms.extract.time_reading import Reading

# A day of the calendar that lies so few days ahead is meant rather than last year's.
NEAR = timedelta(days=31)
# What a cue of the future would put further ahead than FAR days has been, if not long ago.
FAR, NEAR_PAST = 240, 100
# Of a day without its year that lies so few days away the year is clear.
CLEAR_DAYS = 31


class Anchors(NamedTuple):
    """What relative times count from.

    `published`: the moment of publication in the article's zone. `mentioned`: the first day of the
    last time told, and `day` the last that was told to the day. `tense`: past,
    future, since (past beyond doubt) or None.
    """

    published: datetime
    mentioned: date | None = None
    day: date | None = None
    tense: str | None = None

    @property
    def today(self) -> date:
        return self.published.date()


class Days(NamedTuple):
    """The days meant, both ends included, as ISO-TimeML and EDTF write them."""

    span: Span
    value: str
    edtf: str
    granularity: Granularity


class UnresolvedError(ValueError):
    """No day can be told: out of the calendar's range."""


def resolve_days(reading: Reading, anchors: Anchors) -> Days:
    """The days a date means, without its edge and modifier. Raises UnresolvedError."""
    try:
        if reading.plus is not None:
            days = _resolve(replace(reading, plus=None), anchors)
            return _plus(days.span[0], *reading.plus)
        return _resolve(reading, anchors)
    except (OverflowError, ValueError) as error:
        raise UnresolvedError(str(error)) from error


def _resolve(reading: Reading, anchors: Anchors) -> Days:
    if reading.hijri:
        return _hijri(reading, anchors)
    if reading.solar:
        return _solar(reading, anchors)
    if reading.unit is not None and reading.shift is not None:
        return _shifted(reading, anchors)
    if reading.unit == "weekend":
        return _weekend(reading, anchors)
    if reading.weekday is not None and reading.month is None:
        return _day(_weekday(reading, anchors))
    if reading.holiday is not None:
        return _day(_holiday(reading, anchors))
    if reading.week is not None:
        return _nth_week(reading, anchors)
    if reading.month is not None:
        year = _year_of_month(reading, anchors) if reading.year is None else reading.year
        return _month_day(year, reading.month, reading.day)
    if reading.day is not None and reading.year is None:
        return _day(_bare_day(reading.day, anchors))
    if reading.season is not None or reading.quarter is not None or reading.half is not None:
        return _part_of_year(reading, anchors)
    if reading.decade is not None:
        span = calendars.year_span(reading.decade, 10)
        return Days(span, f"{reading.decade // 10}", f"{reading.decade // 10}X", "decade")
    if reading.century is not None:
        first = (reading.century - 1) * 100
        span = calendars.year_span(first, 100)
        return Days(span, f"{first // 100}", f"{first // 100}XX", "century")
    if reading.year is not None:
        return _year(reading.year)
    return _day(anchors.day if anchors.day is not None else anchors.today)


# --- Days, months, years as values --------------------------------------------------------------


def _day(day: date) -> Days:
    return Days((day, day), day.isoformat(), day.isoformat(), "day")


def _month(year: int, month: int) -> Days:
    text = f"{year:04}-{month:02}"
    return Days(calendars.month_span(year, month), text, text, "month")


def _year(year: int) -> Days:
    return Days(calendars.year_span(year), f"{year:04}", f"{year:04}", "year")


def _week(day: date) -> Days:
    first, last = calendars.week_span(day)
    year, week, _ = day.isocalendar()
    return Days((first, last), f"{year:04}-W{week:02}", f"{first}/{last}", "week")


def _quarter(year: int, quarter: int) -> Days:
    span = calendars.months_span(year, 3 * quarter - 2, 3)
    code = calendars.FIRST_QUARTER_CODE + quarter - 1
    return Days(span, f"{year:04}-Q{quarter}", f"{year:04}-{code}", "quarter")


def _half(year: int, half: int) -> Days:
    span = calendars.months_span(year, 6 * half - 5, 6)
    code = calendars.FIRST_HALF_CODE + half - 1
    return Days(span, f"{year:04}-H{half}", f"{year:04}-{code}", "quarter")


def _season(year: int, season: str) -> Days:
    span = calendars.season_span(year, season)
    code = calendars.SEASON_CODES[season]
    return Days(span, f"{year:04}-{season}", f"{year:04}-{code}", "season")


def _month_day(year: int, month: int, day: int | None) -> Days:
    """A month or a day of it. A day the month lacks (31 April) keeps its value; the days meant
    are the month's, which tells that no such day is."""
    if day is None:
        return _month(year, month)
    if day <= calendars.days_of_month(year, month):
        return _day(date(year, month, day))
    whole = _month(year, month)
    return whole._replace(value=f"{whole.value}-{day:02}", granularity="day")


# --- From an anchor -----------------------------------------------------------------------------


def _shifted(reading: Reading, anchors: Anchors) -> Days:
    """So many units from the anchor, and what lies in it: Monday of next week, March last year."""
    unit, shift = reading.unit, reading.shift or 0
    anchor = anchors.today
    if reading.mentioned:
        told = anchors.day if unit == "day" else anchors.mentioned
        anchor = told or anchors.today
    if unit == "year":
        return _resolve(replace(reading, unit=None, shift=None, year=anchor.year + shift), anchors)
    if unit == "month":
        year, month = calendars.plus_months(anchor.year, anchor.month, shift)
        return _month_day(year, month, reading.day)
    if unit == "week":
        day = anchor + timedelta(weeks=shift)
        if reading.weekday is None:
            return _week(day)
        return _day(calendars.week_span(day)[0] + timedelta(days=reading.weekday - 1))
    if unit == "weekend":
        return _days_of_weekend(anchor + timedelta(weeks=shift))
    if unit == "quarter":
        if reading.mentioned and anchors.mentioned is None:
            shift -= 1  # a quarter is told of when it has ended
        year, month = calendars.plus_months(anchor.year, anchor.month, 3 * shift)
        return _quarter(year, (month + 2) // 3)
    if unit in ("decade", "century"):
        years = 10 if unit == "decade" else 100
        first = anchor.year // years * years + shift * years
        span = calendars.year_span(first, years)
        text = f"{first // years}"
        if unit == "decade":
            return Days(span, text, f"{text}X", "decade")
        return Days(span, text, f"{text}XX", "century")
    if unit in ("hour", "minute", "second"):
        return _moment(reading, anchors, unit, shift)
    day = anchor + timedelta(days=shift)
    if reading.weekday is not None and reading.shift is not None and abs(shift) > 2:
        return _day(day)
    return _day(day)


def _days_of_weekend(day: date) -> Days:
    """Saturday and Sunday of the week of a day."""
    week = _week(day)
    saturday, sunday = week.span[1] - timedelta(days=1), week.span[1]
    return Days((saturday, sunday), f"{week.value}-WE", f"{saturday}/{sunday}", "day")


def _weekend(reading: Reading, anchors: Anchors) -> Days:
    """The weekend: the last one begun, or the next where the sentence tells the future."""
    choices = [_days_of_weekend(anchors.today + timedelta(weeks=w)) for w in (-1, 0, 1)]
    if anchors.tense == "future":
        return next(c for c in choices if c.span[1] >= anchors.today)
    return [c for c in choices if c.span[0] <= anchors.today][-1]


def _plus(day: date, unit: str, count: float) -> Days:
    """So many units after a day."""
    if unit == "week_of":
        return _week(day)
    if unit in ("day", "week"):
        return _day(day + timedelta(days=round(count * (7 if unit == "week" else 1))))
    months = round(count * (12 if unit == "year" else 1))
    year, month = calendars.plus_months(day.year, day.month, months)
    return _day(date(year, month, min(day.day, calendars.days_of_month(year, month))))


def _moment(reading: Reading, anchors: Anchors, unit: str, shift: int) -> Days:
    """Two hours ago; two hours later is only known to the day."""
    if reading.mentioned:
        return _day(anchors.day or anchors.today)
    seconds = {"hour": 3600, "minute": 60, "second": 1}[unit]
    moment = anchors.published + timedelta(seconds=seconds * shift)
    form = {"hour": "%Y-%m-%dT%H", "minute": "%Y-%m-%dT%H:%M", "second": "%Y-%m-%dT%H:%M:%S"}
    day = moment.date()
    granularity: Granularity = (
        "hour" if unit == "hour" else "minute" if unit == "minute" else "second"
    )
    return Days(
        (day, day), moment.strftime(form[unit]), moment.strftime("%Y-%m-%dT%H:%M:%S"), granularity
    )


def _weekday(reading: Reading, anchors: Anchors) -> date:
    """The nearest past one, today included; with a cue of the future the nearest ahead."""
    assert reading.weekday is not None
    today = anchors.today
    if reading.mentioned and anchors.day is not None:
        today = anchors.day
    back = (today.isoweekday() - reading.weekday) % 7
    ahead = (reading.weekday - today.isoweekday()) % 7
    if reading.day is not None:
        return _weekday_of_number(reading, today)
    if reading.step == -1:
        return today - timedelta(days=back or 7)
    if reading.step == 1:
        return today + timedelta(days=ahead or 7)
    if reading.step == 0:
        return calendars.week_span(today)[0] + timedelta(days=reading.weekday - 1)
    return (
        today + timedelta(days=ahead) if anchors.tense == "future" else today - timedelta(days=back)
    )


def _weekday_of_number(reading: Reading, today: date) -> date:
    """Monday 21: the nearest day that is both. Raises ValueError where none is near."""
    near = sorted(range(-62, 63), key=lambda days: (abs(days), days))
    for days in near:
        day = today + timedelta(days=days)
        if day.day == reading.day and day.isoweekday() == reading.weekday:
            return day
    raise ValueError("no such day is near")


def _bare_day(day: int, anchors: Anchors) -> date:
    """The 18th: of the month that runs, or of the one before or after."""
    today = anchors.today
    spans: list[Span] = []
    for count in range(-2, 3):
        year, month = calendars.plus_months(today.year, today.month, count)
        if day <= calendars.days_of_month(year, month):
            spans.append((date(year, month, day), date(year, month, day)))
    tense = "future" if anchors.tense == "future" else "since"
    return _nearest(spans, None, anchors._replace(tense=tense))[0]


def _holiday(reading: Reading, anchors: Anchors) -> date:
    assert reading.holiday is not None
    today = anchors.today
    years = [reading.year] if reading.year else range(today.year - 2, today.year + 3)
    days = [d for year in years if (d := calendars.holiday(reading.holiday, year)) is not None]
    if not days:
        raise ValueError("out of the calendar's range")
    return _nearest([(d, d) for d in days], reading.step, anchors)[0]


def _nearest(spans: list[Span], step: int | None, anchors: Anchors) -> Span:
    """Of the same time in several years (in order), the one that is meant."""
    today = anchors.today
    if len(spans) == 1:
        return spans[0]
    before = [span for span in spans if span[1] < today]
    begun = [span for span in spans if span[0] <= today]
    ahead = [span for span in spans if span[1] >= today]
    if step == 0:
        return min(spans, key=lambda span: abs((span[0] - today).days))
    if step == -1 and before:
        return before[-1]
    if step == 1:
        after = [span for span in spans if span[0] > today]
        return after[0] if after else spans[-1]
    if anchors.tense == "future" and ahead:
        late = (ahead[0][0] - today).days > FAR and before
        return before[-1] if late and (today - before[-1][1]).days < NEAR_PAST else ahead[0]
    day = spans[0][0] == spans[0][1]
    if (
        anchors.tense != "since"
        and ahead
        and today < ahead[0][0] <= today + NEAR
        and (day or anchors.tense is None)
    ):
        return ahead[0]  # last year's would be told with its year
    return begun[-1] if begun else spans[0]


def _year_of_month(reading: Reading, anchors: Anchors) -> int:
    """The year of a month or day without one."""
    assert reading.month is not None
    today = anchors.today
    if reading.step == 0:
        return today.year
    spans = []
    for year in range(max(today.year - 8, 1), min(today.year + 9, 9999)):
        if reading.day is None:
            spans.append(calendars.month_span(year, reading.month))
        elif reading.day <= calendars.days_of_month(year, reading.month):
            day = date(year, reading.month, reading.day)
            spans.append((day, day))
    if reading.weekday is not None and reading.day is not None:
        near = [s for s in spans if abs(s[0].year - today.year) <= 1]
        right = [s for s in near if s[0].isoweekday() == reading.weekday]
        # A date of these weeks with another weekday is told wrongly, not of another year.
        clear = any(abs((s[0] - today).days) <= CLEAR_DAYS for s in spans)
        spans = spans if clear else right or spans
    if not spans:  # 31 April
        return _year_of_month(replace(reading, day=None), anchors)
    return _nearest(spans, reading.step, anchors)[0].year


def _part_of_year(reading: Reading, anchors: Anchors) -> Days:
    """Seasons, quarters and halves; without a year the one that is meant."""
    today = anchors.today
    years = [reading.year] if reading.year else range(max(today.year - 2, 1), today.year + 3)
    if reading.season is not None:
        choices = [_season(year, reading.season) for year in years]
    elif reading.quarter is not None:
        choices = [_quarter(year, reading.quarter) for year in years]
    else:
        choices = [_half(year, reading.half or 1) for year in years]
    span = _nearest([choice.span for choice in choices], reading.step, anchors)
    return next(choice for choice in choices if choice.span == span)


def _nth_week(reading: Reading, anchors: Anchors) -> Days:
    """The first week of May: its days 1 to 7; the first week of a year: by ISO 8601."""
    assert reading.week is not None
    if reading.month is None:
        year = reading.year or anchors.today.year
        if reading.week == -1:
            return _week(date(year, 12, 28))
        return _week(date.fromisocalendar(year, reading.week, 4))
    year = _year_of_month(reading, anchors) if reading.year is None else reading.year
    count = calendars.days_of_month(year, reading.month)
    if reading.week == -1:
        return _week(date(year, reading.month, count))
    first = min(7 * reading.week - 6, count)
    last = min(first + 6, count)
    span = date(year, reading.month, first), date(year, reading.month, last)
    week = _week(date(year, reading.month, min(first + 3, last)))
    return week._replace(span=span, edtf=f"{span[0]}/{span[1]}")


def _solar(reading: Reading, anchors: Anchors) -> Days:
    """A day, month or year of the Persian calendar as civil days."""
    if reading.month is None:
        span = calendars.persian_year(reading.year or 0)
        return Days(span, f"{span[0]}/{span[1]}", f"{span[0]}/{span[1]}", "year")
    near = anchors.today.year - calendars.PERSIAN_YEARS
    near -= anchors.today < calendars.nowruz(anchors.today.year)
    told = reading.year
    if told is None and reading.unit == "year":
        told = near + (reading.shift or 0)
    spans: list[Span] = []
    for year in [told] if told is not None else range(near - 2, near + 3):
        if reading.day is None:
            spans.append(calendars.persian_month(year, reading.month))
        else:
            day = calendars.persian_day(year, reading.month, reading.day)
            spans.append((day, day))
    span = _nearest(spans, reading.step, anchors)
    if reading.day is not None:
        return _day(span[0])
    return Days(span, f"{span[0]}/{span[1]}", f"{span[0]}/{span[1]}", "month")


def _hijri(reading: Reading, anchors: Anchors) -> Days:
    """A day or month of the Hijri calendar (Umm al-Qura) as civil days."""
    assert reading.month is not None
    if reading.year is not None and reading.year < 1700:
        years = [reading.year]
    else:
        years = [
            h for year in ([reading.year] if reading.year else
                           range(anchors.today.year - 1, anchors.today.year + 2))
            for h in calendars.hijri_years_of(year)
        ]  # fmt: skip
    spans: list[Span] = []
    for year in dict.fromkeys(years):
        month = calendars.hijri_month(year, reading.month)
        if month is None:
            continue
        day = calendars.hijri_day(year, reading.month, reading.day) if reading.day else None
        spans.append((day, day) if day is not None else month)
    if reading.year is not None and reading.year >= 1700:
        spans = [span for span in spans if span[0].year == reading.year][:1]
    if not spans:
        raise ValueError("out of the calendar's range")
    span = _nearest(sorted(spans), reading.step, anchors)
    if reading.day is not None:
        return _day(span[0])
    return Days(span, f"{span[0]}/{span[1]}", f"{span[0]}/{span[1]}", "month")
