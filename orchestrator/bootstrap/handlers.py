"""Puts the handlers together, one for each route. A route whose service is not here gets one that says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from fanar.bilingual import Bilingual
from fanar.events import Route
from fanar.llm.catalog import Service
from fanar.protocols import Handler, Router
from orchestrator.bootstrap.attribution import Attribution
from orchestrator.bootstrap.collections import build_collections
from orchestrator.bootstrap.exact import build_exact_tools, build_interpretation, installed_kinds
from orchestrator.bootstrap.models import Models
from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.bootstrap.search import general_corpora
from orchestrator.guardrails import with_true_scripture
from orchestrator.handlers.attribution import AttributionHandler
from orchestrator.handlers.care import CareHandler
from orchestrator.handlers.factcheck import FactChecks
from orchestrator.handlers.first import FirstToAnswer, OrDocuments, WhereRouted
from orchestrator.handlers.general import GeneralHandler
from orchestrator.handlers.greeting import GreetingHandler, read_replies
from orchestrator.handlers.image import Drawing, ImageHandler
from orchestrator.handlers.islamic import IslamicHandler
from orchestrator.handlers.language import LanguageHandler
from orchestrator.handlers.recency import RecencyHandler
from orchestrator.handlers.tools import ToolsHandler
from orchestrator.models import SeatedModel
from orchestrator.routing.rules import CARE
from orchestrator.tools.toolbox import Toolbox
from rag.islamic.lexicon import load_lexicon
from rag.islamic.pipeline import IslamicPipeline
from rag.islamic.prayer.inquiry import OpenPlaces
from rag.islamic.several import SeveralAnswers
from rag.pipeline import RagPipeline
from rag.retrievers.hybrid import HybridRetriever


@dataclass(frozen=True, slots=True)
class Handlers:
    """The handlers by route, and those that answer for one model wherever it is chosen."""

    by_route: Mapping[Route, Handler]
    specialists: Mapping[str, Handler]


def build_handlers(
    *,
    models: Models,
    retrieval: Retrieval,
    scripture: Scripture,
    places: OpenPlaces,
    router: Router,
    tools: Toolbox,
    vision: Handler,
    hearing: Handler,
    recency: RecencyHandler,
    drawing: Drawing,
    attribution: Attribution,
    abilities: Callable[[], Sequence[Bilingual]],
) -> Handlers:
    """Return the handlers. `vision` answers where pictures are shown, `hearing` where sound is attached, `recency` of the news.

    `drawing` draws; `abilities` is what the platform says of itself when greeted.
    """
    checking = AttributionHandler(verifier=scripture.verifier, scripture=scripture.index, facts=FactChecks(attributions=attribution.desk))
    language = LanguageHandler(models=models.language, guards=scripture.guard)
    model = SeatedModel(models.language, preferred="star")
    documents = RagPipeline(
        source=HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages),
        corpora=general_corpora(retrieval),
        model=model,
        rewrite=partial(with_true_scripture, guards=scripture.guard, language="ar"),
    )
    routed = WhereRouted(documents, routed=lambda model: models.catalog.find(model).service is Service.ROUTER)
    pipeline = IslamicPipeline(
        scripture=scripture.index,
        retriever=scripture.verses,
        calibration=scripture.calibration,
        lexicon=load_lexicon(),
        guard=scripture.guard,
        model=model,
        tools=build_exact_tools(scripture=scripture, retrieval=retrieval, places=places),
        installed=partial(installed_kinds, retrieval),
        collections=build_collections(scripture=scripture, retrieval=retrieval),
        documents=routed,
        interpretation=build_interpretation(scripture=scripture, retrieval=retrieval),
    )
    # A question about what was reported need not sound like one about news: «كم ضيفًا حضر افتتاح …؟».
    held = FirstToAnswer(documents, recency)
    general = GeneralHandler(models=models.language, guards=scripture.guard, documents=held)
    islamic = IslamicHandler(pipeline=SeveralAnswers(single=pipeline), router=router, verifier=scripture.verifier, checking=checking)
    return Handlers(
        by_route={
            Route.GREETING: GreetingHandler(replies=read_replies(), abilities=abilities),
            Route.GENERAL: attribution.checked(general),
            Route.ISLAMIC: attribution.checked(islamic),
            Route.TRANSLATION: language,
            Route.POETRY: language,
            Route.ATTRIBUTION: checking,
            Route.RECENCY: attribution.checked(OrDocuments(recency, routed)),
            Route.IMAGE: ImageHandler(drawing),
            Route.SPEECH: hearing,
        },
        specialists={"tools": ToolsHandler(tools=tools.parse), "vision": vision, CARE: CareHandler()},
    )
