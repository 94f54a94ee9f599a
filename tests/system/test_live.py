"""`make live`: from nothing to an alert in the terminal, and nothing left running after Ctrl-C."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

from deploy.local.processes import free_ports, known
from tests.deploy.test_local import ADDRESSES

PATIENCE = 240  # seconds


def test_samples_are_published_and_an_alert_is_shown_until_ctrl_c(tmp_path: Path) -> None:
    environment = {}
    for address, port in zip(ADDRESSES, free_ports(len(ADDRESSES)), strict=True):
        name, _, host = address.partition("=")
        environment["TALLY_" + name.replace(".", "_").upper()] = f"{host}{port}"
    live = subprocess.Popen(
        [sys.executable, "-m", "deploy.local.live", f"--folder={tmp_path}"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **environment}, start_new_session=True,
    )  # fmt: skip
    try:
        assert live.stdout is not None
        said = first_line(live, time.monotonic() + PATIENCE)
        assert re.fullmatch(r"\d\d:\d\d:\d\d new\n", said)
        assert "differ" in live.stdout.readline()
    finally:
        os.killpg(live.pid, signal.SIGINT)  # as a terminal does
        _, err = live.communicate(timeout=90)
    assert live.returncode == 0, err
    assert "Traceback" not in err
    assert known(tmp_path) == []


def first_line(process: subprocess.Popen[str], end: float) -> str:
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        assert selector.select(max(0, end - time.monotonic())), "nothing was shown"
    return process.stdout.readline()
