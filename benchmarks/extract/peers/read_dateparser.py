"""dateparser's search: dates of a text, in many languages, with how fine they are."""

from __future__ import annotations

from datetime import datetime

from dateparser.date import DateDataParser
from dateparser.search import search_dates
from serve import Reader, Readings, serve

PERIODS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d",
           "time": "%Y-%m-%dT%H:%M"}  # fmt: skip


def reader(language: str) -> Reader:
    def read(text: str, published: datetime) -> Readings:
        base = published.replace(tzinfo=None)
        settings = {
            "RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": True,
        }  # fmt: skip
        times, at = [], 0
        for exact, _ in search_dates(text, languages=[language], settings=settings) or ():
            start = text.find(exact, at)
            if start < 0:
                continue
            at = start + len(exact)
            parser = DateDataParser(languages=[language], settings=settings)
            data = parser.get_date_data(exact)
            if data.date_obj is None:
                continue
            value = data.date_obj.strftime(PERIODS[data.period])
            kind = "TIME" if data.period == "time" else "DATE"
            times.append({"start": start, "end": at, "type": kind, "value": value})
        return {"quantities": [], "times": times}

    return read


if __name__ == "__main__":
    serve(reader)
