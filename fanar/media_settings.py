"""The operator's choices for sound and pictures: what listens, reads aloud and draws. Read from the environment by `fanar.settings`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class SpeechSettings(BaseModel):
    """What listens to speech."""

    model_config = ConfigDict(extra="forbid")

    model: str | None = Field(
        default=None,
        description="Pulled model (`fanar models pull whisper-large-v3`), .pt file or CTranslate2 folder; needs the extra speech",
    )
    url: str | None = Field(
        default=None,
        description="Base URL of an OpenAI-compatible server that listens instead, e.g. http://127.0.0.1:8002/v1; model is its id there",
    )
    api_key: SecretStr | None = Field(default=None, description="Key for that server, if it wants one")
    answer_timeout: float = Field(default=600.0, gt=0, description="Seconds that this server may say nothing")
    engine: Literal["faster", "reference"] = Field(default="faster", description="faster-whisper, or openai-whisper itself for a .pt file")
    device: str = Field(default="cpu", description="Where the model computes: cpu or cuda")
    precision: Literal["default", "float32", "int8", "int8_float32", "float16", "int8_float16", "bfloat16"] = Field(
        default="int8", description="Precision of faster-whisper; default is the weights' own"
    )
    beam: int = Field(default=1, ge=1, le=10, description="Width of the search; 1 is greedy")
    threads: int = Field(default=0, ge=0, description="Threads that the model computes with; 0 takes one for each core")
    speech_only: bool = Field(default=True, description="Whether stretches without speech are skipped, unless a request says otherwise")
    embedder: Path | None = Field(
        default=None, description="ONNX file of a speaker embedder (wespeaker, 3D-Speaker), which tells speakers apart by voice"
    )
    same_voice: float = Field(
        default=0.5, gt=-1, lt=1, description="Likeness from which on two voices are one, as that embedder measures it"
    )
    bytes: int = Field(default=512_000_000, ge=1024, description="Largest file")
    seconds: float = Field(default=43_200.0, gt=0, description="Longest recording")
    short_seconds: float = Field(default=30.0, gt=0, description="Longest recording for Fanar-Aura-STT-1")
    channels: int = Field(default=16, ge=1, description="Most channels")
    queue: int = Field(default=32, ge=1, description="Most recordings in progress; more are answered 503 with Retry-After")
    idle_seconds: float = Field(default=900.0, ge=0, description="Seconds without work after which the weights leave memory; 0 keeps them")


class VoiceSettings(BaseModel):
    """What reads aloud: espeak-ng where the extra voice is installed, or a server of speech."""

    model_config = ConfigDict(extra="forbid")

    url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible server of speech, e.g. http://127.0.0.1:8880/v1; empty is espeak-ng"
    )
    model: str | None = Field(default=None, description="Model id to ask that server for, e.g. kokoro")
    api_key: SecretStr | None = Field(default=None, description="Key for that server, if it wants one")
    voices: dict[str, str] = Field(
        default={}, description='Our voices and what that server calls them, as JSON: {"Huda": "af_heart"}; empty passes names on'
    )
    clones: bool = Field(
        default=False,
        description="Whether that server speaks with a voice from a sample of it (ref_audio and ref_text, as vLLM-Omni takes)",
    )
    connect_timeout: float = Field(default=2.0, gt=0, description="Seconds to wait for a connection")
    answer_timeout: float = Field(default=60.0, gt=0, description="Seconds that the server may say nothing")
    queue: int = Field(default=32, ge=1, description="Most texts being read at once; more are answered 503 with Retry-After")


class ImageSettings(BaseModel):
    """What draws pictures."""

    model_config = ConfigDict(extra="forbid")

    model: str | None = Field(
        default=None, description="Pulled model (`fanar models pull oryx`) or folder of a diffusers pipeline; needs the extra image"
    )
    lora: str | None = Field(default=None, description="Pulled LoRA or its folder, laid over the model; a pulled model brings its own")
    classifier: str | None = Field(
        default=None,
        description="Image classifier that looks at what was drawn: pulled (`fanar models pull nsfw-classifier`), or its folder",
    )
    device: str = Field(default="cpu", description="Where the model computes: cpu or cuda")
    precision: Literal["float32", "bfloat16", "float16", "float8"] = Field(
        default="float32",
        description="Precision of the weights in memory; float8 keeps most in eight bits and computes in bfloat16",
    )
    offload: bool = Field(default=False, description="Whether parts of the model wait in main memory until they are needed")
    steps: int = Field(default=0, ge=0, le=100, description="Steps to a picture; 0 takes the model's own number")
    threads: int = Field(default=0, ge=0, description="Threads that the model computes with on the CPU; 0 leaves it to torch")
    batch: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Most pictures of 1024 × 1024 that are drawn together; of other sizes, as many as have no more pixels",
    )
    queue: int = Field(default=32, ge=1, description="Most pictures that wait or are drawn; more are answered 503 with Retry-After")
