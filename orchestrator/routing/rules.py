"""Sure rules that decide before the classifier does: attachments, exact tools, verse references, pure greetings, plain commands.

A rule may only speak where it is as good as always right; everything else it leaves to the classifier. Knows nothing of weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual
from fanar.events import Route
from fanar.messages import ChatMessage
from fanar.scripture.references import find_references
from orchestrator.routing.attachments import VISION, holds_sound, shows_picture
from orchestrator.routing.claims import asks_whether_true
from orchestrator.routing.instructions import asks_for_instructions
from orchestrator.routing.openings import Reader, concerned
from orchestrator.routing.reasons import SEEN, rule
from orchestrator.tools.result import ToolResult
from rag.islamic.beside import asks_for_verse_beside
from rag.islamic.calendar.talk import asks_for_occasion
from rag.islamic.danger import safety_for
from rag.islamic.divisions.talk import asks_for_division
from rag.islamic.estates import about_an_estate
from rag.islamic.prayer.talk import asked_where, asks_for_prayer
from rag.islamic.statistics.grammar import asks_for_statistics
from rag.islamic.zakat.talk import adds_to_zakat, asked_back, asks_for_zakat

_LONGEST = 600
_LONGEST_CRY = 2_000
# A reference somewhere in a long prompt does not say what the prompt is about.
_LONGEST_WITH_VERSE = 200
# What a reference has beside its numbers; without any of it only a few words («البقرة ٢٥٥») are worth the reading.
_VERSE_CUE = re.compile(
    r"\d ?: ?\d|سور|\b[وفبل]?(?:ال)?اي[اه]|قران|مصحف|كرسي|خوات|فواتح|sura|soora|\bay[ae]|verse|quran|qur'an|koran|chapter"
)
_FEW_WORDS = 4
_GREETING_CORE = normal_forms(
    "السلام سلام مرحبا مرحبتين مراحب أهلا اهلين هلا هاي هالو هلو شكرا مشكور مشكورة مشكورين متشكر متشكرة ممنون ممنونة تسلم تسلمي "
    "يسلمو يسلموا ميرسي مرسي "
    "باي وداعا عسلامة بالسلامة بسلامة لاباس صباح مساء صباحو تصبح تصبحين تصبحون مبروك شلونك شلونكم اشلونك كيفك كيفكم ازيك إزيك ازيكم "
    "شخبارك كيراك صباحك مساك نهارك "
    "hello hi hey hiya howdy greetings thanks thank thx ty cheers goodbye bye goodnight ttyl salam salaam marhaba ahlan shukran "
    "choukran merci mersi bslama labas"
)
_GREETING_MORE = normal_forms(
    "عليكم وعليكم ورحمة الله وبركاته وسهلا بك بكم بيك فيك فيكم والله يا كيف حالك حالكم اليوم الخير النور الورد الفل الياسمين جزيلا "
    "كثيرا كتير اوي قوي بزاف برشا وايد جدا "
    "لك لكم ليك لكي الف ألف يعطيك العافية يعافيك عافاك ربي خويا خوي اخي أخي اختي صديقي حبيبي حبيبتي عزيزي غالي الغالي الجميع جميعا "
    "السلامة مع إلى اللقاء الى في امان أمان على خير "
    "وانت وأنت بخير عامل عاملة ايه إيه شو اخبارك أخبارك الحال الأحوال واش راك كي داير دايرة وكيفك يسعد صباحكم مساءكم مساكم ويسعد "
    "أوقاتكم الله حياك حياكم وحياك "
    "you so much very a lot there everyone all friend buddy again my dear alaikum alaykum aleikum wa rahmatullah good morning "
    "evening afternoon night day how are doing today is it going "
    "what's up for your help see later take care and 3alaikum 3alaykum 3likom habibi ya kifak keefak ktir kteer awi"
)
_DOCUMENT_WORDS = re.compile(
    r"(?:^|\s)[وفبل]?(?:ترجم|ارسم|صمم|صوره|لوحه|خط|بصوت|صوت|بالصوت|سمع|سماع|نسمع|اسمع|انطق|خلفيه|شعر|قصيد|كود|تطبيق|خبر|اخبار|كوفي|"
    r"زخرف|فيلم|روايه|خط الثلث)|"
    r"\b(?:translat|draw|design|image|picture|poster|wallpaper|calligraph|aloud|audio|voice|transcrib|poem|code|app|api|python|listen|play|"
    r"pronounc|font|function|parse|parser|regex|write)"
)
_LOOK_UP = normal_forms(
    "ما نص ايه آية الايه اية الآية ايات آيات سورة سوره السورة اقرأ اقرا اقرالي اكتب اكتبلي لي هات هاتلي اعطني أعطني اعطيني عطيني "
    "اعرض اذكر وش شو شنو ايش هي هو تلاوة اتل ابي ابغى بدي عايز عاوز بغيت "
    "أريد اريد من فضلك لو سمحت القرآن كاملة كامله نصها كامل رقم في من الكريم ورّيني ورني وريني "
    "surah surat sura verse verses ayah ayat quran qur'an the show me read quote give what does is say says text of please full i "
    "want whole chapter arabic english in and"
)
_LANGUAGES = (
    r"انجليزي|انكليزي|انقليزي|فرنسي|فرنساوي|الماني|اسباني|ايطالي|ترك|روسي|صيني|ياباني|كوري|كردي|فارسي|اوردو|اردو|هندي|عربي|"
    r"عبري|امازيغي|برتغالي"
)
_COMMANDS: tuple[tuple[Route, Bilingual, str], ...] = (
    (
        Route.TRANSLATION,
        rule("the command to translate", "أمر بالترجمة"),
        (
            r"^(?:please |pls |can you |could you |hey |kindly )*translate\b(?! (?:the )?(?:idea|plan|this code|code|requirements))|"
            rf"^(?:من فضلك |لو سمحت |ممكن |رجاء )*(?:ترجم|ترجمي|ترجملي|ترجموا|ترجمها|ترجم لي|تترجم|تترجملي|ترجمه|"
            rf"ترجم ليا)\b.{{0,400}}(?:{_LANGUAGES})|"
            r"^(?:من فضلك |لو سمحت |ممكن )*(?:ترجم|ترجملي|ترجميلي|ترجم لي|ترجم ليا)\s*(?:هذ|هاد|هال|هاي|ده|دي|كلمه|الجمله|جمله|النص|"
            r"العباره|عباره|[:«\"])|"
            r"^(?:tarjem|tarjim|targem|tarjm|terjem)\w*\b"
        ),
    ),
    (
        Route.IMAGE,
        rule("the command to draw", "أمر بالرسم"),
        (
            r"^(?:please |can you |could you |hey )*(?:draw|paint|sketch|illustrate)(?: me)? (?:a|an|the|my|some|two|three)\b|"
            r"^(?:please |can you |could you |hey )*(?:generate|create|make|design|produce)(?: me)?(?: an?| some| the)? (?:\w+ "
            r"){0,3}(?:image|picture|poster|logo|wallpaper|illustration|icon|banner|sticker)s?\b|"
            r"^(?:من فضلك |لو سمحت |ممكن )*(?:ارسم|ارسملي|ارسميلي|ارسملنا|رسملي|رسم ليا|ارسم لي|ارسم ليا)\s+(?!خط[هت]|جدول|مسار|منحن|"
            r"الدال|بيان|شجره قرار|.*(?:شعر|قصيد|كلمات))"
        ),
    ),
    (
        Route.SPEECH,
        rule("a command about sound", "أمر يخص الصوت"),
        (
            r"^(?:please |can you |could you |hey )*(?:transcribe\b|read (?:this|it|that|the following|me this)\b.{0,60}\b(?:aloud|"
            r"out loud))|"
            r"^(?:من فضلك |لو سمحت |ممكن )*(?:فرغ|فرغلي|فرغ لي|فرغ ليا)\s+(?:لي |ليا )?(?:هذ|هاد|هال|ال)?\s*(?:التسجيل|تسجيل|المقطع|"
            r"مقطع|الصوت|المحاضره|الفويس|الاوديو)"
        ),
    ),
    (
        Route.POETRY,
        rule("the command to compose", "أمر بنظم الشعر"),
        (
            r"^(?:please |can you |could you |hey )*(?:write|compose|give)(?: me| us)?(?: an?| another| one| some)? "
            r"(?:\w+[ -]){0,3}(?:poem|haiku|sonnet|limerick|quatrain|couplet|ode|ghazal|elegy|cinquain|villanelle|acrostic|ballad)\b|"
            r"^(?:من فضلك |لو سمحت |ممكن )*(?:اكتب|اكتبلي|اكتب لي|اكتبي|كتبلي|كتب ليا|انظم|انظم لي|نظم|نظملي|الف|الفلي|الف لي|تكتبلي|"
            r"تكتب لي)\s+(?:لي |ليا |لنا )?"
            r"(?:قصيده|ابيات|ابياتا|بيتين|موال|مواويل|زجل|زجليه|رباعيه|ارجوزه|موشح|دارمي|ابوذيه|شعرا?|عتابا)\b"
        ),
    ),
)

_PATTERNS = tuple((route, reason, re.compile(normalize(pattern))) for route, reason, pattern in _COMMANDS)


# A verse between its own brackets, and a word that doubts it.
_QUOTED_VERSE = re.compile("\ufd3f[^\ufd3e]{6,}\ufd3e|\ufd3e[^\ufd3f]{6,}\ufd3f")
_DOUBTED = re.compile(
    r"(?:^|\s)(?:صحيحه?|صح|مضبوطه?|مظبوطه?|دقيقه?|سليمه?|محرفه?|مكتوبه?|خطا|غلط|تحقق|تاكد|دقق|راجع|صحح)(?:\s|$|[؟?.!])|"
    r"\b(?:correct|right|accurate|exact|genuine|misquot\w*|wrong|check|verify|proofread)\b"
)

# What asks for an exact reckoning of the Islamic pipeline, and the intent.
_RECKONED: tuple[tuple[Reader, Callable[[str], bool], str, Bilingual], ...] = (
    ("calendar", asks_for_occasion, "calendar", rule("asks to reckon: calendar", "يُطلب حساب: التقويم")),
    ("prayer", asks_for_prayer, "prayer", rule("asks to reckon: prayer", "يُطلب حساب: الصلاة")),
    ("zakat", asks_for_zakat, "zakat", rule("asks to reckon: zakat", "يُطلب حساب: الزكاة")),
    ("statistics", asks_for_statistics, "statistics", rule("asks to reckon: statistics", "يُطلب حساب: الإحصاء")),
    ("division", asks_for_division, "verse", rule("asks to reckon: verse", "يُطلب حساب: مواضع الآيات")),
)

_SOUND = rule("audio is attached", "صوت مرفق")
CARE = "care"
"""What serves somebody in danger."""
_ESTATE = rule("an estate and its heirs", "تركة وورثتها")
_CITY = rule("the city that was asked for", "المدينة التي سُئل عنها")
_BESIDE = rule("the verse beside the one that was shown", "الآية المجاورة لما عُرض")
_MORE = rule("more of what zakat is reckoned on", "مزيد مما تُحسب عليه الزكاة")
_IN_DANGER = rule("somebody may be in danger", "قد يكون أحد في خطر")
_ONLY_GREETING = rule("a greeting and nothing else", "تحية لا غير")
_INSTRUCTIONS = rule("asks for the platform's own instructions", "سؤال عن تعليمات المنصة نفسها")
_VERSE_DOUBTED = rule("asks whether a quoted verse is right", "سؤال عن صحة آية مقتبسة")
_CLAIM = rule("asks whether a claim is true", "سؤال عن صحة خبر أو معلومة")
_NO_SUCH_VERSE = rule("verse reference which does not exist", "إحالة إلى آية غير موجودة")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a sure rule says; one that `yields` only where the prompt is not probably Islamic: «صح ولا غلط: يجوز …» asks for a ruling."""

    route: Route
    reason: Bilingual
    model: str | None = None
    intent: str | None = None
    yields: bool = False


class SureRules:
    """Applies the rules in order; `tools` is the exact tools' parser."""

    def __init__(self, *, tools: Callable[[str], ToolResult | None]) -> None:
        self._tools = tools

    def apply(self, messages: Sequence[ChatMessage]) -> Ruling | None:
        """Return the ruling for the last user message, or None where no rule is sure."""
        message = next((message for message in reversed(messages) if message.role in ("user", "thinking_user")), None)
        if message is None:
            return None
        attached = None if isinstance(message.content, str) else _attached(messages)
        found = attached or _estate(messages) or self.apply_to_text(message.text) or _asked_back(messages)
        # Whose instructions are the client's own, the model that has them is asked.
        told = any(message.role in ("system", "developer") for message in messages)
        return Ruling(Route.GENERAL, found.reason) if found is not None and found.reason is _INSTRUCTIONS and told else found

    def apply_to_text(self, text: str) -> Ruling | None:
        """Return the ruling for a turn without attachments, or None."""
        if not text:
            return None
        if len(text) > _LONGEST:
            return _danger(text)
        normal, words = normalize(text).strip(), normal_words(text)
        readers = concerned(text)
        result = self._tools(text) if "tools" in readers else None
        if result is not None:
            calendar = result.tool == "hijri"
            return Ruling(
                Route.ISLAMIC if calendar else Route.GENERAL,
                rule(result.reason.en, result.reason.ar),
                model="tools",
                intent="calendar" if calendar else None,
            )
        ruling = (
            _greeting(words)
            or _instructions(text, normal)
            or _command(normal)
            or _danger(text)
            or _reckoned(text, readers)
            or _doubted(text, normal)
        )
        if ruling is None and ("reference" in readers or len(words) <= _FEW_WORDS):
            ruling = _verse(text, normal, words)
        return ruling or (Ruling(Route.ATTRIBUTION, _CLAIM, yields=True) if asks_whether_true(normal, words) else None)


def _attached(messages: Sequence[ChatMessage]) -> Ruling | None:
    if holds_sound(messages):
        return Ruling(Route.SPEECH, _SOUND, model="stt")
    return Ruling(Route.GENERAL, SEEN, model=VISION) if shows_picture(messages) else None


def _estate(messages: Sequence[ChatMessage]) -> Ruling | None:
    turns = [message.text for message in messages if message.role in ("user", "thinking_user")]
    told = any("estate" in concerned(turn) for turn in turns) and about_an_estate(turns)
    return Ruling(Route.ISLAMIC, _ESTATE, intent="inheritance") if told else None


def _danger(text: str) -> Ruling | None:
    """Take somebody in danger to where help is named, whatever the prompt is about and whether or not a language model is there."""
    if len(text) > _LONGEST_CRY or "danger" not in concerned(text) or safety_for(text) is None:
        return None
    return Ruling(Route.GENERAL, _IN_DANGER, model=CARE)


def _reckoned(text: str, readers: Collection[Reader]) -> Ruling | None:
    for reader, asks, intent, reason in _RECKONED:
        if reader in readers and asks(text):
            return Ruling(Route.ISLAMIC, reason, intent=intent)
    return None


def _asked_back(messages: Sequence[ChatMessage]) -> Ruling | None:
    """Take what the platform asked for last: a city, or more of what is owned."""
    last, before = messages[-1], messages[-2] if len(messages) > 1 else None
    if before is None or before.role != "assistant" or last.role != "user":
        return None
    if asked_where(before.text) and len(last.text.split()) <= _FEW_WORDS:
        return Ruling(Route.ISLAMIC, _CITY, intent="prayer")
    if asks_for_verse_beside(messages):
        return Ruling(Route.ISLAMIC, _BESIDE, intent="verse")
    if asked_back(before.text) and adds_to_zakat(last.text):
        return Ruling(Route.ISLAMIC, _MORE, intent="zakat")
    return None


def _greeting(words: Sequence[str]) -> Ruling | None:
    if not 0 < len(words) <= 10:
        return None
    core = sum(word in _GREETING_CORE or word.removeprefix("و") in _GREETING_CORE for word in words)
    if core and all(word in _GREETING_MORE or word in _GREETING_CORE or word.removeprefix("و") in _GREETING_CORE for word in words):
        return Ruling(Route.GREETING, _ONLY_GREETING)
    return None


def _instructions(text: str, normal: str) -> Ruling | None:
    # Somebody in danger may ask for them too: what is said before the request is heard first.
    return (_danger(text) or Ruling(Route.GREETING, _INSTRUCTIONS)) if asks_for_instructions(normal) else None


def _command(normal: str) -> Ruling | None:
    return next((Ruling(route, reason) for route, reason, pattern in _PATTERNS if pattern.match(normal)), None)


def _doubted(text: str, normal: str) -> Ruling | None:
    if _QUOTED_VERSE.search(text) and _DOUBTED.search(_QUOTED_VERSE.sub(" ", normal)):
        return Ruling(Route.ATTRIBUTION, _VERSE_DOUBTED)
    return None


def _verse(text: str, normal: str, words: Sequence[str]) -> Ruling | None:
    if len(text) > _LONGEST_WITH_VERSE or (len(words) > _FEW_WORDS and not _VERSE_CUE.search(normal)) or _DOCUMENT_WORDS.search(normal):
        return None
    mention = next((found for found in find_references(text) if found.certain), None)
    if mention is None:
        return None
    rest = normal_words(f"{text[: mention.start]} {text[mention.end :]}")
    bare = len(rest) <= 6 and all(word in _LOOK_UP or word.isdigit() for word in rest)
    named = mention.reference
    reason = rule(f"verse reference {named}", f"إحالة إلى الآية {named}") if named else _NO_SUCH_VERSE
    return Ruling(Route.ISLAMIC, reason, intent="verse" if bare else None)
