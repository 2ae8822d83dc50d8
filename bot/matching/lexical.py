"""Likeness by words: TF-IDF cosine over words, pairs of words and pieces of words, in an inverted index.

The part that is left when the encoder is missing, and a small voice beside it otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from bot.matching.head import Scores

_PIECE = 4
"""Letters in a piece of a word, with its borders marked."""


class LexicalIndex:
    def __init__(self, texts: Sequence[str]) -> None:
        """`texts` are folded; their order is the order of the scores."""
        counted = [_features(text) for text in texts]
        documents = Counter(feature for features in counted for feature in features)
        self._size = len(texts)
        self._number = {feature: number for number, feature in enumerate(documents)}
        self._rarity = [math.log((1 + self._size) / (1 + n)) + 1 for n in documents.values()]
        self._unseen = math.log(1 + self._size) + 1
        features, places, weights = [], [], []
        for place, counts in enumerate(counted):
            for feature, weight in self._weighted(counts).items():
                features.append(feature)
                places.append(place)
                weights.append(weight)
        by_feature = np.argsort(features, kind="stable")
        self._start = np.searchsorted(np.array(features)[by_feature], np.arange(len(documents) + 1)).tolist()
        self._places = np.array(places, np.int32)[by_feature]
        self._weights = np.array(weights, np.float32)[by_feature]

    def scores(self, text: str) -> Scores:
        """The cosine with each text, from 0 to 1."""
        scores = np.zeros(self._size, np.float32)
        for feature, weight in self._weighted(_features(text)).items():
            if feature >= 0:
                entries = slice(self._start[feature], self._start[feature + 1])
                scores[self._places[entries]] += np.float32(weight) * self._weights[entries]
        return scores

    def _weighted(self, counts: Counter[str]) -> dict[int, float]:
        """The weight of each feature by number; all features that no text has count as one, number -1."""
        weights: dict[int, float] = {}
        squares = 0.0
        for feature, n in counts.items():
            number = self._number.get(feature, -1)
            weight = (1 + math.log(n)) * (self._rarity[number] if number >= 0 else self._unseen)
            weights[number] = weight
            squares += weight * weight
        length = math.sqrt(squares) or 1
        return {number: weight / length for number, weight in weights.items()}


def _features(text: str) -> Counter[str]:
    words = text.split()
    features = Counter(words)
    features.update(f"{first} {second}" for first, second in zip(words, words[1:], strict=False))
    for word in words:
        marked = f"_{word}_"
        features.update(marked[at : at + _PIECE] for at in range(len(marked) - _PIECE + 1))
    return features
