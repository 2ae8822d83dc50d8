"""Fits the gate's weights and thresholds on labelled questions that no author of examples wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from bot.authoring.questions import Case, Turn, shows
from bot.dialogue import compose
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.matching.gate import SIGNS, Calibration
from bot.matching.head import fit_head

STRENGTH = 3.0
WRONG_COSTS, LET_IN_COSTS, REFUSED_COSTS, PAIR_GAINS = 3.0, 3.0, 3.0, 0.9
"""What an answer that misses, an outside question answered, and a covered question refused weigh against one right
answer at once. Set so that the calibrated share of wrong answers is near 1.5-2 %, to land below 3 % on new questions."""

Signs = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Sample:
    """One question as the gate sees it."""

    signs: Mapping[str, float]
    support: float
    either: float
    inside: bool
    right: bool
    """Whether answering with the best intent would be right."""
    right_with_both: bool
    """Whether answering with the two best would be."""


def sample(case: Case, know: Knowledge) -> Sample | None:
    """None for what never comes before the gate: conversations, emergencies, guarded questions, small talk."""
    turn = case.turns[0]
    if not (case.is_inside or case.is_outside) or know.watch.look(turn.text):
        return None
    wish, rest = know.level_words.read(know.reader.read(turn.text).mended)
    state = ChatState(level=wish.applied(ChatState().level)) if wish else ChatState()
    found = know.matcher.match(rest if wish else turn.text, level=state.level)
    if found.guard or found.small_talk:
        return None
    best, second = found.best.intent.id, found.second.intent.id
    right = case.is_inside and _answers(turn, state, [best], know)
    both = case.is_inside and _answers(turn, state, [best, second], know)
    return Sample(found.signs, found.support, found.either, case.is_inside, right, both)


def calibrate(samples: Sequence[Sample], signs: Sequence[str] = SIGNS) -> Calibration:
    """Fit the chance of being covered, then choose the thresholds that gain most by the costs above."""
    matrix = np.array([[s.signs[name] for name in signs] for s in samples], np.float32)
    inside = np.array([s.inside for s in samples])
    scale = matrix.std(axis=0) + np.float32(1e-6)
    head = fit_head(matrix / scale, np.where(inside, 0, 1), 2, strength=STRENGTH)
    weights = (head.weights[:, 0] - head.weights[:, 1]) / scale
    offset = float(head.offsets[0] - head.offsets[1]) - float(head.mean * scale @ weights)
    fitted = {name: round(float(weight), 4) for name, weight in zip(signs, weights, strict=True)}
    blank = Calibration(round(offset, 4), fitted, 0.0, 0.0, 0.0, 0.0)
    covered = np.array([blank.covered(s.signs) for s in samples])
    return _with_bands(blank, covered, samples)


def _with_bands(blank: Calibration, covered: npt.NDArray[np.float64], samples: Sequence[Sample]) -> Calibration:
    support, either = (np.array([getattr(s, name) for s in samples]) for name in ("support", "either"))
    inside, right, both = (np.array([getattr(s, name) for s in samples]) for name in ("inside", "right", "right_with_both"))
    grid = np.arange(0.02, 0.98, 0.04)
    refuse_below = max(grid, key=lambda t: float((~inside & (covered < t)).sum() - REFUSED_COSTS * (inside & (covered < t)).sum()))

    def gain(answer_from: float, support_from: float, either_from: float) -> float:
        open_ = covered >= max(answer_from, refuse_below)
        alone = open_ & (support >= support_from)
        pair = open_ & ~alone & (either >= either_from)
        hits = (alone & right).sum() + PAIR_GAINS * (pair & both).sum()
        wrong = (alone & inside & ~right).sum() + (pair & inside & ~both).sum()
        return float(hits - WRONG_COSTS * wrong - LET_IN_COSTS * ((alone | pair) & ~inside).sum())

    best = max(product(grid, grid, grid), key=lambda thresholds: gain(*thresholds))
    bands = (round(float(t), 2) for t in (refuse_below, max(best[0], refuse_below), best[1], best[2]))
    return Calibration(blank.offset, blank.weights, *bands)


def folds(cases: Sequence[Case], count: int) -> dict[str, int]:
    """A fold for each case, by its place: neighbours, which are alike, fall into different folds."""
    return {case.id: number % count for number, case in enumerate(cases)}


def _answers(turn: Turn, state: ChatState, intents: list[str], know: Knowledge) -> bool:
    return shows(turn, compose.answer(state, intents, know)[1], know)
