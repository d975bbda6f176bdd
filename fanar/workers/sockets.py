"""Where owners listen: a private folder, and a path short enough for a Unix socket. Knows nothing of processes."""

from __future__ import annotations

import os
import stat
import tempfile
from hashlib import sha256
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

# Linux allows 107 bytes, macOS 103; the lock beside the socket adds five.
_LONGEST = 98


def socket_path(folder: Path, name: str) -> Path:
    """Return where the owner `name` of what lies in `folder` listens: the same for the same folder, and for us alone.

    Raises ConfigurationError when that folder belongs to somebody else.
    """
    path = folder.resolve() / "run" / f"{name}.sock"
    if len(os.fsencode(path)) > _LONGEST:
        path = Path(tempfile.gettempdir()) / f"fanar-{os.getuid()}" / f"{sha256(os.fsencode(path)).hexdigest()[:32]}.sock"
    _make_private(path.parent)
    return path


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o077:
        raise ConfigurationError(
            Bilingual(
                "The folder of the workers' sockets must belong to this user alone: set FANAR_DATA to a folder of your own, mode 0700.",
                "يجب أن يكون مجلد مقابس العمال لهذا المستخدم وحده: اجعل FANAR_DATA مجلدًا خاصًا بك بالصلاحية 0700.",
            )
        )
