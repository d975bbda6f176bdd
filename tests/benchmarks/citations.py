"""Our own answers to a hundred questions: does every citation resolve, and do the passages say what they are cited for?

A real platform in this process, asked over its API: without a model, and with the scripted one, which says of each question what the data
say of it and cites the first passage, whatever that is. Quoted words are held against the passage letter by letter (vowel signs and
spelling aside); a sentence of the model's is supported where it cites a document that the data name for it. Nothing here is judged by the
checker that is measured last: how often it marks sentences that are wrong by construction, and right ones.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import httpx

from fanar.arabic.words import normal_words
from fanar.settings import Settings
from orchestrator.api.app import create_app
from orchestrator.bootstrap.platform import open_platform
from orchestrator.platform import Platform
from tests.benchmarks.report import ROOT, Result

QUESTIONS = Path(__file__).with_name("data") / "cited_questions.txt"
DATA = (QUESTIONS,)
_MARKER = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"[«“﴿](.+?)[»”﴾]", re.DOTALL)
_HOST = "127.0.0.1"
_READ_SECONDS = 120

Json = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A question, what answers it (a file, the title of an article, or verses), and what a model says of it, rightly and wrongly."""

    kind: str
    variety: str
    text: str
    answers: frozenset[str]
    right: str
    wrong: str


@dataclass(frozen=True)
class Cited:
    """One citation in an answer: whether it resolves, whether its passage says what it is cited for, and how many sentences that is."""

    resolves: bool
    supports: bool
    sentences: int = 1


@dataclass(frozen=True)
class Judged:
    """One answer: its citations, its sentences without one, whether the model's is shown, and whether one is marked as contradicted."""

    question: Question
    citations: tuple[Cited, ...]
    uncited: int
    shown: bool
    marked: bool


def main() -> Iterator[Result]:
    """Run the benchmark."""
    documents, questions = read()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with _news(documents, data / "www") as address:
            _command(data, "feeds", "add", address)
            _command(data, "feeds", "poll")
        told = {mode: asyncio.run(_answers(mode, documents, questions, data)) for mode in ("extractive", "scripted", "wrong")}
    for mode in ("extractive", "scripted"):
        yield from _results(told[mode], mode)
    wrong = [each for each in told["wrong"] if each.question.wrong]
    right = [each for each in told["scripted"] if each.shown]
    caught = _share(each.marked or not each.shown for each in wrong)
    yield Result("wrong sentences marked as contradicted, or withheld", caught, data=f"{len(wrong)} answers")
    yield Result(
        "right sentences marked as contradicted", _share(each.marked for each in right), target="≤ 0.01", data=f"{len(right)} answers"
    )


def read() -> tuple[dict[str, list[tuple[str, str]]], list[Question]]:
    """Return the documents by kind, each with its name and text, and the questions."""
    documents: dict[str, list[tuple[str, str]]] = {"files": [], "news": []}
    questions: list[Question] = []
    kind, name = "", ""
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            kind, name = line[2:].split(" | ")
            if kind in documents:
                documents[kind].append((name, ""))
        elif line.startswith("? "):
            variety, text, right, wrong = (part.strip() for part in line[2:].split("|"))
            answers = frozenset(name.split()) if kind == "islamic" else frozenset((name,))
            questions.append(Question(kind, variety, text, answers, right, wrong))
        elif kind in documents:
            documents[kind][-1] = (name, f"{documents[kind][-1][1]}{line}\n")
    return documents, questions


def _results(judged: Sequence[Judged], mode: str) -> Iterator[Result]:
    kinds = ", ".join(f"{sum(each.question.kind == kind for each in judged)} {kind}" for kind in ("islamic", "files", "news"))
    data = f"{len(judged)} questions of our own ({kinds}), {mode}"
    citations = [cited for each in judged for cited in each.citations]
    sentences = sum(each.uncited for each in judged) + sum(cited.sentences for cited in citations)
    supported = sum(cited.sentences for cited in citations if cited.supports)
    yield Result("questions answered with a citation", _share(bool(each.citations) for each in judged), data=data)
    yield Result(
        "citations that resolve", _share(cited.resolves for cited in citations), target="≥ 1", data=f"{len(citations)} citations, {mode}"
    )
    yield Result(
        "citations that support their sentence (ALCE precision)", _share(cited.supports for cited in citations), target="≥ 0.95", data=data
    )
    yield Result("sentences that a citation supports (ALCE recall)", supported / max(1, sentences), data=f"{sentences} sentences, {mode}")


def _share(values: Iterator[bool] | Sequence[bool]) -> float:
    counted = list(values)
    return sum(counted) / max(1, len(counted))


async def _answers(mode: str, documents: dict[str, list[tuple[str, str]]], questions: Sequence[Question], data: Path) -> list[Judged]:
    settings = Settings(_env_file=None, data=data, discover=False)
    if mode != "extractive":
        script = data / f"{mode}.json"
        script.write_text(json.dumps([_rule(question, mode) for question in questions]), encoding="utf-8")
        settings = settings.model_copy(update={"scripted_model": script})
    async with _served(settings) as client:
        files = [await _handed_in(client, name, text) for name, text in documents["files"]]
        judged = []
        for question in questions:
            answer = await _asked(client, question, files)
            judged.append(_judged(question, mode, answer))
        for file in files:
            await client.delete(f"/v1/files/{file}")
    return judged


def _rule(question: Question, mode: str) -> Json:
    said = (question.wrong or question.right) if mode == "wrong" else question.right
    return {"match": f"^{re.escape(question.text)}$", "reply": f"{said} [1]." if said else "Here it is [1]."}


@asynccontextmanager
async def _served(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with open_platform(settings) as platform:

        @asynccontextmanager
        async def given() -> AsyncIterator[Platform]:
            """Yield the one platform."""
            yield platform

        app = create_app(given, settings=settings)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url=f"http://{_HOST}") as client:
            yield client


async def _handed_in(client: httpx.AsyncClient, name: str, text: str) -> str:
    answer = await client.post("/v1/files", files={"file": (name, text.encode())}, data={"purpose": "user_data"})
    file = str(answer.raise_for_status().json()["id"])
    async with asyncio.timeout(_READ_SECONDS):
        while (await client.get(f"/v1/files/{file}")).json()["status"] == "uploaded":
            await asyncio.sleep(0.1)
    return file


async def _asked(client: httpx.AsyncClient, question: Question, files: Sequence[str]) -> Json:
    body: Json = {"model": "Fanar", "messages": [{"role": "user", "content": question.text}]}
    if question.kind == "files":
        body["files"] = list(files)
    answer = await client.post("/v1/chat/completions", json=body, timeout=_READ_SECONDS)
    return dict(answer.json()) if answer.status_code == httpx.codes.OK else {}


def _judged(question: Question, mode: str, answer: Json) -> Judged:
    if not answer:
        return Judged(question, (), 0, shown=False, marked=False)
    message = answer["choices"][0]["message"]
    content = message["content"]
    references = {each["number"]: each for each in message.get("references") or []}
    claims = (answer.get("metadata") or {}).get("attribution", {}).get("claims", [])
    marked = any(claim["verdict"] == "contradicted" for claim in claims)
    if marked:
        content = content[: content.rfind("\n\n")]  # the note of what contradicts is the platform's, not an answer's sentence
    said = (question.wrong if mode == "wrong" else question.right) or question.right
    written = answer["metadata"]["routing"]["answered_by"] == "scripted"
    shown = bool(said) and said in content
    uncited = int(written and shown and f"{said} [" not in content)
    return Judged(question, tuple(_citations(question, content, references, written=written)), uncited, shown, marked)


def _citations(question: Question, content: str, references: dict[int, Json], *, written: bool) -> Iterator[Cited]:
    begin = 0
    for match in _MARKER.finditer(content):
        number = int(match[1])
        if number not in references:
            yield Cited(resolves=False, supports=False)
            continue
        reference = references[number]
        place = reference["index"]
        resolves = bool(reference["content"]) and content[place : place + len(match[0])] == match[0]
        stretch = content[begin : match.start()]
        quoted = _QUOTED.findall(stretch)
        if written and not quoted:
            # A model's sentence: right where it cites what the data name for it, however the guard of scripture has spelled its words.
            yield Cited(resolves, bool(_names(reference) & question.answers))
        else:
            yield Cited(resolves, _said(quoted or [stretch.strip().rpartition("\n")[2]], reference), max(1, len(quoted)))
        begin = match.end()


def _said(quoted: Sequence[str], reference: Json) -> bool:
    """Whether these are a passage's own words, however they are spelled."""
    source = " ".join(normal_words(f"{reference['content']} {reference.get('translation') or ''}"))
    return all(" ".join(normal_words(part.removesuffix("…"))) in source for part in quoted)


def _names(reference: Json) -> frozenset[str]:
    """Return what the data may call a passage: its file, the title of its article, each of its verses."""
    told = reference["reference"]
    verses = {
        f"{surah}:{ayah}"
        for surah, first, last in re.findall(r"(\d+):(\d+)(?:-(\d+))?", told)
        for ayah in range(int(first), int(last or first) + 1)
    }
    return frozenset({str(reference.get("filename")), told.rpartition(": ")[2], *verses})


@contextmanager
def _news(documents: dict[str, list[tuple[str, str]]], folder: Path) -> Iterator[str]:
    """Serve the articles as a feed, and yield its address."""
    folder.mkdir(parents=True)
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer((_HOST, 0), handler) as server:
        address = f"http://{_HOST}:{server.server_port}"
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{address}/{number}</link><guid>{number}</guid>"
            f"<description>{escape(text)}</description></item>"
            for number, (title, text) in enumerate(documents["news"])
        )
        feed = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Paper</title>{items}</channel></rss>'
        (folder / "feed.xml").write_text(feed, encoding="utf-8")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"{address}/feed.xml"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _command(data: Path, *arguments: str) -> None:
    """Run one of the product's own commands."""
    # Settings of a benchmark's own, as where its data lies, are none of the product's: it refuses them.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FANAR_")}
    environment = inherited | {"FANAR_DATA": str(data), "FANAR_DISCOVER": "false", "FANAR_FETCH_PRIVATE_HOSTS": json.dumps([_HOST])}
    subprocess.run([Path(sys.executable).with_name("fanar"), *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
