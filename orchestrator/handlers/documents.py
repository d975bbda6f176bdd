"""Questions about files that the request names: answered from these and nothing else. Knows nothing of how files are read or kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.events import Event, ProgressReported, RoutingDecision
from fanar.files import Attached, library_name
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from fanar.streams import closing
from orchestrator.models import LanguageModels, SeatedModel
from orchestrator.options import refuse_generation_options, refuse_media, wants_generation

_READING = Bilingual("Reading your files", "قراءة ملفاتك")
_NOT_WITH_FILES = Bilingual("{} is not possible together with files or collections.", "لا يمكن استخدام {} مع files أو collections.")
# field, whether it is asked for
_REFUSED: tuple[tuple[str, Callable[[ChatRequest], bool]], ...] = (
    ("tools", lambda r: bool(r.tools)),
    ("n", lambda r: r.sampling.n > 1),
    ("logprobs", lambda r: r.sampling.logprobs),
    ("book_names", lambda r: bool(r.sources.book_names)),
    ("preferred_sources", lambda r: bool(r.sources.preferred)),
    ("exclude_sources", lambda r: bool(r.sources.excluded)),
    ("filter_sources", lambda r: bool(r.sources.only)),
    ("madhab", lambda r: bool(r.sources.madhabs)),
    ("restrict_to_islamic", lambda r: r.restrict_to_islamic),
    ("persona", lambda r: bool(r.persona)),
)


class ReadableFiles(Protocol):
    """Tells which files a request means."""

    async def readable(self, attached: Attached) -> list[str]:
        """Return their ids, once all of them were read. Raises NotFoundError, UnprocessableError, ConflictError while one is read."""
        ...


class FileAnswers(Protocol):
    """Answers from files."""

    async def answer(
        self,
        request: ChatRequest,
        decision: RoutingDecision,
        *,
        library: str,
        files: Sequence[str],
        model: ChatModel | None,
        insisting: bool = False,
    ) -> AsyncIterator[Event]:
        """Return the events of a cited answer: by `model` where there is one, else, without `insisting`, in the files' own words."""
        ...


class DocumentsHandler:
    """Answers from the files that a request names."""

    def __init__(self, *, files: ReadableFiles, answers: FileAnswers, models: LanguageModels) -> None:
        self._files = files
        self._answers = answers
        self._models = models

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises NotFoundError, UnprocessableError, ConflictError while a file is read."""
        attached = request.attached
        assert attached is not None, "the dispatcher hands over what has files"  # noqa: S101
        refuse_with_files(request)
        model = self._model(request)
        if model is None:
            refuse_generation_options(request)
        yield ProgressReported(_READING)
        files = await self._files.readable(attached)
        # Who named a model, or wants what only one can give, is told that it is away.
        insisting = self._models.is_addressed(request.model) or wants_generation(request)
        library = library_name(attached.owner)
        events = await self._answers.answer(request, decision, library=library, files=files, model=model, insisting=insisting)
        async with closing(events):
            async for event in events:
                yield event

    def _model(self, request: ChatRequest) -> ChatModel | None:
        """Return who writes: a model that was named and is not there must say so itself."""
        if self._models or self._models.is_addressed(request.model):
            return SeatedModel(self._models, preferred="star")
        return None


def refuse_with_files(request: ChatRequest) -> None:
    """Raise UnprocessableError naming the first option that an answer from files cannot honour."""
    refuse_media(request)
    for field, asked in _REFUSED:
        if asked(request):
            raise UnprocessableError(_NOT_WITH_FILES.format(field), param=field)
