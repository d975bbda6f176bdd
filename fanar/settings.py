"""Everything an operator can set, read once from the environment and `.env`. The only module that reads the environment.

Names start with `FANAR_`; nested ones are joined by two underscores: `FANAR_STAR__URL`. A mistyped name is refused at start.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from fanar.attribution_settings import AttributionSettings
from fanar.bilingual import Bilingual, Language
from fanar.errors import ConfigurationError, UnprocessableError
from fanar.keeping_settings import KeepingSettings
from fanar.limits.allowance import read_allowance
from fanar.media_settings import ImageSettings, SpeechSettings, VoiceSettings
from fanar.moderation.settings import ModerationSettings
from fanar.news_settings import NewsSettings

PREFIX = "FANAR_"
NESTED = "__"


class ModelSettings(BaseModel):
    """Where a language model is served, by any OpenAI-compatible server."""

    model_config = ConfigDict(extra="forbid")

    url: str | None = Field(default=None, description="Base URL of the server, e.g. http://127.0.0.1:8001/v1")
    model: str | None = Field(default=None, description="Model id to ask the server for; empty asks it which one it serves")
    api_key: SecretStr | None = Field(default=None, description="Key for the server, if it wants one")
    context_tokens: int = Field(default=4096, ge=256, description="Tokens of prompt and answer together that the model was trained for")
    connect_timeout: float = Field(default=2.0, gt=0, description="Seconds to wait for a connection")
    first_byte_timeout: float = Field(default=60.0, gt=0, description="Seconds to wait for the first byte of an answer")
    idle_timeout: float = Field(default=60.0, gt=0, description="Seconds to wait between two pieces of a streamed answer")
    answer_timeout: float = Field(default=600.0, gt=0, description="Seconds that a whole answer may take")
    concurrency: int = Field(default=8192, ge=1, description="Most requests at the server at once, for each API worker; more wait")
    queue: int = Field(default=1024, ge=0, description="Most requests that wait; more are answered 503 with Retry-After")
    queue_seconds: float = Field(default=10.0, gt=0, description="Seconds that a request may wait")


class EmbeddingSettings(BaseModel):
    """Where embeddings are served, by any OpenAI-compatible server."""

    model_config = ConfigDict(extra="forbid")

    url: str | None = Field(
        default=None, description="Base URL of the server, e.g. http://127.0.0.1:8003/v1; empty serves our own embedder"
    )
    model: str | None = Field(default=None, description="Model id to ask the server for, e.g. BAAI/bge-m3; clients name it so")
    api_key: SecretStr | None = Field(default=None, description="Key for the server, if it wants one")
    connect_timeout: float = Field(default=2.0, gt=0, description="Seconds to wait for a connection")
    answer_timeout: float = Field(default=60.0, gt=0, description="Seconds that an answer may take")


class LimitSettings(BaseModel):
    """Bounds on what a client may send."""

    model_config = ConfigDict(extra="forbid")

    body_bytes: int = Field(default=2_000_000, ge=1024, description="Largest JSON body")
    body_seconds: float = Field(default=10.0, gt=0, description="Seconds a client may take to send its body")
    messages: int = Field(default=500, ge=1, description="Most messages in a conversation")
    text_characters: int = Field(default=400_000, ge=100, description="Most characters in one text field")
    requests: int | None = Field(
        default=None, ge=0, description="Requests per key and model in a window; 0 sets no limit, empty is 50 where keys are needed, else 0"
    )
    window_seconds: int = Field(default=60, ge=1, description="Length of that window")
    daily: int = Field(default=0, ge=0, description="Requests per key and model in a day of UTC; 0 sets no quota")
    monthly: int = Field(default=0, ge=0, description="Requests per key and model in a month of UTC; 0 sets no quota")
    models: dict[str, str] = Field(
        default={}, description='Other limits for some models, as JSON: {"Fanar-C-2-27B": "10/60 500/day 5000/month"}'
    )
    streams: int = Field(default=8192, ge=1, description="Most answers in progress at once")

    @field_validator("models")
    @classmethod
    def _readable(cls, models: dict[str, str]) -> dict[str, str]:
        for text in models.values():
            try:
                read_allowance(text)
            except UnprocessableError as cause:
                raise ValueError(str(cause)) from None
        return models


class ResearchSettings(BaseModel):
    """Bounds on jobs, of deep research and of long texts to check, which are kept in the database."""

    model_config = ConfigDict(extra="forbid")

    running: int = Field(default=2, ge=1, le=64, description="Most jobs at work at once, over all workers; more wait")
    queue: int = Field(default=50, ge=1, description="Most unfinished jobs; more are answered 503 with Retry-After")
    per_key: int = Field(default=5, ge=1, description="Most unfinished jobs of one key; more are answered 429 with Retry-After")
    attempts: int = Field(default=3, ge=1, description="How often a job whose worker died is taken up before it has failed")
    days: int = Field(default=30, ge=1, description="Days after which a finished job and its report are forgotten")


class RoutingSettings(BaseModel):
    """What helps to route beside the classifier that ships."""

    model_config = ConfigDict(extra="forbid")

    encoder: str | None = Field(
        default=None,
        description="Folder or hub name of a sentence-embedding model that routes too, e.g. intfloat/multilingual-e5-small; "
        "needs the extra local, then `fanar route fit`",
    )


class Settings(BaseSettings):
    """The operator's choices. Every default makes a platform that runs on one machine without a network."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        env_file=".env",
        env_ignore_empty=True,
        dotenv_filtering="match_prefix",
        extra="forbid",
        nested_model_default_partial_update=True,
    )

    data: Path = Field(default=Path.home() / ".fanar", description="Folder of the database, the indexes and downloaded models")
    database_url: SecretStr | None = Field(default=None, description="SQLAlchemy URL of the database; empty is SQLite in the data folder")
    host: str = Field(default="127.0.0.1", description="Address to listen on; beyond loopback a key is required")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="API worker processes")
    only: Literal["gateway"] | None = Field(
        default=None, description="Serve one part alone: gateway is the language models, without retrieval and scripture"
    )
    require_key: bool | None = Field(default=None, description="Whether requests need a key; empty means: beyond loopback only")
    allowed_hosts: list[str] = Field(default=[], description="Host names clients may use besides loopback's, as a JSON list")
    allowed_origins: list[str] = Field(default=[], description="Browser origins that may call the API, as a JSON list")
    star: ModelSettings = Field(default=ModelSettings(), description="Fanar Star: Arabic-first, light")
    prime: ModelSettings = Field(default=ModelSettings(), description="Fanar Prime: reasoning, mathematics, code")
    vision: ModelSettings = Field(default=ModelSettings(), description="A model that understands images, such as Qwen2.5-VL on vLLM")
    embeddings: EmbeddingSettings = Field(default=EmbeddingSettings(), description="Embeddings of other models than our own")
    discover: bool = Field(default=True, description="Whether to look for a model server on loopback when none is set")
    hub_url: str = Field(default="https://huggingface.co", description="Hub that `fanar models pull` takes weights from")
    hub_token: SecretStr | None = Field(default=None, description="Token for weights whose owner wants to know who takes them")
    vllm_command: Path | None = Field(default=None, description="The vllm program; empty looks beside Python and in PATH")
    transformers_command: Path | None = Field(default=None, description="The transformers program; empty looks beside Python and in PATH")
    scripted_model: Path | None = Field(default=None, description="Script of the scripted model, a test double; never set it in production")
    routing: RoutingSettings = Field(default=RoutingSettings(), description="How prompts are routed")
    policy: Path | None = Field(default=None, description="Table that chooses between Star and Prime; empty is the built-in one")
    catalog: Path | None = Field(default=None, description="TOML table that renames model ids or adds some; empty leaves them as they are")
    time_zone: str | None = Field(
        default=None, description="Zone whose today people mean when they ask about the news, e.g. Asia/Qatar; empty is this machine's"
    )
    record_decisions: bool = Field(
        default=False, description="Whether each prompt's route is kept together with the prompt, for `fanar route replay` and `fit`"
    )
    decisions_kept: int = Field(default=10_000, ge=1, description="Most decisions to keep; the oldest go first")
    decisions_days: int = Field(default=30, ge=1, description="Days after which a kept decision is forgotten")
    feedback_kept: int = Field(default=1000, ge=1, description="Most feedback to keep of each key; the oldest goes first")
    blocklist: Path | None = Field(
        default=None, description="File of phrases, and of patterns between slashes, that are neither asked nor said; one a line"
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="Redis that counts requests for all workers and machines, e.g. redis://127.0.0.1:6379/0; empty counts in memory",
    )
    limits: LimitSettings = Field(default=LimitSettings(), description="Bounds on what a client may send")
    image: ImageSettings = Field(default=ImageSettings(), description="Pictures: patterns need no model")
    attribution: AttributionSettings = Field(default=AttributionSettings(), description="Checks of claims against sources")
    speech: SpeechSettings = Field(default=SpeechSettings(), description="Speech to text")
    voice: VoiceSettings = Field(default=VoiceSettings(), description="Text to speech")
    research: ResearchSettings = Field(default=ResearchSettings(), description="Deep research and other jobs: how many, how long kept")
    news: NewsSettings = Field(default=NewsSettings(), description="News: sources, and search on the web")
    keeping: KeepingSettings = Field(default=KeepingSettings(), description="Conversations and files that people keep here")
    moderation: ModerationSettings = Field(
        default=ModerationSettings(), description="What judges texts, and whether conversations are judged"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least severe log line to write")
    log_format: Literal["json", "text"] = Field(default="text", description="Form of log lines")
    otlp_endpoint: str | None = Field(default=None, description="OpenTelemetry collector for traces; empty sends none")
    base_url: str | None = Field(
        default=None, description="Server that the commands ask, as clients write it; empty is the one on this machine"
    )
    api_key: SecretStr | None = Field(default=None, description="Key that the commands send to that server")
    fetch_private_hosts: list[str] = Field(default=[], description="Private hosts the platform may fetch from, as a JSON list")

    @field_validator("time_zone")
    @classmethod
    def _on_the_map(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError("not a time zone of the IANA database")
        return zone

    @field_validator("data", "scripted_model", "policy", "catalog", "blocklist")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        # No shell has expanded what stands in .env.
        return path and path.expanduser()

    @property
    def database(self) -> str:
        """The database URL in effect."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data / 'fanar.db'}"


def load_settings() -> Settings:
    """Read the settings. Raises ConfigurationError naming each mistyped name and each wrong value, never the value itself."""
    unknown = sorted(name for name in _given_names() if not _is_known(name))
    if unknown:
        names = ", ".join(unknown)
        raise ConfigurationError(Bilingual(f"Unknown settings: {names}.", f"إعدادات غير معروفة: {names}."))
    try:
        return Settings()
    except SettingsError as cause:
        # It names the field, quoted, and not the value, which its own cause repeats.
        raise ConfigurationError(Bilingual(f"Settings that are not JSON: {cause}.", f"إعدادات ليست بصيغة JSON: {cause}.")) from None
    except ValidationError as cause:
        faults = "; ".join(f"{PREFIX}{NESTED.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in cause.errors(include_input=False))
        raise ConfigurationError(Bilingual(f"Settings that cannot be used: {faults}.", f"إعدادات غير صالحة: {faults}.")) from None


def interface_language() -> Language:
    """Return the language that the environment asks programs to speak, by gettext's rules; English when it asks for none of ours."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "C")
    # LANGUAGE is a list of preferences, which counts only where the locale is not the plain C one.
    wanted = os.environ.get("LANGUAGE", "").split(":") if locale.split(".")[0] not in ("C", "POSIX") else []
    for name in (*wanted, locale):
        match re.split(r"[_.@-]", name, maxsplit=1)[0].lower():
            case "ar":
                return "ar"
            case "en":
                return "en"
    return "en"


def example_environment() -> str:
    """Return a `.env` that names every setting with its meaning and its default, all commented out."""
    lines = ["# Every setting of Fanar, with its default. Written from fanar/settings.py; copy to .env and take the # away."]
    for name, field in Settings.model_fields.items():
        nested = _nested(field)
        if nested is None:
            lines += ["", f"# {field.description}", f"# {PREFIX}{name.upper()}={_shown(field.default)}"]
            continue
        lines += ["", f"# {field.description}"]
        for inner, inner_field in nested.model_fields.items():
            lines += [f"# {inner_field.description}", f"# {PREFIX}{name.upper()}{NESTED}{inner.upper()}={_shown(inner_field.default)}"]
    return "\n".join(lines) + "\n"


def _shown(default: object) -> str:
    if isinstance(default, Path):
        return str(default).replace(str(Path.home()), "~", 1)
    return "" if default is None else json.dumps(default).strip('"')


def _nested(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def child_environment(additions: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program that we start: ours with `additions`, without the settings, which hold keys."""
    ours = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    return ours | dict(additions)


def owner_environment(defaults: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a process of our own: ours, with those of `defaults` that the operator says nothing of."""
    return dict(defaults) | dict(os.environ)


def _given_names() -> set[str]:
    names = set(os.environ) | set(dotenv_values(".env"))
    return {name.upper() for name in names if name.upper().startswith(PREFIX)}


def _is_known(name: str) -> bool:
    head, *rest = name.removeprefix(PREFIX).lower().split(NESTED)
    field = Settings.model_fields.get(head)
    if field is None:
        return False
    if not rest:
        return True
    nested = _nested(field)
    return nested is not None and len(rest) == 1 and rest[0] in nested.model_fields
