from __future__ import annotations

import pytest

from fanar.events import Route
from orchestrator.routing import reasons


@pytest.mark.parametrize("route", Route)
def test_every_route_has_a_name_in_arabic(route: Route) -> None:
    said = reasons.judged(route, 0.5)
    assert said.en == f"classifier: {route} 0.50"
    assert route not in said.ar


def test_what_leads_to_the_other_model_is_said_in_both_languages() -> None:
    assert reasons.absent("star", "prime").ar == "السياسة: ستار غير متاح ← برايم"
    assert reasons.too_long(5000, "star", "prime").en == "policy: about 5000 tokens do not fit star -> prime"
