"""Says what of a page a reader does not see, by what its tags and its own style sheets say. Knows nothing of sheets that lie elsewhere.

Text that is shown to nobody is text for machines: instructions hide there. What is doubtful counts as hidden.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag

NEVER_SHOWN = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "head",
        "select",
        "textarea",
        "input",
        "button",
        "dialog",
    )
)
_END = r"\s*(?:!\s*important\s*)?(?:;|$)"
_NONE = r"0*\.?0+(?:px|pt|r?em|%|vh|vw)?"
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    rf"|opacity\s*:\s*{_NONE}{_END}|font-size\s*:\s*(?:{_NONE}|[01](?:\.\d+)?px){_END}"
    r"|(?:text-indent|left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    rf"|transform\s*:\s*scale[xy]?\(\s*0|(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*(?:{_NONE}|1px){_END}"
    r"|(?:^|[;\s])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*\.?0+\s*\))",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)", "#fefefe"))
_FOR_READERS_OF_SCREENS = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "hidden", "d-none", "invisible"))
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)", re.IGNORECASE)
_LONGEST_STYLE = 2_000
_LONGEST_SHEET = 200_000


class Hiding:
    """What a page hides."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._names: set[str] = set()
        for sheet in page.find_all("style"):
            self._read(_COMMENT.sub("", sheet.get_text()[:_LONGEST_SHEET]))

    def hides(self, tag: Tag) -> bool:
        """Whether nobody sees what stands within `tag`."""
        names = {f".{name}" for name in _classes(tag)} | {f"#{tag.get('id')}"}
        if not self._names.isdisjoint(names | {f"{tag.name}{name}" for name in names}):
            return True
        return hides(tag.name, tag.attrs) or _is_pale(tag)

    def _read(self, sheet: str) -> None:
        for selectors, declarations in _RULE.findall(sheet):
            if _HIDING.search(declarations):
                # What depends on where a tag stands, or on who looks, is left alone: menus are such.
                self._names |= {each for each in map(str.strip, selectors.split(",")) if _SIMPLE.fullmatch(each)}


def hides(tag: str, attributes: Mapping[str, object]) -> bool:
    """Whether a tag by itself keeps what is in it from being seen."""
    if tag in NEVER_SHOWN or "hidden" in attributes or "inert" in attributes or str(attributes.get("aria-hidden", "")).lower() == "true":
        return True
    if not _FOR_READERS_OF_SCREENS.isdisjoint(_named(attributes.get("class"))):
        return True
    return _HIDING.search(str(attributes.get("style", ""))[:_LONGEST_STYLE]) is not None


def _classes(tag: Tag) -> list[str]:
    return _named(tag.get("class"))


def _named(classes: object) -> list[str]:
    return [str(each) for each in classes] if isinstance(classes, list) else str(classes or "").split()


def _is_pale(tag: Tag) -> bool:
    """Whether letters have the colour of what they stand on, as far as the tag and those around it tell."""
    style = str(tag.get("style", ""))[:_LONGEST_STYLE]
    colour = _COLOUR.search(style)
    if colour is None:
        return False
    letters = _plain(colour[1])
    ground = _GROUND.search(style)
    if ground is not None:
        return letters == _plain(ground[1])
    return letters in _WHITE and not any(
        parent.has_attr("bgcolor") or _GROUND.search(str(parent.get("style", ""))) for parent in tag.parents
    )


def _plain(colour: str) -> str:
    return "".join(colour.split()).lower()
