"""Whether the article covers what was asked: one number from several signs, and the bands that it falls into.

Every weight and threshold here was fitted by `osteon calibrate` on labelled questions that no author of examples wrote
(docs/decisions/0003-matching.md); they come from intents/calibration.yaml.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    SURE = "sure"
    EITHER = "either"
    """One of the two best, so both are shown."""
    NEAR = "near"
    OUTSIDE = "outside"


SIGNS = ("joint", "neighbours", "words", "unknown", "top", "named")
"""The names of the signs, as calibration.yaml has them."""


@dataclass(frozen=True)
class Calibration:
    """Logistic weights of the signs, and thresholds of the two figures that decide."""

    offset: float
    weights: Mapping[str, float]
    """By name of the sign."""
    refuse_below: float
    """Least chance, in [0, 1], that the article covers the question, for anything but a refusal."""
    answer_from: float
    """Least chance of being covered for an answer at once."""
    support_from: float
    """Least support, in [0, 1], of the best intent for an answer with it alone."""
    either_from: float
    """Least support, in [0, 1], of the two best intents for an answer with both."""

    def covered(self, signs: Mapping[str, float]) -> float:
        """The chance, in [0, 1], that the article covers the question."""
        score = self.offset + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def band(self, covered: float, support: float, either: float) -> Band:
        if covered < self.refuse_below:
            return Band.OUTSIDE
        if covered >= self.answer_from and support >= self.support_from:
            return Band.SURE
        if covered >= self.answer_from and either >= self.either_from:
            return Band.EITHER
        return Band.NEAR
