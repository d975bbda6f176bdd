"""What people bring to the page and take away: a PDF, their voice, a wish; a drawing, the news, a hadith, a conversation on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from pypdf import PdfReader

from speech.audio import SoundLimits, read_blocks
from tests.e2e.browser import CHROMIUM, MICROPHONE, QUIET, WEB, violations, visit
from tests.e2e.machine import Machine
from tests.e2e.test_page import ask
from tests.fixtures.speech.recordings import recordings
from tests.unit.fanar.attribution.hadith import TEXTS
from tests.unit.rag.ingest.test_documents import pdf
from tests.unit.speech.sounds import wav

SPOKEN = recordings()[0]
HADITH = TEXTS["tirmidhi", "2680", "daif"]
BOTH = pytest.mark.parametrize(("language", "width"), [("ar", 375), ("en", 1280)])

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
    pytest.mark.skipif(not (WEB / "built" / "index.html").is_file(), reason="the page is not built here: make page, where npm is there"),
]


@pytest.fixture(scope="module")
def browser(served: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose microphone hears a recording once, and then nothing."""
    heard = tmp_path_factory.mktemp("heard") / "voice.wav"
    sound = np.concatenate([block[0] for block in read_blocks(SPOKEN.path, SoundLimits())])
    heard.write_bytes(wav((sound / 32768).astype(np.float32)))
    with sync_playwright() as playwright:
        hearing = [*QUIET, *MICROPHONE, f"--use-file-for-fake-audio-capture={heard}%noloop"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=hearing)
        yield opened
        opened.close()


@BOTH
def test_an_attached_pdf_is_asked_about_and_its_page_is_named(
    browser: Browser, machine: Machine, tmp_path: Path, language: str, width: int
) -> None:
    pdf(tmp_path / "harbour.pdf", "The harbour was built of stone.", "The lighthouse of the harbour is sixty metres tall.")
    with visit(browser, machine.url, language=language, width=width) as page:
        with page.expect_file_chooser() as chooser:
            page.get_by_label({"ar": "أرفق صورة أو مستندًا", "en": "Attach a picture or a document"}[language]).click()
        chooser.value.set_files(tmp_path / "harbour.pdf")
        answer = ask(page, "How tall is the lighthouse of the harbour?")
        expect(answer.locator(".body")).to_contain_text("sixty metres")
        answer.locator(".sources summary").click()
        expect(answer.locator(".sources .place").first).to_contain_text({"ar": "harbour.pdf · ص ٢", "en": "harbour.pdf · p. 2"}[language])


@BOTH
def test_what_is_said_into_the_microphone_becomes_the_question(browser: Browser, machine: Machine, language: str, width: int) -> None:
    with visit(browser, machine.url, language=language, width=width) as page:
        page.get_by_label({"ar": "تكلّم", "en": "Speak"}[language]).click()
        finish = page.get_by_label({"ar": "أنهِ الكلام", "en": "Finish speaking"}[language])
        finish.wait_for()
        # The recording lasts as long as it lasts; silence after it does no harm.
        page.wait_for_timeout(2000)
        finish.click()
        expect(page.locator("#question")).to_have_value(SPOKEN.text)


@BOTH
def test_a_pattern_is_drawn_without_a_model(browser: Browser, machine: Machine, language: str, width: int) -> None:
    with visit(browser, machine.url, language=language, width=width) as page:
        answer = ask(page, {"ar": "ارسم نقش زليج أزرق", "en": "Draw a blue girih pattern"}[language])
        picture = answer.locator(".body img")
        expect(picture).to_be_visible()
        assert picture.evaluate("each => each.complete && each.naturalWidth > 100")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@BOTH
def test_a_conversation_is_printed_without_the_page_around_it(
    browser: Browser, machine: Machine, tmp_path: Path, language: str, width: int
) -> None:
    with visit(browser, machine.url, language=language, width=width) as page:
        page.evaluate("window.print = () => { window.printed = true }")
        ask(page, "What is 15% of 240?")
        page.get_by_label({"ar": "خيارات المحادثة", "en": "Conversation options"}[language]).click()
        page.get_by_role("menuitem", name="PDF").click()
        page.wait_for_function("window.printed")
        page.pdf(path=tmp_path / "conversation.pdf")
        text = "\n".join(each.extract_text() for each in PdfReader(tmp_path / "conversation.pdf").pages)
        assert "What is 15% of 240?" in text
        assert "36" in text
        assert "Zakat" not in text


@BOTH
def test_a_hadith_stands_on_a_card_in_its_sources_words_with_its_grade(
    browser: Browser, machine: Machine, language: str, width: int
) -> None:
    place = {"ar": "جامع الترمذي 2680 · الدرجة: ضعيف", "en": "Jami` at-Tirmidhi 2680 · grade: weak (da`if)"}[language]
    url = "https://sunnah.com/tirmidhi:2680"
    source = {"index": 0, "number": 1, "source": url, "url": url, "corpus": "sunnah", "reference": "tirmidhi:2680", "content": HADITH}
    with visit(browser, machine.url, language=language, width=width, theme="dark", scripted=True) as page:
        page.fill("#question", "سؤال")
        page.press("#question", "Enter")
        # The answer has a word wrong; the card has the source's.
        page.evaluate("text => say(text)", f"قبله\n\n«{HADITH.replace('الْعِلْمَ', 'المال')}»\n{place} · {url} [1]\n\nبعده")
        page.evaluate("source => end([source])", {**source, "collection": "tirmidhi", "grade": "daif"})
        card = page.locator(".answered:not([aria-busy]) .hadith")
        expect(card.locator("blockquote")).to_have_text(HADITH)
        expect(card.locator("bdi")).to_have_text({"ar": "جامع الترمذي ٢٦٨٠", "en": "Jami` at-Tirmidhi 2680"}[language])
        expect(card.locator(".grade")).to_contain_text({"ar": "ضعيف", "en": "weak"}[language])
        card.get_by_role("button").last.click()
        expect(page.get_by_role("status")).to_have_text({"ar": "نُسخ.", "en": "Copied."}[language])
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f"«{HADITH}»" in copied
        assert url in copied
        assert violations(page) == []


@contextmanager
def outlet() -> Iterator[str]:
    """An outlet's feed on loopback; its address."""
    published = format_datetime(datetime.now(UTC))
    told = "<title>افتتاح مكتبة الوكرة</title><description>حضر الافتتاح خمسون ضيفًا.</description>"
    item = f"<item>{told}<guid>1</guid><link>https://example.org/1</link><pubDate>{published}</pubDate></item>"
    body = f'<rss version="2.0"><channel><title>صحيفة الدوحة</title>{item}</channel></rss>'.encode()

    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/feed"
        server.shutdown()


@pytest.fixture(scope="module")
def news(served: str, machine: Machine) -> Iterator[None]:
    """A source of news, for as long as these tests want one."""
    with outlet() as url:
        for arguments in (("feeds", "add", url), ("feeds", "poll")):
            said = machine.fanar(*arguments)
            assert said.returncode == 0, said.stderr
        yield
        machine.fanar("feeds", "remove", url)


@BOTH
@pytest.mark.usefixtures("news")
def test_the_news_are_read_sought_and_summed_up_in_the_conversation(browser: Browser, machine: Machine, language: str, width: int) -> None:
    with visit(browser, f"{machine.url}/#/news", language=language, width=width, theme="dark") as page:
        story = page.locator(".story")
        expect(story.locator("h2")).to_have_text("افتتاح مكتبة الوكرة")
        expect(story.locator(".place")).to_contain_text("صحيفة الدوحة")
        expect(story.locator("a")).to_have_attribute("href", "https://example.org/1")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(".panel select").select_option("en")
        page.locator(".panel .primary").click()
        expect(page.get_by_text({"ar": "لا خبر يطابق البحث.", "en": "No story matches."}[language])).to_be_visible()
        page.get_by_role("button", name={"ar": "اطلب موجزًا", "en": "Ask for a digest"}[language]).click()
        answer = page.locator(".answered:not([aria-busy])")
        expect(answer.locator(".body")).to_contain_text("افتتاح مكتبة الوكرة")
        expect(answer.locator(".body .cite").first).to_be_visible()
