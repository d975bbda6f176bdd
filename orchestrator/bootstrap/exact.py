"""Puts the exact tools of the Islamic pipeline together: what each answers it answers by rule, from what is installed."""

from __future__ import annotations

from functools import partial

from orchestrator.bootstrap.retrieval import Retrieval
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.platform import local_now
from rag.ingest.intake import HADITH, SUPPLICATION, TAFSIR
from rag.islamic.beside import BesideTalk
from rag.islamic.calendar.talk import CalendarTalk
from rag.islamic.divisions.table import load_divisions
from rag.islamic.divisions.talk import DivisionsTalk
from rag.islamic.exact import ExactTool
from rag.islamic.interpretation.shelf import InstalledCommentaries
from rag.islamic.interpretation.talk import InterpretationTalk, quoted_verses
from rag.islamic.lexicon import load_lexicon
from rag.islamic.lookup import VerseLookup
from rag.islamic.prayer.inquiry import OpenPlaces
from rag.islamic.prayer.talk import PrayerTalk
from rag.islamic.statistics.talk import StatisticsTalk
from rag.islamic.supplications import SupplicationTalk
from rag.islamic.zakat.talk import ZakatTalk
from rag.retrievers.hybrid import HybridRetriever


def build_interpretation(*, scripture: Scripture, retrieval: Retrieval) -> InterpretationTalk:
    """Return what tells what verses mean, from the commentaries that are installed when it is asked."""
    return InterpretationTalk(
        commentaries=InstalledCommentaries(repository=retrieval.repository, names=partial(retrieval.catalog.names_of, TAFSIR)),
        lookup=VerseLookup(scripture=scripture.index, lexicon=load_lexicon()),
        quoted=partial(quoted_verses, scripture.verifier),
    )


def build_exact_tools(*, scripture: Scripture, retrieval: Retrieval, places: OpenPlaces) -> tuple[ExactTool, ...]:
    """Return the tools in the order in which they are asked."""
    divisions = load_divisions()
    return (
        CalendarTalk(clock=local_now),
        PrayerTalk(places=places, clock=local_now),
        ZakatTalk(),
        BesideTalk(scripture=scripture.index),
        StatisticsTalk(scripture=scripture.index, divisions=divisions),
        DivisionsTalk(scripture=scripture.index, divisions=divisions),
        build_interpretation(scripture=scripture, retrieval=retrieval),
        SupplicationTalk(
            retriever=HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages),
            names=partial(retrieval.catalog.names_of, SUPPLICATION),
            lexicon=load_lexicon(),
        ),
    )


def installed_kinds(retrieval: Retrieval) -> list[str]:
    """Return which kinds of sources and tools are there, so that none of them is called missing."""
    return [StatisticsTalk.name, *(kind for kind in (HADITH, TAFSIR, SUPPLICATION) if retrieval.catalog.names_of(kind))]
