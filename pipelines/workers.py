"""What starts Python workers when Flink asks for them: `python -m pipelines.workers --port 50000`.

Beam's own pool (apache_beam.runners.worker.worker_pool_main) gives its workers no cache for state:
each bundle then reads again, from Flink, the state of all keys in it.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from apache_beam.runners.worker.worker_pool_main import BeamFnExternalWorkerPoolServicer

from pipelines import logs

CACHE = 256  # MiB of state that a worker keeps


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until it is ended; the workers end with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=50000, help="where Flink asks [50000]")
    parser.add_argument("--cache", type=int, default=CACHE, help=f"MiB of state kept [{CACHE}]")
    told = parser.parse_args(arguments)
    logs.set_up()
    # The pool starts `python`: it must be the one that has our packages.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _, server = BeamFnExternalWorkerPoolServicer.start(
        use_process=True, port=told.port, state_cache_size=told.cache << 20
    )
    server.wait_for_termination()


if __name__ == "__main__":
    main()
