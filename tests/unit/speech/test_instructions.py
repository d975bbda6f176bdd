"""Which instructions CTranslate2 is told to use, by what the processor says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from speech.instructions import computing

WIDE = "fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl"
FACTS = "processor\t: 0\nmodel name\t: a processor\nflags\t\t: {flags}\nbugs\t\t:\n"


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (f"{WIDE} avx512_vbmi2", {"CT2_FORCE_CPU_ISA": "AVX512"}),
        (WIDE, {}),
        ("fpu avx2 avx512f avx512_vbmi2", {}),
        ("fpu avx2", {}),
    ],
)
def test_wide_registers_are_used_where_all_of_them_are_there_and_none_slows_down(tmp_path: Path, flags: str, told: dict[str, str]) -> None:
    facts = tmp_path / "cpuinfo"
    facts.write_text(FACTS.format(flags=flags), encoding="utf-8")
    assert computing(facts) == told


def test_a_system_that_says_nothing_of_its_processor_is_left_alone(tmp_path: Path) -> None:
    assert computing(tmp_path / "none") == {}
