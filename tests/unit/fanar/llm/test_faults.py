"""What goes wrong with a model server, mapped by tables."""

import aiohttp
import pytest

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.llm.faults import MAX_RETRY_AFTER, Misset, mapped_errors, status_fault


@pytest.mark.parametrize(
    ("cause", "error"),
    [
        (TimeoutError(), UpstreamTimeoutError),
        (aiohttp.ConnectionTimeoutError(), UpstreamTimeoutError),
        (aiohttp.SocketTimeoutError(), UpstreamTimeoutError),
        (aiohttp.ServerDisconnectedError(), ModelUnavailableError),
        (aiohttp.ClientPayloadError(), ModelUnavailableError),
        (aiohttp.InvalidURL("x"), ModelUnavailableError),
        (ConnectionResetError(), ModelUnavailableError),
        (OSError("no route"), ModelUnavailableError),
    ],
)
def test_a_transport_error_becomes_ours_and_keeps_its_cause(cause: Exception, error: type[FanarError]) -> None:
    with pytest.raises(error) as raised, mapped_errors():
        raise cause
    assert raised.value.__cause__ is cause


def test_an_address_that_cannot_be_used_is_named_by_the_setting_it_came_from() -> None:
    ears = Misset.of(Bilingual("server that listens", "خادم السماع"), "SPEECH")
    with pytest.raises(ModelUnavailableError, match="The address of the server that listens") as raised, mapped_errors(ears):
        raise aiohttp.InvalidURL("x")
    assert raised.value.message.ar == "عنوان خادم السماع غير صالح؛ صحّح FANAR_SPEECH__URL."
    with pytest.raises(ModelUnavailableError, match=r"FANAR_STAR__URL or FANAR_PRIME__URL\."), mapped_errors():
        raise aiohttp.InvalidURL("x")


def test_our_own_faults_are_not_taken_for_the_server_s() -> None:
    with pytest.raises(KeyError), mapped_errors():
        raise KeyError


@pytest.mark.parametrize(
    ("status", "error", "named"),
    [
        (401, ModelUnavailableError, "FANAR_STAR__API_KEY"),
        (403, ModelUnavailableError, "FANAR_PRIME__API_KEY"),
        (404, ModelUnavailableError, "FANAR_STAR__MODEL"),
        (408, UpstreamTimeoutError, "in time"),
        (418, UnprocessableError, "does not accept"),
        (599, ModelUnavailableError, "failed"),
    ],
)
def test_a_status_becomes_an_error_that_names_the_remedy(status: int, error: type[FanarError], named: str) -> None:
    fault = status_fault(status)
    assert type(fault) is error
    assert named in fault.message.en


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 1),
        ("7", 7),
        ("0", 1),
        ("-3", 1),
        ("soon", 1),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 1),
        ("99999", MAX_RETRY_AFTER),
        ("٧", 1),
        ("9" * 9_000, 1),
    ],
)
def test_the_wait_that_a_server_asks_for_is_passed_on_within_bounds(header: str | None, seconds: int) -> None:
    fault = status_fault(503, retry_after=header)
    assert isinstance(fault, OverloadedError)
    assert fault.retry_after == seconds


@pytest.mark.parametrize(
    "body",
    [
        b'{"object":"error","message":"This model\'s maximum context length is 512 tokens."}',
        b'{"error":{"code":400,"type":"exceed_context_size_error"}}',
        b'{"error":{"code":"context_length_exceeded"}}',
    ],
)
def test_a_context_that_is_too_small_is_said_so(body: bytes) -> None:
    fault = status_fault(400, body)
    assert "longer than the model can take" in fault.message.en
    assert fault.param == "messages"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (b'{"error": {"param": "seed"}}', "seed"),
        (b'{"param": "seed"}', "seed"),
        (b'{"error": {"param": "<script>"}}', None),
        (b'{"error": {"param": ["seed"]}}', None),
        (b'{"error": "seed"}', None),
        (b"[]", None),
        (b"not json", None),
        (b"", None),
    ],
)
def test_only_a_field_that_we_sent_is_named_at_fault(body: bytes, param: str | None) -> None:
    assert status_fault(422, body, sent=("seed", "n")).param == param
