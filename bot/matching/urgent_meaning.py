"""Emergencies by meaning: what the encoder makes of messages that no rule's patterns name.

A head fitted on the rules' own messages, and how much nearer a message lies to these than to look-alikes and to plain
questions. Either alone is worse: docs/decisions/0004-urgent.md has both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.encoder import Encoder, Matrix, Vector
from bot.matching.head import Head, Scores, fit_head
from bot.matching.remembered import Remember
from bot.matching.urgent import Alarm

ALARM_FROM, DOUBT_FROM = 0.75, -1.0
"""Scores from which a message is an emergency, and from which it may be one so that help is named first.
At 0.75, 5 % of the rules' look-alikes and 1 % of plain questions pass in 5 folds."""
NEAR_THREE, NEAREST = 20.0, 10.0
"""Weights of the nearness by the three nearest messages and by the nearest one, beside the head's margin."""
PIECE_PENALTY = 2.0
"""A piece out of its context sounds worse than it is: without this, 2 % of rambling questions alarm, not 1 %."""
SURELY_NONE = -4.0
"""Margin up to which nearness is not looked at, which saves time and memory: no labelled emergency lies below -2.8."""
STRENGTH = 10.0
VERSION = "6"
"""Part of the keys under which fits and proofs are remembered; raise it when a number here changes."""
_FIRE, _LOOKS_ALIKE, _PLAIN = range(3)


class UrgentMeaning:
    def __init__(
        self,
        encoder: Encoder,
        alarming: Sequence[tuple[str, Alarm]],
        alike: Sequence[str],
        plain: Sequence[str],
        remember: Remember,
    ) -> None:
        """Learn from prepared texts: emergencies with their kind, look-alikes, and ordinary questions."""
        key = ["urgent", VERSION, *(f"{alarm} {text}" for text, alarm in alarming), "", *alike, "", *plain]
        arrays = remember(key, lambda: _fit(encoder, alarming, alike, plain))
        self._groups = arrays["alarming"], arrays["alike"], arrays["plain"]
        self._alarm, self._self_harm = Head.from_arrays("alarm", arrays), Head.from_arrays("self_harm", arrays)

    def read(self, vectors: Matrix) -> Alarm | None:
        """What a message means: the first vector is of the whole of it, the others of its pieces."""
        scores = self.scores(vectors)
        scores[1:] -= PIECE_PENALTY
        worst = int(scores.argmax())
        if scores[worst] >= ALARM_FROM:
            return Alarm.SELF_HARM if _margins(self._self_harm, vectors[[worst]])[0] > 0 else Alarm.URGENT
        return Alarm.DOUBT if scores[worst] >= DOUBT_FROM else None

    def scores(self, vectors: Matrix) -> Scores:
        """One score for each vector; where the head alone is sure that all is well, its margin."""
        scores = _margins(self._alarm, vectors)
        for row in np.flatnonzero(scores > SURELY_NONE):
            near = [_nearness(vectors[row], group) for group in self._groups]
            lead = near[0] - np.maximum(near[1], near[2])
            scores[row] += NEAR_THREE * lead[0] + NEAREST * lead[1]
        return scores


def _fit(
    encoder: Encoder, alarming: Sequence[tuple[str, Alarm]], alike: Sequence[str], plain: Sequence[str]
) -> dict[str, Matrix]:
    groups = [encoder.encode_all(texts) for texts in ([text for text, _ in alarming], alike, plain)]
    kinds = np.repeat([_FIRE, _LOOKS_ALIKE, _PLAIN], [len(group) for group in groups])
    alarm = fit_head(np.concatenate(groups), kinds, 3, strength=STRENGTH)
    harm = np.array([0 if kind == Alarm.SELF_HARM else 1 for _, kind in alarming])
    self_harm = fit_head(groups[0], harm, 2, strength=STRENGTH)
    doubtful = groups[_PLAIN][_margins(alarm, groups[_PLAIN]) > SURELY_NONE]  # others lie far from what is in doubt
    vectors = {"alarming": groups[_FIRE], "alike": groups[_LOOKS_ALIKE], "plain": doubtful}
    return {**vectors, **alarm.to_arrays("alarm"), **self_harm.to_arrays("self_harm")}


def _nearness(vector: Vector, group: Matrix) -> Scores:
    """Mean cosine of the three nearest, and cosine of the nearest."""
    few = min(3, len(group))
    best = np.partition(group @ vector, -few)[-few:]
    return np.array([best.mean(), best.max()], np.float32)


def _margins(head: Head, vectors: Matrix) -> Scores:
    """By how much the first class leads before the best of the others."""
    logits = head.logits(vectors)
    margins: Scores = logits[:, 0] - logits[:, 1:].max(axis=1)
    return margins
