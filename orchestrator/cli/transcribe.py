"""`fanar transcribe`: sound files written down, as text or as subtitles. Knows nothing of how a model listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.events import TranscriptEvent, TranscriptProgressed
from fanar.media import Transcript, TranscriptionOptions
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.progress import Reporter, reporting
from orchestrator.cli.terminal import Terminal

if TYPE_CHECKING:
    from orchestrator.transcription import Transcriptions

HELP = Help(
    Bilingual("Write down what is said in sound files: text or subtitles.", "فرّغ ما يقال في ملفات صوتية: نصًا أو ترجمة مرئية."),
    details=Bilingual(
        "Any container, any length, videos too. FANAR_SPEECH__MODEL names the model; nothing leaves this machine.",
        "أي صيغة وأي طول، والمقاطع المرئية أيضًا. يحدد FANAR_SPEECH__MODEL النموذج، ولا يغادر شيء هذا الجهاز.",
    ),
    examples=(
        ("fanar transcribe lecture.mp3", Bilingual("print the text", "اطبع النص")),
        ("fanar transcribe film.mp4 --format srt -o film.srt", Bilingual("subtitles for players", "ترجمة مرئية للمشغلات")),
        ("fanar transcribe *.m4a --format vtt -o subtitles/", Bilingual("one file of subtitles each", "ملف ترجمة لكل تسجيل")),
    ),
    parameters={
        "files": Bilingual("Sound files, or videos.", "ملفات صوتية أو مرئية."),
        "form": Bilingual("text, srt, vtt or json.", "‏text أو srt أو vtt أو json."),
        "output": Bilingual(
            "Write to this file, or for several recordings into this folder.", "اكتب في هذا الملف، أو في هذا المجلد لعدة تسجيلات."
        ),
        "spoken": Bilingual("Language that is spoken, e.g. ar; otherwise it is detected.", "اللغة المنطوقة، مثل ar؛ وإلا كُشفت."),
        "translate": Bilingual("Write it down in English.", "اكتبه بالإنجليزية."),
        "channels": Bilingual("Each channel is a speaker.", "كل قناة متحدث."),
        "prompt": Bilingual("Names and words that may come up.", "أسماء وكلمات قد ترد."),
    },
)
_FORMS: dict[str, str] = {"text": "txt", "srt": "srt", "vtt": "vtt", "json": "json"}
_NO_FORM = Bilingual("--format takes text, srt, vtt or json.", "يأخذ --format القيم text أو srt أو vtt أو json.")
_NO_FILE = Bilingual("There is no such sound file.", "لا يوجد ملف صوتي كهذا.")
_NO_FOLDER = Bilingual("For several recordings -o must name a folder.", "لعدة تسجيلات يجب أن يسمّي -o مجلدًا.")
_UNWRITABLE = Bilingual("The transcript could not be written there.", "تعذّرت كتابة التفريغ هناك.")


@dataclass(frozen=True, slots=True)
class _Heard:
    """So much of a recording was listened to, in seconds."""

    step: Bilingual
    done: int
    total: int


def transcribe(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    form: Annotated[str, typer.Option("--format", metavar="FORM")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH")] = None,
    spoken: Annotated[str | None, typer.Option("--spoken", metavar="CODE")] = None,
    translate: Annotated[bool, typer.Option("--translate")] = False,
    channels: Annotated[bool, typer.Option("--channels")] = False,
    prompt: Annotated[str | None, typer.Option("--prompt", metavar="TEXT")] = None,
) -> int:
    """Write down what is said."""
    terminal: Terminal = ctx.obj
    if form not in _FORMS:
        raise UnprocessableError(_NO_FORM)
    if not all(file.is_file() for file in files):
        raise NotFoundError(_NO_FILE)
    if len(files) > 1 and output is not None and output.is_file():
        raise UnprocessableError(_NO_FOLDER)
    options = TranscriptionOptions(
        language=spoken, task="translate" if translate else "transcribe", words=form in ("srt", "vtt"), channels=channels, prompt=prompt
    )
    asyncio.run(
        _transcribed(files, options, terminal, write=lambda file, transcript: _write(file, transcript, form, output, files, terminal))
    )
    return Exit.OK


async def _transcribed(
    files: list[Path], options: TranscriptionOptions, terminal: Terminal, *, write: Callable[[Path, Transcript], None]
) -> None:
    from fanar.llm.catalog import ModelCatalog
    from orchestrator.bootstrap.speech import open_speech

    # A platform that runs here has the model in memory already: its owner is asked, and ours stands by.
    async with open_speech(load_settings(), ModelCatalog()) as speech:
        with reporting(terminal) as report:
            for file in files:
                write(file, await _one(file.absolute(), options, speech.transcriptions, report))


async def _one(file: Path, options: TranscriptionOptions, desk: Transcriptions, report: Reporter) -> Transcript:
    from orchestrator.transcription import LONG, collected

    step = Bilingual(file.name, file.name)

    async def heard() -> AsyncIterator[TranscriptEvent]:
        async for event in desk.transcribe(file, options, model=LONG):
            if isinstance(event, TranscriptProgressed):
                report(_Heard(step, round(event.seconds), max(1, round(event.duration))))
            yield event

    return await collected(heard())


def _write(file: Path, transcript: Transcript, form: str, output: Path | None, files: list[Path], terminal: Terminal) -> None:
    if form == "json" and output is None:
        terminal.json(asdict(transcript))
        return
    text = _text(transcript, form)
    if output is None:
        # Marks of direction belong to subtitles; a terminal is shown the text.
        terminal.write(text)
        return
    path = output if len(files) == 1 and not output.is_dir() else output / f"{file.stem}.{_FORMS[form]}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as cause:
        raise UnprocessableError(_UNWRITABLE) from cause


def _text(transcript: Transcript, form: str) -> str:
    import json

    from speech.subtitles import to_srt, to_vtt

    match form:
        case "srt":
            return to_srt(transcript.segments)
        case "vtt":
            return to_vtt(transcript.segments)
        case "json":
            return json.dumps(asdict(transcript), ensure_ascii=False, indent=2) + "\n"
        case _:
            return transcript.text + "\n"
