"""A program that is called like `vllm serve` or `transformers serve` and serves /health and /v1: real process, real socket, no model.

How it behaves stands in the file `behaviour.json` beside it: {"refuses": true} ends at once, {"silent": true} never answers,
{"stubborn": true} does not end when it is asked to. What it was called with is written to `called.json`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOME = Path(sys.argv[0]).parent


class Handler(BaseHTTPRequestHandler):
    """Answers that all is well."""

    def do_GET(self) -> None:
        body = b'{"object":"list","data":[{"id":"tiny","owned_by":"vllm"}]}' if self.path == "/v1/models" else b"{}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""


def main(arguments: list[str]) -> None:
    told = HOME / "behaviour.json"
    behaviour = json.loads(told.read_text()) if told.exists() else {}
    called = {"arguments": arguments, "folder": str(Path.cwd()), "environment": dict(os.environ)}
    (HOME / "called.json").write_text(json.dumps(called))
    print("the program speaks", flush=True)
    if behaviour.get("refuses"):
        sys.exit(3)
    if behaviour.get("stubborn"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if behaviour.get("silent"):
        threading.Event().wait()
    port = int(arguments[arguments.index("--port") + 1])
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever(poll_interval=0.02)


if __name__ == "__main__":
    main(sys.argv[1:])
