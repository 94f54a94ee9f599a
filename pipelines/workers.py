"""What starts Python workers when Flink asks for them: `python -m pipelines.workers --port 50000`.

Beam's own pool (apache_beam.runners.worker.worker_pool_main) listens to every machine that reaches
this one, gives its workers no cache for state (each bundle then reads again, from Flink, the state
of all keys in it), and keeps what they log to itself.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from apache_beam.portability.api import beam_fn_api_pb2, beam_fn_api_pb2_grpc
from apache_beam.runners.worker.worker_pool_main import (
    BeamFnExternalWorkerPoolServicer,
    kill_process_gracefully,
)

from pipelines import logs

CACHE = 256  # MiB of state that a worker keeps


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until it is ended; the workers end with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=50000, help="where Flink asks [50000]")
    parser.add_argument(
        "--host",
        default="localhost",
        help="the address that is listened at; whoever reaches it can run code here "
        "[localhost: for a task manager on this machine or in this pod]",
    )
    parser.add_argument("--cache", type=int, default=CACHE, help=f"MiB of state kept [{CACHE}]")
    told = parser.parse_args(arguments)
    logs.set_up()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    pool = _Pool(told.cache)
    server = grpc.server(ThreadPoolExecutor(8))
    beam_fn_api_pb2_grpc.add_BeamFnExternalWorkerPoolServicer_to_server(pool, server)
    server.add_insecure_port(f"{told.host}:{told.port}")
    server.start()
    try:
        server.wait_for_termination()
    finally:
        for worker in pool._worker_processes.values():
            kill_process_gracefully(worker)


class _Pool(BeamFnExternalWorkerPoolServicer):  # type: ignore[misc]
    """Beam's pool, with workers of ours (pipelines.worker) by this Python."""

    def __init__(self, cache: int) -> None:
        super().__init__(use_process=True)
        self._cache = cache

    def StartWorker(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Starts a worker that Flink asks for."""
        worker = subprocess.Popen(
            [
                sys.executable, "-m", "pipelines.worker",
                f"--control={request.control_endpoint.url}",
                f"--id={request.worker_id}",
                f"--cache={self._cache << 20}",
            ]
        )  # fmt: skip
        self._worker_processes[request.worker_id] = worker
        return beam_fn_api_pb2.StartWorkerResponse()


if __name__ == "__main__":
    main()
