"""Builds what judges texts: a guard model on a server where one is set, else the classifier that ships."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from fanar.bilingual import Bilingual
from fanar.judging_protocols import Moderator
from fanar.llm.catalog import ModelCatalog
from fanar.moderation.served import GuardServer
from fanar.moderation.settings import ModerationSettings
from fanar.moderation.verdict import EMBEDDED, SUPPORTED, Verdict
from orchestrator.moderation import GuardPolicy, ModeratedAnswers, ModerationDesk
from orchestrator.platform import Answering, Capability

if TYPE_CHECKING:
    from fanar.moderation.embedded import EmbeddedModerator

_SHIPPED = Bilingual(
    "Texts are judged by the classifier that ships: insults, hate, threats, self-harm, sexual talk, illicit requests",
    "تُقيّم النصوص بالمصنّف المدمج: الإهانة والكراهية والتهديد وإيذاء النفس والكلام الجنسي والطلبات غير المشروعة",
)
_GUARDED = Bilingual("; conversations too", "؛ والمحادثات أيضًا")


class LateModerator:
    """The moderator that ships, its weights read when it is first asked: a gateway that judges nothing carries no arrays."""

    def __init__(self) -> None:
        self.name = EMBEDDED
        self.supported = SUPPORTED
        self._loading = asyncio.Lock()
        self._loaded: EmbeddedModerator | None = None

    async def judge(self, prompt: str, response: str = "") -> Verdict:
        """Return the verdict on both texts; the worse counts. Raises ConfigurationError when the weights cannot be used."""
        async with self._loading:
            if self._loaded is None:
                self._loaded = await asyncio.to_thread(_loaded)
        return await self._loaded.judge(prompt, response)


class Moderation:
    """What judges, for clients and in conversations."""

    def __init__(self, moderator: Moderator, settings: ModerationSettings, catalog: ModelCatalog) -> None:
        self._moderator = moderator
        self._settings = settings
        self.desk = ModerationDesk(moderator, catalog=catalog)

    @property
    def name(self) -> str:
        """The name of what judges."""
        return self._moderator.name

    @property
    def reads_answers(self) -> bool:
        """Whether answers are judged, so that none may pass unread."""
        return self._settings.guard in ("answers", "both")

    @property
    def reads_prompts(self) -> bool:
        """Whether prompts are judged."""
        return self._settings.guard in ("prompts", "both")

    def guarding(self, answers: Answering) -> Answering:
        """Return the answers behind the moderator, as far as the operator wants conversations judged."""
        if not (self.reads_prompts or self.reads_answers):
            return answers
        policy = GuardPolicy(self.reads_prompts, self.reads_answers, frozenset(self._settings.categories))
        return ModeratedAnswers(answers, moderator=self._moderator, policy=policy)

    def capability(self) -> Capability:
        """Return what judges, and what is judged."""
        detail = _SHIPPED
        if self.name != EMBEDDED:
            detail = Bilingual(f"Texts are judged by {self.name}", f"يقيّم النصوصَ {self.name}")
        if self.reads_prompts or self.reads_answers:
            detail = Bilingual(detail.en + _GUARDED.en, detail.ar + _GUARDED.ar)
        return Capability("moderation", available=True, detail=detail)


@asynccontextmanager
async def open_moderation(settings: ModerationSettings, catalog: ModelCatalog) -> AsyncIterator[Moderation]:
    """Yield what judges, and close its connections at the end. Raises ConfigurationError for a server that is not named in full."""
    if not (settings.url or settings.model):
        yield Moderation(LateModerator(), settings, catalog)
        return
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), trust_env=False) as session:
        yield Moderation(GuardServer(session=session, settings=settings), settings, catalog)


def _loaded() -> EmbeddedModerator:
    from fanar.moderation.embedded import EmbeddedModerator
    from fanar.moderation.linear import load_models

    return EmbeddedModerator(load_models())
