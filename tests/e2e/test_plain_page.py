"""The plain page in a real browser: asked in Arabic, switched to English, and given a forged verse to check."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from rag.ingest.tanzil import load_tanzil
from tests.e2e.machine import Machine

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Without these Chromium talks to its maker's servers at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
VERSES = {(verse.surah, verse.ayah): verse.text for verse in load_tanzil().verses}

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")]


@pytest_asyncio.fixture
async def page(served: str, machine: Machine) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        opened = await browser.new_page(viewport={"width": 375, "height": 740})
        faults: list[str] = []
        opened.on("pageerror", lambda fault: faults.append(str(fault)))
        opened.on("requestfailed", lambda request: faults.append(request.url))
        opened.on("request", lambda request: None if request.url.startswith(machine.url) else faults.append(request.url))
        await opened.goto(f"{machine.url}/plain/")
        yield opened
        assert not faults
        await browser.close()


async def test_a_question_in_arabic_is_answered_from_right_to_left_with_the_verse_and_its_source(page: Page) -> None:
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await page.fill("#question", "اقرأ آية الكرسي")
    await page.press("#question", "Enter")
    await expect(page.locator("#conversation .verse").first).to_have_text(VERSES[2, 255])
    await expect(page.locator("#conversation a[href='https://quran.com/2/255']").first).to_be_visible()


async def test_what_is_missing_is_said_in_the_language_of_the_page(page: Page) -> None:
    await page.click("#language")
    await expect(page.locator("html")).to_have_attribute("dir", "ltr")
    await page.fill("#question", "What is the capital of Qatar?")
    await page.press("#question", "Enter")
    await expect(page.locator("#conversation")).to_contain_text("FANAR_STAR__URL")


async def test_a_changed_word_of_a_verse_is_shown_with_the_right_one(page: Page) -> None:
    await page.click("#tab-check")
    await page.fill("#pasted", "قال تعالى: ﴿إن الله مع الصادقين﴾ [البقرة: 153]")
    await page.click("#check-form button")
    await expect(page.locator("#findings del")).to_have_text("الصادقين")
    await expect(page.locator("#findings ins")).to_have_text(VERSES[2, 153].split()[-1])


async def test_nothing_is_wider_than_a_telephone(page: Page) -> None:
    await page.fill("#question", "اقرأ آية الكرسي")
    await page.press("#question", "Enter")
    await expect(page.locator("#conversation .verse").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
