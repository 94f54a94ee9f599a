"""A broker that asks for TLS and a password, with certificates made for the occasion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import trustme
from cryptography.hazmat.primitives import serialization

from deploy.local.processes import LOOPBACK, free_ports
from deploy.local.services import KafkaPorts, kafka
from pipelines.settings import Kafka, Secret
from tests.system.tokens import AUDIENCE, Issuer, issuer

USER, PASSWORD = "tally", 'corr"ect\\ horse'


class Secure(NamedTuple):
    """Where the broker listens, and the files that lead to it."""

    plain: Kafka
    tls: Kafka
    mutual: Kafka
    scram: Kafka
    sasl_plain: Kafka
    oauth: Kafka
    issuer: Issuer
    stranger: str  # an authority that has signed nothing here
    log: Path


@contextmanager
def secure_kafka(folder: Path) -> Iterator[Secure]:
    """A broker with a listener of each kind."""
    ours, stranger = trustme.CA(), trustme.CA()
    ours.cert_pem.write_to_path(folder / "ca.pem")
    stranger.cert_pem.write_to_path(folder / "stranger.pem")
    chain, key = _certificate(ours, LOOPBACK)
    (folder / "broker.pem").write_bytes(key + chain)
    chain, key = _certificate(ours, "client.example")
    (folder / "client.pem").write_bytes(chain)
    (folder / "client.key").write_bytes(key)
    ports = dict(zip(LISTENERS, free_ports(len(LISTENERS)), strict=True))
    with ExitStack() as stack:
        tokens = stack.enter_context(issuer(folder, {USER: PASSWORD}))
        broker = stack.enter_context(
            kafka(
                folder, KafkaPorts(ports["PLAINTEXT"], ports["CONTROLLER"]),
                _settings(folder, ports, tokens), {USER: PASSWORD},
                [f"-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls={tokens.keys}"],
            )
        )  # fmt: skip
        yield _ways_in(folder, ports, tokens, Path(broker.log))


LISTENERS = {
    "PLAINTEXT": "PLAINTEXT",
    "CONTROLLER": "PLAINTEXT",
    "TLS": "SSL",
    "MUTUAL": "SSL",
    "SCRAM": "SASL_SSL",
    "PASSWORD": "SASL_SSL",
    "OAUTH": "SASL_SSL",
}


def _settings(folder: Path, ports: dict[str, int], tokens: Issuer) -> dict[str, str]:
    where = {name: f"{name}://{LOOPBACK}:{port}" for name, port in ports.items()}
    module = "org.apache.kafka.common.security"
    quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
    plain = f'{module}.plain.PlainLoginModule required user_{USER}="{quoted}";'
    oauth = "listener.name.oauth.oauthbearer.sasl"
    checks = "listener.name.oauth.sasl.oauthbearer"
    return {
        "listeners": ",".join(where.values()),
        "advertised.listeners": ",".join(where[name] for name in where if name != "CONTROLLER"),
        "listener.security.protocol.map": ",".join(f"{n}:{p}" for n, p in LISTENERS.items()),
        "inter.broker.listener.name": "PLAINTEXT",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(folder / "broker.pem"),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(folder / "ca.pem"),
        "listener.name.mutual.ssl.client.auth": "required",
        "listener.name.scram.sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.scram.scram-sha-512.sasl.jaas.config": (
            f"{module}.scram.ScramLoginModule required;"
        ),
        "listener.name.password.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.password.plain.sasl.jaas.config": plain.replace("\\", "\\\\"),
        "listener.name.oauth.sasl.enabled.mechanisms": "OAUTHBEARER",
        f"{oauth}.jaas.config": f"{module}.oauthbearer.OAuthBearerLoginModule required;",
        f"{oauth}.server.callback.handler.class": (
            f"{module}.oauthbearer.OAuthBearerValidatorCallbackHandler"
        ),
        # Kafka 4.1 does not see by itself that keys are told, and would look at no signature.
        f"{checks}.jwt.validator.class": f"{module}.oauthbearer.BrokerJwtValidator",
        f"{checks}.jwks.endpoint.url": tokens.keys,
        f"{checks}.expected.audience": AUDIENCE,
    }


def _certificate(authority: trustme.CA, name: str) -> tuple[bytes, bytes]:
    """A chain, and its key as Java reads it (PKCS #8)."""
    made = authority.issue_cert(name)
    key = serialization.load_pem_private_key(made.private_key_pem.bytes(), None).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return b"".join(each.bytes() for each in made.cert_chain_pems), key


def _ways_in(folder: Path, ports: dict[str, int], tokens: Issuer, log: Path) -> Secure:
    def at(name: str) -> tuple[str, ...]:
        return (f"{LOOPBACK}:{ports[name]}",)

    ca, secret = str(folder / "ca.pem"), Secret(PASSWORD)
    certificate, key = str(folder / "client.pem"), str(folder / "client.key")
    return Secure(
        plain=Kafka(at("PLAINTEXT")),
        tls=Kafka(at("TLS"), "SSL", ca_file=ca),
        mutual=Kafka(at("MUTUAL"), "SSL", ca, certificate, key),
        scram=Kafka(
            at("SCRAM"), "SASL_SSL", ca_file=ca, sasl_mechanism="SCRAM-SHA-512",
            username=USER, password=secret,
        ),
        sasl_plain=Kafka(
            at("PASSWORD"), "SASL_SSL", ca_file=ca, sasl_mechanism="PLAIN",
            username=USER, password=secret,
        ),
        oauth=Kafka(
            at("OAUTH"), "SASL_SSL", ca_file=ca, sasl_mechanism="OAUTHBEARER",
            username=USER, password=secret, oauth_token_url=tokens.url,
        ),
        issuer=tokens,
        stranger=str(folder / "stranger.pem"),
        log=log,
    )  # fmt: skip
