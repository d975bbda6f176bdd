"""`fanar corpora add`: the Quran, collections of hadith, tafsir, translations, rulings, one's own documents; from files or an address."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo
from fanar.errors import NotConfiguredError, UnprocessableError
from fanar.settings import load_settings
from orchestrator.cli.corpora_open import open_corpora
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal

if TYPE_CHECKING:
    from rag.ingest.corpora import Corpora
    from rag.ingest.intake import Intake
    from rag.ingest.quran import Translation

_QURAN = "quran"
_GENERAL = "general"
_KINDS = ("hadith", "tafsir", "translation", "fiqh", "fatwa", "supplication", _GENERAL)
_ADDRESSES = ("https://", "http://")
_MOST_SHOWN = 20

SOURCE = Bilingual("File, folder or https address to read.", "الملف أو المجلد أو عنوان https المقروء.")
SHA256 = Bilingual("What the source must hash to.", "البصمة التي يجب أن يطابقها المصدر.")
HELP = Help(
    Bilingual("Install or replace a corpus and index it.", "ثبّت مدوّنة أو بدّلها وفهرسها."),
    details=Bilingual(
        "`add quran` installs the Quran. Anything else is a file, a folder or an address: hadith (hadith-json, LK corpus), a tafsir or "
        "translation by verse (JSONL, JSON, CSV, surah|ayah|text), rulings, fatwas and supplications (JSONL, JSON, CSV, Markdown, HTML), "
        "or any documents of yours, records with `text` or `answer` among them. What cannot be read is listed, the rest taken in. "
        "Until the new one is complete, answers rest on the old one; `fanar corpora rollback` goes back to it.",
        "الأمر `add quran` يثبّت القرآن. وما سواه ملف أو مجلد أو عنوان: حديث (hadith-json أو LK)، أو تفسير أو ترجمة بحسب الآيات "
        "(JSONL أو JSON أو CSV أو surah|ayah|text)، أو أحكام وفتاوى وأدعية (JSONL أو JSON أو CSV أو Markdown أو HTML)، أو وثائق لك، ومنها "
        "سجلات فيها text أو answer. وما لا يُقرأ من الأسطر يُعرض برقمه ويُقبل ما سواه. "
        "وتبقى الأجوبة على النسخة القديمة حتى تكتمل الجديدة، ويعيدها الأمر `fanar corpora rollback`.",
    ),
    examples=(
        ("fanar corpora add quran", Bilingual("the Quran", "القرآن")),
        ("fanar corpora add notes.md", Bilingual("a file; the corpus is called notes", "ملف؛ واسم المدوّنة notes")),
        (
            'fanar corpora add sunnah ~/hadith-json --licence "ISC" --kind hadith',
            Bilingual("collections of hadith, with their licence", "مجموعات حديث مع رخصتها"),
        ),
        (
            "fanar corpora add saadi https://example.org/saadi.jsonl.gz --kind tafsir --sha256 HEX",
            Bilingual("a tafsir from an address, refused unless its checksum is this", "تفسير من عنوان، يُرفض إن خالف هذه البصمة"),
        ),
    ),
    parameters={
        "name": Bilingual(
            "quran, or a name of small Latin letters, digits and hyphens; a path alone names the corpus too.",
            "quran، أو اسم بحروف لاتينية صغيرة وأرقام وشرطات؛ والمسار وحده يسمّي المدوّنة أيضًا.",
        ),
        "source": SOURCE,
        "kind": Bilingual(
            f"What it is: {', '.join(_KINDS)}; else seen from its records.", f"ما هو: {'، '.join(_KINDS)}؛ وإلا عُرف من سجلاته."
        ),
        "title": Bilingual("Title for readers.", "عنوان للقراء."),
        "licence": Bilingual("What its owner allows.", "ما يسمح به مالكها."),
        "lang": Bilingual("Language of the texts, e.g. ar.", "لغة النصوص، مثل ar."),
        "sha256": SHA256,
        "arabic_only": Bilingual("Install the Quran in Arabic only.", "ثبّت القرآن بالعربية فقط."),
        "as_json": AS_JSON,
    },
)
_NO_NAME = Bilingual("Give the corpus a name: fanar corpora add NAME PATH.", "سمِّ المدوّنة: fanar corpora add NAME PATH.")
_QURAN_PATH = Bilingual("The Quran is not read from files: fanar corpora add quran.", "لا يُقرأ القرآن من ملفات: fanar corpora add quran.")
_NO_KIND = Bilingual(f"--kind is one of {', '.join(_KINDS)}.", f"قيمة --kind واحدة من {'، '.join(_KINDS)}.")
_OTHER_CHECKSUM = Bilingual("The source is not the one expected: its SHA-256 is {found}.", "ليس المصدر المتوقع: بصمته {found}.")
_COUNTS = Bilingual(
    "{records:,} records read, {documents:,} documents taken in, {merged:,} part of others, {rejected:,} not taken in.",
    "قُرئ {records:,} سجلًا، وقُبلت {documents:,} وثيقة، و{merged:,} ضمن غيرها، ولم يُقبل {rejected:,}.",
)
_FILES = Bilingual(
    "{records:,} files or records were found, {rejected:,} not taken in; {documents:,} passages.",
    "عدد الملفات أو السجلات {records:,}، وما لم يُقبل منها {rejected:,}، والمقاطع {documents:,}.",
)
_READ_AS = Bilingual("Read as {kind}; --kind says otherwise.", "قُرئت على أنها {kind}؛ ويغيّر ذلك الخيار --kind.")
_MORE = Bilingual("  and {count:,} more; --json lists all.", "  و{count:,} غيرها؛ يعرضها --json كلها.")
_UNLICENSED = Bilingual("No licence was stated: --licence records it.", "لم تُذكر رخصة: يسجّلها الخيار --licence.")
_INSTALLED = Bilingual("{name}: {count:,} documents installed and indexed.", "{name}: ثُبّتت {count:,} وثيقة وفُهرست.")


def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    source: Annotated[str, typer.Argument(metavar="[PATH|URL]")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND")] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT")] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="TEXT")] = "",
    lang: Annotated[str, typer.Option("--lang", metavar="CODE")] = "",
    sha256: Annotated[str, typer.Option("--sha256", metavar="HEX")] = "",
    arabic_only: Annotated[bool, typer.Option("--arabic-only")] = False,
    as_json: AsJson = False,
) -> int:
    """Install a corpus."""
    terminal: Terminal = ctx.obj
    if kind and kind not in _KINDS:
        raise UnprocessableError(_NO_KIND, param="kind")
    if name == _QURAN:
        if source:
            raise UnprocessableError(_QURAN_PATH)
        installed = asyncio.run(_add_quran(terminal, translated=not arabic_only))
    else:
        name, source = (name, source) if source else (_name_of(name), name)
        facts = {"title": title, "licence": licence, "language": lang}
        installed = asyncio.run(_add_collection(source, name, terminal, kind=kind, sha256=sha256, as_json=as_json, facts=facts))
    terminal.note(_INSTALLED.format(name=installed.name, count=installed.documents), style="")
    return Exit.OK


def _name_of(source: str) -> str:
    stem = source.rstrip("/").rpartition("/")[2].partition(".")[0] if source.startswith(_ADDRESSES) else Path(source).absolute().stem
    name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    if not name:
        raise UnprocessableError(_NO_NAME)
    return name


async def _add_quran(terminal: Terminal, *, translated: bool) -> CorpusInfo:
    async with open_corpora() as corpora:
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


async def _add_collection(
    source: str, name: str, terminal: Terminal, *, kind: str, sha256: str, as_json: bool, facts: dict[str, str]
) -> CorpusInfo:
    intake = await taken_in(source, name, terminal, kind=kind, sha256=sha256, language=facts["language"], as_json=as_json)
    if not facts["licence"]:
        terminal.note(_UNLICENSED, style="yellow")
    async with open_corpora() as corpora:
        info = intake.info(name, **facts, source=source if source.startswith(_ADDRESSES) else "files")
        with reporting(terminal) as progress:
            return await corpora.install(info, intake.documents, progress=progress)


async def taken_in(source: str, name: str, terminal: Terminal, *, kind: str, sha256: str, language: str, as_json: bool) -> Intake:
    """Read a collection from a file, a folder or an address, and say what came in. Raises UnprocessableError for another checksum."""
    from rag.ingest.libraries import kind_of, read_library

    path = await _fetched(source, name, terminal) if source.startswith(_ADDRESSES) else Path(source)
    with terminal.waiting():
        seen = kind or await asyncio.to_thread(kind_of, path)
        intake = await asyncio.to_thread(read_library, path, corpus=name, kind=seen, language=language)
    if sha256 and intake.checksum != sha256.lower():
        raise UnprocessableError(_OTHER_CHECKSUM.format(found=intake.checksum), param="sha256")
    if not kind:
        terminal.note(_READ_AS.format(kind=seen))
    _say(intake, terminal, as_json=as_json)
    return intake


async def _fetched(url: str, name: str, terminal: Terminal) -> Path:
    """Fetch a collection into the data folder; an interrupted fetch goes on where it stopped."""
    from fanar.fetch.client import Fetcher
    from rag.ingest.intake import LARGEST_FILE

    settings = load_settings()
    folder = settings.data / "downloads" / name
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    path = folder / (re.sub(r"[^\w.-]", "_", url.partition("?")[0].rpartition("/")[2]) or "collection.jsonl")
    async with Fetcher(private_hosts=settings.fetch_private_hosts) as fetcher:
        with terminal.waiting():
            await fetcher.save(url, path, max_bytes=LARGEST_FILE)
    return path


def _say(intake: Intake, terminal: Terminal, *, as_json: bool) -> None:
    """Say what came in and what came out, and list what was not taken in by file and line."""
    counts = {"records": intake.records, "documents": len(intake.documents), "merged": intake.merged, "rejected": len(intake.rejects)}
    if as_json:
        rejects = [{"file": each.file, "line": each.line, "reason": terminal.text(each.reason)} for each in intake.rejects]
        terminal.json({**counts, "kind": intake.kind, "checksum": intake.checksum, "rejects": rejects})
        return
    terminal.note((_FILES if intake.kind == _GENERAL else _COUNTS).format(**counts), style="yellow" if intake.rejects else "")
    for reject in intake.rejects[:_MOST_SHOWN]:
        place = f"{reject.file}:{reject.line}" if reject.line else reject.file
        terminal.note(Bilingual(f"  {place}: {reject.reason.en}", f"  {place}: {reject.reason.ar}"))
    if len(intake.rejects) > _MOST_SHOWN:
        terminal.note(_MORE.format(count=len(intake.rejects) - _MOST_SHOWN))
