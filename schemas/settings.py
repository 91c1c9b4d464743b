"""One frozen Settings: the TOML file, then `NEWSWATCH__SECTION__KEY` variables; unknown keys are refused."""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from schemas.errors import BadFile, Problem
from schemas.files import Lines, problem, read_text
from schemas.toml_lines import fault_line, toml_lines
from schemas.variables import PREFIX, listed, variable_of, wrong_variables


class Section(BaseModel):
    """A table of the settings file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(listed)]
"""Texts; in a variable a JSON list, or with commas between."""


class Network(Section):
    """How newswatch shows itself, and whom it may ask."""

    user_agent: str = "newswatch/0.1"
    contact: str = Field(default="", description="A mail address or page that the User-Agent carries.")
    timeout_s: float = Field(default=20.0, gt=0, description="Seconds for one whole request, redirects included.")
    allow: Listed = Field(default=(), description="Private networks (CIDR) that may be asked all the same.")
    allow_hosts: Listed = Field(default=(), description="Hosts, by name, that may be asked wherever they lead.")
    per_host_delay_s: float = Field(
        default=1.0,
        ge=0,
        description="Least seconds between two requests to one host, unless `allow` holds it.",
    )


class Feeds(Section):
    """Polling."""

    concurrency: int = Field(default=64, ge=1, le=256, description="Hosts asked at once; most of the time they wait.")
    max_bytes: int = Field(default=10_000_000, ge=1_000)
    shortest_s: float = Field(default=300.0, gt=0, description="A feed is due again after so many seconds at least.")
    longest_s: float = Field(default=14_400.0, gt=0, description="A feed that answers is due again by then.")


class Articles(Section):
    """Pages and their text."""

    concurrency: int = Field(default=16, ge=1, le=256)
    max_bytes: int = Field(default=5_000_000, ge=1_000)
    max_chars: int = Field(default=200_000, ge=1_000)


class Language(Section):
    """Reading."""

    model: str = Field(default="auto", description="A spaCy package or path; auto: the best one installed.")
    processes: int = Field(default=0, ge=0, description="Reading processes; 0: one a core.")


class Copies(Section):
    """The same story in several outlets."""

    keep_days: float = Field(default=7.0, gt=0, description="So long after a story began, copies of it are known.")


class Index(Section):
    """Where records go."""

    url: str = "sqlite:///newswatch.db"
    prefix: str = Field(default="newswatch", pattern=r"^[a-z][a-z0-9_-]*$")
    batch: int = Field(default=50, ge=1, le=1000, description="Articles in one write.")
    username: str = ""
    password: SecretStr = SecretStr("")
    password_file: str = ""
    api_key: SecretStr = SecretStr("")
    api_key_file: str = ""
    bearer_token: SecretStr = SecretStr("")
    bearer_token_file: str = ""
    ca_certs: str = ""
    client_cert: str = ""
    client_key: str = ""


class Ledger(Section):
    """What must be remembered between passes."""

    url: str = Field(default="", description="sqlite:///PATH, or an Elasticsearch; empty: beside the embedded index.")
    keep_days: int = Field(default=90, ge=7, description="`watch` forgets older entries that no feed lists any more.")


class WebSub(Section):
    """Pushes from hubs, to `newswatch watch`."""

    callback: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="The public address below which /websub/ leads to the watch's endpoint; empty: no hub is asked.",
    )


class Archive(Section):
    """What was fetched."""

    folder: str = Field(default="", description="Every answer of the web is kept there, as WARC; empty: none is.")


class Failures(Section):
    """What could not pass."""

    file: str = Field(default="newswatch-failures.jsonl", description="Every failure, a line of JSON each.")


class Settings(BaseSettings):
    """All that can be set; docs/reference.md lists it."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )

    network: Network = Network()
    feeds: Feeds = Feeds()
    articles: Articles = Articles()
    language: Language = Language()
    copies: Copies = Copies()
    index: Index = Index()
    ledger: Ledger = Ledger()
    websub: WebSub = WebSub()
    archive: Archive = Archive()
    failures: Failures = Failures()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return arguments first, then variables, then the TOML file."""
        del dotenv_settings, file_secret_settings  # neither is a source of ours
        toml = settings_cls.model_config.get("toml_file")
        sources: tuple[PydanticBaseSettingsSource, ...] = (init_settings, env_settings)
        return (*sources, TomlConfigSettingsSource(settings_cls, toml)) if toml else sources


def load(path: Path | None = None, **overrides: Any) -> Settings:
    """Return the settings of that TOML file and the variables; raises BadFile with the key or variable at fault."""
    if path is not None and not path.is_file():
        raise BadFile([Problem(str(path), 0, "no such file")])

    class _FromFile(Settings):
        model_config = SettingsConfigDict(**{**Settings.model_config, "toml_file": path})

    if wrong := wrong_variables(os.environ, Settings):
        raise BadFile(wrong)
    try:
        found = _FromFile(**overrides)
    except ValidationError as e:
        lines = toml_lines(read_text(path)) if path else {}
        raise BadFile([_problem(error, path, lines) for error in e.errors()]) from None
    except SettingsError as e:  # a ValueError, but not the file's
        raise BadFile([Problem(f"{PREFIX} variables", 0, str(e))]) from None
    except ValueError as e:  # tomllib's own error, with line and column in its message
        raise BadFile([Problem(str(path), fault_line(str(e)), f"not TOML: {e}")]) from None
    return Settings.model_construct(**dict(found))


def _problem(error: ErrorDetails, path: Path | None, lines: Lines) -> Problem:
    """Return the error as of the variable that gave the value, or else of the file."""
    variable = variable_of(error["loc"], os.environ)
    return problem(error, {} if variable else lines, variable or (str(path) if path else "settings"), Settings)
