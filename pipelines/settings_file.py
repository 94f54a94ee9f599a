"""Settings from tally.toml, the environment and flags; a later one of these goes before an earlier.

A setting is named by its path in the file, as `kafka.bootstrap_servers`; its variable is
TALLY_KAFKA_BOOTSTRAP_SERVERS. Lists are written with commas there. Passwords come only from the
environment or from files of their own.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec
import structlog
import tomli

from pipelines.errors import SettingsError
from pipelines.settings import Secret, Settings
from transforms.languages.load import LANGUAGES

FILE = "tally.toml"
PREFIX = "TALLY_"
NO_SETTINGS = ("TALLY_SETTINGS", "TALLY_MAVEN")  # variables that are no setting

log = structlog.get_logger("settings")


class Leaf(NamedTuple):
    """One setting."""

    path: tuple[str, ...]
    type: Any
    value: Any
    description: str

    @property
    def name(self) -> str:
        """As it is written in a message or a flag."""
        return ".".join(self.path)

    @property
    def variable(self) -> str:
        """Its variable of the environment."""
        return PREFIX + "_".join(self.path).upper()

    @property
    def secret(self) -> bool:
        """Whether it is a password."""
        return Secret in get_args(self.type)


def leaves(table: Any = None, above: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """All settings with the values they have in `table`, by default those of Settings()."""
    table = Settings() if table is None else table
    fields = msgspec.structs.fields(type(table))
    for field in fields:
        value, path = getattr(table, field.name), (*above, field.name)
        if isinstance(value, msgspec.Struct):
            yield from leaves(value, path)
        else:
            yield Leaf(path, _plain(field.type), value, _description(field.type))


def load(
    file: Path | None = None,
    flags: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force.

    `file` is by default $TALLY_SETTINGS, else tally.toml in this folder when it is there; `flags`
    are NAME=VALUE. Raises SettingsError for what is no setting or cannot be its value, naming
    where it stands, what was expected, and what may have been meant.
    """
    environment = os.environ if environment is None else environment
    known = {leaf.name: leaf for leaf in leaves()}
    told = msgspec.to_builtins(Settings())
    path = file or Path(environment.get("TALLY_SETTINGS") or FILE)
    if path.exists() or file or environment.get("TALLY_SETTINGS"):
        _merge(told, _read(path, known))
    for leaf in known.values():
        if text := environment.get(leaf.variable):
            _put(told, leaf, text, leaf.variable)
    _warn_of_misspelt(environment, known)
    for flag in flags:
        name, equals, text = flag.partition("=")
        if name not in known or not equals or known[name].secret:
            raise SettingsError(f"--set {name}: {_not_settable(name, known)}")
        _put(told, known[name], text, f"--set {name}")
    settings: Settings = _convert(told, Settings, str(path), known)
    _check(settings)
    return _with_password(settings)


def _with_password(settings: Settings) -> Settings:
    path = settings.kafka.password_file
    if not path or settings.kafka.password:
        return settings
    try:
        password = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        raise SettingsError(f"kafka.password_file: {path}: {why}") from error
    kafka = msgspec.structs.replace(settings.kafka, password=Secret(password))
    return msgspec.structs.replace(settings, kafka=kafka)


def _read(path: Path, known: Mapping[str, Leaf]) -> dict[str, Any]:
    try:
        told = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: no such file of settings") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not TOML: {error}") from error
    wrong = [f"{path}: {name}: {why}" for name, why in _wrong_names(told, known)]
    if wrong:
        raise SettingsError("\n".join(wrong))
    _convert(_merged(told), Settings, str(path), known)
    return told


def _wrong_names(
    told: Mapping[str, Any], known: Mapping[str, Leaf], above: str = ""
) -> Iterator[tuple[str, str]]:
    for key, value in told.items():
        name = above + key
        if name in known:
            if known[name].secret:
                yield name, _only_from(known[name])
        elif any(each.startswith(name + ".") for each in known):
            if isinstance(value, dict):
                yield from _wrong_names(value, known, name + ".")
            else:
                yield name, f"expected a table, [{name}]"
        else:
            yield name, "no such setting" + _meant(name, known)


def _not_settable(name: str, known: Mapping[str, Leaf]) -> str:
    if name not in known:
        return "no such setting" + _meant(name, known)
    return _only_from(known[name]) if known[name].secret else "expected NAME=VALUE"


def _only_from(leaf: Leaf) -> str:
    return f"passwords do not belong here; set {leaf.variable} in the environment" + (
        " or name a file with kafka.password_file" if leaf.path[-1] == "password" else ""
    )


def _meant(name: str, known: Mapping[str, Leaf]) -> str:
    """Near names, of settings and tables; else those with the same last word."""
    tables = {each.rpartition(".")[0] for each in known} | {"topics"}
    near = difflib.get_close_matches(name, [*known, *tables], 1, 0.7)
    last = name.rpartition(".")[2]
    near = near or [each for each in known if each.rpartition(".")[2] == last]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _warn_of_misspelt(environment: Mapping[str, str], known: Mapping[str, Leaf]) -> None:
    variables = [leaf.variable for leaf in known.values()]
    for name in environment:
        if name.startswith(PREFIX) and name not in (*variables, *NO_SETTINGS):
            near = difflib.get_close_matches(name, variables, 1, 0.85)
            if near:
                log.warning("no such setting", variable=name, did_you_mean=near[0])


def _put(told: dict[str, Any], leaf: Leaf, text: str, where: str) -> None:
    value: Any = text
    if get_origin(leaf.type) is tuple:
        value = [part.strip() for part in text.split(",") if part.strip()]
    elif not leaf.secret:
        value = _convert(text, leaf.type, where, {"": leaf}, strict=False)
    table = told
    for key in leaf.path[:-1]:
        table = table[key]
    table[leaf.path[-1]] = value
    _convert(told, Settings, where, {leaf.name: leaf})


def _convert(
    told: Any, kind: Any, where: str, known: Mapping[str, Leaf], strict: bool = True
) -> Any:
    try:
        return msgspec.convert(told, kind, strict=strict, dec_hook=_secret)
    except msgspec.ValidationError as error:
        why, _, at = str(error).partition(" - at `$")
        name = re.sub(r"\[.*|`$", "", at).lstrip(".")
        leaf = known.get(name)
        said = f"{where}: {name}: " if name and not where.endswith(name) else f"{where}: "
        raise SettingsError(said + _in_words(why.rstrip("`"), leaf)) from error


def _in_words(why: str, leaf: Leaf | None) -> str:
    if leaf is None:
        return why
    if choices := _choices(leaf.type):
        why += f"; one of: {', '.join(choices)}"
    why = re.sub(r" matching regex .*", " of another form", why).replace("`", "")
    return f"{why}. {leaf.description}"


def _secret(kind: type, value: object) -> object:
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    raise NotImplementedError


def _check(settings: Settings) -> None:
    """What one setting asks of another. Raises SettingsError."""
    for language in settings.languages:
        if language not in LANGUAGES:
            raise SettingsError(f"languages: {language!r} is not read; {', '.join(LANGUAGES)} are")
    kafka = settings.kafka
    sasl = kafka.security_protocol.startswith("SASL_")
    if sasl and not kafka.sasl_mechanism:
        raise SettingsError(f"kafka.sasl_mechanism is needed with {kafka.security_protocol}")
    if sasl and kafka.sasl_mechanism != "OAUTHBEARER" and not kafka.username:
        raise SettingsError(f"kafka.username is needed with {kafka.sasl_mechanism}")
    if sasl and kafka.sasl_mechanism == "OAUTHBEARER" and not kafka.oauth_token_url:
        raise SettingsError("kafka.oauth_token_url is needed with OAUTHBEARER")
    if bool(kafka.certificate_file) != bool(kafka.key_file):
        raise SettingsError("kafka.certificate_file and kafka.key_file are needed both or neither")
    names = [each.name for each in msgspec.structs.astuple(settings.topics)]
    if len(set(names)) < len(names):
        raise SettingsError(f"two topics have one name: {', '.join(sorted(names))}")


def in_toml(settings: Settings | None = None) -> str:
    """All settings as a tally.toml, each with its variable, value and, once, its description."""
    lines = list(_HEAD)
    table: tuple[str, ...] = ()
    described: set[str] = set()
    for leaf in leaves(settings):
        if leaf.path[:-1] != table:
            table = leaf.path[:-1]
            lines += ["", *_comment(_of_table(table)), f"[{'.'.join(table)}]"]
        said = leaf.path[-1] + leaf.description
        if said not in described:
            lines += ["", *_described(leaf)]
        described.add(said)
        if not leaf.secret:
            value = json.dumps(msgspec.to_builtins(leaf.value), ensure_ascii=False)
            lines += [f"{leaf.path[-1]} = {value}"]
    return "\n".join(lines) + "\n"


def _described(leaf: Leaf) -> list[str]:
    lines = _comment(leaf.description)
    if choices := _choices(leaf.type):
        lines += _comment("One of: " + ", ".join(each or '""' for each in choices))
    return [*lines, f"# {leaf.path[-1]}: only from {leaf.variable}"] if leaf.secret else lines


_HEAD = (
    "# Every setting of Tally with its default value. Keep in your tally.toml what differs.",
    "# Each can be overridden by the environment (kafka.username by TALLY_KAFKA_USERNAME) and by a",
    "# flag (--set kafka.username=tally).",
)


def _of_table(path: tuple[str, ...]) -> str:
    kind: Any = Settings
    said = ""
    for key in path:
        kind = next(each.type for each in msgspec.structs.fields(_plain(kind)) if each.name == key)
        said = _description(kind)
    return said


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, 98, initial_indent="# ", subsequent_indent="# ")


def _plain(kind: Any) -> Any:
    """A type without its annotations."""
    return kind.__origin__ if hasattr(kind, "__metadata__") else kind


def _description(kind: Any) -> str:
    marks = getattr(kind, "__metadata__", ())
    return next((mark.description for mark in reversed(marks) if mark.description), "")


def _choices(kind: Any) -> tuple[str, ...]:
    return get_args(kind) if get_origin(kind) is Literal else ()


def _merged(told: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = msgspec.to_builtins(Settings())
    _merge(whole, told)
    return whole


def _merge(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict):
            _merge(under[key], value)
        else:
            under[key] = value
