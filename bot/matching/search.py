"""Intents for words that are still being typed: beginnings of words, typing errors, words of laymen.

A list to choose from, made anew at each key, so it goes by words alone and holds whatever may be meant. Whether the
article answers a question is for the matcher to say, once it is asked.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.head import Scores
from bot.matching.intents import Catalogue, Intent, Topic
from bot.matching.normalise import words_of
from bot.matching.reader import Reader

TITLE, NAME, EXAMPLES = 1.0, 0.9, 4.0
"""What a word weighs, at most 1, that stands in an intent's title, in a name of its topic, in all of its examples; if
in some of them, that share. On tests/questions a right intent is among the first five for 98 of 100 questions, and for
83 of 100 cut to the first four letters of their longer words; with EXAMPLES at 1.5 for 97 and 72, at 6 for 99 and 86,
but an intent is then less often the first one for its own title."""
BEGUN, MISTYPED = 0.9, 0.8
"""What is left of that if the word is only begun, or is one of those that are nearest to it."""
LIKENESS_WEIGHT = 1.2
"""How much the likeness to examples adds to what the single words say."""
LEAST, LEAST_OF_BEST = 0.25, 0.35
"""The lowest score, and share of the best one's, that is worth a look. From 0 to 1 + LIKENESS_WEIGHT."""
SHORTEST_MISTYPED = 4
"""Letters; a shorter word has too many neighbours."""
MISTYPED_FROM, RARE_FROM = 0.7, 0.85
"""Least likeness (normalised OSA) to the beginning of a word, to be taken for it mistyped. The second one is for what
may be a word of English, but none that we use: "calcum" is a name, and "tower" is not meant for "lower"."""
_END = "\U0010ffff"


class Search:
    def __init__(self, catalogue: Catalogue, reader: Reader, likeness: Callable[[str], Scores]) -> None:
        """`likeness` gives, for a prepared text, the cosine of each intent's most similar example."""
        self._reader = reader
        self._likeness = likeness
        self._intents = tuple(catalogue.intents.values())
        weights = _weights(catalogue, reader)
        _add_synonyms(weights, catalogue.synonyms)
        self._words = sorted(weights)
        """In order, so that those with one beginning stand side by side."""
        self._weights: Scores = np.array([weights[word] for word in self._words], np.float32)

    def find(self, typed: str) -> list[Intent]:
        """What may be meant, the best first; empty if nothing fits or nothing was typed."""
        read = self._reader.read(typed)
        words = words_of(typed)
        if not words:
            return []
        by_words = np.maximum(self._by_words(words), self._by_words(read.words))
        scores = by_words + LIKENESS_WEIGHT * self._likeness(read.text)
        least = max(LEAST, LEAST_OF_BEST * float(scores.max()))
        order = np.argsort(-scores, kind="stable")
        return [self._intents[at] for at in order if scores[at] >= least and by_words[at] > 0]

    def _by_words(self, words: Sequence[str]) -> Scores:
        """The mean of what each word says for each intent; a rare word counts for more, and so does an unknown one."""
        total: Scores = np.zeros(len(self._intents), np.float32)
        rarities = 0.0
        for word in words:
            weights = self._word(word)
            rarity = math.log(1 + len(self._intents) / (1 + int(np.count_nonzero(weights))))
            total += np.float32(rarity) * weights
            rarities += rarity
        return total / np.float32(rarities) if rarities else total

    def _word(self, word: str) -> Scores:
        """What one typed word says for each intent, from 0 to 1."""
        start, end = bisect_left(self._words, word), bisect_left(self._words, word + _END)
        if start == end:
            return self._mistyped(word)
        begun: Scores = BEGUN * self._weights[start:end].max(axis=0)
        return np.maximum(begun, self._weights[start]) if self._words[start] == word else begun

    def _mistyped(self, word: str) -> Scores:
        none: Scores = np.zeros(len(self._intents), np.float32)
        if len(word) < SHORTEST_MISTYPED:
            return none
        cutoff = RARE_FROM if self._reader.knows(word) else MISTYPED_FROM
        found = [
            np.float32(MISTYPED * likeness) * self._weights[at]
            for length in (len(word), len(word) + 1)  # as long as it is, or with a letter left out
            for _, likeness, at in process.extract(
                word,
                [known[:length] for known in self._words],
                scorer=OSA.normalized_similarity,
                score_cutoff=cutoff,
                limit=3,
            )
        ]
        return np.maximum.reduce(found) if found else none


def _weights(catalogue: Catalogue, reader: Reader) -> dict[str, Scores]:
    """For each word what it weighs for each intent."""
    weights: dict[str, Scores] = {}
    topics = [topic for topic in catalogue.topics.values() for _ in topic.intents]
    for at, (topic, intent) in enumerate(zip(topics, catalogue.intents.values(), strict=True)):
        for word, weight in _words(topic, intent, reader):
            row = weights.setdefault(word, np.zeros(len(topics), np.float32))
            row[at] = min(1, max(weight, row[at]) if weight >= NAME else row[at] + weight)
    return weights


def _words(topic: Topic, intent: Intent, reader: Reader) -> Iterator[tuple[str, float]]:
    """Words of an intent, those that weigh least first; each example adds its share."""
    for example in intent.examples:
        for word in set(reader.read_author(example).split()):
            yield word, EXAMPLES / len(intent.examples)
    for name in (topic.name, *topic.names, intent.aspect):
        for word in words_of(name.replace("-", " ")):
            yield word, NAME
    for word in words_of(intent.title):
        yield word, TITLE


def _add_synonyms(weights: dict[str, Scores], synonyms: Mapping[str, str]) -> None:
    """Single words of laymen weigh what the article's words for them do, so that they are found when half typed."""
    for word, meant in synonyms.items():
        found = [weights[part] for part in meant.split() if part in weights]
        if " " not in word and found:
            weights[word] = np.maximum(weights.get(word, found[0]), np.minimum.reduce(found))
