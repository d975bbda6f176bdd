"""What the OpenAI SDK for Python sees."""

import os
import pathlib

from observing import observe
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

client = OpenAI(base_url=os.environ["BASE_URL"], api_key="none", max_retries=0)
PRIME, STAR, FANAR = "Fanar-C-2-27B", "Fanar-S-1-7B", "Fanar"
SOUND = pathlib.Path(os.environ["SOUND"])
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "Says what the weather is.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": False},
        "strict": True,
    },
}


class Place(BaseModel):
    """What the JSON scenarios want."""

    city: str
    country: str


def asked(words, model=PRIME):
    return {"model": model, "messages": [{"role": "user", "content": words}]}


def models_list():
    return [model.id for model in client.models.list()]


def image():
    drawn = client.images.generate(model="fanar-patterns", prompt="نقش جيريه عشاري", size="256x256", n=2, response_format="b64_json")
    return {"pictures": [item.b64_json[:12] for item in drawn.data], "prompts": [item.revised_prompt for item in drawn.data]}


def image_stream():
    events = client.images.generate(model="fanar-patterns", prompt="zellij", size="256x256", stream=True)
    return [event.type for event in events]


def image_of_a_model():
    drawn = client.images.generate(model="Fanar-Oryx-IG-2", prompt="قارب شراعي", size="256x256")
    return {"picture": drawn.data[0].b64_json[:12], "prompt": drawn.data[0].revised_prompt}


def transcribe():
    with SOUND.open("rb") as sound:
        return client.audio.transcriptions.create(model="Fanar-Aura-STT-1", file=sound, language="ar").text


def transcribe_with_words():
    with SOUND.open("rb") as sound:
        told = client.audio.transcriptions.create(
            model="Fanar-Aura-STT-1", file=sound, response_format="verbose_json", timestamp_granularities=["word", "segment"]
        )
    return {"language": told.language, "words": [[word.word.strip(), word.start, word.end] for word in told.words], "text": told.text}


def transcribe_streamed():
    with SOUND.open("rb") as sound:
        events = list(client.audio.transcriptions.create(model="Fanar-Aura-STT-1", file=sound, language="ar", stream=True))
    return {"kinds": [event.type for event in events], "text": events[-1].text}


def subtitles():
    with SOUND.open("rb") as sound:
        return client.audio.transcriptions.create(model="Fanar-Aura-STT-LF-1", file=sound, response_format="srt")


def speak():
    with client.audio.speech.with_streaming_response.create(
        model="Fanar-Aura-TTS-2", voice="Hamad", input="مرحبا", response_format="wav"
    ) as sound:
        return {"begins": b"".join(sound.iter_bytes())[:4].decode(), "kind": sound.headers["content-type"]}


def create():
    answer = client.chat.completions.create(**asked("What is the capital of Qatar?"))
    choice = answer.choices[0]
    return {"text": choice.message.content, "role": choice.message.role, "reason": choice.finish_reason, "usage": answer.usage.model_dump()}


def create_with_options():
    answer = client.chat.completions.create(
        **asked("What is the capital of Qatar, with options?"),
        seed=7,
        stop=["END", "STOP"],
        temperature=0.2,
        top_p=0.9,
        max_completion_tokens=50,
        presence_penalty=0.1,
        frequency_penalty=-0.1,
        n=2,
        extra_body={"top_k": 5},
    )
    return [choice.message.content for choice in answer.choices]


def create_cut_short():
    choice = client.chat.completions.create(**asked("What is the capital of Qatar?"), max_tokens=2).choices[0]
    return {"text": choice.message.content, "reason": choice.finish_reason}


def raw_response():
    raw = client.chat.completions.with_raw_response.create(**asked("What is the capital of Qatar?"))
    return {"header": raw.headers["x-id"], "body": raw.parse().id}


def stream():
    chunks = list(client.chat.completions.create(**asked("العاصمة؟", STAR), stream=True, stream_options={"include_usage": True}))
    said = [chunk.choices[0] for chunk in chunks if chunk.choices]
    return {
        "text": "".join(choice.delta.content or "" for choice in said),
        "role": said[0].delta.role,
        "reasons": [choice.finish_reason for choice in said if choice.finish_reason],
        "usages": [chunk.usage.total_tokens for chunk in chunks if chunk.usage],
    }


def stream_helper():
    with client.chat.completions.stream(**asked("What is the capital of Qatar?")) as events:
        kinds = [event.type for event in events]
        answer = events.get_final_completion().choices[0]
    return {"kinds": sorted(set(kinds)), "text": answer.message.content, "reason": answer.finish_reason}


def stream_helper_with_progress():
    with client.chat.completions.stream(**asked("اقرأ آية الكرسي", FANAR)) as events:
        chunks = [event.chunk for event in events if event.type == "chunk"]
        answer = events.get_final_completion().choices[0]
    references = [
        found for chunk in chunks for choice in chunk.choices for found in (choice.delta.model_extra or {}).get("references") or []
    ]
    progress = [chunk.model_extra["progress"]["message"] for chunk in chunks if "progress" in (chunk.model_extra or {})]
    return {"text": answer.message.content, "references": references, "progress": progress}


def stream_helper_with_server_tool():
    with client.chat.completions.stream(**asked("What is 17 * 23?", FANAR)) as events:
        chunks = [event.chunk for event in events if event.type == "chunk"]
        message = events.get_final_completion().choices[0].message
    told = [event for chunk in chunks for event in (chunk.model_extra or {}).get("tool_events") or []]
    return {"text": message.content, "calls": message.tool_calls, "tool_events": told}


def routed():
    answer = client.chat.completions.create(**asked("What is the capital of Qatar?", FANAR))
    return answer.to_dict()["metadata"]["routing"]


def tools():
    question = asked("What is the weather in Doha?")
    message = client.chat.completions.create(**question, tools=[WEATHER], tool_choice="auto").choices[0].message
    (call,) = message.tool_calls
    messages = [*question["messages"], message, {"role": "tool", "tool_call_id": call.id, "content": "41 degrees"}]
    after = client.chat.completions.create(model=PRIME, messages=messages, tools=[WEATHER]).choices[0].message
    return {"name": call.function.name, "arguments": call.function.arguments, "after": after.content}


def tools_streamed():
    with client.chat.completions.stream(**asked("What is the weather in Doha?"), tools=[WEATHER]) as events:
        finished = [event for event in events if event.type == "tool_calls.function.arguments.done"]
        answer = events.get_final_completion().choices[0]
    return {"calls": [(event.name, event.arguments) for event in finished], "reason": answer.finish_reason}


def parsed():
    answer = client.chat.completions.parse(**asked("Qatar as JSON"), response_format=Place)
    return answer.choices[0].message.parsed.model_dump()


def json_object():
    answer = client.chat.completions.create(**asked("Qatar as JSON object"), response_format={"type": "json_object"})
    return answer.choices[0].message.content


def logprobs():
    answer = client.chat.completions.create(**asked("What is the capital of Qatar?"), logprobs=True, top_logprobs=2)
    content = answer.choices[0].logprobs.content
    return {"text": "".join(entry.token for entry in content), "tops": [len(entry.top_logprobs) for entry in content]}


def thinking():
    answer = client.chat.completions.create(**asked("Now think aloud."), extra_body={"enable_thinking": True})
    return answer.choices[0].message.content


def unknown_model():
    return client.chat.completions.create(**asked("Hello", "gpt-4o")).id


def unknown_field():
    return client.chat.completions.create(**asked("Hello"), extra_body={"api_base": "http://evil.example"}).id


def wrong_value():
    return client.chat.completions.create(**asked("Hello"), temperature=9).id


def wrong_key():
    return client.with_options(api_key="fanar-wrong").chat.completions.create(**asked("Hello")).id


def too_long():
    return client.chat.completions.create(**asked("This is too much.")).id


def broken_off():
    return len(list(client.chat.completions.create(**asked("Tell it, then break off."), stream=True)))


def abort():
    events = client.chat.completions.create(**asked("Tell openai-python a long story."), stream=True)
    read = [next(events).id for _ in range(3)]
    events.close()
    return len(read)


def files():
    kept = client.files.create(file=("دليل.md", b"# Leave\nThirty days of leave a year."), purpose="user_data")
    read = client.files.wait_for_processing(kept.id, poll_interval=0.1)
    chunks = client.chat.completions.create(
        **asked("How many days of leave a year?"), extra_body={"files": [kept.id]}, stream=True, stream_options={"include_usage": True}
    )
    last = [chunk.choices[0].delta for chunk in chunks if chunk.choices][-1].to_dict()
    listed = [file.id for file in client.files.list(limit=1)]
    content = client.files.content(kept.id).text
    gone = client.files.delete(kept.id).deleted
    return {
        "kept": [kept.filename, kept.status, kept.bytes],
        "read": read.status,
        "sources": [reference["source"] for reference in last.get("references", [])],
        "listed": kept.id in listed,
        "content": content,
        "gone": gone,
    }


async def asynchronous():
    async with AsyncOpenAI(base_url=os.environ["BASE_URL"], api_key="none", max_retries=0) as other:
        events = await other.chat.completions.create(**asked("العاصمة؟"), stream=True)
        return "".join([chunk.choices[0].delta.content or "" async for chunk in events if chunk.choices])


observe(
    models_list,
    create,
    create_with_options,
    create_cut_short,
    raw_response,
    stream,
    stream_helper,
    stream_helper_with_progress,
    stream_helper_with_server_tool,
    routed,
    tools,
    tools_streamed,
    parsed,
    json_object,
    logprobs,
    thinking,
    unknown_model,
    unknown_field,
    wrong_value,
    wrong_key,
    too_long,
    broken_off,
    abort,
    files,
    image,
    image_stream,
    image_of_a_model,
    transcribe,
    transcribe_with_words,
    transcribe_streamed,
    subtitles,
    speak,
    asynchronous,
)
