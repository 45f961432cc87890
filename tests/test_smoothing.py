"""The two-state model gives what adding up every sequence of states gives."""

from __future__ import annotations

from itertools import product
from math import exp, expm1, isclose

from hypothesis import given
from hypothesis import strategies as st

from ntm_repair.language.smoothing import posteriors

NATS = st.floats(-8, 8)
CHANGE = st.floats(-9, -0.5)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[list[float], list[float], list[float]]:
    length = draw(st.integers(1, 6))
    return tuple(draw(st.lists(NATS, min_size=length, max_size=length)) for _ in range(3))  # type: ignore[return-value]


def enumerated(
    evidence: list[float], bonds: list[float], english: list[float], enter: float, leave: float, begins: bool
) -> list[float]:
    """P(English) of each word by its definition: the weight of the state sequences that have it, over all of them."""
    into, out = exp(enter), exp(leave)
    steps = {(0, 0): -expm1(enter), (0, 1): into, (1, 0): out, (1, 1): -expm1(leave)}
    start = {0: steps[0, 0], 1: into} if begins else {0: out, 1: into}
    total = 0.0
    shares = [0.0] * len(evidence)
    for states in product((0, 1), repeat=len(evidence)):
        weight = start[states[0]]
        for i, state in enumerate(states):
            weight *= exp(evidence[i]) if state else 1.0
            if i:
                pair = states[i - 1], state
                joined = exp(bonds[i]) if pair == (0, 0) else exp(english[i]) if pair == (1, 1) else 1.0
                weight *= steps[pair] * joined
        total += weight
        for i, state in enumerate(states):
            shares[i] += weight * state
    return [share / total for share in shares]


@given(stretches(), CHANGE, CHANGE, st.booleans())
def test_posteriors_are_those_of_all_sequences(
    stretch: tuple[list[float], list[float], list[float]], enter: float, leave: float, begins: bool
) -> None:
    found = posteriors(*stretch, enter, leave, begins=begins)
    wanted = enumerated(*stretch, enter, leave, begins)
    assert all(isclose(a, b, rel_tol=1e-6, abs_tol=1e-12) for a, b in zip(found, wanted, strict=True))
