"""Samples of people's voices in the database. Knows nothing of who speaks with them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.media import NO_SUCH_VOICE, PersonalVoice, Sound, VoiceSample
from fanar.storage.engine import reading, writing
from fanar.storage.kept import VoiceRow

_V = VoiceRow
_COLUMNS: list[Any] = [getattr(_V, name) for name in PersonalVoice.__dataclass_fields__]
_TAKEN = Bilingual("You have a voice of this name.", "لديك صوت بهذا الاسم.")
_TOO_MANY = Bilingual("You have as many voices as may be kept; delete one.", "بلغت أصواتك المحفوظة حدّها الأقصى؛ احذف واحدًا.")


class SqlVoiceRepository:
    """A VoiceRepository over SQLite or Postgres that keeps at most `per_owner` of each owner."""

    def __init__(self, *, engine: Engine, per_owner: int) -> None:
        self._engine = engine
        self._per_owner = per_owner

    def add(self, voice: PersonalVoice, sample: VoiceSample) -> None:
        """Keep a new voice. Raises ConflictError where its owner has one of this name, or as many as may be."""
        own = select(func.count(), func.count().filter(_V.folded == _folded(voice.name))).where(_V.owner == voice.owner)
        with writing(self._engine) as connection:
            count, same = connection.execute(own).one()
            if same:
                raise ConflictError(_TAKEN, param="name")
            if count >= self._per_owner:
                raise ConflictError(_TOO_MANY)
            heard = {"transcript": sample.transcript, "rate": sample.sound.rate, "samples": sample.sound.samples}
            connection.execute(insert(_V).values(asdict(voice) | heard | {"folded": _folded(voice.name)}))

    def voices(self, owner: str) -> list[PersonalVoice]:
        """Return an owner's voices, in the order in which they came."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(*_COLUMNS).where(_V.owner == owner).order_by(_V.position))
            return [PersonalVoice(**row._mapping) for row in rows]

    def sample(self, name: str, *, owner: str) -> VoiceSample:
        """Return how a voice sounds. Raises NotFoundError."""
        with reading(self._engine) as connection:
            own = select(_V.samples, _V.rate, _V.transcript).where(_V.owner == owner, _V.folded == _folded(name))
            row = connection.execute(own).one_or_none()
        if row is None:
            raise NotFoundError(NO_SUCH_VOICE, param="name")
        return VoiceSample(Sound(bytes(row.samples), row.rate), row.transcript)

    def remove(self, name: str, *, owner: str) -> None:
        """Forget a voice and its sample. Raises NotFoundError."""
        with writing(self._engine) as connection:
            gone = connection.execute(delete(_V).where(_V.owner == owner, _V.folded == _folded(name))).rowcount
        if not gone:
            raise NotFoundError(NO_SUCH_VOICE, param="name")


def _folded(name: str) -> str:
    return name.casefold()
