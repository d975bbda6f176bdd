"""Which of a processor's instructions CTranslate2 is to use. Knows nothing of models."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_NEEDED = frozenset(("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"))
_COOL = "avx512_vbmi2"  # what has this one too does not slow down for wide registers, as the first processors with AVX-512 did


def computing(facts: Path = Path("/proc/cpuinfo")) -> Mapping[str, str]:
    """Return the environment in which CTranslate2 uses registers of 512 bits: by itself it never does."""
    flags: set[str] = set()
    with suppress(OSError):
        flags.update(
            *(line.partition(":")[2].split() for line in facts.read_text(encoding="utf-8").splitlines() if line.startswith("flags"))
        )
    return {"CT2_FORCE_CPU_ISA": "AVX512"} if flags >= _NEEDED | {_COOL} else {}
