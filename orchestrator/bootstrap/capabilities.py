"""Says what is there, what is missing, and the one command or setting that adds it; and which model ids something answers to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fanar.bilingual import Bilingual
from fanar.llm.catalog import ModelEntry, Service
from orchestrator.bootstrap.attribution import Attribution
from orchestrator.bootstrap.image import ImageModule
from orchestrator.bootstrap.models import Models
from orchestrator.bootstrap.moderation import Moderation
from orchestrator.bootstrap.recency import Recency
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.speech import Speech
from orchestrator.bootstrap.vision import NO_VISION, REMEDY
from orchestrator.bootstrap.voice import VoiceModule
from orchestrator.models import SEATS, Seat
from orchestrator.platform import Capability, ServedModel
from orchestrator.shelves import ADD_DOCUMENTS, NO_DOCUMENTS, SHELVES, Shelf

_BY_A_MODEL = (Service.TRANSLATION, Service.POETRY)
_FILES = Bilingual(
    "Files that you hand in: PDF, Word, HTML, Markdown and text, each owner's own",
    "ملفات تسلّمها: PDF وWord وHTML وMarkdown ونصوص، لكلٍّ ملفاته",
)


class Inventory:
    """Looks at what the platform was built of. `shelved` names the collections of a kind that are installed now.

    `refresh` asks the language models' servers whether they are still there, and looks at what is known of the news.
    """

    def __init__(
        self,
        *,
        scripture: Scripture,
        models: Models,
        general_corpora: Callable[[], Sequence[str]],
        shelved: Callable[[str], Sequence[str]],
        speech: Speech,
        voice: VoiceModule,
        recency: Recency,
        moderation: Moderation,
        attribution: Attribution,
        image: ImageModule,
    ) -> None:
        self._scripture = scripture
        self._models = models
        self._general_corpora = general_corpora
        self._speech = speech
        self._voice = voice
        self._recency = recency
        self._moderation = moderation
        self._attribution = attribution
        self._image = image
        self._shelved = shelved
        self._answering: frozenset[Seat] = frozenset()

    async def refresh(self) -> None:
        """Ask the language models' servers whether they answer, and look at the news."""
        self._answering = await self._models.language.answering()
        await self._recency.refresh()

    def capabilities(self) -> list[Capability]:
        """Return what is there and what is missing."""
        return [
            self._quran(),
            self._translation(),
            *map(self._shelf, SHELVES),
            self._documents(),
            Capability("files", available=True, detail=_FILES),
            *(self._models.capability(seat, answers=seat in self._answering) for seat in SEATS),
            self._vision(),
            self._speech.capability(),
            self._voice.capability(),
            self._recency.capability(),
            self._moderation.capability(),
            self._attribution.capability(),
            *self._image.capabilities(),
        ]

    def abilities(self) -> list[Bilingual]:
        """Return what is there, for whoever asks what the platform can do."""
        return [capability.detail for capability in self.capabilities() if capability.available]

    def served_models(self) -> list[ServedModel]:
        """Return the ids that something answers to: what is built in, and models that the operator connected or that were found."""
        served = ((entry, self._server_of(entry)) for entry in self._models.catalog)
        return [ServedModel(entry.id, entry.created, entry.owned_by, by, entry.description) for entry, by in served if by is not None]

    def _server_of(self, entry: ModelEntry) -> str | None:
        if entry.service in (Service.ROUTER, Service.SADIQ):
            return entry.service.value
        if entry.service in (Service.EMBEDDING, Service.PATTERNS):
            return entry.id
        media: Mapping[Service, Callable[[], str | None]] = {
            Service.MODERATION: lambda: self._moderation.name,
            Service.STT: lambda: self._speech.transcriptions.name,
            Service.TTS: lambda: self._voice.server_of(entry.id),
            Service.IMAGE: lambda: self._image.drawings.painter,
        }
        if entry.service in media:
            return media[entry.service]()
        if entry.service in _BY_A_MODEL:
            seated = self._models.seats
            return next((model.name or seat for seat, model in seated.items()), None)
        return self._models.server_of(entry)

    def _quran(self) -> Capability:
        info = self._scripture.info
        detail = Bilingual(
            f"The Quran: {info.documents:,} verses, {info.version}", f"القرآن الكريم: {info.documents:,} آية، {info.version}"
        )
        return Capability("quran", available=True, detail=detail)

    def _translation(self) -> Capability:
        if self._scripture.index.verses()[0].translation is not None:
            return Capability(
                "translation", available=True, detail=Bilingual("The English translation of the Quran", "الترجمة الإنجليزية للقرآن")
            )
        detail = Bilingual("The English translation of the Quran is not installed.", "الترجمة الإنجليزية للقرآن غير مثبتة.")
        return Capability("translation", available=False, detail=detail, remedy="fanar corpora add quran")

    def _shelf(self, shelf: Shelf) -> Capability:
        names = self._shelved(shelf.kind)
        if names:
            return Capability(shelf.kind, available=True, detail=shelf.holds(names))
        return Capability(shelf.kind, available=False, detail=shelf.empty, remedy=shelf.command)

    def _documents(self) -> Capability:
        names = ", ".join(self._general_corpora())
        if names:
            return Capability("documents", available=True, detail=Bilingual(f"Your documents: {names}", f"وثائقك: {names}"))
        return Capability("documents", available=False, detail=NO_DOCUMENTS, remedy=ADD_DOCUMENTS)

    def _vision(self) -> Capability:
        model = self._models.vision
        if model is None:
            return Capability("vision", available=False, detail=NO_VISION, remedy=REMEDY)
        known = model.name or "vision"
        return Capability("vision", available=True, detail=Bilingual(f"Images are understood by {known}", f"يفهم الصور {known}"))
