"""`fanar recitations`: recordings of the Quran by reciters, installed from a folder, listed, removed. Knows nothing of sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal

if TYPE_CHECKING:
    from speech.recitations import RecitationStore

HELP = Help(
    Bilingual("Install recordings of the Quran by reciters.", "ثبّت تسجيلات للقرآن الكريم بأصوات القراء."),
    details=Bilingual(
        "The Quran is never synthesised: Fanar-Sadiq-TTS-1 plays these recordings. One file a verse, named by surah and verse: 002255.mp3.",
        "لا يُقرأ القرآن بصوت مصطنع: يشغّل Fanar-Sadiq-TTS-1 هذه التسجيلات. ملف لكل آية باسم سورتها ورقمها: 002255.mp3.",
    ),
    examples=(
        ("fanar recitations add husary/ --reciter mahmoud-al-husary", Bilingual("install a folder", "ثبّت مجلدًا")),
        ("fanar recitations list", Bilingual("see whose there are", "اعرض الموجود")),
    ),
)
_ADD = Help(
    Bilingual("Install a folder of recordings; each is listened to first.", "ثبّت مجلد تسجيلات؛ ويُفحص كل منها أولًا."),
    parameters={
        "folder": Bilingual("Where the recordings lie.", "حيث التسجيلات."),
        "reciter": Bilingual(
            "Whose they are, as clients ask for them: abdul-basit, maher-al-muaiqly, mahmoud-al-husary or another name.",
            "لمن هي، كما يطلبها العملاء: abdul-basit أو maher-al-muaiqly أو mahmoud-al-husary أو غيرها.",
        ),
    },
)
_LIST = Help(Bilingual("List whose recordings are installed.", "اعرض من ثُبّتت تسجيلاتهم."))
_REMOVE = Help(Bilingual("Remove a reciter's recordings.", "أزل تسجيلات قارئ."), parameters={"reciter": Bilingual("Whose.", "لمن.")})
_STEP = Bilingual("Listening", "فحص التسجيلات")
_HERE = Bilingual("{name}: {verses} verses", "{name}: {verses} آية")
_NONE = Bilingual("No recordings are installed.", "لا تسجيلات مثبَّتة.")
_NO_EXTRA = Bilingual(
    "Recordings need libraries that are not installed: `make run EXTRAS=voice` installs them.",
    "تحتاج التسجيلات إلى مكتبات غير مثبتة: يثبّتها الأمر `make run EXTRAS=voice`.",
)

app = typer.Typer(rich_markup_mode=None)


@app.command("add", cls=documented(_ADD))
def add(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    reciter: Annotated[str, typer.Option("--reciter", metavar="NAME")],
) -> int:
    """Install a folder of recordings."""
    terminal: Terminal = ctx.obj
    with reporting(terminal) as report:
        added = _store().add(folder, reciter, progress=lambda done, total: report(Heard(done, total)))
    terminal.write(_told(terminal, added.name, added.verses))
    return Exit.OK


@app.command("list", cls=documented(_LIST))
def list_(ctx: typer.Context) -> int:
    """List whose recordings are installed."""
    terminal: Terminal = ctx.obj
    found = _store().reciters()
    if not found:
        terminal.note(_NONE, style="")
    for each in found:
        terminal.write(_told(terminal, each.name, each.verses))
    return Exit.OK


@app.command("remove", cls=documented(_REMOVE))
def remove(ctx: typer.Context, reciter: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Remove a reciter's recordings."""
    _store().remove(reciter)
    return Exit.OK


class Heard:
    """So many recordings were listened to."""

    step = _STEP

    def __init__(self, done: int, total: int) -> None:
        self.done = done
        self.total = total


def _told(terminal: Terminal, name: str, verses: int) -> str:
    return terminal.text(_HERE).format(name=name, verses=f"{verses:,}") + "\n"


def _store() -> RecitationStore:
    try:
        from speech.recitations import RecitationStore
    except ModuleNotFoundError as cause:
        raise NotConfiguredError(_NO_EXTRA) from cause
    return RecitationStore(load_settings().data / "recitations")
