"""`fanar inherit`: an estate divided on the command line."""

from __future__ import annotations

from orchestrator.cli.exits import Exit
from tests.unit.orchestrator.cli.conftest import Fanar


def test_heirs_by_their_keys_are_divided(fanar: Fanar) -> None:
    said = fanar("inherit", "wife", "daughter=2", "father", "mother", "--madhab", "shafii", "--json")
    assert said.code == Exit.OK
    assert (said.json["base"], said.json["awl_base"], said.json["corrected_base"]) == (24, 27, 27)
    assert {share["heir"]: share["fraction"] for share in said.json["shares"]} == {
        "wife": "1/9",
        "daughter": "16/27",
        "father": "4/27",
        "mother": "4/27",
    }


def test_the_table_is_in_the_language_of_the_reader(fanar: Fanar) -> None:
    assert "| wife | 1/8 |" in fanar("inherit", "wife", "son", "--madhab", "hanafi").out
    assert "| الزوجة | 1/8 |" in fanar("--language", "ar", "inherit", "wife", "son", "--madhab", "hanafi").out


def test_a_husband_tells_that_a_woman_died(fanar: Fanar) -> None:
    said = fanar("inherit", "husband", "full_sister", "--madhab", "maliki", "--estate", "80", "--json")
    assert [share["amount"] for share in said.json["shares"]] == [40.0, 40.0]


def test_a_story_is_understood_and_divided(fanar: Fanar) -> None:
    said = fanar("inherit", "توفي رجل وترك زوجة وابنين وثلاث بنات")
    assert said.code == Exit.OK
    assert "فهمت المسألة هكذا" in said.out


def test_what_a_story_leaves_open_is_asked(fanar: Fanar) -> None:
    said = fanar("inherit", "مات رجل وترك زوجة وأخ")
    assert said.code == Exit.FINDING
    assert "الأخ لأم" in said.out


def test_what_cannot_be_is_refused(fanar: Fanar) -> None:
    assert fanar("inherit", "wife").code == Exit.USAGE
    assert fanar("inherit", "wife=x", "--madhab", "hanafi").code == Exit.USAGE
    assert fanar("inherit", "wife=9", "--madhab", "hanafi").code == Exit.USAGE
    assert fanar("inherit", "neighbour", "--madhab", "hanafi").code == Exit.USAGE
    assert fanar("inherit", "no estate at all").code == Exit.USAGE


def test_a_story_is_divided_as_json_for_each_school(fanar: Fanar) -> None:
    said = fanar("inherit", "توفي رجل وترك زوجة وابنا", "--json")
    assert (said.code, said.json["answered"]) == (Exit.OK, True)
    shares = [{share["heir"]: share["fraction"] for share in division["shares"]} for division in said.json["inheritance"]]
    assert shares == [{"wife": "1/8", "son": "7/8"}] * 4


def test_what_a_story_leaves_open_is_asked_as_json(fanar: Fanar) -> None:
    said = fanar("inherit", "توفي رجل وترك زوجة وأولادا", "--json")
    assert (said.code, said.json["answered"]) == (Exit.FINDING, False)
    assert "كم عدد الذكور" in said.json["text"]
