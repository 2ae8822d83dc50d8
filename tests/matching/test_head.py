import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.encoder import Matrix
from bot.matching.head import Head, Labels, fit_head, softmax

ROUNDING = 1e-5
AXES = np.eye(4, dtype=np.float32)
logits = st.lists(st.lists(st.floats(-1e4, 1e4, width=32), min_size=3, max_size=3), min_size=1, max_size=4)


def examples(counts: tuple[int, ...]) -> tuple[Matrix, Labels]:
    """So many vectors of length 1 for each class, near an axis of its own."""
    random = np.random.default_rng(7)
    labels = np.repeat(np.arange(len(counts)), counts).astype(np.int64)
    vectors = AXES[labels] + random.normal(0, 0.15, (len(labels), 4)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), labels


@given(logits)
def test_probabilities_lie_between_0_and_1_and_sum_to_1(rows: list[list[float]]) -> None:
    shares = softmax(np.array(rows, np.float32))
    assert ((shares >= 0) & (shares <= 1)).all()
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=ROUNDING)


def test_equal_logits_have_equal_shares() -> None:
    assert softmax(np.full(4, 3, np.float32)).tolist() == [0.25] * 4


@given(logits)
def test_the_largest_logit_has_the_largest_share(rows: list[list[float]]) -> None:
    array = np.array(rows, np.float32)
    shares = softmax(array)
    assert (shares.max(axis=1) == shares[np.arange(len(rows)), array.argmax(axis=1)]).all()


def test_only_differences_of_logits_count() -> None:
    row = np.array([1, 2, 4], np.float32)
    assert np.allclose(softmax(row), softmax(row + 100), atol=ROUNDING)


def test_a_fitted_head_finds_the_class_of_each_example() -> None:
    vectors, labels = examples((12, 12, 12))
    head = fit_head(vectors, labels, 3, strength=30)
    assert head.probabilities(vectors).argmax(axis=1).tolist() == labels.tolist()


def test_a_fitted_head_finds_the_class_of_what_it_never_saw() -> None:
    head = fit_head(*examples((12, 12, 12, 12)), 4, strength=30)
    assert head.probabilities(AXES).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_fitting_twice_gives_the_same_weights() -> None:
    first, second = (fit_head(*examples((5, 9)), 2, strength=30) for _ in range(2))
    assert first.weights.tolist() == second.weights.tolist()


def test_a_class_with_many_examples_does_not_drown_one_with_few() -> None:
    head = fit_head(*examples((300, 3)), 2, strength=30)
    between = (AXES[:1] + AXES[1:2]) / np.float32(2**0.5)
    assert head.probabilities(between)[0] == pytest.approx([0.5, 0.5], abs=0.1)


def test_a_greater_strength_fits_the_examples_more_closely() -> None:
    vectors, labels = examples((10, 10, 10))
    own = [
        float(fit_head(vectors, labels, 3, strength=strength).probabilities(vectors)[np.arange(30), labels].mean())
        for strength in (0.01, 1, 100)
    ]
    assert own == sorted(own)
    assert own[0] < 0.5 < 0.9 < own[-1]


def test_more_steps_come_to_the_same_optimum() -> None:
    vectors, labels = examples((10, 14, 8))
    near, far = (fit_head(vectors, labels, 3, strength=3, steps=steps) for steps in (250, 2000))
    assert np.allclose(near.probabilities(vectors), far.probabilities(vectors), atol=1e-3)


def test_at_the_optimum_the_pull_of_the_examples_equals_the_penalty() -> None:
    vectors, labels = examples((10, 10))
    strength = 3.0
    head = fit_head(vectors, labels, 2, strength=strength, steps=2000)
    error = head.probabilities(vectors) - np.eye(2, dtype=np.float32)[labels]
    assert np.allclose((vectors - head.mean).T @ error, -head.weights / strength, atol=1e-3)


def test_a_class_without_examples_is_hardly_ever_found() -> None:
    vectors, labels = examples((10, 10))
    shares = fit_head(vectors, labels, 3, strength=30).probabilities(vectors)
    assert shares[:, 2].max() < 0.1


def test_examples_that_are_all_alike_leave_the_classes_equal() -> None:
    vectors = np.repeat(AXES[:1], 4, axis=0)
    head = fit_head(vectors, np.array([0, 0, 1, 1], np.int64), 2, strength=30)
    assert head.probabilities(AXES[:1])[0] == pytest.approx([0.5, 0.5], abs=ROUNDING)


def test_a_head_read_back_from_its_arrays_is_the_same() -> None:
    vectors, labels = examples((5, 5))
    head = fit_head(vectors, labels, 2, strength=30)
    again = Head.from_arrays("joint", head.to_arrays("joint"))
    assert again.logits(vectors).tolist() == head.logits(vectors).tolist()


def test_two_heads_can_be_kept_side_by_side() -> None:
    vectors, labels = examples((5, 5))
    one, two = fit_head(vectors, labels, 2, strength=30), fit_head(vectors, 1 - labels, 2, strength=30)
    arrays = {**one.to_arrays("one"), **two.to_arrays("two")}
    assert Head.from_arrays("one", arrays).logits(vectors).tolist() == one.logits(vectors).tolist()
