"""What `make up` and the system tests start: ready when it says so, ended for certain."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from deploy.local import __main__ as command
from deploy.local import jars, processes, services
from deploy.local.jars import MissingToolError
from deploy.local.processes import ServiceError, free_ports, known, running, start

ADDRESSES = [
    "kafka.bootstrap_servers=127.0.0.1:",
    "feed.job_endpoint=127.0.0.1:",
    "feed.expansion_service=127.0.0.1:",
    "feed.worker_pool=127.0.0.1:",
    "feed.flink=127.0.0.1:",
    "local.controller_port=",
    "local.manager_port=",
    "local.artifacts_port=",
    "local.metrics_port=",
    "local.manager_metrics_port=",
]


def listener(folder: Path, port: int, name: str = "listener") -> processes.Process:
    program = (
        "import socket, subprocess, sys, time; "
        f"s = socket.create_server(('127.0.0.1', {port})); "
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "print('ready', flush=True); time.sleep(60)"
    )
    return start(name, [sys.executable, "-c", program], folder, lambda said: "ready" in said)


def gone(number: int) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_process_ends_with_all_that_it_started(tmp_path: Path, how: str) -> None:
    [port] = free_ports(1)
    process = listener(tmp_path, port)
    [child] = process.children()
    assert process.alive()
    assert processes.is_taken(port)
    getattr(process, how)()
    assert not process.alive()
    assert gone(child)
    assert not processes.is_taken(port)


def test_what_an_earlier_run_started_is_known_and_can_be_ended(tmp_path: Path) -> None:
    [port] = free_ports(1)
    listener(tmp_path, port)
    [found] = running(tmp_path)
    found.stop()
    assert known(tmp_path) == []


def test_a_number_that_another_process_got_since_is_left_alone(tmp_path: Path) -> None:
    mine = processes.Process("mine", os.getpid(), "Thu Jan  1 00:00:00 1970", str(tmp_path / "log"))
    assert not mine.alive()
    mine.stop()


def test_what_ends_at_once_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "print('no such luck')"]
    with pytest.raises(ServiceError, match=r"(?s)oracle: ended\..*oracle.log:\nno such luck"):
        start("oracle", program, tmp_path, lambda said: False)
    assert known(tmp_path) == []


def test_what_is_never_ready_is_ended(tmp_path: Path) -> None:
    program = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(ServiceError, match=r"slow: not ready after 0 s"):
        start("slow", program, tmp_path, lambda said: False, patience=0.3)
    assert running(tmp_path) == []


def test_a_broker_that_was_killed_holds_its_topics_still(tmp_path: Path) -> None:
    ports = services.KafkaPorts(*free_ports(2))
    with services.kafka(tmp_path, ports) as broker:
        identity = (tmp_path / "kafka" / "data" / "meta.properties").read_text()
        broker.kill()
        assert not processes.is_taken(ports.clients)
    with services.kafka(tmp_path, ports):
        assert processes.is_taken(ports.clients)
        assert (tmp_path / "kafka" / "data" / "meta.properties").read_text() == identity


def test_a_cluster_of_real_processes_loses_a_worker_that_is_killed(tmp_path: Path) -> None:
    rpc, page = free_ports(2)
    with (
        services.job_manager(tmp_path, rpc, page),
        services.task_manager(tmp_path, "one", rpc, page) as one,
    ):
        one.kill()
        assert not one.alive()
        assert [process.name for process in running(tmp_path)] == ["job-manager"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 of itself")
def test_who_runs_code_is_asked_at_its_own_address_only(tmp_path: Path) -> None:
    [port] = free_ports(1)
    with services.worker_pool(tmp_path, port), socket.socket() as probe:
        assert processes.is_taken(port)
        assert probe.connect_ex(("127.0.0.2", port)) != 0


def test_the_stack_goes_up_twice_and_down_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ports = free_ports(len(ADDRESSES))
    flags = [f"--set={name}{port}" for name, port in zip(ADDRESSES, ports, strict=True)]
    try:
        assert command.main(["up", f"--folder={tmp_path}", *flags]) == 0
        numbers = {process.number for process in running(tmp_path)}
        assert len(numbers) == 6
        assert command.main(["up", f"--folder={tmp_path}", *flags]) == 0
        assert {process.number for process in running(tmp_path)} == numbers
        assert "kafka runs already" in capsys.readouterr().err
    finally:
        assert command.main(["down", f"--folder={tmp_path}"]) == 0
    assert running(tmp_path) == []
    assert not any(processes.is_taken(port) for port in ports)
    assert command.main(["down", f"--folder={tmp_path}"]) == 0


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        flag = f"--set=kafka.bootstrap_servers=127.0.0.1:{port}"
        assert command.main(["up", f"--folder={tmp_path}", flag]) == 3
    assert f"kafka: port {port} is taken by another program" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flag", "says"),
    [
        ("kafka.bootstrap_servers=broker:9092", "is broker:9092, not on this machine"),
        ("kafka.security_protocol=SSL", "the local stack is PLAINTEXT only"),
        ("kafka.bootstrap=x", "did you mean kafka.bootstrap_servers?"),
    ],
)
def test_what_cannot_be_started_here_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flag: str, says: str
) -> None:
    assert command.main(["up", f"--folder={tmp_path}", f"--set={flag}"]) == 3
    assert says in capsys.readouterr().err
    assert known(tmp_path) == []


def tool(folder: Path, name: str, says: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    path.chmod(0o755)


def test_without_java_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match=r"No Java was found. Install Java 17"):
        jars.java()


def test_a_java_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    tool(tmp_path, "java", 'openjdk version "1.8.0_392"')
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match=r'17 or newer is needed; found: .*"1.8.0_392"'):
        jars.java()


def test_without_maven_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(jars, "JARS", tmp_path / "jars")
    with pytest.raises(MissingToolError, match=r"Maven was not found. Install Maven"):
        jars.class_path("kafka")


def test_what_maven_cannot_fetch_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\necho no such artifact; exit 1\n")
    maven.chmod(0o755)
    monkeypatch.setattr(jars, "JARS", tmp_path / "jars")
    with pytest.raises(MissingToolError, match="Maven could not fetch the jars:\nno such artifact"):
        jars.class_path("kafka")
