"""Help that teaches, in the language of the reader: what a command does, its examples, its parts. Knows nothing of what commands do.

A command is declared with `cls=documented(Help(...))`; the declaration itself bears no text.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from typer.core import TyperCommand, TyperGroup

from fanar.bilingual import Bilingual, Language
from orchestrator.cli.exits import MEANINGS
from orchestrator.cli.terminal import Terminal

_WIDEST = 100
_NAMES = 26
_USAGE = Bilingual("Usage", "الاستعمال")
_EXAMPLES = Bilingual("Examples", "أمثلة")
_ARGUMENTS = Bilingual("Arguments", "المُدخلات")
_OPTIONS = Bilingual("Options", "الخيارات")
_COMMANDS = Bilingual("Commands", "الأوامر")
_EXITS = Bilingual("Exit codes", "رموز الخروج")
_HELP = Bilingual("Show this and exit.", "اعرض هذا واخرج.")
_DEFAULT = Bilingual("default", "الافتراضي")


@dataclass(frozen=True, slots=True)
class Help:
    """What a reader wants to know of a command. `examples` are (command line, what it is good for)."""

    summary: Bilingual
    details: Bilingual | None = None
    examples: tuple[tuple[str, Bilingual], ...] = ()
    parameters: Mapping[str, Bilingual] = field(default_factory=dict)
    exits: bool = False


class DocumentedCommand(TyperCommand):
    """A command with a `Help`."""

    text: Help

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  (typer keeps the types of these to itself)
        """Write the help."""
        formatter.write("\n".join(_lines(self, ctx)) + "\n")


class DocumentedGroup(TyperGroup):
    """A group of commands with a `Help`."""

    text: Help

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the help."""
        formatter.write("\n".join(_lines(self, ctx)) + "\n")

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Return the commands in the order of their declaration: what a newcomer needs stands first."""
        return list(self.commands)


def documented(text: Help) -> type[DocumentedCommand]:
    """Return the class of a command with this help."""
    return type("Documented", (DocumentedCommand,), {"text": text})


def documented_group(text: Help) -> type[DocumentedGroup]:
    """Return the class of a group with this help."""
    return type("DocumentedGroupOf", (DocumentedGroup,), {"text": text})


def _lines(command: DocumentedCommand | DocumentedGroup, ctx: Any) -> Iterator[str]:  # noqa: ANN401
    language = ctx.obj.language if isinstance(ctx.obj, Terminal) else "en"
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    text = command.text
    yield f"{_USAGE.in_language(language)}: {' '.join([ctx.command_path, *_usage(command, ctx)])}"
    yield ""
    yield from _wrapped(text.summary.in_language(language), width)
    if text.details:
        yield ""
        yield from _wrapped(text.details.in_language(language), width)
    if text.examples:
        yield from ["", f"{_EXAMPLES.in_language(language)}:"]
        for line, purpose in text.examples:
            yield f"  {line}"
            yield f"      {purpose.in_language(language)}"
    for heading, rows in _tables(command, ctx, language):
        if rows:
            yield from ["", f"{heading.in_language(language)}:"]
            for name, meaning in rows:
                yield from _row(name, meaning, width)


def _usage(command: DocumentedCommand | DocumentedGroup, ctx: Any) -> Iterator[str]:  # noqa: ANN401
    yield "[OPTIONS]"
    yield from (_name(parameter) for parameter in command.get_params(ctx) if parameter.param_type_name == "argument")
    if isinstance(command, DocumentedGroup):
        yield "COMMAND ..."


def _tables(
    command: DocumentedCommand | DocumentedGroup,
    ctx: Any,  # noqa: ANN401
    language: Language,
) -> Iterator[tuple[Bilingual, list[tuple[str, str]]]]:
    if isinstance(command, DocumentedGroup):
        found = [(name, command.commands[name]) for name in command.list_commands(ctx)]
        yield _COMMANDS, [(name, each.text.summary.in_language(language)) for name, each in found if hasattr(each, "text")]
    shown = [parameter for parameter in command.get_params(ctx) if not getattr(parameter, "hidden", False)]
    rows = [(parameter.param_type_name, (_name(parameter), _meaning(parameter, command.text, language))) for parameter in shown]
    yield _ARGUMENTS, [row for kind, row in rows if kind == "argument"]
    yield _OPTIONS, [row for kind, row in rows if kind == "option"]
    if command.text.exits:
        yield _EXITS, [(str(code.value), meaning.in_language(language)) for code, meaning in MEANINGS.items()]


def _name(parameter: Any) -> str:  # noqa: ANN401
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return ", ".join(parameter.opts) + value


def _meaning(parameter: Any, text: Help, language: Language) -> str:  # noqa: ANN401
    meaning = _HELP if parameter.name == "help" else text.parameters[parameter.name]
    said = meaning.in_language(language)
    if parameter.default is None or isinstance(parameter.default, bool | list | tuple) or callable(parameter.default):
        return said
    return f"{said} [{_DEFAULT.in_language(language)}: {parameter.default}]"


def _row(name: str, meaning: str, width: int) -> Iterator[str]:
    lines = textwrap.wrap(meaning, max(width - _NAMES - 2, 20))
    head = f"  {name}"
    if len(head) > _NAMES - 1:
        yield head
        head = ""
    for line in lines:
        yield f"{head:<{_NAMES}}{line}"
        head = ""


def _wrapped(text: str, width: int) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from textwrap.wrap(paragraph, width) or [""]
