"""An answer in the outlets' own words: dated sentences by story, newest first, each with its source. Knows nothing of stores or models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fanar.arabic.sentences import sentences
from fanar.bilingual import Language
from fanar.documents import Document
from fanar.news import Article
from rag.analysis import Term
from rag.citations import CitedText, Part
from rag.recency import telling
from rag.recency.conflicts import Conflict
from rag.recency.grouping import Story
from rag.sentences import best_sentences

_SENTENCES = 2  # of the article that leads a story; of others one
_TELLERS = 3  # articles of a story that are quoted
_LONGEST = 400  # characters of a sentence
_READ = 12_000  # characters of an article
_SAYS_SOMETHING = 4  # words


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of an article, as it can be shown."""

    text: str
    article: Article


@dataclass(frozen=True, slots=True)
class Told:
    """A story, what its outlets say of the question, and where they differ."""

    story: Story
    quotations: tuple[Quotation, ...]
    conflicts: tuple[Conflict, ...]


def told(story: Story, terms: Sequence[Term], conflicts: Sequence[Conflict]) -> Told:
    """Return what a story says of a question: the best sentences of its lead, and the best one of others that say it differently."""
    found: list[Quotation] = []
    for place, article in enumerate(story.articles[:_TELLERS]):
        for text in _best(article, terms, limit=1 if place else _SENTENCES):
            heads = _bare(text) == _bare(telling.title_of(story.lead)) and len(article.text) > len(article.title)
            if not heads and all(_bare(text) != _bare(each.text) for each in found):
                found.append(Quotation(text, article))
    if not found:
        found = [Quotation(_best(story.lead, (), limit=1)[0], story.lead)]
    return Told(story, tuple(found), tuple(conflicts))


class Extract:
    """Writes stories down, sentence by sentence, and numbers their sources as they come up."""

    def __init__(self, articles: Sequence[Article], *, zone: ZoneInfo, language: Language) -> None:
        self._zone = zone
        self._language = language
        self._numbers = {article.id: number for number, article in enumerate(articles, 1)}
        documents = [telling.document_of(article, zone=zone, language=language) for article in articles]
        self._cited = CitedText(documents)

    def say(self, text: str) -> Part:
        """Return words of our own."""
        return self._cited.verbatim(text)

    def stories(self, stories: Sequence[Told]) -> Iterator[Part]:
        """Yield stories, each under its title."""
        for each in stories:
            yield self.say(f"\n**{telling.title_of(each.story.lead)}**\n")
            for quotation in each.quotations:
                quoted = telling.QUOTED.in_language(self._language).format(quotation.text)
                yield self.say(f"- {quoted} — {telling.dated(quotation.article, zone=self._zone, language=self._language)} ")
                yield from self._marked(quotation.article)
                yield self.say("\n")
            yield from self._differing(each.conflicts)

    def _differing(self, conflicts: Sequence[Conflict]) -> Iterator[Part]:
        for line, conflict in zip(telling.differing(conflicts, self._language), conflicts, strict=True):
            yield self.say(f"- {line} ")
            for count in conflict.counts:
                yield from self._marked(count.article)
            yield self.say("\n")

    def headlines(self, stories: Sequence[Story]) -> Iterator[Part]:
        """Yield stories in a line each: title, first sentence, who tells it and when."""
        for place, story in enumerate(stories, 1):
            lead = story.lead
            opening = next(iter(_best(lead, (), limit=1)), "")
            yield self.say(f"\n{place}. **{telling.title_of(lead)}**")
            if opening and _bare(opening) not in _bare(lead.title):
                yield self.say(f": {telling.QUOTED.in_language(self._language).format(opening)}")
            yield self.say(f" — {telling.dated(lead, zone=self._zone, language=self._language)} ")
            for article in story.articles:
                yield from self._marked(article)

    def sources(self, articles: Sequence[Article]) -> Iterator[Part]:
        """Yield the list of sources: who, when, where."""
        yield self.say(f"\n{telling.SOURCES.in_language(self._language)}\n")
        for article in articles:
            line = telling.source_line(article, zone=self._zone, language=self._language)
            yield self.say(f"{self._numbers[article.id]}. {line}\n")

    def _marked(self, article: Article) -> Iterator[Part]:
        if article.id in self._numbers:
            yield from self._cited.mark(self._numbers[article.id])


def _best(article: Article, terms: Sequence[Term], *, limit: int) -> list[str]:
    """Return the sentences of an article that speak most to a question; without one its first sentence, or its title."""
    whole = f"{article.title}\n\n{article.text[:_READ]}"
    document = Document(article.id, telling.CORPUS, "", whole)
    found = [telling.plain(each.text)[:_LONGEST] for each in best_sentences(terms, [document], limit=limit)] if terms else []
    body = article.summary or article.text
    opening = _opening(body) or article.title
    return [text for text in found if text] or [telling.plain(opening)[:_LONGEST]]


def _opening(text: str) -> str:
    """Return the first sentence of a text that says anything."""
    from_first = (each.text for each in sentences(text[:_READ]))
    return next((sentence for sentence in from_first if len(sentence.split()) >= _SAYS_SOMETHING), "")


def _bare(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .،؛!؟?")
