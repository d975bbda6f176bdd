"""How far an index has followed the changes, as a note beside it. Knows nothing of indexes."""

from __future__ import annotations

from pathlib import Path


class Bookmark:
    """A position in a file. One that was written under another `mark`, that is by another form of the index, counts for nothing."""

    def __init__(self, file: Path, *, mark: str) -> None:
        self._file = file
        self._mark = mark

    def read(self) -> int:
        """Return the position of the last change that was followed, 0 for none."""
        try:
            mark, _, position = self._file.read_text(encoding="utf-8").rpartition(" ")
            return int(position) if mark == self._mark else 0
        except (OSError, ValueError):
            return 0

    def write(self, position: int) -> None:
        """Note a position; a crash leaves this one or the last."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = self._file.with_suffix(".new")
        waiting.write_text(f"{self._mark} {position}", encoding="utf-8")
        waiting.replace(self._file)
