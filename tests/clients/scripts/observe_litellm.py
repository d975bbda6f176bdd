"""What LiteLLM sees as a client."""

import asyncio
import os

import litellm
from observing import observe

PRIME, STAR, FANAR = "openai/Fanar-C-2-27B", "openai/Fanar-S-1-7B", "openai/Fanar"
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Says what the weather is.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}

litellm.telemetry = False


def options(words, model=PRIME, **more):
    messages = [{"role": "user", "content": words}]
    return {"model": model, "messages": messages, "api_base": os.environ["BASE_URL"], "api_key": "none", "num_retries": 0, **more}


def completion():
    answer = litellm.completion(**options("What is the capital of Qatar?"))
    choice = answer.choices[0]
    return {"text": choice.message.content, "reason": choice.finish_reason, "tokens": answer.usage.total_tokens}


def stream():
    chunks = list(litellm.completion(**options("العاصمة؟", STAR, stream=True, stream_options={"include_usage": True})))
    built = litellm.stream_chunk_builder(chunks)
    return {
        "text": "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices),
        "built": built.choices[0].message.content,
    }


def stream_with_progress():
    chunks = litellm.completion(**options("اقرأ آية الكرسي", FANAR, stream=True))
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def server_tools():
    whole = litellm.completion(**options("What is 17 * 23?", FANAR)).choices[0].message
    chunks = list(litellm.completion(**options("What is 17 * 23?", FANAR, stream=True)))
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    calls = [*(whole.tool_calls or []), *(call for delta in deltas for call in delta.tool_calls or [])]
    return {"text": whole.content, "streamed": "".join(delta.content or "" for delta in deltas), "calls": len(calls)}


def tools():
    question = options("What is the weather in Doha?", tools=[WEATHER])
    message = litellm.completion(**question).choices[0].message
    (call,) = message.tool_calls
    answered = [*question["messages"], message.model_dump(), {"role": "tool", "tool_call_id": call.id, "content": "41 degrees"}]
    after = litellm.completion(**{**question, "messages": answered}).choices[0].message
    return {"name": call.function.name, "arguments": call.function.arguments, "after": after.content}


def json_object():
    return litellm.completion(**options("Qatar as JSON", response_format={"type": "json_object"})).choices[0].message.content


async def asynchronous():
    chunks = await litellm.acompletion(**options("العاصمة؟", stream=True))
    return "".join([chunk.choices[0].delta.content or "" async for chunk in chunks if chunk.choices])


async def abort():
    async def reading():
        seen = 0
        async for _ in await litellm.acompletion(**options("Tell litellm a long story.", stream=True)):
            seen += 1
            if seen == 3:
                started.set()

    started = asyncio.Event()
    task = asyncio.create_task(reading())
    await started.wait()
    task.cancel()
    await asyncio.wait([task])
    return task.cancelled()


def unknown_model():
    return litellm.completion(**options("Hello", "openai/gpt-4o")).id


def wrong_value():
    return litellm.completion(**options("Hello", temperature=9)).id


def wrong_key():
    return litellm.completion(**options("Hello", api_key="fanar-wrong")).id


observe(
    completion, stream, stream_with_progress, server_tools, tools, json_object, asynchronous, abort, unknown_model, wrong_value, wrong_key
)
