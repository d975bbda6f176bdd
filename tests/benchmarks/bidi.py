"""The page's text in Chromium: sixty mixed sentences in eight kinds of block and both interface languages; and how fast the page is.

What each sentence is was judged by a reader of both languages (data/bidi.tsv). Direction, order of words, side of markers and of the last
punctuation are measured where the glyphs stand, when an answer is whole; directions and flips in every frame while it is written, eight
letters at a time. The peers are Gradio's chat, and the browser's own rule, the first strong letter (`dir="auto"`), on the same blocks.
The page is built first: `make page`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import fmean
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks import bidi_peer
from tests.benchmarks.report import Result
from tests.e2e.browser import CHROMIUM, QUIET, SCRIPTED, WEB

SENTENCES = Path(__file__).parent / "data" / "bidi.tsv"
DATA = (SENTENCES,)
ROWS = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
SIDES = [side for side, _ in ROWS]
LANGUAGES = ("ar", "en")
PIECE, TURNS, TOKENS = 8, 500, 600
QUESTION = "question"
# Markdown around each sentence, around all of them, and which element each becomes.
KINDS = {
    "paragraph": ("{}", "\n\n", "", "p"),
    "heading": ("### {}", "\n\n", "", "h3"),
    "bullet": ("- {}", "\n", "", "ul > li"),
    "numbered": ("1. {}", "\n", "", "ol > li"),
    "quotation": ("> {}", "\n\n---\n\n", "", "blockquote"),
    "cell": ("| {} |", "\n", "| الجملة sentence |\n|---|\n", "td"),
    "nested item": ("- ·\n  - {}", "\n", "", "li li"),
    QUESTION: ("{}", "\n", "", "p"),
}
_SEEN = """([selector, sides]) => [...document.querySelectorAll(selector)].map((block, index) => {
  const glyphs = [], range = document.createRange();
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.length; at += 1) {
      if (!node.data[at].trim() || (node.parentElement.closest('li') ?? block) !== (block.closest('li') ?? block)) continue;
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) glyphs.push({ letter: node.data[at], at: (box.left + box.right) / 2 });
    }
  const style = getComputedStyle(block), places = glyphs.map((glyph) => glyph.at), last = glyphs.at(-1);
  const rtl = sides[index] === 'rtl', edge = rtl ? Math.min(...places) : Math.max(...places);
  // A marker stands before its item, by the item's own direction; there must be room for it.
  const list = getComputedStyle(block.parentElement);
  const room = rtl ? [style.marginRight, list.paddingRight] : [style.marginLeft, list.paddingLeft];
  const strong = glyphs.filter((glyph) => /\\p{L}/u.test(glyph.letter));
  return {
    direction: style.direction === sides[index],
    order: rtl ? strong[0].at > strong.at(-1).at : strong[0].at < strong.at(-1).at,
    marker: block.tagName !== 'LI' || (style.direction === sides[index] && room.some((side) => parseFloat(side) > 0)),
    punctuation: !/[.،؟?!]/.test(last.letter) || Math.abs(last.at - edge) < 1,
    auto: (block.dir = 'auto', getComputedStyle(block).direction === sides[index]),
  };
})"""
# In every frame: which blocks have words, which way they run, and which of them ran the other way before.
_WATCH = """([selector, sides]) => {
  const watched = window.watched = { flips: 0, right: 0, seen: 0 };
  let before = [];
  const look = () => {
    const blocks = [...document.querySelectorAll(selector)];
    const now = blocks.map((block) => /\\p{L}/u.test(block.textContent) ? getComputedStyle(block).direction : '');
    before.forEach((side, index) => { watched.flips += Boolean(side && now[index] && side !== now[index]); });
    // What is whole is measured afterwards; here counts the block that is being written.
    const writing = now.findLastIndex(Boolean);
    if (writing >= 0) { watched.seen += 1; watched.right += Number(now[writing] === sides[writing]); }
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
_WRITE = """async ([text, piece]) => {
  for (let at = 0; at < text.length; at += piece) {
    say(text.slice(at, at + piece));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  end();
}"""
# The last sentence stands there with all its letters.
_WHOLE = "([selector, end]) => [...document.querySelectorAll(selector)].at(-1)?.textContent.trim().endsWith(end.trim())"
_FRAMES = """async (count) => {
  const gaps = [];
  let last = performance.now(), running = true;
  const tick = (now) => { gaps.push(now - last); last = now; if (running) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const began = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor((performance.now() - began) / 5));
    for (; sent < due; sent += 1) say(sent % 40 === 39 ? '\\n\\n' : 'كلمة and ');
    await new Promise((done) => setTimeout(done, 5));
  }
  running = false;
  end();
  return gaps;
}"""


@dataclass
class Seen:
    """What was seen of one chat: each block when it was whole, and the frames while it was written."""

    blocks: list[dict[str, bool]] = field(default_factory=list)
    flips: int = 0
    right: int = 0
    seen: int = 0

    def take(self, page: Page, selector: str) -> None:
        """Measure what stands on the page, and what was watched."""
        page.wait_for_timeout(300)
        for name, count in page.evaluate("watched").items():
            setattr(self, name, getattr(self, name) + count)
        found = page.evaluate(_SEEN, [selector, SIDES])
        assert len(found) == len(ROWS), (selector, len(found))
        self.blocks += found

    def share(self, name: str) -> float:
        """The share of whole blocks that are right in one respect."""
        return fmean(each[name] for each in self.blocks)


def main() -> Iterable[Result]:
    """Run the benchmark."""
    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        ours, peer = Seen(), Seen()
        for language in LANGUAGES:
            for kind in KINDS:
                _write(ours, browser, url, language, kind)
            with bidi_peer.chat(language) as address:
                for kind in KINDS:
                    _ask_peer(peer, browser, address, language, kind)
        yield from _sides(ours, peer)
        yield from _speed(browser, url)
        browser.close()
    yield Result("first load: page, script, style, fonts, compressed", _first_load() / 1000, "KB", "≤ 250")


def _text(kind: str) -> str:
    form, between, head, _ = KINDS[kind]
    return head + between.join(form.format(sentence) for _, sentence in ROWS)


def _write(seen: Seen, browser: Browser, url: str, language: str, kind: str) -> None:
    """Have our page show the sentences."""
    asked, selector = kind == QUESTION, (".bubble " if kind == QUESTION else ".prose ") + KINDS[kind][3]
    with _page(browser, url, language) as page:
        page.evaluate(_WATCH, [selector, SIDES])
        # An answer in the reader's own language came before, as in most conversations.
        page.fill("#question", _text(kind) if asked else ("سؤال عن الجمل" if language == "ar" else "A question about sentences"))
        page.press("#question", "Enter")
        page.wait_for_function("asked.length === 1")
        page.evaluate(_WRITE, ["·" if asked else _text(kind), PIECE])
        page.wait_for_selector(".answered:not([aria-busy])")
        seen.take(page, selector)


def _ask_peer(seen: Seen, browser: Browser, url: str, language: str, kind: str) -> None:
    """Have the peer show the same: it answers with its question."""
    selector = (bidi_peer.QUESTION if kind == QUESTION else bidi_peer.ANSWER) + KINDS[kind][3]
    with bidi_peer.page_of(browser, url, language) as page:
        page.evaluate(_WATCH, [selector, SIDES])
        # It reads questions as Markdown too, where an empty line ends a paragraph.
        page.fill("textarea", _text(kind).replace("\n", "\n\n") if kind == QUESTION else _text(kind))
        page.press("textarea", "Enter")
        page.wait_for_function(_WHOLE, arg=[bidi_peer.ANSWER + KINDS[kind][3], ROWS[-1][1][-8:]], timeout=120_000)
        seen.take(page, selector)


def _sides(ours: Seen, peer: Seen) -> Iterator[Result]:
    data = f"{len(ROWS)} sentences × {len(KINDS)} blocks × {len(LANGUAGES)} languages"
    yield Result("blocks in the right direction", ours.share("direction"), "", "≥ 1", bidi_peer.NAME, peer.share("direction"), data)
    yield Result("blocks in the right direction, by rule", ours.share("direction"), "", "≥ 1", 'dir="auto"', ours.share("auto"), data)
    said = {"order": "first and last words", "marker": "markers", "punctuation": "last punctuation"}
    for name, what in said.items():
        yield Result(f"{what} on the right side", ours.share(name), "", "≥ 1", bidi_peer.NAME, peer.share(name), data)
    written = f"{data}, {PIECE} letters at a time, every frame"
    running = "blocks in the right direction while they were written"
    yield Result(running, ours.right / ours.seen, "", "≥ 1", bidi_peer.NAME, peer.right / peer.seen, written)
    turned = "blocks that turned round while they were written"
    yield Result(turned, ours.flips / len(ours.blocks), "", "≤ 0", bidi_peer.NAME, peer.flips / len(peer.blocks), written)


def _speed(browser: Browser, url: str) -> Iterator[Result]:
    with _page(browser, url, "ar") as page:
        page.fill("#question", "سؤال")
        page.press("#question", "Enter")
        page.wait_for_function("asked.length === 1")
        gaps = sorted(page.evaluate(_FRAMES, TOKENS))
        yield Result("frame, 95th percentile, at 200 tokens a second", gaps[int(len(gaps) * 0.95)], "ms", "≤ 50", data=f"{TOKENS} tokens")
    with _page(browser, url, "ar", kept=TURNS) as page:
        page.wait_for_function(f"document.querySelectorAll('.turn').length === {TURNS}")
        page.focus("#question")
        late = sorted(
            page.evaluate("performance.now()") and _keystroke(page, letter) for letter in "كيف أسأل عن هذا بعد خمسمئة رسالة طويلة" * 2
        )
        yield Result(
            "keystroke to frame, 95th percentile, 500 messages", late[int(len(late) * 0.95)], "ms", "≤ 100", data=f"{TURNS} messages"
        )


def _keystroke(page: Page, letter: str) -> float:
    page.evaluate("""() => { window.took = new Promise((done) => document.getElementById('question').addEventListener('input', (event) =>
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp))), { once: true })); }""")
    page.keyboard.insert_text(letter)
    return float(page.evaluate("took"))


def _first_load() -> int:
    """What a first visit in Arabic fetches: all that index.html names, and the fonts of its words."""
    assets = WEB / "built" / "assets"
    html = (WEB / "built" / "index.html").read_text(encoding="utf-8")
    named = [path for path in assets.iterdir() if path.name in html and path.suffix in (".js", ".css")]
    fonts = [path for path in assets.glob("ibm-plex*.woff2") if "latin-600" not in path.name]
    return len(html) + sum((assets / f"{path.name}.gz").stat().st_size for path in named) + sum(path.stat().st_size for path in fonts)


@contextmanager
def _page(browser: Browser, url: str, language: str, *, kept: int = 0) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 2600, "height": 1200})
    # Wide enough for every sentence to stand on one line.
    context.add_init_script(f"localStorage.language = '{language}'; localStorage.theme = 'light'")
    context.add_init_script(SCRIPTED)
    context.route("**/v1/conversations/conv-0", lambda route: route.fulfill(json=_conversation(kept)))
    page = context.new_page()
    page.goto(f"{url}/#/c/conv-0" if kept else url)
    page.add_style_tag(content=":root { --column: 2200px }")
    yield page
    context.close()


def _conversation(length: int) -> dict[str, Any]:
    text = "\n\n".join(sentence for _, sentence in ROWS[:4])
    messages = [
        {
            "id": f"msg-{at}",
            "parent_id": f"msg-{at - 1}" if at else None,
            "role": ("user", "assistant")[at % 2],
            "content": text,
            "metadata": {},
        }
        for at in range(length)
    ]
    return {"id": "conv-0", "title": "·", "current": f"msg-{length - 1}", "shared": None, "messages": messages}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *_: object, **__: object) -> None:
        """Say in JSON that there is no service here."""
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps({"error": {"code": "Not found", "message": "·"}}).encode())


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(WEB / "built")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
