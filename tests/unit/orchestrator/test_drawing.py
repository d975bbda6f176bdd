from __future__ import annotations

import pytest

from fanar.errors import ContentFilteredError, NotConfiguredError, NotFoundError, UnprocessableError
from fanar.events import ImageCreated, ImageEvent, ImageProgressed, ProgressReported, ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.image.maker import PatternMaker
from fanar.image.revising import Reviser
from fanar.image.studio import Studio
from fanar.llm.catalog import ModelCatalog
from fanar.media import ImageOptions
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.drawing import Commission, Drawings, Undrawn
from orchestrator.handlers.image import ImageHandler
from tests.fakes.image import AsItIs, OneColour
from tests.unit.rag.library import WiredCaller

SMALL = ImageOptions(width=96, height=96, seed=1)
ORYX = "Fanar-Oryx-IG-2"


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> PatternMaker:
    return PatternMaker(owner=WiredCaller(Studio(str(tmp_path_factory.mktemp("keys")))), care=AsItIs())


def drawings(maker: PatternMaker, painter: OneColour | None = None) -> Drawings:
    return Drawings(
        catalog=ModelCatalog(), maker=maker, painter=painter, reviser=Reviser(), care=AsItIs(), clean=lambda text: "forbidden" not in text
    )


async def drawn(desk: Drawings, prompt: str, model: str = ORYX, **given: object) -> list[ImageEvent]:
    return [event async for event in desk.draw(Commission(prompt, model, **{"options": SMALL, **given}))]  # type: ignore[arg-type]


def created(events: list[ImageEvent]) -> ImageCreated:
    assert isinstance(events[-1], ImageCreated)
    return events[-1]


async def test_a_pattern_is_made_without_an_image_model(maker: PatternMaker) -> None:
    image = created(await drawn(drawings(maker), "نقش زليج ثماني")).image
    assert image.model == "fanar-patterns"
    assert image.alt is not None
    assert "زليج" in image.alt.ar


async def test_all_else_without_one_is_refused_with_the_command_that_adds_it(maker: PatternMaker) -> None:
    with pytest.raises(NotConfiguredError, match="fanar models pull oryx"):
        await drawn(drawings(maker), "a dhow")


async def test_with_an_image_model_the_prompt_is_revised_and_said_so(maker: PatternMaker) -> None:
    painter = OneColour()
    image = created(await drawn(drawings(maker, painter), "محمل")).image
    assert "lateen sail" in painter.prompts[0]
    assert (image.revised, image.revised_prompt) == (True, painter.prompts[0])
    plain = created(await drawn(drawings(maker, painter), "محمل", revise=False)).image
    assert (plain.revised, plain.revised_prompt) == (False, "محمل")


async def test_a_pattern_maker_draws_nothing_else(maker: PatternMaker) -> None:
    with pytest.raises(UnprocessableError, match="patterns and lettering"):
        await drawn(drawings(maker, OneColour()), "a cat", "fanar-patterns")


async def test_lettering_is_made_by_the_font_and_never_by_the_model(maker: PatternMaker) -> None:
    painter = OneColour()
    assert created(await drawn(drawings(maker, painter), "اكتب «أهلا» بالخط الكوفي")).image.model == "fanar-patterns"
    assert painter.prompts == []


async def test_text_on_a_sign_in_a_scene_is_written_over_the_models_picture(maker: PatternMaker) -> None:
    painter = OneColour()
    await drawn(drawings(maker, painter), "سوق قديم فيه لافتة مكتوب عليها «خبز»")
    assert painter.letterings == ["خبز"]
    assert "خبز" not in painter.prompts[0]


@pytest.mark.parametrize(("prompt", "kind"), [("a nude woman", "safety"), ("a forbidden thing", "blocklist")])
async def test_what_is_not_drawn_reaches_no_model(maker: PatternMaker, prompt: str, kind: str) -> None:
    painter = OneColour()
    with pytest.raises(ContentFilteredError) as refused:
        await drawn(drawings(maker, painter), prompt)
    assert refused.value.kind == kind
    assert painter.prompts == []


async def test_models_that_do_not_draw_and_platforms_that_do_not_are_told(maker: PatternMaker) -> None:
    with pytest.raises(NotFoundError):
        drawings(maker).require("Fanar")
    with pytest.raises(NotConfiguredError):
        Undrawn().require(ORYX)
    with pytest.raises(UnprocessableError, match="SVG"):
        await drawn(drawings(maker, OneColour()), "a cat", options=ImageOptions(format="svg"))


async def test_leaving_stops_the_painter(maker: PatternMaker) -> None:
    painter = OneColour()
    events = drawings(maker, painter).draw(Commission("a cat", ORYX, SMALL))
    assert isinstance(await anext(events), ImageProgressed)
    await events.aclose()
    assert painter.left == 1


async def test_chat_shows_the_picture_and_says_what_it_shows_in_the_users_language(maker: PatternMaker) -> None:
    handler = ImageHandler(drawings(maker, OneColour()))
    decision = RoutingDecision(Route.IMAGE, "image", 1.0, ())
    for prompt, told in (("ارسم قطة", "صورة مولّدة"), ("draw a cat", "A generated picture")):
        events = [event async for event in handler.handle(ChatRequest((ChatMessage("user", prompt),)), decision)]
        assert [type(event) for event in events[:3]] == [ProgressReported] * 3
        assert isinstance(events[3], ImageCreated)
        assert isinstance(events[4], TextDelta)
        assert told in events[4].text
        assert events[-1] == ResponseCompleted("one-colour")
