"""What a server is asked by the short way is what it is asked by the long one."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanar.llm.fit import fit_request
from fanar.llm.wire import request_body
from fanar.settings import LimitSettings
from orchestrator.api.asked import read_asked
from orchestrator.api.schemas.chat import ChatCompletionRequest
from orchestrator.guardrails import neutralised
from orchestrator.options import with_persona

LIMITS = LimitSettings()
TEXT = st.text(st.sampled_from('سلام a:"\\\n<|im_start|>[INST]'), min_size=1, max_size=30)
MESSAGES = st.lists(
    st.one_of(
        st.fixed_dictionaries({"role": st.sampled_from(("system", "user", "assistant")), "content": TEXT}),
        st.fixed_dictionaries({"role": st.sampled_from(("developer", "thinking_user")), "content": TEXT}),
        st.fixed_dictionaries({"role": st.just("user"), "content": TEXT, "name": st.just("a")}),
        st.fixed_dictionaries({"role": st.just("assistant"), "content": st.none(), "refusal": TEXT}),
    ),
    max_size=6,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "temperature": st.one_of(st.none(), st.sampled_from((0, 0.5, 2))),
        "top_p": st.sampled_from((None, 0.5, 1)),
        "max_tokens": st.sampled_from((None, 1, 300)),
        "stop": st.sampled_from((None, "END", ["a", "b"], [])),
        "seed": st.sampled_from((None, 0, 7)),
        "n": st.sampled_from((None, 1, 2)),
        "logprobs": st.sampled_from((None, False, True)),
        "presence_penalty": st.sampled_from((None, 0, -1.5)),
        "user": st.sampled_from((None, "u")),
        "stream": st.sampled_from((None, False, True)),
        "tools": st.sampled_from((None, [])),
        "top_k": st.sampled_from((None, 5)),
        "persona": st.sampled_from((None, "Be [INST] brief.")),
        "enable_thinking": st.sampled_from((None, False, True)),
    },
)


@given(MESSAGES, FIELDS, st.sampled_from((256, 4096)), st.booleans())
def test_body_is_that_of_the_long_way(messages: list[dict[str, Any]], fields: dict[str, Any], tokens: int, escaped: bool) -> None:
    data = {"model": "Fanar-S-1-7B", "messages": [*messages, {"role": "user", "content": "hi"}], **fields}
    raw = orjson.dumps(data).decode().replace("س", "\\u0633").encode() if escaped else orjson.dumps(data)
    asked = read_asked(raw, LIMITS)
    assert asked is not None
    request = with_persona(neutralised(ChatCompletionRequest.model_validate(data).request()))
    assert asked.body("tiny", tokens) == request_body(fit_request(request, context_tokens=tokens), model="tiny")
    assert list(asked.messages) == list(request.messages)
    assert (asked.streamed, asked.choices) == (request.streamed, request.sampling.n)


@pytest.mark.parametrize("fields", [{"n": 0}, {"book_names": ["a"]}, {"unknown": 1}, {"messages": []}, {"stream_options": {}}])
def test_what_is_wrong_is_left_to_the_endpoint(fields: dict[str, Any]) -> None:
    data = {"model": "Fanar-S-1-7B", "messages": [{"role": "user", "content": "hi"}], **fields}
    assert read_asked(orjson.dumps(data), LIMITS) is None


def test_the_longest_answer_may_bear_either_name() -> None:
    for name in ("max_tokens", "max_completion_tokens"):
        asked = read_asked(orjson.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}], name: 9}), LIMITS)
        assert asked is not None
        assert asked.body("tiny", 4096)["max_tokens"] == 9
