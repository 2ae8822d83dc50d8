import random

import pytest

from bot.authoring.calibrate import DOUBTED_SHARE, REFUSED_SHARE, WRONG_SHARE, Sample, calibrate, sample, samples_of
from bot.authoring.questions import Case, Turn
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Outcome
from bot.matching.gate import SIGNS, Band

INSIDE, OUTSIDE = 600, 300


def samples() -> list[Sample]:
    """Covered questions with a high sign and mostly right answers, and others with a low sign."""
    dice = random.Random(7)  # noqa: S311 - no secret
    found = []
    for number in range(INSIDE + OUTSIDE):
        inside = number < INSIDE
        signs = {name: dice.gauss(0, 1) for name in SIGNS} | {"joint": dice.gauss(3 if inside else -3, 2)}
        support = dice.random()
        right = inside and dice.random() < 0.5 + support / 2
        found.append(Sample(signs, (support, min(1, support + 0.2)), inside, (right, inside)))
    return found


def test_what_tells_inside_from_outside_gets_the_weight() -> None:
    weights = calibrate(samples()).weights
    assert max(weights, key=lambda name: abs(weights[name])) == "joint"
    assert weights["joint"] > 0


def test_calibrating_twice_gives_the_same() -> None:
    assert calibrate(samples()) == calibrate(samples())


def test_hardly_any_covered_question_is_refused_or_doubted() -> None:
    fitted = calibrate(samples())
    inside = [fitted.covered(found.signs) for found in samples() if found.inside]
    assert sum(chance < fitted.refuse_below for chance in inside) <= INSIDE * REFUSED_SHARE + 1
    assert sum(chance < fitted.answer_from for chance in inside) <= INSIDE * DOUBTED_SHARE + 1
    assert fitted.refuse_below <= fitted.answer_from


def test_most_outside_questions_are_not_answered() -> None:
    fitted = calibrate(samples())
    outside = [found for found in samples() if not found.inside]
    answered = [found for found in outside if fitted.band(fitted.covered(found.signs), found.supports)[0] == Band.SURE]
    assert len(answered) < 0.5 * OUTSIDE


def test_answers_are_wrong_no_more_often_than_they_may_be() -> None:
    fitted = calibrate(samples())
    wrong = 0
    for found in samples():
        _, places = fitted.band(1.0, found.supports)
        wrong += found.inside and places > 0 and not found.rights[places - 1]
    assert wrong <= INSIDE * WRONG_SHARE


def test_only_the_signs_that_are_asked_for_get_a_weight() -> None:
    assert set(calibrate(samples(), ["joint", "words"]).weights) == {"joint", "words"}


def case(kind: str, text: str, *phrases: str) -> Case:
    return Case("q", kind, (Turn(text, (Outcome.ANSWER,), any_of=phrases),))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("urgent", "crushing chest pain"),
        ("dialogue", "What does vitamin K2 do?"),
        ("inscope", "How many mg of calcium should I take a day?"),
        ("far", "thank you very much"),
        ("inscope", "I have crushing chest pain and cannot breathe"),
    ],
)
def test_what_never_comes_before_the_gate_is_no_sample(know: Knowledge, kind: str, text: str) -> None:
    assert sample(case(kind, text), know) is None


def test_a_sample_knows_whether_an_answer_would_be_right(know: Knowledge) -> None:
    right, wrong, outside = samples_of(
        [
            case("inscope", "What does vitamin K2 do?", "director of calcium traffic"),
            case("inscope", "What does vitamin K2 do?", "the moon"),
            case("far", "who won the world cup", "director of calcium traffic"),
        ],
        know,
    )
    assert (right.inside, right.rights[0], any(wrong.rights)) == (True, True, False)
    assert (outside.inside, any(outside.rights)) == (False, False)


def test_level_words_are_taken_out_as_they_are_in_a_turn(know: Knowledge) -> None:
    plain, worded = samples_of(
        [case("inscope", text, "x") for text in ("what are SERMs", "in simple words, what are SERMs")], know
    )
    assert worded.signs == pytest.approx(plain.signs, abs=0.3)
