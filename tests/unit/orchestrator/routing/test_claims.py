from __future__ import annotations

import pytest

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_words
from orchestrator.routing.claims import asks_whether_true


def asks(text: str) -> bool:
    return asks_whether_true(normalize(text).strip(), normal_words(text))


@pytest.mark.parametrize(
    "text",
    [
        "صح ولا غلط: البلدية ألغت رسوم المواقف",
        "حقيقة أم شائعة: البن يمنع الأرق",
        "صواب أم خطأ: النعامة أسرع من الحصان",
        "الكلام ده صح ولا غلط: المترو هيوصل المطار",
        "هاد الخبر صحيح ولا لا: زادو فثمن الماء",
        "حقيقي لو كذب: سدّوا الجسر القديم",
        "هالحكي صح والا غلط إن البحر عم يبرد",
        "يقولون القهوة تقصّر القامة، حقيقة ولا خرافة؟",
        "True or false: the ferry now runs at night",
        "is it true or false that bats are blind",
        "T/F: copper rusts like iron does",
        "they say glass is a slow liquid - fact or myth?",
        "sa7 wala ghalat: el kobri et2afal lel seyana",
    ],
)
def test_a_claim_whose_truth_is_asked_is_heard_in_every_variety(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "اكتب لي عشرة أسئلة صح أم خطأ في الكيمياء",
        "صح ولا غلط أترك شغلي؟",
        "سامحته بعد كل ما سوّاه، صح ولا غلط؟",
        "كلمة مسؤول بهذا الرسم صح ولا غلط؟",
        "is it right or wrong to read his letters",
        "make me a true/false quiz on rivers",
        "True or false, and prove it: every such sequence converges",
        "صح ولا غلط",
        "true or false: maybe",
    ],
)
def test_what_asks_for_a_quiz_a_proof_or_advice_is_no_claim(text: str) -> None:
    assert not asks(text)
