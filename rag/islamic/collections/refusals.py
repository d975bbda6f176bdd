"""What is said where a filter leaves nothing to answer from. Knows nothing of what is installed."""

from __future__ import annotations

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError


def nothing_passes(field: str) -> UnprocessableError:
    """No installed source has any of these names."""
    return UnprocessableError(
        Bilingual(
            "None of the named sources is installed; `fanar corpora list` shows what is, `fanar corpora add` installs more.",
            "لا شيء من المصادر المسمّاة مثبَّت؛ يعرض ‎`fanar corpora list`‎ المثبَّت منها، ويضيف غيرها ‎`fanar corpora add`‎.",
        ),
        param=field,
    )


def nothing_left() -> UnprocessableError:
    """All installed sources are excluded."""
    return UnprocessableError(
        Bilingual(
            "All installed sources for Islamic questions are excluded: remove one, such as quran, from exclude_sources.",
            "استُبعدت كل المصادر المثبَّتة للأسئلة الإسلامية: احذف أحدها، مثل quran، من exclude_sources.",
        ),
        param="exclude_sources",
    )


def nothing_of_school() -> UnprocessableError:
    """Books of law are installed, and none of them is of a chosen school."""
    return UnprocessableError(
        Bilingual(
            "No installed book of law states that it is of a chosen school; `fanar corpora add NAME FILE --kind fiqh` adds one "
            "whose records have `madhab`.",
            "لا كتاب فقه مثبَّتًا يذكر أنه من المذهب المختار؛ ويضيفه الأمر ‎`fanar corpora add NAME FILE --kind fiqh`‎ "
            "وفي سجلاته الحقل `madhab`.",
        ),
        param="madhab",
    )
