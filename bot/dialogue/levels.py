"""Level words: which level a message asks for, and what is left of it without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.corpus.models import Tier
from bot.matching.phrases import Lists, Phrase, compile_phrase, words_in

_STEPS = {"simpler": -1, "deeper": 1}


@dataclass(frozen=True)
class LevelWish:
    """A level that was asked for, by name or relative to the present one."""

    tier: Tier | None = None
    steps: int = 0

    def applied(self, level: Tier) -> Tier:
        return self.tier or level.moved(self.steps)


class LevelWords:
    def __init__(self, patterns: Mapping[str, Sequence[str]], lists: Lists) -> None:
        """`patterns` by tier, and by "simpler" and "deeper"."""
        self._phrases: list[tuple[LevelWish, Phrase]] = [
            (
                LevelWish(steps=_STEPS[name]) if name in _STEPS else LevelWish(tier=Tier(name)),
                compile_phrase(text, lists),
            )
            for name, texts in patterns.items()
            for text in texts
        ]
        self.words = words_in([text for texts in patterns.values() for text in texts], lists)

    def read(self, text: str) -> tuple[LevelWish | None, str]:
        """The wish and the folded text without its words; the longest turn of phrase counts."""
        found = [
            (match.end() - match.start(), match, wish) for wish, phrase in self._phrases if (match := phrase.find(text))
        ]
        if not found:
            return None, text
        _, match, wish = max(found, key=lambda entry: entry[0])
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        return wish, " ".join(rest.split())
