"""Fits the gate's weights and thresholds on labelled questions that no author of examples wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.authoring.questions import Case, Turn, shows
from bot.dialogue import compose
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.matching.gate import SIGNS, Calibration
from bot.matching.head import fit_head
from bot.matching.urgent import Alarm

STRENGTH = 3.0
REFUSED_SHARE, DOUBTED_SHARE = 0.01, 0.025
"""Shares, in [0, 1], of covered questions that the gate may refuse, and that it may refuse or ask back about."""
WRONG_SHARE = 0.022
"""Share, in [0, 1], of covered questions that may be answered with what does not answer them. The aim is 0.03 on new
questions; thresholds fitted to a few hundred land about half as high again (shared research, adaptation, section 6)."""
_GRID = np.arange(0.5, 1.0, 0.005)


@dataclass(frozen=True)
class Sample:
    """One question as the gate sees it."""

    signs: Mapping[str, float]
    supports: tuple[float, ...]
    """For an answer with the best place, the two best and so on."""
    inside: bool
    rights: tuple[bool, ...]
    """Whether such an answer would be right."""


def sample(case: Case, know: Knowledge) -> Sample | None:
    """None for what never comes before the gate: conversations, emergencies, guarded questions, small talk."""
    turn = case.turns[0]
    if not (case.is_inside or case.is_outside) or know.watch.look(turn.text) not in (None, Alarm.DOUBT):
        return None
    wish, rest = know.level_words.read(know.reader.read(turn.text).mended)
    state = ChatState(level=wish.applied(ChatState().level)) if wish else ChatState()
    found = know.matcher.match(rest if wish else turn.text, level=state.level)
    if found.guard or found.small_talk:
        return None
    places = [match.intent.id for match in found.places]
    rights = tuple(
        case.is_inside and _answers(turn, state, places[:count], know) for count in range(1, len(places) + 1)
    )
    return Sample(found.signs, found.supports, case.is_inside, rights)


def samples_of(cases: Iterable[Case], know: Knowledge) -> list[Sample]:
    return [found for case in cases if (found := sample(case, know))]


def calibrate(samples: Sequence[Sample], signs: Sequence[str] = SIGNS) -> Calibration:
    """Fit the chance of being covered, then set the thresholds so that the shares above are kept."""
    inside = [sample for sample in samples if sample.inside]
    offset, weights = _fit(samples, signs)
    blank = Calibration(offset, weights, refuse_below=0.0, answer_from=0.0, support_from=0.0)
    covered = [blank.covered(sample.signs) for sample in inside]
    return Calibration(
        offset,
        weights,
        refuse_below=round(float(np.quantile(covered, REFUSED_SHARE)), 3),
        answer_from=round(float(np.quantile(covered, DOUBTED_SHARE)), 3),
        support_from=round(_support_from(inside), 3),
    )


def _fit(samples: Sequence[Sample], signs: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Logistic regression of being covered on the signs: the offset, and a weight by the name of each."""
    matrix = np.array([[sample.signs[name] for name in signs] for sample in samples], np.float32)
    scale = matrix.std(axis=0) + np.float32(1e-6)
    head = fit_head(matrix / scale, np.array([not s.inside for s in samples]).astype(np.int64), 2, strength=STRENGTH)
    weights = (head.weights[:, 0] - head.weights[:, 1]) / scale
    offset = float(head.offsets[0] - head.offsets[1]) - float(head.mean * scale @ weights)
    return round(offset, 4), {name: round(float(weight), 4) for name, weight in zip(signs, weights, strict=True)}


def _support_from(inside: Sequence[Sample]) -> float:
    """The lowest support from which answers are wrong no more often than they may be."""
    for threshold in _GRID:
        if np.mean([_is_wrong(sample, threshold) for sample in inside]) <= WRONG_SHARE:
            return float(threshold)
    return float(_GRID[-1])


def _is_wrong(sample: Sample, threshold: float) -> bool:
    pairs = zip(sample.supports, sample.rights, strict=True)
    return next((not right for support, right in pairs if support >= threshold), False)


def _answers(turn: Turn, state: ChatState, intents: list[str], know: Knowledge) -> bool:
    return shows(turn, compose.answer(state, intents, know)[1], know)
