"""What a sentence denies, in both languages."""

from __future__ import annotations

import pytest

from fanar.attribution.claims.reading import read


def about(sentence: str) -> list[str]:
    """Return the surest word of each denial."""
    reading = read(sentence)
    return [reading.tokens[words[-1]].form for words in reading.denials.about]


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("No worker was injured in the fire.", "injured"),
        ("No employee of Calder & Sons was dismissed.", "dismissed"),
        ("None of the passengers were hurt.", "hurt"),
        ("No injuries were reported.", "injuries"),
        ("There was no delay in the delivery.", "delay"),
        ("The fire caused no damage.", "damage"),
        ("The team lost none of its games.", "lost"),
        ("It was delivered without a single delay.", "delay"),
        ("The firm failed to win approval.", "approval"),
        ("The club never lost at home.", "lost"),
        ("The harbour is free of ice.", "ice"),
        ("لم يصب أي عامل.", "يصب"),
        ("مرت العاصفة دون إصابات", "اصابات"),
        ("لم يسفر انهيار الجدار عن ضحايا", "ضحايا"),
        ("لم تقع أي إصابات", "اصابات"),
        ("لم تحرز سلمى أي ميدالية", "ميداليه"),
        ("فشلت الشركة في الحصول على ترخيص", "ترخيص"),
        ("خلت المدينة من السيارات", "السيارات"),
    ],
)
def test_a_denial_is_about_what_did_not_happen(sentence: str, denied: str) -> None:
    assert about(sentence) == [denied]


@pytest.mark.parametrize("sentence", ["Entry is free on Fridays.", "فشلت المفاوضات.", "لا يزال المتحف مفتوحا", "It is not only large"])
def test_what_only_looks_like_a_denial_is_none(sentence: str) -> None:
    assert not about(sentence)


@pytest.mark.parametrize(
    ("sentence", "spared"),
    [("انتهت المفاوضات بلا اتفاق، وغادر الوفد العاصمة", "الوفد"), ("It did not rain, farmers said.", "farmers")],
)
def test_a_denial_ends_where_its_clause_does(sentence: str, spared: str) -> None:
    reading = read(sentence)
    assert spared not in {reading.tokens[at].form for at in reading.denials.reached}


def test_words_that_only_deny_say_nothing_besides() -> None:
    reading = read("ولم تقع أي إصابات")
    assert [reading.tokens[at].form for at in reading.content] == ["اصابات"]
