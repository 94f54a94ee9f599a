"""Settings: complete in the example file, checked, overridden in order, passwords never shown."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
import tomli

from pipelines.errors import SettingsError
from pipelines.settings import Secret, Settings
from pipelines.settings_file import Leaf, in_toml, leaves, load

EXAMPLE = Path(__file__).parents[2] / "tally.example.toml"

Given = Callable[..., Settings]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Loads a file of this text, with these flags and this environment."""

    def settings(text: str = "", *flags: str, **environment: str) -> Settings:
        path = tmp_path / "tally.toml"
        path.write_text(text, encoding="utf-8")
        return load(path, flags, environment)

    return settings


# --- the example file -----------------------------------------------------------------------------


def test_the_example_holds_every_setting_with_its_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text == in_toml(), "tally settings > tally.example.toml writes it anew"
    assert load(EXAMPLE, (), {}) == Settings()
    told = tomli.loads(text)
    for leaf in leaves():
        table = told
        for key in leaf.path[:-1]:
            table = table[key]
        assert leaf.secret or leaf.path[-1] in table


@pytest.mark.parametrize("leaf", list(leaves()), ids=lambda leaf: leaf.name)
def test_every_setting_is_described(leaf: Leaf) -> None:
    assert leaf.description.endswith(".")


def test_what_is_printed_reads_as_what_was_set(given: Given) -> None:
    settings = given("", "topics.articles.name=presse", "kafka.bootstrap_servers=a:1,b:2")
    assert given(in_toml(settings)) == settings


# --- which goes before which ----------------------------------------------------------------------


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(environment={}) == Settings()


def test_the_file_is_tally_toml_or_what_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tally.toml").write_text("limit = 1\n")
    Path("other.toml").write_text("limit = 2\n")
    assert load(environment={}).limit == 1
    assert load(environment={"TALLY_SETTINGS": "other.toml"}).limit == 2
    with pytest.raises(SettingsError, match=r"missing.toml: no such file of settings"):
        load(environment={"TALLY_SETTINGS": "missing.toml"})


def test_flags_go_before_the_environment_and_that_before_the_file(given: Given) -> None:
    text = "[kafka]\nusername = 'file'\nsasl_mechanism = 'PLAIN'\n"
    assert given(text).kafka.username == "file"
    assert given(text, TALLY_KAFKA_USERNAME="variable").kafka.username == "variable"
    both = given(text, "kafka.username=flag", TALLY_KAFKA_USERNAME="variable")
    assert both.kafka.username == "flag"
    assert both.kafka.sasl_mechanism == "PLAIN"


def test_a_table_that_is_half_given_keeps_its_other_defaults(given: Given) -> None:
    topics = given("[topics.discrepancies]\npartitions = 3\n").topics
    assert (topics.discrepancies.partitions, topics.discrepancies.cleanup) == (3, "compact")


def test_lists_numbers_and_switches_are_read_from_text(given: Given) -> None:
    settings = given(
        "",
        "kafka.check_hostname=false",
        TALLY_KAFKA_BOOTSTRAP_SERVERS="a:9092, [::1]:9092",
        TALLY_LIMIT="1000",
    )
    assert settings.kafka.bootstrap_servers == ("a:9092", "[::1]:9092")
    assert settings.limit == 1000
    assert settings.kafka.check_hostname is False


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[kafka]\nbootstrap_server = []", r"kafka.bootstrap_server: .* mean kafka.bootstrap_"),
        ("[kafak]\n", r"kafak: no such setting; did you mean kafka\?"),
        ("partitions = 3", r"did you mean topics.articles.partitions or "),
        ("kafka = 1", r"kafka: expected a table, \[kafka\]"),
        ("[kafka]\nbootstrap_servers = ['broker']", r"bootstrap_servers: .* each HOST:PORT"),
        ("[kafka]\nbootstrap_servers = []", r"bootstrap_servers: Expected array of length >= 1"),
        ("[kafka]\nsecurity_protocol = 'ssl'", r"one of: PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL"),
        ("[topics.articles]\npartitions = 0", r"topics.articles.partitions: Expected int >= 1"),
        ("[topics.articles]\nname = 'a b'", r"topics.articles.name: "),
        ("[topics.articles]\nname = 'claims'", r"two topics have one name: "),
        ("languages = ['en', 'xx']", r"languages: 'xx' is not read; ar, .*en, .*fr"),
        ("limit = 1.5", r"limit: Expected int, got float"),
        ("limit 3", r"not TOML: "),
        ("[kafka]\npassword = 'x'", r"kafka.password: passwords do not belong here; set TALLY_K"),
        ("[kafka]\nsecurity_protocol = 'SASL_SSL'", r"kafka.sasl_mechanism is needed"),
        (
            "[kafka]\nsecurity_protocol = 'SASL_SSL'\nsasl_mechanism = 'PLAIN'",
            r"kafka.username is needed with PLAIN",
        ),
        (
            "[kafka]\nsecurity_protocol = 'SASL_SSL'\nsasl_mechanism = 'OAUTHBEARER'",
            r"kafka.oauth_token_url is needed",
        ),
        ("[kafka]\nkey_file = 'k.pem'", r"both or neither"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_clear_words(given: Given, text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        given(text)


@pytest.mark.parametrize(
    ("flag", "says"),
    [
        ("kafka.usrname=x", r"--set kafka.usrname: no such setting; did you mean kafka.username\?"),
        ("kafka.username", r"--set kafka.username: expected NAME=VALUE"),
        ("kafka.password=x", r"--set kafka.password: passwords do not belong here"),
        ("limit=many", r"--set limit: Expected int"),
        ("limit=0", r"--set limit: Expected int >= 1"),
    ],
)
def test_a_flag_that_cannot_be_is_refused(given: Given, flag: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        given("", flag)


def test_a_variable_that_cannot_be_is_named(given: Given) -> None:
    with pytest.raises(SettingsError, match=r"^TALLY_LIMIT: Expected int"):
        given(TALLY_LIMIT="many")


def test_a_variable_that_is_nearly_a_setting_is_told(given: Given) -> None:
    with structlog.testing.capture_logs() as said:
        given(TALLY_KAFKA_USERNAM="x", TALLY_SERVICE_HOST="10.0.0.1", TALLY_MAVEN="-o")
    assert [each["did_you_mean"] for each in said] == ["TALLY_KAFKA_USERNAME"]


# --- passwords ------------------------------------------------------------------------------------


def test_a_password_is_shown_nowhere(given: Given) -> None:
    password = "correct horse"
    settings = given(TALLY_KAFKA_PASSWORD=password, TALLY_KAFKA_KEY_PASSWORD=password)
    assert settings.kafka.password == Secret(password)
    assert settings.kafka.password is not None
    assert settings.kafka.password.reveal() == password
    for shown in (repr(settings), str(settings), f"{settings.kafka.password}", in_toml(settings)):
        assert password not in shown
        assert "correct" not in shown


def test_a_password_goes_with_the_job_to_its_workers(given: Given) -> None:
    settings = given(TALLY_KAFKA_PASSWORD="x")
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_a_wrong_setting_never_shows_a_password(given: Given) -> None:
    with pytest.raises(SettingsError) as raised:
        given("[kafka]\nsecurity_protocol = 'SASL_SSL'", TALLY_KAFKA_PASSWORD="correct horse")
    assert "correct" not in str(raised.value)
