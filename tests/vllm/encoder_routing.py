"""Routes by a real encoder and writes what came of it as JSON: `python encoder_routing.py CHECKPOINT DATA ENVIRONMENT`.

Run by the platform's own Python; what it lacks, torch and transformers, is taken from ENVIRONMENT, after everything of its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path += [str(found) for found in Path(sys.argv[3]).glob("lib/python*/site-packages")]

import numpy as np

from fanar.errors import ConfigurationError
from fanar.events import Route
from fanar.messages import ChatMessage
from fanar.settings import RoutingSettings, Settings
from orchestrator.bootstrap.encoder import build_opinion, encoder_head, load_encoder
from orchestrator.routing.cascade import CascadeRouter
from orchestrator.routing.classifier import load_classifier
from orchestrator.routing.fit_encoder import fit_encoder
from orchestrator.routing.fusion import fingerprint, save_encoder_head
from orchestrator.routing.policy import TierPolicy, load_rules
from orchestrator.routing.prompts import read_prompts
from orchestrator.routing.rules import SureRules

TEXTS = ["Where does this go?", "إلى أين؟", "", "\ud800", "سؤال " * 5_000]
ASKED = "وش أسوي لو صحيت بعد الفجر وأنا ناوي؟"


def refused(source: str) -> str:
    """Return what is said where the encoder `source` cannot be loaded."""
    try:
        load_encoder(source)
    except ConfigurationError as error:
        return error.message.en
    return ""


async def main(checkpoint: str, data: Path) -> dict[str, object]:
    """Fit a head, route by it, and tell."""
    settings = Settings(data=data, routing=RoutingSettings(encoder=checkpoint))
    try:
        build_opinion(settings)
        unfitted = ""
    except ConfigurationError as error:
        unfitted = error.message.en
    encoder = load_encoder(checkpoint, fetch=True)
    vectors = encoder.embed(TEXTS)
    few = [prompt for route in Route for prompt in [each for each in read_prompts() if each.route is route][:8]]
    made = fit_encoder(few, encoder=encoder)
    save_encoder_head(encoder_head(data), made.head, fingerprint=fingerprint(checkpoint, encoder.dimensions))
    opinion, classifier = build_opinion(settings), load_classifier()
    assert opinion is not None
    router = CascadeRouter(
        rules=SureRules(tools=lambda _: None),
        classifier=classifier,
        policy=TierPolicy(rules=load_rules()),
        services={"Fanar": "router"},
        second=opinion,
    )
    decision = await router.route([ChatMessage("user", ASKED)])
    alone = encoder.embed([TEXTS[1]])
    return {
        "unfitted": unfitted,
        "shape": vectors.shape,
        "lengths": np.linalg.norm(vectors, axis=1).tolist(),
        "same_in_a_batch": float(np.abs(alone[0] - vectors[1]).max()),
        "share": made.head.share,
        "route": decision.route,
        "missing": refused(str(data / "nowhere")),
        "in_hub": refused("nobody/no-such-model"),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(sys.argv[1], Path(sys.argv[2])))))
