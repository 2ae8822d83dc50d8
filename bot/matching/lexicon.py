"""What the words of an utterance alone say: which examples it resembles, and which of its words nobody has used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.matching.head import Scores, softmax
from bot.matching.lexical import LexicalIndex
from bot.matching.remembered import Remember
from bot.matching.space import Classes, best_three
from bot.matching.word_head import WordHead

_SHARPNESS = np.float32(12.0)
"""Turns lexical cosines into chances of classes, where there is no encoder to give better ones."""
FEWEST_TEXTS = 2
"""Texts that a feature must stand in: those of one text only are most of the memory and nothing of the result."""
_CONTENT_LETTERS = 4
"""Letters from which a word counts as content; shorter ones are mostly grammar."""


@dataclass(frozen=True)
class Hits:
    intents: Scores
    """For each intent, the cosine of its most similar example."""
    words: Scores
    """For each intent, the logit of the head on words."""
    classes: Scores
    """The chance of each class, by words alone."""
    inside: float
    """Mean cosine of the three most similar examples and sentences of intents."""
    outside: float
    """The same for subjects."""
    unknown: float
    """Share of content words, in [0, 1], that stand in no example of an intent and in no excerpt."""


class Lexicon:
    def __init__(self, classes: Classes, remember: Remember) -> None:
        inside = (*classes.examples.texts, *classes.sentences.texts)
        labels = np.concatenate([classes.examples.label_array(), classes.sentences.label_array()])
        self._head = WordHead(inside, labels, classes.intents, remember)
        groups = (classes.examples, classes.sentences, classes.outside, classes.chat)
        self._index = LexicalIndex([text for group in groups for text in group.texts], remember, fewest=FEWEST_TEXTS)
        self._classes = classes
        self._labels = np.concatenate([group.label_array() for group in groups])
        self._order = np.argsort(self._labels, kind="stable")
        self._first = np.searchsorted(self._labels[self._order], np.arange(classes.count))
        self._example_first = np.searchsorted(classes.examples.label_array(), np.arange(classes.intents))
        self._inside = len(inside)
        self._outside = self._inside + len(classes.outside.texts)
        self._words = {word for text in inside for word in text.split()}

    def likeness(self, text: str) -> Scores:
        """For each intent, the cosine of its most similar example."""
        return self._of_examples(self._index.scores(text))

    def look_up(self, text: str) -> Hits:
        scores = self._index.scores(text)
        by_class: Scores = np.maximum.reduceat(scores[self._order], self._first)
        content = [word for word in text.split() if len(word) >= _CONTENT_LETTERS]
        return Hits(
            intents=self._of_examples(scores),
            words=self._head.logits(text),
            classes=softmax(_SHARPNESS * by_class),
            inside=best_three(scores[: self._inside]),
            outside=best_three(scores[self._inside : self._outside]),
            unknown=sum(word not in self._words for word in content) / len(content) if content else 1.0,
        )

    def _of_examples(self, scores: Scores) -> Scores:
        found: Scores = np.maximum.reduceat(scores[: len(self._classes.examples.texts)], self._example_first)
        return found
