"""A model server's URL, taken apart as an operator meant it."""

from __future__ import annotations

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.llm.faults import Misset
from fanar.llm.pool import Address, ServerUrl


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8001/v1", ServerUrl(Address("127.0.0.1", 8001, secure=False), "127.0.0.1:8001", "/v1", None)),
        ("http://models/v1/", ServerUrl(Address("models", 80, secure=False), "models", "/v1", None)),
        ("https://models.example", ServerUrl(Address("models.example", 443, secure=True), "models.example", "", None)),
        ("http://[::1]:8001/a/v1", ServerUrl(Address("::1", 8001, secure=False), "[::1]:8001", "/a/v1", None)),
        ("http://u%40b:p@models/v1", ServerUrl(Address("models", 80, secure=False), "models", "/v1", "dUBiOnA=")),
    ],
)
def test_url_is_taken_apart(url: str, expected: ServerUrl) -> None:
    assert ServerUrl.read(url) == expected


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://models/v1", "http://", "http://models:99999/v1", "http://[::1/v1", "http://نموذج/v1", "http://a b/v1"]
)
def test_url_that_names_no_server_is_refused_by_the_setting(url: str) -> None:
    with pytest.raises(ModelUnavailableError, match="FANAR_STAR__URL"):
        ServerUrl.read(url)


def test_the_setting_that_is_at_fault_is_the_one_of_that_server() -> None:
    with pytest.raises(ModelUnavailableError, match="FANAR_VISION__URL"):
        ServerUrl.read("nonsense", settings=Misset.of(Bilingual("server", "خادم"), "VISION"))
