"""`fanar doctor`: what is there, what is missing, and the one command or setting that adds it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.terminal import Terminal, printable

if TYPE_CHECKING:
    from orchestrator.cli.examination import Finding

HELP = Help(
    Bilingual("See what is there, what is missing, and the one command that adds it.", "اعرف المتاح والناقص والأمر الوحيد الذي يضيفه."),
    details=Bilingual(
        "Nothing is changed. The exit code is 3 when something that every answer needs is missing; --strict counts everything else too.",
        "لا يُغيَّر شيء. رمز الخروج 3 إذا نقص ما يحتاج إليه كل جواب؛ ومع --strict يُحسب ما سواه أيضًا.",
    ),
    examples=(
        ("fanar doctor", Bilingual("the whole picture", "الصورة كاملة")),
        ("fanar doctor --json | jq '.[] | select(.there | not)'", Bilingual("what is missing, for programs", "الناقص، للبرامج")),
    ),
    parameters={
        "as_json": AS_JSON,
        "strict": Bilingual("Exit with 3 when anything at all is missing.", "اخرج بالرمز 3 إذا نقص أي شيء."),
    },
)
_WELL = Bilingual("All that answers need is there.", "كل ما تحتاج إليه الأجوبة موجود.")


def doctor(
    ctx: typer.Context,
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict")] = False,
) -> int:
    """Show what is there and what is missing."""
    terminal: Terminal = ctx.obj
    findings = asyncio.run(_examined(terminal, shown=not as_json))
    if as_json:
        terminal.json([_told(finding, terminal) for finding in findings])
    missing = [finding for finding in findings if not finding.there and (finding.needed or strict)]
    if not missing and not as_json:
        terminal.note(_WELL, style="green")
    return Exit.MISSING if missing else Exit.OK


async def _examined(terminal: Terminal, *, shown: bool) -> list[Finding]:
    from orchestrator.cli.examination import examine

    findings = []
    async for finding in examine(load_settings()):
        findings.append(finding)
        if shown:
            _show(finding, terminal)
    return findings


def _show(finding: Finding, terminal: Terminal) -> None:
    from rich.text import Text

    mark, style = ("✓", "green") if finding.there else ("✗", "red") if finding.needed else ("–", "yellow")
    line = Text.assemble((mark, style), f" {finding.name:<16}{printable(terminal.text(finding.detail))}")
    if finding.remedy:
        line.append(f"\n  {'':<16}→ {finding.remedy}", style="cyan")
    terminal.show(line)


def _told(finding: Finding, terminal: Terminal) -> dict[str, object]:
    detail = terminal.text(finding.detail)
    return {"name": finding.name, "there": finding.there, "needed": finding.needed, "detail": detail, "remedy": finding.remedy}
