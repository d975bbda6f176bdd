"""What an MCP client sees of `fanar-mcp`, the third-party server made for the hosted API."""

import json
import os
import pathlib
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from observing import observe

FOLDER = pathlib.Path(os.environ["OUTPUT"])
COMMAND = str(pathlib.Path(sys.executable).parent / "fanar-mcp")
CALLS = {
    "models": ("fanar_list_models", {}),
    "chat": ("fanar_chat", {"prompt": "What is the capital of Qatar?"}),
    "chat_with_system": (
        "fanar_chat",
        {"prompt": "العاصمة؟", "model": "Fanar", "system": "Be brief.", "max_tokens": 20, "temperature": 0.1},
    ),
    "chat_thinking": ("fanar_chat", {"prompt": "Now think aloud.", "thinking": True}),
    "chat_unknown_model": ("fanar_chat", {"prompt": "Hello", "model": "Fanar-X"}),
    "islamic_qa": ("fanar_islamic_qa", {"question": "اقرأ آية الكرسي"}),
    "islamic_qa_options": ("fanar_islamic_qa", {"question": "اقرأ آية الكرسي", "madhab": "hanafi", "restrict_to_islamic": True}),
    "validate": ("fanar_validate_quotations", {"text": "قال تعالى: ﴿إن الله مع الصابرين﴾"}),
    "research": ("fanar_deep_research", {"topic": "الصبر"}),
    "research_result": ("fanar_deep_research_result", {"job_id": "job-1"}),
    "translate": ("fanar_translate", {"text": "السلام عليكم", "langpair": "ar-en"}),
    "speech": ("fanar_text_to_speech", {"text": "مرحبا"}),
    "transcribe": ("fanar_transcribe", {"audio_path": os.environ["SOUND"]}),
    "image": ("fanar_generate_image", {"prompt": "a dhow"}),
    "pattern": ("fanar_generate_image", {"prompt": "نقش زليج ثماني بالأزرق"}),
    "moderate": ("fanar_moderate", {"prompt": "Hello", "response": "Hello to you."}),
    "poem": ("fanar_poem", {"prompt": "قصيدة عن البحر"}),
}


async def everything(key):
    """Return the names of all tools, and what each call gave."""
    # Standard errors of the server are of no interest here, and it says much on them.
    with pathlib.Path(os.devnull).open("w") as nowhere:
        environment = {"FANAR_BASE_URL": os.environ["BASE_URL"], "FANAR_API_KEY": key, "FANAR_MCP_OUTPUT_DIR": str(FOLDER)}
        process = StdioServerParameters(command=COMMAND, env=environment)
        async with stdio_client(process, errlog=nowhere) as streams, ClientSession(*streams) as session:
            await session.initialize()
            names = [tool.name for tool in (await session.list_tools()).tools]
            return {"names": names, "calls": {name: await called(session, *call) for name, call in CALLS.items()}}


async def called(session, tool, arguments):
    result = await session.call_tool(tool, arguments)
    text = "".join(part.text for part in result.content)
    return {"tool": tool, "failed": result.isError, "text": text, "value": None if result.isError else json.loads(text)}


async def tools():
    return await everything("none")


async def tools_with_a_wrong_key():
    return await everything("fanar-wrong")


observe(tools, tools_with_a_wrong_key)
