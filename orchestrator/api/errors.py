"""The only place that knows HTTP statuses: our errors, and starlette's, as the envelope of the contract. Knows nothing of endpoints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from fanar import errors as ours
from fanar.bilingual import Bilingual, Language
from orchestrator.api.schemas.completions import ErrorEnvelope


class UnsupportedMediaError(ours.InvalidRequestError):
    """The body has no media type, or one that the endpoint does not read."""


class MethodNotAllowedError(ours.InvalidRequestError):
    """The path is there, but not for this method."""


class HeadersTooLargeError(ours.InvalidRequestError):
    """The request line or the headers are larger than the stated bound."""


STATUSES: Mapping[object, HTTPStatus] = {
    ours.InvalidRequestError: HTTPStatus.BAD_REQUEST,
    ours.UnprocessableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ours.TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ours.RequestTimeoutError: HTTPStatus.REQUEST_TIMEOUT,
    ours.ForbiddenAddressError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnsupportedMediaError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    MethodNotAllowedError: HTTPStatus.METHOD_NOT_ALLOWED,
    HeadersTooLargeError: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ours.ContentFilteredError: HTTPStatus.BAD_REQUEST,
    ours.AuthenticationError: HTTPStatus.UNAUTHORIZED,
    ours.AuthorizationError: HTTPStatus.FORBIDDEN,
    ours.NotFoundError: HTTPStatus.NOT_FOUND,
    ours.ConflictError: HTTPStatus.CONFLICT,
    ours.NoLongerSupportedError: HTTPStatus.GONE,
    ours.RateLimitedError: HTTPStatus.TOO_MANY_REQUESTS,
    ours.QuotaExceededError: HTTPStatus.TOO_MANY_REQUESTS,
    ours.OverloadedError: HTTPStatus.SERVICE_UNAVAILABLE,
    ours.ModelUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    ours.UpstreamTimeoutError: HTTPStatus.GATEWAY_TIMEOUT,
    ours.NotConfiguredError: HTTPStatus.SERVICE_UNAVAILABLE,
    ours.StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
    ours.IndexMismatchError: HTTPStatus.SERVICE_UNAVAILABLE,
    ours.ConfigurationError: HTTPStatus.INTERNAL_SERVER_ERROR,
    ours.FanarError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
CLIENT_CLOSED = 499  # nginx's number, which the contract took over; it is not registered

# What is wrong inside is for the log: a client can do nothing about it, and it may name paths or hosts.
INTERNAL = Bilingual("Internal server error.", "حدث خطأ داخلي في الخادم.")
GONE = Bilingual("The client closed the connection.", "أغلق العميل الاتصال.")
ENCODED = Bilingual("Compressed bodies are not read.", "لا تُقرأ الأجسام المضغوطة.")
_NO_SUCH_PATH = Bilingual("There is no such endpoint.", "لا توجد نقطة وصول بهذا العنوان.")
_NO_SUCH_METHOD = Bilingual("This endpoint does not take this method.", "لا تقبل نقطة الوصول هذه الطريقة.")
_BAD_REQUEST = Bilingual("The request could not be read.", "تعذرت قراءة الطلب.")
_LANGUAGE = re.compile(r"^\s*(ar|en|\*)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$", re.IGNORECASE)


def status_of(error: ours.FanarError) -> int:
    """Return the HTTP status of an error: its class's, or the nearest base's."""
    if isinstance(error, ours.ClientClosedError):
        return CLIENT_CLOSED
    return next(int(STATUSES[base]) for base in type(error).__mro__ if base in STATUSES)


def language_of(headers: Headers) -> Language:
    """Return the language that Accept-Language prefers among ours; English when it says nothing."""
    best: tuple[float, Language] = (0.0, "en")
    for item in headers.get("accept-language", "")[:200].split(","):
        if (match := _LANGUAGE.match(item)) and (quality := float(match[2] or 1)) > best[0]:
            best = (quality, "ar" if match[1].lower() == "ar" else "en")
    return best[1]


def envelope(error: ours.FanarError, language: Language) -> dict[str, Any]:
    """Return the error as the contract writes it."""
    status = status_of(error)
    message = INTERNAL if status == HTTPStatus.INTERNAL_SERVER_ERROR else error.message
    kind = error.kind if isinstance(error, ours.ContentFilteredError) else None
    body = {"code": error.code, "message": message.in_language(language), "status": status, "param": error.param, "type": kind}
    return {"error": body}


def headers_of(error: ours.FanarError) -> dict[str, str]:
    """Return the headers that tell a client whether and when to come back."""
    if isinstance(error, ours.NotConfiguredError):
        return {"x-should-retry": "false"}
    if isinstance(error, ours.RateLimitedError | ours.OverloadedError):
        return {"retry-after": str(error.retry_after)}
    if isinstance(error, ours.ModelUnavailableError | ours.StorageError):
        return {"retry-after": "1"}
    if isinstance(error, ours.AuthenticationError):
        return {"www-authenticate": "Bearer"}
    return {}


def error_response(error: ours.FanarError, headers: Headers, *, extra: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request that failed; `headers` are the request's, `extra` is added to the answer's."""
    body = orjson.dumps(envelope(error, language_of(headers)))
    return Response(body, status_of(error), {**headers_of(error), **(extra or {})}, media_type="application/json")


def documented(*classes: type[ours.FanarError]) -> dict[int | str, dict[str, Any]]:
    """Return the failures of an endpoint for its OpenAPI description, by status."""
    common = (ours.InvalidRequestError, ours.AuthenticationError, ours.AuthorizationError, ours.UnprocessableError, ours.TooLargeError)
    found: dict[int | str, dict[str, Any]] = {}
    for kind in (*common, ours.RequestTimeoutError, UnsupportedMediaError, *classes):
        found[int(STATUSES[kind])] = {"model": ErrorEnvelope, "description": (kind.__doc__ or "").strip()}
    return found


def wire_response(error: ours.FanarError) -> bytes:
    """Return a whole HTTP/1.1 answer that closes the connection, for requests so broken that no application sees them."""
    status = HTTPStatus(status_of(error))
    body = orjson.dumps(envelope(error, "en"))
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
    )
    return head.encode("ascii") + b"\r\n" + body


def install(app: FastAPI) -> None:
    """Make `app` answer every failure in the envelope."""
    app.add_exception_handler(ours.FanarError, _on_ours)
    app.add_exception_handler(HTTPException, _on_starlettes)
    app.add_exception_handler(Exception, _on_anything)


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


async def _on_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ours.FanarError)  # noqa: S101  (starlette hands over what it was told to)
    return error_response(error, request.headers)


async def _on_starlettes(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    return error_response(_translated(error), request.headers, extra=_allow(request, error))


def _allow(request: Request, error: HTTPException) -> Mapping[str, str]:
    """Return the header that names the path's methods: starlette names those of one route, and a path may have a route a method."""
    if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return {}
    # "/v1/attributions/batch" is a path of its own, though it looks like an id of "/v1/attributions/{id}".
    if own := request.app.openapi()["paths"].get(request.url.path):
        return {"allow": ", ".join(method for method in _METHODS if method.lower() in own)}
    taken = (method for method in _METHODS if any(_takes(route, request, method) for route in request.app.routes))
    return {"allow": ", ".join(taken)}


def _takes(route: BaseRoute, request: Request, method: str) -> bool:
    return route.matches({**request.scope, "method": method})[0] is Match.FULL


async def _on_anything(request: Request, error: Exception) -> Response:
    return error_response(ours.FanarError(INTERNAL), request.headers)


def _translated(error: HTTPException) -> ours.FanarError:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return ours.NotFoundError(_NO_SUCH_PATH)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return MethodNotAllowedError(_NO_SUCH_METHOD)
    if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return ours.InvalidRequestError(_BAD_REQUEST)
    return ours.FanarError(INTERNAL)
