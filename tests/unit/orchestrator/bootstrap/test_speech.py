"""What the owner of the speech model is started with."""

from __future__ import annotations

import os

import pytest

from orchestrator.bootstrap.speech import _cores


def test_the_cores_that_this_process_is_bound_to_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 2, 5}, raising=False)
    assert _cores() == 3


def test_all_cores_are_counted_where_the_system_binds_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert _cores() == 8
