"""Puts together what routes by an encoder, where the operator named one. The module that needs torch is imported here alone.

A platform without FANAR_ROUTING__ENCODER never comes here past the first line.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.settings import Settings

if TYPE_CHECKING:
    from orchestrator.routing.encoder import SentenceEncoder
    from orchestrator.routing.fusion import EncodedOpinion

_MISSING = Bilingual(
    "FANAR_ROUTING__ENCODER needs torch and transformers: `make run EXTRAS=local` installs them.",
    "يحتاج FANAR_ROUTING__ENCODER إلى torch وtransformers: يثبّتهما الأمر `make run EXTRAS=local`.",
)


def encoder_head(data: Path) -> Path:
    """Return where the head that `fanar route fit` makes for an encoder lies below the data folder."""
    return data / "routing" / "encoder.npz"


@lru_cache(maxsize=1)
def load_encoder(source: str, *, fetch: bool = False) -> SentenceEncoder:
    """Load the encoder, once in a process. Raises ConfigurationError without the extra `local`, or without the encoder's weights."""
    try:
        from orchestrator.routing.encoder import SentenceEncoder
    except ImportError as cause:
        raise ConfigurationError(_MISSING) from cause
    return SentenceEncoder(source, fetch=fetch)


def build_opinion(settings: Settings) -> EncodedOpinion | None:
    """Return the encoder's opinion, None where no encoder is set. Raises ConfigurationError where it is set and cannot be had."""
    source = settings.routing.encoder
    if source is None:
        return None
    from orchestrator.routing.fusion import EncodedOpinion, fingerprint, load_encoder_head

    encoder = load_encoder(source)
    head = load_encoder_head(encoder_head(settings.data), fingerprint=fingerprint(source, encoder.dimensions))
    return EncodedOpinion(encoder=encoder, head=head)
