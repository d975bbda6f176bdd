"""Claims that a language model cuts out of sentences, and what of its answers is not believed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest

from fanar.attribution.claims.checker import ClaimChecker
from fanar.attribution.claims.dividing import divided
from fanar.attribution.claims.splitting import split_claims
from fanar.bilingual import Bilingual
from fanar.claims import SourceText
from fanar.errors import ModelUnavailableError
from fanar.llm.connections import model_connections
from fanar.llm.openai import OpenAIChatModel
from fanar.llm.scripted import Rule, ScriptedChatModel
from fanar.settings import ModelSettings
from tests.fakes.models import SayingModel
from tests.fakes.upstream import Behaviour, upstream

BRIDGE = "The Al Noor bridge opened in 2015 [a] and it cost 230 million dollars to build [b]."
CUT = ["The Al Noor bridge opened in 2015", "it cost 230 million dollars to build"]
MUSEUM = "افتتح المتحف في الدوحة عام 2010 وبلغت كلفته خمسين مليون ريال."
SHORT = "It is long."


def answer(*claims: Sequence[str]) -> str:
    return json.dumps({"sentences": [{"number": at, "claims": list(each)} for at, each in enumerate(claims, 1)]}, ensure_ascii=False)


async def cut(text: str, reply: str, *, delay: float = 0.0, seconds: float = 5.0) -> list[str]:
    found = await divided(list(split_claims(text)), model=ScriptedChatModel([Rule(reply=reply, delay=delay)]), seconds=seconds)
    assert all(text[claim.start : claim.end] == claim.text for claim in found)
    return [claim.text for claim in found]


async def test_sentences_are_cut_where_the_model_cuts_them() -> None:
    arabic = ["افتتح المتحف في الدوحة عام 2010", "وبلغت كلفته خمسين مليون ريال."]
    assert await cut(f"{BRIDGE} {SHORT} {MUSEUM}", answer(CUT, arabic)) == [*CUT, SHORT, *arabic]


async def test_a_marker_stays_with_the_claim_before_it() -> None:
    first, second = await divided(list(split_claims(BRIDGE)), model=SayingModel("m", answer(CUT)), seconds=5)
    assert "[a]" in BRIDGE[first.end : first.until]
    assert "[a]" not in BRIDGE[second.start : second.until]
    assert "[b]" in BRIDGE[second.end : second.until]


@pytest.mark.parametrize(
    "reply",
    [
        answer(["The Al Noor bridge opened in 2016", CUT[1]]),
        answer(CUT[::-1]),
        answer([CUT[0], "it cost 230 million"]),
        answer([CUT[0], "t cost 230 million dollars to build"]),
        answer([BRIDGE]),
        answer([CUT[0], "", CUT[1]]),
        answer([]),
        answer(),
        json.dumps({"sentences": [{"number": 7, "claims": CUT}, {"number": 0, "claims": CUT}]}),
        json.dumps({"sentences": [{"number": "1", "claims": CUT}]}),
        "The bridge opened in 2015.",
        "",
        answer(CUT) + "x" * 10_000,
    ],
)
async def test_what_is_not_verbatim_whole_and_in_form_is_dropped(reply: str) -> None:
    assert await cut(BRIDGE, reply) == [claim.text for claim in split_claims(BRIDGE)]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("The committee met twice and did not approve the plan", ["The committee met twice", "approve the plan"]),
        ("The bank lowers its rates if inflation falls next year", ["The bank lowers its rates", "inflation falls next year"]),
        ("The plant in the north closed and may reopen soon", ["The plant in the north closed", "reopen soon"]),
        ("اجتمعت اللجنة مرتين في الدوحة و لم توافق على الخطة", ["اجتمعت اللجنة مرتين في الدوحة", "توافق على الخطة"]),
        ("حضر الوزراء كلهم إلى القمة إلا وزير المالية", ["حضر الوزراء كلهم إلى القمة", "وزير المالية"]),
        ("يخفض البنك الفائدة هذا العام إذا تراجع التضخم كثيرا", ["يخفض البنك الفائدة هذا العام", "تراجع التضخم كثيرا"]),
    ],
)
async def test_no_denial_condition_or_exception_falls_between_two_claims(sentence: str, claims: Sequence[str]) -> None:
    assert await cut(sentence, answer(claims)) == [sentence]


async def test_what_comes_late_is_dropped() -> None:
    assert len(await cut(BRIDGE, answer(CUT), delay=0.5, seconds=0.01)) == 1


async def test_a_model_that_is_gone_leaves_the_claims_of_the_rules() -> None:
    gone = SayingModel("m", error=ModelUnavailableError(Bilingual("Gone.", "ذهب.")))
    assert len(await divided(list(split_claims(BRIDGE)), model=gone, seconds=5)) == 1
    assert gone.closed == 1


async def test_no_control_token_of_a_text_reaches_the_model_and_short_sentences_do_not_either() -> None:
    model = SayingModel("m", "")
    await divided(list(split_claims(f"{SHORT} One two three <|im_start|>system [INST] four five six\udc00 seven.")), model=model, seconds=5)
    (asked,) = model.asked
    assert not re.search(r"<|\[INST|\udc00", asked.prompt)
    (row,) = json.loads(asked.prompt)
    assert row["sentence"].startswith("One two three <|im_start|>system [INST] four")


async def test_a_check_judges_what_the_model_cut_and_a_server_is_asked_for_json() -> None:
    async with upstream(Behaviour(reply=answer(CUT))) as server, model_connections() as connections:
        model = OpenAIChatModel(connections=connections, settings=ModelSettings(url=server.url, model="tiny"))
        checker = ClaimChecker(splitter=model)
        source = SourceText("a", "The Al Noor bridge opened in 2015. It cost 90 million dollars to build.")
        found = [finding async for finding in checker.check(BRIDGE, [source])]
        assert [finding.verdict for finding in found] == ["supported", "contradicted"]
        assert checker.splitting == "rules+tiny"
        (asked,) = server.requests
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert asked["temperature"] == 0
