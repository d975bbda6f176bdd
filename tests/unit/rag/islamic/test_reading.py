"""Questions taken apart into what they ask about."""

from __future__ import annotations

from rag.islamic.lexicon import Lexicon
from rag.islamic.reading import BY_INFLECTION, BY_SYNONYM, QuestionReader
from rag.islamic.wordforms import verb_forms
from tests.unit.rag.islamic.quran import reader


def _reader(*lines: str, known: tuple[str, ...] = ()) -> QuestionReader:
    return QuestionReader(lexicon=Lexicon(lines), knows=frozenset(known).__contains__, forms=verb_forms)


def test_words_that_only_frame_a_question_are_left_out() -> None:
    concepts = _reader("حكم؛ القرآن\t-", known=("صبر",)).concepts("ما حكم صبر في القرآن؟")
    assert [concept.words for concept in concepts] == [("صبر",)]


def test_a_dialect_word_is_asked_about_under_its_classical_names() -> None:
    concepts = _reader("فلوس\tمال").concepts("وين فلوس")
    assert concepts[0].others == ((("مال",), BY_SYNONYM),)


def test_an_unknown_inflection_is_read_as_the_word_that_is_known() -> None:
    concepts = _reader(known=("يكتب",)).concepts("كيكتبو")
    assert concepts[0].others[0][1] == BY_INFLECTION


def test_a_known_word_with_a_pronoun_is_also_its_noun() -> None:
    concepts = _reader(known=("اموالهم", "اموال")).concepts("أموالهم")
    assert concepts[0].others == ((("اموال",), BY_INFLECTION),)


def test_a_known_word_whose_noun_is_not_known_stays_alone() -> None:
    assert _reader(known=("اموالهم",)).concepts("أموالهم")[0].others == ()


def test_a_known_verb_is_also_what_remains_without_its_person() -> None:
    assert _reader(known=("نقضت", "نقض")).concepts("نقضت")[0].others == ((("نقض",), BY_INFLECTION),)
    assert _reader(known=("نقضت",)).concepts("نقضت")[0].others == ()


def test_a_phrase_that_scripture_says_nothing_of_is_one_concept_that_says_so() -> None:
    (concept,) = _reader("صلاة الكسوف\t!", known=("صلاه", "الكسوف")).concepts("صلاة الكسوف")
    assert concept.absent
    assert concept.others == ()


def test_an_unknown_word_stays_what_it_is() -> None:
    concepts = _reader().concepts("البيتكوين")
    assert concepts[0].words == ("البيتكوين",)
    assert concepts[0].others == ()


def test_a_phrase_is_one_concept_and_each_concept_is_there_once() -> None:
    concepts = _reader("يوم الدين\tقيامة", known=("يوم", "الدين")).concepts("يوم الدين، يوم الدين")
    assert [concept.words for concept in concepts] == [("يوم", "الدين")]


def test_an_inflected_function_word_says_nothing() -> None:
    assert _reader().concepts("وماذا") == ()


def test_terms_carry_single_words_and_leave_phrases_whole() -> None:
    terms = _reader("طلقها\tطلاق؛ حل عقدة النكاح").terms("طلقها")
    assert [(term.word, term.alternatives) for term in terms] == [("طلقها", ("طلاق",))]


def test_a_phrase_with_a_single_word_for_it_is_looked_for_under_that_word() -> None:
    terms = _reader("فوائد البنك\tربا؛ قرض").terms("فوائد البنك")
    assert [(term.word, term.alternatives) for term in terms] == [("ربا", ("قرض",))]


def test_a_phrase_without_one_is_looked_for_word_by_word() -> None:
    terms = _reader("فوائد البنك\tأكل أموال الناس").terms("فوائد البنك")
    assert [term.word for term in terms] == ["فوايد", "البنك"]


def test_a_question_of_many_words_is_bounded() -> None:
    text = " ".join(f"word{number}x" for number in range(500))
    assert len(reader().concepts(text)) == 64


def test_the_shipped_lexicon_reads_the_dialects() -> None:
    for question, word in (
        ("وش سالفة الفلوس", "مال"),
        ("شو بيصير بالخمرة", "خمر"),
        ("واش الحلوف حرام", "خنزير"),
        ("فوايد البنك حرام؟", "ربا"),
    ):
        names = {phrase for concept in reader().concepts(question) for phrase, _ in concept.phrases}
        assert (word,) in names
