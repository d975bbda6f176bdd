"""Notices that somebody may be in danger, and what is said then: no verse, no ruling, but where help is. Knows nothing of verses.

Who is hurt and asks what is lawful besides is told whom to ask that.
"""

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
    "يؤلمني أن يقع عليك كل هذا الألم. حياتك غالية، وليس عليك احتمال هذا بلا عون. والأهم الآن الحديث مع شخص قريب موثوق، أو الاتصال برقم "
    "الطوارئ أو بخط الدعم النفسي في بلدك؛ وعند الخوف من إيذاء النفس يلزم الاتصال بالطوارئ فورًا أو الذهاب إلى أقرب مستشفى. "
    "وإن كان في الكلام راحة، فما الذي يثقل عليك؟",
)
VIOLENCE = Bilingual(
    "I am sorry that you are being hurt. You do not have to bear this alone. If you are in danger now, call emergency services or go "
    "somewhere safe; otherwise tell somebody you trust, or the family protection service or helpline of your country. "
    "A doctor can treat and record injuries. If you like, tell me what would help you most.",
    "يؤسفني ما يقع عليك من أذى، وليس عليك احتماله بلا عون. إن كان الخطر قائمًا الآن فالأولى الاتصال بالطوارئ أو اللجوء إلى مكان آمن، "
    "وإلا فإخبار شخص موثوق، أو الاتصال بخط حماية الأسرة في بلدك. ويمكن للطبيب أن يعالج الإصابات ويوثّقها. فما الذي يعينك أكثر الآن؟",
)

_RULING = Bilingual(
    "For a ruling on your own case ask a scholar you trust or a fatwa council; do not wait for the answer to keep yourself safe.",
    "ويُسأل عن الحكم في حالتك عالم موثوق أو جهة إفتاء، ولا تنتظر سلامتك الجواب.",
)
VIOLENCE_ASKED = Bilingual(f"{VIOLENCE.en} {_RULING.en}", f"{VIOLENCE.ar} {_RULING.ar}")
"""What is said to who is hurt and asks what is lawful besides."""


def any_phrase(phrases: Iterable[str]) -> str:
    """Return a pattern of any of `phrases`, each from the beginning to the end of a word."""
    return _BEFORE + "(?:" + "|".join(phrases) + ")" + _AFTER


_WISHING = "ابي|نبي|ابغي|ودي|بدي|عايزه?|عاوزه?|نفسي|اريد|بغيت|اتمني|حابب|حابه"
_NOT_WISHING = "و?(?:لا|ما|مش|مو|موش|لم اعد|ما عدت|ما عاد) ?(?:اريد|ارغب|اود|ابي|نبي|ابغي|بدي|عايزه?|عاوزه?|بغيتش?|حابب|حابه)"
_PIOUSLY = "(?! (?:في (?:سبيل|المدينه|مكه)|شهيد|علي |(?:عل|ف)ي(?:ك|ها?(?![\\w]))|ساجد|وانا|من (?:ال)?(?:ضحك|جوع)|ب(?:ال)?(?:ضحك|جوع)))"
"""What follows where a death is hoped for as a good end, said to be near, or a word of love: «نموت عليك»."""
_SOMEWHERE = (
    "(?! (?:في(?! (?:ها?ذ\\w*|هاد\\w*) (?:الحياه|الدنيا|العيشه))|ف(?:هاد\\w*|ال)(?! ?(?:الحياه|حياه|الدنيا|دنيا))|"
    "مع|هنا|هناك|عند|وحد|لوحد|بدون|بلا|من|ك|ب(?!عد)\\w|"
    "in|with|at|near|here|there|on|by|next|like|under|without|together|alone|abroad))"
)
"""What follows where only a place or a company is not wanted: «لا أريد العيش في المدينة»."""
_OTHERS = "(?! (?:المسلم|المومن|الانسان|الشخص|الرجل|المراه|مسلم|انسان|شخص|احد|واحد|رجل|امراه))"
"""What follows where it is told who else did it: «لو انتحر المسلم»."""
_OUTING = "(?! (?:to |(?:(?:a|an|the|my|this|our) )?(?:\\w+ )?(?:holidays?|vacation|trip|hajj|umrah|stage|leave|strike|\\w+day)))"
_PLACE = "(?! (?:abroad|in (?!pain|misery|fear|agony|despair|hell|this|my)))"
_GAME = "(?! (?:to (?!death)|by (?!hand|force)|(?:at|in) (?:\\w+ ){0,2}(?:chess|cards|games?|races?|match|football|tennis|exams?)))"
# Latin letters of the dialects; digits as they are typed for ع، ح، ق and hamza.
_WISHING_LATIN = (
    "n?[7h][ae]?bb?|b[aei]?dd?[ie]|3a+[wy]e?z(?:a|ah|eh)?|(?:kan)?bgh?[iy]t?|b+[ae]gh?[iy]?[ae]?|weddi|ab[iy]|abgha|n[ae]fs[iy]|tmn+[iy]t|"
    "[7h][ae]bb?[ae]?"
)
_NOT_WISHING_LATIN = (
    "ma ?(?:b[9q][iy]t|bgh[iy]t|3[ae]d[aeit]?|a?b[iy]|abgha|b[aei]dd?[ie]|n[7h][ae]?b|ra?ni)|m(?:[ei]|u)?sh? 3a+[wy]e?z[ae]?h?|mani"
)
_DYING_LATIN = "(?:n?a?m[ou]+t|a?n{1,2}ta[7h][aei]?r)"
_LOVINGLY = (
    "(?! (?:3al?[aei]*[ky]\\w*|3l[aei]*[kyh]\\w*|f[ie]+[kh]\\w*|3(?:al|l)?a |f[ie]? (?:sabil|ma+k|l?mdin|el mdin)|(?:sh|ch)ahi?id|"
    "(?:m[ei]?n|b[ie]?)(?: el| l)? ?(?:d+[aeo]?[7h]|dh|j[ou]|g[ou]3|n3)))"
)
"""What follows where it is a word of love, a good end or a way of speaking: "nmout 3lik", "amoot fi makka", "mn el de7k"."""
_LIVING_LATIN = (
    "(?:n|a)?3(?:[iy]|ee|ei)+(?:sh|ch)(?! (?:"
    "f[iy]?(?: |[ahl])(?!(?:had |hadi |hal )?(?:l|el |d|ed)?[ -]?(?:[7h]a?yat|d+[eou]n[iy]a|3icha))|"
    "m3a|ma3a|hn[aie]|hon|b[ie]?|bla|bel|wa[7h]d|lwa[7h]d|mn|men)\\w*)"
)
_OWN_DEATH = (
    "[وف]?[هحسبك]ا?نتحر|[وف]?ننتحر",
    "(?:راح|رح|غادي|باش|لازم|ممكن|قررت|ناوي|ناويه|فكر|افكر|لماذا لا|ليش ما) (?:ان |اني )?ا?نتحر(?! \\w+ني)",
    f"(?:ان|لو) ا?نتحر(?! \\w+ني){_OTHERS}",
    "(?:ا|ن|ب|ها|حا|بد?)?قتل (?:نفسي|حالي|روحي|راسي)",
    "[هحسب]?[ان]?موت (?:نفسي|حالي|روحي|راسي)",
    "[هحسب]?[ان]?ذبح (?:نفسي|روحي)",
    "[هحسب]?[ان]?(?:نهي|خلص من|خلص) (?:حياتي|عمري)",
    "(?:[هحسب]?[ان]?(?:اوذي|وذي)|[بهحسن]اذي|[هحسبك]?[انهحب]جرح) (?:نفسي|حالي|روحي)",
    f"و?(?:{_WISHING}) (?:ان |اني )?(?:[ان]موت|انتحر|ننتحر|الموت){_PIOUSLY}",
    "[وبن]?(?:كن)?(?:افكر|فكر|فكرت|تفكير|ناوي|ناويه) (?:في |ب|ف)?(?:ال)?انتحار?",
    "(?:ال)?انتحار.{0,30}[ونب]?(?:افكر|بفكر|كنفكر|نفكر)",
    "(?:(?:عندي|لدي) (?:افكار|ميول|خواطر|رغبه)|تراودني|[بك]?تجيني|راودتني|جاتني) .{0,20}انتحار\\w*",
    f"{_NOT_WISHING} (?:في |ان |ب)?(?:العيش|اعيش|نعيش|الحياه|عيش){_SOMEWHERE}",
    f"ما ?(?:بقيتش?|بغيتش?|عدتش?)(?: باغيه?| حاب[ه]?)? نعيش{_SOMEWHERE}",
    "(?:ان|لو|اذا|لما) (?:انهيت|قتلت|موتت|ذبحت|اذيت) (?:حياتي|نفسي|حالي|روحي|عمري)",
    "(?:لم اعد|لا اعد|ما عدت|ما عاد|مو قادره?|مش قادره?|مبقتش قادره?|ما قدرت|ما بقيت) (?:\\w+ ){0,2}(?:ا|ن)?(?:حتمل|تحمل|ستحمل)"
    " (?:الحياه|حياتي|العيشه|عيشتي)",
    "كم (?:حبه|حبايه|قرص|جرعه) .{0,30}(?:تقتل\\w*(?! (?:ال)?(?:صراصير|نمل|حشر|جراثيم|ديدان|ناموس|ذباب))|تموت\\w*|للموت|للانتحار)",
    "kill(?:ing)? myself",
    "end(?:ing)? my (?:own )?life",
    "take my (?:own )?life",
    "end it all",
    "(?:i|me) (?:\\w+ )?(?:want to|wanna|wish to) die",
    "wish i (?:was|were) dead",
    "(?:i am|i'm|im|i feel|feeling|i've been|being) (?:\\w+ )?suicidal|suicidal thoughts(?! (?:in|among|of) )",
    "(?:hurting|harming|cutting) myself|(?:want|wanna|going|urge|need|like) (?:to )?(?:hurt|harm|cut) myself",
    "better off dead",
    f"(?:don'?t|do not|no longer) want to (?:live|be alive|be here any ?more){_SOMEWHERE}",
    f"i (?:can'?t|cannot) go on{_OUTING}",
    "life (?:is (?:not|no longer)|isn'?t) worth living",
    f"(?:tired of|no (?:reason|point) (?:to|in)) (?:live|living|being alive){_PLACE}",
    "how (?:many|much) (?:\\w+ ){1,6}(?<!have )(?<!had )to (?:overdose|die|kill (?:me|myself|yourself|you))",
    f"(?:{_WISHING_LATIN}) (?:an? |gh?[aiy]r? |b[ae]ss? |enn?i )?{_DYING_LATIN}{_LOVINGLY}",
    "(?:ha|[7h]a|gha|b[ae]ch |ra[7h] |ghadi |lazem )a?n{1,2}ta[7h][aei]?r",
    "(?:ka?n|ba?|n)fek+[aei]?r (?:f[iy]? ?|b[ae]ch )?(?:(?:el |l|al)?'?inti[7h]ar|a?n{1,2}ta[7h][aei]?r)",
    "(?:(?:gha|ha|[7h]a)(?:n[aeo]?|a|e)?|n[aeo]?|a|e)[92q]t[eio]?l (?:ras|n[ae]fs|[7h]al|ro?u?[7h])[iy]",
    f"(?:{_NOT_WISHING_LATIN})(?:[cs]h)?(?: (?:b+[ae]?gh?[iy]?[ae]?|n?[7h][ae]?bb?[ae]?))? {_LIVING_LATIN}",
    "ma ?(?:3[ae]?nd[iy](?:[cs]h)?|3[ae]d[ei]?(?:[cs]h)? 3[ae]?nd[iy]) 3l[aei]+(?:sh|ch) n3i(?:ch|sh)",
)
_KIN = (
    "زوجي|جوزي|راجلي|ابي|ابوي|ابويا|بابا|والدي|اخي|اخوي|اخويا|خويا|امي|ماما|زوجتي|مراتي|مرتي|عمي|خالي|خطيبي|طليقي|حماتي|اهلي|"
    "ابني|ولدي|بنتي|ابنتي|اختي",
    "my (?:husband|wife|father|dad|mother|mom|mum|brother|partner|boyfriend|girlfriend|fiance|uncle|ex|son|daughter|sister|"
    "step(?:father|mother)|(?:(?:mother|father)-)?in-laws?|parents|family)",
)
_HURTS = (
    "[بكيتا]{0,3}(?:(?:ضرب|عنف|غتصب|خنق)(?:ت|و|ون)?ني|(?:عتد[يت]|تحرش)(?:ت|و|ون)? (?:علي|بي|فيني|فيا))",
    "(?:(?:hit(?:s|ting)?|abus(?:es?|ed|ing)|rap(?:es?|ed|ing)|molest(?:s|ed|ing)?|chok(?:es?|ed|ing)|strangl(?:es?|ed|ing)|"
    f"punch(?:es|ed|ing)?|slap(?:s|ped|ping)?) me(?! up\\b)|beat(?:s|ing)? me{_GAME})",
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
_OF_LAW = re.compile(
    any_phrase(
        (
            "[وف]?(?:[يت]جوز|(?:ال)?حكم|حلال|حرام|[يت]حق|[يت]حل|اثم\\w*|ذنب|عاقه?|عقوق|شرعا?|الشرع|(?:في |ب)?الاسلام)",
            "(?:ا?قطع\\w*|قطيعه|صله) (?:ال)?رحم\\w*|ا?سامح\\w*",
            "islam\\w*|halal|haram|allowed|permissible|permitted|sin|sinful|sharia|ruling|fatwa|obliged|obligatory|forgive",
        )
    )
)


def safety_for(prompt: str) -> Bilingual | None:
    """Return what is to be said to who wrote `prompt` where they may be thinking of their own death or are hurt by others; else None."""
    head = prompt[:_READ]
    if _FIRST_PERSON.search(head):
        return DESPAIR
    normal = " ".join(normalize(head).split())
    told = next((told for pattern, told in _DANGERS if pattern.search(normal)), None)
    return VIOLENCE_ASKED if told is VIOLENCE and _OF_LAW.search(normal) else told
