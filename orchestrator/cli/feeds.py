"""`fanar feeds`: the sources of news, added, listed, exchanged, looked at, removed, in the database of this machine's platform."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fanar.errors import ConflictError, UnprocessableError
from fanar.news import Source
from fanar.settings import load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.feeds_help import (
    ADD,
    ADDED,
    EXPORT,
    FIELDS,
    IMPORT,
    IMPORTED,
    LIST,
    NO_FILE,
    NOTHING,
    POLL,
    REMOVE,
    REMOVED,
    STATUS,
)
from orchestrator.cli.feeds_help import HELP as HELP
from orchestrator.cli.help import documented
from orchestrator.cli.options import AsJson
from orchestrator.cli.terminal import Json, Terminal

if TYPE_CHECKING:
    from fanar.news import SourceStatus
    from orchestrator.bootstrap.news import News
    from rag.recency.articles import StoreStatus

app = typer.Typer()


@app.command(cls=documented(ADD))
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL")],
    outlet: Annotated[str, typer.Option("--outlet", metavar="NAME", show_default=False)] = "",
    language: Annotated[str, typer.Option("--language-of", metavar="CODE", show_default=False)] = "",
    authority: Annotated[float, typer.Option("--authority", metavar="N", min=0.0, max=1.0)] = 0.5,
    pages: Annotated[bool, typer.Option("--pages/--no-pages")] = True,
) -> int:
    """Add a source."""
    source = asyncio.run(_added(url, outlet=outlet, language=language, authority=authority, pages=pages))
    ctx.obj.note(ADDED.format(outlet=source.outlet, kind=source.kind, url=source.url), style="")
    return Exit.OK


@app.command("list", cls=documented(LIST))
def list_feeds(ctx: typer.Context, as_json: AsJson = False) -> int:
    """List the sources."""
    return _show(ctx.obj, asyncio.run(_status()), as_json=as_json, whole=False)


@app.command(cls=documented(STATUS))
def status(ctx: typer.Context, as_json: AsJson = False) -> int:
    """Show how the sources are doing, and what is known up to when."""
    return _show(ctx.obj, asyncio.run(_status()), as_json=as_json, whole=True)


@app.command(cls=documented(POLL))
def poll(
    ctx: typer.Context,
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]...", show_default=False)] = None,
    as_json: AsJson = False,
) -> int:
    """Look at the sources now."""
    return _show(ctx.obj, asyncio.run(_polled(urls or [])), as_json=as_json, whole=True)


@app.command("import", cls=documented(IMPORT))
def import_feeds(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", show_default=False)] = None,
    sample: Annotated[bool, typer.Option("--sample")] = False,
) -> int:
    """Add the sources of an OPML file."""
    added, known = asyncio.run(_imported(_listed(file, sample=sample)))
    ctx.obj.note(IMPORTED.format(added=added, known=known), style="")
    return Exit.OK


@app.command(cls=documented(EXPORT))
def export(ctx: typer.Context) -> int:
    """Write the sources as OPML on standard output."""
    from rag.recency.opml import write_opml

    async def _sources() -> list[Source]:
        async with _opened() as news:
            return [record.source for record in news.sources.sources()]

    ctx.obj.write(write_opml(asyncio.run(_sources())).decode())
    return Exit.OK


@app.command(cls=documented(REMOVE))
def remove(ctx: typer.Context, urls: Annotated[list[str], typer.Argument(metavar="URL...")]) -> int:
    """Remove sources and their articles."""

    async def _removed() -> None:
        async with _opened() as news:
            for url in urls:
                news.sources.remove(url, now=datetime.now(UTC))
                ctx.obj.note(REMOVED.format(url=url), style="")

    asyncio.run(_removed())
    return Exit.OK


@asynccontextmanager
async def _opened(*, newsroom: Literal["none", "here"] = "none") -> AsyncIterator[News]:
    from orchestrator.bootstrap.news import open_news
    from orchestrator.bootstrap.storage import open_storage

    settings = load_settings()
    async with open_storage(settings) as storage, open_news(settings, storage, newsroom=newsroom) as news:
        yield news


async def _added(url: str, *, outlet: str, language: str, authority: float, pages: bool) -> Source:
    from fanar.fetch.client import Fetcher
    from rag.recency.recognition import recognise

    async with _opened() as news, Fetcher(private_hosts=load_settings().fetch_private_hosts) as fetcher:
        found = await recognise(url, fetcher=fetcher)
        source = Source(found.url, found.kind, outlet or found.title, language or found.language, authority, pages)
        news.sources.add(source, now=datetime.now(UTC))
    return source


def _listed(file: Path | None, *, sample: bool) -> list[Source]:
    from rag.recency import opml

    if (file is None) != sample:
        raise UnprocessableError(NO_FILE, param="file")
    try:
        return opml.sample() if file is None else opml.read_opml(file.read_bytes())
    except OSError as cause:
        raise UnprocessableError(NO_FILE, param="file") from cause


async def _imported(sources: list[Source]) -> tuple[int, int]:
    known = 0
    async with _opened() as news:
        for source in sources:
            try:
                news.sources.add(source, now=datetime.now(UTC))
            except ConflictError:
                known += 1
    return len(sources) - known, known


async def _status() -> StoreStatus:
    async with _opened() as news:
        return await news.store.status()


async def _polled(urls: list[str]) -> StoreStatus:
    async with _opened(newsroom="here") as news:
        await news.newsroom.poll(urls)
        return await news.store.status()


def _show(terminal: Terminal, found: StoreStatus, *, as_json: bool, whole: bool) -> int:
    if as_json:
        sources: list[Json] = [_told(source, terminal) for source in found.sources]
        facts = {"articles": found.articles, "stories": found.stories}
        times = {name: _iso(getattr(found, name)) for name in ("newest", "polled", "known_until")}
        terminal.json({**facts, **times, "sources": sources} if whole else sources)
        return Exit.OK
    if not found.sources:
        terminal.note(NOTHING)
        return Exit.OK
    from orchestrator.cli.feeds_table import table

    terminal.show(table(found.sources, terminal))
    if whole:
        until = _iso(found.known_until) or "–"
        terminal.note(FIELDS.format(articles=found.articles, stories=found.stories, until=until), style="")
    return Exit.OK


def _told(source: SourceStatus, terminal: Terminal) -> Json:
    times = {name: _iso(getattr(source, name)) for name in ("newest", "polled", "heard", "next")}
    facts = {name: getattr(source, name) for name in ("url", "kind", "outlet", "language", "authority", "state", "articles", "pushed")}
    return facts | times | {"error": source.error and terminal.text(source.error)}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
