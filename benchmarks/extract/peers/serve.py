"""What every reader's script does: `python read_NAME.py REQUEST ANSWER`, files of JSON.

REQUEST is {language, sentences: [{text, published}], articles: [text]}. ANSWER is {readings:
[{quantities, times}] in the order of the sentences, failed: how many of them the reader stumbled
over, seconds: CPU of one warm pass over the articles, start: CPU until the first sentence is read,
memory: largest resident memory in MiB}.

Only the standard library, so that it runs in the peers' environment, where Tally is not.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

ENOUGH = 1.0  # seconds of CPU that passes over the articles go on for

Readings = dict[str, list[dict[str, Any]]]
Reader = Callable[[str, datetime], Readings]


def cpu() -> float:
    """Seconds of CPU of this process and of its finished children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def serve(reader: Callable[[str], Reader]) -> None:
    """Answers a request. `reader(language)` makes the function that reads a text."""
    request = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    read = reader(request["language"])
    readings, start, failed = [], 0.0, 0
    for sentence in request["sentences"]:
        try:
            found = read(sentence["text"], datetime.fromisoformat(sentence["published"]))
        except Exception:  # whatever a reader stumbles over, it has read nothing there
            found, failed = {"quantities": [], "times": []}, failed + 1
        readings.append(found)
        start = start or cpu()
    published = datetime.fromisoformat("2016-06-01T12:00:00+00:00")
    for text in request["articles"][:2]:
        read(text, published)
    passes, began = 0, cpu()
    while not passes or (request["articles"] and cpu() - began < ENOUGH):
        for text in request["articles"]:
            read(text, published)
        passes += 1
    seconds = (cpu() - began) / passes
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = {"readings": readings, "failed": failed, "seconds": seconds, "start": start,
              "memory": memory}  # fmt: skip
    Path(sys.argv[2]).write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
