"""Reads the prompts that the router learns from and is measured on. Knows nothing of features or models.

A file holds one route: `variety<TAB>detail<TAB>text`, a line a prompt, no header. The turns of a conversation are joined by ` ⇢ `, user
first; the last is the one to route. `detail` is the intent of an Islamic prompt, `star` or `prime` of a general one, else `-`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.events import Route
from fanar.messages import ChatMessage

SHIPPED = Path(__file__).parent / "prompts"
TURN = " ⇢ "
VARIETIES = ("msa", "gulf", "egyptian", "levantine", "maghrebi", "iraqi", "english", "mixed", "arabizi")
INTENTS = (
    "verse",
    "quran_question",
    "statistics",
    "hadith",
    "tafsir",
    "ruling",
    "supplication",
    "zakat",
    "inheritance",
    "calendar",
    "prayer",
    "validation",
    "knowledge",
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One labelled conversation. `detail` is `None` where the route has none."""

    route: Route
    variety: str
    detail: str | None
    turns: tuple[str, ...]

    @property
    def text(self) -> str:
        """The last turn: what is to be routed."""
        return self.turns[-1]

    @property
    def previous(self) -> str:
        """The user's turn before the last, empty where there is none."""
        return self.turns[-3] if len(self.turns) > 2 else ""

    def messages(self) -> list[ChatMessage]:
        """The conversation as a client would send it."""
        return [ChatMessage("user" if at % 2 == 0 else "assistant", turn) for at, turn in enumerate(self.turns)]


def read_prompts(folder: Path = SHIPPED) -> list[Prompt]:
    """Read all prompts below `folder`, in the order of their paths. Raises ConfigurationError for a line that breaks the form."""
    return [_prompt(Route(path.stem), line) for path in _files(folder) for line in path.read_text(encoding="utf-8").splitlines()]


def checksum(folder: Path = SHIPPED) -> str:
    """Return the SHA-256 of all prompts below `folder`, hexadecimal; it does not depend on how they are split into files."""
    lines = sorted(f"{path.stem}\t{line}" for path in _files(folder) for line in path.read_text(encoding="utf-8").splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.rglob("*.tsv"))


def _prompt(route: Route, line: str) -> Prompt:
    columns = line.split("\t")
    if len(columns) != 3 or columns[0] not in VARIETIES or not columns[2].strip():
        raise ConfigurationError(
            Bilingual(
                f"A routing prompt of {route} is not `variety<TAB>detail<TAB>text`.",
                f"سطر في أمثلة التوجيه للمسار {route} لا يطابق الصيغة: اللهجة ثم التفصيل ثم النص، تفصل بينها علامة جدولة.",
            )
        )
    variety, detail, text = columns
    return Prompt(route, variety, None if detail == "-" else detail, tuple(text.split(TURN)))
