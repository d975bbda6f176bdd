"""What share an encoder gets beside the n-grams."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fanar.events import Route
from orchestrator.routing.fit_encoder import fit_encoder
from orchestrator.routing.fusion import fingerprint
from orchestrator.routing.prompts import Prompt, read_prompts

FEW = [prompt for route in Route for prompt in [each for each in read_prompts() if each.route is route][:12]]


class TellingEncoder:
    """Knows the route of each prompt from a list, so it is always right."""

    def __init__(self, prompts: Sequence[Prompt]) -> None:
        self._routes = {prompt.text: tuple(Route).index(prompt.route) for prompt in prompts}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(len(Route), dtype=np.float32)[[self._routes[text.rsplit("\n", maxsplit=1)[-1]] for text in texts]]


class RollingEncoder:
    """Says what has nothing to do with the text."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([np.random.default_rng(zlib.crc32(text.encode())).normal(size=4) for text in texts], dtype=np.float32)


def test_an_encoder_that_knows_is_heard_and_one_that_guesses_is_not() -> None:
    telling, rolling = fit_encoder(FEW, encoder=TellingEncoder(FEW)), fit_encoder(FEW, encoder=RollingEncoder())
    assert telling.head.share > 0.5 > 0.2 > rolling.head.share
    assert telling.after["accuracy"] > telling.before["accuracy"]
    assert rolling.before == telling.before


def test_a_head_belongs_to_one_encoder_of_one_size() -> None:
    assert len({fingerprint("a", 4), fingerprint("b", 4), fingerprint("a", 8)}) == 3
