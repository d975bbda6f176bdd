"""Draws a few pictures of one size together, each from its own seed, so that each is what it would be alone. Knows nothing of queues."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from diffusers.models.transformers.transformer_flux import FluxPosEmbed
from numpy.typing import NDArray

from fanar.image.diffusion.pipelines import Loaded

Pixels = NDArray[np.uint8]
Step = Callable[[int, int, list[Pixels] | None], bool]
"""Told after each step: which, of how many, and what there is so far. Returns whether to go on."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What pictures must have in common to be drawn together."""

    width: int
    height: int
    steps: int


def draw(
    loaded: Loaded, prompts: Sequence[str], seeds: Sequence[int], shape: Shape, *, previews: frozenset[int], step: Step
) -> list[Pixels] | None:
    """Return the pictures, or None when `step` wanted no more. `previews` are the steps after which pictures so far are shown."""
    pipeline = loaded.pipeline

    def stepped(pipe: Any, index: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - diffusers' own
        """Tell of a step, and stop where nobody wants more."""
        done = index + 1
        shown = _decoded(pipeline, tensors["latents"], shape) if done in previews and loaded.kind.previews and done < shape.steps else None
        if not step(done, shape.steps, shown):
            pipe._interrupt = True
        return tensors

    # On the CPU, whatever computes: the same seed is the same picture on every machine.
    generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
    with torch.inference_mode(), _positions_once(pipeline):
        found = pipeline(
            prompt=list(prompts),
            width=shape.width,
            height=shape.height,
            num_inference_steps=shape.steps,
            guidance_scale=loaded.kind.guidance,
            generator=generators,
            output_type="np",
            callback_on_step_end=stepped,
            **loaded.kind.options,
        ).images
    if pipeline.interrupt:
        return None
    return [_whole(picture) for picture in found]


@contextmanager
def _positions_once(pipeline: Any) -> Iterator[None]:  # noqa: ANN401 - diffusers' own
    """Have FLUX reckon where its tokens stand once a call: at each step it would do so anew, and they stand where they stood."""
    transformer: Any = getattr(pipeline, "transformer", None)
    plain = getattr(transformer, "pos_embed", None)
    if not isinstance(plain, FluxPosEmbed):
        yield
        return
    transformer.pos_embed = _Once(plain)
    try:
        yield
    finally:
        transformer.pos_embed = plain


class _Once(torch.nn.Module):
    """Answers always what `plain` answers first."""

    def __init__(self, plain: torch.nn.Module) -> None:
        super().__init__()
        self._plain = plain
        self._found: Any = None

    def forward(self, ids: torch.Tensor) -> Any:  # noqa: ANN401 - diffusers' own
        """Return it."""
        if self._found is None:
            self._found = self._plain(ids)
        return self._found


def _whole(picture: NDArray[Any]) -> Pixels:
    return np.rint(np.clip(np.nan_to_num(picture.astype(np.float32)), 0, 1) * 255).astype(np.uint8)


def _decoded(pipeline: Any, latents: Any, shape: Shape) -> list[Pixels]:  # noqa: ANN401 - diffusers' own
    """Return pictures in the making."""
    vae = pipeline.vae
    if latents.ndim == 3:
        latents = pipeline._unpack_latents(latents, shape.height, shape.width, pipeline.vae_scale_factor)
    plain = latents / vae.config.scaling_factor + (getattr(vae.config, "shift_factor", None) or 0.0)
    pictures = vae.decode(plain.to(vae.dtype), return_dict=False)[0]
    return [_whole(each) for each in (pictures.permute(0, 2, 3, 1).float().cpu().numpy() + 1) / 2]
