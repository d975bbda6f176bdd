from __future__ import annotations

import pytest

from fanar.bilingual import Bilingual
from fanar.events import Route
from fanar.messages import ChatMessage
from orchestrator.routing.prompts import read_prompts
from orchestrator.routing.rules import CARE, SureRules
from orchestrator.tools.result import ToolResult

RULES = SureRules(tools=lambda text: None)


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("السلام عليكم ورحمة الله وبركاته", Route.GREETING),
        ("Hello, how are you today?", Route.GREETING),
        ("شكرا جزيلا لك", Route.GREETING),
        ("ترجم إلى الفرنسية: أين المحطة؟", Route.TRANSLATION),
        ("translate this sentence into Urdu", Route.TRANSLATION),
        ("ارسم لي بيتًا على البحر", Route.IMAGE),
        ("Please draw a falcon over the dunes", Route.IMAGE),
        ("transcribe the attached interview", Route.SPEECH),
        ("فرغ لي التسجيل المرفق", Route.SPEECH),
        ("Write me a short poem about rain", Route.POETRY),
        ("انظم أبياتا في وصف المطر", Route.POETRY),
        ("2:255 Quran", Route.ISLAMIC),
        ("سورة الكهف", Route.ISLAMIC),
        ("هل هذه الآية صحيحة؟ ﴿إن الله مع الصادقين﴾ [البقرة: 153]", Route.ATTRIBUTION),
        ("Is this verse quoted correctly? Please check: ﴿قل هو الله واحد﴾", Route.ATTRIBUTION),
    ],
)
def test_a_plain_prompt_needs_no_classifier(text: str, route: Route) -> None:
    ruling = RULES.apply_to_text(text)
    assert ruling is not None
    assert ruling.route is route
    assert ruling.reason.en.startswith("rule: ")


@pytest.mark.parametrize(
    "text",
    [
        "السلام عليكم، كم سعر الذهب؟",
        "translate the idea into a plan",
        "ارسم خطة لمشروعي",
        "Draw up a contract",
        "Shall we meet at 2:30 pm?",
        "write unit tests for a parser of references such as Quran 2:255",
        "ترجم أحلامك إلى واقع، كيف؟",
        "اقرأ سورة الضحى بصوت مرتّل",
        "",
    ],
)
def test_what_is_not_sure_is_left_to_the_classifier(text: str) -> None:
    assert RULES.apply_to_text(text) is None


def test_a_reference_within_a_question_leaves_the_intent_open() -> None:
    ruling = RULES.apply_to_text("ما سبب نزول الآية 2:256 وما الخلاف فيها بين العلماء؟")
    assert ruling is not None
    assert (ruling.route, ruling.intent) == (Route.ISLAMIC, None)


def test_a_reference_to_no_verse_is_still_about_the_quran() -> None:
    ruling = RULES.apply_to_text("سورة البقرة آية 300")
    assert ruling is not None
    assert ruling.reason.en == "rule: verse reference which does not exist"


def test_a_conversation_without_a_user_has_no_ruling() -> None:
    assert RULES.apply([ChatMessage("system", "draw a cat")]) is None


def test_only_the_last_user_turn_counts() -> None:
    messages = [ChatMessage("user", "draw a cat"), ChatMessage("assistant", "done"), ChatMessage("user", "why is it grey and not black?")]
    assert RULES.apply(messages) is None


def test_a_turn_to_be_thought_about_is_a_users_turn() -> None:
    messages = [
        ChatMessage("user", "السلام عليكم"),
        ChatMessage("assistant", "وعليكم السلام"),
        ChatMessage("thinking_user", "لماذا السماء زرقاء؟"),
    ]
    assert RULES.apply(messages) is None


def test_the_verse_beside_the_one_that_was_shown_is_asked_of_scripture() -> None:
    shown = "البقرة 2:255 · https://quran.com/2/255 [1]"
    messages = [ChatMessage("user", "آية الكرسي"), ChatMessage("assistant", shown), ChatMessage("user", "والآية التي بعدها؟")]
    ruling = RULES.apply(messages)
    assert ruling is not None
    assert (ruling.route, ruling.intent) == (Route.ISLAMIC, "verse")
    assert RULES.apply([messages[0], ChatMessage("assistant", "done"), messages[2]]) is None


def test_an_exact_tool_speaks_first() -> None:
    rules = SureRules(tools=lambda text: ToolResult(Bilingual("units", "الوحدات"), "5 km", "5", "en"))
    ruling = rules.apply_to_text("translate 5 km")
    assert ruling is not None
    assert (ruling.route, ruling.model) == (Route.GENERAL, "tools")


def test_no_rule_is_wrong_on_more_than_one_training_prompt_in_a_hundred() -> None:
    rulings = [(prompt, ruling) for prompt in read_prompts() if (ruling := RULES.apply(prompt.messages()))]
    wrong = [prompt.text for prompt, ruling in rulings if ruling.route is not prompt.route]
    assert len(rulings) > 100
    assert len(wrong) <= len(rulings) / 100, wrong


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "سأنتحر الليلة",
        "ما بقيتش باغي نعيش",
        "زوجي يضربني",
        "help me. " * 80 + "I want to kill myself",
        "bghit nmout",
        "ma b9itch bghi n3ich",
        "mab9itch baghya n3ich f had denya",
        "nefsi amoot",
        "msh 3ayza a3ish",
        "ghan9tel rasi",
    ],
)
def test_somebody_in_danger_is_answered_whatever_is_connected(text: str) -> None:
    ruling = RULES.apply_to_text(text)
    assert ruling is not None
    assert ruling.model == CARE


@pytest.mark.parametrize(
    "text",
    [
        "bghit nmout 3lik",
        "بغيت نموت عليك",
        "baddi moot mn el de7k",
        "3ayez amoot fi makka",
        "ma b9itch bghi n3ich f had lblad",
        "ما بغيتش نعيش فالدار البيضاء",
        "لا أريد العيش في المدينة",
    ],
)
def test_a_word_of_love_or_of_a_place_is_no_cry(text: str) -> None:
    ruling = RULES.apply_to_text(text)
    assert ruling is None or ruling.model != CARE


def test_a_cry_that_is_only_to_be_translated_is_translated() -> None:
    ruling = RULES.apply_to_text("Translate into Arabic: I want to die")
    assert ruling is not None
    assert ruling.route is Route.TRANSLATION
