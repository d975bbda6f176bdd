"""Notices that somebody may be in danger, and what is said then: no verse, no ruling, but where help is. Knows nothing of verses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual

_READ = 4_000
_BEFORE = "(?:^|(?<=[^\\w]))"
_AFTER = "(?![\\w])"

DESPAIR = Bilingual(
    "I am sorry that you are carrying this much pain. You matter, and you do not have to go through this alone. Please speak to someone "
    "now: a person you trust near you, or your local crisis line; if you may act on these thoughts, call emergency services "
    "or go to the nearest hospital. If you like, tell me what is weighing on you.",
    "يؤلمني أنك تمرّ بكل هذا الألم. حياتك غالية، ولست مضطرًّا أن تواجه هذا وحدك. تحدّث الآن إلى شخص تثق به قريب منك، أو اتصل برقم الطوارئ "
    "أو خط الدعم النفسي في بلدك، وإن خشيت أن تؤذي نفسك فاتصل بالطوارئ فورًا أو توجّه إلى أقرب مستشفى. وإن أحببت فأخبرني بما يثقل عليك.",
)
VIOLENCE = Bilingual(
    "I am sorry that you are being hurt. You do not have to bear this alone. If you are in danger now, call emergency services or go "
    "somewhere safe; otherwise tell somebody you trust, or the family protection service or helpline of your country. "
    "A doctor can treat and record injuries. If you like, tell me what would help you most.",
    "يؤسفني ما تتعرّض له من أذى، ولست مضطرًّا أن تتحمّله وحدك. إن كان الخطر قائمًا الآن فاتصل بالطوارئ أو توجّه إلى مكان آمن، "
    "وإلا فأخبر من تثق به، أو اتصل بخط حماية الأسرة في بلدك. ويمكن للطبيب أن يعالج الإصابات ويوثّقها. وإن أحببت فأخبرني بما يعينك أكثر.",
)


def any_phrase(phrases: Iterable[str]) -> str:
    """Return a pattern of any of `phrases`, each from the beginning to the end of a word."""
    return _BEFORE + "(?:" + "|".join(phrases) + ")" + _AFTER


_WISHING = "ابي|نبي|ابغي|ودي|بدي|عايزه?|عاوزه?|نفسي|اريد|بغيت|اتمني|حابب|حابه"
_NOT_WISHING = "و?(?:لا|ما|مش|مو|موش|لم اعد|ما عدت|ما عاد) ?(?:اريد|ارغب|اود|ابي|نبي|ابغي|بدي|عايزه?|عاوزه?|بغيتش?|حابب|حابه)"
_PIOUSLY = "(?! (?:في (?:سبيل|المدينه|مكه)|شهيد|علي |ساجد|وانا|من (?:الضحك|الجوع)))"
"""What follows where a death is hoped for as a good end, or only said to be near."""
_SOMEWHERE = (
    "(?! (?:في|مع|هنا|هناك|عند|وحد|لوحد|بدون|بلا|من|ك|ب(?!عد)\\w|"
    "in|with|at|near|here|there|on|by|next|like|under|without|together|alone|abroad))"
)
"""What follows where only a place or a company is not wanted: «لا أريد العيش في المدينة»."""
_OWN_DEATH = (
    "[وف]?[هحسبك]ا?نتحر|[وف]?ننتحر",
    "(?:راح|رح|غادي|باش|لازم|ممكن|قررت|ناوي|ناويه|فكر|افكر|ان|و?ابي|و?بدي|لو|لماذا لا|ليش ما) (?:ان |اني )?ا?نتحر(?! \\w+ني)",
    "(?:ا|ن|ب|ها|حا|بد?)?قتل (?:نفسي|حالي|روحي|راسي)",
    "[هحسب]?[ان]?موت (?:نفسي|حالي|روحي|راسي)",
    "[هحسب]?[ان]?ذبح (?:نفسي|روحي)",
    "[هحسب]?[ان]?(?:نهي|خلص من|خلص) (?:حياتي|عمري)",
    "(?:[هحسب]?[ان]?(?:اوذي|وذي)|[بهحسن]اذي|[هحسبك]?[انهحب]جرح) (?:نفسي|حالي|روحي)",
    f"و?(?:{_WISHING}) (?:ان )?(?:[ان]موت|انتحر|ننتحر|الموت){_PIOUSLY}",
    "[وبن]?(?:كن)?(?:افكر|فكر|فكرت|تفكير|ناوي|ناويه) (?:في |ب|ف)?(?:ال)?انتحار?",
    "(?:ال)?انتحار.{0,30}[ونب]?(?:افكر|بفكر|كنفكر|نفكر)",
    "(?:(?:عندي|لدي) (?:افكار|ميول|خواطر|رغبه)|تراودني|[بك]?تجيني|راودتني|جاتني) .{0,20}انتحار\\w*",
    f"{_NOT_WISHING} (?:في |ان |ب)?(?:العيش|اعيش|نعيش|الحياه|عيش){_SOMEWHERE}",
    f"ما ?(?:بقيتش?|بغيتش?|عدتش?)(?: باغيه?| حاب[ه]?)? نعيش{_SOMEWHERE}",
    "(?:ان|لو|اذا|لما) (?:انهيت|قتلت|موتت|ذبحت|اذيت) (?:حياتي|نفسي|حالي|روحي|عمري)",
    "(?:لم اعد|لا اعد|ما عدت|ما عاد|مو قادره?|مش قادره?|مبقتش قادره?|ما قدرت|ما بقيت) (?:\\w+ ){0,2}(?:ا|ن)?(?:حتمل|تحمل|ستحمل)"
    " (?:الحياه|حياتي|العيشه|عيشتي)",
    "كم (?:حبه|حبايه|قرص|جرعه) .{0,30}(?:تقتل\\w*|تموت\\w*|للموت|للانتحار)",
    "kill(?:ing)? myself",
    "end(?:ing)? my (?:own )?life",
    "take my (?:own )?life",
    "end it all",
    "(?:i|me) (?:\\w+ )?(?:want to|wanna|wish to) die",
    "wish i (?:was|were) dead",
    "(?:i am|i'm|im|i feel|feeling|i've been|being) (?:\\w+ )?suicidal|suicidal thoughts",
    "(?:hurting|harming|cutting) myself|(?:want|wanna|going|urge|need|like) (?:to )?(?:hurt|harm|cut) myself",
    "better off dead",
    f"(?:don'?t|do not|no longer) want to (?:live|be alive|be here any ?more){_SOMEWHERE}",
    "i (?:can'?t|cannot) go on(?: any ?more| like this| living)?",
    "life (?:is|isn'?t) (?:not |no longer )?worth living",
    "(?:tired of|no (?:reason|point) (?:to|in)) (?:live|living|being alive)",
    "how (?:many|much) (?:\\w+ ){1,6}to (?:overdose|die|kill (?:me|myself|yourself|you))",
    "(?:n?[7h]eb|b[ia]?dd?[ie]|3a[yw]e?z[ah]?|bghit|weddi|abi|abgha) (?:an? )?(?:n?a?m[ou]+t|a?nta[7h][ae]r)",
)
_KIN = (
    "زوجي|جوزي|راجلي|ابي|ابوي|ابويا|بابا|والدي|اخي|اخوي|اخويا|خويا|امي|ماما|زوجتي|مراتي|مرتي|عمي|خالي|خطيبي|طليقي|حماتي|اهلي",
    "my (?:husband|wife|father|dad|mother|mom|mum|brother|partner|boyfriend|girlfriend|fiance|stepfather|uncle|ex|son|parents|family)",
)
_HURTS = (
    "[بكيتا]{0,2}(?:ضربو?ني|عنفو?ني|عتدي علي|غتصبني|خنقني)",
    "(?:hit|beat|abuse|rape|choke|strangle|punche|slap)(?:e?s|d|t?ing)? me(?! (?:at|in|to|by)\\b)",
)
_HURT = (
    f"(?:{_KIN[0]}) (?:\\w+ ){{0,2}}{_HURTS[0]}",
    f"{_HURTS[0]} (?:{_KIN[0]})",
    f"{_KIN[1]} (?:\\w+ ){{0,2}}{_HURTS[1]}",
    f"i (?:am|was|'m) (?:being )?(?:beaten|abused|raped) by {_KIN[1]}",
)
_DANGERS = ((re.compile(any_phrase(_OWN_DEATH)), DESPAIR), (re.compile(any_phrase(_HURT)), VIOLENCE))
_FIRST_PERSON = re.compile("أنتحر")
"""With its hamza the word is of oneself; «انتحر» may be of another: it is searched for before that is lost."""


def safety_for(prompt: str) -> Bilingual | None:
    """Return what is to be said to who wrote `prompt` where they may be thinking of their own death or are hurt by others; else None."""
    head = prompt[:_READ]
    if _FIRST_PERSON.search(head):
        return DESPAIR
    normal = " ".join(normalize(head).split())
    return next((told for pattern, told in _DANGERS if pattern.search(normal)), None)
