"""The router of a gateway: the model that was named, else Star or Prime by the policy table. It knows no other route and no classifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError, NotFoundError
from fanar.events import Route, RoutingDecision
from fanar.messages import ChatMessage
from orchestrator.routing import reasons
from orchestrator.routing.attachments import VISION, shows_picture
from orchestrator.routing.policy import TierPolicy, read_traits

_UNSURE = 0.5
_NO_SUCH_MODEL = Bilingual(
    "There is no model of this id; GET /v1/models lists them.", "لا يوجد نموذج بهذا المعرّف؛ القائمة في ‎GET /v1/models."
)
_NOT_HERE = Bilingual(
    "This server is a gateway to the language models only (--only gateway); `fanar serve` offers everything else.",
    "هذا الخادم بوابة إلى النماذج اللغوية فقط (‎--only gateway)؛ يقدّم `fanar serve` كل ما سواها.",
)


def not_here() -> NotConfiguredError:
    """Return the error for what a gateway does not offer."""
    return NotConfiguredError(_NOT_HERE)


def no_such_model() -> NotFoundError:
    """Return the error for a model id that nobody may name."""
    return NotFoundError(_NO_SUCH_MODEL, param="model")


class TierRouter:
    """Decides between Star and Prime. `services` maps the model ids that clients may name to what serves them."""

    def __init__(self, *, policy: TierPolicy, services: Mapping[str, str]) -> None:
        self._policy = policy
        self._services = services

    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        """Return the decision. Raises NotFoundError for an unknown id, NotConfiguredError for one that no language model serves."""
        service = self._services.get(model)
        if service is None:
            raise no_such_model()
        if service in ("star", "prime"):
            return RoutingDecision(Route.GENERAL, service, 1.0, (reasons.addressed(model),))
        if service == VISION:
            return RoutingDecision(Route.GENERAL, VISION, 1.0, (reasons.addressed(model),))
        if service != "router":
            raise not_here()
        if shows_picture(messages):
            return RoutingDecision(Route.GENERAL, VISION, 1.0, (reasons.SEEN,))
        text = next((message.text for message in reversed(messages) if message.role in ("user", "thinking_user")), "")
        thinking = any(message.role in ("thinking", "thinking_user") for message in messages)
        size = sum(len(message.text) for message in messages)
        choice = self._policy.choose(read_traits(text, conversation=size, thinking=thinking, tier="star", confidence=_UNSURE))
        return RoutingDecision(Route.GENERAL, choice.tier, 1.0, (reasons.GATEWAY, *choice.reasons))
