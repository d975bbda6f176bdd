"""`fanar corpora extend`: further documents for a corpus that is installed, without reading or indexing it anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from orchestrator.cli.corpora_add import SHA256, SOURCE, taken_in
from orchestrator.cli.corpora_open import open_corpora
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal

if TYPE_CHECKING:
    from fanar.documents import CorpusInfo

HELP = Help(
    Bilingual("Add documents to an installed corpus.", "أضف وثائق إلى مدوّنة مثبّتة."),
    details=Bilingual(
        "They are read as what the corpus is, and found from the next question on, also by a platform that runs; what is there stays, and "
        "stays indexed. Scripture, hadith and translations are installed whole, and a file that was changed too: `fanar corpora add`.",
        "تُقرأ بحسب نوع المدوّنة وتُوجد من السؤال التالي، حتى في منصة عاملة؛ ويبقى ما فيها ويبقى مفهرسًا. أما القرآن والحديث والترجمات "
        "والملف الذي تغيّر فتُثبَّت كاملة بالأمر `fanar corpora add`.",
    ),
    examples=(
        ("fanar corpora extend handbook ~/new-rules.md", Bilingual("a further file", "ملف آخر")),
        ("fanar corpora extend fatwas fatwas-2026.jsonl", Bilingual("the fatwas of another year", "فتاوى سنة أخرى")),
    ),
    parameters={
        "name": Bilingual("Name of the corpus; `fanar corpora list` shows them.", "اسم المدوّنة؛ يعرضها الأمر `fanar corpora list`."),
        "source": SOURCE,
        "sha256": SHA256,
        "as_json": AS_JSON,
    },
)
_EXTENDED = Bilingual("{name}: {added:,} documents added, {count:,} in all.", "{name}: أُضيفت {added:,} وثيقة، والمجموع {count:,}.")


def extend(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    source: Annotated[str, typer.Argument(metavar="PATH|URL")],
    sha256: Annotated[str, typer.Option("--sha256", metavar="HEX")] = "",
    as_json: AsJson = False,
) -> int:
    """Add documents to a corpus."""
    terminal: Terminal = ctx.obj

    async def _extended() -> tuple[CorpusInfo, int]:
        async with open_corpora() as corpora:
            info = await corpora.extensible(name)
            intake = await taken_in(source, name, terminal, kind=info.kind, sha256=sha256, language=info.language, as_json=as_json)
            with reporting(terminal) as progress:
                return await corpora.extend(name, intake.documents, progress=progress), len(intake.documents)

    info, added = asyncio.run(_extended())
    terminal.note(_EXTENDED.format(name=info.name, added=added, count=info.documents), style="")
    return Exit.OK
