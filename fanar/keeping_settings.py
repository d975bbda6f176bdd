"""How much is kept of what people make and hand in: the settings of conversations, files and voices. The others are in `fanar.settings`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class KeepingSettings(BaseModel):
    """How much is kept of one owner: of a key, or of a browser profile where none is needed."""

    model_config = ConfigDict(extra="forbid")

    conversations: int = Field(default=2_000, ge=1, description="Most conversations of one owner")
    files: int = Field(default=200, ge=1, description="Most files of one owner")
    file_bytes: int = Field(default=25_000_000, ge=1024, description="Largest file")
    bytes: int = Field(default=500_000_000, ge=1024, description="Bytes of all files of one owner together")
    read_seconds: float = Field(default=120.0, gt=0, description="Seconds that reading one file may take")
    read_memory: int = Field(default=2_000_000_000, ge=256_000_000, description="Bytes of memory that reading one file may take")
    voices: int = Field(default=20, ge=0, description="Most personal voices of one owner; 0 takes none in")
