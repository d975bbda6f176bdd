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

from fanar.arabic.normalization import normalize
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from fanar.attribution.hadith_words import hadith_words
from fanar.attribution.quotations import QuotationFinder
from fanar.findings import QuoteFinding
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import parse_reference
from rag.ingest.hadith import read_hadith
from tests.benchmarks.quotations import ANNOTATED, PASSAGES, contexts, scripture
from tests.benchmarks.report import Result, evaluation_data
from tests.unit.fanar.attribution.conftest import read_edition

FOLDER = evaluation_data() / "hadith"
EVAL_2025 = evaluation_data() / "islamic_qa" / "islamiceval2025"
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
    whole = " ".join(_normal(text) for edition in (plain, read_edition("uthmani.txt")) for text in edition.values())
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
    matns = [text for text, _, _ in _segments(rows, "Hadith", "matn")]
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


def _segments(rows: Iterable[dict[str, object]], label: str, kind: str) -> Iterator[tuple[str, dict[str, object], dict[str, object]]]:
    for row in rows:
        answer = str(row["generated_answer"])
        for annotation in row["annotations"]:  # type: ignore[attr-defined]
            if annotation["label"] == label:
                for each in annotation["segments"]:
                    each["text"] = answer[each["span_start"] : each["span_end"]]
                segment = next(each for each in annotation["segments"] if each["type"] == kind)
                yield answer[segment["span_start"] : segment["span_end"]], segment, annotation


def verdicts(finder: QuotationFinder, rows: Sequence[dict[str, object]]) -> Iterator[Result]:
    """Yield agreement with the annotators on hadith: text, collection, and whether the engine found them by itself."""
    data = "IslamicEval 2026, open"
    judged = [(finder.judge_hadith(text), segment) for text, segment, _ in _segments(rows, "Hadith", "matn")]
    right = sum(_right_letters(finding) == (segment["label"] == "correct") for finding, segment in judged)
    yield Result(
        "hadith text verdict as the annotators' (vowels apart)", right / len(judged), target="≥ 0.96", data=f"{data}: {len(judged)}"
    )
    agree = total = unjudged = found = hadith = 0
    for row in rows:
        answer = str(row["generated_answer"])
        quotations = [quotation.finding for quotation in finder.find(answer)]
        for annotation in row["annotations"]:  # type: ignore[attr-defined]
            matn = next((s for s in annotation["segments"] if s["type"] in ("matn", "Ayah")), None)
            if matn is None:
                continue
            over = [f for f in quotations if f.start < matn["span_end"] and matn["span_start"] < f.end]
            hadith += annotation["label"] == "Hadith"
            found += annotation["label"] == "Hadith" and bool(over)
            claim = next((s for s in annotation["segments"] if s["type"] == "claimed_source" and s["label"] != "N/A"), None)
            if claim is None or not over or over[0].claimed_reference is None:
                continue
            if over[0].claimed_reference.correct is None:
                unjudged += 1
                continue
            total += 1
            agree += over[0].claimed_reference.correct == (claim["label"] == "correct")
    yield Result("hadith found without their spans", found / hadith, data=f"{data}: {hadith}")
    told = f"{data}: {total} judged of verses and hadith, {unjudged} that the collections cannot judge"
    yield Result("reference verdict as the annotators'", agree / total, target="≥ 0.985", data=told)


def _right_letters(finding: QuoteFinding) -> bool:
    return finding.faithful or finding.status == "diacritic_conflict"


def corrections(finder: QuotationFinder, index: ScriptureIndex, rows: Sequence[dict[str, object]]) -> Iterator[Result]:
    """Yield how often the whole verse that is offered for a wrong quotation is one of the accepted ones."""
    right = total = 0
    for text, segment, annotation in _segments(rows, "Ayah", "Ayah"):
        if segment["label"] == "correct":
            continue
        accepted = annotation.get("correction")
        total += 1
        claim = next((each for each in annotation["segments"] if each["type"] == "claimed_source"), None)  # type: ignore[attr-defined]
        claimed = parse_reference(str(claim["text"])) if claim else None
        finding = finder.judge(text, claimed=claimed)
        offered = _whole(finding, index)
        golden = accepted if isinstance(accepted, list) else []
        right += offered in {_bare(each) for each in golden} if golden else offered == ""
    yield Result(
        "corrections of verses accepted", right / total, target="≥ 0.78", data=f"IslamicEval 2026, open: {total}, letters compared"
    )


def _whole(finding: QuoteFinding, index: ScriptureIndex) -> str:
    if finding.reference is None:
        return ""
    surah, _, ayahs = finding.reference.partition(":")
    first, _, last = ayahs.partition("-")
    return _bare(" ".join(index.verse(int(surah), ayah).spelling for ayah in range(int(first), int(last or first) + 1)))


def _bare(text: str) -> str:
    return "".join(character for character in normalize(text) if character.isalpha())


def verses_of_2025(finder: QuotationFinder) -> Iterator[Result]:
    """Yield agreement on the verses of IslamicEval 2025, subtask B."""
    xml = (EVAL_2025 / "dev_SubtaskB.xml").read_text(encoding="utf-8")
    answers = {}
    for question in xml.split("<Question>")[1:]:
        answers[question.partition("<ID>")[2].partition("</ID>")[0]] = question.partition("<Response>")[2].partition("</Response>")[0]
    right = total = 0
    for line in (EVAL_2025 / "dev_SubtaskB.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question_id, _, label, start, end, _ = line.split("\t")
        if label.endswith("Ayah"):
            total += 1
            right += finder.judge(answers[question_id][int(start) : int(end)]).faithful == (label == "CorrectAyah")
    yield Result(
        "verse verdict as the annotators', 2025", right / total, target="≥ 0.95", data=f"IslamicEval 2025, subtask B, dev: {total}"
    )


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> Iterable[Result]:
    """Run the benchmark."""
    if not FOLDER.exists():
        return []
    index = scripture()
    with tempfile.TemporaryDirectory() as folder:
        names = ("hadith-json", "lk-corpus")
        begun = time.process_time()
        count = sum(build_hadith_index(Path(folder) / name, read_hadith(FOLDER / name, corpus=name).documents) for name in names)
        found = [Result("collections read and indexed, CPU", time.process_time() - begun, "s", data=f"{count:,} hadith")]
        before = _resident()
        begun = time.process_time()
        canons = [HadithCanon(Path(folder) / name, name=name) for name in names]
        found.append(Result("indexes opened, CPU", time.process_time() - begun, "s", target="≤ 2", data=f"{count:,} hadith"))
        finder = QuotationFinder(index, hadith=lambda: canons)
        rows = [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()]
        found += [*speed(finder, canons, rows), *verdicts(finder, rows), *corrections(finder, index, rows), *verses_of_2025(finder)]
        found.append(
            Result("memory that collections and checks took", _resident() - before, "MB", data="beside the process that built them")
        )
        return [*found, *false_alarms(finder, canons), *alterations(finder, canons)]
