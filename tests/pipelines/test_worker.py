"""What a worker writes of state at the end of a bundle is what Beam would write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from apache_beam.coders import BytesCoder, StrUtf8Coder
from apache_beam.coders.coders import GlobalWindowCoder
from apache_beam.runners.portability.fn_api_runner.worker_handlers import StateServicer
from apache_beam.runners.worker.bundle_processor import FnApiUserStateContext
from apache_beam.runners.worker.sdk_worker import GlobalCachingStateHandler
from apache_beam.runners.worker.statecache import StateCache
from apache_beam.transforms.userstate import BagStateSpec
from apache_beam.transforms.window import GlobalWindow

from pipelines.worker import written_together

LOG = BagStateSpec("log", BytesCoder())


@pytest.mark.parametrize("cache", [0, 1 << 20])
@pytest.mark.parametrize("commit", [FnApiUserStateContext.commit, written_together])
def test_what_a_bundle_changed_is_there_for_the_next(
    commit: Callable[[Any], None], cache: int
) -> None:
    servicer = StateServicer()
    handler = GlobalCachingStateHandler(StateCache(cache), servicer)

    def bundle(number: str, change: Callable[[Any], None]) -> None:
        context = FnApiUserStateContext(handler, "judge", StrUtf8Coder(), GlobalWindowCoder())
        with handler.process_instruction_id(number, []):
            change(context)
            commit(context)

    def state(context: Any, key: str) -> Any:
        return context.get_state(LOG, key, GlobalWindow())

    def first(context: Any) -> None:
        state(context, "a").add(b"1")
        state(context, "b").add(b"2")
        list(state(context, "c").read())

    def second(context: Any) -> None:
        state(context, "a").clear()
        state(context, "a").add(b"3")
        state(context, "b").add(b"4")
        state(context, "c").clear()

    found: dict[str, list[bytes]] = {}

    def last(context: Any) -> None:
        found.update({key: list(state(context, key).read()) for key in "abc"})

    for number, change in enumerate((first, second, last)):
        bundle(str(number), change)
    assert found == {"a": [b"3"], "b": [b"2", b"4"], "c": []}
