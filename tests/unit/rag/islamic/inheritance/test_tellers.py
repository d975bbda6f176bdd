"""Stories told by kin of the deceased, and what in a story is not followed: read rightly, or asked about; never passed over."""

from __future__ import annotations

import re

import pytest

from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.worth import unpriced_in
from rag.islamic.inheritance.kin import key_of
from rag.islamic.inheritance.solver import solve
from rag.islamic.inheritance.talk.answering import Reply, answer
from rag.islamic.inheritance.talk.strangers import strangers_in


def _reply(text: str) -> Reply:
    reply = answer([text], schools=("hanafi",), language="en" if text.isascii() else "ar")
    assert reply is not None
    return reply


def _expected(case: str) -> dict[str, str]:
    """Return the shares of a case like "male W2 S D3"."""
    sex, *heirs = case.split()
    counted = [re.fullmatch(r"([A-Za-z]+)(\d*)", heir) for heir in heirs]
    division = solve(Case(sex == "male", {match[1]: int(match[2] or 1) for match in counted if match}, "hanafi"))
    return {key_of(kin): str(share) for kin, share in division.fractions.items() if share}


@pytest.mark.parametrize(
    ("story", "case"),
    [
        ("أنا وضرتي ترملنا، زوجي مات وترك أمه وولدين", "male W2 M S2"),
        ("زوجي مات وترك زوجة أخرى وابنا", "male W2 S"),
        ("My husband died leaving another wife and a son", "male W2 S"),
        ("مات أبي وترك زوجة أبي وأمي وأختي، وأنا ابنه", "male W2 S D"),
        ("زوجي مات وترك حماتي وحمايا وولدين", "male W M F S2"),
        ("My husband died leaving my mother-in-law and two sons", "male W M S2"),
        ("توفيت جدتي لأمي وتركت أمي وخالي وخالتين", "female S D3"),
        ("My grandfather died leaving my grandmother, my father, and two aunts", "male W S D2"),
        ("مات أبي وترك ابن عمي الشقيق وأمي وابنا", "male W S"),
        ("My brother died leaving my mother, two half-sisters through our mother; I am his only full brother", "male M Zm2 Bf"),
        ("مات راجلي وخلاني أنا وربعة دالبنات وخوه شقيقو", "male W D4 Bf"),
        ("مات ابني وترك زوجته وابنه، وأنا أبوه وأمه معي", "male W S F M"),
        # Whether a brother or a sister tells it, the father or the mother, the part is the same.
        ("مات أخي وترك زوجة وبنتا", "male W D Bf"),
        ("ابني مات وترك زوجته وابنه", "male W S F"),
        ("ماتت جدتي وخلات ولد واحد هو بابا وجوج بنات", "female S D2"),
        ("ابوي متوفي وله حرمتين وسبع بنات وولد. كيف نقسم التركة؟", "male W2 D7 S"),
        ("مات أبي وترك أمي، واحنا خمسة إخوان وأربع خوات", "male W S5 D4"),
    ],
)
def test_kin_of_the_teller_are_read_as_kin_of_the_deceased(story: str, case: str) -> None:
    reply = _reply(story)
    assert reply.answered, reply.text
    assert {share["heir"]: share["fraction"] for share in reply.data["inheritance"][0]["shares"]} == _expected(case)


@pytest.mark.parametrize(
    ("story", "case"),
    [
        ("توفي عن زوجة وبنت، بنته عمرها خمس سنوات، وأخ شقيق", "male W D Bf"),
        ("مات وترك أمه وإخوته: اثنان أشقاء وواحد لأم", "male M Bf2 Bm"),
        ("توفي ولم يترك أبا ولا أما ولا ولدا، وإنما ترك زوجتين وأختا شقيقة وعما شقيقا", "male W2 Zf FBf"),
        ("مات عن أخيه التوأم الشقيق وأخت لأم", "male Bf Zm"),
        ("الواليد مات وخلا الواليدة وجوج وليدات وتلت بنات", "male W S2 D3"),
        ("A man died leaving a wife, a daughter and his brother (same parents)", "male W D Bf"),
        ("Deceased: male. Heirs: wife 1, sons 2, daughters 3, estate 240000 USD, debts 0", "male W S2 D3"),
    ],
)
def test_who_is_told_in_two_words_is_one_heir_and_no_kind_is_lost(story: str, case: str) -> None:
    reply = _reply(story)
    assert reply.answered, reply.text
    assert {share["heir"]: share["fraction"] for share in reply.data["inheritance"][0]["shares"]} == _expected(case)


@pytest.mark.parametrize(
    "story",
    [
        "توفي زوجي وكنت زوجته الثانية، وله من الأولى ثلاثة أولاد وبنتان",
        "مات أبي وترك أمي وأختي وأخي",
        "مات خالي وترك أمي وخالتي وبنتين",
        "توفي وترك زوجته وأمها وابنا",
        "توفيت عن زوج وابنه من غيرها وأم",
        "مات وله ابنان أحدهما مات في حياته وترك بنتا، وزوجة",
        "ماتت عن ابني عم أحدهما زوج",
        "توفي وابنته التي توفيت بعده بيوم كانت متزوجة ولها ابن، وترك زوجة وأخا شقيقا",
        "My father died, then my mother died two months later. They left two sons and a daughter.",
        "My mother died. My dad divorced her long ago. She left two sons and her mother.",
        "مات وترك زوجة وفلفوله وبنتا",
        "توفي عن زوجة وأم وثلاث بنات أخ أخت",
        "واحد مات وعنده بنت واحدة بس ومراته واخواته ولدين وبنت اشقاء",
        "A man died leaving a wife, her daughter from another marriage, and a full uncle",
    ],
)
def test_what_decides_who_inherits_and_is_not_followed_is_asked_about(story: str) -> None:
    reply = _reply(story)
    assert not reply.answered, reply.text


@pytest.mark.parametrize(
    ("story", "things"),
    [
        ("توفي وترك زوجة وابنا، وترك 300 ألف ريال وبيتا", ["بيتا"]),
        ("He died and left $100,000 and a house, a wife and a son", ["house"]),
        ("He died and left a wife, a son, a house and $100,000", ["house"]),
        ("He died leaving a wife, a son, $100,000, a house and", ["house"]),
        ("توفي وترك زوجة وابنا، وترك 300 ألف ريال وبيتا قيمته 200 ألف", []),
        ("توفي عن زوجة وابن وترك بيتا وأرضا", []),
        ("توفي عن زوجة وابن وترك بيتا و200 رأس من الغنم", []),
    ],
)
def test_what_stands_beside_a_sum_without_a_worth_is_named(story: str, things: list[str]) -> None:
    assert unpriced_in(story) == things
    assert all(thing in _reply(story).text for thing in things)


def test_names_goods_and_those_who_are_known_to_be_no_heirs_are_no_strangers() -> None:
    assert not list(strangers_in("مات وترك ابنيه خالدا وعمر، وصديقا وسائقا وسيارة وزوجة"))


@pytest.mark.parametrize(
    "story",
    [
        "توفي رجل وأوصى لجاره بمثل نصيب أحد أبنائه، وترك ثلاثة أبناء وزوجة و90 ألف ريال",
        "مات رجل وترك زوجة وابنا وأوصى بمثل نصيب ابن لصديقه",
        "A man died leaving a wife, three sons and $90,000; he bequeathed his neighbour the like of a son's share",
    ],
)
def test_a_bequest_like_an_heirs_share_is_refused_by_name(story: str) -> None:
    reply = _reply(story)
    assert not reply.answered
    assert "بمثل نصيب وارث" in reply.text or "as much as an heir takes" in reply.text
