"""Tiny pipelines with random weights, drawn by real diffusers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from fanar.errors import ConfigurationError, ContentFilteredError, ModelUnavailableError, NotFoundError, OverloadedError, UnprocessableError
from fanar.image.diffusion import desk as desks
from fanar.image.diffusion.desk import Desk, open_desk
from fanar.image.diffusion.drawing import Shape, draw
from fanar.image.diffusion.looking import Looker
from fanar.image.diffusion.pipelines import Loaded, load
from fanar.weights.catalog import images
from fanar.weights.hub import HubSource
from fanar.weights.store import WeightsStore
from tests.fakes.hub import Hub, serving
from tests.unit.fanar.image.checkpoints import tiny_classifier, tiny_flux, tiny_sd
from tests.unit.fanar.image.newer_checkpoints import tiny_klein, tiny_zimage

# diffusers and transformers tell of parts of theirs that will change.
pytestmark = [pytest.mark.filterwarnings("ignore::FutureWarning"), pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SHAPE = Shape(32, 32, 3)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    torch.set_num_threads(1)
    home = tmp_path_factory.mktemp("pipelines")
    return {"sd": tiny_sd(home / "sd"), "flux": tiny_flux(home / "flux")}


@pytest.fixture(scope="module", params=["sd", "flux"])
def loaded(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Loaded:
    return load(folders[request.param])


@pytest.fixture
def desk(loaded: Loaded) -> Iterator[Desk]:
    desk = Desk(loaded, most=20, batch=4, steps=2)
    yield desk
    desk.close()


def told(desk: Desk, name: str) -> list[list[Any]]:
    """All that is told of a picture, to its end."""
    rows: list[list[Any]] = []
    while not rows or rows[-1][0] != "done":
        rows += desk.advance(name)
    return rows


def drawn(desk: Desk, prompt: str, size: tuple[int, int], seed: int) -> np.ndarray:
    name = desk.begin(prompt, *size, seed, None, 0)
    picture = np.asarray(told(desk, name)[-1][1])
    desk.end(name)
    return picture


def test_sixteen_at_once_are_what_they_would_be_one_after_the_other(desk: Desk) -> None:
    asked = [(f"prompt {seed}", size, seed) for seed, size in product(range(8), ((32, 32), (48, 32)))]
    alone = [drawn(desk, *each) for each in asked]
    with ThreadPoolExecutor(len(asked)) as pool:
        together = list(pool.map(lambda each: drawn(desk, *each), asked))
    differences = [int(np.abs(one.astype(int) - other).max()) for one, other in zip(alone, together, strict=True)]
    assert max(differences) <= 2
    assert len({each.tobytes() for each in alone}) == len(asked)
    assert alone[1].shape == (32, 48, 3)


@pytest.mark.parametrize(("size", "together"), [((1024, 1024), [1, 4, 1]), ((2048, 1024), [1, 2, 2, 1]), ((512, 512), [1, 5])])
def test_what_waits_together_is_drawn_together_as_far_as_its_pixels_go(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], together: list[int]
) -> None:
    sizes: list[int] = []
    gate = threading.Event()

    def counted(_: Loaded, prompts: list[str], *_rest: object, **_options: object) -> list[np.ndarray]:
        sizes.append(len(prompts))
        gate.wait(10)
        return [np.zeros((1, 1, 3), np.uint8)] * len(prompts)

    monkeypatch.setattr(desks, "draw", counted)
    desk = Desk(loaded, most=20, batch=4, steps=1)
    first = desk.begin("first", *size, 0, None, 0)
    while not sizes:
        gate.wait(0.01)
    others = [desk.begin(f"{number}", *size, number, None, 0) for number in range(1, 6)]
    gate.set()
    for name in (first, *others):
        told(desk, name)
    desk.close()
    assert sizes == together


def test_every_step_is_told_and_what_was_fetched_leaves_room_for_the_next(loaded: Loaded) -> None:
    desk = Desk(loaded, most=1, batch=1, steps=2)
    for seed in (1, 2):
        name = desk.begin("a cat", 32, 32, seed, 2, 0)
        assert [row[:2] for row in told(desk, name)[:-1]] == [["step", 1], ["step", 2]]
        with pytest.raises(NotFoundError):
            desk.advance(name)
    desk.close()


@pytest.mark.parametrize(("together", "looks"), [(1, 1), (4, 1), (5, 2), (16, 4)])
def test_where_many_are_drawn_together_each_is_told_less_often(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch, together: int, looks: int
) -> None:
    told_once, looked, gate = threading.Event(), [], threading.Event()

    class Looked(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            looked.append(timeout)
            return self.is_set()

    def stepping(_: Loaded, prompts: list[str], *_rest: object, step: Callable[..., bool], **_options: object) -> list[np.ndarray]:
        step(1, 2, None)
        told_once.set()
        gate.wait(10)
        return [np.zeros((1, 1, 3), np.uint8)] * len(prompts)

    monkeypatch.setattr(desks, "draw", stepping)
    monkeypatch.setattr(desks, "_GATHER", 10)
    monkeypatch.setattr(desks, "_USUAL", together * 512 * 512)
    desk = Desk(loaded, most=20, batch=1, steps=2)
    names = [desk.begin("a cat", 512, 512, seed, None, 0) for seed in range(together)]
    assert told_once.wait(10)
    desk._jobs[names[0]].over = Looked()
    assert desk.advance(names[0]) == [["step", 1, 2, None]]
    assert len(looked) == looks
    gate.set()
    desk.close()


def test_memory_is_given_back_where_nothing_is_drawn_for_a_while(loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    given = threading.Event()
    monkeypatch.setattr(desks, "_IDLE", 0.01)
    monkeypatch.setattr(desks, "give_back", given.set)
    desk = Desk(loaded, most=1, batch=1, steps=1)
    assert given.wait(10)
    assert drawn(desk, "a cat", (32, 32), 1).shape == (32, 32, 3)
    desk.close()


def test_where_its_tokens_stand_is_reckoned_once_a_call(folders: dict[str, Path]) -> None:
    flux = load(folders["flux"])
    reckoned: list[tuple[int, ...]] = []
    flux.pipeline.transformer.pos_embed.register_forward_hook(lambda _, given, __: reckoned.append(tuple(given[0].shape)))
    for shape in (SHAPE, Shape(48, 32, 2)):
        assert draw(flux, ["a cat"], [1], shape, previews=frozenset(), step=lambda *_: True)
    assert reckoned == [(256 + 64, 3), (256 + 96, 3)]


def test_a_drawing_that_nobody_waits_for_stops_at_its_next_step(loaded: Loaded) -> None:
    desk = Desk(loaded, most=4, batch=2, steps=500)
    name = desk.begin("a cat", 32, 32, 1, None, 0)
    desk.advance(name)
    desk.end(name)
    with pytest.raises(NotFoundError):
        desk.advance(name)
    # The next one begins although five hundred steps were asked for.
    following = desk.begin("a dog", 32, 32, 1, 1, 0)
    assert [row[0] for row in told(desk, following)] == ["step", "done"]
    desk.close()


def test_pictures_in_the_making_are_shown_where_they_are_asked_for(desk: Desk) -> None:
    name, plain = desk.begin("a cat", 32, 32, 1, 4, 2), desk.begin("a cat", 32, 32, 2, 4, 0)
    seen, unseen = ([row for row in told(desk, each) if row[0] == "step"] for each in (name, plain))
    assert {row[1]: row[3] is not None for row in seen} == {1: True, 2: False, 3: True, 4: False}
    assert all(row[3] is None for row in unseen)


def test_more_than_the_queue_holds_and_sizes_that_the_model_cannot_draw_are_refused(loaded: Loaded) -> None:
    desk = Desk(loaded, most=1, batch=1, steps=200)
    desk.begin("a cat", 32, 32, 1, None, 0)
    with pytest.raises(OverloadedError):
        desk.begin("a dog", 32, 32, 1, None, 0)
    with pytest.raises(UnprocessableError):
        desk.begin("a dog", 33, 32, 1, None, 0)
    desk.close()


@pytest.mark.parametrize(("fault", "said"), [(RuntimeError("CUDA out of memory"), "memory"), (ValueError("x"), "failed")])
def test_a_failure_is_told_to_whom_it_concerns_and_the_next_is_drawn(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        monkeypatch.setattr(desks, "draw", draw)
        raise fault

    monkeypatch.setattr(desks, "draw", failing)
    desk = Desk(loaded, most=4, batch=1, steps=1)
    name = desk.begin("a cat", 32, 32, 1, None, 0)
    with pytest.raises(ModelUnavailableError, match=said):
        told(desk, name)
    assert drawn(desk, "a dog", (32, 32), 1).shape == (32, 32, 3)
    desk.close()


@pytest.mark.parametrize("says", ["normal", "nsfw"])
def test_what_was_drawn_is_looked_at_and_withheld_where_it_must_be(loaded: Loaded, tmp_path: Path, says: str) -> None:
    desk = Desk(loaded, most=4, batch=2, steps=3, looker=Looker(tiny_classifier(tmp_path, says=says)))
    name = desk.begin("a cat", 32, 32, 1, None, 2)
    if says == "normal":
        rows = told(desk, name)
        assert [row[-1] is None for row in rows if row[0] == "step"] == [True] * 3
        assert rows[-1][0] == "done"
    else:
        with pytest.raises(ContentFilteredError, match="nsfw"):
            told(desk, name)
    desk.close()


def test_what_is_no_classifier_of_what_may_be_shown_is_refused(folders: dict[str, Path], tmp_path: Path) -> None:
    for folder in (folders["sd"], tiny_classifier(tmp_path / "cats", says="cat")):
        labels = folder / "config.json"
        if labels.exists():
            labels.write_text(labels.read_text().replace("normal", "dog"))
        with pytest.raises(ConfigurationError, match="CLASSIFIER"):
            Looker(folder)


@pytest.mark.parametrize("kind", ["flux", "sd"])
def test_a_pipeline_comes_from_a_hub_and_without_what_could_run_code(kind: str, folders: dict[str, Path], tmp_path: Path) -> None:
    files = {path.relative_to(folders[kind]).as_posix(): path.read_bytes() for path in folders[kind].rglob("*") if path.is_file()}
    offered = {**files, "whole.safetensors": b"a second copy", "pipeline.py": b"raise SystemExit", "text_encoder/model.bin": b"pickle"}
    weights = images().find("flux-schnell")
    with serving(Hub(offered)) as hub:
        store = WeightsStore(tmp_path)
        store.pull(weights, HubSource(hub.repository, url=hub.url), report=lambda _: None)
    pulled = store.folder(weights.name)
    assert not [path.name for path in pulled.rglob("*") if path.suffix == ".py" or path.name == "whole.safetensors"]
    (pulled / "text_encoder" / "model.bin").unlink(missing_ok=True)
    desk = open_desk(
        folder=str(pulled),
        lora=None,
        classifier=None,
        device="cpu",
        precision="float32",
        offload=False,
        most=2,
        batch=1,
        steps=1,
        threads=1,
    )
    assert drawn(desk, "a cat", (32, 32), 1).shape == (32, 32, 3)
    desk.close()


@pytest.mark.parametrize("tiny", [tiny_zimage, tiny_klein])
def test_newer_kinds_draw_together_what_they_draw_alone(tiny: Callable[[Path], Path], tmp_path: Path) -> None:
    loaded = load(tiny(tmp_path))
    shape = Shape(32, 48, 2)
    steps: list[int] = []

    def step(done: int, *_: object) -> bool:
        steps.append(done)
        return True

    together = draw(loaded, ["a cat", "two dogs"], [1, 2], shape, previews=frozenset(), step=step)
    alone = [draw(loaded, [prompt], [seed], shape, previews=frozenset(), step=step) for prompt, seed in (("a cat", 1), ("two dogs", 2))]
    assert steps == [1, 2] * 3
    assert together is not None
    for whole, single in zip(together, alone, strict=True):
        assert single is not None
        assert whole.shape == (48, 32, 3)
        assert int(np.abs(whole.astype(int) - single[0]).max()) <= 2
    assert (together[0] != together[1]).any()


def test_a_lora_is_laid_over_the_model(folders: dict[str, Path], tmp_path: Path) -> None:
    from safetensors.torch import save_file

    plain = load(folders["flux"])
    layer = plain.pipeline.transformer.transformer_blocks[0].attn.to_q
    torch.manual_seed(1)
    name = "transformer.transformer_blocks.0.attn.to_q"
    save_file(
        {f"{name}.lora_A.weight": torch.randn(2, layer.in_features), f"{name}.lora_B.weight": torch.randn(layer.out_features, 2)},
        tmp_path / "oryx.safetensors",
    )
    over = load(folders["flux"], lora=tmp_path)
    pictures = [draw(each, ["a cat"], [1], SHAPE, previews=frozenset(), step=lambda *_: True) for each in (plain, over)]
    assert pictures[0] is not None
    assert pictures[1] is not None
    assert (pictures[0][0] != pictures[1][0]).any()
    with pytest.raises(ConfigurationError, match="LORA"):
        load(folders["flux"], lora=tmp_path / "absent.safetensors")


@pytest.mark.parametrize("name", ["sd", "flux"])
def test_weights_kept_in_eight_bits_draw_nearly_the_same_picture(folders: dict[str, Path], name: str) -> None:
    wide, small = (load(folders[name], precision=precision) for precision in ("bfloat16", "float8"))
    denoiser = getattr(small.pipeline, "transformer", None) or small.pipeline.unet
    kept = [parameter.nelement() for parameter in denoiser.parameters() if parameter.dtype == torch.float8_e4m3fn]
    assert sum(kept) > 0.7 * sum(parameter.nelement() for parameter in denoiser.parameters())
    pictures = [draw(each, ["a cat"], [1], SHAPE, previews=frozenset(), step=lambda *_: True) for each in (wide, small)]
    assert pictures[0] is not None
    assert pictures[1] is not None
    assert 0 < np.abs(pictures[0][0].astype(int) - pictures[1][0]).mean() < 8


@pytest.mark.parametrize("fault", ["no index", "unknown kind", "code", "broken weights"])
def test_a_folder_that_is_no_safe_pipeline_is_refused(folders: dict[str, Path], tmp_path: Path, fault: str) -> None:
    if fault != "no index":
        for path in folders["sd"].rglob("*"):
            if path.is_file():
                (tmp_path / path.relative_to(folders["sd"])).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path.relative_to(folders["sd"])).write_bytes(path.read_bytes())
    if fault == "unknown kind":
        (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "EvilPipeline"}))
    if fault == "code":
        (tmp_path / "unet" / "run.py").write_text("raise SystemExit")
    if fault == "broken weights":
        (tmp_path / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(b"nonsense")
    with pytest.raises(ConfigurationError):
        load(tmp_path)
