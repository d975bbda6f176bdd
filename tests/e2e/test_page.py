"""Visits to the page in a real browser: in Arabic and in English, at a desk and on a telephone, by mouse and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from rag.ingest.tanzil import load_tanzil
from tests.e2e.browser import CHROMIUM, MICROPHONE, QUIET, WEB, violations, visit
from tests.e2e.machine import Machine

VERSES = {(verse.surah, verse.ayah): verse.text for verse in load_tanzil().verses}
FORGED = "قال تعالى: ﴿إن الله مع الصادقين﴾ [البقرة: 153]"
DOCUMENT = "# القرية\n\nيبلغ ارتفاع برج القرية ستين مترًا، وقد بناه سالم البنّاء.\n\nفي القرية مدرسة واحدة وسوق صغير كل خميس.\n"
VIEWS = ("check", "news", "zakat", "inheritance", "search", "installed")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
    pytest.mark.skipif(not (WEB / "built" / "index.html").is_file(), reason="the page is not built here: make page, where npm is there"),
]


@pytest.fixture(scope="module")
def browser(served: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *MICROPHONE])
        yield opened
        opened.close()


def kept(page: Page) -> AbstractContextManager[object]:
    """Wait, after what is done within, until the server has kept an answer."""
    return page.expect_response(
        lambda answer: '"role":"assistant"' in (answer.request.post_data or "") and "/v1/conversations" in answer.url
    )


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the answer when it is whole and kept."""
    before = page.locator(".answered").count()
    page.fill("#question", question)
    expect(page.locator(".composer .sign.primary")).to_be_enabled()
    with kept(page):
        page.press("#question", "Enter")
        expect(page.locator(".answered:not([aria-busy])")).to_have_count(before + 1)
    return page.locator(".answered").last


def test_a_visit_in_arabic_ends_with_the_verse_its_source_and_a_conversation_to_come_back_to(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url) as page:
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator(".missing")).to_be_visible()
        answer = ask(page, "اقرأ آية الكرسي")
        expect(answer.locator(".verse blockquote")).to_have_text(VERSES[2, 255])
        answer.locator(".cite").click()
        expect(answer.locator(".sources .card")).to_be_visible()
        expect(answer.locator(".sources a")).to_have_attribute("href", "https://quran.com/2/255")
        answer.get_by_label("انسخ مع المصدر").first.click()
        expect(page.get_by_role("status")).to_have_text("نُسخ.")
        assert VERSES[2, 255] in page.evaluate("navigator.clipboard.readText()")
        expect(page).to_have_url(re.compile("#/c/conv-"))
        page.reload()
        expect(page.locator(".verse blockquote")).to_have_text(VERSES[2, 255])
        page.get_by_label("ابحث في محادثاتك").fill("ايه الكرسى")
        expect(page.locator(".conversations li")).to_have_count(1)


def test_an_edited_question_is_a_branch_and_both_branches_stay(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url, language="en") as page:
        ask(page, "What is 15% of 240?")
        page.get_by_label("Edit the question").click()
        page.locator(".editing textarea").fill("What is 10% of 240?")
        with kept(page):
            page.locator(".editing button.primary").click()
        expect(page.locator(".answered:not([aria-busy])")).to_contain_text("24")
        expect(page.locator(".asked")).to_have_count(1)
        page.get_by_label("Previous").click()
        expect(page.locator(".answered")).to_contain_text("36")
        with kept(page):
            page.get_by_label("Answer again").click()
        expect(page.get_by_label("Version 2 of 2").last).to_be_visible()
        page.reload()
        expect(page.get_by_label("Version 2 of 2").last).to_be_visible()


def test_a_stopped_answer_keeps_what_came_and_can_be_had_again(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url, language="en", scripted=True) as page:
        page.fill("#question", "Tell me a story")
        page.press("#question", "Enter")
        page.evaluate("say('Once upon a time')")
        expect(page.locator(".answered .body")).to_have_text("Once upon a time")
        page.keyboard.press("Escape")
        expect(page.locator(".answered:not([aria-busy])")).to_contain_text("Once upon a time")
        expect(page.get_by_role("status")).to_have_text("The answer was stopped.")
        page.get_by_label("Answer again").click()
        page.evaluate("say('Again'); end()")
        expect(page.locator(".answered:not([aria-busy]) .body")).to_have_text("Again")
        assert [len(each["messages"]) for each in page.evaluate("asked")] == [1, 1]


def test_an_answer_is_shown_as_what_it_is_and_never_as_markup(browser: Browser, machine: Machine) -> None:
    hostile = (
        "<img src=x onerror=alert(1)> **bold** ![p](https://evil.example/p.png) [l](javascript:alert(1))\n\n```py\nprint('سلام')\n```\n"
    )
    with visit(browser, machine.url, scripted=True) as page:
        page.fill("#question", "سؤال")
        page.press("#question", "Enter")
        page.evaluate(
            "text => { say(text); end([], { routing: { route: 'general', answered_by: 'star', confidence: 0.9, reasons: ['r'] } }) }",
            hostile,
        )
        body = page.locator(".answered:not([aria-busy]) .body")
        expect(body.locator("strong")).to_have_text("bold")
        expect(body.locator("pre")).to_contain_text("print('سلام')")
        assert body.locator("img").count() == 0
        assert body.locator("a").evaluate_all("links => links.map(link => link.href)") == ["https://evil.example/p.png"]
        page.locator(".badge summary").click()
        expect(page.locator(".badge dl")).to_contain_text("star")


def test_a_forged_verse_is_shown_with_the_right_words(browser: Browser, machine: Machine) -> None:
    with visit(browser, f"{machine.url}/#/check") as page:
        page.get_by_label("النص المراد فحصه").fill(FORGED)
        page.get_by_role("button", name="افحص").click()
        finding = page.locator(".finding.wrong")
        expect(finding.locator("del")).to_have_text("الصادقين")
        expect(finding.locator("ins")).to_have_text(VERSES[2, 153].split()[-1])
        expect(page.locator(".marked mark.wrong")).to_contain_text("إن الله مع الصادقين")
        assert VERSES[2, 153].endswith(finding.locator("[data-correction]").text_content() or "?")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_article_is_held_against_its_sources_claim_by_claim(browser: Browser, machine: Machine, language: str) -> None:
    with visit(browser, f"{machine.url}/#/check", language=language) as page:
        page.locator(".buttons button").last.click()
        expect(page.locator(".source textarea")).to_have_count(3)
        page.locator(".buttons .primary").click()
        # A forged verse, a claim that a source makes, one that it denies, and one that none speaks of.
        expect(page.locator(".marked mark")).to_have_count(4)
        kinds = page.locator(".marked mark").evaluate_all("marks => marks.map(mark => mark.className)")
        assert kinds == ["wrong", "right", "wrong", "doubtful"]
        expect(page.locator(".marked mark").first).to_have_text(re.compile("^﴿.*﴾.$"))
        expect(page.locator(".finding.right blockquote")).to_contain_text(
            {"ar": "افتُتح جسر النور عام ٢٠١٥", "en": "opened in 2015"}[language]
        )
        expect(page.locator(".finding.wrong blockquote").last).to_contain_text("230")
        page.get_by_label({"ar": "أزل المصدر ٢", "en": "Remove Source 2"}[language]).click()
        expect(page.locator(".source textarea")).to_have_count(2)


def test_an_estate_is_divided_with_its_table_and_its_proof(browser: Browser, machine: Machine) -> None:
    with visit(browser, f"{machine.url}/#/inheritance", language="en") as page:
        for heir, count in {"Wife": "1", "Daughter": "٢", "Father": "1", "Mother": "1"}.items():
            page.get_by_label(heir, exact=True).fill(count)
        page.get_by_label("Value of the estate").fill("27,000")
        page.get_by_role("button", name="Calculate").click()
        expect(page.locator(".proof li").last).to_contain_text("= 27")
        # The case of the pulpit: an eighth becomes a ninth.
        rows = {row.locator("th").text_content(): row.locator("td").all_text_contents() for row in page.locator(".result tbody tr").all()}
        assert rows["wife"][:2] == ["1/9", "3/27"]
        assert "3,000" in rows["wife"][3]


def test_zakat_is_reckoned_line_by_line(browser: Browser, machine: Machine) -> None:
    with visit(browser, f"{machine.url}/#/zakat") as page:
        page.get_by_label("النقود", exact=True).fill("٢٥٠٠٠")
        page.get_by_label("سعر غرام الفضة الخالصة").fill("5.6")
        page.get_by_role("button", name="احسب").click()
        expect(page.locator(".total strong")).to_contain_text("٦٢٥")
        expect(page.locator(".result tbody tr").last).to_contain_text("٦٢٥")


def test_an_attached_document_is_asked_about_and_cited(browser: Browser, machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "قرية.md").write_text(DOCUMENT, encoding="utf-8")
    with visit(browser, machine.url) as page:
        with page.expect_file_chooser() as chooser:
            page.get_by_label("أرفق صورة أو مستندًا").click()
        chooser.value.set_files(tmp_path / "قرية.md")
        expect(page.locator(".composer .attachments")).to_contain_text("قرية.md")
        answer = ask(page, "كم يبلغ ارتفاع برج القرية؟")
        expect(answer.locator(".body")).to_contain_text("ستين مترًا")
        answer.locator(".sources summary").click()
        expect(answer.locator(".sources .place").first).to_contain_text("قرية.md")
        expect(page.locator(".asked .attachments")).to_contain_text("قرية.md")


def test_a_conversation_is_rated_written_out_and_shared_by_choice(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url, language="en") as page:
        ask(page, "Read Ayat al-Kursi")
        page.get_by_label("Good answer").click()
        expect(page.get_by_label("Good answer")).to_have_attribute("aria-pressed", "true")
        page.get_by_label("Conversation options").click()
        with page.expect_download() as written:
            page.get_by_role("menuitem", name="Download as Markdown").click()
        assert VERSES[2, 255] in written.value.path().read_text(encoding="utf-8")
        page.get_by_label("Conversation options").click()
        page.get_by_role("menuitem", name="Share by link").click()
        page.get_by_role("button", name="Make the link").click()
        with visit(browser, page.locator(".modal input").input_value()) as reader:
            expect(reader.locator(".verse blockquote")).to_have_text(VERSES[2, 255])
        page.get_by_role("button", name="Withdraw the link").click()
        expect(page.get_by_role("button", name="Make the link")).to_be_visible()


def test_all_turns_round_at_once_with_the_language_and_nothing_is_lost(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url) as page:
        page.fill("#question", "سؤال لم يُرسل بعد")
        page.locator(".topbar").get_by_text("English").click()
        expect(page.locator("html")).to_have_attribute("dir", "ltr")
        expect(page.get_by_role("button", name="New conversation")).to_be_visible()
        expect(page.locator("#question")).to_have_value("سؤال لم يُرسل بعد")
        assert page.locator("aside").evaluate("each => each.getBoundingClientRect().x") == 0
        page.locator(".topbar").get_by_text("العربية").click()
        assert page.locator("main").evaluate("each => each.getBoundingClientRect().x") == 0


def test_a_long_english_title_on_the_arabic_page_loses_its_end_and_not_its_beginning(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url) as page:
        ask(page, "What is 15% of 240, and why would anybody reckon that by hand today?")
        line = page.locator(".conversations [aria-current] .line").first
        cut, begins = line.evaluate(
            """each => {
                const first = document.createRange();
                first.setStart(each.firstChild, 0);
                first.setEnd(each.firstChild, 4);
                return [each.scrollWidth > each.clientWidth, first.getBoundingClientRect().x >= each.getBoundingClientRect().x];
            }"""
        )
        assert cut
        assert begins


def test_what_is_missing_is_said_with_its_command(browser: Browser, machine: Machine) -> None:
    with visit(browser, machine.url, language="en") as page:
        expect(ask(page, "Write a poem about the sea in the style of a pirate").get_by_role("alert")).to_contain_text("FANAR_STAR__URL")
        page.get_by_role("link", name="What is here").click()
        expect(page.locator(".lacking code").first).to_have_text("fanar corpora add quran")
        page.get_by_role("link", name="News").click()
        expect(page.locator(".remedy code").first).to_have_text("fanar feeds add URL")
        page.goto(f"{machine.url}/#/")
        expect(ask(page, "Draw a picture of a cat in the rain").get_by_role("alert")).to_contain_text("fanar models pull oryx")


@pytest.mark.parametrize(("language", "width"), [("ar", 375), ("en", 1280)])
def test_the_keyboard_alone_is_enough(browser: Browser, machine: Machine, language: str, width: int) -> None:
    said = {
        "ar": ("انتقل إلى السؤال", "اقرأ آية الكرسي", "خيارات المحادثة", "القائمة", "تحقّق من نص"),
        "en": ("Skip to the question", "Read Ayat al-Kursi", "Conversation options", "Menu", "Check a text"),
    }
    skip, question, options, menu, check = said[language]
    with visit(browser, machine.url, language=language, width=width) as page:
        page.keyboard.press("Tab")
        expect(page.get_by_text(skip)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#question")).to_be_focused()
        page.keyboard.type(question)
        page.keyboard.press("Enter")
        expect(page.locator(".verse .cite")).to_be_visible()
        expect(page.locator("#question")).to_be_focused()
        tab_to(page, page.locator(".verse .cite"), key="Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".sources li")).to_be_focused()
        tab_to(page, page.get_by_label(options), key="Shift+Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.get_by_label(options)).to_be_focused()
        if width < 500:
            tab_to(page, page.get_by_role("button", name=menu), key="Shift+Tab")
            page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("link", name=check), key="Tab" if width < 500 else "Shift+Tab")
        page.keyboard.press("Enter")
        tab_to(page, page.locator(".panel textarea"))
        page.keyboard.insert_text(FORGED)
        tab_to(page, page.locator(".panel .primary"))
        page.keyboard.press("Enter")
        expect(page.locator(".finding.wrong")).to_be_visible()


def tab_to(page: Page, wanted: Locator, *, key: str = "Tab") -> None:
    """Press a key until `wanted` has the focus, as somebody does who has no mouse."""
    wanted.wait_for()
    for _ in range(40):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(page.evaluate("document.activeElement.outerHTML"))


@pytest.mark.parametrize(("language", "theme", "width", "views"), [("ar", "dark", 375, VIEWS), ("en", "light", 1280, VIEWS[:1])])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(
    browser: Browser, machine: Machine, language: str, theme: str, width: int, views: tuple[str, ...]
) -> None:
    found: list[str] = []
    with visit(browser, machine.url, language=language, theme=theme, width=width) as page:
        found += violations(page)
        ask(page, "اقرأ سورة الإخلاص")
        page.locator(".sources summary").click()
        page.locator(".badge summary").click()
        found += violations(page)
        for view in views:
            page.goto(f"{machine.url}/#/{view}")
            page.wait_for_selector(".panel form:visible, .capabilities, .remedy")
            if view == "check":
                page.locator(".panel textarea").fill(FORGED)
                page.locator(".panel button.primary").click()
                page.wait_for_selector(".finding")
            found += violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator(".topbar .sign").last.click()
        page.wait_for_selector(".modal")
        found += violations(page)
    assert found == []
