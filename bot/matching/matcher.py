"""From an utterance to ranked intents, and to whether the article covers it at all."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.corpus.models import Article, Tier
from bot.matching.encoder import Encoder, Matrix
from bot.matching.gate import Band, Calibration
from bot.matching.guards import Guards
from bot.matching.head import Scores, softmax
from bot.matching.intents import Catalogue, Guard, Intent, SmallTalk, Subject
from bot.matching.lexicon import Hits, Lexicon
from bot.matching.reader import Reader, Utterance
from bot.matching.remembered import Remember
from bot.matching.space import Classes, Place, Space, Texts

HEAD_WEIGHT, NEIGHBOUR_WEIGHT, WORD_WEIGHT, LEXICAL_WEIGHT = 0.2, 1.0, 0.1, 0.25
"""How the logits of the two heads, the nearest example's cosine and the lexical cosine add up to an intent's score.
Flat around these values: any of them halved or doubled moves right answers by less than a point."""
SHARPNESS = 10.0
"""Turns differences of scores into shares of support."""
MOST_PLACES = 3
"""Places of the article that one answer may show: more are not read."""
SMALL_TALK_FROM = 0.6
"""Least chance, in [0, 1], of all kinds of small talk together for taking an utterance as such."""
SUBJECT_FROM = 0.25
"""Least share, in [0, 1], of the chance of all outside subjects for calling a question by the name of one of them."""
LONG_SENTENCE = 12
"""Characters from which a sentence of an excerpt says enough to be an example of its intent."""


@dataclass(frozen=True)
class Match:
    """An intent found for an utterance; scores are comparable within one utterance only."""

    intent: Intent
    score: float
    share: float
    """Its share, in [0, 1], of the support of all intents."""


@dataclass(frozen=True)
class Found:
    """All that matching knows of one utterance."""

    utterance: Utterance
    ranked: tuple[Match, ...]
    """All intents, the best first."""
    covered: float
    """The chance, in [0, 1], that the article covers it."""
    places: tuple[Match, ...]
    """The best, then the best of those that an answer with the ones before does not show; at most MOST_PLACES."""
    supports: tuple[float, ...]
    """For the first place, the first two and so on: the share of the support of all intents, in [0, 1], that falls to
    intents whose excerpts an answer with these places shows."""
    band: Band
    answers: int
    """How many places are sure enough together; 0 if the band is not SURE."""
    guard: Guard | None
    subject: Subject | None
    """The subject that the article leaves out, if it is clear which; with a guard, one of the guard's or one named."""
    small_talk: SmallTalk | None
    signs: Mapping[str, float]

    @property
    def best(self) -> Match:
        return self.ranked[0]


class Matcher:
    def __init__(
        self,
        catalogue: Catalogue,
        article: Article,
        reader: Reader,
        guards: Guards,
        calibration: Calibration,
        encoder: Encoder | None,
        remember: Remember,
    ) -> None:
        """`encoder` None: matching by words alone, with more refusals and many more "did you mean"."""
        self._reader = reader
        self._guards = guards
        self.calibration = calibration
        self._intents = tuple(catalogue.intents.values())
        self._subjects = tuple(catalogue.subjects.values())
        self._names = [(f" {name} ", subject) for subject in self._subjects for name in subject.names]
        self._small_talk = tuple(catalogue.small_talk.values())
        classes = classes_of(catalogue, article, reader)
        self._space = Space(encoder, classes, remember) if encoder else None
        self._lexicon = Lexicon(classes, remember)
        self._contained = _contained(self._intents)

    def with_calibration(self, calibration: Calibration) -> Matcher:
        """The same matcher with other weights and thresholds of the gate."""
        other = copy.copy(self)
        other.calibration = calibration
        return other

    def guard_of(self, text: str) -> Guard | None:
        """The guard that refuses the text, whatever it may mean."""
        return self._guards.find(self._reader.read(text).text)

    def refuses(self, text: str) -> bool:
        """Whether the text falls under a guard, or calls by name what the article leaves out."""
        utterance = self._reader.read(text)
        return self._guards.find(utterance.text) is not None or bool(self._named(utterance))

    def likeness(self, text: str) -> Scores:
        """For each intent the cosine, in [0, 1], of its example that is most like the prepared text, by words alone."""
        return self._lexicon.likeness(text)

    def match(self, text: str, *, level: Tier = Tier.FUNDAMENTALS, about: str | None = None) -> Found:
        """Find what the text means. `about` is the name of the topic that a follow-up leaves unsaid."""
        utterance = self._reader.read(f"{about}: {text}" if about else text)
        words = self._lexicon.look_up(utterance.text)
        place = self._space.place(utterance.text) if self._space else None
        scores = self._scores(words, place)
        shares = softmax(np.float32(SHARPNESS) * scores)
        order = np.argsort(-scores, kind="stable")
        places, supports = _places(order, shares, self._contained[level])
        ranked = {at: Match(self._intents[at], float(scores[at]), float(shares[at])) for at in order}
        classes = softmax(place.joint) if place else words.classes
        named = self._named(utterance)
        signs = self._signs(words, place, classes) | {"named": float(bool(named))}
        covered = self.calibration.covered(signs)
        band, answers = self.calibration.band(covered, supports)
        guard = self._guards.find(utterance.text)
        return Found(
            utterance=utterance,
            ranked=tuple(ranked.values()),
            covered=covered,
            places=tuple(ranked[at] for at in places),
            supports=supports,
            band=band,
            answers=answers,
            guard=guard,
            subject=self._nearest_subject(classes, guard, named),
            small_talk=self._nearest_small_talk(classes),
            signs=signs,
        )

    def _scores(self, words: Hits, place: Place | None) -> Scores:
        """One score for each intent."""
        scores: Scores = WORD_WEIGHT * words.words + LEXICAL_WEIGHT * words.intents
        if place is not None:
            scores = scores + HEAD_WEIGHT * place.intents + NEIGHBOUR_WEIGHT * place.nearest
        return scores.astype(np.float32)

    def _signs(self, words: Hits, place: Place | None, classes: Scores) -> dict[str, float]:
        """The signs of being covered, by name."""
        inside = float(classes[: len(self._intents)].sum())
        outside = float(classes[len(self._intents) : len(self._intents) + len(self._subjects)].sum())
        return {
            "joint": math.log(inside + 1e-5) - math.log(outside + 1e-5),
            "neighbours": place.inside - place.outside if place else 0.0,
            "words": words.inside - words.outside,
            "unknown": words.unknown,
            "top": place.inside if place else words.inside,
        }

    def _named(self, utterance: Utterance) -> tuple[Subject, ...]:
        """The outside subjects that the utterance calls by a name of their own."""
        padded = f" {utterance.text} "
        return tuple(dict.fromkeys(subject for name, subject in self._names if name in padded))

    def _nearest_subject(self, classes: Scores, guard: Guard | None, named: Sequence[Subject]) -> Subject | None:
        """The subject that an outside question is about; None if that is not clear, since a wrong one only confuses."""
        offset = len(self._intents)
        chances = classes[offset : offset + len(self._subjects)]
        chance = {subject.id: float(share) for subject, share in zip(self._subjects, chances, strict=True)}
        if named:
            return max(named, key=lambda subject: chance[subject.id])
        fitting = [subject for subject in self._subjects if guard is None or subject.guard == guard]
        best = max(fitting, key=lambda subject: chance[subject.id], default=None)
        return best if best and chance[best.id] >= SUBJECT_FROM * float(chances.sum()) else None

    def _nearest_small_talk(self, classes: Scores) -> SmallTalk | None:
        """The kind of small talk, if that is what the utterance most likely is."""
        chat = classes[len(self._intents) + len(self._subjects) :]
        return self._small_talk[int(chat.argmax())] if len(chat) and float(chat.sum()) >= SMALL_TALK_FROM else None


def classes_of(catalogue: Catalogue, article: Article, reader: Reader) -> Classes:
    """The catalogue as numbered classes, with all texts prepared as utterances are."""
    intents = tuple(catalogue.intents.values())
    sentences = [
        (reader.read_author(sentence), number)
        for number, intent in enumerate(intents)
        for sentence in dict.fromkeys(
            sentence
            for pointers in intent.excerpts.values()
            for pointer in pointers
            for sentence in article.excerpt(pointer).sentences
        )
        if len(sentence) >= LONG_SENTENCE
    ]
    offset = len(intents)
    examples = _examples([intent.examples for intent in intents], 0, reader)
    outside = _examples([subject.examples for subject in catalogue.subjects.values()], offset, reader)
    chat = _examples(
        [kind.examples for kind in catalogue.small_talk.values()], offset + len(catalogue.subjects), reader
    )
    return Classes(
        intents=len(intents),
        subjects=len(catalogue.subjects),
        small_talk=len(catalogue.small_talk),
        examples=examples,
        sentences=_texts(sentences),
        outside=outside,
        chat=chat,
    )


def _examples(groups: Sequence[Sequence[str]], offset: int, reader: Reader) -> Texts:
    return _texts([(reader.read_author(text), offset + at) for at, texts in enumerate(groups) for text in texts])


def _texts(pairs: Sequence[tuple[str, int]]) -> Texts:
    return Texts(tuple(text for text, _ in pairs), tuple(label for _, label in pairs))


def _places(order: npt.NDArray[np.int64], shares: Scores, contained: Matrix) -> tuple[list[int], tuple[float, ...]]:
    """The intents that add to what the ones before show, best first, and the support of the first ones together."""
    places: list[int] = []
    supports: list[float] = []
    shown: Scores = np.zeros(len(shares), np.float32)
    for at in order:
        if shown[at] < 1:
            shown = np.maximum(shown, contained[at])
            places.append(int(at))
            supports.append(float(shares @ shown))
        if len(places) == MOST_PLACES:
            break
    return places, tuple(supports)


def _contained(intents: Sequence[Intent]) -> Mapping[Tier, Matrix]:
    """For each level a matrix: the share of the column intent's passages that an answer to the row intent shows."""
    tables: dict[Tier, Matrix] = {}
    for level in Tier:
        shown = [{pointer.passage for pointer in intent.excerpts[intent.nearest_tier(level)]} for intent in intents]
        tables[level] = np.array([[len(row & column) / len(column) for column in shown] for row in shown], np.float32)
    return tables
