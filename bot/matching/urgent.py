"""The rules for emergencies, as values; watch.py holds messages against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.phrases import Lists, Phrase, words_in


class Alarm(StrEnum):
    URGENT = "urgent"
    SELF_HARM = "self-harm"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Rule:
    """One kind of emergency."""

    id: str
    alarm: Alarm
    patterns: tuple[Phrase, ...]
    must_fire: tuple[str, ...]
    """Messages that the patterns catch."""
    must_fire_by_meaning: tuple[str, ...]
    """Messages that only the encoder catches."""
    must_not_fire: tuple[str, ...]

    @property
    def alarming(self) -> tuple[str, ...]:
        """All messages that are an emergency."""
        return self.must_fire + self.must_fire_by_meaning


@dataclass(frozen=True)
class UrgentRules:
    lists: Lists
    unless: tuple[Phrase, ...]
    """Patterns that keep the patterns of rules from firing in the same sentence: the past, denials, theory."""
    rules: tuple[Rule, ...]
    other_languages: Mapping[str, tuple[str, ...]]
    """By language code, pieces of text that mean an emergency."""

    @property
    def words(self) -> set[str]:
        phrases = [*self.unless, *(phrase for rule in self.rules for phrase in rule.patterns)]
        return words_in([phrase.text for phrase in phrases], self.lists)
