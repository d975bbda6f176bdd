"""Which models a server lists, and which of them converse."""

import pytest

from fanar.errors import ModelUnavailableError
from fanar.llm.served import ServedModel, served_models


@pytest.mark.parametrize("name", ["qwen3:1.7b", "QCRI/Fanar-1-9B-Instruct", "gemma-3-1b-it", "me5a-chat", "tiny", "glimmer"])
def test_a_chat_model_converses(name: str) -> None:
    assert ServedModel(name).chats


@pytest.mark.parametrize(
    "name",
    [
        "nomic-embed-text:latest",
        "text-embedding-3-small",
        "BAAI/bge-m3",
        "intfloat/multilingual-e5-large",
        "all-MiniLM-L6-v2",
        "Qwen3-Reranker-0.6B",
    ],
)
def test_a_model_that_embeds_or_ranks_does_not(name: str) -> None:
    assert not ServedModel(name).chats


def test_rows_without_an_id_are_passed_over() -> None:
    body = b'{"data": [{"id": "a", "owned_by": 3}, {"id": 4}, 5, {}, {"id": "b", "owned_by": "vllm"}]}'
    assert served_models(body) == [ServedModel("a"), ServedModel("b", "vllm")]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"data": {}}', b"null"])
def test_another_answer_is_no_list_of_models(body: bytes) -> None:
    with pytest.raises(ModelUnavailableError):
        served_models(body)
