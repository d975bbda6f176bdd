"""The collections of hadith that quotations are checked against, as they are installed now. Knows nothing of how they are searched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from fanar.attribution.hadith_canon import HadithCanon
from fanar.errors import IndexMismatchError

_LOOK_SECONDS = 1.0


class HadithShelf:
    """Opens the indexes at `folders` and notices when others take their place; one that cannot be used is left out."""

    def __init__(self, folders: Callable[[], Mapping[str, Path]], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._folders = folders
        self._clock = clock
        self._looked = float("-inf")
        self._open: dict[Path, HadithCanon] = {}
        self._canons: tuple[HadithCanon, ...] = ()
        self._lock = threading.Lock()

    def __call__(self) -> tuple[HadithCanon, ...]:
        """Return the collections, by the names of their corpora; looks again when a second has passed."""
        with self._lock:
            if self._clock() - self._looked >= _LOOK_SECONDS:
                self._look()
                self._looked = self._clock()
            return self._canons

    def _look(self) -> None:
        opened: dict[Path, HadithCanon] = {}
        for name, folder in self._folders().items():
            try:
                opened[folder] = self._open.get(folder) or HadithCanon(folder, name=name)
            except IndexMismatchError:
                continue
        if list(opened.values()) != list(self._canons):
            self._canons = tuple(opened.values())
        self._open = opened
