"""Notices an emergency: by rules, which hold without the encoder, and by meaning, which catches what nobody wrote down.

A missed emergency is the worst thing the bot can do, a false alarm the second worst. So each rule carries messages
that must fire and look-alikes that must not, and the bot does not start if one of them fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bot.matching.encoder import Encoder
from bot.matching.normalise import visible
from bot.matching.phrases import PhraseBook
from bot.matching.reader import Reader
from bot.matching.remembered import Arrays, Remember, pack_texts, unpack_texts
from bot.matching.urgent import Alarm, UrgentRules
from bot.matching.urgent_meaning import UrgentMeaning

_SENTENCE = re.compile(r"[.!?;]+")
_LONG, _STRIDE = 28, 14
"""Words from which a sentence is read in overlapping pieces too: dictated messages run on without a full stop."""
_MOST_PIECES = 3
"""Pieces of one message that are read for meaning one by one; the last ones, where an emergency is tacked on."""


class Watch:
    """Reads every message before anything else does."""

    def __init__(
        self, rules: UrgentRules, reader: Reader, encoder: Encoder | None, plain: Sequence[str], remember: Remember
    ) -> None:
        """`plain` are ordinary questions, from which meaning learns what is none."""
        self._reader = reader
        self._encoder = encoder
        self._unless = PhraseBook((True, phrase) for phrase in rules.unless)
        self._alarms = PhraseBook((rule.alarm, phrase) for rule in rules.rules for phrase in rule.patterns)
        self._foreign = _compile_foreign([piece for pieces in rules.other_languages.values() for piece in pieces])
        self._triggers = rules.words
        self._meaning = self._learn(rules, encoder, plain, remember) if encoder else None

    def look(self, text: str) -> Alarm | None:
        """What the message is, if it is an emergency or may be one."""
        return self.at_once(text) or self._by_meaning(text)

    def at_once(self, text: str) -> Alarm | None:
        """The same by words alone, for what is still being typed: meaning takes longer than a key."""
        return self.by_rules(text) or self._by_language(text)

    def by_rules(self, text: str) -> Alarm | None:
        for sentence in (self._reader.read(part).mended for part in _sentences(text)):
            alarm = self._alarms.find(sentence)
            if alarm and not self._unless.find(sentence):
                return alarm
        return None

    def _by_language(self, text: str) -> Alarm | None:
        return Alarm.URGENT if self._foreign.search(visible(text).casefold()) else None

    def _by_meaning(self, text: str) -> Alarm | None:
        if self._encoder is None or self._meaning is None:
            return None
        vectors = [self._encoder.encode(part) for part in self._parts(text)]
        return self._meaning.read(np.stack(vectors)) if vectors else None

    def _parts(self, text: str) -> list[str]:
        """What is read for meaning, prepared: the whole, and of a long message its pieces with a word of the rules."""
        whole = self._reader.read(text).text
        pieces = [piece for sentence in _sentences(text) for piece in _pieces(self._reader.read(sentence).text)]
        telling = [piece for piece in pieces[-_MOST_PIECES:] if self._triggers & set(piece.split())]
        return [part for part in dict.fromkeys([whole, *telling]) if part]

    def _learn(self, rules: UrgentRules, encoder: Encoder, plain: Sequence[str], remember: Remember) -> UrgentMeaning:
        alarms = [(text, rule.alarm) for rule in rules.rules for text in rule.alarming]
        alike = [text for rule in rules.rules for text in rule.must_not_fire]
        key = [
            "parts",
            str(_MOST_PIECES),
            *(text for text, _ in alarms),
            "",
            *alike,
            "",
            *plain,
            *sorted(self._triggers),
        ]
        prepared = remember(key, lambda: self._prepared([text for text, _ in alarms], alike, plain))
        texts = unpack_texts(prepared["alarming"])
        alarming = [(text, alarm) for text, (_, alarm) in zip(texts, alarms, strict=True)]
        return UrgentMeaning(
            encoder, alarming, unpack_texts(prepared["alike"]), unpack_texts(prepared["plain"]), remember
        )

    def _prepared(self, alarming: Sequence[str], alike: Sequence[str], plain: Sequence[str]) -> Arrays:
        return {
            "alarming": pack_texts([self._reader.read(text).text for text in alarming]),
            "alike": pack_texts([part for text in alike for part in self._parts(text)]),
            "plain": pack_texts([part for text in plain for part in self._parts(text)]),
        }


def check_watch(watch: Watch, rules: UrgentRules, *, by_meaning: bool) -> Iterator[str]:
    """Yield a problem for each message of a rule that does not do what it must.

    `by_meaning`: the encoder is there, so the messages that only it can catch are checked too.
    """
    for rule in rules.rules:
        missed = [text for text in rule.must_fire if watch.by_rules(text) is None]
        if by_meaning:
            missed += [text for text in rule.must_fire_by_meaning if not _is_alarm(watch.look(text))]
        for text in missed:
            yield f'rule "{rule.id}": "{text}" must be taken for an emergency, and is not'
        for text in filter(lambda text: _is_alarm(watch.look(text)), rule.must_not_fire):
            yield f'rule "{rule.id}": "{text}" must not be taken for an emergency, and is'


def _is_alarm(alarm: Alarm | None) -> bool:
    return alarm in (Alarm.URGENT, Alarm.SELF_HARM)


def _sentences(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in _SENTENCE.split(visible(line)) if part.strip()]


def _compile_foreign(pieces: Iterable[str]) -> re.Pattern[str]:
    """Any of the pieces; where words are parted by blanks, only from the beginning of a word."""
    folded = (re.escape(visible(piece).casefold()) for piece in pieces if piece.strip())
    return re.compile("|".join(rf"\b{piece}" if piece[0].isascii() else piece for piece in folded) or r"(?!)")


def _pieces(sentence: str) -> list[str]:
    words = sentence.split()
    starts = range(0, max(len(words) - _STRIDE, 1), _STRIDE)
    return [" ".join(words[start : start + _LONG]) for start in starts] if len(words) > _LONG else [sentence]
