"""The catalogue of model ids: which service answers to an id, and what is said of it. Knows nothing of servers or of what is running."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, ValidationError

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, NotFoundError

OWNER = "fanar"
# The month of the contract that these ids are taken from: the platform did not make the models and knows no better date.
CREATED = int(datetime(2026, 4, 1, tzinfo=UTC).timestamp())


class Service(StrEnum):
    """What can serve a model id."""

    ROUTER = "router"
    STAR = "star"
    PRIME = "prime"
    SADIQ = "sadiq"
    VISION = "vision"
    STT = "stt"
    TTS = "tts"
    IMAGE = "image"
    PATTERNS = "patterns"
    TRANSLATION = "translation"
    POETRY = "poetry"
    MODERATION = "moderation"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model id, what serves it, and the other ids under which clients may ask for it. `created` is a Unix time."""

    id: str
    service: Service
    description: Bilingual
    aliases: tuple[str, ...] = ()
    owned_by: str = OWNER
    created: int = CREATED


OWN_EMBEDDER = "fanar-embedder"
PATTERN_MAKER = "fanar-patterns"
DRAWING = "Fanar-Oryx-IG-2"

BUILT_IN = (
    ModelEntry("Fanar", Service.ROUTER, Bilingual("Sends each prompt to what answers it best.", "يوجّه كل طلب إلى أنسب من يجيب عنه.")),
    ModelEntry(
        "Fanar-S-1-7B", Service.STAR, Bilingual("Star: Arabic-first, light.", "ستار: نموذج خفيف، العربية أولًا."), ("Fanar-S-1-Turbo",)
    ),
    ModelEntry("Fanar-C-1-8.7B", Service.PRIME, Bilingual("Prime: reasoning, mathematics, code.", "برايم: للاستدلال والرياضيات والبرمجة.")),
    ModelEntry("Fanar-C-2-27B", Service.PRIME, Bilingual("Prime, the large one.", "برايم، النموذج الكبير.")),
    ModelEntry(
        "Fanar-Sadiq",
        Service.SADIQ,
        Bilingual("Islamic questions, answered from cited sources.", "أسئلة إسلامية تُجاب من مصادر موثقة."),
        ("Islamic-RAG",),
    ),
    ModelEntry(
        "Fanar-Sadiq-2",
        Service.SADIQ,
        Bilingual("Islamic questions, answered from cited and checked sources.", "أسئلة إسلامية تُجاب من مصادر موثقة ومدققة."),
    ),
    ModelEntry("Fanar-Oryx-IVU-2", Service.VISION, Bilingual("Understands images and video.", "يفهم الصور والفيديو.")),
    ModelEntry("Fanar-Aura-STT-1", Service.STT, Bilingual("Speech to text.", "تحويل الكلام إلى نص.")),
    ModelEntry(
        "Fanar-Aura-STT-LF-1",
        Service.STT,
        Bilingual("Speech to text, for long recordings.", "تحويل الكلام إلى نص للتسجيلات الطويلة."),
        ("whisper-1",),  # what OpenAI's clients ask for unless they are told otherwise
    ),
    ModelEntry("Fanar-Aura-TTS-2", Service.TTS, Bilingual("Text to speech.", "تحويل النص إلى كلام."), ("Fanar-Aura-TTS-1",)),
    ModelEntry("Fanar-Sadiq-TTS-1", Service.TTS, Bilingual("Reads religious text aloud.", "يقرأ النصوص الدينية.")),
    ModelEntry(DRAWING, Service.IMAGE, Bilingual("Draws images from text.", "يرسم صورًا من النص."), ("Fanar-ImageGen-1",)),
    ModelEntry(
        PATTERN_MAKER,
        Service.PATTERNS,
        Bilingual(
            "A pattern maker, no image model: girih and zellij by construction, and texts in naskh and square kufic.",
            "صانع نقوش لا نموذج صور: جيريه وزليج بالإنشاء الهندسي، ونصوص بالنسخ وبالكوفي المربع.",
        ),
    ),
    ModelEntry("Fanar-Shaheen-MT-1", Service.TRANSLATION, Bilingual("Translates Arabic and English.", "يترجم بين العربية والإنجليزية.")),
    ModelEntry("Fanar-3.0-Shaheen-Translate", Service.TRANSLATION, Bilingual("Translates, third generation.", "يترجم، الجيل الثالث.")),
    ModelEntry("Fanar-Diwan", Service.POETRY, Bilingual("Writes Arabic poetry.", "ينظم الشعر العربي.")),
    ModelEntry(
        OWN_EMBEDDER,
        Service.EMBEDDING,
        Bilingual(
            "Embeddings by a small model trained here on the installed Quran, its headings and translation; no general language model.",
            "تضمينات من نموذج صغير دُرّب هنا على القرآن المثبَّت وعناوينه وترجمته؛ وليس نموذجًا لغويًا عامًا.",
        ),
    ),
    ModelEntry(
        "Fanar-Guard-2",
        Service.MODERATION,
        Bilingual("Judges safety and cultural fit.", "يقيّم السلامة والملاءمة الثقافية."),
        ("omni-moderation-latest", "text-moderation-latest"),  # what OpenAI's clients ask for unless they are told otherwise
    ),
)


class ModelCatalog:
    """Model ids and their entries. An id or an alias means one entry; spelling counts."""

    def __init__(self, entries: Iterable[ModelEntry] = BUILT_IN) -> None:
        """Raises ConfigurationError when two entries share an id or alias."""
        self._entries = tuple(entries)
        self._by_id: dict[str, ModelEntry] = {}
        for entry in self._entries:
            for name in (entry.id, *entry.aliases):
                if self._by_id.setdefault(name, entry) is not entry:
                    raise _unusable(f"the id {name} stands twice", f"المعرّف {name} مكرر")

    def __iter__(self) -> Iterator[ModelEntry]:
        """Iterate over the entries in order, aliases apart."""
        return iter(self._entries)

    def __contains__(self, model_id: object) -> bool:
        """Whether this is an id or alias of the catalogue."""
        return model_id in self._by_id

    def find(self, model_id: str) -> ModelEntry:
        """Return the entry of an id or alias. Raises NotFoundError."""
        entry = self._by_id.get(model_id)
        if entry is None:
            raise NotFoundError(
                Bilingual(
                    "There is no model of this id; GET /v1/models lists them.", "لا يوجد نموذج بهذا المعرّف؛ القائمة في ‎GET /v1/models."
                ),
                param="model",
            )
        return entry

    def of(self, service: Service) -> tuple[ModelEntry, ...]:
        """Return the entries that `service` serves."""
        return tuple(entry for entry in self._entries if entry.service is service)

    def extended(self, table: Mapping[str, object]) -> ModelCatalog:
        """Return a catalogue with an operator's rows: id → {service, aliases, description {en, ar}, owned_by, created, replaces}.

        A row that `replaces` an id takes over its service and texts, and the old id stays as an alias. Raises ConfigurationError.
        """
        entries = list(self._entries)
        for model_id, fields in table.items():
            row = _row(model_id, fields)
            position = next((i for i, entry in enumerate(entries) if entry.id == row.replaces), None)
            if position is not None:
                entries[position] = _renamed(model_id, row, entries[position])
            elif row.replaces is None and row.service is not None:
                entries.append(_added(model_id, row, row.service))
            else:
                raise _unusable(f"{model_id} needs a service, or an id to replace", f"يحتاج {model_id} إلى خدمة أو إلى معرّف يحل محله")
        return ModelCatalog(entries)


class _Row(BaseModel):
    """One row of an operator's table."""

    model_config = ConfigDict(extra="forbid")

    service: Service | None = None
    aliases: tuple[str, ...] = ()
    description: Bilingual | None = None
    owned_by: str = OWNER
    created: int | None = None
    replaces: str | None = None


def _row(model_id: str, fields: object) -> _Row:
    try:
        return _Row.model_validate(fields)
    except ValidationError as cause:
        faults = "; ".join(f"{model_id}.{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in cause.errors(include_input=False))
        raise _unusable(faults, faults) from None


def _added(model_id: str, row: _Row, service: Service) -> ModelEntry:
    description = row.description or Bilingual(model_id, model_id)
    created = CREATED if row.created is None else row.created
    return ModelEntry(model_id, service, description, row.aliases, row.owned_by, created)


def _renamed(model_id: str, row: _Row, old: ModelEntry) -> ModelEntry:
    return ModelEntry(
        id=model_id,
        service=row.service or old.service,
        description=row.description or old.description,
        aliases=(old.id, *old.aliases, *row.aliases),
        owned_by=row.owned_by,
        created=old.created if row.created is None else row.created,
    )


def _unusable(en: str, ar: str) -> ConfigurationError:
    return ConfigurationError(Bilingual(f"The table of models cannot be used: {en}.", f"جدول النماذج غير صالح: {ar}."))
