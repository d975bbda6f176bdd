"""What LangChain's chat model for OpenAI-compatible servers sees."""

import os

from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from observing import observe
from pydantic import BaseModel, Field

PRIME, STAR, FANAR = "Fanar-C-2-27B", "Fanar-S-1-7B", "Fanar"


def model(name=PRIME, **more):
    return ChatOpenAI(model=name, base_url=os.environ["BASE_URL"], api_key="none", max_retries=0, **more)


@tool
def weather(city: str) -> str:
    """Say what the weather is."""
    return f"41 degrees in {city}"


class Place(BaseModel):
    """A place."""

    city: str = Field(description="The city.")
    country: str = Field(description="The country.")


def invoke():
    answer = model().invoke("What is the capital of Qatar?")
    return {"text": answer.text, "usage": dict(answer.usage_metadata), "reason": answer.response_metadata["finish_reason"]}


def stream():
    chunks = list(model(STAR, stream_usage=True).stream("العاصمة؟"))
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    return {"pieces": len(chunks), "text": whole.text, "tokens": whole.usage_metadata["total_tokens"]}


def stream_with_progress():
    return "".join(chunk.text for chunk in model(FANAR).stream("اقرأ آية الكرسي"))


def server_tools():
    whole = model(FANAR).invoke("What is 17 * 23?")
    streamed = list(model(FANAR).stream("What is 17 * 23?"))
    calls = [call for chunk in streamed for call in chunk.tool_call_chunks]
    return {"text": whole.text, "calls": whole.tool_calls, "streamed": "".join(chunk.text for chunk in streamed), "streamed_calls": calls}


def tools():
    bound = model().bind_tools([weather])
    question = HumanMessage("What is the weather in Doha?")
    asked = bound.invoke([question])
    (call,) = asked.tool_calls
    after = bound.invoke([question, asked, ToolMessage(weather.invoke(call["args"]), tool_call_id=call["id"])])
    return {"name": call["name"], "arguments": call["args"], "after": after.text}


def tools_streamed():
    chunks = list(model().bind_tools([weather]).stream("What is the weather in Doha?"))
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    return [{"name": call["name"], "arguments": call["args"]} for call in whole.tool_calls]


def structured():
    return model().with_structured_output(Place, method="json_schema").invoke("Qatar as JSON").model_dump()


def logprobs():
    answer = model(logprobs=True, top_logprobs=2).invoke("What is the capital of Qatar?")
    return "".join(entry["token"] for entry in answer.response_metadata["logprobs"]["content"])


async def asynchronous():
    return "".join([chunk.text async for chunk in model().astream("العاصمة؟")])


def abort():
    events = model().stream("Tell langchain-openai a long story.")
    read = [next(events).text for _ in range(3)]
    events.close()
    return len(read)


def unknown_model():
    return model("gpt-4o").invoke("Hello").text


def wrong_value():
    return model(temperature=9).invoke("Hello").text


observe(
    invoke,
    stream,
    stream_with_progress,
    server_tools,
    tools,
    tools_streamed,
    structured,
    logprobs,
    asynchronous,
    abort,
    unknown_model,
    wrong_value,
)
