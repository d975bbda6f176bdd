"""«والآية التي بعدها؟»: the verse before or behind the one that was shown, and nothing for who asks something else."""

from __future__ import annotations

import pytest

from fanar.messages import ChatMessage, ChatRequest
from rag.islamic.beside import BesideTalk, asks_for_verse_beside
from rag.islamic.exact import ExactReply
from tests.unit.rag.islamic.quran import scripture

KURSI = "﴾اللَّهُ لَا إِلَهَ إِلَّا هُوَ﴿\nالبقرة 2:255 · https://quran.com/2/255 [1]"


@pytest.fixture(scope="module")
def talk() -> BesideTalk:
    return BesideTalk(scripture=scripture())


def _request(*turns: str) -> ChatRequest:
    """Return a conversation, the user's turns and the answers in turn, the user's last."""
    roles = ["user" if (len(turns) - at) % 2 else "assistant" for at in range(len(turns))]
    messages = tuple(ChatMessage(role, text) for role, text in zip(roles, turns, strict=True))  # type: ignore[arg-type]
    return ChatRequest(model="Fanar", messages=messages)


async def _said(talk: BesideTalk, *turns: str) -> ExactReply:
    request = _request(*turns)
    reply = await talk.answer(request)
    assert reply is not None
    assert asks_for_verse_beside(request.messages)
    return reply


@pytest.mark.parametrize(
    ("turn", "verses"),
    [
        ("والآية التي بعدها؟", ["2:256"]),
        ("طيب والآية اللي بعدها", ["2:256"]),
        ("ما الآية التالية؟", ["2:256"]),
        ("والتي قبلها؟", ["2:254"]),
        ("الآية السابقة من فضلك", ["2:254"]),
        ("والآيتان بعدها", ["2:256-257"]),
        ("اعطني الآيات الثلاث التي بعدها", ["2:256-258"]),
        ("and the next verse?", ["2:256"]),
        ("what is the verse before it", ["2:254"]),
        ("the one after", ["2:256"]),
        ("show me the next 3 ayahs please", ["2:256-258"]),
    ],
)
async def test_the_verse_beside_the_one_shown_is_shown(talk: BesideTalk, turn: str, verses: list[str]) -> None:
    reply = await _said(talk, "آية الكرسي", KURSI, turn)
    assert [str(passage.reference) for passage in reply.passages] == verses
    assert "2:255" in reply.text.ar


@pytest.mark.parametrize(
    ("turn", "verses"),
    [
        ("ما الآية التي بعد آية الكرسي؟", ["2:256"]),
        ("the verse after 2:286", ["3:1"]),
        ("الآية التي قبل البقرة 255", ["2:254"]),
        ("what comes before 1:1?", []),
        ("ما الآية بعد سورة الناس آية 6", []),
    ],
)
async def test_the_verse_may_be_named_in_the_turn_itself(talk: BesideTalk, turn: str, verses: list[str]) -> None:
    reply = await _said(talk, turn)
    assert [str(passage.reference) for passage in reply.passages] == verses


async def test_steps_go_on_from_what_was_shown_last(talk: BesideTalk) -> None:
    reply = await _said(
        talk, "آية الكرسي", KURSI, "والآية التي بعدها؟", "بعد البقرة 2:255:\n… البقرة 2:256 · https://quran.com/2/256", "والتي بعدها؟"
    )
    assert [str(passage.reference) for passage in reply.passages] == ["2:257"]


@pytest.mark.parametrize(
    "turns",
    [
        ("والآية التي بعدها؟",),
        ("ما عاصمة قطر؟", "الدوحة", "والتي بعدها؟"),
        ("ما عاصمة قطر؟", "الدوحة", "next"),
        ("آية الكرسي", KURSI, "ما تفسير الآية التي بعدها؟"),
        ("آية الكرسي", KURSI, "ماذا نزل بعدها من السور"),
        ("آية الكرسي", KURSI, "الآية بعد 40"),
        ("آية الكرسي", KURSI, "what is the verse before verse 6"),
        ("آية الكرسي", KURSI, "وما حكم الصلاة بعدها؟"),
        ("صلاة العصر", KURSI, "كم ركعة قبلها"),
        ("آيات عن الصبر", "https://quran.com/2/153 https://quran.com/3/200", "والآية التي بعدها؟"),
        ("آية الكرسي", KURSI, "ما السورة التي بعد سورة البقرة"),
    ],
)
async def test_what_asks_for_something_else_is_left_to_others(talk: BesideTalk, turns: tuple[str, ...]) -> None:
    assert await talk.answer(_request(*turns)) is None
