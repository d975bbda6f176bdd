"""`fanar eval`: how well a platform routes, finds verses, writes speech down, and what its language models know, with whatever it has."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from fanar.bilingual import Bilingual
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.options import AS_JSON, SERVER, AsJson, Server
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Json, Terminal, printable

if TYPE_CHECKING:
    from orchestrator.cli.service import Service
    from orchestrator.evaluation.asking import Report
    from orchestrator.evaluation.report import Evaluation, Measure

_PARAMETERS = {
    "limit": Bilingual("Ask only so many, evenly spread.", "اسأل هذا العدد فقط، موزعًا بالتساوي."),
    "as_json": AS_JSON,
    "server": SERVER,
}
HELP = Help(
    Bilingual(
        "Measure a platform: routing, retrieval, language models, speech.", "قِس منصة: التوجيه والاسترجاع والنماذج اللغوية وتفريغ الكلام."
    ),
    details=Bilingual(
        "Everything is asked over the API: of the server that runs here, or FANAR_BASE_URL's with FANAR_API_KEY. "
        "Each table says what it was measured on and what it does not measure.",
        "يُسأل كل شيء عبر الواجهة البرمجية: من الخادم العامل هنا، أو خادم FANAR_BASE_URL مع FANAR_API_KEY. "
        "ويذكر كل جدول ما قيس عليه وما لا يقيسه.",
    ),
    examples=(
        ("fanar eval routing --data my-prompts.tsv", Bilingual("how your own prompts are routed", "كيف توجَّه أسئلتك")),
        ("fanar eval rag --json > rag.json", Bilingual("a table to keep", "جدول للحفظ")),
        ("fanar eval llm", Bilingual("what the language models know", "ما تعرفه النماذج اللغوية")),
        ("fanar eval asr --data recordings.tsv", Bilingual("how well your recordings are written down", "كيف تُفرَّغ تسجيلاتك")),
    ),
)
_ROUTING = Help(
    Bilingual("Measure where labelled prompts are sent.", "قِس إلى أين تُرسل أسئلة معروفة المسار."),
    examples=(("fanar eval routing --limit 500", Bilingual("on the shipped prompts", "على الأمثلة المرفقة")),),
    parameters={
        "data": Bilingual(
            "Prompts: lines route<TAB>variety<TAB>detail<TAB>text, or files named after their route without the first column.",
            "الأسئلة: أسطر فيها المسار واللهجة والتفصيل والنص تفصلها علامات جدولة، أو ملفات باسم المسار بلا العمود الأول.",
        ),
        **_PARAMETERS,
    },
)
_RAG = Help(
    Bilingual("Measure which verses are found, and how surely.", "قِس أي الآيات يُعثر عليها وبأي ثقة."),
    examples=(("fanar eval rag", Bilingual("on the shipped questions", "على الأسئلة المرفقة")),),
    parameters={
        "data": Bilingual(
            "Questions: lines variety<TAB>question<TAB>2:184,2:185-186, or - where nothing answers.",
            "الأسئلة: أسطر فيها اللهجة والسؤال والآيات 2:184,2:185-186 تفصلها علامات جدولة، أو - حيث لا جواب.",
        ),
        **_PARAMETERS,
    },
)
_LLM = Help(
    Bilingual("Measure what language models know, by short questions.", "قِس ما تعرفه النماذج اللغوية بأسئلة قصيرة."),
    examples=(("fanar eval llm --model Fanar-S-1-7B", Bilingual("one model alone", "نموذج واحد")),),
    parameters={
        "model": Bilingual("Model id; otherwise each language model that is there.", "معرّف النموذج؛ وإلا فكل نموذج لغوي موجود."),
        "data": Bilingual(
            "Questions: lines language<TAB>subject<TAB>question<TAB>options or -<TAB>answers, parted by ' | '.",
            "الأسئلة: أسطر فيها اللغة والموضوع والسؤال والاختيارات أو - والأجوبة تفصلها علامات جدولة، وبين الاختيارات ' | '.",
        ),
        **_PARAMETERS,
    },
)
_ASR = Help(
    Bilingual("Measure how well speech is written down: word and character error rates.", "قِس تفريغ الكلام: نسبة خطأ الكلمات والحروف."),
    details=Bilingual(
        "FANAR_SPEECH__MODEL listens, on this machine. Errors are counted as texts are written, and as the Arabic leaderboard counts them.",
        "يسمع FANAR_SPEECH__MODEL على هذا الجهاز. تُعدّ الأخطاء كما كُتبت النصوص، وبطريقة لوحة صدارة العربية.",
    ),
    examples=(("fanar eval asr --data recordings.jsonl --json > asr.json", Bilingual("a table to keep", "جدول للحفظ")),),
    parameters={
        "data": Bilingual(
            'Recordings: lines path<TAB>text, or JSON with "path", "text", and if you like "lang" and "kind"; no text where nobody speaks.',
            'التسجيلات: أسطر فيها المسار والنص تفصلهما علامة جدولة، أو JSON فيه "path" و"text" وإن شئت "lang" و"kind"؛ بلا نص حيث لا كلام.',
        ),
        **_PARAMETERS,
    },
)
_COLUMNS = (Bilingual("measure", "المقياس"), Bilingual("value", "القيمة"), Bilingual("cases", "الحالات"))
_ON = Bilingual("on {data}", "على {data}")
_SHIPPED = "shipped"
_BY = Bilingual("answered by {names}", "أجاب {names}")

Data = Annotated[Path | None, typer.Option("--data", metavar="FILE")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1)]

Case = TypeVar("Case")

app = typer.Typer()


@app.command(cls=documented(_ROUTING))
def routing(ctx: typer.Context, data: Data = None, limit: Limit = None, as_json: AsJson = False, server: Server = None) -> int:
    """Measure routing."""
    from orchestrator.evaluation.routing import evaluate_routing, read_labelled

    prompts = _spread(read_labelled(data), limit)

    async def measured(service: Service, report: Report) -> list[Evaluation]:
        """Measure this platform."""
        return [await evaluate_routing(service, prompts, data=_name(data), learned=data is None, report=report)]

    return _run(ctx.obj, measured, as_json=as_json, server=server)


@app.command(cls=documented(_RAG))
def rag(ctx: typer.Context, data: Data = None, limit: Limit = None, as_json: AsJson = False, server: Server = None) -> int:
    """Measure retrieval."""
    from orchestrator.evaluation.rag import evaluate_rag, read_questions

    questions = _spread(read_questions(data), limit)

    async def measured(service: Service, report: Report) -> list[Evaluation]:
        """Measure this platform."""
        return [await evaluate_rag(service, questions, data=_name(data), fitted=data is None, report=report)]

    return _run(ctx.obj, measured, as_json=as_json, server=server)


@app.command(cls=documented(_LLM))
def llm(
    ctx: typer.Context,
    model: Annotated[list[str] | None, typer.Option("--model", "-m", metavar="ID")] = None,
    data: Data = None,
    limit: Limit = None,
    as_json: AsJson = False,
    server: Server = None,
) -> int:
    """Measure language models."""
    from orchestrator.evaluation.llm import evaluate_llm, language_models, read_items

    items = _spread(read_items(data), limit)

    async def measured(service: Service, report: Report) -> list[Evaluation]:
        """Measure this platform."""
        models = model or await language_models(service)
        return [await evaluate_llm(service, items, model=each, data=_name(data), report=report) for each in models]

    return _run(ctx.obj, measured, as_json=as_json, server=server)


@app.command(cls=documented(_ASR))
def asr(
    ctx: typer.Context, data: Annotated[Path, typer.Option("--data", metavar="FILE")], limit: Limit = None, as_json: AsJson = False
) -> int:
    """Measure how well speech is written down."""
    from orchestrator.cli.hearing import hearing
    from orchestrator.evaluation.asr import evaluate_asr, read_clips

    clips = _spread(read_clips(data), limit)

    async def run() -> list[Evaluation]:
        """Listen to the clips."""
        async with hearing(load_settings()) as listener:
            with reporting(ctx.obj) as report:
                return [await evaluate_asr(listener, clips, data=data.name, model=listener.name, report=report)]

    return _tell(asyncio.run(run()), ctx.obj, as_json=as_json)


def _run(
    terminal: Terminal, measured: Callable[[Service, Report], Awaitable[list[Evaluation]]], *, as_json: bool, server: str | None
) -> int:
    async def run() -> list[Evaluation]:
        from orchestrator.cli.connect import connected

        async with connected(load_settings(), terminal, server=server) as service:
            with reporting(terminal) as report:
                return await measured(service, report)

    return _tell(asyncio.run(run()), terminal, as_json=as_json)


def _tell(evaluations: list[Evaluation], terminal: Terminal, *, as_json: bool) -> int:
    if as_json:
        terminal.json([_told(evaluation, terminal) for evaluation in evaluations])
        return Exit.OK
    for evaluation in evaluations:
        _show(evaluation, terminal)
    return Exit.OK


def _spread(cases: list[Case], limit: int | None) -> list[Case]:
    """Return at most `limit` cases, evenly spread: tables are sorted by kind."""
    if limit is None or limit >= len(cases):
        return cases
    return [cases[at * len(cases) // limit] for at in range(limit)]


def _name(data: Path | None) -> str:
    return _SHIPPED if data is None else data.name


def _show(evaluation: Evaluation, terminal: Terminal) -> None:
    from rich.table import Table
    from rich.text import Text

    on = terminal.text(_ON.format(data=evaluation.data))
    terminal.show(Text(printable(f"{evaluation.benchmark} {on}"), style="bold"))
    terminal.show(Text(printable(" · ".join(_circumstances(evaluation, terminal))), style="dim"))
    table = Table(*(terminal.text(column) for column in _COLUMNS), box=None, pad_edge=False)
    for measure in evaluation.measures:
        table.add_row(terminal.text(measure.name), _value(measure), f"{measure.cases:,}")
    terminal.show(table)
    for note in evaluation.notes:
        terminal.note(note)


def _circumstances(evaluation: Evaluation, terminal: Terminal) -> list[str]:
    """Say what a table that is kept must say later: when, with which Fanar, and who answered."""
    names = ", ".join(evaluation.answered_by)
    by = [terminal.text(_BY.format(names=names))] if names else []
    return [datetime.now(UTC).date().isoformat(), f"fanar {version('fanar')}", *by]


def _value(measure: Measure) -> str:
    if measure.value is None:
        return "—"
    return f"{measure.value:.1f} {measure.unit}" if measure.unit else f"{measure.value:.3f}"


def _told(evaluation: Evaluation, terminal: Terminal) -> Json:
    measures = [
        {"name": terminal.text(each.name), "value": each.value, "unit": each.unit, "cases": each.cases} for each in evaluation.measures
    ]
    notes = [terminal.text(note) for note in evaluation.notes]
    return {
        "benchmark": evaluation.benchmark,
        "data": evaluation.data,
        "date": datetime.now(UTC).date().isoformat(),
        "fanar": version("fanar"),
        "answered_by": list(evaluation.answered_by),
        "measures": measures,
        "notes": notes,
    }
