"""The error tree. Every failure of the platform is one of these; HTTP statuses live in `orchestrator.api.errors`.

FanarError
├── InvalidRequestError            the request cannot be read as what it claims to be
│   ├── UnprocessableError         it can be read, a named field of it is wrong
│   ├── TooLargeError              it is larger than the stated bound
│   ├── RequestTimeoutError        the client sent it too slowly
│   └── ForbiddenAddressError      it names an address the platform does not fetch from
├── ContentFilteredError           safety, block list, or content that could not be completed
├── AuthenticationError            no key, or not one of ours
├── AuthorizationError             a key that may not do this
├── NotFoundError                  no such thing, or not yours
├── ConflictError                  the thing is in a state that forbids this
├── NoLongerSupportedError         a withdrawn model or field
├── RateLimitedError               too many requests in the window
├── QuotaExceededError             the quota of the key is used up
├── ClientClosedError              the client left before the answer was complete
├── OverloadedError                a bounded queue is full: try again
├── ModelUnavailableError          a configured service did not answer, or answered nonsense
├── UpstreamTimeoutError           a configured service did not answer in time
├── NotConfiguredError             the service for this is not there; the message names the remedy
├── StorageError                   the database refused
├── IndexMismatchError             an index was built by another embedder or analyser than is loaded
└── ConfigurationError             the operator's settings cannot be used (raised at start)
"""

from __future__ import annotations

from typing import ClassVar, Literal

from fanar.bilingual import Bilingual

FilterKind = Literal["safety", "blocklist", "incomplete"]


class FanarError(Exception):
    """Base of all errors. `code` is the wire code, `param` the request field at fault, if one is."""

    code: ClassVar[str] = "internal_server_error"

    def __init__(self, message: Bilingual, *, param: str | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.param = param


class InvalidRequestError(FanarError):
    """The request cannot be read as what it claims to be."""

    code = "invalid_request"


class UnprocessableError(InvalidRequestError):
    """The request can be read, but the field named by `param` is wrong."""

    code = "unprocessable"


class TooLargeError(InvalidRequestError):
    """The request is larger than the stated bound."""

    code = "too_large"


class RequestTimeoutError(InvalidRequestError):
    """The client sent its request too slowly."""


class ForbiddenAddressError(InvalidRequestError):
    """The request names an address from which the platform does not fetch."""

    code = "unprocessable"


class ContentFilteredError(FanarError):
    """The content was blocked; `kind` says by what."""

    code = "content_filter"

    def __init__(self, message: Bilingual, *, kind: FilterKind, param: str | None = None) -> None:
        super().__init__(message, param=param)
        self.kind: FilterKind = kind


class AuthenticationError(FanarError):
    """No key was given, or none of ours."""

    code = "invalid_authentication"


class AuthorizationError(FanarError):
    """The key is ours but may not do this."""

    code = "invalid_authorization"


class NotFoundError(FanarError):
    """There is no such thing, or it belongs to somebody else."""

    code = "Not found"


class ConflictError(FanarError):
    """The thing is in a state that forbids the request."""

    code = "conflict"


class NoLongerSupportedError(FanarError):
    """The model or field was withdrawn."""

    code = "no_longer_supported"


class RateLimitedError(FanarError):
    """Too many requests in the window; `retry_after` is in seconds."""

    code = "rate_limit_reached"

    def __init__(self, message: Bilingual, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class QuotaExceededError(RateLimitedError):
    """The quota of the key is used up; `retry_after` is in seconds."""

    code = "exceeded_quota"


class ClientClosedError(FanarError):
    """The client left before the answer was complete."""

    code = "client_closed_request"


class OverloadedError(FanarError):
    """A bounded queue is full; `retry_after` is in seconds."""

    code = "overloaded"

    def __init__(self, message: Bilingual, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ModelUnavailableError(FanarError):
    """A configured service refused the connection, failed, or answered what cannot be read."""

    code = "overloaded"


class UpstreamTimeoutError(FanarError):
    """A configured service did not answer in time."""

    code = "timeout"


class NotConfiguredError(FanarError):
    """The service for this request is not there; the message names the command or setting that adds it."""

    code = "model_not_configured"


class StorageError(FanarError):
    """The database refused or could not be reached."""

    code = "overloaded"


class IndexMismatchError(FanarError):
    """An index was built by another embedder or analyser than the one that is loaded; the message names what builds it again."""

    code = "model_not_configured"


class ConfigurationError(FanarError):
    """The operator's settings cannot be used; raised at start, never for a request."""
