"""Puts articles in order for a question: what they say, when they said it, who says it, and how many say it. Knows nothing of stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from fanar.news import Article
from rag.recency.articles import ScoredArticle
from rag.recency.freshness import DECAY, Decay, timeliness
from rag.recency.inquiry import Inquiry
from rag.recency.passages import Passages, Speaks


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. `store` is what the store says, which knows how rare a word is everywhere.

    `title` and `store` are those of the grid in `tests.benchmarks.recency` that serve the questions of its earlier months best; `authority`
    and `agreement`, of which those questions say nothing, are round numbers chosen by hand. `authority` is how far the operator's trust
    moves an article up or down, `agreement` what each doubling of the outlets that tell the same story adds.
    """

    passage: float = 1.0
    title: float = 0.5
    store: float = 0.25
    authority: float = 0.2
    agreement: float = 0.05


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class RankedArticle:
    """An article in its place. `covered` is the share of the question that it speaks to in one passage, `score` only orders."""

    article: Article
    score: float
    covered: float
    meant: bool = False


def rank(found: Sequence[ScoredArticle], inquiry: Inquiry) -> list[RankedArticle]:
    """Return the articles, best first. Those published after what the question wants known are left out."""
    return in_order(heard(found, inquiry), inquiry)


def heard(found: Sequence[ScoredArticle], inquiry: Inquiry) -> list[tuple[ScoredArticle, Speaks]]:
    """Return the articles that the question may be answered from, and how each speaks to it."""
    known = [each for each in found if each.article.published < inquiry.known_by or inquiry.as_of is None]
    passages = Passages([(each.article.title, f"{each.article.summary}\n{each.article.text}") for each in known])
    return list(zip(known, passages.weigh(inquiry.terms), strict=True))


def in_order(
    known: Sequence[tuple[ScoredArticle, Speaks]], inquiry: Inquiry, *, weights: Weights = WEIGHTS, decay: Decay = DECAY
) -> list[RankedArticle]:
    """Return articles, best first."""
    outlets = _outlets([each.article for each, _ in known])
    says = _shares([weights.passage * speaks.passage + weights.title * speaks.title for _, speaks in known])
    stored = _shares([each.score for each, _ in known])
    ranked = []
    for place, (each, speaks) in enumerate(known):
        article = each.article
        trust = 1 + weights.authority * (article.authority - 0.5) + weights.agreement * log2(outlets[article.story])
        when = timeliness(article.published, moment=inquiry.known_by, intervals=inquiry.intervals, decay=decay)
        score = (says[place] + weights.store * stored[place]) * trust * when
        ranked.append(RankedArticle(article, score, speaks.covered, each.meant))
    return sorted(ranked, key=lambda one: (-one.score, -one.article.published.timestamp(), one.article.id))


def _shares(scores: Sequence[float]) -> list[float]:
    """Return scores as shares of the best one."""
    best = max(scores, default=0.0)
    return [score / best if best else 0.0 for score in scores]


def _outlets(articles: Sequence[Article]) -> Mapping[str, int]:
    telling: dict[str, set[str]] = {}
    for article in articles:
        telling.setdefault(article.story, set()).add(article.outlet)
    return {story: len(outlets) for story, outlets in telling.items()}
