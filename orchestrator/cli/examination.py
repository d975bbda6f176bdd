"""Looks at this machine for what the platform needs and could use, and changes nothing. Knows nothing of how it is shown."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError
from fanar.moderation.served import INCOMPLETE as HALF_SET
from fanar.moderation.verdict import EMBEDDED
from fanar.settings import Settings
from orchestrator.aloud import NO_VOICE
from orchestrator.aloud import REMEDY as ADD_A_VOICE
from orchestrator.bootstrap.image import PATTERNS
from orchestrator.bootstrap.models import Models, open_models
from orchestrator.bootstrap.recency import REMEDY as ADD_A_FEED
from orchestrator.bootstrap.recency import kept_news
from orchestrator.bootstrap.retrieval import open_retrieval
from orchestrator.bootstrap.speech import located
from orchestrator.bootstrap.storage import Storage, open_storage
from orchestrator.bootstrap.vision import NO_VISION
from orchestrator.bootstrap.vision import REMEDY as ADD_VISION
from orchestrator.bootstrap.voice import NAME as ESPEAK
from orchestrator.bootstrap.voice import is_installed
from orchestrator.cli.connect import running_server
from orchestrator.drawing import NO_PAINTER
from orchestrator.drawing import REMEDY as PULL_A_PAINTER
from orchestrator.models import add_a_model
from orchestrator.shelves import ADD_DOCUMENTS, NO_DOCUMENTS, SHELVES
from orchestrator.transcription import NO_MODEL, REMEDY
from rag.ingest.corpora import Corpora, InstalledCorpus
from rag.ingest.intake import GENERAL
from rag.recency.telling import NO_SOURCE, state_text

_QURAN = "quran"
_START = "fanar serve"
_REINDEX = "fanar corpora reindex"
_ADD_QURAN = "fanar corpora add quran"
_VISION = Bilingual("A vision model is set for questions about images.", "ضُبط نموذج رؤية للأسئلة عن الصور.")
# What each extra is recognised by, and what it is for.
EXTRAS: Mapping[str, tuple[str, Bilingual]] = {
    "local": ("transformers", Bilingual("language models on this machine, without a GPU", "نماذج لغوية على هذا الجهاز دون معالج رسومي")),
    "serve": ("vllm", Bilingual("language models on a GPU (vLLM)", "نماذج لغوية على معالج رسومي (vLLM)")),
    "cluster": ("ray", Bilingual("several machines, Postgres", "عدة أجهزة وPostgres")),
    "telemetry": ("opentelemetry.sdk", Bilingual("traces for OpenTelemetry", "تتبع OpenTelemetry")),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `needed` ones must be there for answers from scripture; `remedy` is the one command or setting."""

    name: str
    there: bool
    detail: Bilingual
    remedy: str | None = None
    needed: bool = False


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Yield what is there and what is missing, what is needed first."""
    yield Finding("python", there=True, detail=_same(f"{platform.python_version()}, {sys.executable}"))
    yield _data(settings.data)
    async for finding in _kept(settings):
        yield finding
    async for finding in _models(settings):
        yield finding
    yield _vision(settings)
    yield Finding("patterns", there=True, detail=PATTERNS)
    yield _image(settings)
    yield _speech(settings)
    yield _voice(settings)
    yield _moderation(settings)
    for finding in _extras():
        yield finding
    yield await _server(settings)


def _vision(settings: Settings) -> Finding:
    if settings.vision.url:
        return Finding("vision", there=True, detail=_VISION)
    return Finding("vision", there=False, detail=NO_VISION, remedy=ADD_VISION)


def _image(settings: Settings) -> Finding:
    if settings.image.model is None:
        return Finding("image", there=False, detail=NO_PAINTER, remedy=PULL_A_PAINTER)
    name = settings.image.model
    return Finding("image", there=True, detail=Bilingual(f"Pictures are drawn by {name}", f"يرسم الصورَ {name}"))


def _speech(settings: Settings) -> Finding:
    if settings.speech.url and settings.speech.model:
        told = Bilingual(f"Speech is written down by {settings.speech.model}", f"يفرّغ الكلامَ {settings.speech.model}")
        return Finding("speech", there=True, detail=told)
    if settings.speech.model is None:
        return Finding("speech", there=False, detail=NO_MODEL, remedy=REMEDY)
    try:
        located(settings.speech, settings.data)
    except ConfigurationError as error:
        return Finding("speech", there=False, detail=error.message, remedy=REMEDY)
    name = Path(settings.speech.model).name.removesuffix(".pt")
    return Finding("speech", there=True, detail=Bilingual(f"Speech is written down by {name}", f"يفرّغ الكلامَ {name}"))


def _voice(settings: Settings) -> Finding:
    name = settings.voice.model if settings.voice.url else ESPEAK if is_installed() else None
    if name is None:
        return Finding("voice", there=False, detail=NO_VOICE, remedy=ADD_A_VOICE)
    return Finding("voice", there=True, detail=Bilingual(f"Texts are read aloud by {name}", f"يقرأ النصوصَ جهرًا {name}"))


def _moderation(settings: Settings) -> Finding:
    wanted = settings.moderation
    if bool(wanted.url) is not bool(wanted.model):
        return Finding("moderation", there=False, detail=HALF_SET, remedy="FANAR_MODERATION__URL=… FANAR_MODERATION__MODEL=…")
    known = wanted.model or EMBEDDED
    return Finding("moderation", there=True, detail=Bilingual(f"Texts are judged by {known}", f"يقيّم النصوصَ {known}"))


def _data(folder: Path) -> Finding:
    place = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
        return Finding("data", there=True, detail=_same(str(folder)), needed=True)
    detail = Bilingual(f"{folder} cannot be written to.", f"لا تمكن الكتابة في {folder}.")
    return Finding("data", there=False, detail=detail, remedy='FANAR_DATA="$HOME/fanar-data"', needed=True)


async def _kept(settings: Settings) -> AsyncIterator[Finding]:
    if settings.database_url is None and not (settings.data / "fanar.db").exists():
        detail = Bilingual("Not made yet; the first start makes it.", "لم تُنشأ بعد؛ ينشئها التشغيل الأول.")
        yield Finding("database", there=False, detail=detail, remedy=_START, needed=True)
        detail = Bilingual("Not installed yet; the first start installs it.", "لم يُثبَّت بعد؛ يثبّته التشغيل الأول.")
        yield Finding(_QURAN, there=False, detail=detail, remedy=_START, needed=True)
        yield Finding("recency", there=False, detail=NO_SOURCE, remedy=ADD_A_FEED)
        return
    try:
        async with open_storage(settings) as storage:
            yield Finding("database", there=True, detail=Bilingual("It answers.", "تجيب."), needed=True)
            async with open_retrieval(settings, storage.corpora, wait=False) as retrieval:
                installed = await retrieval.corpora.installed()
                for finding in (*_corpora(installed), *_documents(installed), *_shelves(installed), _translation(retrieval.corpora)):
                    yield finding
            yield await _recency(settings, storage)
    except FanarError as error:
        yield Finding("database", there=False, detail=error.message, needed=True)


async def _recency(settings: Settings, storage: Storage) -> Finding:
    known = await kept_news(settings, storage).status()
    there = bool(known.sources or known.articles)
    return Finding("recency", there=there, detail=state_text(known), remedy=None if there else ADD_A_FEED)


def _corpora(installed: list[InstalledCorpus]) -> Iterator[Finding]:
    if not any(each.info.name == _QURAN for each in installed):
        detail = Bilingual("Not installed.", "غير مثبّت.")
        yield Finding(_QURAN, there=False, detail=detail, remedy=_ADD_QURAN, needed=True)
    for each in installed:
        name, count = each.info.name, each.info.documents
        if each.indexed:
            detail = Bilingual(f"{count:,} documents, indexed", f"{count:,} وثيقة مفهرسة")
            yield Finding(name, there=True, detail=detail, needed=name == _QURAN)
        else:
            detail = Bilingual("Its index is missing or of another version.", "فهرسه ناقص أو من إصدار آخر.")
            yield Finding(name, there=False, detail=detail, remedy=f"{_REINDEX} {name}", needed=True)


def _documents(installed: list[InstalledCorpus]) -> Iterator[Finding]:
    """Yield that there are none; those that are there are told by their names."""
    if not any(each.info.kind == GENERAL for each in installed):
        yield Finding("documents", there=False, detail=NO_DOCUMENTS, remedy=ADD_DOCUMENTS)


def _shelves(installed: list[InstalledCorpus]) -> Iterator[Finding]:
    for shelf in SHELVES:
        names = [each.info.name for each in installed if each.info.kind == shelf.kind and each.indexed]
        if names:
            yield Finding(shelf.kind, there=True, detail=shelf.holds(names))
        else:
            yield Finding(shelf.kind, there=False, detail=shelf.empty, remedy=shelf.command)


def _translation(corpora: Corpora) -> Finding:
    found = corpora.fetched_translation()
    if found is not None:
        return Finding("translation", there=True, detail=_same(f"{found.translator} ({found.version})"))
    if which("npm") is None:
        detail = Bilingual("No English translation: npm, which fetches it, is missing.", "لا ترجمة إنجليزية: npm الذي يجلبها غير موجود.")
        return Finding("translation", there=False, detail=detail, remedy=f"apt-get install npm && {_ADD_QURAN}")
    detail = Bilingual("No English translation of the Quran.", "لا ترجمة إنجليزية للقرآن.")
    return Finding("translation", there=False, detail=detail, remedy=_ADD_QURAN)


async def _models(settings: Settings) -> AsyncIterator[Finding]:
    try:
        async with open_models(settings) as models:
            async for finding in _seats(models):
                yield finding
    except FanarError as error:
        yield Finding("language model", there=False, detail=error.message, remedy=add_a_model())


async def _seats(models: Models) -> AsyncIterator[Finding]:
    if not models.seats:
        detail = Bilingual(
            "None is set, and none was found running here (Ollama, LM Studio, llama.cpp, vLLM).",
            "لم يُضبط نموذج ولم يوجد خادم يعمل هنا (Ollama أو LM Studio أو llama.cpp أو vLLM).",
        )
        yield Finding("language model", there=False, detail=detail, remedy=add_a_model())
    for seat, model in models.seats.items():
        source = (
            "scripted double" if models.scripted else f"{models.found.kind} {models.found.url}" if models.found else "FANAR_" + seat.upper()
        )
        if await model.available():
            yield Finding(seat, there=True, detail=_same(f"{model.name} · {source}"))
        else:
            detail = Bilingual(f"Its server does not answer · {source}", f"خادمه لا يجيب · {source}")
            yield Finding(seat, there=False, detail=detail, remedy=add_a_model(seat))


def _extras() -> Iterator[Finding]:
    for name, (module, purpose) in EXTRAS.items():
        remedy = f"make run EXTRAS={name}"
        yield Finding(name, there=(there := _is_installed(module)), detail=purpose, remedy=None if there else remedy)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


async def _server(settings: Settings) -> Finding:
    async with aiohttp.ClientSession() as session:
        url = await running_server(session, settings)
    if url:
        return Finding("server", there=True, detail=_same(url))
    return Finding("server", there=False, detail=Bilingual("None runs on this machine.", "لا خادم يعمل على هذا الجهاز."), remedy=_START)


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)
