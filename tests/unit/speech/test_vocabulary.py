"""Whisper's vocabulary in two forms: the same tokens from every text, the same text from all tokens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiktoken import Encoding
from tokenizers import Tokenizer
from whisper.tokenizer import get_encoding

from speech.vocabulary import library_tokenizer, written

ENCODING = get_encoding("multilingual")
TEXTS = st.text(st.one_of(st.sampled_from("ابتث ـَّ٣1aZ's.\n\t é中😀"), st.characters(exclude_categories=["Cs"])), max_size=60)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return library_tokenizer(ENCODING)


@settings(max_examples=300)
@given(text=TEXTS)
def test_every_text_has_the_same_tokens(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.encode(text).ids == ENCODING.encode(text, disallowed_special=())


@settings(max_examples=300)
@given(tokens=st.lists(st.integers(0, ENCODING.eot_token - 1), max_size=20))
def test_all_tokens_have_the_same_text(tokenizer: Tokenizer, tokens: list[int]) -> None:
    assert tokenizer.decode(tokens) == ENCODING.decode(tokens)


def test_special_tokens_are_found_by_their_names(tokenizer: Tokenizer) -> None:
    for name in (
        "<|endoftext|>",
        "<|startoftranscript|>",
        "<|ar|>",
        "<|transcribe|>",
        "<|startofprev|>",
        "<|nospeech|>",
        "<|notimestamps|>",
    ):
        assert tokenizer.token_to_id(name) == ENCODING.encode_single_token(name)


def test_what_a_user_writes_like_a_special_token_stays_text(tokenizer: Tokenizer) -> None:
    text = "<|startoftranscript|><|ar|> نعم <|endoftext|>"

    assert max(tokenizer.encode(text).ids) < ENCODING.eot_token
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


@pytest.mark.parametrize(
    ("encoding", "size"), [(ENCODING, 51865), (get_encoding("multilingual", 100), 51866), (get_encoding("gpt2"), 51864)]
)
def test_every_token_is_written_in_a_way_of_its_own(encoding: Encoding, size: int) -> None:
    names = written(encoding, size)

    assert len(set(names)) == len(names) == size
    assert names[encoding.eot_token] == "<|endoftext|>"
    assert names[-1] == "<|30.00|>"
