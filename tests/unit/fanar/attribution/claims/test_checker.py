"""Verdicts, what they rest on, and what a model adds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fanar.attribution.claims.checker import MOST_CHARACTERS, MOST_CLAIMS, MOST_SOURCES, ClaimChecker
from fanar.bilingual import Bilingual
from fanar.claims import ClaimFinding, ClaimOptions, Entailment, SourceText
from fanar.errors import OverloadedError, TooLargeError
from tests.fakes.entailment import MarkingSpans, SayingEntailment

BRIDGE = "The Al Noor bridge opened in 2015. It is 1.4 km long and cost 230 million dollars. Lorries may not cross it."
MUSEUM = "افتتح المتحف عام ٢٠١٠ في مدينة الدوحة. ويضم أكثر من 3000 قطعة أثرية. ارتفع عدد زوار المتحف في العام الماضي."


async def checked(
    text: str,
    *sources: str,
    checker: ClaimChecker | None = None,
    options: ClaimOptions = ClaimOptions(),  # noqa: B008
) -> list[ClaimFinding]:
    texts = [SourceText(f"s{number}", source) for number, source in enumerate(sources, 1)]
    return [finding async for finding in (checker or ClaimChecker()).check(text, texts, options=options)]


@pytest.mark.parametrize(
    ("claim", "verdict", "method"),
    [
        ("The Al Noor bridge opened in 2015.", "supported", "copied"),
        ("The Al Noor bridge opened before 2020.", "supported", "dates"),
        ("The Al Noor bridge is 1400 metres long.", "supported", "numbers"),
        ("The Al Noor bridge opened in 2018.", "contradicted", "dates"),
        ("The Al Noor bridge cost 500 million dollars.", "contradicted", "numbers"),
        ("Visitors of the Al Noor bridge admire its lights.", "not_found", "words"),
        ("Penguins sleep standing up.", "not_found", "none"),
        ("Is the bridge safe?", "not_checkworthy", "form"),
        ("افتتح المتحف قبل عام 2012.", "supported", "dates"),
        ("افتتح المتحف في الدوحة.", "supported", "words"),
        ("انخفض عدد زوار المتحف في العام الماضي.", "contradicted", "opposites"),
        ("لم يرتفع عدد زوار المتحف في العام الماضي.", "contradicted", "negation"),
        ("افتتح المتحف عام 2010 في مدينة الرياض.", "contradicted", "names"),
    ],
)
async def test_a_verdict_names_its_method_and_the_passage_that_it_rests_on(claim: str, verdict: str, method: str) -> None:
    (finding,) = await checked(claim, BRIDGE, MUSEUM)
    assert (finding.verdict, finding.method) == (verdict, method)
    assert 0.5 < finding.score <= 1
    for cited in finding.citations:
        source = {"s1": BRIDGE, "s2": MUSEUM}[cited.source_id]
        assert source[cited.start : cited.end] == cited.quote
    assert bool(finding.citations) == (verdict in ("supported", "contradicted"))


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        (
            "No worker was injured during construction.",
            "Four companies built the bridge: three from Qatar and one from Turkey.",
            "not_found",
        ),
        ("The loan is worth 7 billion dollars over four years.", "The loan is worth USD 5bn over four years.", "contradicted"),
        ("شاركت في التنفيذ ثلاث شركات قطرية.", "شارك في التنفيذ تحالف من أربع شركات، ثلاث منها قطرية.", "supported"),
        ("Alexandria is larger than Cairo.", "Cairo is larger than Alexandria.", "contradicted"),
        ("Alexandria is smaller than Cairo.", "Cairo is larger than Alexandria.", "supported"),
        ("الإسكندرية أكبر من القاهرة.", "القاهرة أكبر من الإسكندرية.", "contradicted"),
        ("فاز الأهلي على الزمالك.", "فاز الزمالك على الأهلي في القاهرة.", "contradicted"),
    ],
)
async def test_numbers_parts_and_sides_of_a_comparison_are_told_apart(claim: str, source: str, verdict: str) -> None:
    (finding,) = await checked(claim, source)
    assert finding.verdict == verdict


LORRY = "A lorry overturned near the bridge on 12 May 2019, and two drivers were hurt. The repair cost 3 million dollars."
MINE = "The mine is the second largest in the province. Its output was cut in half. None of its 300 miners was dismissed."
HARBOUR = "انقلب قارب في الميناء يوم 7 رمضان 1440 هـ وأصيب صيادان. الميناء ثاني أكبر ميناء في الإقليم. وتراجعت حركة السفن إلى النصف."


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        ("No driver was injured when the lorry overturned.", LORRY, "contradicted"),
        ("The lorry overturned without any injuries.", LORRY, "contradicted"),
        ("Two drivers were injured when a lorry overturned near the bridge.", LORRY, "supported"),
        ("The lorry overturned near the bridge on 7 Ramadan 1440.", LORRY, "supported"),
        ("The lorry overturned near the bridge on 20 Ramadan 1440.", LORRY, "contradicted"),
        ("The repair cost 9 million dollars.", LORRY, "contradicted"),
        ("No driver was arrested.", LORRY, "not_found"),
        ("The mine is the largest in the province.", MINE, "contradicted"),
        ("The mine is the second biggest in the province.", MINE, "supported"),
        ("The output of the mine was halved.", MINE, "supported"),
        ("The output of the mine doubled.", MINE, "contradicted"),
        ("No miner was dismissed.", MINE, "supported"),
        ("انقلب القارب في الميناء دون وقوع إصابات.", HARBOUR, "contradicted"),
        ("انقلب قارب في الميناء في 12 مايو 2019.", HARBOUR, "supported"),
        ("الميناء أكبر ميناء في الإقليم.", HARBOUR, "contradicted"),
        ("الميناء ثاني أكبر موانئ الإقليم.", HARBOUR, "supported"),
        ("تراجعت حركة السفن بنسبة 50 في المئة.", HARBOUR, "supported"),
        ("تضاعفت حركة السفن.", HARBOUR, "contradicted"),
        ("لم يعتقل أي صياد.", HARBOUR, "not_found"),
    ],
)
async def test_denials_ranks_days_and_changes_are_judged_in_other_words(claim: str, source: str, verdict: str) -> None:
    (finding,) = await checked(claim, source)
    assert finding.verdict == verdict


async def test_a_clause_that_is_copied_is_surer_than_a_stretch_whose_neighbour_takes_it_back() -> None:
    copied, taken_back = await checked("It opened in 2015. Lorries may cross it.", "It opened in 2015. No lorries may cross it.")
    assert (copied.verdict, copied.method) == ("supported", "copied")
    assert copied.score > 0.95
    assert (taken_back.verdict, taken_back.method) == ("contradicted", "negation")


async def test_a_marker_must_name_a_source_that_says_the_claim() -> None:
    text = "The Al Noor bridge opened in 2015 [1]. The Al Noor bridge opened in 2015 [2]. The bridge opened in 2015 [8]."
    first, second, third = await checked(text, BRIDGE, MUSEUM)
    assert [marker.supported for marker in (*first.markers, *second.markers, *third.markers)] == [True, False, None]


async def test_only_claims_with_numbers_are_looked_at_where_only_numbers_are_wanted() -> None:
    found = await checked("The bridge opened in 2015. The bridge is blue.", BRIDGE, options=ClaimOptions(numbers_only=True))
    assert [finding.verdict for finding in found] == ["supported", "not_checkworthy"]


async def test_a_higher_threshold_supports_less_and_contradicts_less() -> None:
    text = "The Al Noor bridge opened in 2015. The Al Noor bridge opened in 2018."
    found = await checked(text, BRIDGE, options=ClaimOptions(threshold=0.999))
    assert [finding.verdict for finding in found] == ["not_found", "not_found"]


async def test_names_are_found_across_scripts() -> None:
    (finding,) = await checked("سجل محمد صلاح 33 هدفا.", "Mohamed Salah: 33 goals. Other players: fewer.")
    assert finding.verdict == "supported"


async def test_a_text_without_sources_is_found_nowhere() -> None:
    (finding,) = await checked("The bridge opened in 2015.")
    assert (finding.verdict, finding.method) == ("not_found", "none")


@pytest.mark.parametrize(
    ("text", "sources"),
    [("one two. " * (MOST_CLAIMS + 1), ["x"]), ("a b c.", ["x"] * (MOST_SOURCES + 1)), ("a b c.", ["x" * (MOST_CHARACTERS + 1)])],
)
async def test_more_than_is_checked_at_once_is_refused(text: str, sources: Sequence[str]) -> None:
    with pytest.raises(TooLargeError):
        await checked(text, *sources)


async def test_a_model_decides_where_plain_checks_leave_doubt() -> None:
    model = SayingEntailment(0.98, 0.01)
    (finding,) = await checked("Heavy vehicles are kept off the bridge.", BRIDGE, checker=ClaimChecker(entailment=model))
    assert (finding.verdict, finding.method) == ("supported", "entailment")
    assert ("Lorries may not cross it.", "Heavy vehicles are kept off the bridge.") in model.asked or model.asked
    against = ClaimChecker(entailment=SayingEntailment(0.01, 0.98))
    (finding,) = await checked("Heavy vehicles may use the bridge.", BRIDGE, checker=against)
    assert finding.verdict == "contradicted"
    assert against.version.endswith("+saying")


async def test_a_model_that_is_gone_leaves_the_plain_checks() -> None:
    class Busy(SayingEntailment):
        async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
            raise OverloadedError(Bilingual("Full.", "ممتلئ."))

    (finding,) = await checked("The Al Noor bridge opened in 2015.", BRIDGE, checker=ClaimChecker(entailment=Busy(0, 0)))
    assert (finding.verdict, finding.method) == ("supported", "copied")


async def test_a_span_model_takes_support_away_and_names_the_words() -> None:
    text = "So. Lorries cross the bridge."
    plain = (await checked(text, "Lorries cross the wide bridge."))[-1]
    doubted = (await checked(text, "Lorries cross the wide bridge.", checker=ClaimChecker(spans=MarkingSpans(0.98))))[-1]
    trusted = (await checked(text, "Lorries cross the wide bridge.", checker=ClaimChecker(spans=MarkingSpans(0.02))))[-1]
    assert (plain.verdict, plain.unsupported) == ("supported", ())
    assert doubted.verdict == "not_found"
    assert [text[each.start : each.end] for each in doubted.unsupported] == ["Lorries"]
    assert (trusted.verdict, trusted.method, trusted.unsupported) == ("supported", "spans", ())


async def test_a_span_model_alone_contradicts_nothing() -> None:
    (finding,) = await checked("Penguins of the bridge sleep.", BRIDGE, checker=ClaimChecker(spans=MarkingSpans(0.99)))
    assert finding.verdict == "not_found"
