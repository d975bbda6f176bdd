"""The catalogue: ids, aliases, and what operators may change."""

import pytest

from fanar.errors import ConfigurationError, NotFoundError
from fanar.llm.catalog import BUILT_IN, ModelCatalog, ModelEntry, Service


@pytest.fixture
def catalog() -> ModelCatalog:
    return ModelCatalog()


def test_the_bare_name_of_the_platform_is_the_router(catalog: ModelCatalog) -> None:
    assert catalog.find("Fanar").service is Service.ROUTER


@pytest.mark.parametrize(
    ("alias", "model_id"),
    [
        ("Islamic-RAG", "Fanar-Sadiq"),
        ("Fanar-ImageGen-1", "Fanar-Oryx-IG-2"),
        ("Fanar-Aura-TTS-1", "Fanar-Aura-TTS-2"),
        ("Fanar-S-1-Turbo", "Fanar-S-1-7B"),
    ],
)
def test_an_old_alias_still_finds_its_model(catalog: ModelCatalog, alias: str, model_id: str) -> None:
    assert catalog.find(alias).id == model_id
    assert alias in catalog


def test_every_service_has_a_model(catalog: ModelCatalog) -> None:
    assert all(catalog.of(service) for service in Service)


def test_aliases_are_not_listed_as_models_of_their_own(catalog: ModelCatalog) -> None:
    assert [entry.id for entry in catalog] == [entry.id for entry in BUILT_IN]


def test_every_description_is_written_in_arabic_letters_too(catalog: ModelCatalog) -> None:
    assert all(any("\u0621" <= letter <= "\u064a" for letter in entry.description.ar) for entry in catalog)


def test_an_unknown_id_is_refused_without_being_repeated(catalog: ModelCatalog) -> None:
    with pytest.raises(NotFoundError) as refusal:
        catalog.find("gpt-secret")
    assert refusal.value.param == "model"
    assert "gpt-secret" not in refusal.value.message.en + refusal.value.message.ar


def test_an_operator_adds_a_model_of_their_own(catalog: ModelCatalog) -> None:
    row = {"service": "star", "aliases": ["acme"], "description": {"en": "Ours.", "ar": "نموذجنا."}, "owned_by": "acme", "created": 7}
    entry = catalog.extended({"Acme-1": row}).find("acme")
    assert (entry.id, entry.service, entry.owned_by, entry.created, entry.description.ar) == ("Acme-1", Service.STAR, "acme", 7, "نموذجنا.")


def test_an_added_model_without_a_description_is_described_by_its_id(catalog: ModelCatalog) -> None:
    assert catalog.extended({"Acme-1": {"service": "prime"}}).find("Acme-1").description.en == "Acme-1"


def test_a_renamed_model_keeps_its_place_and_its_old_ids(catalog: ModelCatalog) -> None:
    renamed = catalog.extended({"Acme-Light": {"replaces": "Fanar-S-1-7B", "aliases": ["light"]}})
    assert [entry.id for entry in renamed][1] == "Acme-Light"
    assert {renamed.find(name).id for name in ("Fanar-S-1-7B", "Fanar-S-1-Turbo", "light")} == {"Acme-Light"}
    assert renamed.find("light").service is Service.STAR
    assert renamed.find("light").description == catalog.find("Fanar-S-1-7B").description


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"A": {"service": "oracle"}}, "A.service"),
        ({"A": {"service": ["star"]}}, "A.service"),
        ({"A": {"service": "star", "description": {"en": "Ours."}}}, "A.description.ar"),
        ({"A": 3}, "A"),
        ({"A": {}}, "A needs a service"),
        ({"A": {"service": "star", "colour": "red"}}, "colour"),
        ({"Fanar": {"service": "star"}}, "Fanar"),
        ({"A": {"replaces": "B"}}, "A needs"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_name(catalog: ModelCatalog, table: dict, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        catalog.extended(table)


def test_an_alias_may_not_hide_another_model() -> None:
    first, second = BUILT_IN[:2]
    with pytest.raises(ConfigurationError, match=second.id):
        ModelCatalog([ModelEntry(first.id, first.service, first.description, (second.id,)), second])
