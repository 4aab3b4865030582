from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planparse.study.similarity import best_pairs


def _scores(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    numbers = draw(st.lists(st.integers(0, 20), min_size=rows * columns, max_size=rows * columns))
    return np.array(numbers, np.float32).reshape(rows, columns) / 20


def _best_sum(scores, least):
    """Try every pairing."""
    if scores.shape[0] > scores.shape[1]:
        scores = scores.T
    gains = np.where(scores >= least, scores, 0)
    rows = range(len(gains))
    return max(
        sum(gains[row, column] for row, column in zip(rows, columns, strict=True))
        for columns in permutations(range(gains.shape[1]), len(gains))
    )


@given(st.composite(_scores)(), st.sampled_from([0.0, 0.3, 0.5]))
def test_no_other_pairing_adds_up_to_more(scores, least):
    pairs = best_pairs(scores, least)
    assert len({row for row, _ in pairs}) == len(pairs)
    assert len({column for _, column in pairs}) == len(pairs)
    assert all(scores[pair] >= least for pair in pairs)
    total = sum(float(scores[pair]) for pair in pairs)
    assert abs(total - _best_sum(scores, least)) < 1e-5


def test_a_poor_pair_never_costs_a_good_one():
    scores = np.array([[0.9, 0.35], [0.35, 0.0]], np.float32)
    assert best_pairs(scores, 0.36) == [(0, 0)]


def test_nothing_gives_nothing():
    assert best_pairs(np.zeros((0, 3), np.float32), 0.3) == []
    assert best_pairs(np.zeros((3, 0), np.float32), 0.3) == []
