"""Whisper's vocabulary, which openai-whisper keeps as tiktoken ranks, in the forms of CTranslate2 and of the tokenizers library.

Knows nothing of models. Both tokenizers give the same tokens for every text, and the same text for all tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

import tiktoken
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

_TIMESTAMP = "<|0.00|>"


def written(encoding: tiktoken.Encoding, size: int) -> list[str]:
    """Return how each of the first `size` tokens is written, special ones as they are named."""
    names = {token: name for name, token in _special(encoding).items()}
    return [names[token] if token in names else _letters(encoding.decode_single_token_bytes(token)) for token in range(size)]


def library_tokenizer(encoding: tiktoken.Encoding) -> Tokenizer:
    """Return the encoding as a tokenizer of the tokenizers library.

    Special tokens are found by name, and in no text: no merge leads to one, so what a user writes like one stays text. Timestamps are left
    out, since they are counted and never looked up.
    """
    special = _special(encoding)
    ranks = {encoding.decode_single_token_bytes(token): token for token in range(min(special.values()))}
    named = {name: token for name, token in special.items() if token < special[_TIMESTAMP]}
    merges = [(_letters(left), _letters(right)) for left, right in _merges(ranks)]
    made = Tokenizer(models.BPE(vocab={_letters(token): rank for token, rank in ranks.items()} | named, merges=merges))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    return made


def _special(encoding: tiktoken.Encoding) -> dict[str, int]:
    return {name: encoding.encode_single_token(name) for name in encoding.special_tokens_set}


def _merges(ranks: Mapping[bytes, int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the pair that each token of several bytes was merged from, in the order of merging."""
    for token, rank in sorted(ranks.items(), key=lambda item: item[1]):
        if len(token) > 1:
            yield _pair(ranks, token, rank)


def _pair(ranks: Mapping[bytes, int], token: bytes, rank: int) -> tuple[bytes, bytes]:
    """Return the two parts that a token falls into while it is not known yet itself."""
    cuts = [place for place in range(1, len(token)) if token[:place] in ranks and token[place:] in ranks]
    if len(cuts) == 1:
        return token[: cuts[0]], token[cuts[0] :]
    parts = [token[place : place + 1] for place in range(len(token))]
    while len(parts) > 2:
        merged = [ranks.get(left + right, rank) for left, right in pairwise(parts)]
        best = min(range(len(merged)), key=merged.__getitem__)
        parts[best : best + 2] = [parts[best] + parts[best + 1]]
    return parts[0], parts[1]


def _letters(token: bytes) -> str:
    return "".join(_alphabet()[byte] for byte in token)


@lru_cache(maxsize=1)
def _alphabet() -> tuple[str, ...]:
    """Return the letter that stands for each byte in byte-level vocabularies: itself where it can be seen, else one from U+0100 on."""
    seen = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    unseen = [byte for byte in range(256) if byte not in seen]
    return tuple(chr(byte) if byte in seen else chr(0x100 + unseen.index(byte)) for byte in range(256))
