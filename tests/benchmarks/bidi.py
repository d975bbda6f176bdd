"""The page's text in Chromium: sixty mixed sentences in eight kinds of block and both interface languages; and how fast the page is.

What each sentence is was judged by a reader of both languages (data/bidi.tsv). Direction, order of words, side of markers and of the last
punctuation are measured where the glyphs stand, when an answer is whole, and flips while it is written, eight letters at a time. The peer
is the browser's own rule, the first strong letter (`dir="auto"`), on the same blocks. The page is built first: `make page`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import fmean
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.report import Result
from tests.e2e.browser import CHROMIUM, QUIET, SCRIPTED, WEB

SENTENCES = Path(__file__).parent / "data" / "bidi.tsv"
DATA = (SENTENCES,)
ROWS = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
LANGUAGES = ("ar", "en")
PIECE, TURNS, TOKENS = 8, 500, 600
# Markdown around each sentence, around all of them, and where the page puts each.
KINDS = {
    "paragraph": ("{}", "\n\n", "", ".prose p"),
    "heading": ("### {}", "\n\n", "", ".prose h3"),
    "bullet": ("- {}", "\n", "", ".prose ul > li"),
    "numbered": ("1. {}", "\n", "", ".prose ol > li"),
    "quotation": ("> {}", "\n\n---\n\n", "", ".prose blockquote"),
    "cell": ("| {} |", "\n", "| الجملة sentence |\n|---|\n", ".prose td"),
    "nested item": ("- ·\n  - {}", "\n", "", ".prose li li"),
    "question": ("{}", "\n", "", ".bubble p"),
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
  const start = rtl ? style.marginRight : style.marginLeft, end = rtl ? style.marginLeft : style.marginRight;
  const strong = glyphs.filter((glyph) => /\\p{L}/u.test(glyph.letter));
  return {
    direction: style.direction === sides[index],
    order: rtl ? strong[0].at > strong.at(-1).at : strong[0].at < strong.at(-1).at,
    marker: block.tagName !== 'LI' || (parseFloat(start) > 0 && parseFloat(end) === 0),
    punctuation: !/[.،؟?!]/.test(last.letter) || Math.abs(last.at - edge) < 1,
    auto: (block.dir = 'auto', getComputedStyle(block).direction === sides[index]),
  };
})"""
_WRITE = """async ([text, piece, selector]) => {
  let before = [], flips = 0;
  for (let at = 0; at < text.length; at += piece) {
    say(text.slice(at, at + piece));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const blocks = [...document.querySelectorAll(selector)];
    const now = blocks.map((block) => /\\p{L}/u.test(block.textContent) ? getComputedStyle(block).direction : '');
    before.forEach((side, index) => { flips += Boolean(side && now[index] && side !== now[index]); });
    before = now;
  }
  end();
  return flips;
}"""
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


def main() -> Iterable[Result]:
    """Run the benchmark."""
    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        seen: list[dict[str, bool]] = []
        flips = 0
        for language in LANGUAGES:
            for kind in KINDS:
                found, turned = _measured(browser, url, language, kind)
                seen += found
                flips += turned
        yield from _sides(seen, flips)
        yield from _speed(browser, url)
        browser.close()
    yield Result("first load: page, script, style, fonts, compressed", _first_load() / 1000, "KB", "≤ 250")


def _measured(browser: Browser, url: str, language: str, kind: str) -> tuple[list[dict[str, bool]], int]:
    form, between, head, selector = KINDS[kind]
    text = head + between.join(form.format(sentence) for _, sentence in ROWS)
    sides = [side for side, _ in ROWS]
    with _page(browser, url, language) as page:
        # An answer in the reader's own language came before, as in most conversations.
        page.fill("#question", text if kind == "question" else ("سؤال عن الجمل" if language == "ar" else "A question about sentences"))
        page.press("#question", "Enter")
        page.wait_for_function("asked.length === 1")
        flips = page.evaluate(_WRITE, [text if kind != "question" else "·", PIECE, selector])
        page.wait_for_selector(".answered:not([aria-busy])")
        page.wait_for_timeout(200)
        found = page.evaluate(_SEEN, [selector, sides])
    assert len(found) == len(ROWS), (kind, len(found))
    return found, flips


def _sides(seen: list[dict[str, bool]], flips: int) -> Iterator[Result]:
    data = f"{len(ROWS)} sentences × {len(KINDS)} blocks × {len(LANGUAGES)} languages"
    peer = fmean(each["auto"] for each in seen)
    yield Result("blocks in the right direction", fmean(each["direction"] for each in seen), "", "≥ 1", 'dir="auto"', peer, data)
    for name in ("order", "marker", "punctuation"):
        said = {"order": "first and last words", "marker": "markers", "punctuation": "last punctuation"}[name]
        yield Result(f"{said} on the right side", fmean(each[name] for each in seen), "", "≥ 1", data=data)
    yield Result(
        "blocks that turned round while they were written", flips / len(seen), "", "≤ 0", data=f"{data}, {PIECE} letters at a time"
    )


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
