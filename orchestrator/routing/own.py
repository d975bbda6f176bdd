"""The weights that an operator fitted to corrections, in the data folder: where they lie and whether they may be used.

They may when they are whole and were fitted on the prompts and features of this version; else those that ship are used. Knows nothing
of how weights are fitted.
"""

from __future__ import annotations

import json
import logging
from hashlib import sha256
from pathlib import Path
from typing import Any

from orchestrator.routing.classifier import SHIPPED
from orchestrator.routing.features import VERSION

_log = logging.getLogger(__name__)


def card_path(weights: Path) -> Path:
    """Return where the card of `weights` lies."""
    return weights.with_suffix(".json")


def own_weights(data: Path) -> Path:
    """Return where weights of one's own lie below the data folder."""
    return data / "routing" / "weights.npz"


def own_card(data: Path) -> Path:
    """Return where their card lies."""
    return card_path(own_weights(data))


def chosen_weights(data: Path) -> Path:
    """Return the weights to route with: one's own where they fit, else those that ship."""
    own = own_weights(data)
    if not own.exists():
        return SHIPPED
    card = read_card(own_card(data))
    shipped = read_card(card_path(SHIPPED))
    if card.get("features") == VERSION and card.get("base") == shipped.get("data") and card.get("weights") == digest(own):
        return own
    _log.warning("the routing weights in the data folder are of another version: run `fanar route fit`, or `fanar route fit --reset`")
    return SHIPPED


def reset(data: Path) -> bool:
    """Go back to the weights that ship; return whether there were others."""
    there = own_weights(data).exists()
    own_card(data).unlink(missing_ok=True)
    own_weights(data).unlink(missing_ok=True)
    return there


def read_card(path: Path) -> dict[str, Any]:
    """Return a card, empty where there is none that can be read."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return card if isinstance(card, dict) else {}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()
