"""What somebody who asks about the news wants: a subject, times, a digest. Knows nothing of articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fanar.arabic.normalization import normalize, normalize_with_offsets
from fanar.arabic.script import language_hint
from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Language
from rag.analysis import Term, read_question
from rag.recency.dates.expressions import TimeExpression, read_times
from rag.recency.dates.periods import Interval

_LONGEST = 4_000
_DIGEST = re.compile(
    normalize(
        r"(?:لخص|لخصلي|لخصي|تلخيص|ملخص|موجز|خلاصة|نشرة|حصاد|ابرز|أهم|عناوين|اعطني|هات|هاتلي|عطني|اديني|بدي|ابي|ابغى|عايز)"
        r"(?: لي| ليا)?(?: (?:أهم|ابرز|آخر|كل|عناوين|موجز|ملخص))?(?: ما جاء في)?"
        r" (?:ال)?(?:أخبار|اخبار|أنباء|انباء|الأحداث|احداث|عناوين|مستجدات)"
        r"|(?:summari[sz]e|summary of|digest of|recap of|round-?up of|sum up)(?: me)? (?:(?:all|the|any|today's|todays|this|week's) ){0,3}"
        r"(?:latest |top |main )?(?:news|headlines|stories|events)"
        r"|(?:top|main|latest|biggest|today's|todays) (?:news|headlines|stories)|news (?:digest|summary|brief|roundup)|\bheadlines\b"
        r"|what(?:'s| is) (?:in )?the news|what's new\b|(?:give|tell|show|get) me (?:the |all |today's )*(?:latest )?(?:news|headlines)"
    )
)
_ABOUT = re.compile(normalize(r"^\W*(?:عن|حول|بخصوص|في شأن|بشأن|من|في|about|on|regarding|concerning|from|for|of|in)\b\W*"))
_POSSESSIVE = re.compile(r"^['’]s\b")
# Words that ask for news and say nothing of which.
_FRAME = normal_forms(
    "أخبار الأخبار خبر آخر اخر جديد الجديد حدث يحدث حصل صار جرى وقع تطورات التطورات مستجدات المستجدات أحداث أهم أبرز عناوين لخص ملخص موجز "
    "news latest happened happening happen headlines update updates new stories story events tell going آخِر شنو وش شو ايه ايش اش كاين وصل "
    "today yesterday please لو سمحت من فضلك رجاء sum recap summary ما ماذا هو هي هم what which are is was were the"
)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about the news.

    `subject` is what it is about, in its own words without those of time; it may be empty. `terms` are the subject's content words.
    `intervals` are the times it names, `as_of` the moment whose knowledge it wants. `digest` asks for the stories of a time.
    `zone` is whose today is meant.
    """

    text: str
    subject: str
    terms: tuple[Term, ...]
    times: tuple[TimeExpression, ...]
    intervals: tuple[Interval, ...]
    as_of: datetime | None
    digest: bool
    language: Language
    moment: datetime
    zone: ZoneInfo

    @property
    def known_by(self) -> datetime:
        """Until when what was published may be used: `as_of`, else the moment of asking."""
        return self.as_of or self.moment


def read_inquiry(turns: Sequence[str], *, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Return what the last of a person's `turns` wants; where it names a time and no subject, the subject is that of the turn before."""
    text = turns[-1][:_LONGEST]
    times = tuple(read_times(text, now=now, zone=zone))
    digest, subject = _subject(text, times)
    terms = _terms(subject)
    if not terms and not digest and len(turns) > 1:
        earlier = turns[-2][:_LONGEST]
        digest, subject = _subject(earlier, tuple(read_times(earlier, now=now, zone=zone)))
        terms = _terms(subject)
        times = times or tuple(read_times(earlier, now=now, zone=zone))
    as_of = min((each.interval.end for each in times if each.kind == "as_of" and each.interval.end), default=None)
    intervals = tuple(each.interval for each in times if each.kind == "during")
    # Where nothing is left to look for, somebody wants to know what is new.
    return Inquiry(text, subject, terms, times, intervals, as_of, digest or not terms, language_hint(text), now, zone)


def _subject(text: str, times: Sequence[TimeExpression]) -> tuple[bool, str]:
    """Return whether a text asks for a digest, and the text without words of time and of asking for one."""
    for each in reversed(times):
        text = f"{text[: each.start]} {_POSSESSIVE.sub('', text[each.end :])}"
    text = " ".join(text.split())
    form = normalize_with_offsets(text)
    asked = _DIGEST.search(form.text)
    if asked is None:
        return False, text
    start, end = form.original_span(*asked.span())
    rest = " ".join(text[end:].split())
    about = _ABOUT.match(normalize_with_offsets(rest).text)
    if about is not None and about.end():
        rest = rest[normalize_with_offsets(rest).original_span(0, about.end())[1] :]
    before = text[:start] if set(normal_words(text[:start])) - _FRAME else ""
    return True, " ".join(f"{before} {rest}".split()).strip(" ؟?.!،,:")


def _terms(subject: str) -> tuple[Term, ...]:
    known = set(normal_words(subject)) - _FRAME
    return tuple(term for term in read_question(subject) if term.word in known and len(term.word) > 1) if known else ()
