"""A small real hub of models on loopback: enough of the Hugging Face hub's API for its own library. Knows nothing of our code.

Large files are served from a second place, as the real one does, and may be cut, refused, or wrong.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = (".safetensors", ".bin")


@dataclass
class Hub:
    """One repository, and how it behaves. `requests` are (path, Range, Authorization) of all that was asked."""

    files: dict[str, bytes]
    repository: str = "owner/tiny"
    commit: str = COMMIT
    token: str | None = None
    gated: bool = False
    cut: int | None = None
    """Bytes of a large file after which the connection breaks, each time."""
    cuts: int = 1
    """How often it breaks."""
    refuses: bool = False
    """Whether large files are answered with 503."""
    ranges: bool = True
    """Whether a part of a file may be asked for."""
    corrupt: frozenset[str] = frozenset()
    url: str = ""
    requests: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def listing(self) -> dict[str, object]:
        """The answer about the repository."""
        return {"id": self.repository, "sha": self.commit, "siblings": [self._sibling(name) for name in self.files]}

    def _sibling(self, name: str) -> dict[str, object]:
        data = self.files[name]
        row: dict[str, object] = {"rfilename": name, "size": len(data)}
        row["blobId"] = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
        if name.endswith(LARGE):
            row["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
        return row


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        hub = self.hub
        hub.requests.append((path, self.headers.get("Range"), self.headers.get("Authorization")))
        if hub.gated:
            self._refuse(403, "GatedRepo")
        elif hub.token and not path.startswith("/cdn/") and self.headers.get("Authorization") != f"Bearer {hub.token}":
            self._refuse(401, "RepoNotFound")
        elif path.startswith("/api/models/"):
            self._api(path.removeprefix("/api/models/"))
        elif path.startswith("/cdn/"):
            self._file(path.removeprefix("/cdn/"))
        elif path.startswith(prefix := f"/{hub.repository}/resolve/{hub.commit}/"):
            self._resolve(path.removeprefix(prefix))
        else:
            self._refuse(404, "EntryNotFound")

    def _api(self, path: str) -> None:
        repository, _, revision = path.partition("/revision/")
        if repository != self.hub.repository:
            self._refuse(404, "RepoNotFound")
        elif revision not in ("main", self.hub.commit):
            self._refuse(404, "RevisionNotFound")
        else:
            self._answer(200, json.dumps(self.hub.listing()).encode(), {"Content-Type": "application/json"})

    def _resolve(self, name: str) -> None:
        if name.endswith(LARGE):
            self._answer(302, b"", {"Location": f"/cdn/{name}"})
        else:
            self._file(name)

    def _file(self, name: str) -> None:
        hub = self.hub
        if hub.refuses and name.endswith(LARGE):
            self._refuse(503, "Unavailable")
            return
        data = hub.files[name]
        if name in hub.corrupt:
            data = bytes([data[0] ^ 1]) + data[1:]
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").partition("-")[0]) if hub.ranges else 0
        body = data[start:]
        headers = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        if hub.cut is not None and hub.cuts > 0 and name.endswith(LARGE) and len(body) > hub.cut:
            hub.cuts -= 1
            self._answer(206 if start else 200, body[: hub.cut], headers, length=len(body))
            self.close_connection = True
            return
        self._answer(206 if start else 200, body, headers)

    def _refuse(self, status: int, code: str) -> None:
        self._answer(status, b"{}", {"X-Error-Code": code, "X-Error-Message": code})

    def _answer(self, status: int, body: bytes, headers: dict[str, str], *, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Serve the hub on a free port of loopback; its `url` is set meanwhile."""
    handler = type("_Bound", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
