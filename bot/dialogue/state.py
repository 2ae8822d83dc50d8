"""What is remembered of a chat. No word that anybody typed is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.corpus.models import Tier

HISTORY = 6
"""Intents that "go back" can reach."""


@dataclass(frozen=True)
class ChatState:
    level: Tier = Tier.FUNDAMENTALS
    intents: tuple[str, ...] = ()
    """Answered intents, the last one first."""
    shown: tuple[str, ...] = ()
    """Pointers to what was shown on the last intent, so that "more" goes on from there."""
    offered: tuple[str, ...] = ()
    """Intents on the buttons of the last reply, in order, so that a number or a title picks one."""
    misses: int = 0
    """Questions in a row that were not answered."""

    @property
    def intent(self) -> str | None:
        return self.intents[0] if self.intents else None

    def about(self, intent_id: str) -> ChatState:
        """The same with this intent as the last one."""
        earlier = (id_ for id_ in self.intents if id_ != intent_id)
        return replace(self, intents=(intent_id, *earlier)[:HISTORY])
