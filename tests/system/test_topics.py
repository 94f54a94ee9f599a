"""Topics on a real broker: made, described, filled, read; by the commands that a person types."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from kafka import KafkaProducer

from pipelines.doctor import looks
from pipelines.kafka import topics
from pipelines.kafka.connection import connect
from pipelines.kafka.offsets import start_at, wake
from pipelines.kafka.publish import publish
from pipelines.kafka.reading import Record, ranges, records
from pipelines.settings import Settings, Topics
from schemas.messages import Reject
from tests.pipelines import made
from tests.system.conftest import Tally
from transforms.read.rejects import Origin, reject

SAMPLES = Path(__file__).parents[2] / "samples"
ARTICLE = {
    "uri": "urn:newsml:aa.example:20210901:1",
    "versioncreated": "2021-09-01T12:00:00Z",
    "source": "aa.example",
    "language": "en",
    "body_text": "At least 70 people were killed in Kabul on 30 August 2021.",
}


@pytest.fixture
def there(settings: Settings) -> Settings:
    """The settings, with the topics made."""
    topics.create(settings)
    return settings


def everything(settings: Settings, topic: str, start: str = "earliest") -> list[Record]:
    found = ranges(settings.kafka, topic, start, "latest")
    return [record for each in found for record in records(settings.kafka, each)]


def send(settings: Settings, topic: str, *values: bytes | None, **producer: Any) -> None:
    client = connect(KafkaProducer, settings.kafka, **producer)
    for value in values:
        client.send(topic, key=b"k", value=value)
    client.flush()
    client.close()


def article(**other: object) -> bytes:
    return msgspec.json.encode(ARTICLE | other)


# --- topics ---------------------------------------------------------------------------------------


def test_topics_are_made_once_as_the_settings_say(settings: Settings, tally: Tally) -> None:
    assert topics.describe(settings) == []
    assert tally("topics", "describe").code == 1
    name = settings.topics.articles.name
    assert f"{name}: made\n" in tally("topics", "create").out
    assert f"{name}: there already\n" in tally("topics", "create").out
    described = tally("topics", "describe")
    assert described.code == 0
    assert f"{name}: 6 partitions, on 1 broker, delete, 0 messages" in described.out
    found = {each.name: each.configuration for each in topics.describe(settings)}
    assert found[name]["retention.ms"] == str(90 * topics.DAY)
    assert found[settings.topics.discrepancies.name]["cleanup.policy"] == "compact"


def test_what_can_be_changed_is_and_the_rest_is_told(there: Settings, tally: Tally) -> None:
    name = there.topics.rejects.name
    flags = ["--set", "topics.rejects.partitions=3", "--set", "topics.rejects.retention_days=1"]
    assert "retention.ms: 2592000000, not 86400000" in tally("topics", "describe", *flags).out
    assert "partitions: 1, now 3" in tally("topics", "create", *flags).out
    assert tally("topics", "describe", *flags).code == 0
    fewer = tally("topics", "create", "--set", "topics.rejects.partitions=2")
    assert fewer.code == 1
    assert f"{name}: " in fewer.out
    assert "has 3 partitions; they cannot be fewer" in fewer.out


# --- publish --------------------------------------------------------------------------------------


def test_articles_come_under_their_uri(there: Settings, tally: Tally) -> None:
    ran = tally("publish", SAMPLES)
    topic = there.topics.articles.name
    found = everything(there, topic)
    assert ran == (0, "", f"Sent {len(found)} messages to {topic}.\n")
    files = [line for file in SAMPLES.glob("*.jsonl") for line in file.read_bytes().splitlines()]
    assert sorted(record.value or b"" for record in found) == sorted(files)
    partitions: dict[bytes | None, set[int | None]] = {}
    for record in found:
        assert record.key == msgspec.json.decode(record.value or b"")["uri"].encode()
        partitions.setdefault(record.key, set()).add(record.origin.partition)
    assert all(len(each) == 1 for each in partitions.values())


def test_their_time_is_that_of_publication_or_now(there: Settings) -> None:
    """Ahead: the broker would refuse it. Of an archive: the topic would not keep it for long."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    hours = [now - timedelta(hours=hours) for hours in (3, 1, -1, 9000)]
    published = [article(versioncreated=hour.isoformat()) for hour in hours]
    assert publish(there.kafka, there.topics.articles, published) == (4, 0, 0)
    topic = there.topics.articles.name
    since = [len(everything(there, topic, (each - timedelta(minutes=1)).isoformat())) for each in
             (now, hours[1], hours[0])]  # fmt: skip
    assert since == [2, 3, 4]


def test_what_is_no_article_is_sent_and_told_what_is_too_large_is_not(
    there: Settings, tally: Tally, tmp_path: Path
) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b"no json\n" + article() + b"\n")
    topic = there.topics.articles.name
    assert tally("publish", file).err == f"Sent 2 messages to {topic}, 1 of them no article.\n"
    larger = publish(there.kafka, there.topics.articles, [b"x" * (9 << 20), article()])
    assert larger == (1, 1, 1)
    assert len(everything(there, topic)) == 3


def test_a_topic_that_is_not_there_is_told(tally: Tally) -> None:
    ran = tally("publish", SAMPLES, "--topic", "nowhere")
    assert ran.code == 3
    assert "nowhere: there is no such topic; `tally topics create`" in ran.err
    assert tally("backfill", "kafka://nowhere", "--out", "unused").code == 3


def test_a_feed_says_that_its_topics_are_not_there(tally: Tally, settings: Settings) -> None:
    ran = tally("run")
    assert ran.code == 3
    name = settings.topics.articles.name
    assert re.search(rf"no topic {name}, .*; `tally topics create` makes it", ran.err)


def test_each_partition_that_a_feed_finds_empty_is_told_the_time_once(there: Settings) -> None:
    topic = there.topics.articles.name
    send(there, topic, article())
    [found] = ranges(there.kafka, topic, "earliest", "latest")
    others = [number for number in range(6) if number != found.partition]
    offsets = start_at(there.kafka, topic, "feed", "earliest")
    assert wake(there.kafka, topic, offsets) == others
    assert start_at(there.kafka, topic, "feed", "committed") == offsets
    assert wake(there.kafka, topic, offsets) == []
    assert sorted(record.value or b"" for record in everything(there, topic))[-2:] == [
        b"",
        article(),
    ]
    latest = start_at(there.kafka, topic, "feed", "latest")
    assert wake(there.kafka, topic, latest) == list(range(6))


# --- reading a range ------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [None, "gzip", "snappy", "lz4", "zstd"])
def test_batches_are_read_however_they_are_packed(there: Settings, packed: str | None) -> None:
    values = [b"%d " % number + b"x" * 20_000 for number in range(150)]
    topic = there.topics.articles.name
    send(there, topic, *values, compression_type=packed, batch_size=2 << 20, linger_ms=100,
         max_request_size=4 << 20)  # fmt: skip
    assert [record.value for record in everything(there, topic)] == values


def test_what_lies_between_offsets_of_a_transaction_is_passed_over(there: Settings) -> None:
    topic = there.topics.articles.name
    client = connect(KafkaProducer, there.kafka, transactional_id=topic)
    client.init_transactions()
    for value in (b"one", b"two"):
        client.begin_transaction()
        client.send(topic, key=b"k", value=value)
        client.commit_transaction()
    client.close()
    assert [record.value for record in everything(there, topic)] == [b"one", b"two"]


def test_offsets_and_times_bound_a_range(there: Settings) -> None:
    topic = there.topics.articles.name
    send(there, topic, *(b"%d" % number for number in range(10)))
    [found] = ranges(there.kafka, topic, "3", "5")
    assert [record.value for record in records(there.kafka, found)] == [b"3", b"4"]
    assert ranges(there.kafka, topic, "5", "3") == []
    assert [each.stop for each in ranges(there.kafka, topic, "0", "99")] == [10]


def test_a_backfill_of_a_topic_is_that_of_the_files(
    there: Settings, tally: Tally, tmp_path: Path
) -> None:
    tally("publish", SAMPLES)
    topic = there.topics.articles.name
    assert tally("backfill", f"kafka://{topic}", "--out", tmp_path / "topic").code == 0
    assert tally("backfill", SAMPLES, "--out", tmp_path / "files").code == 0
    for name in ("claims", "discrepancies"):
        of_topic, of_files = (
            sorted((tmp_path / folder / f"{name}.jsonl").read_text().splitlines())
            for folder in ("topic", "files")
        )
        assert of_topic == of_files
        assert of_topic


def test_a_reject_of_a_backfill_says_where_it_came_in(
    there: Settings, tally: Tally, tmp_path: Path
) -> None:
    topic = there.topics.articles.name
    send(there, topic, article(), b"no json", None)
    tally("backfill", f"kafka://{topic}", "--from", "1", "--out", tmp_path / "out")
    lines = (tmp_path / "out" / "rejects.jsonl").read_bytes().splitlines()
    rejects = [msgspec.json.decode(line, type=Reject) for line in lines]
    told = [(each.topic, each.offset, each.reason) for each in rejects]
    assert told == [(topic, 1, "not_json")]  # a record without a value is no article


def test_where_to_begin_needs_a_topic_and_a_place(tally: Tally, tmp_path: Path) -> None:
    assert tally("backfill", SAMPLES, "--from", "3", "--out", tmp_path / "out").code == 2
    ran = tally("backfill", "kafka://articles", "--from", "soon", "--out", tmp_path / "out")
    assert ran.code == 2
    assert "'soon' is neither earliest nor latest" in ran.err


# --- watch ----------------------------------------------------------------------------------------


def test_discrepancies_are_shown_as_they_change(there: Settings, tally: Tally) -> None:
    found = [each for each in made.all_of_them() if each.status == "open"]
    first, others = found[0], found[1:]
    resolved = msgspec.structs.replace(first, status="resolved", reason="withdrawn")
    values = [msgspec.json.encode(each) for each in (first, *others, resolved)]
    send(there, there.topics.discrepancies.name, *values, b"no json")
    ran = tally("watch", "--from", "earliest", "--limit", len(values) + 1)
    assert ran.code == 0
    assert ran.out.count(" new\n") == len(found)
    assert ran.out.count(" resolved\n") == 1
    assert ran.out.count("cannot be shown") == 1
    assert ran.out.count(first.id[:8]) == 2
    assert ran.err.endswith(f"{len(values) + 1} shown.\n")


def test_rejects_are_shown_with_where_and_why(there: Settings, tally: Tally) -> None:
    dead = reject("read", "not_json", "unexpected\x1b[2J character", b"{\x1b[2J", Origin("a", 3, 7))
    send(there, there.topics.rejects.name, msgspec.json.encode(dead))
    ran = tally("watch", "rejects", "--from", "earliest", "--limit", "1")
    assert "read: not_json  a/3 offset 7" in ran.out
    assert "unexpected" in ran.out
    assert "\x1b" not in ran.out


def test_ctrl_c_ends_it_cleanly(there: Settings, tally: Tally) -> None:
    watching = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "watch", "rejects"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    assert watching.stderr is not None
    assert watching.stderr.readline().startswith("Watching rejects-")
    time.sleep(1)
    watching.send_signal(signal.SIGINT)
    out, err = watching.communicate(timeout=20)
    assert (watching.returncode, out, err) == (0, "", "0 shown.\n")


# --- replay-rejects -------------------------------------------------------------------------------


def dead_letter(payload: bytes, origin: Origin) -> bytes:
    return msgspec.json.encode(reject("read", "not_by_schema", "why", payload, origin))


def test_what_can_be_read_by_now_is_sent_again(
    there: Settings, tally: Tally, tmp_path: Path
) -> None:
    articles, rejects = there.topics.articles.name, there.topics.rejects.name
    long = article(body_text="x " * 40_000)  # the dead letter keeps its beginning only
    send(there, articles, b"at 0", long)
    [found] = ranges(there.kafka, articles, "earliest", "latest")
    send(
        there, rejects,
        dead_letter(article(), Origin(articles, found.partition, 0)),
        dead_letter(article(), Origin(articles, found.partition, 0)),
        dead_letter(long, Origin(articles, found.partition, 1)),
        dead_letter(long, Origin(articles, found.partition, 99)),
        dead_letter(b"no\njson", Origin(articles, found.partition, 2)),
    )  # fmt: skip
    said = "2 messages {}sent again, 1 wrong still{}, 1 cut and gone from their topic.\n"
    dry = tally("replay-rejects", "--dry-run")
    assert (dry.code, dry.err) == (1, said.format("would be ", ""))
    assert len(everything(there, articles)) == 2
    wrong = tmp_path / "wrong.jsonl"
    assert tally("replay-rejects", "--save", wrong).err == said.format("", f", written to {wrong}")
    assert wrong.read_bytes() == b"no json\n"
    again = [record.value for record in everything(there, articles)]
    assert sorted(again, key=len) == sorted([b"at 0", long, article(), long], key=len)  # type: ignore[arg-type]


def test_only_those_of_a_reason_are_sent_again(there: Settings, tally: Tally) -> None:
    send(there, there.topics.rejects.name, dead_letter(article(), Origin()))
    ran = tally("replay-rejects", "--reason", "not_utf8")
    assert (ran.code, ran.err) == (0, "0 messages sent again, 0 wrong still, 0 cut and gone from "
                                      "their topic.\n")  # fmt: skip


# --- doctor ---------------------------------------------------------------------------------------


def test_the_doctor_says_what_is_wrong_and_what_to_do(settings: Settings, tally: Tally) -> None:
    closed = [
        flag for name in ("job_endpoint", "expansion_service", "worker_pool", "flink")
        for flag in ("--set", f"feed.{name}=127.0.0.1:1")
    ]  # fmt: skip
    ran = tally("doctor", *closed)
    assert ran.code == 1
    assert "ok    Kafka: " in ran.out
    assert f"wrong topic {settings.topics.articles.name}: not there\n" in ran.out
    assert "tally topics create" in ran.out
    assert "wrong job server: 127.0.0.1:1: Connection refused" in ran.out
    assert ran.err == "7 things to mend.\n"


def test_the_doctor_sees_topics_that_are_not_as_they_should_be(there: Settings) -> None:
    articles = msgspec.structs.replace(there.topics.articles, partitions=7)
    topics_ = msgspec.structs.replace(there.topics, articles=articles)
    assert isinstance(topics_, Topics)
    found = {each.what: each for each in looks(msgspec.structs.replace(there, topics=topics_))}
    assert found[f"topic {articles.name}"].found == "partitions: 6, not 7"


def test_the_doctor_says_that_no_broker_is_there(tally: Tally) -> None:
    ran = tally("doctor", "--set", "kafka.bootstrap_servers=127.0.0.1:1")
    assert "wrong Kafka: 127.0.0.1:1: nothing listens there" in ran.out


def test_payloads_are_decoded_to_be_shown() -> None:
    from pipelines.commands.feed import _beginning

    assert _beginning(base64.b64encode("é".encode() * 200).decode()) == "é" * 60 + "…"
