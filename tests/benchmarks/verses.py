"""How well verses are ranked, when none is shown, and whether spelling matters: on Qur'an QA 2023, and on our questions.

The platform's own path to a verse with Chroma in its owner, fitted on our own questions only. Thresholds that are chosen on Qur'an QA
are chosen on four fifths of its questions for the fifth that is left. The peers are BM25 over one analyser each.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from fanar.arabic.ngrams import character_ngrams
from fanar.arabic.stemming import light10, root, snowball
from fanar.arabic.words import normal_words
from fanar.protocols import Retriever
from rag.ingest.quran import quran_documents
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.confidence import load_calibration
from rag.islamic.lexicon import load_lexicon
from rag.islamic.reading import QuestionReader
from rag.islamic.search import VerseRetriever
from rag.islamic.vocabulary import build_vocabulary
from rag.islamic.wordforms import verb_forms
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.weights import ROUGH
from tests.benchmarks.report import Result
from tests.benchmarks.retrieval_library import (
    CALIBRATION,
    QURAN_QA,
    Library,
    Question,
    average_precision,
    calibration_questions,
    installed_translation,
    library,
    quran_qa_passages,
    quran_qa_questions,
    raw_bm25,
    raw_ranking,
    verses_of,
)
from tests.benchmarks.transforms import tashkeel

DATA = (CALIBRATION, QURAN_QA)
SEED = 0
_FOLDS = 5
_WIDE = 400  # verses that hold a hundred passages
_FALSE_ABSTENTION = 0.05
_SPELT = 200
_ANALYSERS: Mapping[str, Callable[[str], str]] = {"light10": light10, "Snowball": snowball, "guessed roots": root}
_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "tashkeel": tashkeel,
    "hamza": lambda text: re.sub("[أإآ]", "ا", text),
    "ta marbuta": lambda text: text.replace("ة", "ه"),
}


@dataclass(frozen=True)
class Asked:
    """A question of Qur'an QA, the passages found for it, best first, and how likely the best verse answers."""

    accepted: frozenset[str]
    ranked: tuple[str, ...]
    best: float

    @property
    def precision(self) -> float:
        """Average precision at ten."""
        return average_precision(self.ranked, self.accepted)

    def official(self, threshold: float) -> float:
        """What the official metric gives: for a question without an answer 1 where nothing is shown, else nothing."""
        silent = self.best < threshold
        return float(silent) if not self.accepted else 0.0 if silent else self.precision


def main() -> Iterable[Result]:
    """Run the benchmark."""
    return asyncio.run(_measured())


async def _measured() -> list[Result]:
    async with library() as shelf:
        await shelf.add_quran()
        source, verses = _retrievers(shelf)
        found = await _quran_qa(source, verses) + _analysers() if QURAN_QA.exists() else []
        found += [await _same_under(verses, name) for name in _SPELLINGS]
    return found


def _retrievers(shelf: Library) -> tuple[Retriever, Retriever]:
    subjects, lexicon = load_subjects(), load_lexicon()
    documents = quran_documents(load_tanzil(), subjects, translation=installed_translation())
    vocabulary = build_vocabulary(documents, subjects, lexicon=lexicon)
    reader = QuestionReader(lexicon=lexicon, knows=vocabulary.knows, forms=verb_forms)
    source = HybridRetriever(catalog=shelf.catalog, store=shelf.store, passages=shelf.passages, weights=ROUGH, reader=reader.terms)
    return source, VerseRetriever(source=source, reader=reader, vocabulary=vocabulary, calibration=load_calibration())


async def _quran_qa(source: Retriever, verses: Retriever) -> list[Result]:
    place = {verse: passage for passage in quran_qa_passages() for verse in verses_of(passage)}
    questions = quran_qa_questions()
    asked, recalls = [], []
    for question in questions:
        found = await verses.retrieve(question.text, top_k=_WIDE)
        ranked = tuple(dict.fromkeys(place[each.document.id] for each in found))
        asked.append(Asked(question.accepted, ranked, found[0].score if found else 0.0))
        if question.accepted:
            wide = await source.retrieve(question.text, top_k=_WIDE, corpora=["quran"])
            first = set(list(dict.fromkeys(place[each.document.id] for each in wide))[:100])
            recalls.append(len(first & question.accepted) / len(question.accepted))
    shipped = load_calibration().threshold
    answerable = [each for each in asked if each.accepted]
    data = f"Qur'an QA 2023 train+dev, {len(answerable)} with an answer, {len(asked) - len(answerable)} without"
    recognised, abstained = _recognised(asked)
    return [
        Result("MAP@10 of passages, questions with an answer", fmean(each.precision for each in answerable), "", "≥ 0.42", data=data),
        Result("recall@100 of passages", fmean(recalls), "", "≥ 0.75", data=data),
        Result("official MAP@10, shipped threshold", fmean(each.official(shipped) for each in asked), "", "≥ 0.4", data=data),
        Result("official MAP@10, cross-validated threshold", _official(asked), "", "≥ 0.4", data=data),
        Result("questions without an answer recognised, at few false abstentions", recognised, "", "≥ 0.75", data=data),
        Result("false abstentions beside that", abstained, "", f"≤ {_FALSE_ABSTENTION}", data=data),
    ]


def _folds(asked: Sequence[Asked]) -> Iterator[tuple[list[Asked], list[Asked]]]:
    """Yield each fifth with the other four fifths, which are for choosing."""
    order = random.Random(SEED).sample(range(len(asked)), len(asked))
    for held in range(_FOLDS):
        yield [asked[at] for at in order[held::_FOLDS]], [asked[at] for k in range(_FOLDS) if k != held for at in order[k::_FOLDS]]


def _official(asked: Sequence[Asked]) -> float:
    scores: list[float] = []
    for held, others in _folds(asked):
        chosen = max((each.best for each in others), key=lambda bar: fmean(each.official(bar) for each in others))
        scores += [each.official(chosen) for each in held]
    return fmean(scores)


def _recognised(asked: Sequence[Asked]) -> tuple[float, float]:
    """Return the share of questions without an answer, and of those with one, for which nothing is shown."""
    silent: dict[bool, list[bool]] = {True: [], False: []}
    for held, others in _folds(asked):
        sure = sorted(each.best for each in others if each.accepted)
        bar = sure[int(_FALSE_ABSTENTION * len(sure))]
        for each in held:
            silent[bool(each.accepted)].append(each.best < bar)
    return fmean(silent[False]), fmean(silent[True])


def _analysers() -> list[Result]:
    questions = [question for question in quran_qa_questions() if question.accepted]
    words = {id_: normal_words(text) for id_, text in quran_qa_passages().items()}
    data = f"Qur'an QA 2023 train+dev, {len(questions)} with an answer; the passages' own words"

    def row(name: str, taken_apart: Callable[[Sequence[str]], Iterable[str]]) -> Result:
        index = raw_bm25({id_: " ".join(taken_apart(found)) for id_, found in words.items()})
        ranked = [raw_ranking(index, " ".join(taken_apart(normal_words(each.text))), top_k=10) for each in questions]
        value = fmean(average_precision(found, each.accepted) for found, each in zip(ranked, questions, strict=True))
        return Result(f"MAP@10 of passages, BM25 over {name} alone", value, data=data)

    found = [row("normalised words", list)]
    found += [row(name, lambda words, stem=stem: map(stem, words)) for name, stem in _ANALYSERS.items()]  # type: ignore[misc]
    return [*found, row("n-grams of 3 to 5 letters", lambda words: _as_words(character_ngrams(words, shortest=3, longest=5)))]


def _as_words(grams: Iterable[str]) -> Iterator[str]:
    """The peer's tokenizer cuts at the sign that marks a word's boundary."""
    return (gram.replace("_", "0") for gram in grams)


async def _same_under(verses: Retriever, name: str) -> Result:
    changed = [(each, _SPELLINGS[name](each.text)) for each in calibration_questions()]
    some = random.Random(SEED).sample([(each, text) for each, text in changed if text != each.text], _SPELT)
    same = [await _top(verses, each) == await _top(verses, Question(each.variety, text, each.accepted)) for each, text in some]
    return Result(
        f"the same ten verses in the same order under {name}", fmean(same), "", "≥ 0.99", data=f"{_SPELT} own questions", seed=SEED
    )


async def _top(verses: Retriever, question: Question) -> list[str]:
    return [each.document.id for each in await verses.retrieve(question.text, top_k=10)]
