"""Takes from an answer what a reader's program would fetch or follow: images, links, addresses. Knows nothing of who wrote it.

A model that read foreign text may have been told there to show a picture, or a link, whose address carries off what was said. What an
answer rests on stands in its references; of a link in its words only the words stay, and of an address its host, so written that
nothing follows it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LONGEST = 4_000
"""Characters that are held back at most while it is not known what they will be; what grows longer is no address of anyone's."""

_TARGET = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"  # of a link, which may have brackets of its own: (https://host/name_(of))
_IMAGE = re.compile(rf"!\[([^\[\]\n]*)\](?:{_TARGET}|\[[^\[\]\n]*\])")  # ![words](target), ![words][name]
_LINK = re.compile(rf"\[([^\[\]\n]*)\]{_TARGET}")  # [words](target)
_DEFINITION = re.compile(r"(?m)^[ \t]{0,3}\[[^\[\]\n]+\]:[ \t]*\S[^\n]*")  # [name]: target
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ADDRESS = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,15}://[^\s<>«»\"]+|\bwww\.[^\s<>«»\"]+")
_SCRIPT = re.compile(r"(?i)\b(?:javascript|vbscript|data|mailto|tel):[^\s<>«»\"]+")
_NOT_THERE = "…"
_WHOLE = (_IMAGE, _LINK, _TAG)


class Disarmer:
    """One answer on its way. What is pushed comes out as soon as it is known to be harmless, or made so."""

    def __init__(self) -> None:
        self._held = ""
        self._skipping = False

    def push(self, text: str) -> str:
        """Take the next piece in and return what may pass."""
        if self._skipping:
            end = next((at for at, character in enumerate(text) if character.isspace()), None)
            if end is None:
                return ""
            self._skipping, text = False, text[end:]
        self._held += text
        opening = _opening(self._held)
        if len(self._held) - opening > _LONGEST:
            passed = disarmed(self._held[:opening]) + _NOT_THERE
            self._held, self._skipping = "", True
            return passed
        passed, self._held = disarmed(self._held[:opening]), self._held[opening:]
        return passed

    def finish(self) -> str:
        """Return the rest."""
        rest, self._held = disarmed(self._held), ""
        return rest


def disarmed(text: str) -> str:
    """Return a whole text without anything to fetch or follow."""
    # Twice: what stands between the brackets of a link may be an image, or another link.
    for pattern in (_IMAGE, _LINK, _IMAGE, _LINK):
        text = pattern.sub(r"\1", text)
    text = _DEFINITION.sub("", text)
    return _SCRIPT.sub(_NOT_THERE, _ADDRESS.sub(_host, _TAG.sub("", text)))


def _opening(text: str) -> int:
    """Return from where on the text may still become something to fetch or follow."""
    cut = min((match.start() for pattern in _ENDINGS if (match := pattern.search(text))), default=len(text))
    # One that is whole must not be cut in two by a word that may go on within it.
    return min((match.start() for whole in _WHOLE for match in whole.finditer(text) if match.start() < cut < match.end()), default=cut)


# What may still become something to fetch or follow: it began, and its end is not here yet.
_ENDINGS = (
    re.compile(r"!?\[[^\[\]\n]*(?:\](?:\([^\n]*|\[[^\[\]\n]*|:[^\n]*)?)?\Z"),  # a link, an image or a definition, cut anywhere
    re.compile(r"!\Z"),  # an image
    re.compile(r"(?<!\S)\S+\Z"),  # an address: any word may be the beginning of one
    re.compile(r"<[^<>]*\Z"),  # a tag
)


def _host(match: re.Match[str]) -> str:
    address = match[0]
    rest = ""
    while address and address[-1] in ".,;:!?)]»،؛؟":
        address, rest = address[:-1], address[-1] + rest
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        host = ""
    return (host.replace(".", "[.]") or _NOT_THERE) + rest
