"""GET / and its few files: the plain page. Only names in the table are served; the page may talk to this server and to nobody else."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

MEDIA_TYPES = {
    "index.html": "text/html; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    **{f"{name}.js": "text/javascript; charset=utf-8" for name in ("app", "chat", "check", "nodes", "service", "words")},
}
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}

router = APIRouter(include_in_schema=False)


@lru_cache
def page_file(name: str) -> bytes:
    """Return a file of the page."""
    return (files("orchestrator.web") / name).read_bytes()


def _serve(name: str) -> None:
    async def serve() -> Response:
        return Response(page_file(name), headers=HEADERS, media_type=MEDIA_TYPES[name])

    path = "/" if name == "index.html" else f"/{name}"
    router.add_api_route(path, serve, methods=["GET", "HEAD"], name=name, response_class=Response)


for _name in MEDIA_TYPES:
    _serve(_name)
