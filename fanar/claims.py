"""What is asked and said of the claims of a text: sources, verdicts, by which passage, by what method, how surely. Finds nothing itself.

Offsets are end-exclusive code points: a claim's of the text that was sent, a citation's of its source's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fanar.bilingual import Language
from fanar.findings import Check

Verdict = Literal["supported", "contradicted", "not_found", "not_checkworthy"]
Method = Literal[
    "copied", "words", "numbers", "dates", "negation", "opposites", "names", "entailment", "spans", "quotation", "form", "none"
]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that claims are held against. `id` is what citations call it.

    `listed` says whether a number in brackets can mean it by its place among the sources: not where its author never saw the list.
    """

    id: str
    text: str
    title: str = ""
    url: str | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source that is to be fetched."""

    id: str
    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class TextInquiry:
    """A text and what it is to be held against. `checks` is None where the client left it open: then by what it sent."""

    text: str
    sources: tuple[SourceText | SourcePage, ...] = ()
    corpora: tuple[str, ...] = ()
    checks: frozenset[Check] | None = None
    threshold: float = 0.5
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class ClaimCitation:
    """The passage that a verdict rests on, verbatim, and where it stands in its source, which readers know as `title`."""

    source_id: str
    start: int
    end: int
    quote: str
    title: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation marker within a text, as written: the source that it names, None for none, and whether the claim before it is in there."""

    text: str
    start: int
    end: int
    source_id: str | None
    supported: bool | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that a source does not say, as far as a span model sees, and how probably it does not."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Marking:
    """What a span model sees in a claim: how probably its passage leaves some of it unsaid, and which stretches; offsets of the claim."""

    unsaid: float
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """One claim and its verdict. `score` is the calibrated probability that the verdict is right, `method` the check that it rests on.

    `unsupported` is what a span model, where there is one, marks in it; offsets of the text.
    """

    start: int
    end: int
    text: str
    verdict: Verdict
    score: float
    method: Method
    citations: tuple[ClaimCitation, ...] = ()
    markers: tuple[Marker, ...] = ()
    unsupported: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Entailment:
    """How probably a passage says a claim, denies it, or does neither; the three add up to one."""

    supported: float
    contradicted: float
    neither: float


@dataclass(frozen=True, slots=True)
class ClaimOptions:
    """How claims are judged: from which score on a source counts for or against one, and whether only those with numbers are looked at."""

    threshold: float = 0.5
    numbers_only: bool = False
