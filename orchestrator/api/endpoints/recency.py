"""GET /v1/recency/status and /v1/recency/feed: what is known of the news up to when, and the stories themselves."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request

from fanar import errors
from fanar.news import Article, SourceStatus
from orchestrator.api.dependencies import Caller, CurrentPlatform
from orchestrator.api.errors import documented
from orchestrator.api.queries import parameters_of, query_as
from orchestrator.api.schemas.recency import (
    FeedAnswer,
    FeedRequest,
    NewsArticle,
    NewsSource,
    NewsStory,
    RecencyStatus,
    moment_of,
)
from rag.recency.desk import EditionQuery
from rag.recency.grouping import Story
from rag.recency.telling import plain, state_text, title_of

router = APIRouter(tags=["Recency"])
_LONGEST_SUMMARY = 600


@router.get("/v1/recency/status", summary="What is known of the news, and up to when", responses=documented(errors.StorageError))
async def status(platform: CurrentPlatform, key: Caller) -> RecencyStatus:
    """Say how each source is doing, when it was last read, and when the newest article was published."""
    known = await platform.news.status()
    message = state_text(known)
    return RecencyStatus(
        object="recency.status",
        configured=bool(known.sources),
        known_until=known.known_until,
        newest=known.newest,
        polled=known.polled,
        articles=known.articles,
        stories=known.stories,
        sources=[_source(each) for each in known.sources],
        message={"en": message.en, "ar": message.ar},
    )


@router.get(
    "/v1/recency/feed",
    summary="The newest stories, by topic and language",
    responses=documented(errors.NotConfiguredError, errors.StorageError),
    openapi_extra=parameters_of(FeedRequest),
)
async def feed(request: Request, platform: CurrentPlatform, key: Caller) -> FeedAnswer:
    """Return stories, each with all outlets that tell it; 503 when no source of news is connected."""
    wanted = query_as(FeedRequest, request)
    since, until = moment_of(wanted.since, "since"), moment_of(wanted.until, "until")
    edition = await platform.news.edition(EditionQuery(wanted.topic, wanted.language, since, until, wanted.top_k))
    return FeedAnswer(
        object="list",
        looked_up=edition.looked_up,
        known_until=edition.status.known_until,
        stories=[_story(each) for each in edition.stories],
    )


def _story(story: Story) -> NewsStory:
    return NewsStory(
        id=story.id,
        title=title_of(story.lead),
        newest=story.newest,
        outlets=list(story.outlets),
        articles=[_article(article) for article in story.articles],
    )


def _article(article: Article) -> NewsArticle:
    return NewsArticle(
        id=article.id,
        url=article.url,
        outlet=article.outlet,
        title=title_of(article),
        summary=plain(article.summary or article.text)[:_LONGEST_SUMMARY],
        language=article.language,
        published=article.published,
        updated=article.updated,
        version=article.version,
    )


def _source(source: SourceStatus) -> NewsSource:
    """Return a source without its address, in which an operator's key for it may stand."""
    told = {name: value for name, value in asdict(source).items() if name not in ("url", "error")}
    error = None if source.error is None else {"en": source.error.en, "ar": source.error.ar}
    return NewsSource(**told, error=error)
