"""POST /v1/images/generations: pictures from words, in OpenAI's form and in Fanar's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from fanar.events import ImageCreated, ImageEvent
from fanar.media import Image
from fanar.streams import closing
from orchestrator.api.dependencies import Caller, CurrentPlatform, admitted, body_as, state_of
from orchestrator.api.drawn import ImageWriter, answer
from orchestrator.api.errors import documented
from orchestrator.api.identity import new_id
from orchestrator.api.openapi import events_of, reads
from orchestrator.api.schemas.images import ImageList, ImageRequest, ImageStreamEvent
from orchestrator.api.sse import EventStream, unless_disconnected
from orchestrator.drawing import Commission
from orchestrator.platform import Drawing

router = APIRouter(tags=["Images"])


@router.post(
    "/v1/images/generations",
    summary="Draw pictures",
    response_model=ImageList,
    responses={
        200: {"content": {"text/event-stream": events_of(ImageStreamEvent)}},
        **documented(
            errors.NotFoundError,
            errors.ContentFilteredError,
            errors.RateLimitedError,
            errors.NotConfiguredError,
            errors.OverloadedError,
            errors.UpstreamTimeoutError,
        ),
    },
    openapi_extra=reads(ImageRequest),
)
async def create_image(request: Request, platform: CurrentPlatform, key: Caller) -> Response:
    """Draw pictures. `fanar-patterns` is a pattern maker: girih, zellij, lettering, by construction; verses are copied from the corpus.

    `Fanar-Oryx-IG-2` draws everything else where an image model is set. Every file says that a machine made it.
    """
    wanted = await body_as(ImageRequest, request)
    wanted.check()
    request.state.id = new_id("img")
    platform.drawing.require(wanted.model)
    await admitted(request, platform, wanted.model)
    created = int(time.time())
    commissions = wanted.commissions()
    if wanted.stream:
        events = state_of(request).slots.held(platform.drawing.draw(commissions[0]))
        return EventStream(events, ImageWriter(wanted, id=request.state.id, created=created))
    with state_of(request).slots:
        images = await unless_disconnected(request.receive, _all(platform.drawing, commissions))
    body = await asyncio.to_thread(answer, images, wanted, id=request.state.id, created=created)
    return Response(body, media_type="application/json")


async def _all(drawing: Drawing, commissions: Sequence[Commission]) -> list[Image]:
    """Draw all at once: what waits together is drawn together. When one fails, the others are given up."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_one(drawing.draw(commission))) for commission in commissions]
    except* errors.FanarError as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]


async def _one(events: AsyncIterator[ImageEvent]) -> Image:
    async with closing(events):
        drawn = [event.image async for event in events if isinstance(event, ImageCreated)]
    return drawn[-1]
