"""The hands in which texts are lettered, by name: for who speaks of lettering and loads none of what draws it."""

from __future__ import annotations

from typing import Literal

Script = Literal["naskh", "kufic"]
"""Which hand."""
