"""Every setting of Tally: its name, its type, its default and what it is for.

`tally settings` prints them as a tally.toml, and tally.example.toml holds what it prints.
settings_file.py reads file, environment and flags. A new setting is a new field here, described.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from transforms.languages.load import LANGUAGES
from transforms.read.reader import LIMIT

Count = Annotated[int, Meta(ge=1)]
Whole = Annotated[int, Meta(ge=0)]
Port = Annotated[int, Meta(ge=1, le=65535)]
Address = Annotated[str, Meta(pattern=r"^[^\s,:/]+:[0-9]{1,5}$|^\[[0-9a-fA-F:]+\]:[0-9]{1,5}$")]
TopicName = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9._-]{1,249}$")]


class Secret:
    """A password: never shown, not by `repr`, not in a log. `reveal` gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The password itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))


class Kafka(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the brokers are reached."""

    bootstrap_servers: Annotated[
        tuple[Address, ...],
        Meta(min_length=1, description="Brokers to begin with, each HOST:PORT."),
    ] = ("127.0.0.1:9092",)
    security_protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"],
        Meta(description="Whether the connection is encrypted (SSL) and who one is (SASL)."),
    ] = "PLAINTEXT"
    ca_file: Annotated[
        str,
        Meta(
            description="With SSL: a PEM file of the authorities that the broker's certificate is "
            "checked against. Empty: those of the system. This and the next two must stand at the "
            "same path where Python workers run."
        ),
    ] = ""
    certificate_file: Annotated[
        str, Meta(description="With SSL: our own certificate with its chain, PEM. Empty: none.")
    ] = ""
    key_file: Annotated[
        str, Meta(description="The key of that certificate, PEM (PKCS #8, BEGIN PRIVATE KEY).")
    ] = ""
    key_password: Annotated[
        Secret | None, Meta(description="The password of the key file, when it has one.")
    ] = None
    check_hostname: Annotated[
        bool, Meta(description="Whether the broker's name must be that of its certificate.")
    ] = True
    sasl_mechanism: Annotated[
        Literal["", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"],
        Meta(description="With SASL: how the broker is told who one is."),
    ] = ""
    username: Annotated[
        str, Meta(description="With SASL: the user; with OAUTHBEARER the client's id.")
    ] = ""
    password: Annotated[
        Secret | None,
        Meta(description="With SASL: the password; with OAUTHBEARER the client's secret."),
    ] = None
    password_file: Annotated[
        str,
        Meta(
            description="A file that holds the password instead. It is read when a command starts."
        ),
    ] = ""
    oauth_token_url: Annotated[
        str,
        Meta(
            pattern=r"^$|^(https?|file)://",
            description="With OAUTHBEARER: where tokens come from, an OpenID token endpoint "
            "(https://…) or a file that another program keeps fresh (file:///…).",
        ),
    ] = ""
    oauth_scope: Annotated[str, Meta(description="With OAUTHBEARER: the scope asked for.")] = ""
    timeout_seconds: Annotated[
        Count, Meta(description="How long a command tries to reach a broker before it gives up.")
    ] = 20


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One topic: what `tally topics create` makes of it."""

    name: Annotated[TopicName, Meta(description="Its name.")]
    partitions: Annotated[
        Count, Meta(description="Partitions; more can be added later, and are read from a restart.")
    ] = 6
    replication: Annotated[
        Count, Meta(description="On how many brokers each message is kept: 3, where there are 3.")
    ] = 1
    cleanup: Annotated[
        Literal["delete", "compact", "compact,delete"],
        Meta(
            description="What is removed: old messages (delete), all but the last of each key "
            "(compact), or both."
        ),
    ] = "delete"
    retention_days: Annotated[
        Whole, Meta(description="With delete: how long messages are kept. 0: for ever.")
    ] = 30
    message_bytes: Annotated[
        Count, Meta(description="The largest batch of messages that the broker takes, in bytes.")
    ] = 8 << 20


class Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The topics that are read and written."""

    articles: Annotated[
        Topic,
        Meta(
            description="Articles come in, keyed by uri. A new feed that starts at the earliest "
            "finds the same discrepancies as far back as they are kept: as feed.horizon_days."
        ),
    ] = Topic(name="articles", retention_days=90)
    claims: Annotated[Topic, Meta(description="What was claimed, keyed by the claim's id.")] = (
        Topic(name="claims", cleanup="compact,delete")
    )
    discrepancies: Annotated[
        Topic,
        Meta(
            description="Where sources disagree, keyed by id: the last message of an id is the "
            "truth."
        ),
    ] = Topic(name="discrepancies", cleanup="compact")
    rejects: Annotated[
        Topic, Meta(description="What could not be read or failed, with topic and offset.")
    ] = Topic(name="rejects", partitions=1)


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The continuous feed (`tally run`)."""

    job_endpoint: Annotated[
        Address, Meta(description="Beam's job server, before Flink: HOST:PORT.")
    ] = "127.0.0.1:8099"
    expansion_service: Annotated[
        Address, Meta(description="Where Beam is told what its KafkaIO is made of: HOST:PORT.")
    ] = "127.0.0.1:8097"
    worker_pool: Annotated[
        Address,
        Meta(description="What starts Python workers, as Flink's machines see it: HOST:PORT."),
    ] = "127.0.0.1:50000"
    flink: Annotated[
        Address, Meta(description="Flink's REST interface: HOST:PORT. `tally doctor` asks it.")
    ] = "127.0.0.1:8081"
    name: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]([-a-z0-9]{0,60}[a-z0-9])?$",
            description="The name of the job in Flink, and of the consumer group in Kafka.",
        ),
    ] = "tally"
    start: Annotated[
        str,
        Meta(
            pattern=r"^(earliest|latest|committed|\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d))$",
            description="Where a feed without a savepoint starts to read: earliest, latest, "
            "committed (where the last one was) or a time, as 2021-08-30T00:00:00Z. A feed that "
            "does not start at the earliest does not know what was claimed before.",
        ),
    ] = "earliest"
    horizon_days: Annotated[
        Count,
        Meta(
            description="How long after an event it is still compared; then it is forgotten, and "
            "what is published of it later is compared with nothing."
        ),
    ] = 90
    parallelism: Annotated[
        Count, Meta(description="Workers; at most the slots of Flink and the partitions.")
    ] = 1
    processes: Annotated[
        Count,
        Meta(
            description="Python processes for each of Flink's task managers, among which the "
            "feed's three stages are divided: in one they wait for each other."
        ),
    ] = 3
    bundle_milliseconds: Annotated[
        Count,
        Meta(
            description="How long each of the feed's three stages may wait for more to work on "
            "together: longer costs less CPU, and an alert comes three times as much later."
        ),
    ] = 50
    bundle_size: Annotated[
        Count, Meta(description="How many messages are worked on and published together.")
    ] = 1000
    checkpoint_seconds: Annotated[
        Count,
        Meta(description="How often Flink keeps the state; after a crash it goes on from there."),
    ] = 10
    fetch_milliseconds: Annotated[
        Whole, Meta(description="How long the broker may wait for more articles to send.")
    ] = 20


class Local(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ports of the local stack (`make up`) that no client asks for; the others stand above."""

    controller_port: Annotated[Port, Meta(description="Kafka's controller.")] = 9093
    manager_port: Annotated[Port, Meta(description="Flink's manager, for its workers.")] = 6123
    artifacts_port: Annotated[Port, Meta(description="The job server's store of files.")] = 8098
    metrics_port: Annotated[
        Port,
        Meta(description="Where Prometheus reads Tally's metrics and those of Flink's worker."),
    ] = 9249
    manager_metrics_port: Annotated[
        Port, Meta(description="Where it reads those of Flink's manager: checkpoints, restarts.")
    ] = 9250


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a run can be told."""

    languages: Annotated[
        tuple[str, ...], Meta(min_length=1, description="The languages that are read.")
    ] = LANGUAGES
    limit: Annotated[
        Count, Meta(description="The largest article that is read, as bytes of JSON.")
    ] = LIMIT
    kafka: Annotated[Kafka, Meta(description="How the brokers are reached.")] = Kafka()
    topics: Topics = Topics()
    feed: Annotated[Feed, Meta(description="The continuous feed (tally run).")] = Feed()
    local: Annotated[
        Local,
        Meta(
            description="Ports of the local stack (make up) that no client asks for; the others "
            "are those above."
        ),
    ] = Local()
