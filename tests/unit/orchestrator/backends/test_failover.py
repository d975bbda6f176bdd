"""The part of the policy table that says who may stand in for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.errors import ConfigurationError
from orchestrator.backends.failover import Failover, load_failover
from orchestrator.routing.policy import SHIPPED


def test_what_was_routed_may_go_elsewhere_and_what_named_a_model_may_not() -> None:
    assert load_failover(SHIPPED) == Failover(routed=True, addressed=False)


def test_table_that_says_nothing_leaves_the_defaults(tmp_path: Path) -> None:
    table = tmp_path / "policy.toml"
    table.write_text('[[rule]]\nuse = "star"\nreason = "r"\n')
    assert load_failover(table) == Failover()
    table.write_text("[failover]\naddressed = true\n")
    assert load_failover(table).addressed


@pytest.mark.parametrize("text", ["[failover]\nrouted = 1\n", "[failover]\nother = true\n", "[failover"])
def test_table_that_cannot_be_used_names_its_setting(tmp_path: Path, text: str) -> None:
    table = tmp_path / "policy.toml"
    table.write_text(text)
    with pytest.raises(ConfigurationError, match="FANAR_POLICY"):
        load_failover(table)
    with pytest.raises(ConfigurationError, match="FANAR_POLICY"):
        load_failover(tmp_path / "missing.toml")
