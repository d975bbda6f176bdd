"""Tiny pipelines with random weights: real code, noise out."""

from __future__ import annotations

import json
import string
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxPipeline,
    FluxTransformer2DModel,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    PreTrainedTokenizerFast,
    T5Config,
    T5EncoderModel,
    ViTConfig,
    ViTForImageClassification,
    ViTImageProcessor,
)

_LETTERS = string.ascii_lowercase + string.digits


def tiny_classifier(folder: Path, *, says: str) -> Path:
    """Write an image classifier that calls every picture the same: of the classes normal and nsfw, or the one that `says`."""
    labels = {0: "normal", 1: says} if says != "normal" else {0: "nsfw", 1: says}
    torch.manual_seed(0)
    sizes = {
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "image_size": 32,
        "patch_size": 8,
    }
    model = ViTForImageClassification(ViTConfig(**sizes, id2label=labels, label2id={name: place for place, name in labels.items()}))
    with torch.no_grad():
        model.classifier.bias.copy_(torch.tensor([-100.0, 100.0]))
    model.eval().save_pretrained(folder)
    ViTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)
    return folder


def tiny_sd(folder: Path) -> Path:
    """Write a Stable Diffusion pipeline for pictures of a few pixels."""
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        sample_size=8, in_channels=4, out_channels=4, block_out_channels=(16, 32), layers_per_block=1, norm_num_groups=8,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=32, attention_head_dim=4,
    )  # fmt: skip
    StableDiffusionPipeline(
        vae=_vae(4),
        text_encoder=CLIPTextModel(_clip()).eval(),
        tokenizer=_clip_tokenizer(folder),
        unet=unet.eval(),
        scheduler=DDIMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False, set_alpha_to_one=False, steps_offset=1
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder, safe_serialization=True)
    return folder


def tiny_flux(folder: Path, *, halvings: int = 1) -> Path:
    """Write a FLUX.1 pipeline for pictures of a few pixels; with three `halvings`, as FLUX has them, for those of a usual size."""
    torch.manual_seed(0)
    transformer = FluxTransformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=32, pooled_projection_dim=32, axes_dims_rope=(4, 4, 8), guidance_embeds=False,
    )  # fmt: skip
    encoder = T5EncoderModel(T5Config(vocab_size=len(_LETTERS) + 3, d_model=32, d_kv=8, d_ff=37, num_layers=1, num_heads=4))
    FluxPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_vae(4, halvings=halvings),
        text_encoder=CLIPTextModel(_clip()).eval(),
        tokenizer=_clip_tokenizer(folder),
        text_encoder_2=encoder.eval(),
        tokenizer_2=_t5_tokenizer(),
        transformer=transformer.eval(),
    ).save_pretrained(folder, safe_serialization=True)
    return folder


def _vae(channels: int, *, halvings: int = 1) -> AutoencoderKL:
    blocks = halvings + 1
    return AutoencoderKL(
        in_channels=3, out_channels=3, block_out_channels=(8,) * halvings + (16,), layers_per_block=1, norm_num_groups=4,
        latent_channels=channels, down_block_types=("DownEncoderBlock2D",) * blocks, up_block_types=("UpDecoderBlock2D",) * blocks,
        shift_factor=0.1, scaling_factor=0.4, use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=False,
    ).eval()  # fmt: skip


def _clip() -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=2 * len(_LETTERS) + 2, hidden_size=32, intermediate_size=37, num_attention_heads=4, num_hidden_layers=1,
        max_position_embeddings=77, projection_dim=32, bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip


def _clip_tokenizer(folder: Path) -> CLIPTokenizer:
    words = ["<|startoftext|>", "<|endoftext|>", *_LETTERS, *(f"{letter}</w>" for letter in _LETTERS)]
    home = folder.parent / f"{folder.name}-words"
    home.mkdir(parents=True, exist_ok=True)
    (home / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}), encoding="utf-8")
    (home / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    return CLIPTokenizer.from_pretrained(home, model_max_length=77)


def _t5_tokenizer() -> PreTrainedTokenizerFast:
    vocabulary = {"<pad>": 0, "</s>": 1, "<unk>": 2, **{letter: number + 3 for number, letter in enumerate(_LETTERS)}}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=256)
