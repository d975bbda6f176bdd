"""Tags the characters of an answer as verse, hadith, chain, source or nothing: a sequence model fitted on other answers, beside the engine.

For the benchmark only: it learns from annotated answers that are not ours to ship.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import scipy.sparse as sparse

from fanar.arabic.letters import MARKS
from fanar.arabic.normalization import normalize
from tests.benchmarks.crf import Chain, fit_chain

_TOKEN = re.compile(rf"(?:[^\W_]|[{MARKS}])+|\n+|\*+|[^\w\s]|_")
_COLUMNS = 1 << 18
_OPENERS, _CLOSERS = "«“﴿{([", "»”﴾})]"
_CUES = {
    "quran": re.compile(r"تعالي|الله عز|سبحانه|ايه|ايات|سوره|القران|كتابه"),
    "hadith": re.compile(r"رسول الله|النبي|حديث|صلي الله|ﷺ|روي|رواه|اخرجه|متفق|البخاري|مسلم|الترمذي"),
    "chain": re.compile(r"\bعن\b|رضي الله|حدثنا|سمعت"),
    "number": re.compile(r"\d"),
}
_REACH = 70


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a line's end, and where it stands."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`."""
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def fit_tagger(answers: Sequence[str], gold: Sequence[Sequence[int]], rows: Sequence[sparse.csr_matrix], *, classes: int) -> Chain:
    """Fit on answers, the class of each of their characters, and their features."""
    labels = [[kinds[token.start] for token in tokens(answer)] for answer, kinds in zip(answers, gold, strict=True)]
    return fit_chain(rows, labels, classes=classes, penalty=1.0, rounds=60)


def tagged(chain: Chain, answer: str, rows: sparse.csr_matrix) -> list[int]:
    """Return the class of each character; what stands between two tokens of one class is of that class too."""
    painted = [0] * len(answer)
    before = Token("", 0, 0)
    kind_before = 0
    for token, kind in zip(tokens(answer), chain.best(rows), strict=True):
        begin = before.end if kind == kind_before else token.start
        painted[begin : token.end] = [kind] * (token.end - begin)
        before, kind_before = token, kind
    return painted


def features(answer: str, engine: Sequence[int]) -> sparse.csr_matrix:
    """Return a row for each token: words around it, what the engine says there, and the quotation marks it stands between."""
    found = tokens(answer)
    words = [normalize(token.text) or token.text for token in found]
    groups, beside = list(_groups(answer, found)), _beside(engine, found)
    columns: list[int] = []
    borders = [0]
    for at, token in enumerate(found):
        names = {
            *_around(words, at),
            *groups[at],
            *_engine(engine, found, at),
            *beside[at],
            f"vowels={len(token.text) > len(words[at]) + 1}",
            "any",
        }
        columns += sorted(_column(name) for name in names)
        borders.append(len(columns))
    return sparse.csr_matrix((np.ones(len(columns)), columns, borders), shape=(len(found), _COLUMNS))


def _column(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little") % _COLUMNS


def _around(words: Sequence[str], at: int) -> Iterator[str]:
    for by in range(-4, 5):
        word = words[at + by] if 0 <= at + by < len(words) else "^"
        yield f"w{by}={word}"
    for by in (-2, -1, 0, 1):
        if at + by >= 0 and at + by + 1 < len(words):
            yield f"b{by}={words[at + by]} {words[at + by + 1]}"
    yield f"p={words[at][:3]}"
    yield f"s={words[at][-3:]}"


def _engine(engine: Sequence[int], found: Sequence[Token], at: int) -> Iterator[str]:
    said = [engine[found[at + by].start] if 0 <= at + by < len(found) else -1 for by in range(-3, 4)]
    yield from (f"e{by}={kind}" for by, kind in enumerate(said, -3) if kind >= 0)
    yield f"e={said[2:5]}"
    yield f"e={said[3]} {found[at].text}"
    yield f"e={said[1:6]}"


def _beside(engine: Sequence[int], found: Sequence[Token]) -> list[tuple[str, ...]]:
    """Return for each token what the engine found last before it and first behind it, and how far away."""
    told: list[tuple[str, ...]] = [()] * len(found)
    for name, order in (("<e", range(len(found))), ("e>", range(len(found) - 1, -1, -1))):
        kind, where = 0, 0
        for at in order:
            if engine[found[at].start]:
                kind, where = engine[found[at].start], found[at].start
            far = min(abs(found[at].start - where).bit_length(), 9)
            told[at] = (*told[at], f"{name}={kind}", f"{name}={kind} {far}", f"{name}={kind} here={engine[found[at].start]}")
    return told


def _groups(answer: str, found: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """Yield for each token what is said before, in and behind the innermost marks it stands between, or else in its line."""
    spans = _spans(answer, found)
    for token, (mark, start, end) in zip(found, spans, strict=True):
        before, inside, behind = answer[max(0, start - _REACH) : start], answer[start:end], answer[end : end + _REACH]
        told = [f"m={mark}", f"size={mark}{min(len(inside) // 25, 6)}"]
        for name, cue in _CUES.items():
            told += [
                f"{where}{name}{mark}={bool(cue.search(normalize(text)))}" for where, text in (("<", before), ("|", inside), (">", behind))
            ]
        near = answer[max(0, token.start - _REACH) : token.start]
        last = max(((match.end(), name) for name, cue in _CUES.items() for match in cue.finditer(normalize(near))), default=(0, "none"))
        yield (*told, f"last={last[1]}", f"last={last[1]}{mark}", f"first={token.start - start < 2}{mark}")


def _spans(answer: str, found: Sequence[Token]) -> list[tuple[str, int, int]]:
    spans: list[tuple[str, int, int]] = []
    for token in found:
        line = answer.rfind("\n", 0, token.start) + 1
        stop = answer.find("\n", token.end)
        stop = len(answer) if stop < 0 else stop
        straight = answer.count('"', line, token.start) % 2 == 1
        opened = max((answer.rfind(mark, max(line, token.start - 600), token.start), mark) for mark in _OPENERS)
        closer = _CLOSERS[_OPENERS.index(opened[1])]
        if opened[0] >= 0 and answer.find(closer, opened[0], token.start) < 0:
            end = answer.find(closer, token.start, stop + 600)
            spans.append((opened[1], opened[0] + 1, end if end >= 0 else stop))
        elif straight:
            end = answer.find('"', token.start, stop)
            spans.append(('"', answer.rfind('"', line, token.start) + 1, end if end >= 0 else stop))
        else:
            spans.append(("-", line, stop))
    return spans
