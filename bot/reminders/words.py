"""The words of intents/reminders.yaml, ready for reading: names of days and months, lists, patterns, and a speller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.phrases import Lists, PhraseBook, compile_phrase, words_in

SHORTEST = 5
"""Letters; a shorter word has too many neighbours to be mended."""
CUTOFF = 0.74
"""Least likeness (normalised OSA). "wensday" has 0.78 with "wednesday", "today" 0.71 with "tuesday"."""
_VOWELS = str.maketrans("", "", "aeiou")
_SHORTEST_BONES = 5
"""Consonants; fewer belong to too many words ("pause" and "oops" are both "ps")."""
OUR_WORDS = ("reminder", "message", "remind", "sending")
"""Lists of words for what we send and do."""
_MENDED = ("exercise", "nutrition", "reminder", "remind", "end", "pause", "resume", "change", "mended")


@dataclass(frozen=True)
class Patterns:
    """One key of the file that holds patterns, and the words that stand for themselves."""

    named: Mapping[str, Sequence[str]]
    """Patterns, by the key they stand under: "stop", "none.knowledge"."""
    alone: Mapping[str, Sequence[str]]
    """Whole messages, but for fillers, by the action that they ask for."""


@dataclass(frozen=True)
class Names:
    weekdays: Mapping[str, int]
    groups: Mapping[str, frozenset[int]]
    months: Mapping[str, int]
    parts: Mapping[str, str]
    numbers: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ReminderWords:
    """Raises ContentError if a pattern cannot be read."""

    names: Names
    lists: Lists
    patterns: Patterns
    fillers: frozenset[str]
    real: frozenset[str]
    shorthand: Mapping[str, str]
    """Words in full, by how they are texted."""
    _books: dict[str, PhraseBook[str]] = field(init=False, repr=False, compare=False)
    _vocabulary: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _bones: dict[str, str] = field(init=False, repr=False, compare=False)
    _known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__  # the way of a frozen dataclass to work something out of its fields
        books = {
            name: PhraseBook((text, compile_phrase(text, self.lists)) for text in texts)
            for name, texts in self.patterns.named.items()
        }
        closed = {word for name in _MENDED for word in _single(self.lists[name])} | set(self.names.weekdays)
        closed |= set(_single(self.names.groups))
        patterns = [text for texts in self.patterns.named.values() for text in texts]
        known = words_in(patterns, self.lists) | closed | self.fillers | self.real
        known |= set(self.names.months) | set(self.names.parts) | set(self.names.numbers)
        set_(self, "_books", books)
        set_(self, "_vocabulary", tuple(sorted(word for word in closed if len(word) >= SHORTEST)))
        set_(self, "_bones", {word.translate(_VOWELS): word for word in sorted(closed) if len(word) >= SHORTEST})
        set_(self, "_known", frozenset(known))

    def find(self, name: str, sentence: str) -> str | None:
        """The first pattern under the name that stands in the sentence."""
        return self._books[name].find(sentence)

    def mend(self, word: str) -> str:
        """The word of ours that was meant by a misspelled one, or the word itself."""
        if word in self.shorthand:
            return self.shorthand[word]
        if word in self._known or len(word) < 3:
            return word
        return self._from_bones(word) or _nearest(word, self._vocabulary)

    def _from_bones(self, word: str) -> str | None:
        """The word of ours whose vowels were left out, all ("rmndr") or some of them ("remndr")."""
        bones = word.translate(_VOWELS)
        return self._bones.get(bones if len(bones) >= _SHORTEST_BONES else word)

    def any_in(self, said: Iterable[str], *lists: str) -> bool:
        """Whether one of the words that were said is an entry of the lists."""
        spoken = set(said)
        return any(not spoken.isdisjoint(self.lists[name]) for name in lists)

    def knows(self, word: str) -> bool:
        """Whether the word stands as it is."""
        return word in self._known and word not in self.shorthand

    def is_filler(self, word: str) -> bool:
        return word in self.fillers or (word.startswith("x") and word[1:] in {"time", "hour", "day", "until", "once"})


def _single(entries: Iterable[str]) -> list[str]:
    return [entry for entry in entries if " " not in entry]


@lru_cache(maxsize=4096)
def _nearest(word: str, vocabulary: tuple[str, ...]) -> str:
    if len(word) < SHORTEST or not word.isalpha():
        return word
    found = process.extractOne(word, vocabulary, scorer=OSA.normalized_similarity, score_cutoff=CUTOFF)
    return found[0] if found else word


def any_of(entries: Iterable[str]) -> str:
    """An expression for one of the entries, the longest first."""
    return _any_of(tuple(entries))


@lru_cache(maxsize=64)  # of a few lists, for every message
def _any_of(entries: tuple[str, ...]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry)))
