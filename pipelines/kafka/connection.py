"""How brokers are reached: the settings as kafka-python and as Java's clients take them.

`connect` opens a client of kafka-python and says in clear words why a broker is not reached.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import kafka.errors as refused
from kafka.net.compat import KafkaNetClient

from pipelines.errors import KafkaError, SettingsError
from pipelines.kafka.oauth import Tokens
from pipelines.settings import Kafka

Client = TypeVar("Client")

FIRST_TRY = 3.0  # seconds until we look whether trying again could help
PAUSE = 0.5

_PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
_SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"
_OAUTH = "org.apache.kafka.common.security.oauthbearer"


def client_settings(kafka: Kafka) -> dict[str, Any]:
    """Arguments for KafkaProducer, KafkaConsumer and KafkaAdminClient of kafka-python 3.

    Raises SettingsError for a password that is not given or a file that is not there.
    """
    settings: dict[str, Any] = {
        "bootstrap_servers": ",".join(kafka.bootstrap_servers),
        "security_protocol": kafka.security_protocol,
    }
    if kafka.security_protocol.endswith("SSL"):
        settings |= {
            "ssl_check_hostname": kafka.check_hostname,
            "ssl_cafile": _there("ca_file", kafka.ca_file),
            "ssl_certfile": _there("certificate_file", kafka.certificate_file),
            "ssl_keyfile": _there("key_file", kafka.key_file),
            "ssl_password": kafka.key_password.reveal() if kafka.key_password else None,
        }
    if kafka.security_protocol.startswith("SASL_"):
        settings["sasl_mechanism"] = kafka.sasl_mechanism
        if kafka.sasl_mechanism == "OAUTHBEARER":
            settings["sasl_oauth_token_provider"] = Tokens(kafka)
        else:
            settings["sasl_plain_username"] = kafka.username
            settings["sasl_plain_password"] = _password(kafka)
    return settings


def java_properties(kafka: Kafka) -> dict[str, str]:
    """Properties of Java's consumer, as KafkaIO takes them.

    Certificates and keys are in them, not only their paths: Flink's machines need no such files.
    Raises SettingsError as `client_settings`, and for a key that Java does not read.
    """
    properties = {
        "bootstrap.servers": ",".join(kafka.bootstrap_servers),
        "security.protocol": kafka.security_protocol,
    }
    if kafka.security_protocol.endswith("SSL"):
        properties |= _java_tls(kafka)
    if kafka.security_protocol.startswith("SASL_"):
        properties["sasl.mechanism"] = kafka.sasl_mechanism
        properties |= _java_sasl(kafka)
    return properties


def _java_tls(kafka: Kafka) -> dict[str, str]:
    properties = {} if kafka.check_hostname else {"ssl.endpoint.identification.algorithm": ""}
    if kafka.ca_file:
        properties["ssl.truststore.type"] = "PEM"
        properties["ssl.truststore.certificates"] = _text("ca_file", kafka.ca_file)
    if kafka.key_file:
        key = _text("key_file", kafka.key_file)
        if not re.search(r"-----BEGIN (ENCRYPTED )?PRIVATE KEY-----", key):
            raise SettingsError(
                f"kafka.key_file: {kafka.key_file} is not PKCS #8, which Java needs; this makes it "
                f"so: openssl pkcs8 -topk8 -nocrypt -in {kafka.key_file} -out NEW"
            )
        properties["ssl.keystore.type"] = "PEM"
        properties["ssl.keystore.key"] = key
        properties["ssl.keystore.certificate.chain"] = _text(
            "certificate_file", kafka.certificate_file
        )
    if kafka.key_password:
        properties["ssl.key.password"] = kafka.key_password.reveal()
    return properties


def _java_sasl(kafka: Kafka) -> dict[str, str]:
    if kafka.sasl_mechanism != "OAUTHBEARER":
        module = _PLAIN if kafka.sasl_mechanism == "PLAIN" else _SCRAM
        given = {"username": kafka.username, "password": _password(kafka)}
        return {"sasl.jaas.config": _jaas(module, given)}
    given = {}
    if not kafka.oauth_token_url.startswith("file:"):
        given = {"clientId": kafka.username, "clientSecret": _password(kafka)}
        given |= {"scope": kafka.oauth_scope} if kafka.oauth_scope else {}
    return {
        "sasl.jaas.config": _jaas(f"{_OAUTH}.OAuthBearerLoginModule", given),
        "sasl.login.callback.handler.class": f"{_OAUTH}.OAuthBearerLoginCallbackHandler",
        "sasl.oauthbearer.token.endpoint.url": kafka.oauth_token_url,
    }


def _jaas(module: str, given: dict[str, str]) -> str:
    options = "".join(
        ' {}="{}"'.format(name, value.replace("\\", "\\\\").replace('"', '\\"'))
        for name, value in given.items()
    )
    return f"{module} required{options};"


def _password(kafka: Kafka) -> str:
    if kafka.password is None:
        raise SettingsError(
            f"No password for {kafka.username!r}: set TALLY_KAFKA_PASSWORD in the environment, or "
            "name a file with kafka.password_file"
        )
    return kafka.password.reveal()


def _there(setting: str, path: str) -> str | None:
    """The path, having seen that it can be read; None for none."""
    if path:
        _text(setting, path)
    return path or None


def _text(setting: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"kafka.{setting}: {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"kafka.{setting}: {path}: not PEM") from error


# --- connecting -----------------------------------------------------------------------------------


def connect(kind: Callable[..., Client], kafka: Kafka, **more: Any) -> Client:
    """A client of kafka-python (`kind`) that has reached a broker; `more` are its arguments.

    Raises pipelines.errors.KafkaError that says why none was reached: at once when trying again
    cannot help (a wrong password, a wrong certificate), else after `kafka.timeout_seconds`.
    """
    arguments = {**client_settings(kafka), **more}
    end = time.monotonic() + kafka.timeout_seconds
    while True:
        seconds = max(1.0, min(FIRST_TRY, end - time.monotonic()))
        client, said = _attempt(kind, arguments, seconds)
        if client is not None:
            return client
        why, for_good = _why(kafka, said)
        if for_good or time.monotonic() > end:
            raise KafkaError(f"{', '.join(kafka.bootstrap_servers)}: {why}")
        time.sleep(PAUSE)


def _attempt(
    kind: Callable[..., Client], arguments: dict[str, Any], seconds: float
) -> tuple[Client | None, list[str]]:
    """A client; or None, and what was said of why not."""
    opened: list[KafkaNetClient] = []

    def keep(**given: Any) -> KafkaNetClient:
        opened.append(KafkaNetClient(**given))
        return opened[-1]

    with _heard() as said:
        try:
            made = kind(**arguments, bootstrap_timeout_ms=int(seconds * 1000), kafka_client=keep)
        except (refused.KafkaError, OSError) as error:
            for each in opened:  # a constructor that fails leaves its sockets open
                each.close()
            return None, [*said, str(error)]
    return made, said


@contextmanager
def in_words(kafka: Kafka) -> Iterator[None]:
    """Errors of kafka-python in the block come out as KafkaError, in clear words."""
    try:
        yield
    except refused.KafkaError as error:
        why, _ = _why(kafka, [f"{type(error).__name__}: {error}"])
        raise KafkaError(f"{', '.join(kafka.bootstrap_servers)}: {why}") from error


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What kafka-python logs in the block; its exceptions do not tell why. Nothing is shown."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("kafka")
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.propagate = before
        logger.removeHandler(handler)


def _why(kafka: Kafka, said: list[str]) -> tuple[str, bool]:
    """The words for the first of REASONS that is found, and whether trying again is useless."""
    everything = "\n".join([kafka.security_protocol, kafka.sasl_mechanism, *said])
    for pattern, words, for_good in REASONS:
        if re.search(pattern, everything, re.S):
            told = {
                "user": kafka.username,
                "mechanism": kafka.sasl_mechanism,
                "protocol": kafka.security_protocol,
                "authorities": kafka.ca_file or "the system",
                "detail": _detail(everything),
            }
            return words.format(**told), for_good
    return said[-1], False


def _detail(said: str) -> str:
    found = re.search(
        r"certificate verify failed: ([^(\n]+)|(https?://\S+ gives no token to [^)\n]+)", said
    )
    return (found[1] or found[2]).strip(" .") if found else ""


# What kafka-python says, what it means, and whether it stays so. In this order: a broker that
# refuses a password delays its answers afterwards, which looks like a broken connection.
REASONS = [
    (
        r"UnsupportedSaslMechanism",
        "the broker does not take kafka.sasl_mechanism {mechanism}",
        True,
    ),
    (r" gives no token to ", "{detail}", True),
    (
        r"^SASL_[^\n]*\nOAUTHBEARER\n.*(SaslAuthenticationFailed|Authentication failed"
        r"|broker_version=\([^\n]*Connection lost: KafkaConnectionError: socket disconn)",
        "the broker refuses the token of {user!r}: forged, old, or for another audience",
        True,
    ),
    # An answer that comes with the end of the connection is not read by kafka-python 3.0: what is
    # left of it is a connection that ends while signing in, after the broker told its version.
    (
        r"SaslAuthenticationFailed|Authentication failed"
        r"|^SASL_.*broker_version=\([^\n]*Connection lost: KafkaConnectionError: socket disconn",
        "the broker refuses {user!r} with {mechanism}: wrong user, password or mechanism",
        True,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED[^\n]*(mismatch|doesn't match|is not valid for)",
        "the broker's certificate is for another name: {detail} (kafka.check_hostname)",
        True,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED[^\n]*expired",
        "the broker's certificate has expired",
        True,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "the broker's certificate is not signed by an authority of {authorities}: {detail} "
        "(kafka.ca_file)",
        True,
    ),
    (
        r"CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|alert",
        "the broker refuses our certificate, or wants one (kafka.certificate_file)",
        True,
    ),
    (
        r"WRONG_VERSION_NUMBER|record layer failure|Handshake failed",
        "no TLS is spoken there, but kafka.security_protocol is {protocol}",
        True,
    ),
    (r"DNS|Name or service not known", "there is no host of this name", True),
    (
        r"ECONNREFUSED|Connection refused",
        "nothing listens there. Does the broker run? `make up` starts one on this machine",
        True,
    ),
    (
        r"UnknownTopicOrPartition",
        "there is no such topic; `tally topics create` makes those of the settings",
        True,
    ),
    (
        r"(Topic|Group|Cluster)AuthorizationFailed",
        "the broker does not allow {user!r} to do this",
        True,
    ),
    (
        r"socket disconnected|ConnectionReset|ECONNRESET",
        "the broker ends the connection at once. Does it want TLS or a password? "
        "kafka.security_protocol is {protocol}",
        False,
    ),
    (r"[Tt]imed out|Unable to bootstrap|Failed to update metadata", "no answer", False),
]
