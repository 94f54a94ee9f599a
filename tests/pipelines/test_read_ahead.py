"""State that is asked for ahead: the answers are the same, and no key waits for another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.coders import StrUtf8Coder
from apache_beam.portability.api import beam_fn_api_pb2
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.runners.worker.bundle_processor import (
    BundleProcessor,
    DataInputOperation,
    FnApiUserStateContext,
)
from apache_beam.runners.worker.sdk_worker import GrpcStateHandler
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.environments import EmbeddedPythonGrpcEnvironment
from apache_beam.transforms.userstate import BagStateSpec

from pipelines import read_ahead

happened: list[str] = []


class Remember(beam.DoFn):
    """Tells what is known of a key with what comes."""

    SEEN = BagStateSpec("seen", StrUtf8Coder())
    KNOWN = beam.DoFn.StateParam(SEEN)

    def process(self, element: tuple[str, Iterable[str]], seen: Any = KNOWN) -> Iterator[str]:
        key, words = element
        happened.append(f"work {key}")
        for word in words:
            seen.add(word)
        yield " ".join(sorted(seen.read()))


@pytest.fixture
def asks_ahead(monkeypatch):
    """Beam's harness in this process asks ahead; what it asks is in `happened`."""
    for owner, name in (
        (BundleProcessor, "create_execution_tree"),
        (FnApiUserStateContext, "__init__"),
        (DataInputOperation, "process_encoded"),
        (GrpcStateHandler, "_request"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # as it was, afterwards
    send = read_ahead._request

    def noted(self, request: beam_fn_api_pb2.StateRequest):
        if request.HasField("get"):
            happened.append(f"ask {request.state_key.bag_user_state.key[1:].decode()}")
        return send(self, request)

    monkeypatch.setattr(read_ahead, "_request", noted)  # what is really sent
    happened.clear()
    read_ahead.install()


def test_of_all_keys_of_a_bundle_before_any_is_worked_on(asks_ahead) -> None:
    words = ["a1", "b1", "a2", "c1", "b2", "a3"]
    with beam.Pipeline(FnApiRunner(EmbeddedPythonGrpcEnvironment())) as pipeline:
        by_letter = beam.Map(lambda word: (word[0], word)).with_output_types(tuple[str, str])
        keyed = pipeline | beam.Create(words) | by_letter | beam.GroupByKey()
        assert_that(keyed | beam.ParDo(Remember()), equal_to(["a1 a2 a3", "b1 b2", "c1"]))
    assert sorted(happened[:3]) == ["ask a", "ask b", "ask c"]
    assert sorted(happened[3:]) == ["work a", "work b", "work c"]
