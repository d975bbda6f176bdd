"""What the whole suite needs: a collector of garbage that leaves the suite itself alone."""

from __future__ import annotations

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Ten thousand tests and what they import live as long as the process; to look through them again and again stalls event loops."""
    del session
    gc.collect()
    gc.freeze()
