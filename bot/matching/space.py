"""The catalogue as vectors: its examples, the sentences of its excerpts, and the heads fitted on them.

Every class is an intent, an outside subject or a kind of small talk. With the encoder missing there is no space,
and matching falls back to words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.encoder import Encoder
from bot.matching.head import Head, Labels, Scores, fit_head
from bot.matching.remembered import Arrays, Remember

INTENT_STRENGTH, JOINT_STRENGTH = 30.0, 30.0
"""Inverse penalties. From 3 to 300 the share of right answers moved by 2 points, with the best at 10 to 30."""
JOINT_STEPS = 150
VERSION = "2"
"""Part of the key under which fitted heads are remembered; raise it when fitting changes."""


@dataclass(frozen=True)
class Texts:
    """Folded texts and the number of the class of each."""

    texts: tuple[str, ...]
    labels: tuple[int, ...]

    def label_array(self) -> Labels:
        return np.array(self.labels, np.int64)


@dataclass(frozen=True)
class Classes:
    """What the space is made of: how many classes of each kind, and their texts.

    Class numbers run through intents, then subjects, then small talk.
    """

    intents: int
    subjects: int
    small_talk: int
    examples: Texts
    """Of intents."""
    sentences: Texts
    """Of the intents' excerpts."""
    outside: Texts
    """Of subjects."""
    chat: Texts
    """Of small talk."""

    @property
    def count(self) -> int:
        return self.intents + self.subjects + self.small_talk


@dataclass(frozen=True)
class Place:
    """Where one utterance lies in the space."""

    intents: Scores
    """Logits of the head for intents alone."""
    joint: Scores
    """Logits of the head for all classes."""
    inside: float
    """Mean cosine of the three nearest examples of intents."""
    outside: float
    """The same for subjects."""
    nearest: Scores
    """For each intent, the cosine of its nearest example."""


class Space:
    def __init__(self, encoder: Encoder, classes: Classes, remember: Remember) -> None:
        self._encoder = encoder
        self._classes = classes
        groups = (classes.examples, classes.sentences, classes.outside, classes.chat)
        self._first = self._first_of_each(classes.examples.label_array(), classes.intents)
        labelled = (pair for group in groups for pair in zip(group.labels, group.texts, strict=True))
        key = [VERSION, *(f"{label} {text}" for label, text in labelled)]
        arrays = remember(key, self._fit)
        self._examples, self._outside = arrays["examples"], arrays["outside"]
        self._intents = Head.from_arrays("intents", arrays)
        self._joint = Head.from_arrays("joint", arrays)

    def place(self, text: str) -> Place:
        vector = self._encoder.encode(text)
        row = vector[None]
        cosines: Scores = self._examples @ vector
        return Place(
            intents=self._intents.logits(row)[0],
            joint=self._joint.logits(row)[0],
            inside=best_three(cosines),
            outside=best_three(self._outside @ vector),
            nearest=np.maximum.reduceat(cosines, self._first),
        )

    def _fit(self) -> Arrays:
        classes = self._classes
        groups = (classes.examples, classes.sentences, classes.outside, classes.chat)
        vectors = self._encoder.encode_all([text for group in groups for text in group.texts])
        labels = np.concatenate([group.label_array() for group in groups])
        ends = np.cumsum([len(group.texts) for group in groups])
        known = ends[1]  # examples and sentences of intents come first
        intents = fit_head(vectors[:known], labels[:known], classes.intents, strength=INTENT_STRENGTH)
        joint = fit_head(vectors, labels, classes.count, strength=JOINT_STRENGTH, steps=JOINT_STEPS)
        return {
            "examples": vectors[: ends[0]],
            "outside": vectors[ends[1] : ends[2]],
            **intents.to_arrays("intents"),
            **joint.to_arrays("joint"),
        }

    @staticmethod
    def _first_of_each(labels: Labels, count: int) -> npt.NDArray[np.int64]:
        """Where the examples of each intent begin; examples of one intent stand together."""
        return np.searchsorted(labels, np.arange(count))


def best_three(cosines: Scores) -> float:
    """The mean of the three highest, or of all if there are fewer; 0 if there are none."""
    best = np.partition(cosines, -3)[-3:] if len(cosines) > 3 else cosines
    return float(best.mean()) if len(best) else 0.0
