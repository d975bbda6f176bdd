"""Tiny pipelines of the kinds that came after FLUX.1, with random weights: a language model of many thin layers reads the prompt."""

from __future__ import annotations

import string
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    ZImagePipeline,
    ZImageTransformer2DModel,
)
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

_WIDTH = 16
_LETTERS = string.ascii_lowercase + string.digits
_BLOCKS = {"down_block_types": ("DownEncoderBlock2D",) * 2, "up_block_types": ("UpDecoderBlock2D",) * 2, "block_out_channels": (8, 16)}
_SMALL = {**_BLOCKS, "layers_per_block": 1, "norm_num_groups": 4, "mid_block_add_attention": False}


def tiny_zimage(folder: Path) -> Path:
    """Write a Z-Image pipeline for pictures of a few pixels."""
    torch.manual_seed(0)
    transformer = ZImageTransformer2DModel(
        in_channels=4, dim=_WIDTH, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=_WIDTH,
        axes_dims=[4, 2, 2], axes_lens=[1024, 64, 64],
    )  # fmt: skip
    ZImagePipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKL(latent_channels=4, shift_factor=0.1, scaling_factor=0.4, **_SMALL).eval(),
        text_encoder=_reader().model,
        tokenizer=_tokenizer(),
        transformer=transformer.eval(),
    ).save_pretrained(folder, safe_serialization=True)
    return folder


def tiny_klein(folder: Path) -> Path:
    """Write a FLUX.2 [klein] pipeline for pictures of a few pixels."""
    torch.manual_seed(0)
    transformer = Flux2Transformer2DModel(
        in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=8, num_attention_heads=2, joint_attention_dim=3 * _WIDTH,
        timestep_guidance_channels=16, axes_dims_rope=(2, 2, 2, 2), guidance_embeds=False,
    )  # fmt: skip
    Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=AutoencoderKLFlux2(latent_channels=4, **_SMALL).eval(),
        text_encoder=_reader(),
        tokenizer=_tokenizer(),
        transformer=transformer.eval(),
        is_distilled=True,
    ).save_pretrained(folder, safe_serialization=True)
    return folder


def _reader() -> Qwen3ForCausalLM:
    # Klein takes what layers 9, 18 and 27 say.
    config = Qwen3Config(
        vocab_size=len(_LETTERS) + 2, hidden_size=_WIDTH, intermediate_size=16, num_hidden_layers=28, num_attention_heads=2,
        num_key_value_heads=1, head_dim=8,
    )  # fmt: skip
    return Qwen3ForCausalLM(config).eval()


def _tokenizer() -> PreTrainedTokenizerFast:
    vocabulary = {"<pad>": 0, "<unk>": 1, **{letter: number + 2 for number, letter in enumerate(_LETTERS)}}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", chat_template=template)
