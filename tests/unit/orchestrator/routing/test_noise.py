from __future__ import annotations

from fanar.events import Route
from orchestrator.routing.noise import misspelt
from orchestrator.routing.prompts import Prompt, read_prompts

PROMPT = Prompt(Route.ISLAMIC, "msa", "ruling", ("سؤال سابق", "جواب", "ما حكم صيام المسافر في شهر رمضان المبارك؟"))


def test_slips_are_the_same_every_time_and_differ_from_copy_to_copy() -> None:
    assert misspelt(PROMPT, copy=0) == misspelt(PROMPT, copy=0)
    assert len({misspelt(PROMPT, copy=copy).text for copy in range(4)}) > 1


def test_only_the_last_turn_is_misspelt() -> None:
    slipped = misspelt(PROMPT, copy=1)
    assert slipped.turns[:-1] == PROMPT.turns[:-1]
    assert (slipped.route, slipped.detail) == (PROMPT.route, PROMPT.detail)


def test_most_prompts_change_and_none_changes_much() -> None:
    prompts = read_prompts()[::10]
    slipped = [misspelt(prompt, copy=0) for prompt in prompts]
    assert sum(a.text != b.text for a, b in zip(prompts, slipped, strict=True)) > 0.8 * len(prompts)
    assert all(abs(len(a.text) - len(b.text)) <= 1 + len(a.text) // 12 for a, b in zip(prompts, slipped, strict=True))


def test_a_prompt_without_letters_stays() -> None:
    assert misspelt(Prompt(Route.GENERAL, "msa", "star", ("12 + 5",)), copy=0).text == "12 + 5"
