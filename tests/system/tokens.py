"""Who gives tokens for OAUTHBEARER: signed ones, for a name and a password (RFC 6749, 7519)."""

from __future__ import annotations

import base64
import http.server
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

AUDIENCE = "kafka"
HOUR = 3600


class Issuer(NamedTuple):
    """Where tokens are given; the file of the keys they are checked with, as a URL; their key."""

    url: str
    keys: str
    key: rsa.RSAPrivateKey


def token(key: rsa.RSAPrivateKey, subject: str, seconds: int = HOUR) -> str:
    """A JSON Web Token (RFC 7519) for a subject, signed by RS256."""
    now = int(time.time())
    claims = {"sub": subject, "aud": AUDIENCE, "iat": now, "exp": now + seconds, "scope": "news"}
    head = {"alg": "RS256", "typ": "JWT", "kid": "one"}
    signed = f"{_encoded(json.dumps(head).encode())}.{_encoded(json.dumps(claims).encode())}"
    signature = key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_encoded(signature)}"


def new_key() -> rsa.RSAPrivateKey:
    """A key that no broker knows yet."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@contextmanager
def issuer(folder: Path, users: Mapping[str, str]) -> Iterator[Issuer]:
    """A token endpoint that knows these users and their passwords."""
    key, keys = new_key(), folder / "keys.json"
    keys.write_text(json.dumps({"keys": [_as_json(key.public_key())]}))

    class Endpoint(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            said = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
            # Java's client sends both as they are; RFC 6749, 2.3.1, wants them quoted as in a form.
            user, password = (unquote(each) for each in said.split(":", 1))
            knows = users.get(user) == password
            self.send_response(200 if knows else 401)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            answer = {"access_token": token(key, user), "expires_in": HOUR, "token_type": "Bearer"}
            self.wfile.write(json.dumps(answer if knows else {"error": "invalid_client"}).encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Issuer(f"http://127.0.0.1:{server.server_port}/token", keys.as_uri(), key)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _as_json(key: rsa.RSAPublicKey) -> dict[str, str]:
    """A key as JSON (RFC 7517)."""
    numbers = key.public_numbers()
    return {
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one",
        "n": _encoded(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
        "e": _encoded(numbers.e.to_bytes(3, "big")),
    }  # fmt: skip


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
