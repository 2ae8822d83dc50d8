"""Turns of phrase that lean on the turn before: "more", "why?", "no, I meant K2", "back to estrogen"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from bot.matching.intents import Topic
from bot.matching.phrases import Lists, compile_phrase, words_in

PRONOUNS = frozenset({
    "it", "its", "that", "this", "these", "those", "they", "them", "their", "there", "he", "she", "his", "her",
    "one", "ones", "so", "same", "other", "such", "both", "stuff", "thing"
})  # fmt: skip
_OPENERS = ("and ", "what about ", "how about ", "or ", "does it ")
_NUMBER = re.compile(r"(?:the |number |option )*(?P<number>\w+)(?: one)?(?: please)?")
_NUMBERS = {"first": 1, "one": 1, "second": 2, "two": 2, "third": 3, "three": 3, "fourth": 4, "four": 4}
_FEW_WORDS = 3
"""Content words up to which a message without a topic of its own leans on the topic before."""


class FollowUp(StrEnum):
    MORE = "more"
    WHY = "why"
    SOURCE = "source"
    BACK = "back"


class Turn(StrEnum):
    """How the rest of a message stands to what was said before."""

    CORRECTION = "correction"
    RETURN = "return"
    FRESH = "fresh"


class FollowUpWords:
    def __init__(
        self,
        alone: Mapping[FollowUp, Sequence[str]],
        inside: Mapping[Turn, Sequence[str]],
        lists: Lists,
        fillers: Iterable[str],
    ) -> None:
        """The patterns of intents/followups.yaml. Raises ContentError if one cannot be read."""
        self._alone = [(kind, compile_phrase(text, lists)) for kind, texts in alone.items() for text in texts]
        self._inside = [(kind, compile_phrase(text, lists)) for kind, texts in inside.items() for text in texts]
        self._fillers = frozenset(fillers)
        self.words = words_in([text for texts in (*alone.values(), *inside.values()) for text in texts], lists)

    def is_filler(self, text: str) -> bool:
        """Whether nothing in the folded text says what it is about."""
        return not self.content(text)

    def content(self, text: str) -> list[str]:
        """The words of the folded text that say what it is about."""
        return [word for word in text.split() if word not in self._fillers]

    def follow_up(self, text: str) -> FollowUp | None:
        """What the folded text asks for, if it asks for nothing else."""
        found = [(match, kind) for kind, phrase in self._alone if (match := phrase.find(text))]
        alone = [(match, kind) for match, kind in found if self.is_filler(_without(match))]
        return max(alone, key=_length)[1] if alone else None

    def turn(self, text: str) -> tuple[Turn | None, str]:
        """How the folded text turns away from what was said before, and what is left of it without those words."""
        kinds = set()
        while found := [(match, kind) for kind, phrase in self._inside if (match := phrase.find(text))]:
            match, kind = max(found, key=_length)
            kinds.add(kind)
            text = _without(match)
        return next((kind for kind in Turn if kind in kinds), None), text

    def leans(self, text: str) -> bool:
        """Whether the folded text, which names no topic, leaves open what it is about."""
        return self.points_back(text) or len(self.content(text)) <= _FEW_WORDS

    def points_back(self, text: str) -> bool:
        """Whether a word of the folded text stands for something that was said before."""
        return bool(PRONOUNS & set(text.split())) or text.startswith(_OPENERS)


def _length(found: tuple[re.Match[str], object]) -> int:
    """Letters of a turn of phrase: the longest one says best what is meant."""
    return found[0].end() - found[0].start()


def _without(match: re.Match[str]) -> str:
    """The text around the match."""
    return " ".join(f"{match.string[: match.start()]} {match.string[match.end() :]}".split())


def number_said(text: str) -> int | None:
    """The number of a button, if the folded text says nothing else: "2", "number two", "the second one please"."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    word = found["number"]
    return int(word) if word.isdecimal() else _NUMBERS.get(word)


def topics_named(text: str, topics: Iterable[Topic]) -> list[Topic]:
    """The topics that the prepared text calls by name, in the order of their names.

    "vitamin d receptor" does not name "vitamin d", nor does "not calcium" name calcium if there is another one.
    """
    named = _named(text, topics)
    denied = {topic for topic in named if any(f" not {name} " in f" {text} " for name in topic.names)}
    return [topic for topic in named if topic not in denied] or named


def _named(text: str, topics: Iterable[Topic]) -> list[Topic]:
    spans: list[tuple[int, int, Topic]] = []
    padded = f" {text} "
    for topic in topics:
        for name in topic.names:
            at = padded.find(f" {name} ")
            if at >= 0:
                spans.append((at, at + len(name), topic))
    longest = [s for s in spans if not any(o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] > s[1] - s[0] for o in spans)]
    return list(dict.fromkeys(topic for _, _, topic in sorted(longest, key=lambda span: span[0])))


def without_names(text: str, topics: Iterable[Topic]) -> str:
    """The prepared text without the names of these topics."""
    padded = f" {text} "
    for name in sorted((name for topic in topics for name in topic.names), key=len, reverse=True):
        padded = padded.replace(f" {name} ", " ")
    return padded.strip()
