"""Which language models are connected: those that are set, else one that runs here, and under which names."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import ConfigurationError
from fanar.llm.discovery import FoundServer
from fanar.messages import ChatMessage, ChatRequest
from fanar.scripture.index import InMemoryScripture
from fanar.settings import ModelSettings, Settings
from orchestrator.bootstrap import models as bootstrap
from orchestrator.bootstrap.attribution import Attribution
from orchestrator.bootstrap.capabilities import Inventory
from orchestrator.bootstrap.image import ImageModule
from orchestrator.bootstrap.models import Models, open_models
from orchestrator.bootstrap.moderation import LateModerator, Moderation
from orchestrator.bootstrap.recency import Recency
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.speech import Speech
from orchestrator.bootstrap.voice import VoiceModule
from orchestrator.models import LanguageModels, SeatedModel
from orchestrator.platform import Capability
from tests.fakes.articles import MemoryArticleStore
from tests.fakes.models import SayingModel, collected, text_of
from tests.fakes.upstream import Upstream, upstream
from tests.fakes.voice import readings

HELLO = ChatRequest((ChatMessage("user", "hi"),), model="Fanar-S-1-7B")
INFO = CorpusInfo("quran", "Q", "Tanzil 1.1", "", "", "", 6236, 1, "ar", "scripture")
CHECKS = Capability("attribution", available=True, detail=Bilingual("Checks.", "تحقق."))


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


@pytest.fixture
async def server() -> AsyncIterator[Upstream]:
    async with upstream(model="tiny") as running:
        yield running


def found_at(url: str) -> Any:
    async def discover(session: aiohttp.ClientSession, *, own_ports: tuple[int, ...]) -> list[FoundServer]:
        return [FoundServer("ollama", url, ("tiny",))]

    return discover


def inventory(models: Models, *corpora: str, translation: str | None = None) -> Inventory:
    verse = Document("1:1", "quran", "1:1", "بسم", translation=translation, metadata={"surah": 1, "ayah": 1})
    index = InMemoryScripture([verse], version="t", basmala="b")
    parts: dict[str, Any] = dict.fromkeys(("verses", "calibration", "verifier", "guard", "reader"))
    scripture = Scripture(info=INFO, index=index, **parts)
    shelved = {"hadith": ["sunnah"]}
    return Inventory(
        scripture=scripture,
        models=models,
        general_corpora=lambda: corpora,
        shelved=lambda kind: shelved.get(kind, []),
        speech=Speech(settings(), models.catalog),
        image=ImageModule(settings(), models.catalog, scripture, None),
        voice=VoiceModule(readings(None), reciters=list),
        recency=Recency(settings(), store=MemoryArticleStore(), model=None, guard=scripture.guard),
        moderation=Moderation(LateModerator(), settings().moderation, models.catalog),
        attribution=Attribution(None, None, lambda: CHECKS, "never"),  # type: ignore[arg-type]
    )


async def test_server_that_is_set_answers_under_fanars_name(server: Upstream) -> None:
    async with open_models(settings(star=ModelSettings(url=server.url, model="tiny"))) as models:
        assert set(models.seats) == {"star"}
        assert text_of(await collected(models.language.stream(HELLO, preferred="star")))
        told = inventory(models, "notes", translation="In the name")
        await told.refresh()
        ids = [model.id for model in told.served_models()]
        assert "Fanar-S-1-7B" in ids
        assert "Fanar-C-2-27B" not in ids
        there = {capability.name: capability.available for capability in told.capabilities()}
        assert there["star"]
        assert there["documents"]
        assert there["translation"]
        assert (there["hadith"], there["fiqh"]) == (True, False)
        assert not there["prime"]
        assert all(ability.ar for ability in told.abilities())


async def test_server_found_on_this_machine_keeps_its_own_name(
    server: Upstream, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bootstrap, "discover", found_at(server.url))
    with caplog.at_level(logging.INFO):
        async with open_models(settings()) as models:
            assert "using a server on this machine" in caplog.text
            assert models.found is not None
            assert models.catalog.find("tiny").owned_by == "ollama"
            told = inventory(models)
            await told.refresh()
            listed = {model.id: model for model in told.served_models()}
            assert listed["tiny"].owned_by == "ollama"
            assert "Fanar-S-1-7B" not in listed
            (star,) = [capability for capability in told.capabilities() if capability.name == "star"]
            assert "not a Fanar model" in star.detail.en


async def test_nobody_is_looked_for_when_that_is_turned_off(server: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "discover", found_at(server.url))
    async with open_models(settings(discover=False)) as models:
        assert not models.language


async def test_without_any_server_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(session: aiohttp.ClientSession, *, own_ports: tuple[int, ...]) -> list[FoundServer]:
        return []

    monkeypatch.setattr(bootstrap, "discover", nothing)
    async with open_models(settings()) as models:
        assert models.found is None
        (star,) = [capability for capability in inventory(models).capabilities() if capability.name == "star"]
        assert star.remedy == "FANAR_STAR__URL=http://127.0.0.1:8001/v1"


async def test_scripted_model_answers_only_by_explicit_setting(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    script = tmp_path / "script.json"
    script.write_text('[{"reply": "scripted answer"}]', encoding="utf-8")
    async with open_models(settings(scripted_model=script)) as models:
        assert models.scripted
        assert "test double" in caplog.text
        assert text_of(await collected(models.language.stream(HELLO, preferred="star"))) == "scripted answer"


async def test_server_that_does_not_answer_is_missing_and_doctor_is_named() -> None:
    async with open_models(settings(star=ModelSettings(url="http://127.0.0.1:9/v1", model="x"))) as models:
        told = inventory(models)
        await told.refresh()
        (star,) = [capability for capability in told.capabilities() if capability.name == "star"]
        assert (star.available, star.remedy) == (False, "fanar doctor")


async def test_models_as_one_model_prefer_a_seat() -> None:
    model = SeatedModel(LanguageModels({"star": SayingModel("s", "a"), "prime": SayingModel("p", "b")}), preferred="prime")
    assert model.name == "p"
    assert await model.available()
    assert text_of(await collected(model.stream(ChatRequest(HELLO.messages)))) == "b"
    nobody = SeatedModel(LanguageModels({}), preferred="star")
    assert nobody.name == "star"
    assert not await nobody.available()


async def test_an_operators_table_renames_ids_and_adds_some(tmp_path: Path) -> None:
    table = tmp_path / "catalog.toml"
    table.write_text('["Acme-Chat"]\nreplaces = "Fanar-C-2-27B"\n["acme-small"]\nservice = "star"\nowned_by = "acme"\n', encoding="utf-8")
    async with open_models(settings(data=tmp_path, discover=False, catalog=table)) as models:
        assert models.catalog.find("Fanar-C-2-27B").id == "Acme-Chat"
        assert models.catalog.find("acme-small").owned_by == "acme"
        assert models.language.is_addressed("acme-small")


@pytest.mark.parametrize("content", [None, "[", '["x"]\nservice = "no such service"', '["x"]\nreplaces = "no-such-model"'])
async def test_a_table_that_cannot_be_used_is_refused_at_start(tmp_path: Path, content: str | None) -> None:
    table = tmp_path / "catalog.toml"
    if content is not None:
        table.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        async with open_models(settings(data=tmp_path, discover=False, catalog=table)):
            pass
