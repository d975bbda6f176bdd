"""Puts together what a model server says on a connection: HTTP/1.1 replies, one after another. Knows nothing of sockets or of waiting."""

from __future__ import annotations

import httptools

MAX_HEAD_BYTES = 65_536
_UPGRADED = 101
_FINAL = 200


class Reply:
    """The reply that is coming in. `status` is 0 until its head is whole; `complete` says that its body is.

    `heard` tells whether anything at all was said, `kept` whether another reply may follow on the connection.
    """

    __slots__ = ("_framed", "_head_bytes", "_parser", "_pieces", "complete", "headers", "kept", "status", "waiting")

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._pieces: list[bytes] = []
        self.headers: dict[bytes, bytes] = {}
        self._head_bytes = 0
        self._framed = False
        self.kept = False
        self.status = 0
        self.waiting = 0
        self.complete = True

    @property
    def heard(self) -> bool:
        """Whether the server has said anything."""
        return self._head_bytes > 0

    def expect(self) -> None:
        """Make ready for the next reply."""
        self.headers = {}
        self._head_bytes = 0
        self._framed = self.kept = self.complete = False
        self.status = 0

    def feed(self, data: bytes) -> bool:
        """Take in what came. False when it is no reply, or comes when none is expected."""
        if self.complete:
            return False
        if not self.status:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            return False
        return self.status > 0 or self._head_bytes <= MAX_HEAD_BYTES

    def end(self) -> bool:
        """Nothing more comes: a reply that said nothing of its length is complete. False when it is not."""
        if self.status and not self._framed:
            self.complete = True
        return self.complete

    def take(self) -> bytes:
        """Return what came of the body and was not taken yet; `waiting` is its size."""
        pieces = self._pieces
        taken = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        pieces.clear()
        self.waiting = 0
        return taken

    def on_message_begin(self) -> None:
        """Another reply begins, which may be the one too many."""
        if self.complete:
            raise ValueError  # stops the parser

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take in a header."""
        self.headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        """The head is whole."""
        status = self._parser.get_status_code()
        if status == _UPGRADED:
            raise ValueError
        if status >= _FINAL:
            self._framed = b"content-length" in self.headers or b"transfer-encoding" in self.headers
            self.kept = self._parser.should_keep_alive()
            self.status = status

    def on_body(self, body: bytes) -> None:
        """Take in a piece of the body."""
        self._pieces.append(body)
        self.waiting += len(body)

    def on_message_complete(self) -> None:
        """The reply is whole; an interim one is forgotten."""
        if self.status:
            self.complete = True
        else:
            self.headers.clear()
