"""The weights that are installed: one folder each, moved into place whole and with a record of every file. Knows nothing of serving."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotConfiguredError, StorageError
from fanar.weights.catalog import Weights
from fanar.weights.files import Listing, WeightsFile, WeightsSource, check, chosen, sha256_of
from fanar.workers.turns import held_now

RECORD = "fanar-weights.json"
_PARTIAL = ".partial"
_OLD = ".old"


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """A file as it was when it was pulled."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class InstalledWeights:
    """Weights that are complete. `revision` is the exact one, `source` where they came from, `pulled` an ISO time."""

    name: str
    repository: str
    revision: str
    licence: str
    source: str
    pulled: str
    files: tuple[InstalledFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class PullProgress:
    """How far a pull has come, in bytes."""

    step: Bilingual
    done: int
    total: int


class WeightsStore:
    """Weights below `root`. A pull that breaks off leaves what came in a place of its own, and the next one goes on from there."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, name: str) -> Path:
        """Return where weights of this name are, or would be."""
        return self._root / name

    def installed(self) -> list[InstalledWeights]:
        """Return what is complete, by name."""
        records = sorted(self._root.glob(f"*/{RECORD}"))
        return [_read(record) for record in records if not record.parent.name.startswith(".")]

    def find(self, name: str) -> InstalledWeights:
        """Return installed weights. Raises NotConfiguredError naming the command that pulls them."""
        record = self.folder(name) / RECORD
        if not record.is_file():
            raise NotConfiguredError(
                Bilingual(
                    f"The weights of {name} are not here yet: fanar models pull {name}",
                    f"أوزان {name} غير موجودة بعد: fanar models pull {name}",
                )
            )
        return _read(record)

    def pull(self, weights: Weights, source: WeightsSource, *, report: Callable[[PullProgress], None]) -> InstalledWeights:
        """Fetch, check and put in place; what is there already at this revision is returned as it is.

        Raises what the source raises, UnprocessableError for weights that are not data, ConflictError while another pull of them runs.
        """
        with self._alone(weights.name):
            listing = source.listing()
            files = chosen(listing.files, pipeline=weights.engine == "diffusers")
            current = self._current(weights.name, listing, files)
            if current is not None:
                return current
            partial = self._partial(weights.name, listing)
            self._check_room(partial, files)
            checked = _fetch(source, listing, files, partial, report)
            pulled = datetime.now(UTC).isoformat(timespec="seconds")
            made = InstalledWeights(
                weights.name, weights.repository, listing.revision, weights.licence, source.name, pulled, tuple(checked)
            )
            (partial / RECORD).write_text(json.dumps(asdict(made), indent=2), encoding="utf-8")
            self._put_in_place(partial, weights.name)
            return made

    def damaged(self, name: str) -> list[str]:
        """Return the files that are missing or not as they were pulled. Raises NotConfiguredError."""
        folder = self.folder(name)
        return [
            file.path
            for file in self.find(name).files
            if not (folder / file.path).is_file() or sha256_of(folder / file.path) != file.sha256
        ]

    def remove(self, name: str) -> None:
        """Remove weights. Raises NotConfiguredError when they are not here."""
        self.find(name)
        self._put_away(name)

    def _current(self, name: str, listing: Listing, files: Sequence[WeightsFile]) -> InstalledWeights | None:
        if not (self.folder(name) / RECORD).is_file():
            return None
        found = self.find(name)
        same = {(file.path, file.size) for file in found.files} == {(file.path, file.size) for file in files}
        return found if same and found.revision == listing.revision and not self.damaged(name) else None

    def _partial(self, name: str, listing: Listing) -> Path:
        """Return where this revision is gathered; what was gathered of others is of no use any more."""
        home = self._root / _PARTIAL / name
        for other in home.glob("*"):
            if other.name != listing.revision:
                shutil.rmtree(other, ignore_errors=True)
        partial = home / listing.revision
        partial.mkdir(parents=True, exist_ok=True)
        return partial

    def _check_room(self, partial: Path, files: Sequence[WeightsFile]) -> None:
        needed = sum(file.size for file in files) - sum(path.stat().st_size for path in partial.rglob("*") if path.is_file())
        free = shutil.disk_usage(partial).free
        if needed > free:
            missing = -(-(needed - free) // 10**9)
            raise StorageError(
                Bilingual(
                    f"The disk lacks {missing} GB for these weights; FANAR_DATA can name a folder on another one.",
                    f"ينقص القرص {missing} غيغابايت لهذه الأوزان؛ ويمكن أن يحدد FANAR_DATA مجلدًا على قرص آخر.",
                )
            )

    def _put_in_place(self, partial: Path, name: str) -> None:
        self._put_away(name)
        partial.rename(self.folder(name))
        shutil.rmtree(partial.parent, ignore_errors=True)

    def _put_away(self, name: str) -> None:
        """Take a folder out of sight at once, then delete it: half of it must never be seen."""
        if self.folder(name).exists():
            old = self._root / _OLD / f"{name}-{datetime.now(UTC).timestamp()}"
            old.parent.mkdir(exist_ok=True)
            self.folder(name).rename(old)
        shutil.rmtree(self._root / _OLD, ignore_errors=True)

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        with held_now(self._root / _PARTIAL / f"{name}.lock") as held:
            if not held:
                raise ConflictError(
                    Bilingual("These weights are being pulled by another command already.", "يجري تنزيل هذه الأوزان بأمر آخر.")
                )
            yield


def _fetch(
    source: WeightsSource, listing: Listing, files: Sequence[WeightsFile], partial: Path, report: Callable[[PullProgress], None]
) -> list[InstalledFile]:
    total, done = sum(file.size for file in files), 0
    step = Bilingual(f"Pulling {source.name}", f"تنزيل {source.name}")
    checked = []
    for file in files:
        path = partial / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        here = path.stat().st_size if path.exists() else 0
        if here > file.size:
            path.unlink()
            here = 0
        done += here

        def advance(count: int) -> None:
            nonlocal done
            done += count
            report(PullProgress(step, done, total))

        if here < file.size or not path.exists():
            source.fetch(listing, file, path, advance)
        checked.append(_checked(path, file))
    return checked


def _checked(path: Path, file: WeightsFile) -> InstalledFile:
    ok = False
    try:
        digest = check(path, file)
        ok = True
    finally:
        if not ok:
            # A wrong file must not be what the next pull goes on from.
            path.unlink(missing_ok=True)
    return InstalledFile(file.path, file.size, digest)


def _read(record: Path) -> InstalledWeights:
    told = json.loads(record.read_text(encoding="utf-8"))
    return InstalledWeights(**{**told, "files": tuple(InstalledFile(**row) for row in told["files"])})
