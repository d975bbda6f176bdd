"""`fanar speak`: a text read aloud into a file. Knows nothing of how a voice speaks."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.settings import Settings, load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import SERVER, Server
from orchestrator.cli.terminal import Json, Terminal

HELP = Help(
    Bilingual("Read a text aloud into a sound file.", "اقرأ نصًا جهرًا في ملف صوتي."),
    details=Bilingual(
        "The ending of the file's name says its form: mp3, wav, opus, flac, aac or pcm. "
        "A verse of the Quran is never synthesised: --recite plays an installed recitation of it.",
        "تحدد لاحقة اسم الملف صيغته: mp3 أو wav أو opus أو flac أو aac أو pcm. "
        "ولا تُقرأ آية من القرآن بصوت مصطنع: يشغّل ‎--recite تلاوة مثبَّتة لها.",
    ),
    examples=(
        ("fanar speak 'مرحبًا بكم في الدوحة' -o welcome.mp3", Bilingual("read a sentence", "اقرأ جملة")),
        ("fanar speak - --voice Harry -o page.wav < page.txt", Bilingual("read what is piped in", "اقرأ ما يأتي عبر الأنبوب")),
        ("fanar speak 'قل هو الله أحد' --recite -o verse.mp3", Bilingual("play a reciter's recording", "شغّل تسجيلًا لقارئ")),
    ),
    parameters={
        "text": Bilingual("What is to be read, or - for standard input.", "ما يُقرأ، أو - للدخل القياسي."),
        "output": Bilingual("The sound file.", "الملف الصوتي."),
        "voice": Bilingual("Whose voice; GET /v1/audio/voices lists them.", "صوت من؛ القائمة في ‎GET /v1/audio/voices."),
        "speed": Bilingual("How many times as fast, 0.25 to 4.", "كم ضعفًا تكون السرعة، من 0.25 إلى 4."),
        "recite": Bilingual("Play recordings of the verses in it.", "شغّل تسجيلات ما فيه من آيات."),
        "reciter": Bilingual("Whose recording; otherwise any that is installed.", "تسجيل من؛ وإلا فأي تسجيل مثبَّت."),
        "server": SERVER,
    },
)
_FORMS = ("mp3", "wav", "opus", "flac", "aac", "pcm")
_PLAIN, _RECITING = "Fanar-Aura-TTS-2", "Fanar-Sadiq-TTS-1"
_MOST = 8000
_NO_FORM = Bilingual(
    "The file's name must end in .mp3, .wav, .opus, .flac, .aac or .pcm.",
    "يجب أن ينتهي اسم الملف بـ ‎.mp3 أو ‎.wav أو ‎.opus أو ‎.flac أو ‎.aac أو ‎.pcm.",
)
_NO_TEXT = Bilingual("There is no text to read.", "لا نص ليُقرأ.")
_UNWRITABLE = Bilingual("The sound could not be written there.", "تعذّرت كتابة الصوت هناك.")


def speak(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT|-")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")],
    voice: Annotated[str, typer.Option("--voice", metavar="NAME")] = "Noor",
    speed: Annotated[float, typer.Option("--speed", metavar="N")] = 1.0,
    recite: Annotated[bool, typer.Option("--recite")] = False,
    reciter: Annotated[str | None, typer.Option("--reciter", metavar="NAME")] = None,
    server: Server = None,
) -> int:
    """Read a text aloud."""
    terminal: Terminal = ctx.obj
    form = output.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        raise UnprocessableError(_NO_FORM)
    said = terminal.read(limit=_MOST) if text == "-" else text
    if not said.strip():
        raise UnprocessableError(_NO_TEXT)
    model = _RECITING if recite or reciter else _PLAIN
    body: Json = {"model": model, "input": said, "voice": voice, "speed": speed, "response_format": form, "stream": False}
    sound = asyncio.run(_spoken(body | ({"quran_reciter": reciter} if reciter else {}), load_settings(), terminal, server=server))
    try:
        output.write_bytes(sound)
    except OSError as cause:
        raise UnprocessableError(_UNWRITABLE) from cause
    return Exit.OK


async def _spoken(body: Json, settings: Settings, terminal: Terminal, *, server: str | None) -> bytes:
    from orchestrator.cli.connect import connected

    async with connected(settings, terminal, server=server) as service:
        with terminal.waiting():
            return await service.speak(body)
