"""`fanar verify`: the quotations of a text word by word beside scripture, its claims beside the sources that are named.

Knows nothing of how they are found.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.findings import FAITHFUL
from fanar.hadith.grades import stated
from fanar.settings import Settings, load_settings
from orchestrator.cli.claims import is_contradicted, named_sources, show_claims
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import SERVER, AsJson, Server
from orchestrator.cli.terminal import Json, Terminal, decoded, printable

if TYPE_CHECKING:
    from rich.text import Text

HELP = Help(
    Bilingual(
        "Check the verses and hadith that a text quotes, and its claims against sources.",
        "تحقّق من الآيات والأحاديث التي يقتبسها نص، ومن ادعاءاته بحسب مصادر.",
    ),
    details=Bilingual(
        "What is wrong stands in red, what the source says in green behind it. "
        "With --source or --corpus the claims of the text are held against these too: supported, contradicted, or not found, with the "
        "passage and a score. The exit code is 1 when a quotation is not what its source says, or a source contradicts a claim.",
        "الخطأ بالأحمر وبعده نص المصدر بالأخضر. مع --source أو --corpus تُقابَل ادعاءات النص بها أيضًا: مؤيَّد أو مخالَف أو غير موجود، "
        "مع النص الشاهد ودرجة. رمز الخروج 1 إذا خالف اقتباسٌ مصدرَه أو خالف مصدرٌ ادعاءً.",
    ),
    examples=(
        ("fanar verify article.txt", Bilingual("check a file", "تحقّق من ملف")),
        ("pdftotext book.pdf - | fanar verify -", Bilingual("check what is piped in", "تحقّق مما يأتي عبر الأنبوب")),
        (
            "fanar verify article.txt --source report.txt --source news.txt",
            Bilingual("hold its claims against two files", "قابل ادعاءاته بملفين"),
        ),
        ("fanar verify --json post.md | jq '.quotes[].status'", Bilingual("findings for programs", "النتائج للبرامج")),
    ),
    parameters={
        "file": Bilingual("A UTF-8 text file, or - for standard input.", "ملف نصي بترميز UTF-8، أو - للدخل القياسي."),
        "source": Bilingual("A UTF-8 text file to hold the claims against; may be repeated.", "ملف نصي تُقابَل به الادعاءات؛ يمكن تكراره."),
        "corpus": Bilingual(
            "An installed corpus to hold the claims against; may be repeated.", "مدونة مثبتة تُقابَل بها الادعاءات؛ يمكن تكرارها."
        ),
        "as_json": Bilingual("Print all findings as JSON.", "اطبع كل النتائج بصيغة JSON."),
        "server": SERVER,
    },
)
_STATUSES: dict[str, tuple[Bilingual, str]] = {
    "exact": (Bilingual("exact", "مطابق"), "green"),
    "exact_undiacritised": (Bilingual("exact, without its vowel signs", "مطابق دون تشكيل"), "green"),
    "orthographic_variant": (Bilingual("exact, in another spelling", "مطابق برسم آخر"), "green"),
    "partial": (Bilingual("exact, a part of it", "جزء مطابق"), "green"),
    "diacritic_conflict": (Bilingual("vowel signs differ", "تشكيل مخالف"), "yellow"),
    "altered": (Bilingual("altered", "محرّف"), "red"),
    "not_found": (Bilingual("not found in the sources", "غير موجود في المصادر"), "red"),
}
_NOTHING = Bilingual("No quotation of the Quran or of a hadith was found in this text.", "لم يوجد في هذا النص اقتباس من القرآن أو الحديث.")
_RIGHT = Bilingual("right", "الصواب")
_CLAIMED = Bilingual("the text says", "النص يقول")
_NO_FILE = Bilingual("There is no such file.", "لا يوجد ملف كهذا.")
_NOT_A_FILE = Bilingual("This file may not be read, or is a folder.", "لا يمكن قراءة هذا الملف، أو هو مجلد.")


def verify(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-")],
    source: Annotated[list[str] | None, typer.Option("--source", "-s", metavar="FILE")] = None,
    corpus: Annotated[list[str] | None, typer.Option("--corpus", metavar="NAME")] = None,
    as_json: AsJson = False,
    server: Server = None,
) -> int:
    """Check the quotations of a text."""
    terminal: Terminal = ctx.obj
    settings = load_settings()
    limit = settings.limits.text_characters
    text = terminal.read(limit=limit) if file == "-" else _content(Path(file), limit)
    if not text.strip():
        raise UnprocessableError(Bilingual("There is no text to check.", "لا نص للتحقق منه."))
    files = source or []
    sources = named_sources(files, [_content(Path(each), limit) for each in files])
    report = asyncio.run(_verify({"text": text, "sources": sources, "corpora": corpus or []}, settings, terminal, server=server))
    if as_json:
        terminal.json(report)
    else:
        _show(report, text, terminal)
    wrong = any(map(is_contradicted, report["claims"])) or not all(map(_is_right, report["quotes"]))
    return Exit.FINDING if wrong else Exit.OK


async def _verify(body: Json, settings: Settings, terminal: Terminal, *, server: str | None) -> Json:
    from orchestrator.cli.connect import connected

    async with connected(settings, terminal, server=server) as service:
        with terminal.waiting():
            return await service.attributions(body)


def _content(path: Path, limit: int) -> str:
    try:
        with path.open("rb") as file:
            return decoded(file.read(4 * limit + 1), limit=limit)
    except FileNotFoundError as cause:
        raise NotFoundError(_NO_FILE) from cause
    except OSError as cause:
        raise UnprocessableError(_NOT_A_FILE) from cause


def _is_right(quote: Json) -> bool:
    claim = quote["claimed_reference"]
    return quote["status"] in FAITHFUL and (claim is None or claim["correct"] is not False)


def _show(report: Json, text: str, terminal: Terminal) -> None:
    if not report["quotes"] and not report["claims"]:
        terminal.note(_NOTHING, style="")
    for quote in report["quotes"]:
        terminal.show(_heading(quote, text, terminal))
        terminal.show(_marked(quote, text))
        if not _is_right(quote):
            _show_remedy(quote, terminal)
    show_claims(report["claims"], text, terminal)
    for warning in report["warnings"]:
        terminal.note(Bilingual(warning, warning))


def _heading(quote: Json, text: str, terminal: Terminal) -> Text:
    from rich.text import Text

    line = text.count("\n", 0, quote["start"]) + 1
    name, style = _STATUSES.get(quote["status"], (Bilingual(quote["status"], quote["status"]), "red"))
    source = next(iter(quote.get("sources") or ()), None)
    grade = f"  ({terminal.text(stated(source['grade']))})" if source else ""
    return Text.assemble((f"{line}: ", "dim"), (terminal.text(name), f"bold {style}"), f"  {quote['reference'] or ''}{grade}")


def _marked(quote: Json, text: str) -> Text:
    """Return the quotation with each difference in red and what the source says behind it in green."""
    from rich.text import Text

    marked = Text("  ")
    place = quote["start"]
    for difference in quote["differences"]:
        start, end = max(difference["start"], place), difference["end"]
        marked.append(_flat(text[place:start]))
        marked.append(_flat(text[start:end]), style="red strike")
        if difference["expected"]:
            # The brackets carry the meaning where there are no colours.
            marked.append(f" [{_flat(difference['expected'])}] ", style="green")
        place = max(place, end)
    marked.append(_flat(text[place : quote["end"]]))
    return marked


def _show_remedy(quote: Json, terminal: Terminal) -> None:
    from rich.text import Text

    if quote["status"] not in FAITHFUL and quote["correction"]:
        terminal.show(Text.assemble(f"  {terminal.text(_RIGHT)}: ", (_flat(quote["correction"]), "green")))
    claim = quote["claimed_reference"]
    if claim is not None and claim["correct"] is False:
        right = quote["reference"] or "—"
        line = f"  {terminal.text(_CLAIMED)} {_flat(claim['text'])}; {terminal.text(_RIGHT)}: {right}"
        terminal.show(Text(line, style="yellow"))


def _flat(text: str) -> str:
    return printable(text).replace("\n", " ")
