"""Weights from a folder of this machine. Knows nothing of where they are kept."""

from __future__ import annotations

from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotFoundError
from fanar.weights.files import Listing, Report, WeightsFile

REVISION = "local"
_PIECE = 1 << 20


class FolderSource:
    """The weights in `folder`. With `link` files are not copied but bear a second name, where the file system can do that."""

    def __init__(self, folder: Path, *, link: bool = False) -> None:
        self._folder = folder
        self._link = link

    @property
    def name(self) -> str:
        """Where that is, for the record."""
        return str(self._folder.resolve())

    def listing(self) -> Listing:
        """Return the files of the folder. Raises NotFoundError when it is none."""
        if not self._folder.is_dir():
            raise NotFoundError(Bilingual("The folder to take weights from does not exist.", "المجلد الذي تؤخذ منه الأوزان غير موجود."))
        found = sorted(path for path in self._folder.rglob("*") if path.is_file())
        return Listing(REVISION, tuple(WeightsFile(path.relative_to(self._folder).as_posix(), path.stat().st_size) for path in found))

    def fetch(self, listing: Listing, file: WeightsFile, into: Path, report: Report) -> None:
        """Write or link a file, going on from what `into` holds already."""
        origin = self._folder / file.path
        try:
            if self._link and not into.exists() and _linked(origin, into):
                report(file.size)
                return
            _copy(origin, into, report)
        except OSError as cause:
            raise ModelUnavailableError(
                Bilingual(
                    "A file of the weights could not be copied: is it readable, and is there room on the disk?",
                    "تعذّر نسخ أحد ملفات الأوزان: أهو مقروء، وهل في القرص متسع؟",
                )
            ) from cause


def _linked(origin: Path, into: Path) -> bool:
    try:
        into.hardlink_to(origin.resolve())
    except OSError:
        # Another file system, or one that knows no links.
        return False
    return True


def _copy(origin: Path, into: Path, report: Report) -> None:
    with origin.open("rb") as source, into.open("ab") as target:
        source.seek(target.tell())
        while piece := source.read(_PIECE):
            target.write(piece)
            report(len(piece))
