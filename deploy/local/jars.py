"""The jars of the local stack: fetched by Maven into `.local/jars`, once per set of poms."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
JARS = ROOT / ".local" / "jars"
JAVA = 17  # the least version, of what the poms name

INSTALL_JAVA = (
    f"Install Java {JAVA} (Debian, Ubuntu: apt install openjdk-{JAVA}-jre-headless; "
    f"macOS: brew install openjdk@{JAVA}), or set JAVA_HOME."
)
INSTALL_MAVEN = "Install Maven (Debian, Ubuntu: apt install maven; macOS: brew install maven)."


class MissingToolError(Exception):
    """Java or Maven is not there, or too old; the message says what to install."""


def java() -> str:
    """The path of a `java` that is new enough. Raises MissingToolError."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home, "bin", "java")) if home else shutil.which("java")
    try:
        said = subprocess.run(
            [program or "java", "-version"], capture_output=True, text=True, check=True
        ).stderr
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingToolError(f"No Java was found. {INSTALL_JAVA}") from error
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if not found or int(found[1]) < JAVA:
        first = said.partition("\n")[0]
        raise MissingToolError(f"Java {JAVA} or newer is needed; found: {first}. {INSTALL_JAVA}")
    return program or "java"


def maven() -> str:
    """The path of `mvn`. Raises MissingToolError."""
    program = shutil.which("mvn")
    if program is None:
        raise MissingToolError(f"Maven was not found. {INSTALL_MAVEN}")
    return program


def class_path(program: str) -> str:
    """The class path of `kafka` or `flink`, fetched by Maven when it is not there yet.

    TALLY_MAVEN adds arguments for Maven, such as -Dkafka.version=4.1.0. Safe to be called by
    several processes at once. Raises MissingToolError.
    """
    arguments = shlex.split(os.environ.get("TALLY_MAVEN", ""))
    folder = JARS / _fingerprint(arguments)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _fetch(folder, arguments)
            (folder / "complete").touch()
    return str(folder / f"local-{program}" / "*")


def _fingerprint(arguments: list[str]) -> str:
    poms = sorted(HERE.glob("**/pom.xml"))
    said = b"\0".join([*(pom.read_bytes() for pom in poms), *(each.encode() for each in arguments)])
    return hashlib.sha256(said).hexdigest()[:12]


def _fetch(folder: Path, arguments: list[str]) -> None:
    output = folder / "${project.artifactId}"
    ran = subprocess.run(
        [
            maven(), "--batch-mode", "--quiet", "--file", str(HERE / "pom.xml"),
            "dependency:copy-dependencies", "-DincludeScope=runtime",
            f"-DoutputDirectory={output}", *arguments,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise MissingToolError(f"Maven could not fetch the jars:\n{ran.stdout.strip()[-2000:]}")
