"""Tokens for OAUTHBEARER: from a file that another program keeps fresh, or an OpenID endpoint."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from kafka.net.sasl.oauth import AbstractTokenProvider

from pipelines.errors import KafkaError
from pipelines.settings import Kafka

EARLY = 0.8  # of its life a token is used
PATIENCE = 20  # seconds that an endpoint may take


class Tokens(AbstractTokenProvider):  # type: ignore[misc]
    """What kafka-python asks for a token. One that is fresh is used again."""

    def __init__(self, kafka: Kafka) -> None:
        super().__init__()
        self._kafka = kafka
        self._token = ""
        self._until = 0.0

    def token(self) -> str:
        """A token. Raises KafkaError when none can be had."""
        url = self._kafka.oauth_token_url
        if url.startswith("file:"):
            path = urllib.request.url2pathname(urllib.parse.urlparse(url).path)
            return Path(path).read_text(encoding="utf-8").strip()
        if time.monotonic() >= self._until:
            answer = self._asked(url)
            self._token = str(answer["access_token"])
            self._until = time.monotonic() + EARLY * float(answer.get("expires_in", 60))
        return self._token

    def _asked(self, url: str) -> dict[str, Any]:
        """The client-credentials grant of OAuth 2.0 (RFC 6749, 4.4)."""
        kafka = self._kafka
        secret = kafka.password.reveal() if kafka.password else ""
        who = ":".join(urllib.parse.quote(each, safe="") for each in (kafka.username, secret))
        form = {"grant_type": "client_credentials"}
        form |= {"scope": kafka.oauth_scope} if kafka.oauth_scope else {}
        request = urllib.request.Request(
            url,
            urllib.parse.urlencode(form).encode(),
            {"Authorization": "Basic " + base64.b64encode(who.encode()).decode()},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                answer: dict[str, Any] = json.load(response)
        except (OSError, ValueError) as error:
            raise KafkaError(f"{url} gives no token to {kafka.username!r}: {error}") from error
        if "access_token" not in answer:
            raise KafkaError(f"{url}: the answer holds no access_token")
        return answer
