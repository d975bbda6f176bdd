"""The texts that the moderator is fitted to, as they were written for it. Knows nothing of features or weights.

In the files of `texts/` a line `= labels variety` stands over the texts that it is about, one a line; `none` is the label of what is
harmless. Varieties are those of Arabic, `english`, and `arabizi`, Arabic in Latin letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fanar.moderation.verdict import SUPPORTED

FOLDER = Path(__file__).with_name("texts")
STEREOTYPE = "stereotype"
"""What belongs to no category of clients' but counts as a lack of cultural awareness."""
LABELS = (*SUPPORTED, STEREOTYPE)
VARIETIES = frozenset(("msa", "gulf", "egyptian", "levantine", "maghrebi", "iraqi", "english", "arabizi"))


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it is: no labels mean that it is harmless."""

    text: str
    labels: frozenset[str]
    variety: str


def read_examples(folder: Path = FOLDER) -> list[Example]:
    """Return all texts, in order. Raises ValueError for a heading that names what is not known, and for a text without one."""
    return [example for path in sorted(folder.glob("*.txt")) for example in _read(path)]


def checksum(folder: Path = FOLDER) -> str:
    """Return the SHA-256 of all texts."""
    digest = sha256()
    for path in sorted(folder.glob("*.txt")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> list[Example]:
    found: list[Example] = []
    labels, variety = frozenset[str](), ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            names, variety = line[2:].split()
            labels = frozenset(names.split(",")) - {"none"}
            if not labels <= set(LABELS) or variety not in VARIETIES:
                raise ValueError(f"{path.name}: {line}")
        elif line.strip():
            if not variety:
                raise ValueError(f"{path.name}: {line}")
            found.append(Example(line.strip(), labels, variety))
    return found
