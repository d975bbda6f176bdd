"""Greets, thanks, takes leave, and says who it is, without a model. Knows nothing of routing.

The replies are a table, `greetings.tsv`: kind, variety, reply. A greeting is answered in its own language and dialect; where the table
has no reply for the dialect, in standard Arabic. What the platform says it can do is what it was told is installed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path

from fanar.arabic.normalization import normalize
from fanar.arabic.script import dialect_hint, shares
from fanar.bilingual import Bilingual, Language
from fanar.events import Event, ResponseCompleted, RoutingDecision, TextDelta
from fanar.messages import ChatRequest
from orchestrator.options import refuse_generation_options

MODEL = "greeting"
Replies = Mapping[tuple[str, str], Sequence[str]]

_LONGEST = 1000
_SALAM = re.compile(
    r"السلام عليك|سلام عليك|سلامو? عليك|\bas?-?salaa?m|\bsalaa?mu? ?(?:u )?a?l[ae]i?y?kum|3alaik|3alayk|assalam|^salaa?m\b|^سلام\b"
)
# What the platform tells its models; thanks for a prompt reply, or for somebody's instructions, ask for none of it.
_TOLD = r"تعليمات|توجيهاتك|برو?م?بت|موجه النظام|اوامر(?!ك)|instruction|prompt|directive|guideline|system message"
# The first that matches names the kind.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(normalize(pattern)))
    for kind, pattern in (
        ("instructions", rf"(?s)^(?!.*(?:thank|\bthx\b|appreciat|شكر|مشكور|تسلم|يسلم)[^.!?,؟،]*(?:{_TOLD})).*(?:{_TOLD})"),
        (
            "identity",
            r"من انت|انت مين|مين انت|منو انت|انت منو|شكون (?:ا?نت|خدمك|صنعك)|شنو انت|وش انت|ايش انت|شو انت|اسمك|سميتك|ماذا (?:تستطيع|"
            r"يمكنك)|بماذا|تقدر (?:ت|\w* ?ت)|"
            r"وش تسوي|شو بتعرف|بتعمل ايه|تعمل ايه|شتكدر|قدرات|صنعك|برمجك|طورك|سواك|روبوت|هل (?:ا?نت|تتحدث|تتكلم)|ا?انت (?:بشر|انسان|"
            r"ذكاء)|مهارات|فيك تعمل|بتقدر|تنجم |"
            r"what (?:kinds? of )?(?:things|languages?)|which languages?|who (?:are|r) (?:you|u)|what (?:are you|can you|do you do)|"
            r"your name|are you (?:a|an|human|real|chatgpt|gpt)|who (?:made|built|created)|introduce yourself|your creator|"
            r"chkoun nta|shou? esmak|esmak|ismak|min enta|enta min|inta meen|meen enta",
        ),
        ("condolence", r"البقاء لله|عظم الله|البقيه في|تعازي|احسن (?:الله )?عزاء|انا لله|condolence|sorry for your loss"),
        ("apology", r"اسف|آسف|معذره|اعتذر|سامح|عفوا|سوري|\bsorry\b|apolog|my bad"),
        ("ramadan", r"رمضان (?:كريم|مبارك)|مبارك عليكم الشهر|ramadan"),
        ("eid", r"\b(?:ال)?عيد|كل (?:عام|سنه)|عساكم من|eid|happy new|merry|happy birthday|kol sana|kol 3am"),
        ("congratulation", r"مبروك|مبارك|تهاني|نبارك|عقبال|congrat|well done|mabrouk|mabrook"),
        ("night", r"تصبح|تصبحي|ليله سعيده|ليلتك|good ?night|tesba7|tisba7"),
        ("blessing", r"جزا[كه]|بارك الله|الله (?:يعافي|يخلي|يحفظ|يسلم|يعطيك|يبارك|يكرم|يجزي|يرضي)|يعطيك العافيه|يرحم والديك|ربنا ي|"
            r"ربي ي|رحم الله|bless"),
        ("thanks", r"شكر|مشكور|ممنون|تسلم|يسلم|ميرسي|مرسي|يعيشك|عيشك|امتنان|صحيت|thank|\bthx\b|\bty\b|cheers|appreciat|shukran|"
            r"choukran|merci|saha\b|sahit"),
        ("farewell", r"مع السلامه|بالسلامه|بسلامه|وداع|الي اللقاء|في امان|فمان الله|باي|اشوفك|نشوفك|نتلاق|القاك|goodbye|\bbye|see "
            r"(?:you|ya)|farewell|later|take care|\bcya\b|bslama"),
        ("morning", r"صباح|صبحك|good ?morning|\bmorning|saba7|sba7|sabah"),
        ("evening", r"مساء|مسا |مساك|مسيك|good ?(?:evening|afternoon)|\bevening|masa2|\bmasa\b"),
        (
            "how_are_you",
            r"كيف(?:ك|كم|كن| حال| الحال| الاحوال)|شلون|شخبار|اخبارك|ازي|عامل|كي ?راك|كيداير|واش راك|لاباس|احوالك|طمنوني|how (?:are|r|"
            r"is it|have|do you do)|how's|what's up|\bsup\b|"
            r"\bkif|keef|ezay|ezza?y|shlon|labas|la bas",
        ),
    )
)  # fmt: skip


_HELLO = re.compile(
    normalize(
        r"مرحب|[أا]هل[اي]|هلا|هاي|هالو|هلو|الو|حياك|تحي|يا هلا|hello|\bhi\b|\bhey\b|howdy|greetings|welcome|"
        r"marhaba|mar7aba|ahlan"
    )
)


class GreetingHandler:
    """Answers polite words. `abilities` says, when asked, what this installation can do."""

    def __init__(self, *, replies: Replies, abilities: Callable[[], Sequence[Bilingual]] = lambda: ()) -> None:
        self._replies = replies
        self._abilities = abilities

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield one short reply."""
        refuse_generation_options(request)
        turn = sum(message.role == "user" for message in request.messages)
        yield TextDelta(self.reply(request.prompt, turn=turn))
        yield ResponseCompleted(MODEL)

    def reply(self, text: str, *, turn: int = 1) -> str:
        """Return the reply to `text`; the same words later in a conversation may get another one."""
        sample = text[:_LONGEST]
        normal = normalize(sample)
        variety = _variety(sample)
        kind = next((kind for kind, pattern in _KINDS if pattern.search(normal)), None)
        pieces = []
        if _SALAM.search(normal):
            pieces.append(self._pick("salam", variety, normal, turn))
        if kind is not None or not pieces:
            default = "hello" if _HELLO.search(normal) or len(normal.split()) < 2 else "pleasantry"
            pieces.append(self._pick(kind or default, variety, normal, turn))
        if kind in ("identity", "instructions"):
            pieces += self._listed("en" if variety == "english" else "ar")
        return " ".join(pieces)

    def _pick(self, kind: str, variety: str, normal: str, turn: int) -> str:
        choices = self._replies.get((kind, variety)) or self._replies[kind, "msa"]
        return choices[(zlib.crc32(normal.encode("utf-8", "replace")) + turn) % len(choices)]

    def _listed(self, language: Language) -> list[str]:
        abilities = [ability.in_language(language) for ability in self._abilities()]
        if not abilities:
            return []
        return [f"المتاح هنا: {'، '.join(abilities)}."] if language == "ar" else [f"Available here: {', '.join(abilities)}."]


def read_replies(path: Path | None = None) -> Replies:
    """Read the table of replies, the shipped one by default."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in (path or Path(__file__).with_name("greetings.tsv")).read_text(encoding="utf-8").splitlines():
        kind, variety, reply = line.split("\t")
        found.setdefault((kind, variety), []).append(reply)
    return found


def _variety(text: str) -> str:
    if shares(text).arabic > 0 or _LATIN_ARABIC.search(normalize(text)):
        return dialect_hint(text) or "msa"
    return "english"


# Greetings in Latin letters that want an Arabic answer; «salam» alone is also English usage.
_LATIN_ARABIC = re.compile(
    r"\b(?:kif|kifak|keefak|ezay\w*|izzay\w*|shlon\w*|labas|shukran|choukran|marhaba|mar7aba|saba7|sba7|ahlan|mabrouk|mabrook|enta|"
    r"\w*[37]\w+)\b"
)
