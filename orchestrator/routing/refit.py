"""Fits the router's weights again, on the shipped prompts and on those that people corrected. Knows nothing of databases or commands.

Both are judged alike, out of fold on the shipped prompts: before are the figures on the card that ships, after those of the same folds
when the corrections were learned too. Weights that would route worse beyond a stated margin are not to be written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from fanar.arabic.script import is_arabizi, language_hint
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, UnprocessableError
from fanar.events import Route
from fanar.feedback import Feedback, RecordedDecision
from orchestrator.routing.classifier import SHIPPED, Head, RouteClassifier, save_heads
from orchestrator.routing.concepts import load_concepts
from orchestrator.routing.features import FeatureExtractor
from orchestrator.routing.fit import common_words, fit
from orchestrator.routing.own import card_path, digest, own_card, own_weights, read_card
from orchestrator.routing.prompts import Prompt, checksum, read_prompts

MARGIN = 0.01
"""How much worse a figure may become."""
GUARDED = ("accuracy", "macro_f1", "islamic_recall", "islamic_precision")
_NOTHING = Bilingual(
    "There is no corrected prompt to learn from: send POST /v1/feedback with route or model, "
    "and with prompt unless FANAR_RECORD_DECISIONS is true.",
    "لا سؤال مصحَّحًا يُتعلَّم منه: أرسل POST /v1/feedback مع route أو model، ومع prompt ما لم يكن FANAR_RECORD_DECISIONS بقيمة true.",
)
_STALE = Bilingual(
    "The shipped weights do not belong to the shipped prompts: run `python -m orchestrator.routing.fit`.",
    "الأوزان المرفقة ليست لهذه الأمثلة: شغّل ‎python -m orchestrator.routing.fit.",
)


@dataclass(frozen=True, slots=True)
class Refit:
    """New weights and how they compare: figures of the route before and after, and how many corrected prompts each gets right."""

    heads: Mapping[str, Head]
    card: Mapping[str, Any]
    before: Mapping[str, float]
    after: Mapping[str, float]
    corrected: int
    right_before: int
    right_after: int

    def worse(self, *, margin: float = MARGIN) -> list[str]:
        """Return the figures that fell by more than `margin`."""
        return [name for name in GUARDED if self.before[name] - self.after[name] > margin]


def corrected_prompts(feedback: Iterable[Feedback], find: Callable[[str], RecordedDecision | None]) -> list[Prompt]:
    """Return the prompts that were corrected, the last word on each. `find` returns the decision recorded for an answer, if any.

    A recorded conversation is preferred to what the client sent; a correction with neither teaches nothing.
    """
    found: dict[tuple[str, ...], Prompt] = {}
    for said in feedback:
        recorded = find(said.answer) if said.corrects else None
        own = recorded is not None and recorded.owner == said.owner
        turns = _turns(recorded) if recorded is not None and own else (said.prompt or "",)
        if said.corrects and turns[-1].strip():
            route = said.route or Route.GENERAL
            found[turns] = Prompt(route, _variety(turns[-1]), said.model if route is Route.GENERAL else None, turns)
    return list(found.values())


def refit(
    corrected: Sequence[Prompt],
    *,
    base: Sequence[Prompt] | None = None,
    card: Mapping[str, Any] | None = None,
    before: RouteClassifier,
) -> Refit:
    """Fit on the prompts that ship and on `corrected`; `before` is the router's present classifier.

    `base` and `card` stand in for the shipped prompts and their card. Raises UnprocessableError when there is nothing to learn from,
    ConfigurationError when the shipped weights and prompts do not belong together.
    """
    if not corrected:
        raise UnprocessableError(_NOTHING)
    shipped = read_card(card_path(SHIPPED)) if card is None else card
    if card is None and shipped.get("data") != checksum():
        raise ConfigurationError(_STALE)
    prompts = list(read_prompts() if base is None else base)
    learned = sha256("\n".join(f"{each.route}\t{each.detail}\t{each.turns}" for each in corrected).encode("utf-8", "replace")).hexdigest()
    heads, told = fit([*prompts, *corrected], checksum=learned, judged=len(prompts))
    after = RouteClassifier(extractor=FeatureExtractor(concepts=load_concepts()), heads=heads)
    return Refit(
        heads=heads,
        card={**told, "base": shipped["data"], "corrected": len(corrected)},
        before={name: shipped["route"][name] for name in GUARDED},
        after={name: told["route"][name] for name in GUARDED},
        corrected=len(corrected),
        right_before=_right(before, corrected),
        right_after=_right(after, corrected),
    )


def write(made: Refit, data: Path) -> None:
    """Put the weights and their card into the data folder, each whole; the card, which vouches for the weights, comes last."""
    weights, card = own_weights(data), own_card(data)
    weights.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # numpy adds the ending to a name that lacks it.
    waiting = weights.with_name("waiting.npz")
    save_heads(waiting, made.heads, words=common_words(read_prompts()))
    text = json.dumps({**made.card, "weights": digest(waiting)}, indent=2)
    waiting_card = card.with_name("waiting.json")
    waiting_card.write_text(f"{text}\n", encoding="utf-8")
    waiting.replace(weights)
    waiting_card.replace(card)


def _turns(recorded: RecordedDecision) -> tuple[str, ...]:
    users = [message.text for message in recorded.messages if message.role in ("user", "thinking_user")]
    # The router reads the last two turns of the user; what was answered between them it does not read.
    return (users[-2], "", users[-1]) if len(users) > 1 else (users[-1] if users else "",)


def _variety(text: str) -> str:
    if is_arabizi(text):
        return "arabizi"
    return "english" if language_hint(text) == "en" else "msa"


def _right(classifier: RouteClassifier, prompts: Sequence[Prompt]) -> int:
    judged = (classifier.classify(each.text, each.previous) for each in prompts)
    return sum(found.ranked[0][0] is each.route for found, each in zip(judged, prompts, strict=True))
