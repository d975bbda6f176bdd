"""The rules that a division can rest on, each with its wording and its source. Knows nothing of when they apply.

Verses are named, never quoted. `{...}` is filled by who applies the rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from fanar.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, what it says, and where it stands."""

    id: str
    text: Bilingual
    source: Bilingual


_SPOUSE = Bilingual("Quran 4:12", "النساء: 12")
_CHILDREN = Bilingual("Quran 4:11", "النساء: 11")
_SIBLINGS = Bilingual("Quran 4:176", "النساء: 176")
_BUKHARI_RESIDUE = Bilingual("hadith of Ibn Abbas, al-Bukhari and Muslim, book of inheritance", "حديث ابن عباس في الصحيحين، كتاب الفرائض")
_SISTERS = Bilingual("hadith of Ibn Mas'ud, al-Bukhari, book of inheritance", "حديث ابن مسعود، صحيح البخاري، كتاب الفرائض")
_COMPANIONS = Bilingual("consensus of the Companions", "إجماع الصحابة")
_CONSENSUS = Bilingual("consensus", "الإجماع")
_UMAR = Bilingual("judgement of 'Umar", "قضاء عمر")
_ZAYD = Bilingual("view of Zayd ibn Thabit", "مذهب زيد بن ثابت")
_SCHOOL = Bilingual("the school's text", "نص المذهب")
_SA_D = Bilingual("hadith of Sa'd, al-Bukhari and Muslim: a third, and a third is much", "حديث سعد في الصحيحين: «الثلث، والثلث كثير»")


def _rules(*rows: tuple[str, str, str, Bilingual]) -> dict[str, Rule]:
    return {name: Rule(name, Bilingual(english, arabic), source) for name, english, arabic, source in rows}


RULES = _rules(
    ("husband_half", "half, as the deceased left no child or son's child", "النصف لعدم الفرع الوارث", _SPOUSE),
    ("husband_quarter", "a quarter, as there is a child or son's child", "الربع لوجود الفرع الوارث", _SPOUSE),
    ("wife_quarter", "a quarter, as the deceased left no child or son's child", "الربع لعدم الفرع الوارث", _SPOUSE),
    ("wife_eighth", "an eighth, as there is a child or son's child", "الثمن لوجود الفرع الوارث", _SPOUSE),
    ("mother_sixth_child", "a sixth, as there is a child or son's child", "السدس لوجود الفرع الوارث", _CHILDREN),
    (
        "mother_sixth_siblings",
        "a sixth, as there are two or more siblings, whether they inherit or not",
        "السدس لوجود عدد من الإخوة، وارثين كانوا أو محجوبين",
        _CHILDREN,
    ),
    (
        "mother_third",
        "a third, as there is neither child nor more than one sibling",
        "الثلث لعدم الفرع الوارث وعدم العدد من الإخوة",
        _CHILDREN,
    ),
    (
        "umariyya",
        "a third of what the spouse leaves ('umariyyatan: a spouse and both parents)",
        "ثلث الباقي بعد فرض أحد الزوجين (العمريتان: أحد الزوجين مع الأبوين)",
        _UMAR,
    ),
    ("father_sixth", "a sixth, as there is a male descendant", "السدس لوجود الفرع الوارث الذكر", _CHILDREN),
    (
        "father_sixth_and_rest",
        "a sixth, and what is left over, as the descendants are female only",
        "السدس فرضًا والباقي تعصيبًا لوجود الفرع الوارث المؤنث وحده",
        _CHILDREN,
    ),
    ("grandfather_sixth", "a sixth, as there is a male descendant and no father", "السدس لوجود الفرع الوارث الذكر وعدم الأب", _CONSENSUS),
    (
        "grandfather_sixth_and_rest",
        "a sixth, and what is left over, as the descendants are female only and there is no father",
        "السدس فرضًا والباقي تعصيبًا لوجود الفرع الوارث المؤنث وحده وعدم الأب",
        _CONSENSUS,
    ),
    ("grandmother_sixth", "a sixth, shared by the grandmothers who inherit", "السدس، تشترك فيه الجدات الوارثات", _COMPANIONS),
    ("daughter_half", "half, as she is alone and no son is there", "النصف لانفرادها وعدم المعصب", _CHILDREN),
    ("daughters_two_thirds", "two thirds among them, as no son is there", "الثلثان لتعددهن وعدم المعصب", _CHILDREN),
    (
        "sons_daughter_completes",
        "a sixth, which completes the two thirds of the females above",
        "السدس تكملة الثلثين مع البنت التي فوقها",
        _SISTERS,
    ),
    (
        "sister_half",
        "half, as she is alone, with no brother, descendant, father",
        "النصف لانفرادها وعدم المعصب والفرع والأصل الذكر",
        _SIBLINGS,
    ),
    ("sisters_two_thirds", "two thirds among them", "الثلثان لتعددهن وعدم المعصب والفرع والأصل الذكر", _SIBLINGS),
    (
        "paternal_sister_completes",
        "a sixth, which completes the two thirds with the full sister",
        "السدس تكملة الثلثين مع الأخت الشقيقة",
        _CONSENSUS,
    ),
    ("maternal_sixth", "a sixth, as the only maternal sibling", "السدس لانفراده من ولد الأم", Bilingual("Quran 4:12", "النساء: 12")),
    (
        "maternal_third",
        "a third, shared equally by brothers and sisters of the mother",
        "الثلث بين أولاد الأم، ذكرهم كأنثاهم",
        Bilingual("Quran 4:12", "النساء: 12"),
    ),
    ("residue", "what is left over, as the nearest male agnate", "الباقي تعصيبًا، لأنه أولى رجل ذكر", _BUKHARI_RESIDUE),
    ("all", "the whole estate, as the nearest male agnate", "جميع المال تعصيبًا، لأنه أولى رجل ذكر", _BUKHARI_RESIDUE),
    (
        "residue_with_brother",
        "what is left over, the male as two females",
        "الباقي تعصيبًا، للذكر مثل حظ الأنثيين",
        Bilingual("Quran 4:11 and 4:176", "النساء: 11 و176"),
    ),
    (
        "residue_with_daughters",
        "what is left over: sisters are residuaries with daughters",
        "الباقي تعصيبًا مع الغير: الأخوات مع البنات عصبات",
        _SISTERS,
    ),
    (
        "mushtaraka",
        "shares the maternal siblings' third equally (mushtaraka, himariyya)",
        "المشاركة بالسوية في ثلث أولاد الأم (المشتركة، الحمارية)",
        _UMAR,
    ),
    ("muqasama", "shares with the siblings as a brother would", "المقاسمة كأخ مع الإخوة", _ZAYD),
    (
        "grandfather_third",
        "a third of the estate, better for him than sharing with the siblings",
        "ثلث المال، وهو أحظ له من المقاسمة",
        _ZAYD,
    ),
    (
        "grandfather_third_of_rest",
        "a third of what the fixed shares leave, the best of the three",
        "ثلث الباقي بعد الفروض، وهو الأحظ له",
        _ZAYD,
    ),
    ("grandfather_sixth_of_all", "a sixth of the estate, the best of the three", "سدس جميع المال، وهو الأحظ له", _ZAYD),
    ("with_grandfather", "what is left with the grandfather, the male as two females", "الباقي مع الجد، للذكر مثل حظ الأنثيين", _ZAYD),
    (
        "muadda",
        "counted against the grandfather with the paternal siblings, then takes up to her share (mu'adda)",
        "تُعدّ مع ولد الأب على الجد ثم تأخذ إلى كمال فرضها (المعادّة)",
        _ZAYD,
    ),
    ("muadda_rest", "what the full sister leaves (mu'adda)", "ما فضل عن الشقيقة (المعادّة)", _ZAYD),
    (
        "akdariyya",
        "akdariyya: grandfather a sixth, sister half, both put together and shared two to one",
        "الأكدرية: يفرض للجد السدس وللأخت النصف ثم يجمعان ويقتسمان للذكر مثل حظ الأنثيين",
        _ZAYD,
    ),
    (
        "malikiyya",
        "what is left over: the grandfather excludes the maternal siblings and takes their third (Malikiyya and its like)",
        "الباقي كله: يحجب الجد أولاد الأم ويأخذ ثلثهم دون الإخوة (المالكية وشبهها)",
        Bilingual("view of Malik, Mukhtasar Khalil", "قول مالك، مختصر خليل"),
    ),
    (
        "awl",
        "the shares exceed the estate, so each is reduced in proportion ('awl)",
        "زادت الفروض على المال فيدخل النقص على كلٍّ بقدره (العول)",
        _UMAR,
    ),
    (
        "radd",
        "nobody takes what is left over, so it returns to the fixed-share heirs in proportion, but not to a spouse (radd)",
        "لا عاصب للباقي فيرد على أصحاب الفروض بقدر فروضهم إلا الزوجين (الرد)",
        _SCHOOL,
    ),
    (
        "radd_spouse",
        "nobody else is there, so what is left over returns to the spouse (later Hanafis)",
        "لا وارث غيره فيرد الباقي على أحد الزوجين (متأخرو الحنفية)",
        Bilingual("Ibn 'Abidin, Radd al-Muhtar", "ابن عابدين، رد المحتار"),
    ),
    ("treasury", "what is left over goes to the treasury", "الباقي لبيت المال", _SCHOOL),
    ("kindred_alone", "takes what is left, as the only kin by the womb", "يأخذ الباقي لانفراده من ذوي الأرحام", _SCHOOL),
    (
        "kindred_class",
        "kin by the womb of the first class present (ahl al-qaraba)",
        "من أول صنف موجود من ذوي الأرحام (أهل القرابة)",
        _SCHOOL,
    ),
    ("kindred_place", "takes the place of {place} (ahl al-tanzil)", "ينزل منزلة {place} (أهل التنزيل)", _SCHOOL),
    ("blocked", "excluded by {by}", "محجوب، والحاجب: {by}", _SCHOOL),
    ("kindred_excluded", "kin by the womb inherit nothing beside {by}", "لا يرث ذوو الأرحام مع {by}", _SCHOOL),
    ("not_a_grandmother_of", "this grandmother does not inherit in this school", "هذه الجدة لا ترث في هذا المذهب", _SCHOOL),
    ("nothing_left", "a residuary for whom the fixed shares left nothing", "عصبة لم تبقِ له الفروض شيئًا", _BUKHARI_RESIDUE),
    ("impeded", "does not inherit and excludes nobody: {reason}", "لا يرث ولا يحجب أحدًا: {reason}", _CONSENSUS),
    ("not_impeded", "inherits, for this does not bar in this school: {reason}", "يرث، إذ لا يمنع هذا في المذهب: {reason}", _SCHOOL),
    ("bequest", "paid from the third", "تنفذ من الثلث", _SA_D),
)
"""All rules by their ids."""

REASONS = {
    "killing_intentional": Bilingual("killed the deceased intentionally", "قتل المورِّث عمدًا"),
    "killing_accidental": Bilingual("killed the deceased by accident", "قتل المورِّث خطأ"),
    "killing_indirect": Bilingual("caused the death without a direct act", "تسبَّب في القتل دون مباشرة"),
    "religion": Bilingual("is of another religion", "اختلاف الدين"),
    "slavery": Bilingual("is not free", "الرق"),
    "lian": Bilingual("the descent was denied by li'an", "نُفي النسب باللعان"),
}
