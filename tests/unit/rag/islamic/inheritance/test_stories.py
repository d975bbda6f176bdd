"""Stories, written before there was a reader, come out as the cases they tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.islamic.inheritance.kin import key_of
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import label_of
from rag.islamic.inheritance.reading.story import Story, read_story

_TABLE = (Path(__file__).parent / "stories.tsv").read_text(encoding="utf-8")
STORIES = [tuple(line.split("\t")) for line in _TABLE.splitlines() if line and not line.startswith("#")]
ENOUGH = 0.95


def told(story: Story) -> str:
    """Return a story as the table writes it."""
    if story.unclear:
        return "ask"
    names = []
    for mention in story.mentions:
        name = (
            key_of(mention.options[0]) if len(mention.options) == 1 else label_of(mention.options) or "|".join(map(key_of, mention.options))
        )
        names.append(name + (" *" if mention.count == MANY else f" {mention.count}" if mention.count > 1 else ""))
    return f"{'female' if story.male is False else 'male'}; {', '.join(sorted([*names, *(['unborn'] if story.unborn else [])]))}"


def expected(case: str) -> str:
    """Return the table's case in one order."""
    sex, _, heirs = case.partition("; ")
    return f"{sex}; {', '.join(sorted(heirs.split(', ')))}" if heirs else sex


def misread() -> list[tuple[str, str, str, str]]:
    """Return the stories that are read wrongly, each with what was wanted and what was read."""
    found = []
    for variety, text, case in STORIES:
        read = told(read_story(text))
        if read != expected(case):
            found.append((variety, text, expected(case), read))
    return found


def test_there_are_three_hundred_stories() -> None:
    assert len(STORIES) >= 300


def test_nearly_all_stories_are_read_exactly() -> None:
    assert 1 - len(misread()) / len(STORIES) >= ENOUGH, misread()


@pytest.mark.parametrize(
    "story", ["توفي رجل وترك زوجة وابنا وعمر ابنه 20 سنة", "وترك ابن 20 سنة وزوجة", "توفي عن زوجة وابن، وسن ابنه عشرون عاما"]
)
def test_how_old_an_heir_is_says_not_how_many_there_are(story: str) -> None:
    assert {(mention.head, mention.count) for mention in read_story(story).mentions} == {("W", 1), ("S", 1)}
