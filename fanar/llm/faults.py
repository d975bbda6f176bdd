"""Maps what goes wrong with a model server to our errors, by tables. Knows nothing of requests; repeats nothing that was sent.

A status is the model server's here, never ours: what clients are told stands in the API.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
import orjson

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError

MAX_RETRY_AFTER = 3600

_UNREACHABLE = Bilingual("The model server could not be reached.", "تعذّر الوصول إلى خادم النموذج.")
_BROKEN = Bilingual("The model server broke off the connection.", "قطع خادم النموذج الاتصال.")
_LATE = Bilingual("The model server did not answer in time.", "لم يُجب خادم النموذج في الوقت المحدد.")
_FAILED = Bilingual("The model server failed.", "حدث عطل في خادم النموذج.")
_BUSY = Bilingual("The model server is busy; try again.", "خادم النموذج مشغول؛ أعد المحاولة.")
_REFUSED = Bilingual("The model server does not accept this request.", "لا يقبل خادم النموذج هذا الطلب.")
_TOO_LONG = Bilingual(
    "The conversation and the answer asked for are longer than the model can take; shorten it or lower max_tokens.",
    "المحادثة مع الإجابة المطلوبة أطول مما يتسع له النموذج؛ اختصرها أو خفّض max_tokens.",
)
_TOO_LARGE = Bilingual("The model server sent an answer that is too large.", "أرسل خادم النموذج جوابًا أكبر من المسموح.")
_UNREADABLE = Bilingual("The model server answered what cannot be read.", "أجاب خادم النموذج بما لا يمكن قراءته.")


@dataclass(frozen=True, slots=True)
class Misset:
    """What is said where a server's `url` names none, it refuses our `key`, or does not serve the `model`: which setting to correct."""

    url: Bilingual
    key: Bilingual
    model: Bilingual

    @classmethod
    def of(cls, server: Bilingual, *sections: str) -> Misset:
        """Return what is said of a `server` that each of these `sections` of the settings describes."""
        url, key, model = (
            Bilingual(*(joined.join(f"FANAR_{section}__{field}" for section in sections) for joined in (" or ", " أو ")))
            for field in ("URL", "API_KEY", "MODEL")
        )
        return cls(
            Bilingual(f"The address of the {server.en} cannot be used; correct {url.en}.", f"عنوان {server.ar} غير صالح؛ صحّح {url.ar}."),
            Bilingual(f"The {server.en} refused the platform's key; set {key.en}.", f"رفض {server.ar} مفتاح المنصة؛ اضبط {key.ar}."),
            Bilingual(
                f"The {server.en} does not serve the model it was asked for; correct {model.en}.",
                f"لا يقدّم {server.ar} النموذج المطلوب؛ صحّح {model.ar}.",
            ),
        )


OF_CHAT = Misset.of(Bilingual("model server", "خادم النموذج"), "STAR", "PRIME")
"""Of the models that answer conversations."""

# The first row that fits counts: a timeout of aiohttp is a connection error too.
_BY_CLASS: tuple[tuple[type[Exception], type[FanarError], Bilingual], ...] = (
    (TimeoutError, UpstreamTimeoutError, _LATE),
    (aiohttp.ClientConnectorError, ModelUnavailableError, _UNREACHABLE),
    (aiohttp.ClientError, ModelUnavailableError, _BROKEN),
    (OSError, ModelUnavailableError, _BROKEN),
)
TRANSPORT_ERRORS: tuple[type[Exception], ...] = tuple(row[0] for row in _BY_CLASS)

_BY_STATUS: dict[int, tuple[type[FanarError], Bilingual]] = {
    408: (UpstreamTimeoutError, _LATE),
    429: (OverloadedError, _BUSY),
    503: (OverloadedError, _BUSY),
    504: (UpstreamTimeoutError, _LATE),
}
# How vLLM, llama.cpp and OpenAI say that the context is too small.
_OVERFLOW = (b"maximum context length", b"context_length_exceeded", b"exceed_context_size", b"max_model_len", b"context size")


@contextmanager
def mapped_errors(settings: Misset = OF_CHAT) -> Iterator[None]:
    """Raise our error for each transport error of aiohttp. Must not enclose a `yield` to a caller."""
    try:
        yield
    except aiohttp.InvalidURL as cause:
        raise ModelUnavailableError(settings.url) from cause
    except TRANSPORT_ERRORS as cause:
        error, message = next((error, message) for kind, error, message in _BY_CLASS if isinstance(cause, kind))
        raise error(message) from cause


def status_fault(
    status: int, body: bytes = b"", *, retry_after: str | None = None, sent: Collection[str] = (), settings: Misset = OF_CHAT
) -> FanarError:
    """Return the error for an answer of this status. `sent` are the fields of our request: only one of these may be named at fault."""
    if status in (401, 403, 404):
        return ModelUnavailableError(settings.model if status == 404 else settings.key)
    error, message = _BY_STATUS.get(status, (UnprocessableError, _REFUSED) if 400 <= status < 500 else (ModelUnavailableError, _FAILED))
    if error is OverloadedError:
        return OverloadedError(message, retry_after=_seconds(retry_after))
    if error is UnprocessableError:
        overflow = any(sign in body.lower() for sign in _OVERFLOW)
        return UnprocessableError(_TOO_LONG if overflow else message, param="messages" if overflow else _param(body, sent))
    return error(message)


def frame_fault(error: object) -> FanarError:
    """Return the error for an `error` object within a stream."""
    code = error.get("code") if isinstance(error, dict) else None
    return status_fault(code if type(code) is int else 500, orjson.dumps(error))


def unreadable() -> ModelUnavailableError:
    """Return the error for an answer that is not what it should be."""
    return ModelUnavailableError(_UNREADABLE)


def unreachable() -> ModelUnavailableError:
    """Return the error for a server to which no connection could be made."""
    return ModelUnavailableError(_UNREACHABLE)


def unusable_address(settings: Misset = OF_CHAT) -> ModelUnavailableError:
    """Return the error for a URL that names no server."""
    return ModelUnavailableError(settings.url)


def late() -> UpstreamTimeoutError:
    """Return the error for a server that says nothing in time."""
    return UpstreamTimeoutError(_LATE)


def too_large() -> ModelUnavailableError:
    """Return the error for an answer that is larger than any."""
    return ModelUnavailableError(_TOO_LARGE)


def broken_off() -> ModelUnavailableError:
    """Return the error for a stream that ended before its answer did."""
    return ModelUnavailableError(_BROKEN)


def _seconds(retry_after: str | None) -> int:
    if retry_after is None or not (retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 10):
        return 1
    return min(max(int(retry_after), 1), MAX_RETRY_AFTER)


def _param(body: bytes, sent: Collection[str]) -> str | None:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    error = answer.get("error", answer) if isinstance(answer, dict) else None
    param = error.get("param") if isinstance(error, dict) else None
    return param if isinstance(param, str) and param in sent else None
