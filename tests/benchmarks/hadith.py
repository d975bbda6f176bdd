"""Quotations of hadith beside those of the Quran: size, speed, generated alterations, and agreement with human verdicts.

The collections are those of the evaluation folder; nothing of them is in the repository. Without the folder nothing is measured.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from fanar.arabic.normalization import compact, normalize
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from fanar.attribution.hadith_words import hadith_words
from fanar.attribution.quotations import QuotationFinder
from rag.ingest.hadith import read_hadith
from tests.benchmarks.hadith_agreement import EVAL_2025, corrections, segments, verdicts, verses_of_2025
from tests.benchmarks.quotations import ANNOTATED, PASSAGES, contexts, scripture
from tests.benchmarks.report import Result, evaluation_data
from tests.unit.fanar.attribution.conftest import read_edition

FOLDER = evaluation_data() / "hadith"
CORPORA = ("hadith-json", "lk-corpus")
DATA = (FOLDER, ANNOTATED, EVAL_2025)
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنه"
VOWELS = "\u064e\u064f\u0650"
A_KIND = 10_000
"""Alterations of each of the ten kinds; three in ten are of hadith."""
SAMPLE = 1_000
SEED = 7
Alter = Callable[[list[str], random.Random, Sequence[str]], list[str]]


def _at(words: list[str], chance: random.Random) -> int:
    return chance.randrange(len(words))


def _letter(words: list[str], chance: random.Random, change: Callable[[str, int], str]) -> list[str]:
    at = _at(words, chance)
    places = [i for i, c in enumerate(words[at]) if c in LETTERS]
    return words if not places else [*words[:at], change(words[at], chance.choice(places)), *words[at + 1 :]]


def _vowel(words: list[str], chance: random.Random, _: Sequence[str]) -> list[str]:
    places = [(at, i) for at, word in enumerate(words) for i, c in enumerate(word[:-2]) if c in VOWELS]
    if not places:
        return words
    at, i = chance.choice(places)
    words[at] = words[at][:i] + chance.choice(VOWELS.replace(words[at][i], "")) + words[at][i + 1 :]
    return words


def _swapped(words: list[str], chance: random.Random, _: Sequence[str]) -> list[str]:
    at = chance.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return words


def _with(words: list[str], at: int, *new: str) -> list[str]:
    return [*words[:at], *new, *words[at:]]


KINDS: dict[str, Alter] = {
    "word replaced": lambda w, c, o: [*w[: (at := _at(w, c))], c.choice(o), *w[at + 1 :]],
    "word left out": lambda w, c, o: [*w[: (at := c.randrange(1, len(w) - 1))], *w[at + 1 :]],
    "word added": lambda w, c, o: _with(w, c.randrange(1, len(w)), c.choice(o)),
    "word doubled": lambda w, c, o: _with(w, at := _at(w, c), w[at]),
    "words swapped": _swapped,
    "end of another": lambda w, c, o: [*w[:-2], c.choice(o), c.choice(o)],
    "letter replaced": lambda w, c, o: _letter(w, c, lambda s, i: s[:i] + c.choice(LETTERS.replace(s[i], "")) + s[i + 1 :]),
    "letter left out": lambda w, c, o: _letter(w, c, lambda s, i: s[:i] + s[i + 1 :]),
    "letter added": lambda w, c, o: _letter(w, c, lambda s, i: s[:i] + c.choice(LETTERS) + s[i:]),
    "vowel replaced": _vowel,
}


def alterations(finder: QuotationFinder, canons: Sequence[HadithCanon], a_kind: int = A_KIND) -> Iterator[Result]:
    """Yield the share of alterations that are called faithful though they stand nowhere, for each kind."""
    chance = random.Random(SEED)
    plain, vocalised = read_edition("simple-clean.txt"), read_edition("simple.txt")
    hadith = [_span(canon, chance) for canon in canons for _ in range(2_000)]
    uthmani = read_edition("uthmani.txt")
    whole = " ".join(_normal(text) for edition in (plain, uthmani) for text in edition.values())
    bare = compact(" ".join(uthmani.values()))
    for name, alter in KINDS.items():
        source = list((vocalised if name == "vowel replaced" else plain).values())
        missed = total = 0
        for turn in range(a_kind):
            is_hadith = turn % 10 < 3
            text = chance.choice(hadith) if is_hadith else chance.choice(source)
            words = [word.text for word in (hadith_words(text) if is_hadith else joined_words(text))][:40]
            if len(words) < 4:
                continue
            others = [word.text for word in joined_words(chance.choice(source))]
            altered = alter(list(words), chance, others)
            said = " ".join(altered)
            if altered == words or (name != "vowel replaced" and _stands(said, whole, canons if is_hadith else ())):
                continue
            # Whole words that stand so in another spelling are no alteration either: قوارير قوارير.
            if not (is_hadith or name.startswith(("letter", "vowel"))) and compact(said) in bare:
                continue
            total += 1
            missed += (finder.judge_hadith(said) if is_hadith else finder.judge(said)).faithful
        target = "≤ 0.001" if name == "vowel replaced" else "≤ 0"
        yield Result(f"{name}: missed", missed / total, target=target, data=f"{total:,} alterations of verses and hadith", seed=SEED)


def _span(canon: HadithCanon, chance: random.Random) -> str:
    text = ""
    while len(text.split()) < 6:
        place = chance.randrange(len(canon) - 30)
        number = canon.number_of(place)
        end = place
        while canon.number_of(end + 1) == number and end - place < 24 and canon[end + 1]:
            end += 1
        text = canon.verbatim(place, end + 1)
    return text


def _normal(text: str) -> str:
    return normalize(" ".join(word.text for word in joined_words(text)))


def _stands(said: str, whole: str, canons: Sequence[HadithCanon]) -> bool:
    """Whether words stand in the Quran, as everyday or Uthmani spelling writes them, or in a collection."""
    if not canons:
        return _normal(said) in whole
    words = [word.text for word in hadith_words(said)]
    return any(canon.longest(keys := [canon.key(word) for word in words], 0, len(keys))[0] == len(keys) for canon in canons)


def false_alarms(finder: QuotationFinder, canons: Sequence[HadithCanon]) -> Iterator[Result]:
    """Yield how many spans of three words and more, verbatim, are called wrong."""
    chance = random.Random(SEED)
    spans = [_span(canon, chance) for canon in canons for _ in range(SAMPLE)]
    wrong = sum(not finder.judge_hadith(span).faithful for span in spans)
    yield Result("hadith spans called wrong", wrong / len(spans), target="≤ 0.001", data=f"{len(spans):,} spans", seed=SEED)
    verses = [joined_words(text) for text in read_edition("simple.txt").values()]
    wrong = 0
    for _ in range(3 * SAMPLE):
        words = chance.choice([v for v in (chance.choice(verses) for _ in range(9)) if len(v) >= 3] or verses)
        size = chance.randrange(3, len(words) + 1) if len(words) > 3 else len(words)
        at = chance.randrange(len(words) - size + 1)
        wrong += not finder.judge(" ".join(word.text for word in words[at : at + size])).faithful
    yield Result("verse spans called wrong", wrong / (3 * SAMPLE), target="≤ 0.001", data=f"{3 * SAMPLE:,} spans", seed=SEED)


def speed(finder: QuotationFinder, canons: Sequence[HadithCanon], rows: Sequence[dict[str, object]]) -> Iterator[Result]:
    """Yield CPU time of checks, and of reading prose in which nothing is quoted."""
    chance = random.Random(SEED)
    verses = chance.sample(list(read_edition("simple-clean.txt").values()), SAMPLE)
    matns = [text for text, _, _ in segments(rows, "Hadith", "matn")]
    spans = [_span(canon, chance) for canon in canons for _ in range(SAMPLE // 2)]
    for name, texts, judge, target in (
        ("verse", verses, finder.judge, 3),
        ("hadith, as models write it", matns, finder.judge_hadith, 15),
        ("hadith, verbatim", spans, finder.judge_hadith, 15),
    ):
        times = sorted(_cpu(judge, text) for text in texts)
        yield Result(f"check of one {name}, CPU p95", times[int(len(times) * 0.95)], "ms", target=f"≤ {target}", data=f"{len(times)}")
    prose = [text for path in sorted(PASSAGES.rglob("*.json")) for text in contexts(json.loads(path.read_text(encoding="utf-8")))]
    joined = "\n\n".join(prose)[:1_000_000]
    spent = _cpu(finder.find, joined) / 1e3
    size = len(joined.encode()) / 1e6
    yield Result("prose read for quotations, a second of CPU", size / spent, "MB", target="≥ 5", data=f"ARCD, TyDi QA: {size:.1f} MB")


def _cpu(function: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    function(text)
    return (time.process_time() - begun) * 1e3


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> Iterable[Result]:
    """Run the benchmark."""
    if not FOLDER.exists():
        return []
    index = scripture()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        count = sum(build_hadith_index(Path(folder) / name, read_hadith(FOLDER / name, corpus=name).documents) for name in CORPORA)
        found = [Result("collections read and indexed, CPU", time.process_time() - begun, "s", data=f"{count:,} hadith")]
        before = _resident()
        begun = time.process_time()
        canons = [HadithCanon(Path(folder) / name, name=name) for name in CORPORA]
        found.append(Result("indexes opened, CPU", time.process_time() - begun, "s", target="≤ 2", data=f"{count:,} hadith"))
        finder = QuotationFinder(index, hadith=lambda: canons)
        rows = [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()]
        found += [*speed(finder, canons, rows), *verdicts(finder, rows), *corrections(finder, index, rows), *verses_of_2025(finder)]
        found.append(
            Result("memory that collections and checks took", _resident() - before, "MB", data="beside the process that built them")
        )
        return [*found, *false_alarms(finder, canons), *alterations(finder, canons)]
