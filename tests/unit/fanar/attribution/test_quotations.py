"""Quotations are found where a text presents them, or where a verse runs through it; everyday prose is left alone."""

from __future__ import annotations

import pytest

from fanar.attribution.quotations import QuotationFinder
from fanar.attribution.written import bare
from fanar.findings import QuoteFinding
from fanar.scripture.references import VerseReference
from tests.timing import cpu_seconds
from tests.unit.fanar.attribution.conftest import Verses


def _found(finder: QuotationFinder, text: str) -> list[tuple[str, str, str | None]]:
    return [(text[f.start : f.end], f.status, f.reference) for f in (q.finding for q in finder.find(text))]


def _one(finder: QuotationFinder, text: str) -> QuoteFinding:
    (quotation,) = finder.find(text)
    return quotation.finding


@pytest.mark.parametrize(
    "text",
    [
        "جاء فيه ﴿قل هو الله أحد﴾ وكفى",
        "قال تعالى: «قل هو الله أحد» وكفى",
        'قال الله عز وجل: "قل هو الله أحد" وكفى',
        "يقول ربنا سبحانه {قل هو الله أحد} وكفى",
        "قوله تعالى (قل هو الله أحد) وكفى",
        "هذه الآية “قل هو الله أحد” عظيمة",
        "<aya_start>قل هو الله أحد<aya_end>",
        "«قل هو الله أحد» (الإخلاص: 1)",
        "> **«قل هو الله أحد»**  \n> **سورة الإخلاص، الآية 1**",
        'Allah says: "قل هو الله أحد" in the Quran',
        "سورة الإخلاص آية 1: «قل هو الله أحد»",
        "**سورة الإخلاص، الآية 1:**\n\n«قل هو الله أحد»",
        '"قل هو الله أحد (الإخلاص: 1)"',
    ],
)
def test_quotations_are_found_by_marks_cues_and_references(finder: QuotationFinder, text: str) -> None:
    assert _found(finder, text) == [("قل هو الله أحد", "exact_undiacritised", "112:1")]


@pytest.mark.parametrize(
    "text",
    [
        "الحمد لله رب العالمين، والصلاة والسلام على رسول الله.",
        "بسم الله الرحمن الرحيم، أكتب إليكم هذه الرسالة إن شاء الله.",
        "إنا لله وإنا إليه راجعون، توفي جارنا أمس.",
        "ذهبت إلى السوق واشتريت الخبز والزيتون ثم رجعت إلى البيت قبل الغروب.",
        "قال النبي صلى الله عليه وسلم: «إنما الأعمال بالنيات» (رواه البخاري: 1)",
        'قال رسول الله ﷺ: "من غشنا فليس منا" (رواه مسلم)',
        "وفي الحديث القدسي قال الله تعالى: «يا عبادي إني حرمت الظلم على نفسي»",
        "قالت المعلمة: «اكتبوا الدرس غدا» ثم خرجت.",
        "القرآن (كلام الله) كتاب عظيم، وسورة (البقرة) أطول سوره.",
        "قال تعالى (انظر البقرة: 255) في ذلك.",
        'He said: "it\'s fine" and the verse "in English only" (2:255).',
        'لم يقرأ كتابا بعد القرآن غير "حديث عيسى بن هشام الطويل" في عمره.',
        'سألته إن كانت لديه أية موهبة فغنى أغنية: "قولوا لا" أمامنا.',
        "وعلى كل حال فإن الله على كل شيء قدير.",
        "هو الذي جعل لكم موعدا في الصباح مع المدير.",
        "",
        "﴿١٢﴾ ﴾ ﴿",
    ],
)
def test_everyday_prose_gives_no_findings(finder: QuotationFinder, text: str) -> None:
    assert _found(finder, text) == []


def test_a_verse_that_runs_through_the_text_is_found_without_marks(finder: QuotationFinder) -> None:
    text = "تذكرت أن لا تأخذه سنة ولا نوم له ما في السماوات وما في الأرض فسكنت"
    assert _found(finder, text) == [("لا تأخذه سنة ولا نوم له ما في السماوات وما في الأرض", "exact_undiacritised", "2:255")]


@pytest.mark.parametrize(
    ("text", "quoted", "found"),
    [
        ("هل هذه آية: وجعلنا من الماء كل شيء طيبا؟", "وجعلنا من الماء كل شيء طيبا", "طيبا"),
        ("هل هذه الآية صحيحة: إن الله مع الصابرين الشاكرين", "إن الله مع الصابرين الشاكرين", "الشاكرين"),
        ("الله الصمد لم يلد ولم يولد ولم يكن له شريك أحد", "الله الصمد لم يلد ولم يولد ولم يكن له شريك أحد", "شريك"),
    ],
)
def test_a_changed_word_at_the_end_of_an_unmarked_verse_is_seen(finder: QuotationFinder, text: str, quoted: str, found: str) -> None:
    finding = _one(finder, text)
    assert (text[finding.start : finding.end], finding.status) == (quoted, "altered")
    assert [difference.found for difference in finding.differences] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "قال تعالى: إن مع العسر يسرا",
        "قال تعالى: إن مع العسر يسرا سورة الشرح 6",
        "قال تعالى: إن مع العسر يسرا صدق الله العظيم",
        "قال تعالى: إن مع العسر يسرا، فاصبر",
        "قال تعالى: إن مع العسر يسرا؛ فلا تيأس يا أخي من رحمة ربك",
        "قال تعالى: إن مع العسر يسرا... فاصبر",
    ],
)
def test_an_announced_verse_without_marks_is_found_up_to_what_is_said_of_it(finder: QuotationFinder, text: str) -> None:
    finding = _one(finder, text)
    assert (text[finding.start : finding.end], finding.status) == ("إن مع العسر يسرا", "exact_undiacritised")


def test_an_announced_verse_ends_at_a_comma_only_where_it_does_not_go_on_behind_it(finder: QuotationFinder) -> None:
    assert _found(finder, "قال تعالى: وجعلنا من الماء كل شيء حي، فاشربوا منه") == [
        ("وجعلنا من الماء كل شيء حي", "exact_undiacritised", "21:30")
    ]
    assert _one(finder, "قال تعالى: الحمد لله رب العالمين، الرحمن الكريم").status == "altered"
    assert _one(finder, "قال تعالى: إن الله مع الصابرين، فاصبر (البقرة: 153)").claimed_reference is not None


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("قال تعالى: إن الله لا يغير ما بقوم ... ما بأنفسهم", "13:11"),
        ("قال تعالى: إن الله لا يغير … بقوم حتى يغيروا ما بأنفسهم", "13:11"),
        ("ثم قرأ إن الله لا يغير [...] بقوم حتى يغيروا ما بأنفسهم وسكت", "13:11"),
        ("قال تعالى: يا أيها الذين آمنوا كتب عليكم الصيام... لعلكم تتقون", "2:183"),
        ("قال تعالى: الحمد لله رب العالمين... مالك يوم الدين... اهدنا الصراط المستقيم", "1:2-6"),
        ("قال تعالى: مالك يوم الدين ... اهدنا الصراط المستقيم ... وهذا دعاء عظيم", "1:4-6"),
    ],
)
def test_an_unmarked_verse_may_leave_words_out_where_it_says_so(finder: QuotationFinder, text: str, reference: str) -> None:
    finding = _one(finder, text)
    assert (finding.status, finding.reference) == ("exact_undiacritised", reference)


def test_announced_parts_of_several_surahs_are_each_judged(finder: QuotationFinder) -> None:
    assert [found[1:] for found in _found(finder, "قال تعالى: إن مع العسر يسرا... والعصر إن الإنسان لفي خسر")] == [
        ("exact_undiacritised", "94:6"),
        ("exact_undiacritised", "103:1-2"),
    ]
    finding = _one(finder, "قال تعالى: قل هو الله أحد... الله الصمد... لم يلد ولم يولد... ولم يكن له شريك أحد")
    assert [difference.found for difference in finding.differences] == ["شريك"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("هل هذه آية: إن الله مع الصابرين، الشاكرين", None),
        ("هل هذه آية: إن الله مع الصابرين، والشاكرين والحامدين والعابدين؟", "والشاكرين والحامدين والعابدين"),
        ("هل هذه آية: يا أيها الذين آمنوا اتقوا الله حق تقاته، وأطيعوا أمراءكم وكبراءكم وشيوخكم", "وأطيعوا أمراءكم وكبراءكم وشيوخكم"),
    ],
)
def test_who_asks_whether_it_is_a_verse_is_told_of_all_of_it(finder: QuotationFinder, text: str, rest: str | None) -> None:
    found = _found(finder, text)
    assert found[-1][1] == ("not_found" if rest else "altered")
    assert not rest or (found[-1][0], found[0][1]) == (rest, "exact_undiacritised")


@pytest.mark.parametrize(
    "text",
    [
        "هل هذه آية: إن الله مع الصابرين، وفي أي سورة هي؟",
        "هل هذه آية: إن الله مع الصابرين أم لا؟",
        "هل هذه آية: إن الله مع الصابرين، وش معناها؟",
        "هل هذه آية: إن الله مع الصابرين، وين مكانها؟",
        "هل هذه آية: إن الله مع الصابرين، أم حديث",
    ],
)
def test_another_question_behind_a_verse_is_none_of_it(finder: QuotationFinder, text: str) -> None:
    assert _found(finder, text) == [("إن الله مع الصابرين", "exact_undiacritised", "2:153")]


def test_what_is_announced_and_is_no_verse_is_no_quotation(finder: QuotationFinder) -> None:
    assert _found(finder, "قال الله تعالى في كتابه: الصبر مفتاح الفرج والعسر يسر") == []
    assert _found(finder, "قال تعالى: وما خلقت الجن والإنس إلا ليعبدون، فالعبادة غاية الخلق") == [
        ("وما خلقت الجن والإنس إلا ليعبدون", "exact_undiacritised", "51:56")
    ]


def test_a_changed_word_within_an_unmarked_verse_is_seen(finder: QuotationFinder) -> None:
    text = "واعلم أن الله لا إله إلا هو الحي القيوم لا تأخذه غفلة ولا نوم له ما في السماوات يا صاحبي"
    (finding,) = [q.finding for q in finder.find(text)]
    assert finding.status == "altered"
    assert [(d.found, bare(d.expected)) for d in finding.differences] == [("غفلة", "سنة")]


def test_words_presented_as_the_quran_that_stand_nowhere_are_named(finder: QuotationFinder) -> None:
    assert _found(finder, "قال تعالى: ﴿إن الكسل مفتاح الفقر فاجتنبوه﴾") == [("إن الكسل مفتاح الفقر فاجتنبوه", "not_found", None)]


def test_verse_numbers_within_a_quotation_are_no_words(finder: QuotationFinder) -> None:
    for text in ("﴿قل هو الله أحد (1) الله الصمد (2)﴾", "﴿قل هو الله أحد ۝١ الله الصمد ۝٢﴾", "﴿قل هو الله أحد * الله الصمد﴾"):
        assert _one(finder, text).reference == "112:1-2"


def test_an_elision_that_is_marked_is_no_omission(finder: QuotationFinder) -> None:
    assert _one(finder, "﴿الحمد لله … مالك يوم الدين﴾").status == "exact_undiacritised"
    assert _one(finder, "﴿الله لا إله إلا هو ... وهو العلي العظيم﴾").reference == "2:255"


def test_parts_from_different_places_are_findings_of_their_own(finder: QuotationFinder) -> None:
    text = "﴿قل هو الله أحد … والعصر إن الإنسان لفي خسر﴾"
    assert [reference for _, _, reference in _found(finder, text)] == ["112:1", "103:1-2"]
    assert [status for _, status, _ in _found(finder, "﴿كلام أول باطل … كلام ثان باطل﴾")] == ["not_found"]


def test_a_wrong_part_makes_the_whole_wrong(finder: QuotationFinder, uthmani: Verses) -> None:
    finding = _one(finder, "﴿الحمد لله رب العالمين … مالك يوم الحساب﴾")
    assert finding.status == "altered"
    assert finding.correction == f"{uthmani[1, 2]} … {uthmani[1, 4]}"


def test_the_basmala_may_open_a_quotation(finder: QuotationFinder) -> None:
    finding = _one(finder, "﴿بسم الله الرحمن الرحيم قل هو الله أحد﴾")
    assert (finding.status, finding.reference) == ("exact_undiacritised", "112:1")
    assert _one(finder, "﴿بسم الله الرحمن الرحيم﴾").reference == "1:1"
    assert _one(finder, "﴿بسم الله الرحمن الرحيم كلام باطل كثير جدا لا أصل له﴾").status != "exact"


@pytest.mark.parametrize(
    ("text", "reference", "correct"),
    [
        ("﴿إن الله مع الصابرين﴾ [الأنفال: 46]", "8:46", True),
        ("﴿إن الله مع الصابرين﴾ [البقرة: 153]", "2:153", True),
        ("﴿إن الله مع الصابرين﴾ [البقرة: 154]", "2:154", False),
        ("﴿إن الله مع الصابرين﴾ [البقرة: 300]", None, False),
        ("في سورة البقرة قال تعالى ﴿إن الله مع الصابرين﴾", "2:1-286", True),
        ("﴿إن الله مع الصابرين﴾ من سورة يوسف", "12:1-111", False),
    ],
)
def test_the_claimed_reference_is_right_if_the_words_stand_there(
    finder: QuotationFinder, text: str, reference: str | None, correct: bool
) -> None:
    claim = _one(finder, text).claimed_reference
    assert claim is not None
    assert (claim.reference, claim.correct) == (reference, correct)
    assert text[claim.start : claim.end] == claim.text


def test_each_quotation_has_its_own_reference(finder: QuotationFinder) -> None:
    text = "﴿قل هو الله أحد﴾ (112:1) و﴿إن الإنسان لفي خسر﴾ (103:2)"
    claims = [q.finding.claimed_reference for q in finder.find(text)]
    assert [claim and (claim.reference, claim.correct) for claim in claims] == [("112:1", True), ("103:2", True)]


def test_a_text_that_is_one_quotation_can_be_judged(finder: QuotationFinder) -> None:
    assert finder.judge("قل هو الله أحد").status == "exact_undiacritised"
    assert finder.judge("إن الله مع الصابرين", claimed=VerseReference(8, 46, 46)).reference == "8:46"
    assert finder.judge("…").status == "not_found"


@pytest.mark.parametrize("mark", ["﴿", "<aya>"])
def test_a_quotation_left_open_is_judged_as_it_stands(finder: QuotationFinder, mark: str) -> None:
    assert _found(finder, f"قال تعالى {mark}قل هو الله أحد\n\nثم كلام آخر")[0][1] == "exact_undiacritised"
    assert len(finder.find(f"قال تعالى {mark}قل هو الله أحد " + "كلام كثير " * 400)) == 1


@pytest.mark.parametrize(
    "unit",
    [
        "﴿",
        "«",
        '"',
        "(",
        "قال تعالى ",
        "قال تعالى: «",
        "﴿الحمد لله ",
        "يا أيها الذين آمنوا ",
        "والله ",
        "و ",
        "ل",
        "(البقرة: 2) ",
        '"ا',
        "((ا(1)",
        'قال: "عن أنس: ',
    ],
)
def test_time_is_linear_in_hostile_text(finder: QuotationFinder, unit: str) -> None:
    small, large = (cpu_seconds(lambda size=size: finder.find(unit * (size // len(unit)))) for size in (2_000, 16_000))
    assert large < 32 * small + 0.2


@pytest.mark.parametrize(
    ("text", "claimed", "right"),
    [
        ("{قل هو الله أحد} الإخلاص: 1.", "112:1", True),
        ("{قل هو الله أحد} التوبة: 128.", "9:128", False),
        ("﴿قل هو الله أحد﴾\n> **المصدر**: **سورة الإخلاص، الآية 1**", "112:1", True),
        ("«قل هو الله أحد» (الآية: 1 من سورة الإخلاص)", "112:1", True),
        ("«قل هو الله أحد» [سورة الإخلاص: جزء من الآية 1]", "112:1", True),
        ("«كتاب أنزلناه إليك مبارك ليدبروا آياته» [ص: 29]", "38:29", True),
        ("(سورة الإخلاص: الآية 1) «قل هو الله أحد»", "112:1", True),
        ("قال تعالى في سورة الإخلاص (الآيات: 1، 2): «قل هو الله أحد الله الصمد»", "112:1-2", True),
        ("قال تعالى: (قل هو الله أحد (1) الله الصمد (2)) [الإخلاص: 1-2]", "112:1-2", True),
        ('عن النبي صلى الله عليه وسلم أمور، منها:\n\n* **التوحيد:** "قل هو الله أحد" (الإخلاص: 1)', "112:1", True),
        ('قال تعالى في سورة الإخلاص، آية 1: "قل هو الله أحد"\n* حديث شريف: كلام آخر', "112:1", True),
    ],
)
def test_the_reference_of_a_quotation_is_found_wherever_it_stands(finder: QuotationFinder, text: str, claimed: str, right: bool) -> None:
    finding = _one(finder, text)
    assert finding.type == "quran"
    assert finding.claimed_reference is not None
    assert (finding.claimed_reference.reference, finding.claimed_reference.correct) == (claimed, right)


def test_a_reference_that_opens_the_next_item_is_not_that_of_the_last(finder: QuotationFinder) -> None:
    text = '- سورة الإخلاص، الآية 1: "قل هو الله أحد".\n\n- سورة الكوثر، الآية 1: "إنا أعطيناك الكوثر".'
    first, second = (quotation.finding.claimed_reference for quotation in finder.find(text))
    assert first is not None
    assert second is not None
    assert (first.reference, second.reference) == ("112:1", "108:1")


@pytest.mark.parametrize(
    ("reference", "right"),
    [("القارعة: 4", True), ("القارعة: 5", False), ("البقرة: 282", False), ("البقرة: 164", False)],
)
def test_altered_words_are_of_the_verse_that_has_the_rare_ones_among_them(finder: QuotationFinder, reference: str, right: bool) -> None:
    text = f"قال تعالى: ﴿وترى العباد من كل أرض كالفراش المبثوث إذ يأتون إلى الله من بعد أن كانوا في شك﴾ [{reference}]"
    claim = _one(finder, text).claimed_reference
    assert claim is not None
    assert claim.correct is right


def test_a_reference_is_right_for_the_verse_that_altered_words_resemble(finder: QuotationFinder) -> None:
    claim = _one(finder, 'قوله تعالى: "وأما المؤمنون فزادتهم إيمانا وتسليما" (التوبة: 124)').claimed_reference
    assert claim is not None
    assert claim.correct


@pytest.mark.parametrize("marks", ["«»", "“”", "《》", "‹›", "‘’", "{}", "()", "﴿﴾", '""'])
def test_words_made_up_are_caught_between_marks_of_every_kind(finder: QuotationFinder, marks: str) -> None:
    text = f"قال الله تعالى: {marks[0]}إن الكسل مفتاح الفقر فاجتنبوه{marks[1]} وكفى"
    finding = _one(finder, text)
    assert (text[finding.start : finding.end], finding.status) == ("إن الكسل مفتاح الفقر فاجتنبوه", "not_found")


def test_made_up_words_right_behind_a_reference_are_no_verse(finder: QuotationFinder) -> None:
    assert _one(finder, '(سورة النساء: الآية 24) "وللوالدين على الولد حقا مكتوبا".').status == "not_found"


def test_a_straight_mark_that_closes_an_inner_quotation_opens_none(finder: QuotationFinder) -> None:
    text = '"حكى أنه دعا وقال: "رب اغفر لي ذنبي وتقصيري كله". ثم مضى."\n*   قوله تعالى: "قل هو الله أحد" (الإخلاص: 1)'
    assert ("قل هو الله أحد", "exact_undiacritised", "112:1") in _found(finder, text)


@pytest.mark.parametrize(
    ("text", "reference"),
    [("قل هو الله أحد", "112:1"), ("«قل هو الله أحد»", "112:1"), ("الله الصمد.", "112:2"), ("إنا أعطيناك الكوثر", "108:1")],
)
def test_a_text_that_is_one_whole_verse_is_one_however_short(finder: QuotationFinder, text: str, reference: str) -> None:
    (quotation,) = finder.verse_alone(text)
    assert (quotation.finding.faithful, quotation.finding.reference) == (True, reference)


@pytest.mark.parametrize("text", ["إن شاء الله", "السلام عليكم", "يس", "الحمد لله رب العالمين، وصلنا", "قل هو الله واحد", ""])
def test_a_turn_of_phrase_alone_is_no_verse(finder: QuotationFinder, text: str) -> None:
    assert finder.verse_alone(text) == []
