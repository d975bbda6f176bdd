"""`fanar corpora`: what answers rest on: listed, added, checked, indexed again, removed, in this machine's platform."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo
from fanar.errors import NotConfiguredError, UnprocessableError
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal, printable

if TYPE_CHECKING:
    from rag.ingest.corpora import Corpora, InstalledCorpus
    from rag.ingest.documents import Collection
    from rag.ingest.quran import Translation

_QURAN = "quran"
_AS_JSON = {"as_json": Bilingual("Print JSON.", "اطبع بصيغة JSON.")}
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
    parameters=_AS_JSON,
)
_ADD = Help(
    Bilingual("Install or replace a corpus and index it.", "ثبّت مدوّنة أو بدّلها وفهرسها."),
    details=Bilingual(
        "`add quran` installs the Quran. Anything else is a file or folder of Markdown, text, HTML, PDF or JSONL, with or without a name. "
        "Until the new one is complete, answers rest on the old one.",
        "الأمر `add quran` يثبّت القرآن. وما سواه ملف أو مجلد فيه Markdown أو نص أو HTML أو PDF أو JSONL، باسم أو بدونه. "
        "وتبقى الأجوبة على النسخة القديمة حتى تكتمل الجديدة.",
    ),
    examples=(
        ("fanar corpora add quran", Bilingual("the Quran", "القرآن")),
        ("fanar corpora add notes.md", Bilingual("a file; the corpus is called notes", "ملف؛ واسم المدوّنة notes")),
        (
            'fanar corpora add handbook docs/ --licence "CC BY 4.0" --lang ar',
            Bilingual("a folder, with what is known of it", "مجلد مع ما يُعرف عنه"),
        ),
    ),
    parameters={
        "name": Bilingual(
            "quran, or a name of small Latin letters, digits and hyphens; a path alone names the corpus too.",
            "quran، أو اسم بحروف لاتينية صغيرة وأرقام وشرطات؛ والمسار وحده يسمّي المدوّنة أيضًا.",
        ),
        "path": Bilingual("File or folder to read.", "الملف أو المجلد المقروء."),
        "title": Bilingual("Title for readers.", "عنوان للقراء."),
        "licence": Bilingual("What its owner allows.", "ما يسمح به مالكها."),
        "lang": Bilingual("Language of the texts, e.g. ar.", "لغة النصوص، مثل ar."),
        "arabic_only": Bilingual("Install the Quran in Arabic only.", "ثبّت القرآن بالعربية فقط."),
    },
)
_REMOVE = Help(Bilingual("Remove a corpus and its indexes.", "احذف مدوّنة وفهارسها."), parameters={"name": _NAME})
_VERIFY = Help(
    Bilingual(
        "Check texts and indexes against what was installed; exit code 1 when something differs.",
        "طابق النصوص والفهارس مع ما ثُبّت؛ رمز الخروج 1 عند أي اختلاف.",
    ),
    parameters={"names": _NAMES},
)
_REINDEX = Help(
    Bilingual("Build the indexes again from the database.", "ابنِ الفهارس من جديد من قاعدة البيانات."), parameters={"names": _NAMES}
)

_DOCUMENTS = Bilingual("documents", "الوثائق")
_VERSION = Bilingual("version", "الإصدار")
_LICENCE = Bilingual("licence", "الرخصة")
_CHECKSUM = Bilingual("SHA-256", "البصمة")
_INDEX = Bilingual("index", "الفهرس")
_CURRENT = Bilingual("current", "حديث")
_STALE = Bilingual("missing: fanar corpora reindex", "ناقص: fanar corpora reindex")
_NONE = Bilingual("Nothing is installed: fanar corpora add quran.", "لا شيء مثبّت: fanar corpora add quran.")
_NO_NAME = Bilingual("Give the corpus a name: fanar corpora add NAME PATH.", "سمِّ المدوّنة: fanar corpora add NAME PATH.")
_QURAN_PATH = Bilingual("The Quran is not read from files: fanar corpora add quran.", "لا يُقرأ القرآن من ملفات: fanar corpora add quran.")
_ALL_WELL = Bilingual("{name}: all well.", "{name}: سليمة.")
_INSTALLED = Bilingual("{name}: {count:,} documents installed and indexed.", "{name}: ثُبّتت {count:,} وثيقة وفُهرست.")
_REMOVED = Bilingual("{name} is removed.", "حُذفت {name}.")
_REJECTED = Bilingual("{files} files were found, {rejected} not taken in:", "عدد الملفات {files}، وما لم يُقبل منها {rejected}:")

_TERMS = re.compile(r"licen[cs]e:|[\w ]*translation:", re.IGNORECASE)

app = typer.Typer()


@app.command("list", cls=documented(_LIST))
def list_corpora(ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json")] = False) -> int:
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


@app.command(cls=documented(_ADD))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    path: Annotated[Path | None, typer.Argument(metavar="[PATH]")] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT")] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="TEXT")] = "",
    lang: Annotated[str, typer.Option("--lang", metavar="CODE")] = "",
    arabic_only: Annotated[bool, typer.Option("--arabic-only")] = False,
) -> int:
    """Install a corpus."""
    terminal: Terminal = ctx.obj
    if name == _QURAN:
        if path is not None:
            raise UnprocessableError(_QURAN_PATH)
        installed = asyncio.run(_add_quran(terminal, translated=not arabic_only))
    else:
        name, path = (name, path) if path else (_name_of(Path(name)), Path(name))
        installed = asyncio.run(_add_files(path, name, terminal, title=title, licence=licence, language=lang))
    terminal.note(_filled(_INSTALLED, name=installed.name, count=installed.documents), style="")
    return Exit.OK


@app.command(cls=documented(_REMOVE))
def remove(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Remove a corpus."""
    terminal: Terminal = ctx.obj

    async def _removed() -> None:
        async with _corpora() as corpora:
            await corpora.remove(name)

    asyncio.run(_removed())
    terminal.note(_filled(_REMOVED, name=name), style="")
    return Exit.OK


@app.command(cls=documented(_VERIFY))
def verify(ctx: typer.Context, names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...")] = None) -> int:
    """Check corpora."""
    terminal: Terminal = ctx.obj

    async def _problems() -> dict[str, list[Bilingual]]:
        async with _corpora() as corpora:
            return {name: await corpora.verify(name) for name in names or await _all(corpora)}

    found = asyncio.run(_problems())
    for name, wrong in found.items():
        for problem in wrong:
            terminal.note(Bilingual(f"{name}: {problem.en}", f"{name}: {problem.ar}"), style="red")
        if not wrong:
            terminal.note(_filled(_ALL_WELL, name=name), style="")
    return Exit.FINDING if any(found.values()) else Exit.OK


@app.command(cls=documented(_REINDEX))
def reindex(ctx: typer.Context, names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...")] = None) -> int:
    """Build indexes again."""
    terminal: Terminal = ctx.obj

    async def _rebuilt() -> list[CorpusInfo]:
        async with _corpora() as corpora:
            with reporting(terminal) as progress:
                return [await corpora.reindex(name, progress=progress) for name in names or await _all(corpora)]

    for info in asyncio.run(_rebuilt()):
        terminal.note(_filled(_INSTALLED, name=info.name, count=info.documents), style="")
    return Exit.OK


@asynccontextmanager
async def _corpora(*, vectors: bool = True) -> AsyncIterator[Corpora]:
    """Open this machine's corpora; without `vectors` at once, and good for listing them only."""
    from orchestrator.bootstrap.retrieval import open_retrieval
    from orchestrator.bootstrap.storage import open_storage

    settings = load_settings()
    async with open_storage(settings) as storage, open_retrieval(settings, storage.corpora, wait=vectors) as retrieval:
        yield retrieval.corpora


def _name_of(path: Path) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", path.absolute().stem.lower()).strip("-")
    if not name:
        raise UnprocessableError(_NO_NAME)
    return name


async def _installed() -> list[InstalledCorpus]:
    async with _corpora(vectors=False) as corpora:
        return await corpora.installed()


async def _all(corpora: Corpora) -> list[str]:
    return [each.info.name for each in await corpora.installed()]


async def _add_quran(terminal: Terminal, *, translated: bool) -> CorpusInfo:
    async with _corpora() as corpora:
        translation = await _translation(corpora, terminal) if translated else None
        with reporting(terminal) as progress:
            return await corpora.install_quran(translation=translation, progress=progress)


async def _translation(corpora: Corpora, terminal: Terminal) -> Translation | None:
    """Fetch the translation; without the program that fetches it the Quran stands in Arabic only, and that is said."""
    try:
        with terminal.waiting():
            return await asyncio.to_thread(corpora.fetch_translation)
    except NotConfiguredError as missing:
        terminal.note(missing.message, style="yellow")
        return None


async def _add_files(path: Path, name: str, terminal: Terminal, *, title: str, licence: str, language: str) -> CorpusInfo:
    from rag.ingest.documents import read_files

    with terminal.waiting():
        collection = await asyncio.to_thread(read_files, path, corpus=name)
    _say_rejects(collection, terminal)
    async with _corpora() as corpora:
        info = collection.info(name, title=title, licence=licence, language=language)
        with reporting(terminal) as progress:
            return await corpora.install(info, collection.documents, progress=progress)


def _say_rejects(collection: Collection, terminal: Terminal) -> None:
    if not collection.rejects:
        return
    terminal.note(_filled(_REJECTED, files=collection.files, rejected=len(collection.rejects)), style="yellow")
    for reject in collection.rejects:
        terminal.note(Bilingual(f"  {reject.file}: {reject.reason.en}", f"  {reject.file}: {reject.reason.ar}"))


def _show(each: InstalledCorpus, terminal: Terminal) -> None:
    from rich.text import Text

    info = each.info
    terminal.show(Text.assemble((printable(info.name), "bold cyan"), f"  {printable(info.title)}"))
    state = (terminal.text(_CURRENT), "green") if each.indexed else (terminal.text(_STALE), "red")
    rows = (
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


def _filled(message: Bilingual, **facts: object) -> Bilingual:
    return Bilingual(message.en.format(**facts), message.ar.format(**facts))
