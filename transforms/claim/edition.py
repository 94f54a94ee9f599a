"""One version of an article, with the claims it makes."""

from __future__ import annotations

from datetime import datetime

import msgspec

from schemas.messages import Claim, PubStatus


class Edition(msgspec.Struct, frozen=True, gc=False):
    """One version of an article: when it was made, whether it stands, what it claims."""

    uri: str
    version: int
    published: datetime
    pubstatus: PubStatus
    claims: tuple[Claim, ...] = ()
