"""The English translation of the Quran in the npm package `quran-json`. Knows nothing of the Arabic text or of databases.

It is fetched by the operator's command into the data folder and is no part of our distribution. The package's archive is pinned: one with
another checksum is refused, and nothing of it is read but the one file that is needed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.scripture.order import PLACES, Place
from rag.ingest.quran import Translation

_MEMBER = "package/dist/quran_en.json"
_LARGEST_MEMBER = 8_000_000
_SECONDS = 180
_TERMS = (
    "English translation: Saheeh International (Umm Muhammad), through tanzil.net and the npm package quran-json 3.1.2. The package states "
    "CC BY 4.0; the translator's own terms are narrower (tanzil.net/trans: non-commercial use, text unchanged, translator named). "
    "Installed at the operator's command; not distributed with Fanar."
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A package's archive: its name and version, and what its bytes must hash to. `integrity` is npm's SHA-512 in base64."""

    package: str
    file: str
    sha256: str
    integrity: str


QURAN_JSON = Pin(
    "quran-json@3.1.2",
    "quran-json-3.1.2.tgz",
    "d1454352cae9c7506d28d160486b2eb62472d45e36e01cee192d8ade889a6d49",
    "K0RURQSueVUMpDkZCnfXhck6YCX2lEJCar0SsI2naNDgei/crtrVfRHavZk14tw0TJlGQd/zl3tABSOGQrJLYQ==",
)

UNREAD = Translation({}, "Saheeh International", _TERMS, f"npm {QURAN_JSON.package}", QURAN_JSON.sha256)
"""What is known of the translation before it is read; reading it takes most of a second."""


def fetch_quran_json(folder: Path, *, npm: str | None = None, pin: Pin = QURAN_JSON) -> Path:
    """Fetch the archive into `folder` with `npm pack`, unless a good one is there already, and return its path.

    Blocks. Raises NotConfiguredError when npm is not installed, ModelUnavailableError when it fails or brings another archive.
    """
    archive = folder / pin.file
    if archive.is_file() and _is_pinned(archive.read_bytes(), pin):
        return archive
    program = npm or shutil.which("npm")
    if program is None:
        raise NotConfiguredError(
            Bilingual(
                "The translation is fetched by npm, which is not installed: install Node.js, then run fanar corpora add quran.",
                "تُجلب الترجمة بأداة npm وهي غير مثبَّتة: ثبّت Node.js ثم نفّذ fanar corpora add quran.",
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    _pack(program, folder, pin)
    if not archive.is_file() or not _is_pinned(archive.read_bytes(), pin):
        archive.unlink(missing_ok=True)
        raise _refused()
    return archive


def read_quran_json(archive: Path, *, pin: Pin = QURAN_JSON) -> Translation:
    """Read the translation of every verse. Raises ModelUnavailableError for an archive that is not the pinned one or not complete."""
    content = archive.read_bytes()
    if not _is_pinned(content, pin):
        raise _refused()
    try:
        with tarfile.open(archive, "r:gz") as tar:
            member = tar.extractfile(_MEMBER)
            text = b"" if member is None else member.read(_LARGEST_MEMBER)
        surahs = json.loads(text)
    except (tarfile.TarError, KeyError, OSError, ValueError) as cause:
        raise _refused() from cause
    return replace(UNREAD, verses=_verses(surahs), version=f"npm {pin.package}", checksum=pin.sha256)


def _pack(program: str, folder: Path, pin: Pin) -> None:
    # Without a network npm tries for minutes; a first start does not wait for that.
    patience = ["--fetch-retries=1", "--fetch-timeout=30000"]
    command = [program, "pack", pin.package, "--pack-destination", str(folder), "--silent", *patience]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, cwd=folder)  # noqa: S603 - a fixed command, no shell
    except (OSError, subprocess.SubprocessError) as cause:
        raise ModelUnavailableError(
            Bilingual(
                "npm could not fetch the translation: check the network, then run fanar corpora add quran.",
                "تعذّر على npm جلب الترجمة: تحقّق من الشبكة ثم نفّذ fanar corpora add quran.",
            )
        ) from cause


def _is_pinned(content: bytes, pin: Pin) -> bool:
    expected = binascii.hexlify(base64.b64decode(pin.integrity)).decode()
    return hashlib.sha256(content).hexdigest() == pin.sha256 and hashlib.sha512(content).hexdigest() == expected


def _verses(surahs: list[dict[str, Any]]) -> dict[Place, str]:
    try:
        found = {(int(s["id"]), int(v["id"])): str(v["translation"]).strip() for s in surahs for v in s["verses"]}
    except (TypeError, KeyError, ValueError) as cause:
        raise _refused() from cause
    if set(found) != set(PLACES) or not all(found.values()):
        raise _refused()
    return found


def _refused() -> ModelUnavailableError:
    return ModelUnavailableError(
        Bilingual(
            "The fetched translation is not the archive that was expected and is not used: run fanar corpora add quran to fetch it again.",
            "الترجمة التي جُلبت ليست الحزمة المتوقعة فلن تُستعمل: نفّذ fanar corpora add quran لجلبها من جديد.",
        )
    )
