"""The quotation check: mutations seen, false alarms, speed, and agreement with human verdicts.

The text is Tanzil's, from the installed package. The verdicts are IslamicEval 2026's open part, where the folder has it.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator

from fanar.attribution.canon_rows import joined_words
from fanar.attribution.quotations import QuotationFinder
from fanar.documents import Document
from fanar.scripture.index import InMemoryScripture
from tests.benchmarks.report import Result, evaluation_data
from tests.unit.fanar.attribution.conftest import Verses, read_edition

EDITIONS = ("uthmani", "quran-uthmani_all", "simple", "simple-plain", "simple-minimal", "simple-clean")
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
VOWELS = "\u064e\u064f\u0650"
HOSTILE = ("﴿", "«قال ", "قال تعالى: «", "سورة ", "﴿الحمد لله ", "يا أيها الذين آمنوا ", "(البقرة: 2) ", '"ا')
MARK_RANGES = ((0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6ED))
ANNOTATED = evaluation_data() / "islamic_qa" / "islamiceval2026" / "open.jsonl"
PASSAGES = evaluation_data() / "arabic_qa"
DATA = (ANNOTATED, PASSAGES)
SAMPLE = 1500
SEED = 1
Mutation = Callable[[list[str], random.Random, list[str]], list[str] | None]


def _replaced(words: list[str], chance: random.Random, others: list[str]) -> list[str]:
    words[chance.randrange(len(words))] = chance.choice(others)
    return words


def _dropped(words: list[str], chance: random.Random, others: list[str]) -> list[str] | None:
    if len(words) < 4:
        return None
    del words[chance.randrange(1, len(words) - 1)]
    return words


def _swapped(words: list[str], chance: random.Random, others: list[str]) -> list[str]:
    at = chance.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return words


def _letter(words: list[str], chance: random.Random, others: list[str]) -> list[str]:
    at = chance.randrange(len(words))
    places = [i for i, c in enumerate(words[at]) if c in LETTERS]
    if places:
        i = chance.choice(places)
        words[at] = words[at][:i] + chance.choice(LETTERS.replace(words[at][i], "")) + words[at][i + 1 :]
    return words


def _vowel(words: list[str], chance: random.Random, others: list[str]) -> list[str] | None:
    places = [(at, i) for at, word in enumerate(words) for i, c in enumerate(word) if c in VOWELS]
    if not places:
        return None
    at, i = chance.choice(places)
    words[at] = words[at][:i] + chance.choice(VOWELS.replace(words[at][i], "")) + words[at][i + 1 :]
    return words


MUTATIONS: dict[str, tuple[str, Mutation]] = {
    "word replaced": ("simple-clean", _replaced),
    "word dropped": ("simple-clean", _dropped),
    "words swapped": ("simple-clean", _swapped),
    "letter changed": ("simple-clean", _letter),
    "vowel changed": ("simple", _vowel),
}


def scripture() -> InMemoryScripture:
    """Return the whole Quran."""
    uthmani, simple = read_edition("uthmani.txt"), read_edition("simple-clean.txt")
    documents = [
        Document(f"{s}:{a}", "quran", f"{s}:{a}", text, expansion=simple[s, a], metadata={"surah": s, "ayah": a})
        for (s, a), text in uthmani.items()
    ]
    return InMemoryScripture(documents, version="benchmark", basmala=uthmani[1, 1])


def mutations(finder: QuotationFinder, *, sample: int, seed: int) -> Iterator[Result]:
    """Yield the share of mutated verses that are not called faithful; a mutation that yields another true quotation is no mutation."""
    for name, (edition, mutate) in MUTATIONS.items():
        verses = list(read_edition(f"{edition}.txt").values())
        chance = random.Random(f"{name} {seed}")
        texts = "\n".join(" ".join(word.text for word in joined_words(verse)) for verse in verses)
        others = sorted({word.text for verse in verses for word in joined_words(verse)})
        seen = total = 0
        for verse in chance.sample([v for v in verses if len(v.split()) >= 3], sample):
            words = [word.text for word in joined_words(verse)]
            mutated = mutate(list(words), chance, others)
            if mutated is None or mutated == words or " ".join(mutated) in texts:
                continue
            total += 1
            seen += not finder.judge(" ".join(mutated)).faithful
        yield Result(f"{name}: seen", seen / total, target="≥ 1", data=f"{total} mutated verses", seed=seed)


def false_alarms(finder: QuotationFinder) -> Iterator[Result]:
    """Yield how many verses of each edition are called wrong."""
    for edition in EDITIONS:
        verses = read_edition(f"{edition}.txt")
        wrong = sum(not finder.judge(text).faithful for text in verses.values())
        yield Result(f"verses called wrong, edition {edition}", wrong, target="≤ 0", data=f"{len(verses)} verses")
    bare = _unmarked(read_edition("uthmani.txt"))
    wrong = sum(not finder.judge(text).faithful for text in bare.values())
    yield Result("verses called wrong, Uthmani without marks", wrong, target="≤ 0", data=f"{len(bare)} verses")


def _unmarked(verses: Verses) -> Verses:
    marks = dict.fromkeys(code for low, high in MARK_RANGES for code in range(low, high + 1))
    return {place: text.translate(marks | {0x640: None, 0x671: "ا"}) for place, text in verses.items()}


def prose(finder: QuotationFinder, texts: list[str]) -> Iterator[Result]:
    """Yield how many findings that are not faithful a body of prose without quotations gives."""
    alarms = sum(not quotation.finding.faithful for text in texts for quotation in finder.find(text))
    yield Result("false findings in prose", alarms, target="≤ 0", data=f"{len(texts)} texts, {sum(map(len, texts)):,} characters")


def speed(finder: QuotationFinder, texts: list[str]) -> Iterator[Result]:
    """Yield CPU time on answers, and how it grows on hostile text."""
    begun = time.process_time()
    for text in texts:
        finder.find(text)
    spent = time.process_time() - begun
    if texts:
        yield Result(
            "CPU for 1,000 characters of answers", spent / sum(map(len, texts)) * 1e6, "ms", target="≤ 5", data="IslamicEval 2026, open"
        )
    for unit in HOSTILE:
        costs = []
        for size in (10_000, 100_000):
            text = unit * (size // len(unit))
            begun = time.process_time()
            finder.find(text)
            costs.append(time.process_time() - begun)
        yield Result(f"CPU for 100 KB of «{unit.strip()}»", costs[1], "s", peer="ten times the CPU for 10 KB", peer_value=10 * costs[0])


def verdicts(finder: QuotationFinder, rows: list[dict[str, object]]) -> Iterator[Result]:
    """Yield agreement with the human verdicts on quoted verses, and on the references given for them."""
    right = total = found = reference_right = references = 0
    for row in rows:
        answer = str(row["generated_answer"])
        quotations = finder.find(answer)
        for annotation in row["annotations"]:  # type: ignore[attr-defined]
            if annotation["label"] != "Ayah":
                continue
            verse = next(s for s in annotation["segments"] if s["type"] == "Ayah")
            start, end = verse["span_start"], verse["span_end"]
            finding = finder.judge(answer[start:end])
            total += 1
            right += finding.faithful == (verse["label"] == "correct")
            over = [q.finding for q in quotations if q.finding.start < end and start < q.finding.end]
            found += bool(over)
            claim = next((s for s in annotation["segments"] if s["type"] == "claimed_source" and s["label"] != "N/A"), None)
            if claim and over and over[0].claimed_reference:
                references += 1
                reference_right += over[0].claimed_reference.correct == (claim["label"] == "correct")
    data = "IslamicEval 2026, open"
    yield Result("verse verdict as the annotators'", right / total, target="≥ 0.99", data=f"{data}: {total} verses")
    yield Result("reference verdict as the annotators'", reference_right / references, target="≥ 0.985", data=f"{data}: {references}")
    yield Result("annotated verses found without their spans", found / total, data=f"{data}: {total} verses")


def main() -> Iterable[Result]:
    """Run the benchmark."""
    begun = time.process_time()
    finder = QuotationFinder(scripture())
    found = [Result("index of all verses, CPU", time.process_time() - begun, "s", target="≤ 2")]
    rows = [json.loads(line) for line in ANNOTATED.read_text(encoding="utf-8").splitlines()] if ANNOTATED.exists() else []
    passages = [text for path in sorted(PASSAGES.rglob("*.json")) for text in contexts(json.loads(path.read_text(encoding="utf-8")))]
    found += [*mutations(finder, sample=SAMPLE, seed=SEED), *false_alarms(finder)]
    found += prose(finder, passages[:2000]) if passages else []
    found += speed(finder, [str(row["generated_answer"]) for row in rows])
    return [*found, *(verdicts(finder, rows) if rows else [])]


def contexts(value: object) -> Iterator[str]:
    """Yield every passage of a data set in SQuAD's shape."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "context" and isinstance(item, str):
                yield item
            else:
                yield from contexts(item)
    elif isinstance(value, list):
        for item in value:
            yield from contexts(item)
