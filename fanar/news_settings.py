"""How news is read and kept, and what searches the web: settings. The others are in `fanar.settings`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class NewsSettings(BaseModel):
    """How sources of news are read, which `fanar feeds` adds, and how long their articles are kept."""

    model_config = ConfigDict(extra="forbid")

    shortest_seconds: float = Field(default=30.0, ge=1, description="Seconds between two looks at a source where much happens")
    longest_seconds: float = Field(default=300.0, ge=1, description="Seconds between two looks at a source where little happens")
    days: int = Field(default=90, ge=1, description="Days after which an article is forgotten")
    articles: int = Field(default=200_000, ge=1, description="Most articles to keep; the oldest go first")
    callback: str | None = Field(
        default=None,
        description="This server's URL as hubs reach it, e.g. https://fanar.example.org, to be told of news; empty asks no hub",
    )
    search: Literal["searxng", "brave", "tavily"] | None = Field(default=None, description="What searches the web; empty searches none")
    search_url: str | None = Field(default=None, description="URL of the SearXNG server, e.g. http://127.0.0.1:8888; it may be private")
    search_key: SecretStr | None = Field(default=None, description="Key for Brave or Tavily")
