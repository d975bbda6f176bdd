"""How answers about the news are worded, in both languages: times, sources, what is not known. Knows nothing of where articles come from.

What an outlet wrote is shown in its words; what would make a link, a picture or a control token of them is broken first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fanar.bilingual import LANGUAGES, Bilingual, Language
from fanar.documents import Document
from fanar.news import Article
from rag.islamic.calendar.names import GREGORIAN_AR, GREGORIAN_EN
from rag.prompts import neutralised
from rag.recency.articles import StoreStatus
from rag.recency.conflicts import Conflict

CORPUS = "news"
_MARKUP = re.compile(r"!(?=\[)|\](?=[\[(:])|<(?=[A-Za-z/!?])|`{2,}")
_LINES = re.compile(r"\s+")
_LONGEST_TITLE = 200

SEARCHING = Bilingual("Looking through the news", "البحث في الأخبار")
SEARCHING_WEB = Bilingual("Searching the web and reading what it finds", "البحث في الويب وقراءة ما يجده")
QUOTED = Bilingual("“{}”", "«{}»")
SOURCES = Bilingual("Sources:", "المصادر:")
FROM_NEWS = Bilingual("From the news known here (times are {zone}):", "من الأخبار المعروفة هنا (التوقيت {zone}):")
DIGEST = Bilingual("The news known here{about} (times are {zone}):", "الأخبار المعروفة هنا{about} (التوقيت {zone}):")
ABOUT = Bilingual(" about {}", " عن {}")
NO_ANSWER = Bilingual("None of the articles known here answers this.", "لا يجيب عن هذا أي من المقالات المعروفة هنا.")
NO_NEWS = Bilingual("No article known here is about this.", "لا مقال هنا عن هذا.")
NOTHING_YET = Bilingual("No article has come in yet.", "لم يصل أي مقال بعد.")
NOT_NEWER = Bilingual("Nothing newer than {moment} is known here.", "لا يُعرف هنا ما هو أحدث من {moment}.")
DIFFER = Bilingual("Outlets differ: {}.", "تختلف المصادر: {}.")
AS_OF = Bilingual("As known until {moment}.", "بحسب ما كان معروفًا حتى {moment}.")
WITHHELD = Bilingual(
    "What was written did not rest on the sources; here is what they say themselves.", "لم يستند ما كُتب إلى المصادر؛ وهذا نص ما تقوله."
)
_SAYS = Bilingual("{outlet}: {words}", "{outlet}: {words}")
_JOINED = Bilingual("; ", "؛ ")
NO_SOURCE = Bilingual(
    "No source of news is connected. Add one: `fanar feeds add URL`.", "لا مصدر أخبار متصل. أضف واحدًا: `fanar feeds add URL`."
)


def moment_text(moment: datetime, *, zone: ZoneInfo, language: Language) -> str:
    """Return a moment as clocks in `zone` show it."""
    local = moment.astimezone(zone)
    months = GREGORIAN_AR if language == "ar" else GREGORIAN_EN
    comma = "،" if language == "ar" else ","
    return f"{local.day} {months[local.month - 1]} {local.year}{comma} {local:%H:%M}"


def zone_text(moment: datetime, zone: ZoneInfo) -> str:
    """Return how far the clocks of `zone` are from UTC at a moment."""
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{'+' if offset > timedelta() else '-'}{hours}" + (f":{minutes:02d}" if minutes else "")


def plain(text: str) -> str:
    """Return an outlet's words on one line, with nothing in them that a reader's program would follow, fetch or obey."""
    return _LINES.sub(" ", _MARKUP.sub(lambda match: f"{match[0]} ", neutralised(text))).strip()


def title_of(article: Article) -> str:
    """Return an article's title as it can be shown."""
    return plain(article.title)[:_LONGEST_TITLE] or plain(article.outlet)


def dated(article: Article, *, zone: ZoneInfo, language: Language) -> str:
    """Return who published an article, and when."""
    comma = "، " if language == "ar" else ", "
    return f"{plain(article.outlet)}{comma}{moment_text(article.published, zone=zone, language=language)}"


def source_line(article: Article, *, zone: ZoneInfo, language: Language) -> str:
    """Return who published an article, when, and where it can be read."""
    return f"{dated(article, zone=zone, language=language)} — {_LINES.sub('', article.url)}"


def document_of(article: Article, *, zone: ZoneInfo, language: Language, text: str | None = None) -> Document:
    """Return an article, or what is shown of it, as something to cite."""
    return Document(
        id=article.id,
        corpus=CORPUS,
        reference=f"{dated(article, zone=zone, language=language)}: {title_of(article)}",
        text=article.text if text is None else text,
        url=article.url,
        metadata={
            "outlet": article.outlet,
            "published": article.published.isoformat(),
            "updated": article.updated.isoformat(),
            "fetched": article.fetched.isoformat(),
            "version": article.version,
            "story": article.story,
        },
    )


def differing(conflicts: Sequence[Conflict], language: Language) -> list[str]:
    """Return one line for each thing that outlets count differently."""
    joint = _JOINED.in_language(language)
    says = _SAYS.in_language(language)
    return [
        DIFFER.in_language(language).format(
            joint.join(says.format(outlet=plain(count.article.outlet), words=plain(count.words)) for count in conflict.counts)
        )
        for conflict in conflicts
    ]


def not_newer(status: StoreStatus, *, zone: ZoneInfo, language: Language) -> str:
    """Return up to when anything is known: until every working source was read, else until the newest article."""
    known = status.known_until or status.newest
    if known is None:
        return NOTHING_YET.in_language(language)
    return NOT_NEWER.in_language(language).format(moment=moment_text(known, zone=zone, language=language))


def state_text(status: StoreStatus) -> Bilingual:
    """Return in a sentence how much is known, and what to do where nothing is; times are UTC."""
    if not status.sources and not status.articles:
        return NO_SOURCE
    zone = ZoneInfo("UTC")
    last_en, last_ar = (not_newer(status, zone=zone, language=language) for language in LANGUAGES)
    return Bilingual(
        f"{status.articles:,} articles, {status.stories:,} stories from {len(status.sources)} sources. {last_en} (UTC)",
        f"المقالات: {status.articles:,}، الأخبار: {status.stories:,}، المصادر: {len(status.sources)}. {last_ar} (UTC)",
    )
