"""What the events of an answer add up to: texts, references, tool calls, metadata. Knows nothing of frames or of HTTP."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import Any, assert_never

from fanar.documents import Citation
from fanar.events import (
    AudioDelta,
    ChoiceFinished,
    CitationAdded,
    ClaimVerified,
    ContentBlocked,
    DocumentsRetrieved,
    Event,
    FinishReason,
    ImageCreated,
    ProgressReported,
    ResponseCompleted,
    RouteSelected,
    TextDelta,
    ToolCalled,
    TranscriptDelta,
    Usage,
)
from fanar.files import FILE
from fanar.media import Image

Json = dict[str, Any]
_NOT_IN_ALT = re.compile(r"[\[\]\s]+")
_STATED = ("collection", "grade", "madhab", "book", "author", "mufti", FILE, "filename", "page")
"""What a source's record states of itself and a reader must see: a hadith's grade, the school and book of a ruling, a file and its page."""


@dataclass(slots=True)
class ChoiceState:
    """One of the `n` answers, so far."""

    text: list[str] = field(default_factory=list)
    calls: dict[int, Json] = field(default_factory=dict)
    logprobs: list[Any] = field(default_factory=list)
    reason: FinishReason | None = None
    parts: list[Json] = field(default_factory=list)
    told: int = 0
    """So many pieces of the text stand in `parts` already."""

    @property
    def content(self) -> str | list[Json]:
        """What was said: text, or where there are pictures the parts of the contract."""
        rest = "".join(self.text[self.told :])
        return [*self.parts, *([{"type": "text", "text": rest.strip()}] if rest.strip() else [])] if self.parts else rest

    @property
    def touched(self) -> bool:
        """Whether something of it was said."""
        return bool(self.text or self.calls)


class AnswerState:
    """Collects events. After `ResponseCompleted` it is whole: of `wanted` choices none is missing, cut or not."""

    def __init__(self, *, wanted: int = 1) -> None:
        self._wanted = wanted
        self.choices: dict[int, ChoiceState] = {0: ChoiceState()}
        self.references: list[Json] = []
        self.tool_events: list[Json] = []
        self.verdicts: list[Json] = []
        self.sound: list[bytes] = []
        self.blocked: ContentBlocked | None = None
        self.completed: ResponseCompleted | None = None

    def add(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case TextDelta(text=text, choice=choice, logprobs=logprobs):
                state = self._choice(choice)
                state.text.append(text)
                state.logprobs += (logprobs or {}).get("content") or ()
            case ToolCalled(by="client"):
                self._call(event)
            case ToolCalled():
                self.tool_events.append(tool_event(event))
            case CitationAdded(citation=citation):
                self.references.append(reference(citation))
            case ImageCreated(image=image):
                self._picture(image)
            case ClaimVerified(start=start, end=end, verdict=verdict, report=report):
                self.verdicts.append({"start": start, "end": end, "verdict": verdict, **report})
            case ChoiceFinished() | ContentBlocked() | ResponseCompleted():
                self._end(event)
            case AudioDelta(audio=audio):
                self.sound.append(audio.data)
            case RouteSelected() | ProgressReported() | DocumentsRetrieved() | TranscriptDelta():
                pass
            case _:
                assert_never(event)

    def _picture(self, image: Image) -> None:
        """Take a picture in: as text for streams, which bear nothing else, and as what it is for whole answers."""
        url = _data_url(image.media_type, image.data)
        alt = _NOT_IN_ALT.sub(" ", image.alt.en) if image.alt else ""
        choice = self.choices[0]
        choice.parts += [{"type": "text", "text": "".join(choice.text[choice.told :])}] if choice.text[choice.told :] else []
        choice.parts.append({"type": "image_url", "image_url": {"url": url}, "alt": alt})
        choice.text.append(f"![{alt}]({url})")
        choice.told = len(choice.text)

    def _end(self, event: ChoiceFinished | ContentBlocked | ResponseCompleted) -> None:
        match event:
            case ChoiceFinished(reason=reason, choice=choice):
                self._choice(choice).reason = reason
            case ContentBlocked():
                self.blocked = event
                for index in range(self._wanted):
                    self._choice(index)
            case ResponseCompleted():
                self.completed = event

    def reason_of(self, choice: ChoiceState) -> FinishReason:
        """Return why a choice ended."""
        if self.blocked is not None:
            return "content_filter"
        return choice.reason or (self.completed.finish_reason if self.completed else "stop")

    @property
    def usage(self) -> Json:
        """Tokens in the contract's form."""
        usage = self.completed.usage if self.completed else Usage()
        counted = {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens, "total_tokens": usage.total_tokens}
        return {**counted, **usage.details}

    @property
    def metadata(self) -> Json:
        """What is said about the answer besides the answer."""
        metadata: Json = dict(self.completed.metadata) if self.completed else {}
        if self.verdicts:
            metadata["claims"] = self.verdicts
        if self.blocked is not None:
            message = self.blocked.message
            metadata["blocked"] = {"type": self.blocked.kind, "message": {"en": message.en, "ar": message.ar}}
        return metadata

    def audio(self, id: str) -> Json:  # noqa: A002  (the contract's word)
        """Return the sound of the answer in OpenAI's form; it is kept nowhere, so it expires as it is sent."""
        return {"id": id, "data": _base64(b"".join(self.sound)), "expires_at": 0, "transcript": "".join(self.choices[0].text)}

    def _choice(self, index: int) -> ChoiceState:
        return self.choices.setdefault(index, ChoiceState())

    def _call(self, event: ToolCalled) -> None:
        calls = self._choice(event.choice).calls
        if event.index not in calls:
            calls[event.index] = {"id": event.id, "type": "function", "function": {"name": event.name, "arguments": ""}}
        calls[event.index]["function"]["arguments"] += event.arguments


def reference(citation: Citation) -> Json:
    """Return a citation in the contract's form, with what a reader needs to look it up."""
    document = citation.document
    return {
        "index": citation.index,
        "number": citation.number,
        "source": document.url or (document.reference if FILE in document.metadata else f"{document.corpus} {document.reference}"),
        "content": document.text,
        "corpus": document.corpus,
        "reference": document.reference,
        "translation": document.translation,
        "url": document.url,
        **{name: value for name in _STATED if (value := document.metadata.get(name))},
    }


def tool_event(event: ToolCalled) -> Json:
    """Return a call that the platform itself made, for the record."""
    return {"id": event.id, "name": event.name, "arguments": event.arguments, "result": event.result}


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{_base64(data)}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
