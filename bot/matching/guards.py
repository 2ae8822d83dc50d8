"""Refuses, before any score is looked at, what an article must never answer: doses, side effects and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.matching.intents import Guard
from bot.matching.phrases import Lists, PhraseBook, compile_phrase, words_in


class Guards:
    def __init__(self, patterns: Mapping[Guard, Sequence[str]], lists: Lists) -> None:
        """Raises ContentError if a pattern cannot be read."""
        self._book = PhraseBook(
            (guard, compile_phrase(text, lists)) for guard, texts in patterns.items() for text in texts
        )
        self.words = words_in([text for texts in patterns.values() for text in texts], lists)
        """What the speller must know for a misspelt question to be refused too."""

    def find(self, text: str) -> Guard | None:
        """The first guard that the prepared text (see Reader) falls under."""
        return self._book.find(text)
