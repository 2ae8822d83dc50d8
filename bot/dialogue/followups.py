"""Turns of phrase that lean on the turn before: "more", "why?", "no, I meant K2", "back to estrogen"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from bot.matching.intents import Topic
from bot.matching.phrases import Lists, compile_phrase, words_in

PRONOUNS = frozenset(
    "it its that this these those they them their there he she his her one ones so same other such both stuff thing".split()
)
_OPENERS = ("and ", "what about ", "how about ", "but ", "so ", "or ", "also ", "then ", "ok ", "okay ", "for ", "does it ")
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
        return all(word in self._fillers for word in text.split())

    def follow_up(self, text: str) -> FollowUp | None:
        """What the folded text asks for, if it asks for nothing else."""
        for kind, phrase in self._alone:
            found = phrase.find(text)
            if found and self.is_filler(f"{text[: found.start()]} {text[found.end() :]}"):
                return kind
        return None

    def turn(self, text: str) -> tuple[Turn | None, str]:
        """How the folded text turns away from what was said before, and what is left of it without those words."""
        kinds = set()
        for kind, phrase in self._inside:
            found = phrase.find(text)
            if found:
                kinds.add(kind)
                text = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
        return next((kind for kind in Turn if kind in kinds), None), text

    def leans(self, text: str) -> bool:
        """Whether the folded text, which names no topic, leaves open what it is about."""
        words = text.split()
        content = [word for word in words if word not in self._fillers]
        return bool(PRONOUNS & set(words)) or text.startswith(_OPENERS) or len(content) <= _FEW_WORDS


def topics_named(text: str, topics: Iterable[Topic]) -> list[Topic]:
    """The topics that the prepared text calls by name, in the order of their names; "vitamin d receptor" is not "vitamin d"."""
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
