"""What quotations are held against, hadith and translations of the Quran, as it is installed now. Knows nothing of how it is searched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from fanar.errors import IndexMismatchError

_LOOK_SECONDS = 1.0

Index = TypeVar("Index", covariant=True)


class Opener(Protocol[Index]):
    """Opens the index in a folder, which belongs to the corpus `name`."""

    def __call__(self, folder: Path, *, name: str) -> Index:
        """Return it. Raises IndexMismatchError where it cannot be used."""
        ...


class Shelf(Generic[Index]):
    """Opens the indexes at `folders` and notices when others take their place; one that cannot be used is left out."""

    def __init__(
        self, folders: Callable[[], Mapping[str, Path]], *, opener: Opener[Index], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folders = folders
        self._opener = opener
        self._clock = clock
        self._looked = float("-inf")
        self._open: dict[Path, Index] = {}
        self._indexes: tuple[Index, ...] = ()
        self._lock = threading.Lock()

    def __call__(self) -> tuple[Index, ...]:
        """Return the indexes, by the names of their corpora; looks again when a second has passed."""
        with self._lock:
            if self._clock() - self._looked >= _LOOK_SECONDS:
                self._look()
                self._looked = self._clock()
            return self._indexes

    def _look(self) -> None:
        opened: dict[Path, Index] = {}
        for name, folder in self._folders().items():
            try:
                opened[folder] = self._open.get(folder) or self._opener(folder, name=name)
            except IndexMismatchError:
                continue
        if list(opened.values()) != list(self._indexes):
            self._indexes = tuple(opened.values())
        self._open = opened
