"""The router: an addressed model first, then sure rules, then the classifier, with a reason for every step. Builds none of its parts.

Where the classifier is not sure, a prompt goes to the general models, except where it may be a religious question: an answer from a
model's memory costs more there than a search that finds nothing, so Islamic wins as soon as it is probable enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.events import Route, RoutingDecision
from fanar.messages import ChatMessage
from orchestrator.routing import reasons as why
from orchestrator.routing.classifier import Classification, RouteClassifier
from orchestrator.routing.ellipsis import asks_the_same
from orchestrator.routing.policy import TierPolicy, read_traits
from orchestrator.routing.rules import CARE, Ruling, SureRules
from orchestrator.routing.tiers import no_such_model

ROUTER = "router"
"""The service name of the model id that asks for routing."""
SERVED: Mapping[Route, str] = {
    Route.GREETING: "greeting",
    Route.GENERAL: "star",
    Route.ISLAMIC: "sadiq",
    Route.RECENCY: "recency",
    Route.IMAGE: "image",
    Route.SPEECH: "tts",
    Route.TRANSLATION: "translation",
    Route.POETRY: "poetry",
    Route.ATTRIBUTION: "attribution",
}
"""Which service answers a route; for general, the policy chooses."""
_ADDRESSED: Mapping[str, Route] = {
    "star": Route.GENERAL,
    "prime": Route.GENERAL,
    "vision": Route.GENERAL,
    "sadiq": Route.ISLAMIC,
    "image": Route.IMAGE,
    "patterns": Route.IMAGE,
    "stt": Route.SPEECH,
    "tts": Route.SPEECH,
    "translation": Route.TRANSLATION,
    "poetry": Route.POETRY,
}
_SHORT = 5
_REACH = 4
_OTHERS = 3
_HEAD = 400
# Speech goes one of two ways: these words ask for text from sound, all else for sound from text.
_TO_TEXT = re.compile(
    r"فرغ|تفريغ|نص مكتوب|سجلت|تسجيل|مسجل|ريكورد|فويس|مقطع|بودكاست|مذكره صوتيه|رساله صوتيه|اجتماع|ترجمه مصاحبه|سبتايتل|اكتب\w* اللي|مرفق|"
    r"transcri|subtitle|caption|\bsrt\b|dictat|recording|voice (?:note|memo|message)|podcast|minutes of|attached|\bmp3|\bwav|farr?[eo]?3?gh"
)
_FIXED = frozenset(("tools", "vision", "stt", CARE))
_NOT_FOR_CHAT = Bilingual("This model does not answer conversations.", "هذا النموذج لا يجيب عن المحادثات.")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When the classifier is believed. Below `sure` the default is taken; Islamic is taken from `islamic` on."""

    sure: float = 0.30
    islamic: float = 0.40


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be judged, and what came before it; where the last turn asks that `again` of something else, the turn before."""

    text: str
    previous: str
    again: bool


class SecondOpinion(Protocol):
    """What is asked besides the classifier, where no rule is sure."""

    async def join(self, judged: Classification, text: str, previous: str = "") -> Classification:
        """Return what the classifier judged with this opinion in it."""
        ...


class CascadeRouter:
    """Decides where a conversation goes. `services` maps the model ids that clients may name to what serves them."""

    def __init__(
        self,
        *,
        rules: SureRules,
        classifier: RouteClassifier,
        policy: TierPolicy,
        services: Mapping[str, str],
        thresholds: Thresholds | None = None,
        second: SecondOpinion | None = None,
    ) -> None:
        self._rules = rules
        self._classifier = classifier
        self._policy = policy
        self._services = services
        self._thresholds = thresholds or Thresholds()
        self._second = second

    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        """Return the decision for the last user message in the light of those before it.

        Raises NotFoundError for an unknown model id, UnprocessableError for one that does not answer conversations.
        """
        service = self._services.get(model)
        if service is None:
            raise no_such_model()
        if service != ROUTER:
            return self._addressed(model, service, messages)
        if self._second is None:
            return self.decide(messages)
        asked = _asked(messages)
        ruling = self._ruling(messages, asked)
        if ruling is not None:
            return self._ruled(messages, asked, ruling)
        judged = self._classifier.classify(asked.text, asked.previous)
        return self._judged(messages, asked, await self._second.join(judged, asked.text, asked.previous))

    def _addressed(self, model: str, service: str, messages: Sequence[ChatMessage]) -> RoutingDecision:
        route = _ADDRESSED.get(service)
        if route is None:
            raise UnprocessableError(_NOT_FOR_CHAT, param="model")
        reasons = (why.addressed(model),)
        if route is not Route.ISLAMIC:
            return RoutingDecision(route, service, 1.0, reasons)
        asked = _asked(messages)
        rule = self._ruling(messages, asked)
        known = rule.intent if rule is not None and rule.route is Route.ISLAMIC else None
        judged = self._classifier.classify(asked.text, asked.previous)
        return self._complete(messages, asked.text, judged, route, 1.0, reasons, intent=known)

    def decide(self, messages: Sequence[ChatMessage]) -> RoutingDecision:
        """Decide for a conversation that names no model, without a second opinion. Takes well under a millisecond."""
        asked = _asked(messages)
        ruling = self._ruling(messages, asked)
        if ruling is not None:
            return self._ruled(messages, asked, ruling)
        return self._judged(messages, asked, self._classifier.classify(asked.text, asked.previous))

    def _ruling(self, messages: Sequence[ChatMessage], asked: _Asked) -> Ruling | None:
        """Return what a sure rule says of the last turn, or of the one before where that is asked again of something else."""
        ruling = self._rules.apply(messages)
        if ruling is not None or not asked.again:
            return ruling
        earlier = self._rules.apply_to_text(asked.text)
        return None if earlier is None or earlier.model in _FIXED else replace(earlier, reason=why.again(earlier.reason))

    def _ruled(self, messages: Sequence[ChatMessage], asked: _Asked, ruling: Ruling) -> RoutingDecision:
        if ruling.model in _FIXED:
            return RoutingDecision(ruling.route, ruling.model or "", 1.0, (ruling.reason,), intent=ruling.intent)
        if ruling.route is not Route.ISLAMIC and ruling.route is not Route.SPEECH and not ruling.yields:
            return RoutingDecision(ruling.route, SERVED[ruling.route], 1.0, (ruling.reason,))
        judged = self._classifier.classify(asked.text, asked.previous)
        if ruling.yields and judged.probability(Route.ISLAMIC) >= self._thresholds.islamic:
            return self._judged(messages, asked, judged)
        return self._complete(messages, asked.text, judged, ruling.route, 1.0, (ruling.reason,), intent=ruling.intent)

    def _judged(self, messages: Sequence[ChatMessage], asked: _Asked, judged: Classification) -> RoutingDecision:
        route, reasons = self._choose(asked.text, asked.previous, judged)
        reasons = (*reasons, why.AGAIN) if asked.again else reasons
        return self._complete(messages, asked.text, judged, route, judged.probability(route), reasons, intent=None)

    def _choose(self, text: str, previous: str, judged: Classification) -> tuple[Route, tuple[Bilingual, ...]]:
        (best, probability), islamic = judged.ranked[0], judged.probability(Route.ISLAMIC)
        if not text.strip():
            return Route.GENERAL, (why.NOTHING_WRITTEN,)
        if best is not Route.ISLAMIC and islamic >= self._thresholds.islamic:
            return Route.ISLAMIC, (why.weighty(best, probability, islamic),)
        if probability < self._thresholds.sure:
            return Route.GENERAL, (why.unsure(best, probability),)
        reason = why.judged(best, probability)
        if previous and len(text.split()) <= _SHORT and self._classifier.classify(previous).ranked[0][0] is best:
            return best, (reason, why.keeps_topic(best))
        return best, (reason,)

    def _complete(
        self,
        messages: Sequence[ChatMessage],
        text: str,
        judged: Classification,
        route: Route,
        confidence: float,
        reasons: tuple[Bilingual, ...],
        *,
        intent: str | None,
    ) -> RoutingDecision:
        others = tuple((other, round(probability, 4)) for other, probability in judged.ranked[: _OTHERS + 1] if other is not route)[
            :_OTHERS
        ]
        model = SERVED[route]
        if route is Route.ISLAMIC and intent is None:
            intent = self._classifier.intent(judged.features)
        elif route is Route.GENERAL:
            tier, sureness = self._classifier.tier(judged.features)
            thinking = any(message.role in ("thinking", "thinking_user") for message in messages)
            size = sum(len(message.text) for message in messages)
            choice = self._policy.choose(read_traits(text, conversation=size, thinking=thinking, tier=tier, confidence=sureness))
            model, reasons = choice.tier, (*reasons, *choice.reasons)
        elif route is Route.SPEECH:
            model = "stt" if _TO_TEXT.search(normalize(text[:_HEAD])) else "tts"
        return RoutingDecision(route, model, round(confidence, 4), reasons, others, intent)


def _asked(messages: Sequence[ChatMessage]) -> _Asked:
    text, previous = _last_turns(messages)
    again = bool(previous) and asks_the_same(text)
    return _Asked(previous, "", again=True) if again else _Asked(text, previous, again=False)


def _last_turns(messages: Sequence[ChatMessage]) -> tuple[str, str]:
    """Return the text of the last user turn, and what came before it, empty where there is nothing.

    That is the user turn before; where it only followed up on an earlier one («والحنابلة؟»), those too that it follows.
    """
    turns = [message.text for message in messages if message.role in ("user", "thinking_user")]
    before = turns[-1 - _REACH : -1]
    asked = next((at for at in range(len(before) - 1, -1, -1) if len(before[at].split()) > _SHORT), 0)
    return (turns[-1] if turns else ""), "\n".join(before[asked:])
