"""What cannot be run here holds together: files parse, and name what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from pipelines import cli
from pipelines.settings_file import load

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
METRIC = re.compile(r'Metrics\.\w+\("(\w+)", f?"(\w+)')


def documents(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("**/*.y*ml")), ids=lambda path: path.name)
def test_each_file_of_yaml_parses(path: Path) -> None:
    assert all(isinstance(document, dict) for document in documents(path))


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*/*.json")), ids=lambda path: path.name)
def test_each_file_of_json_parses(path: Path) -> None:
    assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict)


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*/tally.toml")), ids=str)
def test_settings_of_each_place_are_settings(path: Path) -> None:
    assert load(path, (), {"TALLY_KAFKA_PASSWORD": "x"}).feed.worker_pool.startswith("localhost:")


def test_commands_that_containers_run_are_there() -> None:
    known = set(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]
    compose = documents(DEPLOY / "single-machine" / "compose.yaml")[0]["services"].values()
    said = [str(service.get("command", "")) for service in compose]
    jobs = documents(DEPLOY / "kubernetes" / "jobs.yaml")
    said += [" ".join(job["spec"]["template"]["spec"]["containers"][0]["args"]) for job in jobs]
    run = {each.split()[1] for each in said if each.startswith("tally ")}
    assert run == {"topics", "run"}
    assert run <= known


def test_each_service_that_is_waited_for_is_there() -> None:
    services = documents(DEPLOY / "single-machine" / "compose.yaml")[0]["services"]
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert how["condition"] != "service_healthy" or "healthcheck" in services[other]


def test_addresses_in_kubernetes_are_those_of_its_services() -> None:
    services = {
        each["metadata"]["name"]
        for each in documents(DEPLOY / "kubernetes" / "beam.yaml")
        if each["kind"] == "Service"
    }
    settings = load(DEPLOY / "kubernetes" / "tally.toml", (), {"TALLY_KAFKA_PASSWORD": "x"})
    for address in (settings.feed.job_endpoint, settings.feed.expansion_service):
        assert address.partition(":")[0] in services
    [flink] = documents(DEPLOY / "kubernetes" / "flink.yaml")
    assert settings.feed.flink == f"{flink['metadata']['name']}-rest:8081"


def test_images_copy_only_what_is_sent_to_the_builder() -> None:
    sent = [
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    for file in [*DEPLOY.glob("containers/*"), DEPLOY / "dataflow" / "Dockerfile"]:
        copied = re.findall(r"^COPY (?!--from)(.*) \S+$", file.read_text(), re.M)
        for path in (each for line in copied for each in line.split()):
            assert (ROOT / path).exists(), path
            assert any(path == each or path.startswith(f"{each}/") for each in sent), path


def test_metrics_that_are_watched_are_counted() -> None:
    counted = {
        f"{namespace}_{name}"
        for folder in ("pipelines", "transforms")
        for file in (ROOT / folder).glob("**/*.py")
        for namespace, name in METRIC.findall(file.read_text(encoding="utf-8"))
    }
    watched = "".join(path.read_text() for path in (DEPLOY / "monitoring").iterdir())
    found = set(re.findall(r"flink_taskmanager_job_task_operator_(\w+)", watched))
    assert found
    for name in found - {"cross_check_opened", "cross_check_resolved"}:  # named by a variable
        assert any(name.startswith(each) for each in counted), name


def test_the_runbook_has_what_alerts_point_to() -> None:
    text = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    headings = {each.lower().replace(" ", "-") for each in re.findall(r"^## (.*)$", text, re.M)}
    [group] = documents(DEPLOY / "monitoring" / "alerts.yml")[0]["groups"]
    for rule in group["rules"]:
        assert rule["annotations"]["runbook"].removeprefix("docs/runbook.md#") in headings
