"""The circuit breaker, on a clock and with chances of its own."""

from __future__ import annotations

from orchestrator.backends.breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def broken(clock: Clock, *, chance: float = 1.0, failures: int = 2) -> CircuitBreaker:
    breaker = CircuitBreaker(failures=failures, pause=1.0, clock=clock, chance=lambda: chance)
    for _ in range(failures):
        assert breaker.enter()
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row() -> None:
    breaker = CircuitBreaker(failures=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert (breaker.state, breaker.failures) == ("closed", 1)
    breaker.failed()
    assert breaker.state == "open"
    assert not breaker.enter()


def test_one_request_tries_after_the_pause_and_its_success_closes_it() -> None:
    clock = Clock()
    breaker = broken(clock)
    assert breaker.retry_in == 1.0
    clock.now = 0.99
    assert not breaker.enter()
    clock.now = 1.0
    assert breaker.state == "half_open"
    assert breaker.enter()
    assert not breaker.enter()
    breaker.succeeded()
    assert (breaker.state, breaker.retry_in) == ("closed", 0.0)
    assert breaker.enter()


def test_trial_that_fails_opens_it_again_at_once() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now = 1.0
    assert breaker.enter()
    breaker.failed()
    assert breaker.state == "open"


def test_trial_that_teaches_nothing_leaves_the_place_to_another() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now = 1.0
    assert breaker.enter()
    breaker.left()
    assert breaker.enter()


def test_pauses_differ_by_chance_and_are_never_shorter_than_half() -> None:
    assert [broken(Clock(), chance=chance).retry_in for chance in (0.0, 0.5, 1.0)] == [0.5, 0.75, 1.0]
