"""What passes of a stream, and when."""

from __future__ import annotations

import random

from orchestrator.blocklist.automaton import Automaton
from orchestrator.blocklist.rules import rules_of
from orchestrator.blocklist.scanner import MOST_HELD, Scanner

RULES = Automaton(rules_of(["قنبلة يدوية", "bomb maker", "/secret [0-9]+!/"]))


def run(*pieces: str) -> tuple[list[str], bool]:
    scanner = Scanner(RULES)
    passed = [scanner.push(piece) for piece in pieces]
    return [*passed, scanner.finish()], scanner.found


def test_text_that_may_become_a_phrase_is_held_until_it_is_known() -> None:
    assert run("a b", "om", "b mak", "ing", " day") == (["a ", "", "", "bomb making", " day", ""], False)


def test_nothing_of_a_phrase_and_nothing_after_it_is_shown() -> None:
    assert run("Hello, bo", "mb ", "maker and", " more") == (["Hello, ", "", "", "", ""], True)
    assert run("Hello, bomb maker and more") == (["Hello, ", ""], True)
    assert run("هذه قُنْ", "بُلَة الي", "دوية.") == (["هذه ", "", "", ""], True)


def test_a_phrase_is_complete_at_the_end_of_the_text_too() -> None:
    assert run("a bomb", " maker") == (["a ", "", ""], True)
    assert run("a bomb") == (["a ", "bomb"], False)


def test_a_longer_word_is_another_word() -> None:
    assert run("a bomb maker", "s") == (["a ", "", "bomb makers"], False)


def test_what_is_held_is_bounded_and_a_long_rule_is_still_found() -> None:
    scanner = Scanner(RULES)
    passed = scanner.push("secret " + "1" * 5000)
    assert len(passed) == 5007 - MOST_HELD
    scanner.push("!")
    assert scanner.found


def test_however_a_text_is_cut_the_same_passes() -> None:
    chance = random.Random(5)
    text = "a bomb, a maker; قنبلة؟ secret 12 — وقنبلةٌ يدٌ secret x bomb make " * 5
    for _ in range(50):
        cuts = sorted(chance.choices(range(len(text)), k=20))
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        passed, found = run(*pieces)
        assert "".join(passed) == text
        assert not found
        passed, found = run(*pieces, "bomb maker", " rest")
        assert "".join(passed) == text
        assert found
