"""Has a language model write an answer from articles, and lets through only what names its source. Knows nothing of stores.

Articles are data: they stand between fences that nobody can foresee. What was left out is counted.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.events import ChoiceFinished, Event, ProgressReported, ResponseCompleted, TextDelta
from fanar.messages import ChatRequest
from fanar.news import Article
from fanar.protocols import ChatModel
from fanar.streams import closing
from rag.citations import CitedText
from rag.pipeline import WRITING, Rewrite
from rag.prompts import grounded_instruction, grounded_request
from rag.recency import telling
from rag.recency.inquiry import Inquiry
from rag.recency.supported import SupportedText

_TURNS = 6
_LONGEST = 2_500
_GUIDANCE = Bilingual(
    "It is {now} for the person who asks. The passages are news articles, each with its outlet and date. Say when things happened. End "
    "every sentence with the number of its passage. Where outlets differ, say who says what. Prefer what is newer.",
    "الوقت الآن عند السائل {now}. المقاطع مقالات إخبارية لكل منها مصدر وتاريخ. اذكر متى وقعت الأحداث، واختم كل جملة برقم مقطعها، "
    "وإن اختلفت المصادر فاذكر ما يقوله كل منها، وقدّم الأحدث.",
)


class Writer:
    """Writes with one model. `rewrite` sees what it writes before anyone else."""

    def __init__(self, *, model: ChatModel, rewrite: Rewrite) -> None:
        self._model = model
        self._rewrite = rewrite

    def __bool__(self) -> bool:
        """Whether the model is there: one of this machine is false while it is not."""
        return bool(self._model)

    async def write(self, request: ChatRequest, articles: Sequence[Article], inquiry: Inquiry) -> AsyncGenerator[Event, None]:
        """Yield what the model writes, its markers resolved; the metadata of the last event counts what passed and what was left out."""
        yield ProgressReported(WRITING)
        documents = [_document(article, inquiry) for article in articles]
        supported = SupportedText([f"{each.reference}\n{each.text}\n{each.metadata['published']}" for each in documents])
        cited = CitedText(documents)
        async with closing(self._rewrite(self._model.stream(_grounded(request, documents, inquiry)))) as events:
            async for event in events:
                match event:
                    case TextDelta(text=text):
                        for part in cited.push(supported.push(text)):
                            yield part
                    case ChoiceFinished():
                        for part in [*cited.push(supported.finish()), *cited.finish()]:
                            yield part
                    case ResponseCompleted():
                        for part in [*cited.push(supported.finish()), *cited.finish()]:
                            yield part
                        counted = {
                            "sentences": supported.passed,
                            "sentences_dropped": supported.dropped,
                            "citations_dropped": cited.dropped,
                        }
                        yield replace(event, metadata={**event.metadata, **counted})
                    case _:
                        yield event


def _document(article: Article, inquiry: Inquiry) -> Document:
    text = telling.plain(f"{article.title}. {article.text}")[:_LONGEST]
    return telling.document_of(article, zone=inquiry.zone, language=inquiry.language, text=text)


def _grounded(request: ChatRequest, documents: Sequence[Document], inquiry: Inquiry) -> ChatRequest:
    now = telling.moment_text(inquiry.moment, zone=inquiry.zone, language=inquiry.language)
    guidance = _GUIDANCE.in_language(inquiry.language).format(now=now)
    return grounded_request(request, grounded_instruction(documents, language=inquiry.language, guidance=guidance), most_turns=_TURNS)
