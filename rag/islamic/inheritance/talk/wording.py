"""What is said and asked in a talk about an estate, in both languages. Knows nothing of when."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.estate import Bequest
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.names import called, listed, name_of
from rag.islamic.inheritance.reading.absent import Absent
from rag.islamic.inheritance.reading.aside import Doubt
from rag.islamic.inheritance.reading.later import Death
from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING
from rag.islamic.inheritance.reading.mention import NARRATOR, Mention
from rag.islamic.inheritance.reading.story import Story

WHO = Bilingual(
    "Who died, a man or a woman, and who is left, how many of each? For example: a man died leaving a wife, two sons and a mother.",
    "من المتوفى، رجل أم امرأة؟ ومن الورثة، وكم عدد كل صنف؟ مثل: توفي رجل عن زوجة وابنين وأم.",
)
UNDERSTOOD = Bilingual("I understand the case so: {deceased}; heirs: {heirs}.", "فهمت المسألة هكذا: {deceased}، والورثة: {heirs}.")
BARRED = Bilingual("Barred from inheriting by what is said of them: {names}.", "لا يرث، لوصفٍ يمنع من الإرث: {names}.")
ESTATE = Bilingual("The estate: {estate}.", "التركة: {estate}.")
ESTATE_AND_DEBTS = Bilingual("The estate: {estate}; debts, taken off first: {debts}.", "التركة: {estate}، والديون وتُخصم أولًا: {debts}.")
FUNERAL = Bilingual("The funeral, paid before all else: {cost}.", "ومؤن التجهيز، وتُقدَّم على غيرها: {cost}.")
STRANGERS = Bilingual(
    "Among the heirs there is a word that I do not know: {words}. If it names an heir, tell the case anew with how he is kin; "
    "if not, leave it out.",
    "بين الورثة لفظ لا أعرفه: {words}. إن كان وارثًا فأعد ذكر المسألة بقرابته، وإلا فاتركه.",
)
UNPRICED = Bilingual(
    "No worth is told of: {things}. The amounts are of the told sum alone; the shares hold for all that was left.",
    "لم تُذكر قيمة: {things}. فالمبالغ أدناه من المال المذكور وحده، والأنصبة في كل ما تُرك.",
)
A_MAN, A_WOMAN = Bilingual("a man died", "المتوفى رجل"), Bilingual("a woman died", "المتوفاة امرأة")
UNCLEAR = Bilingual(
    "Something said of the heirs decides who inherits. Please tell the case anew with those only who were alive at the death; "
    "say of a divorced wife whether the divorce was revocable and her waiting period still ran.",
    "في الكلام ما يتوقف عليه من يرث. أعد ذكر المسألة بمن كان حيًّا عند الوفاة فقط، واذكر في المطلقة: أرجعي طلاقها وهل كانت في العدة؟",
)
UNPLACED = Bilingual(
    "I cannot tell from the word alone how they are kin: {names}. Please tell the case anew and name them step by step, "
    "like: a son of a full brother's son.",
    "لا أعرف القرابة من هذا اللفظ وحده: {names}. أعد ذكر المسألة وسمِّ القريب خطوة خطوة، مثل: ابن ابن أخ شقيق.",
)
WHICH = Bilingual("Is the {name} {choices}?", "{name}: {choices}؟")
THE_ASKER = Bilingual("you", "أنت")
OR = Bilingual(" or ", " أم ")
HOW_MANY = Bilingual("How many are there of: {name}?", "كم عدد: {name}؟")
CHILDREN = Bilingual("Of the children, how many are sons and how many are daughters?", "كم عدد الذكور وكم عدد الإناث من الأولاد؟")
SIBLINGS = Bilingual(
    "Of the siblings, how many are brothers and how many are sisters, and are they full, by the father or by the mother?",
    "كم عدد الذكور وكم عدد الإناث من الإخوة؟ وهل هم أشقاء أم لأب أم لأم؟",
)
THE_SIBLINGS = Bilingual("siblings", "الإخوة (ذكورًا أو إناثًا)")
DOUBTS: dict[Doubt, Bilingual] = {
    "later": Bilingual(
        "An heir who dies before the division leaves his part to heirs of his own (munasakha). I divide that where it is plain who of the "
        "heirs died and whom he left, as his own kin with their number and kind, whoever of the first heirs is kin to him among them, "
        "like: “then the wife died, leaving a father and two sons”.",
        "من مات من الورثة قبل القسمة انتقل نصيبه إلى ورثته هو (مناسخة). وأقسمها إذا تبيّن من مات من الورثة ومن ترك هو، بقرابتهم منه وعددهم "
        "ونوعهم، ومعهم من كان من ورثة الأول قريبًا له، مثل: «ثم ماتت الزوجة عن أب وابنين».",
    ),
    "bequest": Bilingual(
        "I do not follow the bequest: say how much it is, a part or a sum, and to whom, like: “he bequeathed a third of his estate to a "
        "mosque”; and name all the heirs.",
        "لم أتبيّن الوصية: اذكر مقدارها كسرًا أو مبلغًا ولمن هي، مثل: «أوصى بثلث ماله لمسجد»، وسمِّ الورثة كلهم.",
    ),
    "like": Bilingual(
        "A bequest of as much as an heir takes is not divided here: most count it as one heir more, the Malikis as that part of the whole. "
        "Say how much it is, a part or a sum.",
        "لا أقسم الوصية بمثل نصيب وارث: الجمهور يعدّون الموصى له وارثًا زائدًا، والمالكية يعطونه مثل ذلك النصيب من أصل المال. "
        "فاذكر مقدارها كسرًا أو مبلغًا.",
    ),
    "missing": Bilingual(
        "I do not follow who is missing: name the heir with his kind and number right before the word, like: “a full brother who is "
        "missing”.",
        "لم أتبيّن من المفقود: سمِّ الوارث بنوعه وعدده قبل الكلمة، مثل: «أخ شقيق مفقود».",
    ),
    "together": Bilingual(
        "I do not follow who died together: tell it like: “a man and his son died together; he left a wife and a daughter”.",
        "لم أتبيّن من ماتوا معًا: اذكرهم هكذا: «مات رجل وابنه معًا وترك زوجة وبنتًا».",
    ),
    "sex": Bilingual(
        "An heir of unknown sex (khuntha) is not divided in chat, but by `POST /v1/islamic/inheritance` with `uncertain`.",
        "لا أقسم في المحادثة لخنثى مشكل؛ وتقسمه الواجهة `POST /v1/islamic/inheritance` بالحقل `uncertain`.",
    ),
}
AGAIN = Bilingual(
    "These were named before with another number: {names}. Please tell the case anew with how many there are.",
    "سبق ذكر هؤلاء بعدد آخر: {names}. أعد ذكر المسألة بعددهم.",
)
BEQUESTS = Bilingual(
    "Bequests, paid before the heirs divide and good up to a third: {bequests}. The shares below are of what is left.",
    "الوصايا، وتُنفَّذ قبل القسمة في حدود الثلث: {bequests}. والأنصبة أدناه مما بقي بعدها.",
)
TO_AN_HEIR = Bilingual("{bequest} to an heir", "{bequest} لوارث")
MISSING = Bilingual("Missing: {names}.", "المفقود: {names}.")
TOGETHER = Bilingual("Died together with the deceased: {names}.", "مات مع المتوفى: {names}.")
DIED_LATER = Bilingual("Then died: {who}, leaving: {heirs}.", "ثم مات من الورثة: {who}، وترك: {heirs}.")
OWN_PARTS = Bilingual("Whoever is an heir of both stands there twice and has both parts.", "ومن كان وارثًا للاثنين ذُكر مرتين وله النصيبان.")
NOT_THERE = Bilingual(
    "Nobody of whom you ask is among those of the case as I understand it.", "من تسأل عنه ليس بين المذكورين في المسألة كما فهمتها."
)
NOBODY_OUT = Bilingual("Everyone named in the case has a share.", "كل المذكورين في المسألة لهم نصيب.")
BY = Bilingual("**By the {schools}:**", "**على المذهب {schools}:**")
YOU = Bilingual("Are you the deceased's {choices}?", "وأنت: {choices}؟")
ASSUMED = Bilingual("What is not told makes no difference here.", "ما لم يُذكر لا أثر له في هذه المسألة.")
SAME = Bilingual("All four schools agree.", "اتفقت المذاهب الأربعة في هذه المسألة.")
NO_RULING = Bilingual(
    "This is arithmetic, not a fatwa: debts, bequests and impediments come before it. Take it to a court or a scholar before dividing.",
    "هذا حساب وليس فتوى؛ وتُقدَّم الديون والوصايا ويُنظر في الموانع. فاعرضه على محكمة أو عالم قبل القسمة.",
)
CHOSEN = Bilingual("The option that was computed: {option}", "الخيار الموافق للحساب: {option}")
NOT_CHOSEN = Bilingual("No option surely says what can be computed here, so I choose none.", "لا خيار يوافق الحساب يقينًا، فلا أختار.")


def chosen(option: str) -> Bilingual:
    """Say which option was computed."""
    return Bilingual(CHOSEN.en.format(option=option), CHOSEN.ar.format(option=option))


def again(mentions: Sequence[Mention]) -> Bilingual:
    """Ask how many there are of kin who were named twice."""
    names = [general_name(mention.options) for mention in mentions]
    return Bilingual(
        AGAIN.en.format(names=", ".join(name.en for name in names)), AGAIN.ar.format(names="، ".join(name.ar for name in names))
    )


def bequeathed(bequests: Sequence[Bequest]) -> Bilingual:
    """Say what was understood of bequests."""
    shown = [f"{float(each.amount):,.10g}" if each.amount is not None else str(each.fraction) for each in bequests]
    said = [
        Bilingual(TO_AN_HEIR.en.format(bequest=one), TO_AN_HEIR.ar.format(bequest=one)) if each.to_heir else Bilingual(one, one)
        for one, each in zip(shown, bequests, strict=True)
    ]
    return Bilingual(
        BEQUESTS.en.format(bequests=", ".join(one.en for one in said)), BEQUESTS.ar.format(bequests="، ".join(one.ar for one in said))
    )


def beside(absent: Absent | None, deaths: Sequence[Death]) -> list[Bilingual]:
    """Say who is missing, who died with the deceased, and who after him."""
    lines = []
    for text, kin in ((MISSING, absent.missing), (TOGETHER, absent.together)) if absent else ():
        if kin:
            names = listed(dict(kin))
            lines.append(Bilingual(text.en.format(names=names.en), text.ar.format(names=names.ar)))
    for death in deaths:
        who, heirs = general_name(death.who.options), [_named(mention) for mention in death.story.mentions]
        lines.append(
            Bilingual(
                DIED_LATER.en.format(who=who.en, heirs=", ".join(heir.en for heir in heirs)),
                DIED_LATER.ar.format(who=who.ar, heirs="، ".join(heir.ar for heir in heirs)),
            )
        )
    return [*lines, OWN_PARTS] if deaths else lines


def by_schools(titles: Sequence[Bilingual]) -> Bilingual:
    """Say by which schools the next lines are."""
    english, arabic = ", ".join(title.en for title in titles), "، ".join(title.ar for title in titles)
    return Bilingual(BY.en.format(schools=english), BY.ar.format(schools=arabic))


def unplaced(names: Sequence[str]) -> Bilingual:
    """Ask for kin whose word alone does not place them."""
    return Bilingual(UNPLACED.en.format(names=", ".join(names)), UNPLACED.ar.format(names="، ".join(names)))


def unpriced(things: Sequence[str]) -> Bilingual:
    """Say of what no worth is told."""
    return Bilingual(UNPRICED.en.format(things=", ".join(things)), UNPRICED.ar.format(things="، ".join(things)))


def strangers(words: Sequence[str]) -> Bilingual:
    """Ask who those are whom a word among the heirs may name."""
    return Bilingual(STRANGERS.en.format(words=", ".join(words)), STRANGERS.ar.format(words="، ".join(words)))


def question_about(mention: Mention) -> Bilingual:
    """Ask for what is not told of a mention."""
    if mention.head == "C" and len(mention.options) > 1:
        return CHILDREN
    if mention.head == SIBLING and len(mention.options) > 1:
        return SIBLINGS
    if len(mention.options) > 1:
        names = [name_of(kin) for kin in mention.options]
        english, arabic = OR.en.join(name.en for name in names), OR.ar.join(name.ar for name in names)
        if mention.head == NARRATOR:
            return Bilingual(YOU.en.format(choices=english), YOU.ar.format(choices=arabic))
        general = general_name(mention.options)
        return Bilingual(WHICH.en.format(name=general.en, choices=english), WHICH.ar.format(name=general.ar, choices=arabic))
    name = name_of(mention.options[0])
    return Bilingual(HOW_MANY.en.format(name=name.en), HOW_MANY.ar.format(name=name.ar))


def general_name(options: tuple[Kin, ...]) -> Bilingual:
    """Return what kin are called of whom not everything is told."""
    if {"B", "Z"} == {option[0] for option in options if len(option) == len("Bf")}:
        return THE_SIBLINGS
    first = name_of(options[0])
    return Bilingual(first.en.removeprefix("full ").removeprefix("paternal "), first.ar.removesuffix(" الشقيق").removesuffix(" الشقيقة"))


def worth(estate: Fraction, debts: Fraction, funeral: Fraction) -> Bilingual:
    """Say what was understood of money."""
    said = {"estate": f"{float(estate):,.10g}", "debts": f"{float(debts):,.10g}"}
    wording = ESTATE_AND_DEBTS if debts else ESTATE
    cost = f"{float(funeral):,.10g}"
    english, arabic = (f" {FUNERAL.en.format(cost=cost)}", f" {FUNERAL.ar.format(cost=cost)}") if funeral else ("", "")
    return Bilingual(wording.en.format(**said) + english, wording.ar.format(**said) + arabic)


def case_of(story: Story) -> Bilingual:
    """Say how a story was understood."""
    heirs = [_named(mention) for mention in story.mentions]
    deceased = A_WOMAN if story.male is False else A_MAN
    said = Bilingual(
        UNDERSTOOD.en.format(deceased=deceased.en, heirs=", ".join(heir.en for heir in heirs)),
        UNDERSTOOD.ar.format(deceased=deceased.ar, heirs="، ".join(heir.ar for heir in heirs)),
    )
    if not story.barred:
        return said
    barred = [_named(mention) for mention in story.barred]
    names = Bilingual(", ".join(name.en for name in barred), "، ".join(name.ar for name in barred))
    return Bilingual(f"{said.en} {BARRED.en.format(names=names.en)}", f"{said.ar} {BARRED.ar.format(names=names.ar)}")


def _named(mention: Mention) -> Bilingual:
    count = 2 if mention.count == MANY else mention.count
    if mention.head == NARRATOR and len(mention.options) > 1:
        return THE_ASKER
    name = called(mention.options[0], count) if len(mention.options) == 1 else general_name(mention.options)
    if mention.count == MANY:
        return Bilingual(f"{name.en.removesuffix(' ×2')} (?)", f"{name.ar.removesuffix(' (2)')} (؟)")
    if len(mention.options) > 1 and count > 1:
        return Bilingual(f"{name.en} ×{count}", f"{name.ar} ({count})")
    return name
