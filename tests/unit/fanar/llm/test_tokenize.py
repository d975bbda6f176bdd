"""What a server's count of tokens must look like."""

from __future__ import annotations

import pytest

from fanar.errors import ModelUnavailableError
from fanar.llm.tokenize import TokenCount, read_count, tokenizer_url


def test_count_and_limit_are_the_servers() -> None:
    assert read_count(b'{"count":7,"max_model_len":512,"tokens":[1]}', limit=1) == TokenCount(7, 512)


def test_limit_that_the_server_does_not_name_is_the_configured_one() -> None:
    assert read_count(b'{"count":7}', limit=4096) == TokenCount(7, 4096)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"count":true}', b'{"count":-1}', b'{"count":"7"}'])
def test_anything_else_is_no_count(body: bytes) -> None:
    with pytest.raises(ModelUnavailableError):
        read_count(body, limit=1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8001/v1", "http://127.0.0.1:8001"])
def test_tokenizer_stands_beside_the_api(url: str) -> None:
    assert tokenizer_url(url) == "http://127.0.0.1:8001/tokenize"
