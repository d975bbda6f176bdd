"""`fanar files`: files handed in to the platform, listed, removed; and files that go with one question."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented
from orchestrator.cli.options import AS_JSON, SERVER, AsJson, Server
from orchestrator.cli.terminal import Json, Terminal, printable

if TYPE_CHECKING:
    from orchestrator.cli.service import Service

HELP = Help(
    Bilingual("Hand files in, list and remove them.", "سلّم ملفات واعرضها واحذفها."),
    details=Bilingual(
        "PDF, Word (.docx), HTML, Markdown and text. `fanar ask --file` asks about a file without keeping it.",
        "‏PDF وWord ‏(.docx) وHTML وMarkdown والنصوص. ويسأل `fanar ask --file` عن ملف دون حفظه.",
    ),
    examples=(
        ("fanar files add report.pdf contract.docx", Bilingual("keep two files and have them read", "احفظ ملفين ليُقرآ")),
        ("fanar files list", Bilingual("see which there are and how they do", "اعرض الملفات وأحوالها")),
        ("fanar files remove file-0123456789abcdef0123456789abcdef", Bilingual("forget one", "احذف ملفًا")),
    ),
)
_OPTIONS = {"as_json": AS_JSON, "server": SERVER}
_ADD = Help(
    Bilingual("Keep files and have them read.", "احفظ ملفات ليقرأها النظام."),
    parameters={"files": Bilingual("The files.", "الملفات."), **_OPTIONS},
)
_LIST = Help(Bilingual("List the files that are kept.", "اعرض الملفات المحفوظة."), parameters=_OPTIONS)
_REMOVE = Help(
    Bilingual("Forget files and all that was read from them.", "احذف ملفات وكل ما قُرئ منها."),
    parameters={"ids": Bilingual("The ids that `fanar files list` shows.", "المعرّفات التي يعرضها `fanar files list`."), **_OPTIONS},
)
_REMOVED = Bilingual("Removed: {}", "حُذف: {}")
_NONE = Bilingual("No files are kept; `fanar files add FILE` keeps one.", "لا ملفات محفوظة؛ يحفظ الأمر `fanar files add FILE` ملفًا.")
_UNREADABLE = Bilingual("{} cannot be read: {}", "تعذّرت قراءة {}: {}")
_COLUMNS = (
    Bilingual("id", "المعرّف"),
    Bilingual("name", "الاسم"),
    Bilingual("pages", "الصفحات"),
    Bilingual("passages", "المقاطع"),
    Bilingual("state", "الحال"),
)
_STATES = {
    "uploaded": Bilingual("being read", "قيد القراءة"),
    "processed": Bilingual("read", "مقروء"),
    "error": Bilingual("unreadable", "غير مقروء"),
}
_ASK_AGAIN, _PATIENCE = 0.2, 180.0
_ONE_PAGE = 100

app = typer.Typer()


@app.command(cls=documented(_ADD))
def add(
    ctx: typer.Context, files: Annotated[list[Path], typer.Argument(metavar="FILE…")], as_json: AsJson = False, server: Server = None
) -> int:
    """Keep files."""
    return asyncio.run(_added(files, ctx.obj, as_json=as_json, server=server))


@app.command("list", cls=documented(_LIST))
def list_files(ctx: typer.Context, as_json: AsJson = False, server: Server = None) -> int:
    """List files."""
    return asyncio.run(_listed(ctx.obj, as_json=as_json, server=server))


@app.command(cls=documented(_REMOVE))
def remove(
    ctx: typer.Context, ids: Annotated[list[str], typer.Argument(metavar="ID…")], as_json: AsJson = False, server: Server = None
) -> int:
    """Forget files."""
    return asyncio.run(_removed(ids, ctx.obj, as_json=as_json, server=server))


@asynccontextmanager
async def lent(service: Service, files: Sequence[Path]) -> AsyncIterator[list[str]]:
    """Hand files in for as long as the block lasts, and yield their ids once they were read. Raises UnprocessableError."""
    ids: list[str] = []
    try:
        for file in files:
            # Noted one by one: what was handed in must go again, also when the next one is refused.
            ids.append((await service.hand_in(file))["id"])  # noqa: PERF401
        for id_ in ids:
            _require_read(await _read(service, id_))
        yield ids
    finally:
        for id_ in ids:
            await service.remove_file(id_)


async def _added(files: list[Path], terminal: Terminal, *, as_json: bool, server: str | None) -> int:
    from orchestrator.cli.connect import connected

    async with connected(load_settings(), terminal, server=server) as service:
        with terminal.waiting():
            kept = [await _read(service, (await service.hand_in(file))["id"]) for file in files]
    _show(kept, terminal, as_json=as_json)
    return Exit.FINDING if any(file["status"] == "error" for file in kept) else Exit.OK


async def _listed(terminal: Terminal, *, as_json: bool, server: str | None) -> int:
    from orchestrator.cli.connect import connected

    kept: list[Json] = []
    async with connected(load_settings(), terminal, server=server) as service:
        page: Json = {"has_more": True, "last_id": None}
        while page["has_more"]:
            page = await service.files(after=page["last_id"], limit=_ONE_PAGE)
            kept += page["data"]
    _show(kept, terminal, as_json=as_json)
    return Exit.OK


async def _removed(ids: list[str], terminal: Terminal, *, as_json: bool, server: str | None) -> int:
    from orchestrator.cli.connect import connected

    async with connected(load_settings(), terminal, server=server) as service:
        gone = [await service.remove_file(id_) for id_ in ids]
    if as_json:
        terminal.json(gone)
        return Exit.OK
    names = ", ".join(str(each["id"]) for each in gone)
    terminal.note(_REMOVED.format(names))
    return Exit.OK


async def _read(service: Service, file: str) -> Json:
    """Return a file once it was read, or cannot be, or nobody has the patience."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _PATIENCE
    told = await service.file(file)
    while told["status"] == "uploaded" and loop.time() < until:
        await asyncio.sleep(_ASK_AGAIN)
        told = await service.file(file)
    return told


def _require_read(file: Json) -> None:
    if file["status"] == "error":
        name, why = printable(str(file["filename"])), printable(str(file["status_details"]))
        raise UnprocessableError(_UNREADABLE.format(name, why))


def _show(files: list[Json], terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.json(files)
        return
    if not files:
        terminal.note(_NONE)
        return
    from rich.table import Table

    table = Table(*(terminal.text(column) for column in _COLUMNS), box=None)
    for file in files:
        state = printable(str(file["status_details"])) if file["status"] == "error" else terminal.text(_STATES[file["status"]])
        table.add_row(file["id"], printable(file["filename"]), str(file["pages"] or "—"), str(file["passages"]), state)
    terminal.show(table)
