"""Multinomial logistic regression in plain numpy: the head that reads intents off sentence vectors.

scikit-learn would bring 100 MB of memory and 1.5 s of import for this one fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.encoder import Matrix, Vector

Labels = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

_BIAS = np.float32(0.3)
"""Size of the constant input; small, so that the penalty holds the offsets too."""


@dataclass(frozen=True)
class Head:
    """Weights of shape (inputs, classes), offsets of shape (classes,), and the mean that was taken off the inputs."""

    weights: Matrix
    offsets: Scores
    mean: Vector

    def to_arrays(self, name: str) -> dict[str, Matrix]:
        return {name: self.weights, f"{name}_offsets": self.offsets, f"{name}_mean": self.mean}

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, Matrix]) -> Head:
        return cls(arrays[name], arrays[f"{name}_offsets"], arrays[f"{name}_mean"])

    def logits(self, vectors: Matrix) -> Scores:
        """One row of scores for each vector; not yet probabilities."""
        scores: Scores = ((vectors - self.mean) @ self.weights + self.offsets).astype(np.float32, copy=False)
        return scores

    def probabilities(self, vectors: Matrix) -> Scores:
        return softmax(self.logits(vectors))


def softmax(logits: Scores) -> Scores:
    raised: Scores = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Scores = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def fit_head(vectors: Matrix, labels: Labels, classes: int, *, strength: float, steps: int = 250) -> Head:
    """Fit by Nesterov's method. Each class weighs the same, however many examples it has.

    `strength` is the inverse of the L2 penalty (scikit-learn's C): larger fits the examples more closely.
    """
    count = len(vectors)
    wanted = np.zeros((count, classes), np.float32)
    wanted[np.arange(count), labels] = 1
    share = (count / (classes * np.maximum(wanted.sum(axis=0), 1)))[labels][:, None].astype(np.float32)
    mean = vectors.mean(axis=0)
    inputs = np.concatenate([vectors - mean, np.full((count, 1), _BIAS, np.float32)], axis=1)
    weights = np.zeros((inputs.shape[1], classes), np.float32)
    ahead, momentum = weights, 1.0
    step = np.float32(1 / (0.5 * _largest_curvature(inputs, share) + 1 / strength))
    for _ in range(steps):
        error = (softmax(inputs @ ahead) - wanted) * share
        moved = ahead - step * (inputs.T @ error + ahead / np.float32(strength))
        next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = moved + np.float32((momentum - 1) / next_momentum) * (moved - weights)
        weights, momentum = moved, next_momentum
    return Head(weights[:-1], weights[-1] * _BIAS, mean)


def _largest_curvature(inputs: Matrix, share: Scores) -> float:
    """The largest eigenvalue of the weighted Gram matrix, by power iteration: it bounds a safe step."""
    direction = np.ones(inputs.shape[1], np.float32)
    size = 1.0
    for _ in range(12):
        direction = inputs.T @ ((inputs @ direction) * share[:, 0])
        size = float(np.linalg.norm(direction))
        direction /= size
    return size
