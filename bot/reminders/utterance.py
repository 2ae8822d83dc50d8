"""One message, read, and what can be asked about it: which patterns stand in it, what is left, whether it asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from bot.matching.phrases import BREAK
from bot.reminders.streams import Stream
from bot.reminders.streams_named import spared_streams, streams_in, woken_streams
from bot.reminders.tokens import Reading
from bot.reminders.words import OUR_WORDS, ReminderWords

_LEADS = ("and ", "but ", "please ", "hello ")
"""What may stand before the word that opens a question."""
_NEVER_IDLE = frozenset(["i", "not", "no", "if", "xtime", "xday", "xhour"])
"""Fillers that are none beside a word that acts on a plan."""
_OF_EVERYTHING = frozenset(["one", "ones", "advice", "alarm", "text", "tip", "send"])
"""Words for what we send that as often name something else."""
_REMINDED = frozenset(["remind", "reminded"])
_LONG = 30
"""Words; what stands so far apart in a message is not said of each other."""


class Utterance:
    def __init__(self, words: ReminderWords, reading: Reading) -> None:
        self.reading = reading
        self.sentence = reading.sentence
        clauses = reading.clauses
        self.clauses = clauses if len(clauses) > 1 else []
        self.is_long = len(self.sentence.split()) > _LONG
        self._scopes = reading.sentences if self.is_long else [f" {BREAK} ".join(reading.sentences)]
        self.pieces = [*self._scopes, *self.clauses]
        self._words = words
        self._set = frozenset(self.sentence.split())

    # Patterns and words

    def any(self, *names: str) -> bool:
        """Whether a pattern of these names stands in the message; of a long one, within a sentence."""
        return any(self.finds(name, scope) for name in names for scope in self._scopes)

    def finds(self, name: str, piece: str) -> bool:
        return self._words.find(name, piece) is not None

    def any_piece(self, name: str) -> bool:
        """Whether a pattern stands in the message or in one of its clauses, which see no gap across a break."""
        return any(self.finds(name, piece) for piece in self.pieces)

    def has(self, *words: str) -> bool:
        return not self._set.isdisjoint(words)

    def names(self, *lists: str) -> bool:
        """Whether a single word of the lists stands in the message."""
        return self.names_in(self.sentence, *lists)

    def names_in(self, piece: str, *lists: str) -> bool:
        """Whether a single word of the lists stands in the clause."""
        return self._words.any_in(piece.split(), *lists)

    def names_ours(self, piece: str) -> bool:
        """Whether the clause names what we send, by a word that is not said of everything."""
        said = set(piece.split()) - _OF_EVERYTHING
        return not said.isdisjoint(_REMINDED) or self._words.any_in(said, "reminder", "message", "sending")

    @property
    def is_about_medicine(self) -> bool:
        names_reminder = self.names("reminder") or self.has("remind", "reminding", "messages", "texts")
        return not names_reminder and self.names("medicine", "body")

    # Questions

    def asks(self, piece: str) -> bool:
        """Whether the clause wants to know something, rather than us to do something."""
        opening = piece
        for lead in _LEADS:
            opening = opening.removeprefix(lead)
        if any(f"{opening} ".startswith(f"{polite} ") for polite in self._words.lists["polite"]):
            return False
        first, *others = opening.split(" ")
        if others[:1] == ["not"] and not self.has_question_mark:
            return False  # "did not care for it"
        return first in self._words.lists["ask"]

    @property
    def has_question_mark(self) -> bool:
        return self.reading.asks

    @cached_property
    def asks_anywhere(self) -> bool:
        return any(self.asks(piece) for piece in self.pieces)

    @cached_property
    def is_ours(self) -> bool:
        """Whether it names what we send or asks us politely; else what it asks is about bones."""
        return self.names(*OUR_WORDS) or self.any("polite")

    @cached_property
    def ends_in_question(self) -> bool:
        """Whether it asks in the end, and for nothing of ours: "freeze vegetables or eat them fresh?"."""
        return self.reading.ends_asking and not self.is_ours

    @cached_property
    def is_question(self) -> bool:
        return self.ends_in_question or (self.seeks and not self.is_ours)

    @cached_property
    def seeks(self) -> bool:
        """Whether a clause wants an answer from us: "stop, explain that again"."""
        return any(self._seeks(clause) for clause in self.clauses)

    def _seeks(self, clause: str) -> bool:
        if self.names_in(clause, "reminder", "message", "sending") or "these" in clause.split():
            return False
        return self.asks(clause) or self.finds("teach", clause)

    @cached_property
    def wishes(self) -> list[str]:
        """The clauses that do not ask; the message as a whole only if none of them does."""
        pieces = self.clauses if self.clauses and self.asks_anywhere else self.pieces
        return [piece for piece in pieces if not self.asks(piece)]

    # What is left

    def left_over(self, *lists: str, of: str | None = None) -> list[str]:
        """The words of the message, or of a clause, that are neither fillers nor of these lists."""
        rest = _without(self.sentence if of is None else of, self._entries(lists))
        return [word for word in rest.split() if word != BREAK and not self._words.is_filler(word)]

    def own_left_over(self, *lists: str, of: str | None = None) -> list[str]:
        """The same, when our words for a reminder count for nothing either."""
        return self.left_over(*lists, "reminder", "message", "both", of=of)

    def _entries(self, lists: Iterable[str]) -> list[str]:
        return [entry for name in lists for entry in self._words.lists[name]]

    def is_alone(self, action: str, *, strict: bool = True) -> bool:
        """Whether one of the action's own words is the whole message, but for fillers and an end."""
        for phrase in self._words.patterns.alone[action]:
            rest = _removed(self.sentence, phrase)
            if rest is not None and all(self._is_idle(word, strict=strict) for word in rest.split()):
                return True
        return False

    def says_only(self, action: str, clause: str) -> bool:
        """Whether the clause is one of the action's own words, said once or often, but for courtesies and oaths."""
        phrases = self._words.patterns.alone[action]
        rest = _without(clause, phrases)
        return rest != clause and not _without(rest, [*phrases, *self._entries(["courtesy"])])

    def _is_idle(self, word: str, *, strict: bool) -> bool:
        return self._words.is_filler(word) and not (strict and word in _NEVER_IDLE)

    # Values

    @cached_property
    def streams(self) -> tuple[Stream, ...]:
        return streams_in(self.sentence, self._words.lists)

    @cached_property
    def streams_left(self) -> tuple[Stream, ...]:
        """The streams that a stop or pause is about."""
        return spared_streams(self.sentence, self._words.lists)

    @cached_property
    def streams_woken(self) -> tuple[Stream, ...]:
        """The streams that are to come again."""
        return woken_streams(self.sentence, self._words.lists)

    @cached_property
    def until(self) -> date | None:
        return next((end for end in self.reading.values("xuntil") if isinstance(end, date)), None)

    @cached_property
    def has_when(self) -> bool:
        return self.has("xday", "xtime", "xhour") or self.any("weekly")


def _without(sentence: str, phrases: Iterable[str]) -> str:
    by_length = sorted((phrase for phrase in phrases if phrase in sentence), key=len, reverse=True)
    for phrase in by_length:
        rest = _removed(sentence, phrase)
        sentence = sentence if rest is None else rest
    return sentence


def _removed(sentence: str, phrase: str) -> str | None:
    """The sentence without the phrase wherever it stands; None if it is not there."""
    padded = f" {sentence} "
    if f" {phrase} " not in padded:
        return None
    while f" {phrase} " in padded:  # "stop stop stop": what parts two of them is found but once
        padded = padded.replace(f" {phrase} ", " ")
    return padded.strip()
