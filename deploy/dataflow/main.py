"""What the flex template starts: the feed on Dataflow.

`--tally_settings` is a tally.toml, on Cloud Storage or local; all other options go to Beam.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apache_beam.io.filesystems import FileSystems

from pipelines.feed import submit
from pipelines.settings_file import load

JARS = "/opt/beam/jars/*"
EXPANSION = "org.apache.beam.sdk.expansion.service.ExpansionService"
PORT = 8097


def main() -> None:
    """Submits the job and returns: Dataflow keeps it running."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tally_settings", required=True)
    told, beam_options = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder, expansion_service():
        file = Path(folder, "tally.toml")
        file.write_bytes(FileSystems.open(told.tally_settings).read())
        settings = load(file, [f"feed.expansion_service=127.0.0.1:{PORT}"])
        submit(settings, runner="DataflowRunner", beam_options=beam_options)


@contextmanager
def expansion_service() -> Iterator[None]:
    """Tells Beam what KafkaIO is made of, while the pipeline is built."""
    service = subprocess.Popen(["java", "-cp", JARS, EXPANSION, str(PORT)])
    try:
        while socket.socket().connect_ex(("127.0.0.1", PORT)):
            if service.poll() is not None:
                raise RuntimeError(f"the expansion service ended with {service.returncode}")
            time.sleep(0.2)
        yield
    finally:
        service.terminate()


if __name__ == "__main__":
    main()
