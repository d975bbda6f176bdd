"""`fanar corpora`: what answers rest on: listed, added, extended, checked, indexed again, removed, in this machine's platform."""

from __future__ import annotations

import asyncio
import re
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo
from orchestrator.cli.corpora_add import HELP as ADD
from orchestrator.cli.corpora_add import add
from orchestrator.cli.corpora_extend import HELP as EXTEND
from orchestrator.cli.corpora_extend import extend
from orchestrator.cli.corpora_open import open_corpora
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal, printable

if TYPE_CHECKING:
    from rag.ingest.corpora import Corpora, InstalledCorpus

_QURAN = "quran"
_NAME = Bilingual("Name of the corpus; `fanar corpora list` shows them.", "اسم المدوّنة؛ يعرضها الأمر `fanar corpora list`.")
_NAMES = Bilingual("Names of corpora; none means all.", "أسماء المدوّنات؛ وتركها يعني الكل.")

HELP = Help(
    Bilingual("The corpora that answers rest on.", "المدوّنات التي تستند إليها الأجوبة."),
    examples=(
        (
            "fanar corpora add quran",
            Bilingual("the Quran, with its English translation where npm is there", "القرآن، مع ترجمته الإنجليزية حيث يتوفر npm"),
        ),
        (
            "fanar corpora add handbook ~/handbook",
            Bilingual("your own files; any question may be answered from them", "ملفاتك؛ ويمكن أن يُجاب منها عن أي سؤال"),
        ),
        ("fanar corpora verify", Bilingual("check texts and indexes against their records", "طابق النصوص والفهارس مع سجلاتها")),
    ),
)
_LIST = Help(
    Bilingual("List what is installed: version, licence, checksum, counts.", "اعرض المثبّت: الإصدار والرخصة والبصمة والأعداد."),
    parameters={"as_json": AS_JSON},
)
_REMOVE = Help(Bilingual("Remove a corpus and its indexes.", "احذف مدوّنة وفهارسها."), parameters={"name": _NAME})
_ROLLBACK = Help(
    Bilingual("Go back to what a corpus was before it was last replaced.", "ارجع بمدوّنة إلى ما كانت عليه قبل آخر تبديل."),
    examples=(("fanar corpora rollback sunnah", Bilingual("undo the last `add sunnah`", "تراجع عن آخر `add sunnah`")),),
    parameters={"name": _NAME},
)
_VERIFY = Help(
    Bilingual(
        "Check texts and indexes against what was installed; exit code 1 when something differs.",
        "طابق النصوص والفهارس مع ما ثُبّت؛ رمز الخروج 1 عند أي اختلاف.",
    ),
    parameters={"names": _NAMES},
)
_REINDEX = Help(
    Bilingual("Build the indexes again from the database.", "ابنِ الفهارس من جديد من قاعدة البيانات."),
    examples=(
        (
            "fanar corpora reindex --missing",
            Bilingual("on a machine that shares its database with others", "على جهاز يشارك غيره قاعدة البيانات"),
        ),
    ),
    parameters={
        "names": _NAMES,
        "missing": Bilingual("Only those that this machine has no current index of.", "ما ليس له على هذا الجهاز فهرس حديث فقط."),
    },
)

_KIND = Bilingual("kind", "النوع")
_DOCUMENTS = Bilingual("documents", "الوثائق")
_VERSION = Bilingual("version", "الإصدار")
_LICENCE = Bilingual("licence", "الرخصة")
_CHECKSUM = Bilingual("SHA-256", "البصمة")
_INDEX = Bilingual("index", "الفهرس")
_CURRENT = Bilingual("current", "حديث")
_STALE = Bilingual("missing: fanar corpora reindex", "ناقص: fanar corpora reindex")
_NONE = Bilingual("Nothing is installed: fanar corpora add quran.", "لا شيء مثبّت: fanar corpora add quran.")
_ALL_WELL = Bilingual("{name}: all well.", "{name}: سليمة.")
_INSTALLED = Bilingual("{name}: {count:,} documents installed and indexed.", "{name}: ثُبّتت {count:,} وثيقة وفُهرست.")
_RESTORED = Bilingual("{name}: version {version} is back, {count:,} documents.", "{name}: عاد الإصدار {version}، و{count:,} وثيقة.")
_REMOVED = Bilingual("{name} is removed.", "حُذفت {name}.")

_TERMS = re.compile(r"licen[cs]e:|[\w ]*translation:", re.IGNORECASE)

app = typer.Typer()


@app.command("list", cls=documented(_LIST))
def list_corpora(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List what is installed."""
    terminal: Terminal = ctx.obj
    installed = asyncio.run(_installed())
    if as_json:
        terminal.json([{**_facts(each.info), "indexed": each.indexed} for each in installed])
        return Exit.OK
    for each in installed:
        _show(each, terminal)
    if not installed:
        terminal.note(_NONE)
    return Exit.OK


app.command("add", cls=documented(ADD))(add)
app.command("extend", cls=documented(EXTEND))(extend)


@app.command(cls=documented(_REMOVE))
def remove(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Remove a corpus."""
    terminal: Terminal = ctx.obj

    async def _removed() -> None:
        async with open_corpora() as corpora:
            with reporting(terminal) as progress:
                await corpora.remove(name, progress=progress)

    asyncio.run(_removed())
    terminal.note(_REMOVED.format(name=name), style="")
    return Exit.OK


@app.command(cls=documented(_ROLLBACK))
def rollback(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Go back to the generation before."""
    terminal: Terminal = ctx.obj

    async def _restored() -> CorpusInfo:
        async with open_corpora() as corpora:
            with reporting(terminal) as progress:
                return await corpora.rollback(name, progress=progress)

    info = asyncio.run(_restored())
    terminal.note(_RESTORED.format(name=info.name, version=info.version, count=info.documents), style="")
    return Exit.OK


@app.command(cls=documented(_VERIFY))
def verify(ctx: typer.Context, names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...")] = None) -> int:
    """Check corpora."""
    terminal: Terminal = ctx.obj

    async def _problems() -> dict[str, list[Bilingual]]:
        async with open_corpora() as corpora:
            return {name: await corpora.verify(name) for name in names or await _all(corpora)}

    found = asyncio.run(_problems())
    for name, wrong in found.items():
        for problem in wrong:
            terminal.note(Bilingual(f"{name}: {problem.en}", f"{name}: {problem.ar}"), style="red")
        if not wrong:
            terminal.note(_ALL_WELL.format(name=name), style="")
    return Exit.FINDING if any(found.values()) else Exit.OK


@app.command(cls=documented(_REINDEX))
def reindex(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...")] = None,
    missing: Annotated[bool, typer.Option("--missing")] = False,
) -> int:
    """Build indexes again."""
    terminal: Terminal = ctx.obj

    async def _rebuilt() -> list[CorpusInfo]:
        async with open_corpora() as corpora:
            current = [each.info.name for each in await corpora.installed() if each.indexed] if missing else []
            with reporting(terminal) as progress:
                return [await corpora.reindex(name, progress=progress) for name in names or await _all(corpora) if name not in current]

    for info in asyncio.run(_rebuilt()):
        terminal.note(_INSTALLED.format(name=info.name, count=info.documents), style="")
    return Exit.OK


async def _installed() -> list[InstalledCorpus]:
    async with open_corpora(vectors=False) as corpora:
        return await corpora.installed()


async def _all(corpora: Corpora) -> list[str]:
    return [each.info.name for each in await corpora.installed()]


def _show(each: InstalledCorpus, terminal: Terminal) -> None:
    from rich.text import Text

    info = each.info
    terminal.show(Text.assemble((printable(info.name), "bold cyan"), f"  {printable(info.title)}"))
    state = (terminal.text(_CURRENT), "green") if each.indexed else (terminal.text(_STALE), "red")
    rows = (
        (_KIND, info.kind),
        (_DOCUMENTS, f"{info.documents:,}"),
        (_VERSION, printable(info.version)),
        (_LICENCE, " · ".join(_licences(info.licence))),
        (_CHECKSUM, info.checksum[:16]),
    )
    for label, value in rows:
        terminal.show(Text(f"  {terminal.text(label)}: {value}"))
    terminal.show(Text.assemble(f"  {terminal.text(_INDEX)}: ", state))


def _licences(notice: str) -> list[str]:
    """Return the lines of a notice that name its terms, or else its first line; `--json` shows the whole."""
    lines = [printable(line).strip("# ") for line in notice.splitlines()]
    told = [re.sub(r"^licen[cs]e:\s*", "", line, flags=re.IGNORECASE) for line in lines if _TERMS.match(line)]
    return [shorten(line, 100, placeholder=" …") for line in told or [line for line in lines if line][:1]]


def _facts(info: CorpusInfo) -> dict[str, object]:
    return {name: getattr(info, name) for name in CorpusInfo.__dataclass_fields__}
