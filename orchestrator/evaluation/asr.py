"""Measures how well speech is written down: recordings whose words are known, against what a platform hears in them.

Errors are counted strictly, as texts are written, and as the Arabic leaderboard counts them. It measures what was recorded and nothing
else: clips of single words say nothing of conversation, and a model may have learned from public recordings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from orchestrator.evaluation.asking import Answered, Json, Report, ask_all
from orchestrator.evaluation.reading import misread, read_table
from orchestrator.evaluation.report import Evaluation, Measure, latencies, share
from speech.scoring import Score, character_errors, leaderboard, strict, word_errors

FORM = '`path<TAB>text`, or JSON with "path" and "text"'
_MARK = "%"
_NO_CLIP = Bilingual(
    "Line {number} names a recording that is not there; paths are read from the folder of the list.",
    "يسمّي السطر {number} تسجيلًا غير موجود؛ تُقرأ المسارات من مجلد القائمة.",
)
_LIMITS = Bilingual(
    "Counted over all words of all recordings; the recordings say nothing of speech unlike theirs, and a model may have learned from them.",
    "عدٌّ على كل كلمات التسجيلات؛ لا تقول التسجيلات شيئًا عن كلام لا يشبهها، وقد يكون النموذج تعلّم منها.",
)


class Listener(Protocol):
    """What writes speech down. Raises FanarError for what it refuses."""

    async def transcribe(self, recording: Path, *, language: str | None) -> Json:
        """Return what is said in a recording: an object with its `text`."""
        ...


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording and what is said in it: nothing, when the text is empty. `kind` tells recordings of one sort apart from others."""

    path: Path
    text: str
    language: str | None = None
    kind: str = ""


def read_clips(path: Path) -> list[Clip]:
    """Read a list of recordings, JSON by line or a table. Raises NotFoundError, UnprocessableError."""
    return [_clip(path.absolute().parent, number, columns) for number, columns in read_table(path)]


async def evaluate_asr(listener: Listener, clips: Sequence[Clip], *, data: str, model: str, report: Report) -> Evaluation:
    """Have each recording written down, one after the other, and count what is wrong. `model` is what really listens."""

    async def ask(clip: Clip) -> Json:
        """Ask for one."""
        return await listener.transcribe(clip.path, language=clip.language)

    answered = await ask_all(clips, ask, at_once=1, report=report)
    spoken = [each for each in answered if each.case.text]
    silent = [each for each in answered if not each.case.text]
    kinds = list(dict.fromkeys(each.case.kind for each in spoken))
    measures = [*_rates(spoken), *(_rate_of(kind, spoken) for kind in kinds if len(kinds) > 1)]
    if silent:
        heard = share([bool(strict(each.answer["text"])) for each in silent])
        measures.append(
            Measure(
                Bilingual("recordings without speech in which words were heard", "تسجيلات بلا كلام سُمعت فيها كلمات"), heard, len(silent)
            )
        )
    return Evaluation("asr", data, (*measures, *latencies([each.seconds for each in answered])), (_LIMITS,), (model,))


def _rates(spoken: Sequence[Answered[Clip]]) -> tuple[Measure, ...]:
    return (
        _rate(Bilingual("word error rate (WER), strict", "نسبة خطأ الكلمات، كما كُتبت"), spoken, word_errors, strict),
        _rate(Bilingual("character error rate (CER), strict", "نسبة خطأ الحروف، كما كُتبت"), spoken, character_errors, strict),
        _rate(Bilingual("WER as the leaderboard counts", "خطأ الكلمات بطريقة لوحة الصدارة"), spoken, word_errors, leaderboard),
        _rate(Bilingual("CER as the leaderboard counts", "خطأ الحروف بطريقة لوحة الصدارة"), spoken, character_errors, leaderboard),
        Measure(
            Bilingual("recordings without an error, as the leaderboard counts", "تسجيلات بلا خطأ بطريقة لوحة الصدارة"),
            share([_errors(each, word_errors, leaderboard).errors == 0 for each in spoken]),
            len(spoken),
        ),
    )


def _rate_of(kind: str, spoken: Sequence[Answered[Clip]]) -> Measure:
    name = Bilingual(f"WER as the leaderboard counts, {kind}", f"خطأ الكلمات بطريقة لوحة الصدارة، {kind}")
    return _rate(name, [each for each in spoken if each.case.kind == kind], word_errors, leaderboard)


def _rate(name: Bilingual, spoken: Sequence[Answered[Clip]], count: Callable[..., Score], normalizer: Callable[[str], str]) -> Measure:
    """Return errors in a hundred, and among how many recordings."""
    rate = sum((_errors(each, count, normalizer) for each in spoken), Score()).rate
    return Measure(name, None if rate is None else 100 * rate, len(spoken), _MARK)


def _errors(each: Answered[Clip], count: Callable[..., Score], normalizer: Callable[[str], str]) -> Score:
    return count(each.case.text, each.answer["text"], normalizer=normalizer)


def _clip(folder: Path, number: int, columns: list[str]) -> Clip:
    found = _from_json("\t".join(columns), number) if columns[0].lstrip().startswith("{") else _from_table(columns, number)
    path = folder / found["path"]
    if not path.is_file():
        raise NotFoundError(_NO_CLIP.format(number=number))
    return Clip(path, strict(found["text"]), found.get("lang") or None, found.get("kind", ""))


def _from_json(line: str, number: int) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except ValueError as cause:
        raise misread(number, FORM) from cause
    if not all(isinstance(read.get(name, ""), str) for name in ("path", "text", "lang", "kind")) or not {"path", "text"} <= read.keys():
        raise misread(number, FORM)
    return dict(read)


def _from_table(columns: list[str], number: int) -> dict[str, Any]:
    if len(columns) < 2 or not columns[0].strip():
        raise misread(number, FORM)
    return {"path": columns[0].strip(), "text": columns[1]}
