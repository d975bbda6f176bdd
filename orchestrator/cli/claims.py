"""How the claims of a text are shown beside what their sources say. Knows nothing of how they are judged."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from fanar.bilingual import Bilingual
from orchestrator.cli.terminal import Json, Terminal, printable

_VERDICTS: dict[str, tuple[str, Bilingual, str]] = {
    "supported": ("✓", Bilingual("supported", "مؤيَّد"), "green"),
    "contradicted": ("✗", Bilingual("contradicted", "مخالَف"), "red"),
    "not_found": ("?", Bilingual("not found in the sources", "غير موجود في المصادر"), "yellow"),
}
_METHODS = {
    "copied": Bilingual("word for word", "بلفظه"),
    "words": Bilingual("by its words", "بكلماته"),
    "numbers": Bilingual("by its numbers", "بأرقامه"),
    "dates": Bilingual("by its dates", "بتواريخه"),
    "negation": Bilingual("by a negation", "بالنفي"),
    "opposites": Bilingual("by opposite words", "بالأضداد"),
    "names": Bilingual("by another word in its place", "بكلمة أخرى في موضعها"),
    "entailment": Bilingual("by the entailment model", "بنموذج الاستدلال"),
    "spans": Bilingual("by the span model", "بنموذج المقاطع"),
    "quotation": Bilingual("as a quotation", "بوصفه اقتباسًا"),
}
_UNSAID = Bilingual("not in the source", "ليس في المصدر")
_NO_SOURCE = Bilingual("names no source", "لا تدل على مصدر")
_NOT_THERE = Bilingual("the source does not say this", "المصدر لا يقول هذا")


def named_sources(files: list[str], texts: list[str]) -> list[Json]:
    """Return sources for a request, named after their files; two files of one name are told apart by a number."""
    seen: Counter[str] = Counter()
    sources = []
    for file, text in zip(files, texts, strict=True):
        name = printable(PurePath(file).name)[:56] or "source"
        seen[name] += 1
        sources.append({"id": name if seen[name] == 1 else f"{name} ({seen[name]})", "text": text, "title": name})
    return sources


def show_claims(claims: list[Json], text: str, terminal: Terminal) -> None:
    """Show each claim that was judged, with its verdict, its score and the passage behind it."""
    from rich.text import Text

    for claim in claims:
        if claim["verdict"] not in _VERDICTS or claim["method"] == "quotation":
            continue
        mark, name, style = _VERDICTS[claim["verdict"]]
        line = text.count("\n", 0, claim["start"]) + 1
        method = _METHODS.get(claim["method"])
        how = f", {terminal.text(method)}" if method and claim["verdict"] != "not_found" else ""
        head = Text.assemble((f"{line}: ", "dim"), (f"{mark} {terminal.text(name)}", f"bold {style}"), f"  {claim['score']:.2f}{how}")
        terminal.show(head)
        terminal.show(Text(f"  {_flat(claim['text'])}", style=style))
        for cited in claim["citations"]:
            terminal.show(Text(f"  → {_flat(cited['source_id'])}: {_flat(cited['quote'])}", style="dim"))
        for stretch in claim["unsupported"]:
            words = _flat(text[stretch["start"] : stretch["end"]])
            terminal.show(Text(f"  {terminal.text(_UNSAID)}: {words}", style="yellow"))
        for marker in claim["markers"]:
            _show_marker(marker, terminal)


def is_contradicted(claim: Json) -> bool:
    """Whether a claim is one that a reader must look at: a source says otherwise."""
    return bool(claim["verdict"] == "contradicted")


def _show_marker(marker: Json, terminal: Terminal) -> None:
    from rich.text import Text

    if marker["source_id"] is None:
        terminal.show(Text(f"  {_flat(marker['text'])} {terminal.text(_NO_SOURCE)}", style="yellow"))
    elif marker["supported"] is False:
        terminal.show(Text(f"  {_flat(marker['text'])} {terminal.text(_NOT_THERE)}", style="yellow"))


def _flat(text: str) -> str:
    return printable(text).replace("\n", " ")
