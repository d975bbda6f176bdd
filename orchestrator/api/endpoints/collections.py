"""/v1/collections: files put together, searched and asked about together."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from orchestrator.api.dependencies import CurrentPlatform, admitted, body_as
from orchestrator.api.errors import documented, language_of
from orchestrator.api.openapi import reads
from orchestrator.api.owners import Owner, own_id
from orchestrator.api.pages import PageRequest, page_of
from orchestrator.api.queries import parameters_of, query_as
from orchestrator.api.schemas import files as schemas
from orchestrator.api.schemas.conversations import Deleted
from orchestrator.api.wire import json_answer
from orchestrator.limits import FILES

PATH = "/v1/collections"
ONE = f"{PATH}/{{id}}"
router = APIRouter(tags=["Files"])
_FAILURES = documented(errors.NotFoundError, errors.ConflictError, errors.RateLimitedError, errors.StorageError)


@router.post(
    PATH,
    summary="Make a collection",
    response_model=schemas.CollectionItem,
    responses=_FAILURES,
    openapi_extra=reads(schemas.CollectionRequest),
)
async def create_collection(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """Make a collection of files that were handed in; `status` says when all of them were read."""
    wanted = await body_as(schemas.CollectionRequest, request)
    await admitted(request, platform, FILES)
    made = await platform.library.collect(wanted.name, wanted.file_ids, owner=owner)
    request.state.id = made.id
    return json_answer(schemas.collection_json(made))


@router.get(
    PATH, summary="List collections", response_model=schemas.CollectionList, responses=_FAILURES, openapi_extra=parameters_of(PageRequest)
)
async def list_collections(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """List the caller's collections, the newest first."""
    wanted = query_as(PageRequest, request)
    found = await platform.library.collections(owner, after=wanted.after, limit=wanted.asked)
    return json_answer(page_of(list(map(schemas.collection_json, found)), wanted.limit))


@router.get(ONE, summary="How a collection is doing", response_model=schemas.CollectionItem, responses=_FAILURES)
async def read_collection(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Return what is known of a collection."""
    return json_answer(schemas.collection_json(await platform.library.collection(own_id(id), owner=owner)))


@router.patch(
    ONE,
    summary="Rename a collection",
    response_model=schemas.CollectionItem,
    responses=_FAILURES,
    openapi_extra=reads(schemas.CollectionChange),
)
async def rename_collection(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Give a collection another name."""
    wanted = await body_as(schemas.CollectionChange, request)
    await admitted(request, platform, FILES)
    return json_answer(schemas.collection_json(await platform.library.rename(own_id(id), wanted.name, owner=owner)))


@router.delete(ONE, summary="Delete a collection", responses=_FAILURES)
async def delete_collection(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Deleted:  # noqa: A002
    """Forget a collection; its files stay."""
    await platform.library.dissolve(own_id(id), owner=owner)
    return Deleted(id=id, object="collection", deleted=True)


@router.post(
    f"{ONE}/files",
    summary="Put files into a collection",
    response_model=schemas.CollectionItem,
    responses=_FAILURES,
    openapi_extra=reads(schemas.CollectionFiles),
)
async def put_files(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Put files in; one that is in it already stays."""
    wanted = await body_as(schemas.CollectionFiles, request)
    await admitted(request, platform, FILES)
    return json_answer(schemas.collection_json(await platform.library.put(own_id(id), wanted.file_ids, owner=owner)))


@router.get(
    f"{ONE}/files",
    summary="List the files of a collection",
    response_model=schemas.FileList,
    responses=_FAILURES,
    openapi_extra=parameters_of(PageRequest),
)
async def list_collected(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """List the files of a collection, the newest first."""
    wanted = query_as(PageRequest, request)
    found = await platform.library.collected(own_id(id), owner=owner, after=wanted.after, limit=wanted.asked)
    return json_answer(page_of([schemas.file_json(file, language_of(request.headers)) for file in found], wanted.limit))


@router.delete(
    f"{ONE}/files/{{file_id}}", summary="Take a file out of a collection", response_model=schemas.CollectionItem, responses=_FAILURES
)
async def take_file(id: str, file_id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Take a file out of a collection; the file stays."""
    return json_answer(schemas.collection_json(await platform.library.take(own_id(id), own_id(file_id), owner=owner)))


@router.post(
    f"{ONE}/search",
    summary="Search a collection",
    response_model=schemas.PassageList,
    responses=_FAILURES,
    openapi_extra=reads(schemas.CollectionSearch),
)
async def search_collection(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Find passages in a collection, best first, each with its file and page; `confident` marks those that surely answer."""
    wanted = await body_as(schemas.CollectionSearch, request)
    await admitted(request, platform, FILES)
    found = await platform.library.search(own_id(id), wanted.query, owner=owner, top_k=wanted.top_k)
    return json_answer({"object": "list", "data": list(map(schemas.passage_json, found))})
