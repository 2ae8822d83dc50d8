"""Notices an emergency: by rules, which hold without the encoder, and by meaning, which catches what nobody wrote down.

A missed emergency is the worst thing the bot can do, a false alarm the second worst. So each rule carries messages
that must fire and look-alikes that must not, and the bot does not start if one of them fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.matching.encoder import Encoder, Matrix
from bot.matching.head import Head, Scores, fit_head
from bot.matching.normalise import visible
from bot.matching.phrases import Lists, compile_phrase, words_in
from bot.matching.reader import Reader
from bot.matching.space import Remember

ALARM_FROM, DOUBT_FROM = 1.0, -1.5
"""Margins of the fitted meaning: from the first it is an emergency, from the second help is named first.
Measured by 5 folds of the rules' own messages and on tests/questions/urgent.jsonl (docs/decisions/0004-urgent.md)."""
STRENGTH = 3.0
VERSION = "1"
_FIRE, _LOOKS_ALIKE, _PLAIN = range(3)
_SENTENCE = re.compile(r"[.!?;\n]+")
_MOST_SENTENCES = 6
"""Sentences of one message that are read for meaning one by one; the last ones, where an emergency is tacked on."""


class Alarm(StrEnum):
    URGENT = "urgent"
    SELF_HARM = "self-harm"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Rule:
    """One kind of emergency."""

    id: str
    alarm: Alarm
    patterns: tuple[str, ...]
    must_fire: tuple[str, ...]
    """Messages that the patterns catch."""
    must_fire_by_meaning: tuple[str, ...]
    """Messages that only the encoder catches."""
    must_not_fire: tuple[str, ...]


@dataclass(frozen=True)
class UrgentRules:
    lists: Lists
    unless: tuple[str, ...]
    """Patterns that keep the patterns of rules from firing in the same sentence: the past, denials, theory."""
    rules: tuple[Rule, ...]
    other_languages: Mapping[str, tuple[str, ...]]
    """By language code, pieces of text that mean an emergency."""

    @property
    def words(self) -> set[str]:
        return words_in([*self.unless, *(text for rule in self.rules for text in rule.patterns)], self.lists)


class Watch:
    """Reads every message before anything else does."""

    def __init__(
        self, rules: UrgentRules, reader: Reader, encoder: Encoder | None, plain: Sequence[str], remember: Remember
    ) -> None:
        """`plain` are prepared texts of ordinary questions, from which meaning learns what is none."""
        self._rules = rules
        self._reader = reader
        self._encoder = encoder
        self._unless = [compile_phrase(text, rules.lists) for text in rules.unless]
        self._phrases = [(rule.alarm, compile_phrase(text, rules.lists)) for rule in rules.rules for text in rule.patterns]
        self._foreign = [visible(piece).casefold() for pieces in rules.other_languages.values() for piece in pieces]
        self._triggers = rules.words
        self._head, self._self_harm = self._learn(plain, remember) if encoder else (None, None)

    def look(self, text: str) -> Alarm | None:
        """What the message is, if it is an emergency or may be one."""
        sentences = [self._reader.read(part).mended for part in _SENTENCE.split(visible(text)) if part.strip()]
        return self.by_rules(sentences) or self._by_language(text) or self._by_meaning(text, sentences)

    def by_rules(self, sentences: Sequence[str]) -> Alarm | None:
        for sentence in sentences:
            if any(phrase.find(sentence) for phrase in self._unless):
                continue
            for alarm, phrase in self._phrases:
                if phrase.find(sentence):
                    return alarm
        return None

    def _by_language(self, text: str) -> Alarm | None:
        folded = visible(text).casefold()
        return Alarm.URGENT if any(piece in folded for piece in self._foreign) else None

    def _by_meaning(self, text: str, sentences: Sequence[str]) -> Alarm | None:
        if self._encoder is None or self._head is None or self._self_harm is None:
            return None
        whole = self._reader.read(text).text
        parts = [whole]
        if len(sentences) > 1:
            parts += [part for part in sentences[-_MOST_SENTENCES:] if self._triggers & set(part.split())]
        vectors = np.stack([self._encoder.encode(part) for part in parts if part]) if whole else None
        if vectors is None:
            return None
        margins = _margins(self._head, vectors)
        worst = int(margins.argmax())
        if margins[worst] >= ALARM_FROM:
            return Alarm.SELF_HARM if _margins(self._self_harm, vectors[[worst]])[0] > 0 else Alarm.URGENT
        return Alarm.DOUBT if margins[worst] >= DOUBT_FROM else None

    def _learn(self, plain: Sequence[str], remember: Remember) -> tuple[Head, Head]:
        fire = [(self._reader.read_author(text), rule.alarm) for rule in self._rules.rules for text in _must_fire(rule)]
        alike = [self._reader.read_author(text) for rule in self._rules.rules for text in rule.must_not_fire]
        texts = [*(text for text, _ in fire), *alike, *plain]
        key = ["urgent", VERSION, *(f"{alarm} {text}" for text, alarm in fire), "alike", *alike, "plain", *plain]

        def fit() -> dict[str, Matrix]:
            assert self._encoder is not None
            vectors = self._encoder.encode_all(texts)
            kinds = np.array([_FIRE] * len(fire) + [_LOOKS_ALIKE] * len(alike) + [_PLAIN] * len(plain))
            alarm = fit_head(vectors, kinds, 3, strength=STRENGTH)
            harm = np.array([0 if kind == Alarm.SELF_HARM else 1 for _, kind in fire])
            self_harm = fit_head(vectors[: len(fire)], harm, 2, strength=STRENGTH)
            return {**alarm.to_arrays("alarm"), **self_harm.to_arrays("self_harm")}

        arrays = remember(key, fit)
        return Head.from_arrays("alarm", arrays), Head.from_arrays("self_harm", arrays)


def _must_fire(rule: Rule) -> tuple[str, ...]:
    return rule.must_fire + rule.must_fire_by_meaning


def _margins(head: Head, vectors: Matrix) -> Scores:
    """By how much the first class leads before the best of the others."""
    logits = head.logits(vectors)
    margins: Scores = logits[:, 0] - logits[:, 1:].max(axis=1)
    return margins


def check_watch(watch: Watch, rules: UrgentRules, *, by_meaning: bool) -> Iterator[str]:
    """Yield a problem for each message of a rule that does not do what it must.

    `by_meaning`: the encoder is there, so the messages that only it can catch are checked too.
    """
    for rule in rules.rules:
        for text in _must_fire(rule) if by_meaning else rule.must_fire:
            if watch.look(text) not in (Alarm.URGENT, Alarm.SELF_HARM):
                yield f'rule "{rule.id}": "{text}" must be taken for an emergency, and is not'
        for text in rule.must_not_fire:
            if watch.look(text) in (Alarm.URGENT, Alarm.SELF_HARM):
                yield f'rule "{rule.id}": "{text}" must not be taken for an emergency, and is'
