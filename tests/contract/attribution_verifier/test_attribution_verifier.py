"""What every AttributionVerifier does."""

from __future__ import annotations

import pytest

from fanar.attribution.verifier import ScriptureVerifier
from fanar.documents import Document
from fanar.protocols import AttributionVerifier
from fanar.scripture.index import InMemoryScripture

VERSES = {
    (1, 1): ("بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ", "بسم الله الرحمن الرحيم"),
    (1, 2): ("ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَـٰلَمِينَ", "الحمد لله رب العالمين"),
    (112, 1): ("قُلْ هُوَ ٱللَّهُ أَحَدٌ", "قل هو الله أحد"),
    (112, 2): ("ٱللَّهُ ٱلصَّمَدُ", "الله الصمد"),
}


def _scripture_verifier() -> AttributionVerifier:
    documents = [
        Document(f"{s}:{a}", "quran", f"{s}:{a}", text, expansion=plain, metadata={"surah": s, "ayah": a})
        for (s, a), (text, plain) in VERSES.items()
    ]
    return ScriptureVerifier(InMemoryScripture(documents, version="test", basmala=VERSES[1, 1][0]))


@pytest.fixture(params=[_scripture_verifier], ids=["scripture"])
def verifier(request: pytest.FixtureRequest) -> AttributionVerifier:
    made: AttributionVerifier = request.param()
    return made


def test_a_faithful_quotation_supports_the_text(verifier: AttributionVerifier) -> None:
    report = verifier.verify("قال تعالى: ﴿قل هو الله أحد﴾ [الإخلاص: 1]")
    assert [quote.status for quote in report.quotes] == ["exact_undiacritised"]
    assert (report.support_score, report.warnings) == (1.0, ())


def test_an_altered_one_does_not_and_is_put_right(verifier: AttributionVerifier) -> None:
    text = "قال تعالى: ﴿قل هو الله واحد﴾ و﴿الله الصمد﴾"
    report = verifier.verify(text)
    assert report.support_score == 0.5
    assert report.quotes[0].correction == VERSES[112, 1][0]
    (difference,) = report.quotes[0].differences
    assert text[difference.start : difference.end] == "واحد"
    assert report.warnings


def test_a_wrong_reference_and_a_verse_that_is_none_are_warned_of_in_the_language_of_the_text(verifier: AttributionVerifier) -> None:
    arabic = verifier.verify("﴿الله الصمد﴾ [الفاتحة: 2]، وانظر (الإخلاص: 9).")
    english = verifier.verify("See the verse ﴿كلام ليس منه﴾, and Surah Al-Ikhlas verse 9, for what they have to say.")
    assert (len(arabic.warnings), len(english.warnings)) == (2, 2)
    assert all(warning.isascii() for warning in english.warnings)
    assert not any(warning.isascii() for warning in arabic.warnings)


def test_nothing_to_judge_has_no_score(verifier: AttributionVerifier) -> None:
    report = verifier.verify("لا اقتباس هنا.")
    assert (report.quotes, report.support_score) == ((), None)


def test_checks_can_be_chosen(verifier: AttributionVerifier) -> None:
    text = "﴿الله الصمد﴾ [الفاتحة: 2] و﴿قل هو الله أحد﴾ وانتهى الكلام عند هذا الحد ولا نزيد عليه شيئا آخر البتة."
    assert [q.claimed_reference for q in verifier.verify(text, checks=frozenset(("quran",))).quotes] == [None, None]
    assert [q.reference for q in verifier.verify(text, checks=frozenset(("references",))).quotes] == ["112:2"]


def test_a_report_says_what_it_was_made_with_and_how_long_it_took(verifier: AttributionVerifier) -> None:
    report = verifier.verify("﴿الله الصمد﴾")
    assert report.versions
    assert all(value >= 0 for value in report.timings_ms.values())


@pytest.mark.parametrize(
    "text", ["\ud800﴿\udfff﴾", "﴿" * 1000, "\x00﴿الله\u202e الصمد﴾", "ا" + "\u064e" * 10_000, "﴿" + "الله" * 5_000 + "﴾"]
)
def test_hostile_text_is_judged_like_any_other(verifier: AttributionVerifier, text: str) -> None:
    assert all(0 <= quote.start <= quote.end <= len(text) for quote in verifier.verify(text).quotes)
