"""Seats that are taken and left while the platform runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fanar.llm.scripted import Rule, ScriptedChatModel
from orchestrator.serving.processes import identify
from orchestrator.serving.seats import Seats
from orchestrator.serving.state import RunningModel, forget, write


def scripted(name: str) -> ScriptedChatModel:
    return ScriptedChatModel([Rule(reply=name)])


def model(name: str = "prime", *seats: str) -> RunningModel:
    me = identify(os.getpid())
    return RunningModel(name, name, seats or ("prime",), "vllm", f"http://127.0.0.1/{name}", name, 4096, (), "ready", me, me)  # type: ignore[arg-type]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seats(tmp_path: Path, clock: Clock) -> Callable[..., Seats]:
    def made(**options: object) -> Seats:
        return Seats(data=tmp_path, fixed=options.pop("fixed", {}), connect=lambda m: scripted(m.name), clock=clock, **options)  # type: ignore[arg-type]

    return made


def test_a_model_that_appears_is_seated_and_one_that_goes_leaves(seats: Callable[..., Seats], clock: Clock, tmp_path: Path) -> None:
    taken = seats()
    assert not taken
    write(tmp_path, model())
    clock.now = 2
    assert list(taken) == ["prime"]
    forget(tmp_path, "prime")
    clock.now = 4
    assert "prime" not in taken
    assert len(taken) == 0


def test_files_are_not_read_for_every_question(seats: Callable[..., Seats], clock: Clock, tmp_path: Path) -> None:
    taken = seats()
    assert not taken
    write(tmp_path, model())
    clock.now = 0.5
    assert not taken


def test_what_the_operator_set_stays_and_what_was_found_gives_way(seats: Callable[..., Seats], tmp_path: Path) -> None:
    mine, found = scripted("mine"), scripted("found")
    write(tmp_path, model("small", "star", "prime"))
    taken = seats(fixed={"star": mine}, spare={"star": found, "prime": found})
    assert taken["star"] is mine
    assert taken["prime"] not in (mine, found)
    forget(tmp_path, "small")
    assert seats(spare={"prime": found})["prime"] is found


def test_one_server_on_both_seats_is_one_model_as_long_as_it_is_the_same(seats: Callable[..., Seats], clock: Clock, tmp_path: Path) -> None:
    write(tmp_path, model("small", "star", "prime"))
    taken = seats()
    first = taken["star"]
    assert taken["prime"] is first
    clock.now = 2
    assert "star" in taken
    assert taken["star"] is first
    write(tmp_path, replace(model("small", "star", "prime"), url="http://127.0.0.1/again"))
    clock.now = 4
    assert "star" in taken
    assert taken["star"] is not first


def test_a_seat_just_seen_does_not_vanish_under_the_hand(seats: Callable[..., Seats], clock: Clock, tmp_path: Path) -> None:
    write(tmp_path, model())
    taken = seats()
    assert "prime" in taken
    forget(tmp_path, "prime")
    clock.now = 9
    assert taken["prime"]
    assert "prime" not in taken
    with pytest.raises(KeyError):
        taken["prime"]


def test_a_server_that_does_not_answer_yet_takes_no_seat(seats: Callable[..., Seats], tmp_path: Path) -> None:
    write(tmp_path, replace(model(), state="starting"))
    assert not seats()
