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
from orchestrator.models import ADD_A_MODEL, SEATS, Seat
from orchestrator.platform import Capability, ServedModel
from orchestrator.shelves import SHELVES, Shelf

_SEAT_OF: Mapping[Service, Seat] = {Service.STAR: "star", Service.PRIME: "prime"}
_BY_A_MODEL = (Service.TRANSLATION, Service.POETRY)
_FILES = Bilingual(
    "Files that you hand in: PDF, Word, HTML, Markdown and text, each owner's own",
    "ملفات تسلّمها: PDF وWord وHTML وMarkdown ونصوص، لكلٍّ ملفاته",
)
_NAMES: dict[Seat, Bilingual] = {"star": Bilingual("Star", "ستار"), "prime": Bilingual("Prime", "برايم")}


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
            *map(self._seat, SEATS),
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
            Service.VISION: lambda: (self._models.vision.name or entry.service.value) if self._models.vision is not None else None,
            Service.STT: lambda: self._speech.transcriptions.name,
            Service.TTS: lambda: self._voice.server_of(entry.id),
            Service.IMAGE: lambda: self._image.drawings.painter,
        }
        if entry.service in media:
            return media[entry.service]()
        seats, found = self._models.seats, self._models.found
        if entry.service in _BY_A_MODEL and seats:
            return next(iter(seats.values())).name or next(iter(seats))
        seat = _SEAT_OF.get(entry.service)
        if seat is None or seat not in seats:
            return None
        # A server that was found is somebody's own: it is listed under its own name and never under Fanar's.
        if found is not None and entry.id not in found.models:
            return None
        return seats[seat].name or seat

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
        detail = Bilingual("No documents of your own are installed.", "لم تُضف وثائق خاصة بك.")
        return Capability("documents", available=False, detail=detail, remedy="fanar corpora add FILE")

    def _vision(self) -> Capability:
        model = self._models.vision
        if model is None:
            return Capability("vision", available=False, detail=NO_VISION, remedy=REMEDY)
        known = model.name or "vision"
        return Capability("vision", available=True, detail=Bilingual(f"Images are understood by {known}", f"يفهم الصور {known}"))

    def _seat(self, seat: Seat) -> Capability:
        name = _NAMES[seat]
        model = self._models.seats.get(seat)
        if model is None:
            detail = Bilingual(f"{name.en}: no language model is connected.", f"{name.ar}: لا نموذج لغوي متصل.")
            return Capability(seat, available=False, detail=detail, remedy=ADD_A_MODEL.replace("STAR", seat.upper()))
        known = model.name or seat
        if seat not in self._answering:
            detail = Bilingual(f"{name.en}: the server of {known} does not answer.", f"{name.ar}: خادم {known} لا يجيب.")
            return Capability(seat, available=False, detail=detail, remedy="fanar doctor")
        if self._models.found is not None:
            kind = self._models.found.kind
            detail = Bilingual(
                f"{known}, found on this machine ({kind}); not a Fanar model", f"{known}، وُجد على هذا الجهاز ({kind})؛ ليس من نماذج فنار"
            )
            return Capability(seat, available=True, detail=detail)
        return Capability(seat, available=True, detail=Bilingual(f"{name.en}: {known}", f"{name.ar}: {known}"))
