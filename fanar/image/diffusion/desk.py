"""What the owner of a diffusion model serves: pictures in the making, those of one size drawn together, in the order in which they came.

One thread draws; everybody else waits for what it tells. A picture that nobody waits for any more is dropped, and when nobody waits for any
of those that are drawn together, the drawing stops at its next step.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import randbits, token_hex
from typing import Any

import torch

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, NotFoundError, OverloadedError, UnprocessableError
from fanar.image.diffusion.drawing import Pixels, Shape, draw
from fanar.image.diffusion.looking import Looker
from fanar.image.diffusion.pipelines import Loaded, load
from fanar.workers.memory import give_back

METHODS = ("begin", "advance", "end", "loaded")
_USUAL = 1024 * 1024  # pixels of a picture of the usual size
_PACE = 0.25  # seconds between two looks at what is new: nobody reads faster, and each telling costs as much as a step of a small model
_LOOKS = 20  # after which `advance` returns nothing
_AT_A_LOOK = 4  # pictures that are told of their steps: where more are drawn together, each is told less often
_IDLE = 60.0  # seconds after which freed memory is not kept for the next drawing
_GATHER = 0.01  # seconds for others to come before a batch begins: far less than any drawing takes
_FORGOTTEN = 60.0  # seconds after which nobody is believed to wait any more
_FULL = Bilingual("Too many pictures are being drawn; try again shortly.", "تُرسم صور كثيرة الآن؛ أعد المحاولة بعد قليل.")
_GONE = Bilingual("This picture is no longer being drawn; ask again.", "لم تعد هذه الصورة تُرسم؛ أعد الطلب.")
_FAILED = Bilingual("The image model failed.", "أخفق نموذج الصور.")
_NO_ROOM = Bilingual(
    "The model ran out of memory: a smaller size may do, or FANAR_IMAGE__BATCH=1, or FANAR_IMAGE__OFFLOAD=true.",
    "نفدت ذاكرة النموذج: جرّب حجمًا أصغر، أو FANAR_IMAGE__BATCH=1، أو FANAR_IMAGE__OFFLOAD=true.",
)


@dataclass(slots=True)
class Job:
    """One picture. `told` is what its client has not fetched yet; it is `over` when it was drawn, failed or was left.

    `together` is how many are drawn with it, itself among them.
    """

    prompt: str
    seed: int
    shape: Shape
    previews: int
    together: int = 1
    seen: float = field(default_factory=time.monotonic)
    told: list[list[Any]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    error: FanarError | None = None


class Desk:
    """Draws with `loaded`; at most `most` pictures wait or are drawn; `steps` 0 takes the model's own number.

    At most `batch` pictures of 1024 × 1024 are drawn together, of other sizes as many as have no more pixels, though always one.
    Where a `looker` judges what was drawn, pictures in the making, which it does not see, are not shown.
    """

    def __init__(self, loaded: Loaded, *, most: int, batch: int, steps: int = 0, looker: Looker | None = None) -> None:
        self._loaded = loaded
        self._looker = looker
        self._most = most
        self._batch = batch
        self._steps = steps or loaded.kind.steps
        self._news = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._closed = False
        # Each thread has to be told anew how many threads torch may compute with.
        self._threads = torch.get_num_threads()
        self._thread = threading.Thread(target=self._work, name="painter", daemon=True)
        self._thread.start()

    def begin(self, prompt: str, width: int, height: int, seed: int | None, steps: int | None, previews: int) -> str:
        """Take a picture in and return its name. Raises OverloadedError, UnprocessableError for a size that the model cannot draw."""
        multiple = self._loaded.kind.multiple
        if width % multiple or height % multiple:
            message = Bilingual(f"width and height must be multiples of {multiple}.", f"يجب أن يكون العرض والارتفاع من مضاعفات {multiple}.")
            raise UnprocessableError(message, param="size")
        with self._news:
            self._forget()
            if len(self._jobs) >= self._most:
                raise OverloadedError(_FULL)
            shape = Shape(width, height, steps or self._steps)
            job = Job(prompt, randbits(32) if seed is None else seed, shape, 0 if self._looker else previews)
            name = token_hex(8)
            self._jobs[name] = job
            self._waiting.append(job)
            self._news.notify_all()
            return name

    def advance(self, name: str) -> list[list[Any]]:
        """Return what is new: ["step", step, steps, preview or None] and at the end ["done", pixels], with which the picture is left.

        Waits a while for it. Raises NotFoundError for a picture that is not there, and what drawing it failed with.
        """
        with self._news:
            job = self._jobs.get(name)
            if job is None:
                raise NotFoundError(_GONE)
            job.seen = time.monotonic()
        for look in range(1, _LOOKS + 1):
            if job.over.wait(_PACE) or (job.told and look * _AT_A_LOOK >= job.together):
                break
        with self._news:
            job.seen = time.monotonic()
            if job.over.is_set():
                self._jobs.pop(name, None)
            if job.error is not None:
                raise job.error
            told, job.told = job.told, []
            return told

    def end(self, name: str) -> None:
        """Leave a picture; one that is not there is no error."""
        with self._news:
            self._drop(name)

    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return True

    def close(self) -> None:
        """Leave everything."""
        with self._news:
            self._closed = True
            for name in list(self._jobs):
                self._drop(name)
            self._news.notify_all()
        self._thread.join()

    def _drop(self, name: str) -> None:
        job = self._jobs.pop(name, None)
        if job is not None:
            job.over.set()
            if job in self._waiting:
                self._waiting.remove(job)

    def _forget(self) -> None:
        limit = time.monotonic() - _FORGOTTEN
        for name in [name for name, job in self._jobs.items() if job.seen < limit]:
            self._drop(name)

    def _work(self) -> None:
        torch.set_num_threads(self._threads)
        while batch := self._next():
            pictures: list[Pixels] | None = None
            faults: Sequence[FanarError | None] = [None] * len(batch)
            try:
                pictures = self._drawn(batch)
                if self._looker is not None and pictures is not None:
                    faults = self._looker.faults(pictures)
            except MemoryError:
                faults = [ModelUnavailableError(_NO_ROOM)] * len(batch)
            except RuntimeError as cause:
                # torch's own error for a full GPU is one of these.
                faults = [ModelUnavailableError(_NO_ROOM if "out of memory" in str(cause) else _FAILED)] * len(batch)
            except (ValueError, TypeError, IndexError):
                faults = [ModelUnavailableError(_FAILED)] * len(batch)
            with self._news:
                for place, (job, fault) in enumerate(zip(batch, faults, strict=True)):
                    job.error = fault
                    if fault is None and pictures is not None:
                        job.told.append(["done", pictures[place]])
                    job.over.set()

    def _next(self) -> list[Job]:
        """Wait for a picture, and return it with those that can be drawn with it; nothing at the end."""
        with self._news:
            if not self._news.wait_for(lambda: self._waiting or self._closed, timeout=_IDLE):
                give_back()
                self._news.wait_for(lambda: self._waiting or self._closed)
            # At once where the batch is full, or nobody waits any more.
            self._news.wait_for(lambda: self._closed or len(self._waiting) >= self._room(), timeout=_GATHER)
            if self._closed or not self._waiting:
                return [] if self._closed else self._next()
            shape = self._waiting[0].shape
            batch = [job for job in self._waiting if job.shape == shape][: self._room()]
            for job in batch:
                self._waiting.remove(job)
                job.together = len(batch)
            return batch

    def _room(self) -> int:
        """Return how many pictures of the size of the one that waits longest are drawn together."""
        if not self._waiting:
            return 0
        shape = self._waiting[0].shape
        return max(1, self._batch * _USUAL // (shape.width * shape.height))

    def _drawn(self, batch: list[Job]) -> list[Pixels] | None:
        shape = batch[0].shape

        def step(done: int, steps: int, pictures: list[Pixels] | None) -> bool:
            with self._news:
                for place, job in enumerate(batch):
                    preview = pictures[place] if pictures is not None and done in _shown(job.previews, steps) else None
                    job.told.append(["step", done, steps, preview])
                return not all(job.over.is_set() for job in batch)

        previews = frozenset().union(*(_shown(job.previews, shape.steps) for job in batch))
        return draw(self._loaded, [job.prompt for job in batch], [job.seed for job in batch], shape, previews=previews, step=step)


def _shown(previews: int, steps: int) -> frozenset[int]:
    """Return the steps after which a picture in the making is shown: spread evenly, the last left out."""
    return frozenset(round(steps * number / (previews + 1)) for number in range(1, previews + 1)) - {0, steps}


def open_desk(
    *,
    folder: str,
    lora: str | None,
    classifier: str | None,
    device: str,
    precision: str,
    offload: bool,
    most: int,
    batch: int,
    steps: int,
    threads: int,
) -> Desk:
    """Return a desk of the models in folders; `threads` 0 leaves that to torch. Raises ConfigurationError for what cannot be loaded."""
    if threads:
        torch.set_num_threads(threads)
    looker = Looker(Path(classifier), device=device) if classifier else None
    loaded = load(Path(folder), lora=Path(lora) if lora else None, device=device, precision=precision, offload=offload)
    return Desk(loaded, most=most, batch=batch, steps=steps, looker=looker)
