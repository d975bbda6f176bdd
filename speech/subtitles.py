"""Transcripts as subtitles that players show as they should: SubRip and WebVTT. Knows nothing of models.

Cues do not overlap and hold at most two lines of 42 columns for at most seven seconds; a longer segment becomes several cues, timed by its
words where they are timed, else by how much of the text each one holds. Lines whose order on the screen would be left to the player, which
takes them for left-to-right, say their direction themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from fanar.media import Segment
from speech.lines import directed, lines, plain, width

LINE = 42  # columns
LINES = 2  # of a cue
LONGEST = 7.0  # seconds of a cue

_SHORTEST = 0.2  # seconds; cues that would be shorter for the sake of the next one are shown together with it
_PAUSE = 1.0  # seconds between words after which a new cue begins
_TAG = re.compile(r"<(?=[A-Za-z/])|\{(?=\\)|--(?=>)")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `start` to `end`, in seconds: who speaks, if that is known, and what is said, one text for each at once."""

    start: float
    end: float
    speaker: str | None
    texts: tuple[str, ...]


class _Timed(NamedTuple):
    """Words that stay on one line, and when they are said, in seconds."""

    text: str
    start: float
    end: float


def to_srt(segments: Iterable[Segment]) -> str:
    """Return SubRip. It knows no escapes, so what a player could take for a tag or a time is broken by a mark that is not seen."""
    blocks = []
    for number, cue in enumerate(cues(segments), 1):
        shown = "\n".join(directed(_TAG.sub("\\g<0>\u2060", line)) for line in _shown(cue))
        blocks.append(f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{shown}\n")
    return "\n".join(blocks)


def to_vtt(segments: Iterable[Segment]) -> str:
    """Return WebVTT, in which a known speaker is named by a voice tag."""
    blocks = ["WEBVTT\n"]
    for cue in cues(segments):
        shown = "\n".join(directed(line).translate(_MARKUP) for line in _shown(cue))
        voice = f"<v {_name(cue.speaker)}>" if cue.speaker else ""
        blocks.append(f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{voice}{shown}\n")
    return "\n".join(blocks)


def cues(segments: Iterable[Segment]) -> list[Cue]:
    """Return what is shown when, in order, nothing over anything else."""
    found = sorted((cue for segment in segments for cue in _split(segment)), key=lambda cue: (cue.start, cue.end))
    apart: list[Cue] = []
    for cue in found:
        before = apart[-1] if apart else None
        if before is None or cue.start >= before.end:
            apart.append(cue)
        elif cue.start - before.start >= _SHORTEST:
            apart[-1] = replace(before, end=cue.start)
            apart.append(cue)
        else:
            speaker = before.speaker if before.speaker == cue.speaker else None
            apart[-1] = Cue(before.start, max(before.end, cue.end), speaker, before.texts + cue.texts)
    return apart


def _split(segment: Segment) -> Iterator[Cue]:
    """Yield the cues of a segment, which follow each other."""
    for piece in _pieces(_timed_words(segment)):
        text = " ".join(each.text for each in piece)
        start, end = round(piece[0].start, 3), round(piece[-1].end, 3)
        yield Cue(start, max(end, start + 0.001), segment.speaker, (text,))


def _pieces(words: Sequence[_Timed]) -> Iterator[list[_Timed]]:
    piece: list[_Timed] = []
    for word in words:
        if piece and not _goes_on(piece, word):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _goes_on(piece: Sequence[_Timed], word: _Timed) -> bool:
    """Whether a word still belongs to the cue: it fits, it does not come too late, and there was no pause before it."""
    text = " ".join(each.text for each in (*piece, word))
    return len(lines(text, LINE)) <= LINES and word.end - piece[0].start <= LONGEST and word.start - piece[-1].end <= _PAUSE


def _timed_words(segment: Segment) -> list[_Timed]:
    """Return the words with their times; words without spaces between them, as models write them, are joined."""
    if not segment.words:
        return _broken(plain(segment.text), segment.start, max(segment.end, segment.start))
    joined: list[_Timed] = []
    for word in segment.words:
        text = plain(word.text)
        if not text:
            continue
        if joined and not word.text[:1].isspace():
            before = joined.pop()
            text, start = before.text + text, before.start
        else:
            start = max(word.start, joined[-1].end if joined else word.start)
        joined += _broken(text, start, max(word.end, start))
    return joined


def _broken(text: str, start: float, end: float) -> list[_Timed]:
    """Return the parts of a text that have to stay together, each with its share of the time."""
    parts = [part for word in text.split() for part in lines(word, LINE)]
    weights = [width(part) + 1 for part in parts]
    places = [start]
    for weight in weights:
        places.append(places[-1] + (end - start) * weight / sum(weights))
    return [_Timed(part, first, last) for part, (first, last) in zip(parts, pairwise(places), strict=True)]


def _shown(cue: Cue) -> list[str]:
    """Return the lines of a cue; those who speak at once are set apart by a dash."""
    if len(cue.texts) == 1:
        return lines(cue.texts[0], LINE, balanced=True)
    return [line for text in cue.texts for line in lines(f"- {text}", LINE, balanced=True)]


def _name(speaker: str) -> str:
    return plain(speaker).translate(_MARKUP)


def _clock(seconds: float, mark: str) -> str:
    whole, thousandths = divmod(round(max(seconds, 0.0) * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{thousandths:03}"
