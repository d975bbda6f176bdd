from __future__ import annotations

from pathlib import Path

import pytest

from fanar.errors import ConfigurationError
from fanar.events import Route
from orchestrator.routing.prompts import INTENTS, SHIPPED, VARIETIES, checksum, read_prompts

HELD_OUT = Path(__file__).parents[3] / "benchmarks" / "data" / "routing"
BLIND = HELD_OUT.with_name("routing_blind")


def test_each_route_has_at_least_150_prompts_in_all_varieties() -> None:
    prompts = read_prompts()
    for route in Route:
        own = [prompt for prompt in prompts if prompt.route is route]
        assert len(own) >= 150
        assert {prompt.variety for prompt in own} == set(VARIETIES)


@pytest.mark.parametrize("folder", [SHIPPED, HELD_OUT, BLIND], ids=["shipped", "held-out", "blind"])
def test_details_are_intents_tiers_or_nothing(folder: Path) -> None:
    for prompt in read_prompts(folder):
        allowed = {Route.ISLAMIC: set(INTENTS), Route.GENERAL: {"star", "prime"}}.get(prompt.route, {None})
        assert prompt.detail in allowed


def test_hardly_any_held_out_prompt_is_one_that_the_router_learned_from() -> None:
    # Common greetings are written by everybody; the benchmark leaves such prompts out of what it reports.
    learned = {prompt.turns for prompt in read_prompts()}
    held_out = read_prompts(HELD_OUT) + read_prompts(BLIND)
    assert sum(prompt.turns in learned for prompt in held_out) < 0.05 * len(held_out)


def test_turns_alternate_from_the_user_on(tmp_path: Path) -> None:
    (tmp_path / "islamic.tsv").write_text("msa\truling\tسؤال ⇢ جواب ⇢ وللمريض؟\n", encoding="utf-8")
    (prompt,) = read_prompts(tmp_path)
    assert [(message.role, message.text) for message in prompt.messages()] == [
        ("user", "سؤال"),
        ("assistant", "جواب"),
        ("user", "وللمريض؟"),
    ]


@pytest.mark.parametrize("line", ["msa\tx", "martian\t-\tنص", "msa\t-\t ", "one two three"])
def test_a_broken_line_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "general.tsv").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ConfigurationError):
        read_prompts(tmp_path)


def test_the_checksum_follows_the_prompts_and_not_their_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one / "a", two / "a", two / "b"):
        folder.mkdir(parents=True)
    (one / "a" / "image.tsv").write_text("msa\t-\tا\nmsa\t-\tب\n", encoding="utf-8")
    (two / "a" / "image.tsv").write_text("msa\t-\tب\n", encoding="utf-8")
    (two / "b" / "image.tsv").write_text("msa\t-\tا\n", encoding="utf-8")
    assert checksum(one) == checksum(two)
    (two / "b" / "image.tsv").write_text("msa\t-\tج\n", encoding="utf-8")
    assert checksum(one) != checksum(two)
