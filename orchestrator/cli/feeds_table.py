"""The sources of news as a table on a terminal. Knows nothing of where they come from."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from fanar.bilingual import Bilingual
from fanar.news import SourceStatus
from orchestrator.cli.feeds_help import STATES
from orchestrator.cli.terminal import Terminal, printable

_COLUMNS = (
    Bilingual("outlet", "المصدر"),
    Bilingual("kind", "النوع"),
    Bilingual("state", "الحال"),
    Bilingual("articles", "المقالات"),
    Bilingual("newest (UTC)", "الأحدث (UTC)"),
    Bilingual("address", "العنوان"),
)


def table(sources: Sequence[SourceStatus], terminal: Terminal) -> Table:
    """Return a row for each source; what is wrong with one stands behind its state."""
    shown = Table(*(terminal.text(column) for column in _COLUMNS), box=None, pad_edge=False)
    for source in sources:
        state = terminal.text(STATES[source.state]) + (f": {terminal.text(source.error)}" if source.error else "")
        newest = f"{source.newest:%Y-%m-%d %H:%M}" if source.newest else "–"
        shown.add_row(printable(source.outlet), source.kind, state, str(source.articles), newest, printable(source.url))
    return shown
