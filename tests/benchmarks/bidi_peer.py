"""Gradio's chat, which answers with what it is asked, eight letters at a time. Knows nothing of what is measured on it.

It is told which way its reader's language runs (`rtl`), as whoever builds an Arabic chat with it would.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Browser, Page

from tests.benchmarks.gateway_systems import free_port
from tests.environments.build import environment

NAME = "Gradio's chat"
ANSWER, QUESTION = '[data-testid="bot"] .prose ', '[data-testid="user"] .prose '
_START_SECONDS = 120.0
_APP = """
import sys, gradio
def echo(message, history):
    for end in range(8, len(message) + 8, 8):
        yield message[:end]
chat = gradio.Chatbot(rtl=sys.argv[2] == "ar")
gradio.ChatInterface(echo, chatbot=chat, fill_width=True).launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
"""


@contextmanager
def chat(language: str) -> Iterator[str]:
    """Start it for readers of a language; its address."""
    port = free_port()
    variables = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False"}
    command = [str(environment("gradio") / "bin" / "python"), "-c", _APP, str(port), language]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _listens(url := f"http://127.0.0.1:{port}"):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait()


def _listens(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False


@contextmanager
def page_of(browser: Browser, url: str, language: str) -> Iterator[Page]:
    """Open it in a window wide enough for every sentence to stand on one line."""
    context = browser.new_context(viewport={"width": 2600, "height": 1200}, locale=language)
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("textarea")
    yield page
    context.close()
