"""A head on words: which words and pairs of words speak for which class.

It sees what a sentence vector blurs, such as "localized" or "yolk": beside the encoder it is worth one or two points
of right answers, and alone ten more than the likeness of words (docs/decisions/0003-matching.md).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bot.matching.encoder import Matrix
from bot.matching.head import Head, Labels, Scores, fit_head
from bot.matching.remembered import Remember

FEWEST_TEXTS = 3
"""Texts that a feature must stand in; rarer ones double the size and change nothing that could be measured."""
STRENGTH = 30.0
VERSION = "1"


class WordHead:
    def __init__(self, texts: Sequence[str], labels: Labels, classes: int, remember: Remember) -> None:
        """`texts` are prepared; `labels` are their classes, from 0 to `classes` - 1."""
        counts = Counter(feature for text in texts for feature in _features(text))
        kept = [feature for feature, count in counts.items() if count >= FEWEST_TEXTS]
        self._number = {feature: number for number, feature in enumerate(kept)}
        self._rarity = np.array([math.log(len(texts) / counts[feature]) for feature in kept], np.float32)
        key = ["words", VERSION, *(f"{label} {text}" for text, label in zip(texts, labels, strict=True))]
        arrays = remember(key, lambda: self._fit(texts, labels, classes))
        self._head = Head.from_arrays("words", arrays)
        self._base = self._head.offsets - self._head.mean @ self._head.weights

    def logits(self, text: str) -> Scores:
        """One score for each class; those of an utterance without a known word are the same for all utterances."""
        numbers, weights = self._weighted(text)
        scores: Scores = self._base + weights @ self._head.weights[numbers]
        return scores

    def _weighted(self, text: str) -> tuple[list[int], Scores]:
        numbers = [self._number[feature] for feature in _features(text) if feature in self._number]
        weights = self._rarity[numbers]
        length = float(np.linalg.norm(weights))
        return numbers, weights / np.float32(length) if length else weights

    def _fit(self, texts: Sequence[str], labels: Labels, classes: int) -> dict[str, Matrix]:
        vectors = np.zeros((len(texts), len(self._number)), np.float32)
        for row, text in enumerate(texts):
            numbers, weights = self._weighted(text)
            vectors[row, numbers] = weights
        return fit_head(vectors, labels, classes, strength=STRENGTH).to_arrays("words")


def _features(text: str) -> list[str]:
    """The words of a text and its pairs of neighbouring words, each once."""
    words = text.split()
    return list(dict.fromkeys([*words, *(f"{first} {second}" for first, second in pairwise(words))]))
