"""Asks language models our own questions in Arabic and English, with one right answer each, and counts exact matches.

It measures short factual knowledge, simple reasoning, and whether a model answers in the form that was asked for. It does not measure
writing, conversation, long texts, translation, safety or truthfulness at length; with this few questions small gaps mean nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.llm.catalog import ModelCatalog, Service
from orchestrator.evaluation.asking import Answered, Json, Platform, Report, ask_all
from orchestrator.evaluation.reading import misread, read_table
from orchestrator.evaluation.report import Evaluation, Measure, latencies, share

FORM = "`language<TAB>subject<TAB>question<TAB>options or -<TAB>answers`"
STAR = "Fanar-S-1-7B"
AT_ONCE = 4
_TOKENS = 64
_BAR = " | "
_LETTERS = {"ar": ("أ", "ب", "ج", "د"), "en": ("A", "B", "C", "D")}
_ASK = {
    ("ar", True): "أجب بحرف الاختيار الصحيح وحده.",
    ("ar", False): "أجب بكلمة أو عدد فقط، بلا شرح.",
    ("en", True): "Answer with the letter of the right option alone.",
    ("en", False): "Answer with one word or number only, without explanation.",
}
_SIGNS = re.compile(r"[^\w%²₂]+")
_LIMITS = Bilingual(
    "Exact matches on short questions of our own: they say nothing of writing, dialogue, long texts or safety, and few decide little.",
    "مطابقة تامة لأسئلة قصيرة من عندنا: لا تقول شيئًا عن الكتابة ولا الحوار ولا النصوص الطويلة ولا السلامة، والأسئلة القليلة لا تحسم.",
)


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its options, if it has any, and the answers that are right."""

    language: str
    subject: str
    question: str
    options: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def prompt(self) -> str:
        """What a model is asked."""
        lines = [f"{letter}) {option}" for letter, option in zip(_LETTERS[self.language], self.options, strict=False)]
        return "\n".join([self.question, *lines, _ASK[self.language, bool(self.options)]])

    def is_right(self, answer: str) -> bool:
        """Whether an answer is exactly a right one: spelling, signs and case apart, nothing more and nothing less."""
        return _plain(answer) in {_plain(each) for each in self._accepted()}

    def _accepted(self) -> Sequence[str]:
        letters = dict(zip(self.options, _LETTERS[self.language], strict=False))
        lettered = [(letters[each], each) for each in self.answers if each in letters]
        return [*self.answers, *(letter for letter, _ in lettered), *(f"{letter} {each}" for letter, each in lettered)]


def read_items(path: Path | None) -> list[Item]:
    """Read questions, the shipped ones when no file is named. Raises NotFoundError, UnprocessableError."""
    if path is not None:
        return [_item(number, columns) for number, columns in read_table(path)]
    with as_file(files("orchestrator.evaluation") / "items.tsv") as shipped:
        return read_items(shipped)


async def language_models(platform: Platform) -> list[str]:
    """Return an id for each language model that is there, or Star's when none is, so that the platform says what is missing."""
    catalog, found = ModelCatalog(), dict[str, str]()
    for model in (await platform.models())["data"]:
        known = catalog.find(model["id"]).service if model["id"] in catalog else Service.STAR
        if known in (Service.STAR, Service.PRIME):
            found.setdefault(model["served_by"], model["id"])
    return list(found.values()) or [STAR]


async def evaluate_llm(platform: Platform, items: Sequence[Item], *, model: str, data: str, report: Report) -> Evaluation:
    """Ask one model everything, at temperature 0."""

    async def ask(item: Item) -> Json:
        """Ask one."""
        body = {"model": model, "messages": [{"role": "user", "content": item.prompt}], "temperature": 0.0, "max_tokens": _TOKENS}
        return await platform.chat(body)

    answered = await ask_all(items, ask, at_once=AT_ONCE, report=report)
    measures = [Measure(Bilingual("exact match", "مطابقة تامة"), share(list(map(_right, answered))), len(answered))]
    for language, name in (("ar", Bilingual("Arabic", "العربية")), ("en", Bilingual("English", "الإنجليزية"))):
        measures += _part(answered, [each.case.language == language for each in answered], name)
    for options, name in ((True, Bilingual("multiple choice", "اختيار من متعدد")), (False, Bilingual("short answer", "جواب قصير"))):
        measures += _part(answered, [bool(each.case.options) is options for each in answered], name)
    for subject in sorted({each.case.subject for each in answered}):
        measures += _part(answered, [each.case.subject == subject for each in answered], Bilingual(subject, subject))
    measures += latencies([each.seconds for each in answered])
    return Evaluation(f"llm · {model}", data, tuple(measures), (_LIMITS,), _answered_by(answered))


def _part(answered: Sequence[Answered[Item]], chosen: Sequence[bool], name: Bilingual) -> list[Measure]:
    part = [_right(each) for each, wanted in zip(answered, chosen, strict=True) if wanted]
    label = Bilingual(f"exact match, {name.en}", f"مطابقة تامة، {name.ar}")
    return [Measure(label, share(part), len(part))] if part else []


def _answered_by(answered: Sequence[Answered[Item]]) -> tuple[str, ...]:
    """Return the servers' own names of who answered, the busiest first: an id may mean any server, and another one may step in."""
    names = Counter(str(each.answer["model"]) for each in answered if each.answer.get("model"))
    return tuple(f"{name} ({count})" if len(names) > 1 else name for name, count in names.most_common())


def _right(each: Answered[Item]) -> bool:
    return each.case.is_right(str(each.answer["choices"][0]["message"]["content"] or ""))


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", normalize(text)).split()).lower()


def _item(number: int, columns: list[str]) -> Item:
    if len(columns) != 5 or columns[0] not in _LETTERS or not columns[2].strip():
        raise misread(number, FORM)
    language, subject, question, options, answers = columns
    choices = () if options == "-" else tuple(options.split(_BAR))
    accepted = tuple(answers.split(_BAR))
    if (choices and not set(accepted) <= set(choices)) or len(choices) == 1 or len(choices) > len(_LETTERS[language]):
        raise misread(number, FORM)
    return Item(language, subject, question, choices, accepted)
