"""How far the quotation engine agrees with the human annotators of IslamicEval 2025 and 2026. Knows nothing of what it measures by itself.

Where errors were looked at to improve the engine, only those of every other item were; the others were counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fanar.arabic.normalization import normalize
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.quotations import QuotationFinder
from fanar.findings import QuoteFinding
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import parse_reference
from tests.benchmarks.report import Result, evaluation_data

EVAL_2025 = evaluation_data() / "islamic_qa" / "islamiceval2025"
CLASSES = ("neither", "Ayah", "matn", "isnad", "claimed_source")
_OPEN = "IslamicEval 2026, open"
Row = dict[str, object]


def segments(rows: Iterable[Row], label: str, kind: str) -> Iterator[tuple[str, Row, Row]]:
    """Yield the text of each segment of a kind, the segment and its annotation."""
    for row in rows:
        answer = str(row["generated_answer"])
        for annotation in row["annotations"]:  # type: ignore[attr-defined]
            if annotation["label"] == label:
                for each in annotation["segments"]:
                    each["text"] = answer[each["span_start"] : each["span_end"]]
                segment = next(each for each in annotation["segments"] if each["type"] == kind)
                yield answer[segment["span_start"] : segment["span_end"]], segment, annotation


def verdicts(finder: QuotationFinder, rows: Sequence[Row]) -> Iterator[Result]:
    """Yield agreement with the annotators on hadith: text, collection, and whether the engine found them by itself."""
    data = _OPEN
    judged = [(finder.judge_hadith(text), segment) for text, segment, _ in segments(rows, "Hadith", "matn")]
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


def corrections(finder: QuotationFinder, index: ScriptureIndex, rows: Sequence[Row]) -> Iterator[Result]:
    """Yield how often the whole verse that is offered for a wrong quotation is one of the accepted ones, or none where none is.

    Its text is that of the file which the organisers ask for, and it is compared in their normal form: vowels count. Errors were looked
    at, and the threshold of `nearest_verse` chosen, on every other quotation; the other half was counted only.
    """
    given = json.loads((EVAL_2025 / "quranic_verses.json").read_text(encoding="utf-8"))
    official = {document.id: _official(verse["ayah_text"]) for document, verse in zip(index.verses(), given, strict=True)}
    right, total = [0, 0], 0
    for text, segment, annotation in segments(rows, "Ayah", "Ayah"):
        if segment["label"] == "correct":
            continue
        accepted = annotation.get("correction")
        claim = next((each for each in annotation["segments"] if each["type"] == "claimed_source"), None)  # type: ignore[attr-defined]
        claimed = parse_reference(str(claim["text"])) if claim else None
        finding = finder.judge(text, claimed=claimed)
        offered = _offered(text, finding, index)
        golden = {_official(each) for each in accepted} if isinstance(accepted, list) else {""}
        right[total % 2] += (official[offered] if offered else "") in golden
        total += 1
    data = f"{_OPEN}: {total}, the official normal form"
    yield Result("corrections of verses accepted", sum(right) / total, target="≥ 0.78", data=data)
    half = total // 2
    yield Result("corrections of verses accepted, the half not looked at", right[1] / half, target="≥ 0.78", data=f"{half} of them")


def _offered(text: str, finding: QuoteFinding, index: ScriptureIndex) -> str:
    """Return the id of the verse that is offered, of several the one that has most of the words; "" for none."""
    reference = parse_reference(finding.reference or finding.nearest or "")
    if reference is None:
        return ""
    said = _words(text)
    return max(reference.ids, key=lambda id_: (said & _words(_verse(index, id_))).total())


def _words(text: str) -> Counter[str]:
    return Counter(normalize(word.text) for word in joined_words(text))


def _verse(index: ScriptureIndex, id_: str) -> str:
    surah, _, ayah = id_.partition(":")
    return index.verse(int(surah), int(ayah)).spelling


_OFFICIAL_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_OFFICIAL_PAIRS = ("َا ا", "ِي ي", "ُو و", "الْ ال", "ْ ", "اَ ا", "اِ ا", "لِا لا", "اً ًا")


def _official(text: str) -> str:
    """Return the form in which the organisers' scorer compares verses: letters folded, vowels kept where they say anything."""
    text = text.translate(_OFFICIAL_LETTERS)
    for pair in _OFFICIAL_PAIRS:
        text = text.replace(*pair.split(" "))
    return " ".join(text.split())


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


def gold_paint(row: Row) -> list[int]:
    """Return the class of each character of an answer, after the annotators."""
    painted = [0] * len(str(row["generated_answer"]))
    for annotation in row["annotations"]:  # type: ignore[attr-defined]
        for segment in annotation["segments"]:
            paint(painted, segment["span_start"], segment["span_end"], CLASSES.index(segment["type"]))
    return painted


def paint(painted: list[int], start: int, end: int, kind: int) -> None:
    """Give the characters `start:end` a class."""
    painted[start:end] = [kind] * (min(end, len(painted)) - start)


def engine_paint(finder: QuotationFinder, answer: str) -> list[int]:
    """Return the class of each character of an answer, after the engine."""
    painted = [0] * len(answer)
    for quotation in finder.find(answer):
        finding = quotation.finding
        paint(painted, finding.start, finding.end, CLASSES.index("Ayah" if finding.type == "quran" else "matn"))
        if chain := finding.narrators:
            paint(painted, chain.start, chain.end, CLASSES.index("isnad"))
        if claim := finding.claimed_reference:
            paint(painted, claim.start, claim.end, CLASSES.index("claimed_source"))
    return painted


Painted = tuple[Sequence[int], Sequence[int]]


def macro_f1(painted: Iterable[Painted]) -> float:
    """Return the mean of the classes' F1 over (gold, predicted) classes of characters."""
    pairs = _pairs(painted)
    return sum(_f1(pairs, kind) for kind in range(len(CLASSES))) / len(CLASSES)


def f1(painted: Iterable[Painted], kind: int) -> float:
    """Return the F1 of one class."""
    return _f1(_pairs(painted), kind)


def _pairs(painted: Iterable[Painted]) -> Counter[tuple[int, int]]:
    return Counter(pair for gold, predicted in painted for pair in zip(gold, predicted, strict=True))


def _f1(pairs: Counter[tuple[int, int]], kind: int) -> float:
    both = pairs[kind, kind]
    either = sum(count * ((gold == kind) + (predicted == kind)) for (gold, predicted), count in pairs.items())
    return 2 * both / either if either else 0.0
