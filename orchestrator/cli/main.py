"""The command `fanar`: puts the commands together, picks the language, and ends every failure in one line and a documented exit code.

Knows nothing of what the commands do.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.main import get_command

from fanar.bilingual import Bilingual, Language
from fanar.errors import FanarError, UnprocessableError
from fanar.settings import interface_language
from orchestrator.cli import (
    ask,
    calendar,
    corpora,
    doctor,
    evaluate,
    feeds,
    files,
    images,
    inherit,
    keys,
    mcp,
    models,
    prayer,
    recitations,
    research,
    route,
    serve,
    speak,
    transcribe,
    verify,
    zakat,
)
from orchestrator.cli.exits import Exit, exit_of
from orchestrator.cli.help import Help, documented, documented_group
from orchestrator.cli.terminal import Terminal

HELP = Help(
    Bilingual(
        "The open, self-hostable Arabic-centric AI platform: ask it, check quotations with it, serve it.",
        "منصة الذكاء الاصطناعي المفتوحة المتمحورة حول العربية، تُشغَّل على جهازك: اسألها، وتحقّق بها من الاقتباسات، وشغّلها خدمةً.",
    ),
    details=Bilingual(
        "Settings are read from FANAR_… variables and from .env; FANAR_DATA names the folder of the database and the indexes.",
        "تُقرأ الإعدادات من متغيرات FANAR_… ومن ملف .env؛ ويحدد FANAR_DATA مجلد قاعدة البيانات والفهارس.",
    ),
    examples=(
        ("fanar serve", Bilingual("start the platform on http://127.0.0.1:8000", "شغّل المنصة على http://127.0.0.1:8000")),
        ('fanar ask "ما حكم صيام المسافر؟"', Bilingual("ask; the answer cites its verses", "اسأل؛ وفي الجواب آياته")),
        ("fanar verify article.txt", Bilingual("check the verses that a text quotes", "تحقّق من الآيات المقتبسة في نص")),
        ("fanar doctor", Bilingual("see what is there and what is missing", "اعرف ما هو متاح وما ينقص")),
    ),
    parameters={
        "language": Bilingual(
            "Language of this command: ar or en. Otherwise LC_ALL, LC_MESSAGES and LANG decide.",
            "لغة هذا الأمر: ar أو en. وإلا فالقرار لـ LC_ALL وLC_MESSAGES وLANG.",
        ),
        "show_version": Bilingual("Show the version and exit.", "اعرض الإصدار واخرج."),
    },
    exits=True,
)
_COMMANDS = (
    (serve.HELP, serve.serve),
    (ask.HELP, ask.ask),
    (research.HELP, research.research),
    (verify.HELP, verify.verify),
    (transcribe.HELP, transcribe.transcribe),
    (speak.HELP, speak.speak),
    (inherit.HELP, inherit.inherit),
    (zakat.HELP, zakat.zakat),
    (calendar.HELP, calendar.calendar),
    (prayer.HELP, prayer.prayer),
    (prayer.QIBLA, prayer.qibla),
)
_GROUPS = (
    ("models", models.HELP, models.app),
    ("corpora", corpora.HELP, corpora.app),
    ("files", files.HELP, files.app),
    ("feeds", feeds.HELP, feeds.app),
    ("recitations", recitations.HELP, recitations.app),
    ("images", images.HELP, images.app),
    ("keys", keys.HELP, keys.app),
    ("eval", evaluate.HELP, evaluate.app),
)
_LANGUAGES: dict[str, Language] = {"ar": "ar", "en": "en"}
_USAGE: dict[str, str] = {
    "MissingParameter": "ينقص الأمر مُدخل.",
    "NoSuchOption": "لا يوجد هذا الخيار.",
    "BadParameter": "قيمة غير صالحة.",
}

app = typer.Typer(cls=documented_group(HELP), add_completion=False, no_args_is_help=True, rich_markup_mode=None)
for _help, _command in _COMMANDS:
    app.command(cls=documented(_help))(_command)
app.add_typer(route.app, name="route", cls=route.RouteGroup)
for _name, _help, _group in _GROUPS:
    app.add_typer(_group, name=_name, cls=documented_group(_help), no_args_is_help=True)
app.command(cls=documented(mcp.HELP))(mcp.mcp)
app.command(cls=documented(doctor.HELP))(doctor.doctor)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("fanar"))
        raise typer.Exit


@app.callback()
def _options(
    language: Annotated[str | None, typer.Option("--language", metavar="ar|en")] = None,
    show_version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Take the options of every command; the language was chosen before anything was said."""


def main() -> None:
    """Run the command line of this process and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], *, terminal: Terminal | None = None) -> int:
    """Run a command line and return the exit code."""
    language, rest = _language(arguments)
    terminal = terminal or Terminal(interface_language())
    terminal.language = language or terminal.language
    try:
        if language is None and len(rest) < len(arguments):
            raise UnprocessableError(Bilingual("--language takes ar or en.", "يأخذ --language القيمة ar أو en."))
        return int(get_command(app).main(args=rest, prog_name="fanar", standalone_mode=False, obj=terminal) or Exit.OK)
    except FanarError as error:
        terminal.error(error.message)
        return exit_of(error)
    except typer.TyperException as error:
        return _misused(error, terminal)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except SystemExit:
        # Typer's way when the reader, `head` perhaps, has seen enough. Its exit code means something else here.
        return Exit.OK


def _language(arguments: Sequence[str]) -> tuple[Language | None, list[str]]:
    """Take `--language` out, wherever it stands: help and complaints are in that language too, so it is read before the rest."""
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for place, given in enumerate(rest[:end]):
        name, joined, value = given.partition("=")
        if name == "--language":
            wanted = value if joined else "".join(rest[place + 1 : place + 2])
            del rest[place : place + (1 if joined else 2)]
            return _LANGUAGES.get(wanted.lower()), rest
    return None, rest


def _misused(error: typer.TyperException, terminal: Terminal) -> int:
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "fanar"
    if type(error).__name__ == "NoArgsIsHelpError" and ctx:
        terminal.write(ctx.get_help() + "\n")
        return Exit.USAGE
    english = error.format_message()
    arabic = _USAGE.get(type(error).__name__, "استعمال غير صحيح.")
    terminal.error(Bilingual(f"{english} See {path} --help.", f"{arabic} ({english}) انظر {path} --help."))
    return Exit.USAGE
