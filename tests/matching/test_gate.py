import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.gate import SIGNS, Band, Calibration

GATE = Calibration(
    offset=-1.0, weights={"joint": 0.5, "words": 2.0}, refuse_below=0.3, answer_from=0.6, support_from=0.5
)
chances = st.floats(0, 1)


def signs(**told: float) -> dict[str, float]:
    return dict.fromkeys(SIGNS, 0.0) | told


def test_the_chance_is_the_logistic_of_the_weighted_signs() -> None:
    assert GATE.covered(signs(joint=2.0)) == pytest.approx(0.5)
    assert GATE.covered(signs(words=1.0)) == pytest.approx(0.7311, abs=1e-4)


def test_a_sign_without_a_weight_does_not_count() -> None:
    assert GATE.covered(signs(top=99.0)) == GATE.covered(signs())


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_chance_lies_between_0_and_1_whatever_the_signs(joint: float, words: float) -> None:
    assert 0 <= GATE.covered(signs(joint=joint, words=words)) <= 1


@pytest.mark.parametrize(
    ("covered", "supports", "band"),
    [
        (0.9, (0.9,), (Band.SURE, 1)),
        (0.6, (0.5,), (Band.SURE, 1)),
        (0.9, (0.4, 0.7), (Band.SURE, 2)),
        (0.9, (0.2, 0.3, 0.5), (Band.SURE, 3)),
        (0.9, (0.2, 0.3, 0.4), (Band.NEAR, 0)),
        (0.59, (0.9,), (Band.NEAR, 0)),
        (0.3, (0.9,), (Band.NEAR, 0)),
        (0.29, (1.0,), (Band.OUTSIDE, 0)),
    ],
)
def test_the_bands(covered: float, supports: tuple[float, ...], band: tuple[Band, int]) -> None:
    assert GATE.band(covered, supports) == band


@given(chances, st.lists(chances, min_size=1, max_size=3))
def test_only_what_is_sure_is_answered_and_with_as_few_places_as_are_enough(
    covered: float, supports: list[float]
) -> None:
    band, answers = GATE.band(covered, sorted(supports))
    assert (answers > 0) == (band == Band.SURE)
    assert all(support < GATE.support_from for support in sorted(supports)[: max(answers - 1, 0)])
