"""GET / and its files: the built page where there is one, else the plain page, which needs no build and always stands at /plain/.

Only names that lie there when the server starts are served, and a page may talk to this server and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fanar import errors
from fanar.bilingual import Bilingual

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
_WEB = files("orchestrator.web")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    "cache-control": "no-cache",
}
# The build names these files after what is in them.
_FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
_NO_SUCH_FILE = Bilingual("There is no such file.", "لا يوجد ملف بهذا الاسم.")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file as it is sent: its bytes, the same compressed where the build did so, and its headers."""

    body: bytes
    packed: bytes | None
    media_type: str
    headers: Mapping[str, str]

    def answer(self, accepted: str) -> Response:
        """Return it in the form that the client takes."""
        packed = self.packed if "gzip" in accepted else None
        coding = {"content-encoding": "gzip"} if packed else {}
        varying = {"vary": "accept-encoding"} if self.packed else {}
        return Response(packed or self.body, headers={**self.headers, **coding, **varying}, media_type=self.media_type)


@lru_cache
def plain_page() -> Mapping[str, PageFile]:
    """Return the files of the plain page."""
    return _files(_WEB / "plain", HEADERS)


@lru_cache
def built_page() -> Mapping[str, PageFile]:
    """Return the files of the built page; none where nothing was built."""
    built = _WEB / "built"
    if not (built / "index.html").is_file():
        return {}
    assets = _files(built / "assets", {**HEADERS, **_FOREVER})
    return {**_files(built, HEADERS), **{f"assets/{name}": file for name, file in assets.items()}}


def _files(folder: Traversable, headers: Mapping[str, str]) -> dict[str, PageFile]:
    found = {item.name: item for item in folder.iterdir() if item.is_file()}
    return {
        name: PageFile(item.read_bytes(), found[f"{name}.gz"].read_bytes() if f"{name}.gz" in found else None, media_type, headers)
        for name, item in found.items()
        if (media_type := MEDIA_TYPES.get(name.rpartition(".")[2]))
    }


@router.api_route("/", methods=["GET", "HEAD"], response_class=Response)
async def index(request: Request) -> Response:
    """Return the page, or send to the plain one."""
    if not built_page():
        return RedirectResponse("plain/")
    return _answer(request, built_page(), "index.html")


@router.api_route("/plain/", methods=["GET", "HEAD"], response_class=Response)
async def plain(request: Request) -> Response:
    """Return the plain page."""
    return _answer(request, plain_page(), "index.html")


@router.api_route("/plain/{name}", methods=["GET", "HEAD"], response_class=Response)
async def plain_file(request: Request, name: str) -> Response:
    """Return a file of the plain page."""
    return _answer(request, plain_page(), name)


@router.api_route("/icon.svg", methods=["GET", "HEAD"], response_class=Response)
async def icon(request: Request) -> Response:
    """Return the icon, which both pages have."""
    return _answer(request, plain_page(), "icon.svg")


@router.api_route("/assets/{name}", methods=["GET", "HEAD"], response_class=Response)
async def asset(request: Request, name: str) -> Response:
    """Return a file of the built page."""
    return _answer(request, built_page(), f"assets/{name}")


def _answer(request: Request, page: Mapping[str, PageFile], name: str) -> Response:
    file = page.get(name)
    if file is None:
        raise errors.NotFoundError(_NO_SUCH_FILE)
    return file.answer(request.headers.get("accept-encoding", ""))
