"""What a block list finds, and what it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanar.arabic.normalization import normalize
from fanar.errors import ConfigurationError
from orchestrator.blocklist import automaton
from orchestrator.blocklist.automaton import Automaton
from orchestrator.blocklist.rules import read_rules, rules_of
from orchestrator.blocklist.scanner import contains
from tests.timing import cpu_seconds


def found(rule: str, text: str) -> bool:
    return contains(Automaton(rules_of([rule])), text)


@pytest.mark.parametrize(
    "text",
    [
        "قنبلة يدوية",
        "كيف أصنع قُنْبُلَةً يَدَوِيَّةً؟",
        "قنـــبـــلة يدويـــة",
        "ق\u200bن\u200dبلة\u2060 يدوية",
        "القنبلة اليدوية",
        "وبالقنبلة اليدوية",
        "قنبله، يدويه",
        "قنبلة\nيدوية",
        "قنبلة - يدوية",
        "ﻗﻨﺒﻠﺔ يدوية",
    ],
)
def test_a_phrase_is_found_however_it_is_written(text: str) -> None:
    assert found("قنبلة يدوية", text)


@pytest.mark.parametrize("text", ["قنبلة", "يدوية قنبلة", "قنبلة غير يدوية", "قنبلةيدوية", "قنبلتي يدوية", "سقنبلة يدوية"])
def test_other_words_are_not_the_phrase(text: str) -> None:
    assert not found("قنبلة يدوية", text)


@pytest.mark.parametrize(
    ("rule", "text", "is_found"),
    [
        ("ass", "a class of glass", False),
        ("ass", "You ASS!", True),
        ("bomb maker", "bomb-maker", True),
        ("bomb maker", "bo\u200bmb ma\u00adker", True),
        ("500 غرام", "٥٠٠ غرام", True),
        ("c3", "c3po", False),
        (r"/\bh[4a]ck(er|ing)?s?\b/", "two h4ckers", True),
        (r"/\bh[4a]ck(er|ing)?s?\b/", "shack", False),
        (r"/\d{3}-\d{4}/", "call 555-1234 now", True),
        (r"/\d{3}-\d{4}/", "٥٥٥-١٢٣٤", True),
        (r"/أ.ب/", "ا؟ب", True),
        (r"/(?:foo|bar)+baz/", "foobarfoobaz", True),
        (r"/x[^a-c]y/", "xay", False),
        (r"/x[^a-c]y/", "xdy", True),
        (r"/x[\d-]?y/", "x-y", True),
        (r"/a\.b/", "axb", False),
        (r"/\W\S\D/", "a - b", True),
        (r"/end\b/", "the end", True),
        (r"/a{2,3}b/", "xaab", True),
        (r"/[]x]z/", "]z", True),
    ],
)
def test_rules_find_what_they_say(rule: str, text: str, is_found: bool) -> None:
    assert found(rule, text) is is_found


@given(
    st.text("ab|()?*+.", min_size=1, max_size=8),
    st.lists(st.text("abc", max_size=8), min_size=1, max_size=8),
)
@settings(max_examples=400, deadline=None)
def test_patterns_mean_what_they_mean_elsewhere(pattern: str, texts: list[str]) -> None:
    try:
        peer = re.compile(pattern)
        ours = Automaton(rules_of([f"/{pattern}/"]))
    except (re.error, ConfigurationError):
        return
    for text in texts:
        assert contains(ours, text) is (peer.search(text) is not None)


@pytest.mark.parametrize(
    "rule",
    [
        *("/(a/", "/a)/", "/[a/", "/a{2/", "/a{999}/", "/a{3,2}/", r"/(a)\1/", "/(?=a)b/", "/(?P<n>a)/", "/^a/", "/a$/", "/*a/", "/a\\/"),
        *("/a*/", "/a|/", "/((((a{20}){20}){20}){20})/", "/[z-a]/", r"/\b+/", r"/\p/", "!!!", "/ـ/"),
        *("/a?+b/", "/a++/", "/a*+/", "/a{2}+/", "/a**/", "/a???/"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_its_line(rule: str) -> None:
    with pytest.raises(ConfigurationError, match="line 3") as refused:
        rules_of(["# comment", "", rule])
    assert refused.value.message.ar != refused.value.message.en


def test_a_file_is_read_with_its_comments_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("\ufeffكلمة\n# ليست قاعدة\n\n/h[4a]ck/\n".encode())
    rules = Automaton(read_rules(path))
    assert [contains(rules, text) for text in ("والكلمة", "hack", "ليست قاعدة")] == [True, True, False]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"a\n" * 3_000_000])
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as refused:
        read_rules(path)
    assert str(tmp_path) not in str(refused.value)


def test_an_empty_list_has_no_rules() -> None:
    assert not rules_of(["# nothing"])


@pytest.mark.parametrize("rule", ["/(a|a)*(a|a)*b/", "/a*a*a*a*b/", "/(a*)*b/", "/a.{15}b/"])
def test_no_pattern_takes_more_than_linear_time(rule: str) -> None:
    machine = Automaton(rules_of([rule]))
    short, long = (cpu_seconds(lambda size=size: contains(machine, "ax" * size + "a" * size)) for size in (2_000, 16_000))
    assert long < 24 * short


def test_what_was_learned_is_forgotten_in_time_and_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "_MOST_STEPS", 10)
    machine = Automaton(rules_of(["bomb maker", "/[0-9]{4}/"]))
    text = "".join(map(chr, range(0x4E00, 0x4E80)))
    assert contains(machine, f"{text} bomb {text} 123 bomb maker")
    assert not contains(machine, f"{text} bomb {text} 123")
    assert len(machine._states) < 30


def test_normal_forms_are_the_ones_of_search() -> None:
    for text in ("أُسْتَاذ", "ﷲ", "ABC", "١٢٣"):
        assert found(f"/{re.escape(normalize(text))}/", text)
