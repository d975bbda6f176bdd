"""Words by which a text says that what follows, or what stood before, is a hadith. Knows nothing of quotation marks."""

from __future__ import annotations

import re

ANNOUNCES = re.compile(
    r"رسول الله|الرسول|النبي|نبينا|المصطفي|\b[وفبلك]*(?:ال)?حديث|رواه|روي|صلي الله عليه|ﷺ|عليه الصلاه والسلام|السنه النبويه"
    r"|قدسي|hadith|prophet|messenger of (?:allah|god)|narrated"
)
"""What, in normal form, announces a hadith."""
