"""Listens to a recording window by window and writes down what is said, as Whisper's authors do it. Knows nothing of files or engines.

Nothing is lost at the edges of windows: the next one begins where the last segment ended that was certainly complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fanar.media import Segment, TranscriptionOptions, Word
from speech.engine import Decoded, Draft, Encoded, Engine, Script
from speech.guards import MOST_REPEATS, TEMPERATURES, Guard, compression_of, without_loops
from speech.spectrum import FRAMES, FRAMES_PER_SECOND, Windows

TICK = 0.02  # seconds that a timestamp token counts
_FRAMES_PER_TICK = 2
# Frames of a cut window: ten seconds, and silence after the sound. Whisper's own weights err and loop in shorter ones.
_SHORTEST = 1000
_AFTER = 256
_TOO_HOT = 0.5  # above this a reading is too much of a guess to go on from


@dataclass(slots=True)
class _Said:
    """What was said so far: all tokens, and from where on the next window may know of them."""

    tokens: list[int] = field(default_factory=list)
    known_from: int = 0
    segments: int = 0
    last: str = ""
    repeats: int = 0
    until: float = 0.0

    def again(self, text: str) -> bool:
        """Note a segment, and tell whether it says what those before it said, once too often."""
        self.repeats = self.repeats + 1 if text.strip() == self.last else 0
        self.last = text.strip()
        return self.repeats >= MOST_REPEATS


class Listener:
    """Listens to recordings with one engine. Where it is `brief`, windows are cut after the sound: encoding them costs a fraction."""

    def __init__(self, engine: Engine, *, guard: Guard | None = None, brief: bool = False) -> None:
        self._engine = engine
        self._guard = guard or Guard()
        self._brief = brief

    def language_of(self, windows: Windows, begin: int) -> str:
        """Return the language that is spoken in the window from `begin`."""
        likely = self._engine.detect(self._engine.encode(windows.hearing(begin)))
        return max(likely, key=likely.__getitem__)

    def listen(
        self, windows: Windows, clips: Sequence[tuple[int, int]], options: TranscriptionOptions, *, language: str
    ) -> Iterator[tuple[float, tuple[Segment, ...]]]:
        """Yield after each window how many seconds are done, and what was said in it. `clips` are frames."""
        if not clips:
            return
        script = self._engine.script(language=language, task=options.task)
        prompt = script.encode(" " + options.prompt.strip()) if options.prompt and options.prompt.strip() else []
        said = _Said(tokens=list(prompt))
        for begin, end in clips:
            seek = begin
            while seek < end:
                size = min(FRAMES, end - seek)
                seek, drafts = self._window(windows, seek, size, script, said, options)
                yield seek / FRAMES_PER_SECOND, tuple(_segments(drafts, said, keep_empty=not options.guards))

    def _window(
        self, windows: Windows, seek: int, size: int, script: Script, said: _Said, options: TranscriptionOptions
    ) -> tuple[int, list[Draft]]:
        encoded, found = self._hear(windows, seek, size, script, said, options)
        if options.guards and self._guard.is_silence(found):
            return seek + size, []
        tokens = without_loops(found.tokens) if options.guards else list(found.tokens)
        drafts, following = _drafts(tokens, seek, size, script)
        if options.guards:
            drafts = list(_inside(drafts, (seek + size) / FRAMES_PER_SECOND))
        if options.words and drafts:
            following = self._timed(
                drafts, encoded, script, said, seek=seek, size=size, following=following, closed=_closed(tokens, script)
            )
        for draft in drafts:
            _describe(draft, found, script)
            said.tokens += draft["tokens"]
        if found.temperature > _TOO_HOT or len(tokens) < len(found.tokens):
            said.known_from = len(said.tokens)
        return following, drafts

    def _hear(
        self, windows: Windows, seek: int, size: int, script: Script, said: _Said, options: TranscriptionOptions
    ) -> tuple[Encoded, Decoded]:
        """Return what a window means, and what is read in it. Models learned from whole windows: what fails in a cut one is read there."""
        length = min(FRAMES, max(_SHORTEST, size + _AFTER))
        if self._brief and options.guards and length < FRAMES:
            encoded = self._engine.encode(windows.window(seek, size, length=length))
            prompt = self._prompt(script, said, options)
            found = self._engine.decode(encoded, script, prompt=prompt, temperature=options.temperature or 0.0)
            if self._guard.is_silence(found) or not self._guard.is_failure(found, _text(found.tokens, script)):
                return encoded, found
        encoded = self._engine.encode(windows.window(seek, size))
        return encoded, self._read(encoded, script, said, options)

    def _read(self, encoded: Encoded, script: Script, said: _Said, options: TranscriptionOptions) -> Decoded:
        prompt = self._prompt(script, said, options)

        def decode(temperature: float) -> Decoded:
            return self._engine.decode(encoded, script, prompt=prompt, temperature=temperature)

        if not options.guards:
            return decode(options.temperature or 0.0)
        temperatures = TEMPERATURES if options.temperature is None else (options.temperature,)
        return self._guard.read(decode, lambda found: _text(found.tokens, script), temperatures)

    def _prompt(self, script: Script, said: _Said, options: TranscriptionOptions) -> list[int]:
        most = self._engine.context // 2 - 1
        before = said.tokens[said.known_from :]
        if not options.hotwords or not options.hotwords.strip():
            return before[-most:]
        words = script.encode(" " + options.hotwords.strip())[: most // 2]
        return words + before[-(most - len(words)) :]

    def _timed(
        self,
        drafts: list[Draft],
        encoded: Encoded,
        script: Script,
        said: _Said,
        *,
        seek: int,
        size: int,
        following: int,
        closed: bool,
    ) -> int:
        """Time the words of a window and return where the next one begins: after the last word, unless all of the window was read."""
        self._engine.time_words(drafts, encoded, script, frames=size, spoken=said.until)
        last = next((draft["words"][-1]["end"] for draft in reversed(drafts) if draft.get("words")), None)
        if last is None:
            return following
        said.until = last
        return following if closed or last * FRAMES_PER_SECOND <= seek else max(seek + 1, round(last * FRAMES_PER_SECOND))


def _closed(tokens: Sequence[int], script: Script) -> bool:
    """Whether the window ends with a single timestamp: then nothing is said after it."""
    return len(tokens) >= 2 and tokens[-2] < script.timestamp_begin <= tokens[-1]


def _drafts(tokens: list[int], seek: int, size: int, script: Script) -> tuple[list[Draft], int]:
    """Return the segments that a window's tokens tell of, and where the next window begins."""
    zero = script.timestamp_begin
    cuts = [place for place in range(1, len(tokens)) if tokens[place - 1] >= zero and tokens[place] >= zero]
    offset = seek / FRAMES_PER_SECOND
    if not cuts:
        stamps = [token for token in tokens if token >= zero]
        duration = (stamps[-1] - zero) * TICK if stamps and stamps[-1] != zero else size / FRAMES_PER_SECOND
        return [_draft(tokens, seek, offset, offset + duration)], seek + size
    closed = _closed(tokens, script)
    ends = [*cuts, len(tokens)] if closed else cuts
    pieces = [tokens[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    drafts = [_draft(piece, seek, offset + (piece[0] - zero) * TICK, offset + (piece[-1] - zero) * TICK) for piece in pieces]
    if closed:
        return drafts, seek + size
    # What stands after the last pair of timestamps is not complete: it is read again, from there.
    return drafts, seek + max(1, (tokens[ends[-1] - 1] - zero) * _FRAMES_PER_TICK)


def _inside(drafts: list[Draft], end: float) -> Iterator[Draft]:
    """Yield the segments as far as there is sound for them: Whisper sees silence after it, and may write on."""
    for draft in drafts:
        if draft["start"] < end:
            yield draft | {"end": min(draft["end"], end)}


def _draft(tokens: list[int], seek: int, start: float, end: float) -> Draft:
    return {"seek": seek, "start": start, "end": end, "tokens": tokens}


def _describe(draft: Draft, found: Decoded, script: Script) -> None:
    draft["text"] = _text(draft["tokens"], script)
    draft["found"] = found
    draft["compression_ratio"] = compression_of(_text(found.tokens, script).strip())
    if draft["start"] == draft["end"] or not draft["text"].strip():
        draft |= {"text": "", "tokens": [], "words": []}


def _text(tokens: Sequence[int], script: Script) -> str:
    return script.decode([token for token in tokens if token < script.eot])


def _segments(drafts: list[Draft], said: _Said, *, keep_empty: bool) -> Iterator[Segment]:
    for draft in drafts:
        if not keep_empty and (not draft["tokens"] or said.again(draft["text"])):
            continue
        found: Decoded = draft["found"]
        yield Segment(
            id=said.segments,
            start=float(draft["start"]),
            end=float(draft["end"]),
            text=draft["text"],
            words=tuple(_word(word) for word in draft.get("words", ())),
            tokens=tuple(draft["tokens"]),
            temperature=found.temperature,
            avg_logprob=found.avg_logprob,
            compression_ratio=draft["compression_ratio"],
            no_speech_prob=found.no_speech_prob,
        )
        said.segments += 1


def _word(word: dict[str, Any]) -> Word:
    return Word(word["word"], float(word["start"]), float(word["end"]), float(word["probability"]))
