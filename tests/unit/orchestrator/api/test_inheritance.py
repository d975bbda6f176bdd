"""POST /v1/islamic/inheritance: what is divided, what is refused, and how both are told."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

PATH = "/v1/islamic/inheritance"
MINBARIYYA = {"deceased": "male", "heirs": {"wife": 1, "daughter": 2, "father": 1, "mother": 1}, "madhab": "shafii"}


async def _divided(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await client.post(PATH, json={**MINBARIYYA, **body})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_an_estate_is_divided_exactly_with_rule_school_and_proof(client: httpx.AsyncClient) -> None:
    body = await _divided(client)
    assert (body["base"], body["awl"], body["awl_base"], body["corrected_base"], body["radd"]) == (24, True, 27, 27, False)
    wife = body["shares"][0]
    assert (wife["heir"], wife["fraction"], wife["each"], wife["lots"]) == ("wife", "1/9", "1/9", 3)
    assert wife["rule"] | {"en": "", "ar": ""} == {
        "id": "wife_eighth",
        "en": "",
        "ar": "",
        "school": "shafii",
        "source": {"en": "Quran 4:12", "ar": "النساء: 12"},
    }
    assert all(step["en"] and step["ar"] for step in body["trace"])
    assert body["id"].startswith("inh")
    assert body["to_treasury"] is None
    assert "| الزوجة | 1/9 |" in body["text"]["ar"]


async def test_who_is_excluded_is_named_with_those_who_exclude(client: httpx.AsyncClient) -> None:
    body = await _divided(client, heirs={"son": 1, "full_brother": 2, "son_of_son": 1})
    assert [(each["heir"], each["by"]) for each in body["blocked"]] == [("full_brother", ["son"]), ("son_of_son", ["son"])]


async def test_what_no_heir_takes_goes_to_the_treasury(client: httpx.AsyncClient) -> None:
    assert (await _divided(client, heirs={"mother": 1, "daughter": 1}, madhab="maliki"))["to_treasury"] == "1/3"


async def test_debts_and_bequests_come_first_and_amounts_add_up(client: httpx.AsyncClient) -> None:
    body = await _divided(
        client,
        heirs={"wife": 1, "son": 3, "daughter": 1},
        estate=100_000.5,
        debts=10_000,
        funeral=0.5,
        bequests=[{"fraction": "1/2"}],
        currency="QAR",
    )
    assert body["estate"] == {"value": 100_000.5, "currency": "QAR", "after_debts": 90_000.0, "bequests": [30_000.0], "for_heirs": 60_000.0}
    assert round(sum(share["amount"] for share in body["shares"]), 2) == 60_000.0
    assert any("third" in note["en"] for note in body["notes"])


async def test_a_bequest_may_be_one_amount(client: httpx.AsyncClient) -> None:
    assert (await _divided(client, estate=900, bequests=90))["estate"]["for_heirs"] == 810.0


async def test_an_impediment_bars_by_the_school(client: httpx.AsyncClient) -> None:
    barred = {"heirs": {"son": 1, "full_brother": 1}, "impediments": [{"heir": "son", "reason": "killing_accidental"}]}
    assert [share["heir"] for share in (await _divided(client, **barred, madhab="hanafi"))["shares"]] == ["full_brother"]
    kept = await _divided(client, **barred, madhab="maliki")
    assert [share["heir"] for share in kept["shares"]] == ["son"]
    assert any("blood money" in note["en"] for note in kept["notes"])


async def test_an_unborn_child_gives_ranges_and_what_is_kept_back(client: httpx.AsyncClient) -> None:
    body = await _divided(client, heirs={"wife": 1, "father": 1}, madhab="hanafi", unborn={"male": "son", "female": "daughter"})
    assert body["ranges"]["reserved"] == "17/24"
    assert [(each["heir"], each["each_least"], each["each_most"]) for each in body["ranges"]["heirs"]] == [
        ("wife", "1/8", "1/4"),
        ("father", "1/6", "3/4"),
    ]
    assert {share["fraction"] for share in body["shares"]} == {"1/8", "1/6"}


async def test_successive_deaths_come_to_one_common_base(client: httpx.AsyncClient) -> None:
    body = await _divided(
        client,
        heirs={"father": 1, "mother": 1, "daughter": 2},
        later_deaths=[
            {
                "who": "daughter",
                "deceased": "female",
                "heirs": {"paternal_grandfather": 1, "paternal_grandmother": 1, "full_sister": 1},
                "same": {"paternal_grandfather": "father", "paternal_grandmother": "mother", "full_sister": "daughter"},
            }
        ],
    )
    held = {holder["label"]: holder["fraction"] for holder in body["succession"]["holders"]}
    assert (body["succession"]["base"], held) == (54, {"father": "19/54", "mother": "2/9", "daughter": "23/54"})


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"heirs": {}}, "heirs"),
        ({"heirs": {"neighbour": 1}}, "heirs"),
        ({"heirs": {"wife": 5}}, "heirs"),
        ({"heirs": {"husband": 1}}, "heirs"),
        ({"heirs": {"father": 2}}, "heirs"),
        ({"heirs": {"son": 0}}, "heirs.son"),
        ({"heirs": {"son": True}}, "heirs.son"),
        ({"heirs": {"paternal_grandmother_2": 1}}, "heirs"),
        ({"madhab": "zahiri"}, "madhab"),
        ({"deceased": "x"}, "deceased"),
        ({"debts": 5}, "estate"),
        ({"estate": -1}, "estate"),
        ({"estate": "5"}, "estate"),
        ({"bequests": [{"fraction": "1/0"}]}, None),
        ({"impediments": [{"heir": "wife", "count": 2, "reason": "religion"}]}, "impediments"),
        ({"unborn": {"male": "daughter", "female": "son"}}, "unborn"),
        ({"later_deaths": [{"who": "son", "deceased": "male", "heirs": {"son": 1}}]}, "later_deaths"),
        ({"unknown": 1}, "unknown"),
        ({"currency": "a\u202eb"}, "currency"),
    ],
)
async def test_what_cannot_be_is_refused_by_name(client: httpx.AsyncClient, body: dict[str, Any], param: str | None) -> None:
    answer = await client.post(PATH, json={**MINBARIYYA, **body})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "unprocessable")
    assert param is None or error["param"] == param
    assert "neighbour" not in answer.text


async def test_refusals_are_in_the_language_of_the_client(client: httpx.AsyncClient) -> None:
    answer = await client.post(PATH, json={**MINBARIYYA, "heirs": {"husband": 1}}, headers={"accept-language": "ar"})
    assert "لا يخلّف الرجل زوجًا" in answer.json()["error"]["message"]
