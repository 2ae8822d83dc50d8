"""Likeness by words: TF-IDF cosine over words, pairs of words and pieces of words, in an inverted index.

The part that is left when the encoder is missing, and a small voice beside it otherwise.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from bot.matching.head import Scores
from bot.matching.remembered import Arrays, Remember, pack_texts, unpack_texts

VERSION = "2"
_PIECE = 4
"""Letters in a piece of a word, with its borders marked."""


class LexicalIndex:
    def __init__(self, texts: Sequence[str], remember: Remember, *, fewest: int = 1) -> None:
        """`texts` are prepared; their order is the order of the scores.

        A feature that fewer than `fewest` texts have counts as seen nowhere, which saves memory.
        """
        arrays = remember(["lexical", VERSION, str(fewest), *texts], lambda: _index(texts, fewest))
        self._size = len(texts)
        self._number = {feature: number for number, feature in enumerate(unpack_texts(arrays["features"]))}
        self._rarity = array("f", arrays["rarity"].tobytes())
        self._start = array("i", arrays["start"].tobytes())
        self._places, self._weights = arrays["places"], arrays["weights"]

    def scores(self, text: str) -> Scores:
        """The cosine with each text, from 0 to 1."""
        scores = np.zeros(self._size, np.float32)
        for feature, weight in self._weighted(_features(text)).items():
            if feature >= 0:
                entries = slice(self._start[feature], self._start[feature + 1])
                scores[self._places[entries]] += np.float32(weight) * self._weights[entries]
        return scores

    def _weighted(self, counts: Counter[str]) -> dict[int, float]:
        return _weighted(counts, self._number, self._rarity, self._size)


def _index(texts: Sequence[str], fewest: int) -> Arrays:
    counted = [_features(text) for text in texts]
    found = Counter(feature for features in counted for feature in features)
    documents = {feature: count for feature, count in found.items() if count >= fewest}
    number = {feature: number for number, feature in enumerate(documents)}
    rarity = [math.log((1 + len(texts)) / (1 + n)) + 1 for n in documents.values()]
    features, places, weights = [], [], []
    for place, counts in enumerate(counted):
        for feature, weight in _weighted(counts, number, rarity, len(texts)).items():
            if feature < 0:
                continue
            features.append(feature)
            places.append(place)
            weights.append(weight)
    by_feature = np.argsort(features, kind="stable")
    return {
        "features": pack_texts(list(documents)),
        "rarity": np.array(rarity, np.float32),
        "start": np.searchsorted(np.array(features)[by_feature], np.arange(len(documents) + 1)).astype(np.int32),
        "places": np.array(places, np.int32)[by_feature],
        "weights": np.array(weights, np.float32)[by_feature],
    }


def _weighted(counts: Counter[str], number: Mapping[str, int], rarity: Sequence[float], size: int) -> dict[int, float]:
    """The weight of each feature by number; all features that no text has count as one, number -1."""
    unseen = math.log(1 + size) + 1
    weights: dict[int, float] = {}
    squares = 0.0
    for feature, n in counts.items():
        at = number.get(feature, -1)
        weight = (1 + math.log(n)) * (rarity[at] if at >= 0 else unseen)
        weights[at] = weight
        squares += weight * weight
    length = math.sqrt(squares) or 1
    return {at: weight / length for at, weight in weights.items()}


def _features(text: str) -> Counter[str]:
    words = text.split()
    features = Counter(words)
    features.update(f"{first} {second}" for first, second in pairwise(words))
    for word in words:
        marked = f"_{word}_"
        features.update(marked[at : at + _PIECE] for at in range(len(marked) - _PIECE + 1))
    return features
