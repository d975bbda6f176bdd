"""Quotations of hadith are found, judged, credited and repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from fanar.attribution.hadith_judgement import HadithJudge
from fanar.attribution.hadith_words import hadith_agreement, hadith_words
from fanar.attribution.quotations import QuotationFinder
from fanar.attribution.repair import StreamingGuard, repair
from fanar.attribution.spelling import Agreement
from fanar.attribution.verifier import ScriptureVerifier
from fanar.errors import IndexMismatchError
from fanar.findings import QuoteFinding
from fanar.scripture.index import InMemoryScripture
from tests.timing import cpu_seconds
from tests.unit.fanar.attribution.hadith import collection, documents


@pytest.fixture(scope="module")
def canon(tmp_path_factory: pytest.TempPathFactory) -> HadithCanon:
    return collection(tmp_path_factory.mktemp("hadith") / "index")


@pytest.fixture(scope="module")
def finder(scripture: InMemoryScripture, canon: HadithCanon) -> QuotationFinder:
    return QuotationFinder(scripture, hadith=lambda: [canon])


def found(finder: QuotationFinder, text: str) -> QuoteFinding:
    (quotation,) = finder.find(text)
    return quotation.finding


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("إِنَّمَا الأَعْمَالُ بِالنِّيَّاتِ", "exact"),
        ("إنما الأعمال بالنيات", "exact_undiacritised"),
        ("انما الاعمال بالنيات", "orthographic_variant"),
        ("إِنَّمَا الأَعْمَالِ بِالنِّيَّاتِ", "diacritic_conflict"),
        ("ألا أدلكم على شيء إذا فعلتموه تحاببتم", "partial"),
        ("أََلَا أَدُلُّكُمْ عَلَى شَيْءٍ إِذَا فَعَلْتُمُوهُ تَحَابَبْتُمْ", "altered"),
        ("إنما الأفعال بالنيات وإنما لكل امرئ ما نوى", "altered"),
        ("إنما الأعمال وإنما لكل امرئ ما نوى", "altered"),
        ("إنما الأعمال بالنيات وإنما لكل شخص ما نوى", "altered"),
        ("كلام طويل من عندنا لم يقله أحد من قبل", "not_found"),
        ("الأعمال", "not_found"),
        ("", "not_found"),
    ],
)
def test_words_are_judged_against_the_collections(finder: QuotationFinder, words: str, status: str) -> None:
    assert finder.judge_hadith(words).status == status


def test_a_lam_that_the_collection_does_not_write_is_a_letter_too_many() -> None:
    assert hadith_agreement("اللذي", "الَّذِي") is Agreement.DIFFERENT
    assert hadith_agreement("الذي", "الَّذِي") is Agreement.SAME


def test_a_blessing_in_any_form_makes_no_quotation_wrong(finder: QuotationFinder) -> None:
    for blessing in ("ﷺ", "صلى الله عليه وسلم", "عليه الصلاة والسلام", ""):
        assert finder.judge_hadith(f"قال رسول الله {blessing} من غشنا فليس منا").faithful


def test_parts_that_two_narrations_share_in_the_middle_are_named_with_both(finder: QuotationFinder) -> None:
    words = "خيركم خيركم لأهله وأنا خيركم لأهلي وإذا مات صاحبكم فدعوه ولا تقعوا فيه"
    finding = finder.judge_hadith(words)
    assert (finding.status, finding.occurrences) == ("partial", ("nasai:1", "nasai:2"))
    dropped = words.replace("مات ", "")
    assert finder.judge_hadith(dropped).status == "altered"


@pytest.mark.parametrize(
    "words",
    [
        "سمعنا وأطعنا غفرانك ربنا وإليك المصير قال خالد وحدثني سعيد بذلك",
        "قال سمعنا وأطعنا غفرانك ربنا ربنا وإليك المصير قال خالد",
    ],
)
def test_one_word_left_out_or_doubled_is_no_second_narration(tmp_path: Path, words: str) -> None:
    texts = (
        (("nasai", "1", ""), "قال سمعنا وأطعنا غفرانك ربنا وإليك المصير قال خالد أيضا وحدثني سعيد بذلك"),
        (("nasai", "3", ""), "أمر بالدعاء غفرانك ربنا ربنا وإليك المصير قال خالد"),
        (("nasai", "4", ""), "قال سمعنا وأطعنا غفرانك ربنا ربنا آمين قالها خالد وحدثني سعيد بذلك"),
        (("nasai", "5", ""), "غفرانك ربنا وإليك المصير قال خالد وحدثني سعيد بذلك"),
    )
    build_hadith_index(tmp_path / "index", documents(texts))
    canon = HadithCanon(tmp_path / "index", name="sunnah")

    verdict = HadithJudge(lambda: [canon]).judge(hadith_words(words))

    assert verdict.judgement.status == "altered"


def test_a_vowel_that_contradicts_both_narrations_is_seen(finder: QuotationFinder) -> None:
    words = "خيركم خيركم لأهله وأنا خيركم لأهلي وإذا مَاتُ صاحبكم فدعوه ولا تقعوا فيه"
    assert finder.judge_hadith(words).status == "diacritic_conflict"


def test_a_hadith_bears_collection_number_and_grade(finder: QuotationFinder) -> None:
    finding = found(finder, "قال رسول الله ﷺ: «من غشنا فليس منا» (رواه مسلم)")
    (source,) = finding.sources
    assert (source.collection, source.number, source.grade, source.url) == ("muslim", "101", "sahih", "https://sunnah.com/muslim:101")
    assert finding.claimed_reference is not None
    assert (finding.claimed_reference.text, finding.claimed_reference.correct) == ("رواه مسلم", True)


@pytest.mark.parametrize(
    ("credit", "right"),
    [
        ("رواه مسلم", None),  # of Muslim these tests have two hadith
        ("رواه البخاري", None),
        ("رواه الطبراني", "nobody"),
    ],
)
def test_a_credit_that_cannot_be_judged_is_not_judged(finder: QuotationFinder, credit: str, right: object) -> None:
    finding = found(finder, f"قال النبي ﷺ: «يوشك أن يضرب الناس أكباد الإبل» ({credit})")
    if right == "nobody":
        assert finding.claimed_reference is None
    else:
        assert finding.claimed_reference is not None
        assert finding.claimed_reference.correct is right


def test_a_collection_that_is_whole_and_lacks_the_words_is_a_wrong_credit(scripture: InMemoryScripture, tmp_path: Path) -> None:
    many = [(("nawawi40", f"{n}", "unstated"), f"كلام رقم {n} ليس فيه شيء مما يطلب") for n in range(1, 4)]
    build_hadith_index(tmp_path / "index", [*documents(), *documents(many)])
    finder = QuotationFinder(scripture, hadith=lambda: [HadithCanon(tmp_path / "index", name="sunnah")])
    finding = found(finder, "قال النبي ﷺ: «إنما الأعمال بالنيات» (الأربعون النووية)")
    assert finding.claimed_reference is not None
    assert finding.claimed_reference.correct is False


def test_a_hadith_without_marks_is_found_where_it_runs_word_for_word(finder: QuotationFinder) -> None:
    text = "ومن الأدب أنه لا يؤمن أحدكم حتى يحب لأخيه ما يحب لنفسه، وهذا أصل."
    finding = found(finder, text)
    assert (finding.type, finding.reference) == ("hadith", "bukhari:13")
    assert text[finding.start : finding.end] == "لا يؤمن أحدكم حتى يحب لأخيه ما يحب لنفسه"


_PLAIN = "exact_undiacritised"


@pytest.mark.parametrize(
    ("text", "words", "status", "chain"),
    [
        ('عن عمر رضي الله عنه قال: "سمعت رسول الله ﷺ يقول: إنما الأعمال بالنيات"', "إنما الأعمال بالنيات", _PLAIN, "عن عمر"),
        ("قال رسول الله ﷺ: ﴿من غشنا فليس منا﴾", "من غشنا فليس منا", _PLAIN, ""),
        ('يُعد حديث "أنا خيركم لأهلي وإذا مات صاحبكم" أصلا', "أنا خيركم لأهلي وإذا مات صاحبكم", "partial", ""),
        ('- **البخاري: كتاب بدء الوحي**: "إنما الأعمال بالنيات"', "إنما الأعمال بالنيات", _PLAIN, ""),
        ("قال رسول الله ﷺ: إنما الأفعال بالنيات وإنما لكل امرئ (رواه البخاري)", "إنما الأفعال بالنيات وإنما لكل امرئ", "altered", ""),
        ("وعن عمر رضي الله عنه قال: قال رسول الله ﷺ: من غشهم فقد خسر رواه مسلم", "من غشهم فقد خسر", "not_found", "عن عمر"),
        ('"جاء أن النبي ﷺ قال: "إنما الأعمال بالنيات" كثيرا".', "إنما الأعمال بالنيات", _PLAIN, ""),
    ],
)
def test_what_leads_to_a_saying_is_told_apart_from_it(finder: QuotationFinder, text: str, words: str, status: str, chain: str) -> None:
    finding = found(finder, text)
    assert (text[finding.start : finding.end], finding.type, finding.status) == (words, "hadith", status)
    assert (finding.narrators.text if finding.narrators else "").startswith(chain)
    assert (finding.narrators is None) == (not chain)


@pytest.mark.parametrize("before", ["وفي الصحيحين", "ثبت في صحيح مسلم", "البخاري، باب الوحي", "رواه الترمذي وصححه", "وفي موطأ مالك"])
def test_a_collection_and_a_colon_announce_a_hadith(finder: QuotationFinder, before: str) -> None:
    assert found(finder, f"{before}: «كلام طويل من عندنا لم يقله أحد»").status == "not_found"


@pytest.mark.parametrize("before", ["فقال له مالك", "قال البخاري", "وعلق عليه الترمذي", "سألت أحمد", "كل مسلم يعرف"])
def test_what_scholars_and_neighbours_say_is_no_hadith(finder: QuotationFinder, before: str) -> None:
    assert finder.find(f"{before}: «كلام طويل من عندنا لم يقله أحد»") == []


@pytest.mark.parametrize(
    "text",
    [
        "حدثنا فلان قال سمعت رسول الله صلى الله عليه وسلم يقول كلاما آخر",
        "هذا قول عند البخاري ومسلم والترمذي في صحيحه وسننه",
        "أشهد أن لا إله إلا الله وأشهد أن محمدا رسول الله",
        "حديث {رواه البخاري ومسلم والترمذي}",
    ],
)
def test_chains_names_and_formulas_are_no_sayings(scripture: InMemoryScripture, tmp_path: Path, text: str) -> None:
    collection = [
        (("bukhari", "1", "sahih"), "حدثنا فلان قال سمعت رسول الله صلى الله عليه وسلم يقول إنما الأعمال بالنيات"),
        (("bukhari", "2", "sahih"), "أشهد أن لا إله إلا الله وأشهد أن محمدا رسول الله"),
        (("bulugh", "3", "sahih"), "هذا قول عند البخاري ومسلم والترمذي في صحيحه وسننه"),
    ]
    build_hadith_index(tmp_path / "index", documents(collection))
    canon = HadithCanon(tmp_path / "index", name="sunnah")
    assert QuotationFinder(scripture, hadith=lambda: [canon]).find(text) == []


def test_a_genealogy_is_a_name_and_no_saying(scripture: InMemoryScripture, tmp_path: Path) -> None:
    build_hadith_index(tmp_path / "index", documents([(("bukhari", "1", "sahih"), "محمد بن عبد الله بن عبد المطلب بن هاشم بن عبد مناف")]))
    canon = HadithCanon(tmp_path / "index", name="sunnah")
    assert QuotationFinder(scripture, hadith=lambda: [canon]).find("ولد محمد بن عبد الله بن عبد المطلب بن هاشم في مكة") == []


def test_of_few_words_each_one_counts_for_a_credit_but_for_an_ending(scripture: InMemoryScripture, tmp_path: Path) -> None:
    filler = [(("bukhari", str(number), "sahih"), f"كلام رقم {number} في باب آخر") for number in range(2, 7_100)]
    first = (("bukhari", "1", "sahih"), "من حمل علينا السلاح فليس منا إنما الأعمال بالنية")
    others = [(("muslim", "1", "sahih"), "من غشنا فليس منا"), (("muslim", "2", "sahih"), "إنما الأعمال بالنيات")]
    build_hadith_index(tmp_path / "index", documents([first, *filler, *others]))
    canon = HadithCanon(tmp_path / "index", name="sunnah")
    finder = QuotationFinder(scripture, hadith=lambda: [canon])
    wrong = found(finder, "قال رسول الله ﷺ: «من غشنا فليس منا» (رواه البخاري)").claimed_reference
    right = found(finder, "قال رسول الله ﷺ: «الأعمال بالنيات» (رواه البخاري)").claimed_reference
    assert wrong is not None
    assert right is not None
    assert (wrong.correct, right.correct) == (False, True)


def test_words_that_a_long_hadith_holds_far_apart_are_not_in_its_collection(scripture: InMemoryScripture, tmp_path: Path) -> None:
    words = "خير الناس من يزور القبور ويسلم على أهلها"
    gap = "ثم رجع بعد ذلك إلى داره وكان فيها قوم ينتظرون ما يقول لهم يومئذ"
    apart = gap.join(("خير الناس", " من يزور ", " القبور ويسلم ", " على أهلها"))
    filler = [(("nawawi40", str(number), ""), f"كلام رقم {number} في باب آخر") for number in range(2, 5)]
    build_hadith_index(tmp_path / "index", documents([(("nawawi40", "1", ""), apart), *filler, (("muslim", "1", "sahih"), words)]))
    finder = QuotationFinder(scripture, hadith=lambda: [HadithCanon(tmp_path / "index", name="sunnah")])
    claim = found(finder, f"قال رسول الله ﷺ: «{words}» (الأربعون النووية)").claimed_reference
    assert claim is not None
    assert claim.correct is False


def test_a_word_that_lost_its_first_letter_but_not_its_vowel_is_altered(finder: QuotationFinder) -> None:
    assert finder.judge_hadith("أَنَا خَيْرُكُمْ لِأَهْلِي وَإِذَا مَاتَ صَاحِبُكُمْ").status == "partial"
    assert finder.judge_hadith("َأَنَا خَيْرُكُمْ لِأَهْلِي وَإِذَا مَاتَ صَاحِبُكُمْ").status == "altered"


def test_words_are_what_they_are_and_not_what_they_are_called(finder: QuotationFinder) -> None:
    assert found(finder, "قال رسول الله ﷺ: «إن الله مع الصابرين»").type == "quran"
    assert found(finder, "قال تعالى: «إنما الأعمال بالنيات»").type == "hadith"
    assert found(finder, "قال تعالى: ﴿إنما الأعمال بالنيات﴾").type == "quran"


def test_without_collections_nothing_is_said_of_hadith(scripture: InMemoryScripture) -> None:
    finder = QuotationFinder(scripture)
    assert finder.find("قال النبي ﷺ: «إنما الأعمال بالنيات» (رواه البخاري)") == []
    assert finder.collections == {}


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("قال النبي ﷺ: «إنما الأعمال بالنيات»", "cited", "«إنما الأعمال بالنيات» [صحيح البخاري 1 · صحيح]"),
        ("قال النبي ﷺ: «إنما الأعمال بالنيات وإنما لكل شخص ما نوى»", "replaced", "لِكُلِّ امْرِئٍ مَا نَوَى» [صحيح البخاري 1 · صحيح]"),
        ("قال النبي ﷺ: «كلام طويل من عندنا لم يقله أحد»", "flagged", "لم يوجد هذا اللفظ"),
        ("قال النبي ﷺ: «يوشك أن يضرب الناس أكباد الإبل»", "cited", "2680 · ضعيف]"),
        ("The Prophet said: «إنما الأعمال بالنيات»", "cited", "[Sahih al-Bukhari 1 · authentic (sahih)]"),
    ],
)
def test_what_a_model_writes_is_put_right_or_cited(finder: QuotationFinder, text: str, action: str, words: str) -> None:
    repaired = repair(text, finder.find(text))
    assert [quotation.action for quotation in repaired.quotations] == [action]
    assert words in repaired.text


@pytest.mark.parametrize(
    "text",
    [
        'عن عمر رضي الله عنه قال: "سمعت رسول الله ﷺ يقول: إنما الأعمال بالنيات" (رواه البخاري، باب الوحي).\n\nقال تعالى: ﴿قل هو الله أحد﴾.',
        'قال رسول الله ﷺ: ﴿من غشنا فليس منا﴾ وقال تعالى: (قل هو الله أحد (1) الله الصمد (2)) [الإخلاص: 1-2] ثم "قال: "كلام طويل". انتهى.',
        "- سورة الإخلاص، الآية 1: «قل هو الله أحد».\n\n- سورة الكوثر، الآية 1: «إنا أعطيناك الكوثر».",
    ],
)
@pytest.mark.parametrize("size", [1, 4, 7])
def test_a_stream_in_pieces_finds_what_the_whole_does(finder: QuotationFinder, text: str, size: int) -> None:
    guard = StreamingGuard(finder)
    passed = [piece for at in range(0, len(text), size) for piece in guard.push(text[at : at + size])]
    whole = repair(text, finder.find(text))
    assert "".join([*passed, *guard.finish()]) == whole.text
    assert guard.findings == [quotation.finding for quotation in whole.quotations]


def test_a_stream_is_repaired_to_the_same_text(finder: QuotationFinder) -> None:
    text = "أولا. قال النبي ﷺ: «إنما الأعمال بالنيات وإنما لكل شخص ما نوى» (رواه البخاري)، وقال: «من غشنا فليس منا».\n\n" + "ثم كلام. " * 20
    whole = repair(text, finder.find(text)).text
    for size in (1, 7, 40):
        guard = StreamingGuard(finder)
        passed = [piece for at in range(0, len(text), size) for piece in guard.push(text[at : at + size])]
        assert "".join([*passed, *guard.finish()]) == whole


def test_verified_quotations_stand_between_tags_with_where_to_read_them(scripture: InMemoryScripture, finder: QuotationFinder) -> None:
    text = "قال تعالى: ﴿إن الله مع الصابرين﴾ وقال النبي ﷺ: «من غشنا فليس منا» "
    text += "وقال: «إنما الأفعال بالنيات وإنما لكل امرئ ما نوى» (رواه البخاري)"
    marked = ScriptureVerifier(scripture, finder=finder).mark(text)
    verse = scripture.verse(2, 153).text
    assert f"<quran_start>{verse}<quran_end> [2:153](https://quran.com/2/153) وقال" in marked.text
    assert "«<hadith_start>من غشنا فليس منا<hadith_end> [muslim:101](https://sunnah.com/muslim:101)»" in marked.text
    assert "«إنما الأفعال بالنيات وإنما لكل امرئ ما نوى»" in marked.text
    assert [quote.status for quote in marked.report.quotes] == ["exact_undiacritised", "exact_undiacritised", "altered"]
    assert marked.report.versions["sunnah"] == "7 hadith"


def test_warnings_name_what_is_wrong_with_hadith(scripture: InMemoryScripture, finder: QuotationFinder) -> None:
    verifier = ScriptureVerifier(scripture, finder=finder)
    text = "قال النبي ﷺ: «إنما الأفعال بالنيات وإنما لكل امرئ ما نوى»، وقال: «يوشك أن يضرب الناس أكباد الإبل» (رواه الترمذي)"
    assert len(verifier.verify(text).warnings) == 2
    assert verifier.verify(text, checks=frozenset(("quran",))).quotes == ()


@pytest.mark.parametrize("unit", ["قال رسول الله ﷺ: (رواه ", "رواه: رواه ", "عن أبي بن قال: ", "(البخاري، كتاب، باب "])
def test_time_is_linear_in_texts_full_of_credits(finder: QuotationFinder, unit: str) -> None:
    small, large = (cpu_seconds(lambda size=size: finder.find(unit * (size // len(unit)))) for size in (2_000, 16_000))
    assert large < 24 * small


def test_an_index_that_is_not_there_or_of_another_version_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatchError):
        HadithCanon(tmp_path, name="sunnah")
    build_hadith_index(tmp_path / "index", documents())
    (tmp_path / "index" / "manifest.json").write_text('{"version": 0, "documents": 1}')
    with pytest.raises(IndexMismatchError):
        HadithCanon(tmp_path / "index", name="sunnah")


def test_a_collection_of_nothing_can_be_built_and_opened(tmp_path: Path, scripture: InMemoryScripture) -> None:
    assert build_hadith_index(tmp_path / "index", []) == 0
    empty = HadithCanon(tmp_path / "index", name="none")
    assert QuotationFinder(scripture, hadith=lambda: [empty]).judge_hadith("إنما الأعمال بالنيات").status == "not_found"
