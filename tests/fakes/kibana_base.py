"""What all saved objects of Kibana share, restated from its published schemas as strict models."""

# ruff: noqa: N815 - the names are Kibana's
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Reference(Strict):
    type: Literal["index-pattern", "search", "lens", "dashboard"]
    id: Text
    name: Text


class Kql(Strict):
    query: str
    language: Literal["kuery"]


class Envelope(Strict):
    """8.8.0 is the core's last version in 8.19 and 9.x."""

    id: Text
    coreMigrationVersion: Literal["8.8.0"]
    managed: bool
    references: list[Reference]
