"""The settings as kafka-python and as Java take them."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pipelines.errors import KafkaError, SettingsError
from pipelines.kafka.connection import client_settings, java_properties
from pipelines.kafka.oauth import Tokens
from pipelines.settings import Kafka, Secret

SCRAM = Kafka(
    ("a:9092", "b:9092"), "SASL_SSL",
    sasl_mechanism="SCRAM-SHA-512", username="tally", password=Secret('a"b\\c'),
)  # fmt: skip


def test_without_security_only_the_brokers_are_told() -> None:
    kafka = Kafka(("a:9092", "b:9092"))
    assert client_settings(kafka) == {
        "bootstrap_servers": "a:9092,b:9092",
        "security_protocol": "PLAINTEXT",
    }
    assert java_properties(kafka) == {
        "bootstrap.servers": "a:9092,b:9092",
        "security.protocol": "PLAINTEXT",
    }


def test_a_password_is_quoted_for_java() -> None:
    assert java_properties(SCRAM)["sasl.jaas.config"] == (
        "org.apache.kafka.common.security.scram.ScramLoginModule required "
        'username="tally" password="a\\"b\\\\c";'
    )
    assert client_settings(SCRAM)["sasl_plain_password"] == 'a"b\\c'


def test_certificates_go_to_java_as_text(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("ca", "certificate", "key")}
    for name, path in files.items():
        path.write_text(f"-----BEGIN PRIVATE KEY-----\n{name}")
    kafka = Kafka(
        security_protocol="SSL", ca_file=str(files["ca"]), key_password=Secret("k"),
        certificate_file=str(files["certificate"]), key_file=str(files["key"]),
        check_hostname=False,
    )  # fmt: skip
    properties = java_properties(kafka)
    assert properties["ssl.truststore.type"] == properties["ssl.keystore.type"] == "PEM"
    assert properties["ssl.truststore.certificates"].endswith("\nca")
    assert properties["ssl.keystore.certificate.chain"].endswith("\ncertificate")
    assert properties["ssl.keystore.key"].endswith("\nkey")
    assert properties["ssl.key.password"] == "k"
    assert properties["ssl.endpoint.identification.algorithm"] == ""
    assert client_settings(kafka)["ssl_check_hostname"] is False


def test_a_key_that_java_does_not_read_is_told_with_the_way_out(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("-----BEGIN RSA PRIVATE KEY-----\n")
    kafka = Kafka(security_protocol="SSL", certificate_file=str(key), key_file=str(key))
    with pytest.raises(SettingsError, match=r"not PKCS #8.*openssl pkcs8 -topk8"):
        java_properties(kafka)


def test_a_file_that_is_not_there_is_named() -> None:
    kafka = Kafka(security_protocol="SSL", ca_file="/nowhere/ca.pem")
    for made in (client_settings, java_properties):
        with pytest.raises(SettingsError, match=r"kafka.ca_file: /nowhere/ca.pem: No such file"):
            made(kafka)


def test_without_a_password_it_is_said_where_to_put_one() -> None:
    kafka = Kafka(security_protocol="SASL_SSL", sasl_mechanism="PLAIN", username="tally")
    with pytest.raises(SettingsError, match=r"No password for 'tally': set TALLY_KAFKA_PASSWORD"):
        client_settings(kafka)


# --- OAUTHBEARER ----------------------------------------------------------------------------------


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[tuple[str, dict[str, list[str]]]]]]:
    """An OpenID token endpoint, and what it was asked."""
    asked: list[tuple[str, dict[str, list[str]]]] = []

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            asked.append((self.headers["Authorization"], form))
            refused = self.path == "/refused"
            self.send_response(401 if refused else 200)
            self.end_headers()
            token = {"access_token": f"token {len(asked)}", "expires_in": 3600}
            self.wfile.write(json.dumps({} if refused else token).encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def oauth(url: str) -> Kafka:
    return Kafka(
        security_protocol="SASL_SSL", sasl_mechanism="OAUTHBEARER", username="tally",
        password=Secret("s"), oauth_token_url=url, oauth_scope="kafka",
    )  # fmt: skip


def test_a_token_is_asked_for_once_while_it_is_fresh(
    endpoint: tuple[str, list[tuple[str, dict[str, list[str]]]]],
) -> None:
    url, asked = endpoint
    tokens = client_settings(oauth(url))["sasl_oauth_token_provider"]
    assert [tokens.token(), tokens.token()] == ["token 1", "token 1"]
    form = {"grant_type": ["client_credentials"], "scope": ["kafka"]}
    assert asked == [("Basic dGFsbHk6cw==", form)]


def test_an_endpoint_that_refuses_is_named(
    endpoint: tuple[str, list[tuple[str, dict[str, list[str]]]]],
) -> None:
    url, _ = endpoint
    with pytest.raises(KafkaError, match=r"/refused gives no token to 'tally': .*401"):
        Tokens(oauth(f"{url}/refused")).token()


def test_a_token_in_a_file_is_read_each_time(tmp_path: Path) -> None:
    file = tmp_path / "token"
    tokens = Tokens(oauth(file.as_uri()))
    for token in ("one", "two"):
        file.write_text(f"{token}\n")
        assert tokens.token() == token


def test_java_asks_for_tokens_itself() -> None:
    properties = java_properties(oauth("https://id.example/token"))
    assert properties["sasl.oauthbearer.token.endpoint.url"] == "https://id.example/token"
    assert 'clientId="tally" clientSecret="s" scope="kafka"' in properties["sasl.jaas.config"]
    assert "clientId" not in java_properties(oauth("file:///token"))["sasl.jaas.config"]
