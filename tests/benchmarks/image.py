"""What pictures cost and how well they bear their marks: the pattern maker, the marks, lettering read back, and diffusion under load.

The pipelines are tiny ones with random weights: they show what our way of calling diffusers adds to it, not how any real model draws.
Reading back is tesseract's, where it is installed with its Arabic data; its own faults count as ours.
"""

from __future__ import annotations

import gc
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import product
from pathlib import Path
from statistics import median

import numpy as np
import psutil
import torch
from PIL import Image, ImageOps

from fanar.image import watermark
from fanar.image.credentials import known
from fanar.image.diffusion.desk import Desk
from fanar.image.diffusion.drawing import Shape, draw
from fanar.image.diffusion.pipelines import Loaded, load
from fanar.image.inspection import inspected
from fanar.image.lettering.panel import written
from fanar.image.patterns.recipes import RECIPES
from fanar.image.raster import drawn
from fanar.image.studio import Order, Studio
from tests.benchmarks.image_worker import beside_bare
from tests.benchmarks.report import Result
from tests.unit.fanar.image.checkpoints import tiny_flux, tiny_sd

_TEXTS = (
    "العلم نور والجهل ظلام", "الوقت كالسيف إن لم تقطعه قطعك", "من جد وجد ومن زرع حصد", "خير الكلام ما قل ودل", "الصديق وقت الضيق",
    "في التأني السلامة وفي العجلة الندامة", "رب أخ لك لم تلده أمك", "لكل مقام مقال", "أهلا وسهلا بكم في الدوحة", "اطلب العلم من المهد",
)  # fmt: skip
_SHAPE = Shape(32, 32, 8)
_DRAWS = 5


def main() -> Iterator[Result]:
    """Run the benchmark."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _patterns(Studio(str(folder / "keys")), folder / "keys")
        if shutil.which("tesseract"):
            yield from _read_back(folder)
        for kind, make in (("tiny Stable Diffusion", tiny_sd), ("tiny FLUX", tiny_flux)):
            loaded = load(make(folder / kind))
            yield from _under_load(kind, loaded)
            yield from beside_bare(kind, folder / kind, loaded, _SHAPE)


def _patterns(studio: Studio, keys: Path) -> Iterator[Result]:
    """Draw each construction a few times, with its marks, and treat the files as they are treated in the world."""
    rows = [(style, fold, variant) for (style, fold), recipes in RECIPES.items() for variant in range(len(recipes))]
    orders = [Order(style, fold, "isfahan", variant, 1024, 1024) for style, fold, variant in rows]
    studio.draw(asdict(orders[0]))
    rounds = [[_timed(studio, order) for order in orders] for _ in range(_DRAWS)]
    costs = [median(cost for cost, _ in times) for times in zip(*rounds, strict=True)]
    files = [file for _, file in rounds[0]]
    made = f"pattern maker, 1024² PNG with both marks, CPU time, {_DRAWS} times each, median of {len(orders)} constructions"
    yield Result(made, 1000 * median(costs), "ms", target="≤ 300")
    yield Result("the same, median of the costliest construction", 1000 * max(costs), "ms", target="≤ 300")
    found = [inspected(file, authority=known(keys)) for file in files]
    yield Result(
        "files whose statement verifies and agrees with the watermark", _share(f.agree and not f.tampered for f in found), "", target="≥ 1"
    )
    yield Result(
        "files with one changed byte of the picture that are found out", _share(_caught(file, keys) for file in files), "", target="≥ 1"
    )
    bits = [_kept(file) for file in files]
    yield Result("watermark bits right after 50 % resize and JPEG 75, mean", float(np.mean(bits)), "", target="≥ 0.95")
    yield Result("the same, the worst picture", float(min(bits)), "", target="≥ 0.95")
    plain = [np.asarray(Image.open(io.BytesIO(file)).convert("RGB").transpose(Image.Transpose.ROTATE_90)) for file in files]
    yield Result("pictures turned by 90° in which the watermark is still read (no promise)", _share(watermark.read(p) for p in plain), "")


def _timed(studio: Studio, order: Order) -> tuple[float, bytes]:
    began = time.process_time()
    file = studio.draw(asdict(order))
    return time.process_time() - began, file


def _caught(file: bytes, keys: Path) -> bool:
    changed = bytearray(file)
    changed[len(changed) * 3 // 4] ^= 1
    try:
        return inspected(bytes(changed), authority=known(keys)).tampered
    except ValueError:
        return False
    except Exception as refused:  # noqa: BLE001 - a file that no longer is a picture was found out too
        return type(refused).__name__ == "UnprocessableError"


def _kept(file: bytes) -> float:
    picture = Image.open(io.BytesIO(file)).convert("RGB")
    number = watermark.read(np.asarray(picture))
    small = io.BytesIO()
    picture.resize((512, 512), Image.Resampling.LANCZOS).save(small, "JPEG", quality=75)
    found = watermark.raw_bits(np.asarray(Image.open(small).convert("RGB")))
    assert number is not None
    assert number.number is not None
    return float((found == watermark.bits_of(number.number)).mean())


def _read_back(folder: Path) -> Iterator[Result]:
    errors, letters = 0, 0
    for text in _TEXTS:
        # A line of the height that tesseract was made for, with a margin.
        ink = drawn(f'<rect width="900" height="48" fill="#fff"/>{written(text, "naskh", "#000", 900, 48)}', 900, 48).convert("L")
        ImageOps.expand(ink, 20, 255).save(folder / "line.png")
        command = ["tesseract", str(folder / "line.png"), "-", "-l", "ara", "--psm", "7"]
        read = " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
        errors += _distance(text, "".join(c for c in read if c.isprintable() and c not in "\u200e\u200f"))
        letters += len(text)
    yield Result(
        f"naskh read back by tesseract-ara, character errors, {len(_TEXTS)} proverbs in lines of 48 pixels",
        errors / letters,
        "",
        target="≤ 0.05",
    )


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def _under_load(kind: str, loaded: Loaded) -> Iterator[Result]:
    asked = [(f"prompt {seed}", size, seed) for seed, size in product(range(8), ((32, 32), (48, 32)))]
    desk = Desk(loaded, most=40, batch=4, steps=_SHAPE.steps)
    first = _cost(lambda: _one(desk, *asked[0]))
    singles = [_cost(lambda each=each: _one(desk, *each)) for each in asked]  # type: ignore[misc]
    alone = [_one(desk, *each) for each in asked]
    with ThreadPoolExecutor(len(asked)) as pool:
        together = list(pool.map(lambda each: _one(desk, *each), asked))
    worst = [int(np.abs(a.astype(int) - b).max()) for a, b in zip(alone, together, strict=True)]
    yield Result(
        f"{kind}: of 16 concurrent requests, mixed sizes and seeds, equal to sequential within 2/255",
        _share(w <= 2 for w in worst),
        "",
        target="≥ 1",
    )
    yield Result(f"{kind}: first request over the median", first / median(singles), "×", target="≤ 1.5")
    yield Result(f"{kind}: steps drawn after the last reader left", float(_after_leaving(loaded)), "", target="≤ 1")
    if kind.endswith("FLUX"):
        yield Result(f"{kind}: growth of memory over 500 pictures after 50", _growth(desk), "MB", target="≤ 20")
    desk.close()


def _one(desk: Desk, prompt: str, size: tuple[int, int], seed: int, *, steps: int | None = None) -> np.ndarray:
    name = desk.begin(prompt, *size, seed, steps, 0)
    while True:
        for kind, *told in desk.advance(name):
            if kind == "done":
                return np.asarray(told[0])


def _after_leaving(loaded: Loaded) -> int:
    steps = 0

    def step(done: int, *_: object) -> bool:
        nonlocal steps
        steps = done
        return done < 3  # the reader leaves during the third

    draw(loaded, ["a cat"], [1], Shape(32, 32, 50), previews=frozenset(), step=step)
    return steps - 3


def _growth(desk: Desk) -> float:
    process = psutil.Process()
    sizes = []
    for number in range(550):
        _one(desk, f"prompt {number}", (32, 32), number, steps=1)
        if number in (49, 549):
            gc.collect()
            sizes.append(process.memory_info().rss)
    return (sizes[1] - sizes[0]) / 1e6


def _cost(work: object) -> float:
    began = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - began


def _share(values: Iterator[object]) -> float:
    found = [bool(value) for value in values]
    return sum(found) / len(found)
