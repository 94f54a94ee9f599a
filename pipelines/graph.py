"""The graph: articles in; claims, discrepancies and rejects out. The same for feed and backfill."""

from __future__ import annotations

from typing import Any, NamedTuple

import apache_beam as beam

from pipelines.settings import Settings
from transforms.claim.step import Claims
from transforms.cross_check.step import CrossCheck, Inside
from transforms.key.step import Keyed, Standing
from transforms.read.step import Read


class Outcome(NamedTuple):
    """What the graph gives: PCollections of Claim, Discrepancy and Reject."""

    claims: Any
    discrepancies: Any
    rejects: Any


def build(payloads: Any, settings: Settings) -> Outcome:
    """PCollection[(Origin, bytes)] -> Outcome."""
    read = payloads | "read" >> Read(settings.languages, settings.limit)
    claimed = read[Read.ARTICLES] | "claim" >> Claims()
    horizon = settings.feed.horizon_days
    standing = claimed[Claims.EDITIONS] | "edition" >> Standing(horizon)
    told = standing[Standing.TOLD]
    across = told | "key" >> Keyed(horizon) | "cross-check" >> CrossCheck(horizon)
    inside = told | "inside" >> Inside()
    return Outcome(
        claims=standing[Standing.CLAIMS],
        discrepancies=(across, inside) | "discrepancies" >> beam.Flatten(),
        rejects=(read[Read.REJECTS], claimed[Claims.REJECTS], standing[Standing.REJECTS])
        | "rejects" >> beam.Flatten(),
    )
