"""Lists of feeds as feed readers exchange them: OPML 1 and 2. Knows nothing of HTTP or storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files

from lxml import etree

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.news import Source, SourceKind
from rag.recency.entries import LONGEST_LINE, absolute, primary_language
from rag.recency.markup import one_line

_MOST = 2_000
_UNREADABLE = Bilingual("This is no OPML file.", "هذا ليس ملف OPML.")
_KINDS: Mapping[str, SourceKind] = {"sitemap": "sitemap", "page": "page"}  # every other type of an outline is a feed's


def read_opml(content: bytes) -> list[Source]:
    """Return the sources of a list, each once, whatever folders they stand in. Raises UnprocessableError for what is no OPML."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise UnprocessableError(_UNREADABLE, param="file") from cause
    if root.tag != "opml":
        raise UnprocessableError(_UNREADABLE, param="file")
    found = [source for outline in root.iter("outline") if (source := _source(outline)) is not None]
    return list({source.url: source for source in reversed(found[:_MOST])}.values())[::-1]


def write_opml(sources: Iterable[Source]) -> bytes:
    """Return a list of sources that feed readers can read, and we too with all that we know of each."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Fanar"
    body = etree.SubElement(root, "body")
    for source in sources:
        facts = {"type": "rss" if source.kind == "feed" else source.kind, "text": source.outlet, "xmlUrl": source.url}
        facts |= {"language": source.language} if source.language else {}
        facts |= {"authority": f"{source.authority:g}", "pages": "true" if source.pages else "false"}
        etree.SubElement(body, "outline", facts)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def sample() -> list[Source]:
    """Return outlets in Arabic and English that an operator may choose from; none is read unasked."""
    return read_opml(files("rag.recency").joinpath("outlets.opml").read_bytes())


def _source(outline: etree._Element) -> Source | None:
    url = absolute(outline.get("xmlUrl") or "", "")
    if not url:
        return None
    name = one_line(outline.get("text") or outline.get("title") or url)[:LONGEST_LINE]
    return Source(
        url,
        _KINDS.get(outline.get("type", "").lower(), "feed"),
        name,
        language=primary_language(outline.get("language")),
        authority=_authority(outline.get("authority", "")),
        pages=outline.get("pages", "true").lower() != "false",
    )


def _authority(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.5
