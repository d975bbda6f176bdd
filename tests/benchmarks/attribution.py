"""Claims against sources: the checks that ship on Arabic pairs of our own, and what the same features reach when fitted on public sets.

What is fitted on VitaminC or ANS ("benchmark model") is measured here and ships nowhere: the features with signs of how numbers relate and
the words in which claim and evidence differ, a linear model, a temperature from the other folds; for ANS words near in meaning by news, and
boosted trees, too. Each pair is judged by itself. Supported-or-not is balanced over both answers; a numeric pair is one whose claim holds
a digit.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from fanar.attribution.claims.checker import ClaimChecker
from fanar.attribution.claims.fit import read_pairs, rows_of, temperature_of
from fanar.attribution.claims.judgement import LABELS, load_weights
from fanar.claims import SourceText
from fanar.errors import TooLargeError
from fanar.linear.regression import softmax
from tests.benchmarks.claim_rows import Array, LinearModel, Pairs, Rows, all_rows, plain_rows
from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.stance import StanceModel, StanceRows, meanings_of, read_stances, unseen_scores

OWN = Path(__file__).with_name("data") / "claims_ar.txt"
NEAR = OWN.with_name("claims_near.txt")
VITAMINC = evaluation_data() / "attribution" / "vitaminc" / "test.open.jsonl.gz"
ANS = evaluation_data() / "attribution" / "ans"
NEWS = evaluation_data() / "recency" / "saudinewsnet" / "articles_even_days.jsonl.gz"
DATA = (OWN, NEAR, VITAMINC, ANS, NEWS)
STRENGTH = 0.5
STRENGTHS = (0.5, 3.0, 10.0)  # for a small set, chosen on folds of what is fitted on
HOSTILE = ("a. ", "1 ", "not ", "[1] ", "؛ ", "، وقد ", "1 million ", "أكثر من 5 ", "ا" * 30 + " ", "the bridge opened in 2015. ", "x")
VERDICTS = ("supported", "contradicted", "not_found")


def main() -> Iterator[Result]:
    """Measure."""
    yield from _own()
    yield from _honesty()
    if VITAMINC.exists():
        yield from _vitaminc()
    if ANS.exists() and NEWS.exists():
        yield from _ans()
    yield Result(
        "1 MB made to be slow, the slowest of its kinds, CPU", max(map(_hostile, HOSTILE)), "s", "≤ 1", data="as text and as source"
    )


def _own() -> Iterator[Result]:
    counted = asyncio.run(_verdicts())
    total = sum(counted.values())
    data = f"{total} Arabic pairs of our own, not fitted on"
    for verdict in VERDICTS:
        given = sum(number for (_, said), number in counted.items() if said == verdict)
        there = sum(number for (meant, _), number in counted.items() if meant == verdict)
        right = counted[verdict, verdict]
        yield Result(f"precision of {verdict}, as shipped", right / given, target="≥ 0.9" if verdict == "contradicted" else "", data=data)
        yield Result(f"recall of {verdict}, as shipped", right / there, data=f"{there} pairs")
    yield Result("accuracy, as shipped", sum(number for (meant, said), number in counted.items() if meant == said) / total, data=data)


def _honesty() -> Iterator[Result]:
    """Yield how honest the shipped probabilities are of everyday claims, and of claims that were written to lie near each other."""
    for path, kind in ((OWN, "everyday claims"), (NEAR, "near misses and paraphrases")):
        rows, labels, names = rows_of(read_pairs(path))
        data = f"{len(labels)} pairs of our own, {kind}, not fitted on"
        yield Result("ECE, own pairs, as shipped", _calibration_error(_as_shipped(rows, names), labels), "", "≤ 0.05", data=data)


async def _verdicts() -> Counter[tuple[str, str]]:
    checker = ClaimChecker()
    counted: Counter[tuple[str, str]] = Counter()
    for pair in read_pairs(OWN):
        found = [finding async for finding in checker.check(pair.claim, [SourceText("s", pair.source)])]
        counted[VERDICTS[pair.label], found[0].verdict] += 1
    return counted


def _vitaminc() -> Iterator[Result]:
    labels = {"SUPPORTS": 0, "REFUTES": 1, "NOT ENOUGH INFO": 2}
    with gzip.open(VITAMINC, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    pairs = Pairs(
        [row["claim"] for row in rows],
        [row["evidence"] for row in rows],
        np.array([labels[row["label"]] for row in rows]),
        [row["page"] for row in rows],
    )
    begun = time.process_time()
    plain, names = plain_rows(pairs)
    yield Result("CPU of a claim and a passage", (time.process_time() - begun) / len(rows) * 1e3, "ms", "≤ 5", data=f"{len(rows)} pairs")
    chances = _unseen(all_rows(pairs, plain), pairs)
    numeric = np.array([any(map(str.isdigit, claim)) for claim in pairs.claims])
    data = f"VitaminC open test, {len(rows)} pairs, five folds by page"
    yield from _told(chances, pairs.labels, numeric, data, model="benchmark model", targets=("≥ 0.72", "≥ 0.79", "≥ 0.78"))
    yield from _told(_as_shipped(plain, names), pairs.labels, numeric, data, model="as shipped", targets=("", "", ""))


def _as_shipped(plain: Array, names: Sequence[str]) -> Array:
    """Return the probabilities that the shipped weights give to rows of features."""
    shipped = load_weights()
    order = [names.index(name) for name in shipped.features]
    table = np.array([shipped.rows[label] for label in LABELS])
    scores = plain[:, order] @ table.T + np.array([shipped.bias[label] for label in LABELS])
    return softmax(scores / shipped.temperature)


def _told(
    chances: Array, labels: NDArray[np.int64], numeric: NDArray[np.bool_], data: str, *, model: str, targets: tuple[str, str, str]
) -> Iterator[Result]:
    said, meant = chances.argmax(axis=1), labels
    majority = float(np.bincount(meant).max() / len(meant))
    yield Result(f"three-way accuracy, VitaminC, {model}", float((said == meant).mean()), "", targets[0], "majority", majority, data)
    supported, true = said == 0, meant == 0
    balanced = ((supported & true).sum() / true.sum() + (~supported & ~true).sum() / (~true).sum()) / 2
    yield Result(f"supported or not, balanced, VitaminC, {model}", float(balanced), "", targets[1], "majority", 0.5, data)
    right = (supported == true)[numeric]
    yield Result(f"supported or not, numeric pairs, VitaminC, {model}", float(right.mean()), "", targets[2], data=f"{len(right)} pairs")
    yield Result(f"ECE, VitaminC, {model}", _calibration_error(chances, labels), "", "≤ 0.05" if targets[0] else "", data=data)


def _ans() -> Iterator[Result]:
    train, dev = read_stances(ANS / "stance.train.csv"), read_stances(ANS / "stance.dev.csv")
    meanings = meanings_of(NEWS, train)
    rows = StanceRows(train, meanings)
    tried = {strength: unseen_scores(rows, train, strength=strength) for strength in STRENGTHS}
    strength = max(tried, key=lambda each: _macro_f1(tried[each].argmax(axis=1), train.labels))
    unseen = tried[strength]
    temperature = temperature_of(unseen, train.labels)
    model = StanceModel(rows, train.labels, np.arange(len(train.labels)), strength=strength)
    chances = softmax(model.scores(StanceRows(dev, meanings, rows.scaler), np.arange(len(dev.labels))) / temperature)
    by_folds = _macro_f1(unseen.argmax(axis=1), train.labels)
    data = f"ANS train, {len(train.labels)} pairs, five folds of linked headlines"
    yield Result("stance, macro-F1, ANS, benchmark model", by_folds, data=data)
    data = f"ANS dev, {len(dev.labels)} pairs; fitted on its train part"
    yield Result("stance, macro-F1, ANS, benchmark model", _macro_f1(chances.argmax(axis=1), dev.labels), "", "≥ 0.8", data=data)
    yield Result("ECE, ANS, benchmark model", _calibration_error(chances, dev.labels), "", "≤ 0.05", data=data)


def _unseen_scores(rows: Rows, pairs: Pairs) -> Array:
    scores = np.zeros((len(pairs.labels), len(LABELS)))
    for train, test in GroupKFold(5).split(rows, pairs.labels, pairs.groups):
        scores[test] = LinearModel(rows[train], pairs.labels[train], strength=STRENGTH).scores(rows[test])
    return scores


def _unseen(rows: Rows, pairs: Pairs) -> Array:
    """Return the probabilities of each pair by a model, and a temperature, that saw no pair of its page."""
    scores = _unseen_scores(rows, pairs)
    chances = np.zeros_like(scores)
    for others, held in GroupKFold(5).split(rows, pairs.labels, pairs.groups):
        chances[held] = softmax(scores[held] / temperature_of(scores[others], pairs.labels[others]))
    return chances


def _calibration_error(chances: Array, labels: NDArray[np.int64]) -> float:
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == labels
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(sum(abs(sure[bins == each].sum() - right[bins == each].sum()) for each in range(10)) / len(labels))


def _macro_f1(said: NDArray[np.int64], meant: NDArray[np.int64]) -> float:
    scores: list[float] = []
    for label in range(len(LABELS)):
        right = ((said == label) & (meant == label)).sum()
        scores.append(2 * right / max(1, (said == label).sum() + (meant == label).sum()))
    return float(np.mean(scores))


def _hostile(piece: str) -> float:
    text = piece * (1_000_000 // len(piece))
    return max(
        _seconds(text, [SourceText("s", "The bridge opened in 2015.")]), _seconds("The bridge opened in 2015.", [SourceText("s", text)])
    )


def _seconds(text: str, sources: Iterable[SourceText]) -> float:
    async def check() -> None:
        """Check, or be refused."""
        try:
            async for _ in ClaimChecker().check(text, list(sources)):
                pass
        except TooLargeError:
            return

    begun = time.process_time()
    asyncio.run(check())
    return time.process_time() - begun
