"""`fanar ask`: one question and its answer, streamed. Knows nothing of routes or models."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.settings import Settings, load_settings
from orchestrator.cli.exits import AnsweredError, Exit
from orchestrator.cli.files import lent
from orchestrator.cli.help import Help
from orchestrator.cli.options import SERVER, AsJson, Server
from orchestrator.cli.terminal import Json, Terminal

HELP = Help(
    Bilingual("Ask a question and read the answer as it is written.", "اطرح سؤالًا واقرأ الجواب وهو يُكتب."),
    details=Bilingual(
        "What is piped in is added to the question. The server that runs on this machine answers, or FANAR_BASE_URL's; "
        "when there is none, this process does.",
        "ما يأتي عبر الأنبوب يُضاف إلى السؤال. يجيب الخادم العامل على هذا الجهاز أو خادم FANAR_BASE_URL؛ "
        "فإن لم يوجد أجابت هذه العملية نفسها.",
    ),
    examples=(
        ('fanar ask "ما حكم صيام المسافر؟"', Bilingual("an answer from scripture, with its verses", "جواب من القرآن مع آياته")),
        ('cat letter.txt | fanar ask "Translate this into Arabic"', Bilingual("the text follows the question", "يأتي النص بعد السؤال")),
        ('fanar ask --json "2:255" | jq .choices[0].message', Bilingual("the whole answer for programs", "الجواب كاملًا للبرامج")),
        ('fanar ask --file report.pdf "What does it conclude?"', Bilingual("from a file, cited by page", "من ملف مع أرقام الصفحات")),
        ('fanar ask --why "Prove that 2 is prime"', Bilingual("which route and model answered, and why", "أي مسار ونموذج أجاب ولماذا")),
    ),
    parameters={
        "prompt": Bilingual(
            "The question; - or nothing reads it from standard input.", "السؤال؛ والعلامة - أو تركه يعني القراءة من الدخل القياسي."
        ),
        "model": Bilingual("Model id; Fanar chooses by itself.", "معرّف النموذج؛ ومع Fanar تختار المنصة بنفسها."),
        "system": Bilingual("Instruction for the model.", "تعليمات للنموذج."),
        "files": Bilingual(
            "A PDF, Word, HTML, Markdown or text file that the answer rests on alone; may be given again. It is not kept.",
            "ملف PDF أو Word أو HTML أو Markdown أو نص يستند إليه الجواب وحده؛ ويجوز تكراره. ولا يُحفظ.",
        ),
        "as_json": Bilingual("Print the whole answer as JSON, sources and metadata too.", "اطبع الجواب كاملًا بصيغة JSON مع المصادر."),
        "why": Bilingual("Say which route and model answered, and why.", "اذكر المسار والنموذج وسبب اختيارهما."),
        "server": SERVER,
    },
)
_NOTHING = Bilingual('Nothing was asked: fanar ask "your question".', 'لم يُسأل شيء: fanar ask "سؤالك".')
_SOURCES = Bilingual("Sources", "المصادر")
_STDIN = "-"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(data:image/[^)]*\)")


def ask(
    ctx: typer.Context,
    prompt: Annotated[list[str] | None, typer.Argument(metavar="[PROMPT]...")] = None,
    model: Annotated[str, typer.Option("--model", "-m", metavar="ID")] = "Fanar",
    system: Annotated[str | None, typer.Option("--system", "-s", metavar="TEXT")] = None,
    files: Annotated[list[Path] | None, typer.Option("--file", "-f", metavar="FILE")] = None,
    as_json: AsJson = False,
    why: Annotated[bool, typer.Option("--why")] = False,
    server: Server = None,
) -> int:
    """Ask a question."""
    terminal: Terminal = ctx.obj
    settings = load_settings()
    question = prompt_of(prompt or [], terminal, settings)
    messages = [{"role": "system", "content": system}] if system else []
    body = {"model": model, "messages": [*messages, {"role": "user", "content": question}]}
    return asyncio.run(_ask(body, settings, terminal, files=files or [], as_json=as_json, why=why, server=server))


def prompt_of(words: list[str], terminal: Terminal, settings: Settings) -> str:
    """Return what is asked: the words, and what is piped in. Raises UnprocessableError when that is nothing."""
    given = " ".join(word for word in words if word != _STDIN).strip()
    reads = _STDIN in words or not terminal.interactive
    piped = terminal.read(limit=settings.limits.text_characters).strip() if reads else ""
    prompt = "\n\n".join(part for part in (given, piped) if part)
    if not prompt:
        raise UnprocessableError(_NOTHING)
    return prompt


async def _ask(
    body: Json, settings: Settings, terminal: Terminal, *, files: list[Path], as_json: bool, why: bool, server: str | None
) -> int:
    from orchestrator.cli.connect import connected

    async with connected(settings, terminal, server=server) as service, lent(service, files) as ids:
        body = {**body, "files": ids} if ids else body
        if as_json:
            with terminal.waiting():
                answer = await service.chat(body)
            terminal.json(answer)
            return _exit(answer)
        printer = _Printer(terminal)
        try:
            async for chunk in service.stream(body):
                printer.take(chunk)
        finally:
            printer.end_line()
        return printer.close(why=why)


class _Printer:
    """Writes an answer as its chunks come, and its sources after it."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._written = False
        self._references: list[Json] = []
        self._last: Json = {}

    def take(self, chunk: Json) -> None:
        message = (chunk.get("progress") or {}).get("message")
        if message and self._terminal.messages.is_terminal:
            self._terminal.note(Bilingual(str(message.get("en", "")), str(message.get("ar", ""))))
        for choice in chunk.get("choices") or []:
            delta = choice.get("delta") or {}
            if text := delta.get("content"):
                # A picture is no text for a terminal: what it shows is.
                self._terminal.write(_PICTURE.sub(r"[\1]", text) if text.startswith("![") else text)
                self._written = True
            self._references += delta.get("references") or []
            if choice.get("finish_reason"):
                self._last = chunk

    def end_line(self) -> None:
        if self._written:
            self._terminal.write("\n")

    def close(self, *, why: bool) -> int:
        if self._references:
            self._terminal.write(f"\n{self._terminal.text(_SOURCES)}:\n")
            for reference in self._references:
                self._terminal.write(f"[{reference.get('number')}] {_named(reference)}\n")
        metadata = self._last.get("metadata") or {}
        if blocked := metadata.get("blocked"):
            message = blocked.get("message") or {}
            self._terminal.error(Bilingual(str(message.get("en", "")), str(message.get("ar", ""))))
        if why:
            self._terminal.note(_reasons(metadata.get("routing") or {}, self._last.get("model")))
        return _exit(self._last)


def _named(reference: Json) -> str:
    # Files have no corpus that a reader knows.
    parts = ("reference",) if reference.get("file_id") else ("corpus", "reference")
    name = " ".join(str(reference[part]) for part in parts if reference.get(part))
    return " — ".join(dict.fromkeys(part for part in (name, reference.get("url") or reference.get("source")) if part))


def _reasons(routing: Json, model: object) -> Bilingual:
    reasons = [str(reason) for reason in routing.get("reasons") or []]
    route, confidence = routing.get("route", "?"), routing.get("confidence", 0.0)
    return Bilingual(
        f"Route {route} ({confidence:.2f}), answered by {model}: {', '.join(reasons)}",
        f"المسار {route} ({confidence:.2f})، أجاب {model}: {'، '.join(reasons)}",
    )


def _exit(answer: Json) -> int:
    """Return the exit code of an answer that came: blocked content is a finding."""
    reasons = {choice.get("finish_reason") for choice in answer.get("choices") or []}
    if "error" in reasons:
        raise AnsweredError("The server broke the answer off.", answered="internal_server_error")
    return Exit.FINDING if "content_filter" in reasons else Exit.OK
