"""A browser for the page: Debian's Chromium, watched for faults and for requests to anybody else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
WEB = ROOT / "orchestrator" / "web"
AXE = WEB / "page" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without these Chromium talks to its maker's servers at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
# A microphone that plays a sound, given without a question.
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]

# Tests wait for what happens, however busy the machine is.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)

# Answers that come when a test says so, once one is asked for: `say` sends the next piece, `end` the rest. All else goes to the server.
SCRIPTED = """(() => {
  const real = window.fetch;
  const encoder = new TextEncoder();
  let sink = null;
  const frame = (body) => encoder.encode(`data: ${JSON.stringify(body)}\\n\\n`);
  window.asked = [];
  const asking = async () => {
    while (!sink) await new Promise((again) => setTimeout(again, 5));
    return sink;
  };
  window.say = async (content) => (await asking()).enqueue(frame({ id: 'chatcmpl-0', choices: [{ delta: { content } }] }));
  window.end = async (references = [], metadata = {}) => {
    const open = await asking();
    open.enqueue(frame({ id: 'chatcmpl-0', choices: [{ delta: { references }, finish_reason: 'stop' }], metadata }));
    open.enqueue(encoder.encode('data: [DONE]\\n\\n'));
    open.close();
    sink = null;
  };
  window.fetch = (path, options) => {
    if (path !== 'v1/chat/completions') return real(path, options);
    window.asked.push(JSON.parse(options.body));
    const body = new ReadableStream({ start: (controller) => { sink = controller; } });
    options.signal.addEventListener('abort', () => {
      if (sink) sink.error(new DOMException('stopped', 'AbortError'));
      sink = null;
    });
    return Promise.resolve(new Response(body, { status: 200 }));
  };
})()"""


@contextmanager
def visit(
    browser: Browser, url: str, *, language: str = "ar", theme: str = "light", width: int = 1280, scripted: bool = False
) -> Iterator[Page]:
    """Open the page as somebody who has never been there. Afterwards nothing may have failed, nor anybody else been asked."""
    origin = url.partition("/#")[0]
    context = browser.new_context(viewport={"width": width, "height": 800 if width > 500 else 740}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write", "microphone"], origin=origin)
    context.add_init_script(f"localStorage.language ??= '{language}'; localStorage.theme ??= '{theme}'")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    if scripted:
        page.add_init_script(SCRIPTED)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda request: None if request.url.startswith((origin, "blob:", "data:")) else faults.append(request.url))
    page.goto(url)
    page.wait_for_selector("main h2, main form, main article")
    yield page
    context.close()
    assert not faults


def violations(page: Page) -> list[str]:
    """What axe finds wrong with what is shown now, by WCAG 2.2 AA and its best practices."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })"
    )
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]
