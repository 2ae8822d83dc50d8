"""Whether the article covers what was asked: one number from several signs, and the bands that it falls into.

Every weight and threshold here was fitted by `osteon calibrate` on labelled questions that no author of examples wrote
(docs/decisions/0003-matching.md); they come from intents/calibration.yaml.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    SURE = "sure"
    """Answered, with one place of the article or with the fewest that are sure enough together."""
    NEAR = "near"
    OUTSIDE = "outside"


SIGNS = ("joint", "neighbours", "words", "unknown", "top", "named")
"""The names of the signs, as calibration.yaml has them."""


@dataclass(frozen=True)
class Calibration:
    """Logistic weights of the signs, and thresholds of the figures that decide."""

    offset: float
    weights: Mapping[str, float]
    """By name of the sign."""
    refuse_below: float
    """Least chance, in [0, 1], that the article covers the question, for anything but a refusal."""
    answer_from: float
    """Least chance of being covered for an answer at once."""
    support_from: float
    """Least support, in [0, 1], that the places shown must have together for an answer at once."""

    def covered(self, signs: Mapping[str, float]) -> float:
        """The chance, in [0, 1], that the article covers the question."""
        score = self.offset + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def band(self, covered: float, supports: Sequence[float]) -> tuple[Band, int]:
        """The band, and how many places to show: `supports` are those of the best one, of the two best, and so on."""
        if covered < self.refuse_below:
            return Band.OUTSIDE, 0
        enough = [number for number, support in enumerate(supports, start=1) if support >= self.support_from]
        return (Band.SURE, enough[0]) if covered >= self.answer_from and enough else (Band.NEAR, 0)
