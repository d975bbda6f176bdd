"""One reading of a URL: the one that is fetched."""

from __future__ import annotations

import pytest
from yarl import URL

from fanar.errors import ForbiddenAddressError, InvalidRequestError, UnprocessableError
from fanar.fetch.urls import normal_host, read_url


@pytest.mark.parametrize(
    ("text", "url", "host"),
    [
        ("http://example.org", "http://example.org/", "example.org"),
        ("HTTPS://Example.ORG:8443/A?b=c#d", "https://example.org:8443/A?b=c", "example.org"),
        ("http://example.org./", "http://example.org/", "example.org"),
        ("http://my_service:9000/x", "http://my_service:9000/x", "my_service"),
        ("http://example。org/", "http://example.org/", "example.org"),
        ("http://مثال.إختبار/صفحة", "http://xn--mgbh0fb.xn--kgbechtv/%D8%B5%D9%81%D8%AD%D8%A9", "xn--mgbh0fb.xn--kgbechtv"),
        ("http://８.８.８.８/", "http://8.8.8.8/", "8.8.8.8"),
        ("http://[2606:4700:0:0::1111]:81/", "http://[2606:4700::1111]:81/", "2606:4700::1111"),
    ],
)
def test_usual_urls_are_read_in_one_form(text: str, url: str, host: str) -> None:
    target = read_url(text)
    assert (str(target.url), target.host) == (str(URL(url)), host)
    assert target.url.raw_host == host


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org",
        "http:example.org",
        "http:///example.org",
        "http://",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1:6379/_INFO",
        "javascript:alert(1)",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://good\\@127.0.0.1/",
        "http://good.org\\.evil.org/",
        "http://exa mple.org/",
        " http://example.org/",
        "http://example.org/\n",
        "http://example.org/\0",
        "http://example.org/\ud800",
        "http://example%2eorg/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://[:::]/",
        "http://a℀b.org/",
        "http://-\u202eexample.org/",
        "http://example.org:99999/",
        "http://example.org:port/",
        "http://" + "a" * 64 + ".org/",
        "http://a..b/",
        "http://example.org/" + "a" * 9000,
    ],
)
def test_what_could_be_read_in_two_ways_or_is_not_of_the_web_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        read_url(text)
    assert "example" not in str(refused.value)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.0.01", "0", "1.2.3.4.5", "256.1.1.1", "0x"]
)
def test_addresses_in_other_than_the_usual_notation_are_forbidden(host: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        read_url(f"http://{host}/")


@pytest.mark.parametrize(
    ("text", "address"), [("http://127.0.0.1/", True), ("http://[::1]/", True), ("http://a1.b2/", False), ("http://1.org/", False)]
)
def test_addresses_are_told_from_names(text: str, *, address: bool) -> None:
    assert read_url(text).is_address is address


@pytest.mark.parametrize(
    ("location", "url"),
    [("/b", "http://a.org/b"), ("b?c", "http://a.org/x/b?c"), ("//b.org/c", "http://b.org/c"), ("https://b.org", "https://b.org/")],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, url: str) -> None:
    assert str(read_url(location, base=URL("http://a.org/x/y")).url) == url


@pytest.mark.parametrize("location", ["file:///etc/passwd", "\\\\evil.org", "http://[::1", "//u@b.org/"])
def test_a_redirect_to_elsewhere_than_the_web_is_refused(location: str) -> None:
    with pytest.raises(InvalidRequestError):
        read_url(location, base=URL("http://a.org/"))


@pytest.mark.parametrize(("text", "host"), [("LOCALHOST", "localhost"), ("::1", "::1"), ("[::1]", "::1"), ("127.0.0.1", "127.0.0.1")])
def test_hosts_of_an_operator_have_one_form(text: str, host: str) -> None:
    assert normal_host(text) == host
