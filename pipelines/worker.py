"""One Python worker, as the pool (pipelines.workers) starts it: Beam's harness, waiting less.

Measured at 100 articles a second, half of the time of the stages that keep state was waiting: for
each key Beam reads its state from Flink (see pipelines.read_ahead), and at the end of a bundle
writes it, one after another.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

import objsize
from apache_beam.runners.worker.bundle_processor import (
    FnApiUserStateContext,
    SynchronousBagRuntimeState,
)
from apache_beam.runners.worker.sdk_worker import SdkHarness
from apache_beam.runners.worker.statesampler import StateSampler

from pipelines import garbage, logs, read_ahead

# Seconds that a thread computes while others wait, 0.005 by default. An answer from Flink goes
# through three threads until the step that waits for it goes on.
SWITCH = 0.0005
# Milliseconds between two looks at which step a bundle is in, 200 by default. As a bundle ends Beam
# waits for the next look: up to a sixth of the time that the bundle took.
SAMPLED = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Works for Flink until that ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--control", required=True, help="where Flink gives work: HOST:PORT")
    parser.add_argument("--id", required=True, help="what Flink calls this worker")
    parser.add_argument("--cache", type=int, required=True, help="bytes of state kept")
    told = parser.parse_args(arguments)
    logs.set_up()
    garbage.look_at_each_once()
    sys.setswitchinterval(SWITCH)
    FnApiUserStateContext.commit = written_together
    StateSampler.__init__.__defaults__ = (SAMPLED,)
    read_ahead.install()
    # Beam weighs what it caches of state, and each time looked through all loaded modules.
    objsize.default_settings.update(exclude_modules_globals=False)
    SdkHarness(
        told.control,
        worker_id=told.id,
        state_cache_size=told.cache,
        data_buffer_time_limit_ms=-1,
    ).run()


def written_together(self: Any) -> None:
    """All that a bundle changed is sent to Flink, then awaited. Beam awaits each before the next.

    Flink takes it in the order in which it was sent.
    """
    waiting = []
    for state in self._all_states.values():
        if isinstance(state, SynchronousBagRuntimeState):
            waiting += _sent(state)
        else:
            state.commit()
    for each in waiting:
        each.get()


def _sent(state: Any) -> list[Any]:
    """What SynchronousBagRuntimeState.commit sends, of Beam 2.77."""
    sent = []
    if state._cleared:
        sent.append(state._state_handler.clear(state._state_key))
    if state._added_elements:
        coder = state._value_coder.get_impl()
        sent.append(state._state_handler.extend(state._state_key, coder, state._added_elements))
    return sent


if __name__ == "__main__":
    main()
