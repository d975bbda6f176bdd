"""Words that light stemming takes for others, and the stems that they have instead. Knows nothing of what is searched."""

from __future__ import annotations

from fanar.arabic.words import normal_forms, normal_words

# Words that without their ta marbuta are others: backbiting is not the unseen, paradise no jinn, an expiation no unbelievers, the
# congregation no intercourse, and a question about one is not answered by a verse about the other.
_BY_ENDING = normal_forms(
    "آخرة أمانة جماعة جمعة جنة حكمة حياة حية خلافة دية رحمة زينة سنة صحة صدقة عادة عدة غيبة فطرة قبلة قسمة قيامة كعبة",
    "كفارة محكمة مدينة ملة ميتة نعمة هجرة وفاة",
)
# With the article the last letter is no pronoun: «عمره» may be his age, «العمرة» is not.
_WITH_ARTICLE = normal_forms("العمرة والعمرة بالعمرة للعمرة البيعة والبيعة بالبيعة للبيعة")
# Words that begin as if an article were written onto them, or end as another's plural: a parent is no religion, Elias no despair, and
# darkness no wrong.
_OWN_STEMS = (
    ("والد", "والد والده والدها والدهم والدي والدك والدنا والدكم والدو والدان والدهما والديه والديها والديك والدينا والديهم"),
    ("والد", "والدة والدتي والدته والدتها والدتك والدتهم والدتنا والدتو"),
    ("اله", "إله إلها إلهه إلهها إلههم إلهكم إلهنا إلهي إلهك إلهين آلهة آلهتهم آلهتكم آلهتنا آلهته آلهتي آلهتك آلهتها لآلهتنا بآلهتنا"),
    ("الياس", "إلياس"),
    ("الواح", "ألواح"),
    ("الو", "ألوان ألوانها ألوانه ألوانكم ألوانهم"),
    ("القاب", "ألقاب ألقابهم"),
    ("الحاد", "إلحاد إلحادهم"),
    ("الف", "آلاف"),
    ("ظلمات", "ظلمات الظلمات والظلمات بالظلمات للظلمات ظلماته"),
)
_STEMS = {word: own for own, words in _OWN_STEMS for word in normal_words(words)}


def told_apart(word: str, cut: str) -> str:
    """Return the stem of an Arabic word in its `search` form: `cut`, as light stemming has it, unless that is another word's."""
    if word in _STEMS:
        return _STEMS[word]
    whole = f"{cut}ه"
    return whole if (whole in _BY_ENDING and word.endswith(whole)) or word in _WITH_ARTICLE else cut
