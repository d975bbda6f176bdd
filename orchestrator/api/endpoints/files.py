"""/v1/files: files that people hand in, in OpenAI's form; read in the background, then searched and cited by page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from fanar import errors
from orchestrator.api.dependencies import LENIENT_HEADER, CurrentPlatform, admitted
from orchestrator.api.errors import documented, language_of
from orchestrator.api.exports import attachment
from orchestrator.api.faults import validated
from orchestrator.api.forms import read_upload
from orchestrator.api.openapi import submits
from orchestrator.api.owners import Owner, own_id
from orchestrator.api.pages import page_of
from orchestrator.api.queries import parameters_of, query_as
from orchestrator.api.schemas import files as schemas
from orchestrator.api.schemas.conversations import Deleted
from orchestrator.api.wire import json_answer
from orchestrator.limits import FILES

PATH = "/v1/files"
ONE = f"{PATH}/{{id}}"
router = APIRouter(tags=["Files"])
_FAILURES = documented(errors.NotFoundError, errors.ConflictError, errors.RateLimitedError, errors.StorageError)


@router.post(
    PATH, summary="Hand a file in", response_model=schemas.FileItem, responses=_FAILURES, openapi_extra=submits(schemas.FileUpload, "file")
)
async def upload_file(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """Keep a PDF, Word, HTML, Markdown or text file, and read it in the background: `status` says when it can be asked about.

    Once answered, the file survives a crash, and so does its being read.
    """
    await admitted(request, platform, FILES)
    most, seconds = platform.library.most_bytes, platform.settings.limits.body_seconds
    form, content = await read_upload(request, most_bytes=most, seconds=seconds)
    wanted = validated(schemas.FileUpload, form.single(), lenient=request.headers.get(LENIENT_HEADER) == "true")
    kept = await platform.library.hand_in(schemas.plain_name(form.filename), content, purpose=wanted.purpose, owner=owner)
    request.state.id = kept.id
    return json_answer(schemas.file_json(kept, language_of(request.headers)))


@router.get(
    PATH, summary="List files", response_model=schemas.FileList, responses=_FAILURES, openapi_extra=parameters_of(schemas.FilesRequest)
)
async def list_files(request: Request, platform: CurrentPlatform, owner: Owner) -> Response:
    """List the caller's files, the newest first."""
    wanted = query_as(schemas.FilesRequest, request)
    found = await platform.library.files(owner, purpose=wanted.purpose, after=wanted.after, limit=wanted.asked)
    return json_answer(page_of([schemas.file_json(file, language_of(request.headers)) for file in found], wanted.limit))


@router.get(ONE, summary="How a file is doing", response_model=schemas.FileItem, responses=_FAILURES)
async def read_file(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Return what is known of a file; `status_details` says why one could not be read."""
    return json_answer(schemas.file_json(await platform.library.find(own_id(id), owner=owner), language_of(request.headers)))


@router.get(
    f"{ONE}/content",
    summary="What a file holds",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}, **_FAILURES},
)
async def read_content(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Response:  # noqa: A002
    """Return the file as it was handed in, to be saved: no browser shows it or runs anything in it."""
    file, content = await platform.library.content(own_id(id), owner=owner)
    headers = {
        "content-disposition": attachment(file.name, ""),
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "no-store",
        "accept-ranges": "none",
    }
    return Response(content, headers=headers, media_type="application/octet-stream")


@router.delete(ONE, summary="Delete a file", responses=_FAILURES)
async def delete_file(id: str, request: Request, platform: CurrentPlatform, owner: Owner) -> Deleted:  # noqa: A002
    """Forget a file, what was read from it, and its places in collections."""
    await platform.library.remove(own_id(id), owner=owner)
    return Deleted(id=id, object="file", deleted=True)
