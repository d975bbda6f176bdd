"""Words by which a text says that what follows, or what stood before, is a hadith. Knows nothing of quotation marks."""

from __future__ import annotations

import re

ANNOUNCES = re.compile(
    r"رسول الله|الرسول|النبي|نبينا|المصطفي|\b[وفبلك]*(?:ال)?حديث|رواه|روي|صلي الله عليه|ﷺ|عليه الصلاه والسلام|السنه النبويه"
    r"|قدسي|hadith|prophet|messenger of (?:allah|god)|narrated"
)
"""What, in normal form, announces a hadith."""

CREDITED = re.compile(
    r"^\W*(?:\(|\[)?\s*(?:رواه|روي|اخرجه|خرجه|متفق عليه|حديث (?:صحيح|حسن|متفق)|صحيح (?:البخاري|مسلم)|سنن|جامع الترمذي|مسند"
    r"|البخاري|مسلم|الترمذي|النسايي|ابو داود|ابن ماجه|احمد|مالك|sahih|sunan|bukhari|muslim|agreed upon)"
)
"""What, in normal form and right behind a quotation, credits it to a collection."""
