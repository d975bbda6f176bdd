"""What the command's exit codes mean, and which failure ends with which. Knows nothing of how failures are shown."""

from __future__ import annotations

from enum import IntEnum

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, FanarError, IndexMismatchError


class Exit(IntEnum):
    """The exit codes, the same for every command."""

    OK = 0
    FINDING = 1
    USAGE = 2
    MISSING = 3
    UNREACHABLE = 4
    INTERRUPTED = 130


MEANINGS: dict[Exit, Bilingual] = {
    Exit.OK: Bilingual("done, nothing to object to", "تم، ولا ملاحظة"),
    Exit.FINDING: Bilingual(
        "something was found: an altered quotation, a damaged corpus, blocked content",
        "وُجد ما يُلاحظ: اقتباس محرّف، أو مدوّنة تالفة، أو محتوى محجوب",
    ),
    Exit.USAGE: Bilingual(
        "the command, its input, a setting or the key cannot be used",
        "لا يمكن استعمال الأمر أو مُدخله أو أحد الإعدادات أو المفتاح",
    ),
    Exit.MISSING: Bilingual(
        "a model, a corpus or a program is missing; the message names the remedy",
        "نموذج أو مدوّنة أو برنامج غير موجود؛ وتذكر الرسالة العلاج",
    ),
    Exit.UNREACHABLE: Bilingual("a server or the database does not answer, or is too busy", "خادم أو قاعدة بيانات لا تجيب أو مشغولة"),
    Exit.INTERRUPTED: Bilingual("stopped with Ctrl-C", "أُوقف بالضغط على Ctrl-C"),
}

# By wire code, so that an error of this process and the same one told by a server end alike.
_BY_CODE = {
    "content_filter": Exit.FINDING,
    "model_not_configured": Exit.MISSING,
    "rate_limit_reached": Exit.UNREACHABLE,
    "exceeded_quota": Exit.UNREACHABLE,
    "client_closed_request": Exit.UNREACHABLE,
    "overloaded": Exit.UNREACHABLE,
    "timeout": Exit.UNREACHABLE,
    "internal_server_error": Exit.UNREACHABLE,
}


class AnsweredError(FanarError):
    """A server refused, in its own words and with the wire code `answered`."""

    def __init__(self, message: str, *, answered: str, param: str | None = None) -> None:
        super().__init__(Bilingual(message, message), param=param)
        self.answered = answered


def exit_of(error: FanarError) -> Exit:
    """Return the exit code for an error; what no table names is a fault of the request."""
    if isinstance(error, ConfigurationError):
        return Exit.USAGE
    if isinstance(error, IndexMismatchError):
        return Exit.MISSING
    return _BY_CODE.get(error.answered if isinstance(error, AnsweredError) else error.code, Exit.USAGE)
