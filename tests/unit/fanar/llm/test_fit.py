"""Trimming a conversation to a model's context."""

from hypothesis import given
from hypothesis import strategies as st

from fanar.llm.fit import estimate_tokens, fit_messages, fit_request, message_tokens
from fanar.messages import ChatMessage, ChatRequest, ImagePart, Sampling, TextPart, ToolCall

SYSTEM = ChatMessage("system", "Be kind.")
CALL = ToolCall("c1", "weather", "{}")
TURNS = (
    ChatMessage("user", "one " * 30),
    ChatMessage("assistant", "", tool_calls=(CALL,)),
    ChatMessage("tool", "sunny", tool_call_id="c1"),
    ChatMessage("assistant", "It is sunny."),
    ChatMessage("user", "two " * 30),
    ChatMessage("assistant", "Yes."),
)
LAST = ChatMessage("user", "three")


def test_arabic_weighs_more_than_english_of_the_same_length() -> None:
    assert estimate_tokens("كتاب جديد") > estimate_tokens("book anew")


def test_digits_weigh_a_token_each() -> None:
    assert estimate_tokens("1234567890") == 10


def test_half_a_surrogate_is_counted_and_not_refused() -> None:
    assert estimate_tokens("\ud800") == 1


def test_a_conversation_that_fits_is_left_alone() -> None:
    request = ChatRequest((SYSTEM, *TURNS, LAST))
    assert fit_request(request, context_tokens=100_000) is request


def test_the_oldest_turn_goes_first_and_whole() -> None:
    messages = (SYSTEM, *TURNS, LAST)
    tokens = sum(map(message_tokens, messages)) - 1
    assert fit_messages(messages, tokens=tokens) == (SYSTEM, *TURNS[4:], LAST)


def test_the_system_and_the_last_question_stay_even_when_nothing_fits() -> None:
    assert fit_messages((SYSTEM, *TURNS, LAST), tokens=1) == (SYSTEM, LAST)


def test_what_follows_the_last_question_stays_with_it() -> None:
    tail = (LAST, ChatMessage("assistant", "", tool_calls=(CALL,)), ChatMessage("tool", "sunny", tool_call_id="c1"))
    assert fit_messages((SYSTEM, *TURNS, *tail), tokens=1) == (SYSTEM, *tail)


def test_a_greeting_of_the_assistant_before_the_first_question_is_old_too() -> None:
    assert fit_messages((ChatMessage("assistant", "Welcome!"), LAST), tokens=1) == (LAST,)


def test_room_is_left_for_the_answer() -> None:
    request = ChatRequest((*TURNS, LAST), sampling=Sampling(max_tokens=100))
    tokens = sum(map(message_tokens, request.messages))
    assert len(fit_request(request, context_tokens=tokens + 100).messages) == len(request.messages)
    assert len(fit_request(request, context_tokens=tokens + 99).messages) < len(request.messages)


def test_tools_take_room_too() -> None:
    request = ChatRequest((*TURNS, LAST), sampling=Sampling(max_tokens=100))
    tokens = sum(map(message_tokens, request.messages)) + 100
    with_tools = ChatRequest(request.messages, sampling=request.sampling, tools=({"type": "function"},))
    assert len(fit_request(with_tools, context_tokens=tokens).messages) < len(request.messages)


def test_an_image_weighs_more_than_its_url() -> None:
    picture = ChatMessage("user", (TextPart("What?"), ImagePart("https://example.org/x.png")))
    assert message_tokens(picture) > 1000


@given(
    st.lists(st.tuples(st.sampled_from(["system", "user", "assistant", "tool"]), st.text(max_size=30)), max_size=12),
    st.integers(-10, 300),
)
def test_what_is_kept_is_in_order_and_the_last_question_always_is(rows: list[tuple], tokens: int) -> None:
    messages = [ChatMessage(role, text, tool_call_id=str(i)) for i, (role, text) in enumerate(rows)]
    kept = fit_messages(messages, tokens=tokens)
    places = [messages.index(message) for message in kept]
    assert places == sorted(places)
    assert [m for m in kept if m.role == "system"] == [m for m in messages if m.role == "system"]
    questions = [m for m in messages if m.role == "user"]
    assert not questions or questions[-1] in kept
