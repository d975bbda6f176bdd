from __future__ import annotations

import base64
import io
from typing import Any

import httpx
import orjson
import pytest
from openai import AsyncOpenAI
from PIL import Image

from fanar.bilingual import Bilingual
from fanar.events import ImageCreated, ResponseCompleted, TextDelta
from fanar.image.maker import PatternMaker
from fanar.image.revising import Reviser
from fanar.image.studio import Studio
from fanar.llm.catalog import ModelCatalog
from fanar.media import Image as Drawn
from orchestrator.drawing import Drawings
from tests.fakes.image import AsItIs, OneColour
from tests.unit.orchestrator.api.conftest import Connect
from tests.unit.rag.library import WiredCaller

PATH = "/v1/images/generations"
ASK = {"model": "Fanar-Oryx-IG-2", "prompt": "a cat", "size": "64x64", "seed": 3}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(str(tmp_path_factory.mktemp("keys")))


@pytest.fixture
async def client(connect: Connect, studio: Studio) -> httpx.AsyncClient:
    client = await connect()
    maker = PatternMaker(owner=WiredCaller(studio), care=AsItIs())
    drawings = Drawings(
        catalog=ModelCatalog(), maker=maker, painter=OneColour(studio), reviser=Reviser(), care=AsItIs(), clean=lambda _: True
    )
    object.__setattr__(client.platform, "drawing", drawings)  # type: ignore[attr-defined]
    return client


async def test_openais_own_client_gets_pictures(client: httpx.AsyncClient) -> None:
    openai = AsyncOpenAI(api_key="none", base_url="http://127.0.0.1:8000/v1", http_client=client)
    answer = await openai.images.generate(
        model="Fanar-Oryx-IG-2", prompt="a cat", n=2, size="64x64", output_format="webp", response_format="b64_json",
        extra_body={"seed": 3, "revise": False},
    )  # fmt: skip
    assert answer.data is not None
    pictures = [Image.open(io.BytesIO(base64.b64decode(item.b64_json or ""))) for item in answer.data]
    assert [(picture.format, picture.size) for picture in pictures] == [("WEBP", (64, 64))] * 2
    # With a seed each has the next one, so that they are not all the same.
    assert pictures[0].getpixel((5, 5)) != pictures[1].getpixel((5, 5))
    assert answer.data[0].revised_prompt == "a cat"


async def test_openais_own_client_gets_pictures_in_the_making(client: httpx.AsyncClient) -> None:
    openai = AsyncOpenAI(api_key="none", base_url="http://127.0.0.1:8000/v1", http_client=client)
    stream = await openai.images.generate(model="Fanar-Oryx-IG-2", prompt="a cat", size="64x64", stream=True, partial_images=2)  # type: ignore[call-overload]
    events = [event async for event in stream]
    assert [event.type for event in events] == ["image_generation.partial_image"] * 2 + ["image_generation.completed"]
    assert [event.partial_image_index for event in events[:2]] == [0, 1]
    assert events[-1].b64_json


async def test_the_contracts_fields_say_what_was_drawn_and_by_whom(client: httpx.AsyncClient) -> None:
    body = (await client.post(PATH, json={**ASK, "model": "fanar-patterns", "prompt": "نقش زليج"})).json()
    item = body["data"][0]
    assert body["id"].startswith("img-")
    assert (item["model"], item["revised"]) == ("fanar-patterns", True)
    assert "seed 3" in item["revised_prompt"]
    assert "زليج" in item["alt"]["ar"]


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"size": "9x9"}, "size"), ({"size": "4096x64"}, "size"), ({"size": "64"}, "size"), ({"n": 0}, "n"), ({"n": 11}, "n"),
        ({"n": True}, "n"), ({"seed": -1}, "seed"), ({"partial_images": 1}, "partial_images"), ({"stream": True, "n": 2}, "n"),
        ({"output_compression": 5}, "output_compression"), ({"response_format": "url"}, "response_format"), ({"prompt": ""}, "prompt"),
        ({"prompt": " "}, "prompt"), ({"style": "vivid"}, "style"), ({"output_format": "svg"}, "output_format"),
    ],
)  # fmt: skip
async def test_what_cannot_be_honoured_is_refused_by_name(client: httpx.AsyncClient, change: dict[str, Any], param: str) -> None:
    answer = await client.post(PATH, json={**ASK, **change})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param)


async def test_failures_are_told_in_the_envelope(client: httpx.AsyncClient) -> None:
    unsafe = await client.post(PATH, json={**ASK, "prompt": "a nude woman"}, headers={"accept-language": "ar"})
    assert (unsafe.status_code, unsafe.json()["error"]["type"]) == (400, "safety")
    assert "محتوى" in unsafe.json()["error"]["message"]
    assert (await client.post(PATH, json={**ASK, "model": "Fanar"})).status_code == 404
    several = await client.post(PATH, json={**ASK, "model": "fanar-patterns", "n": 3})
    assert several.status_code == 422


async def test_a_picture_in_chat_is_a_part_of_the_content_with_its_words(connect: Connect) -> None:
    async def shown(request: Any) -> Any:
        yield ImageCreated(Drawn(b"\x00", "image/webp", alt=Bilingual("قطة [نائمة]", "قطة [نائمة]")))
        yield TextDelta("\n\nقطة")
        yield ResponseCompleted("painter")

    client = await connect(shown)
    ask = {"model": "Fanar", "messages": [{"role": "user", "content": "ارسم قطة"}]}
    whole = (await client.post("/v1/chat/completions", json=ask)).json()
    parts = whole["choices"][0]["message"]["content"]
    assert parts[0] == {"type": "image_url", "image_url": {"url": "data:image/webp;base64,AA=="}, "alt": "قطة نائمة "}
    assert parts[1] == {"type": "text", "text": "قطة"}
    streamed = await client.post("/v1/chat/completions", json={**ask, "stream": True})
    frames = [orjson.loads(frame[6:]) for frame in streamed.text.split("\n\n") if frame.startswith("data: {")]
    said = "".join(choice["delta"].get("content", "") for frame in frames for choice in frame["choices"])
    assert said == "![قطة نائمة ](data:image/webp;base64,AA==)\n\nقطة"
