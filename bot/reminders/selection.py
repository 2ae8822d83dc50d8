"""Which passage a reminder shows: the next one, or the one that an earlier try has shown already."""

from __future__ import annotations

from collections.abc import Sequence

from bot.corpus.models import Article, Tier
from bot.reminders.records import Subscription
from bot.reminders.themes import ReminderMessage, Theme, compose_reminder, next_theme


class Selection:
    def __init__(self, themes: Sequence[Theme], article: Article) -> None:
        self._themes = themes
        self._article = article
        self._by_passage = {passage.id: (theme, passage) for theme in themes for passage in theme.passages}

    def next_passage(self, subscription: Subscription, seen: Sequence[str]) -> str:
        """Its id. `seen` are the ids that were sent, oldest first."""
        it = subscription
        _, passage = next_theme(it.stream, seen, self._themes, high_impact=it.high_impact)
        return passage.id

    def message(self, subscription: Subscription, passage: str | None, level: Tier) -> ReminderMessage | None:
        """None for a passage that the content no longer has, or that the chat no longer wants."""
        found = self._by_passage.get(passage or "")
        if found is None or (found[0].needs_opt_in and not subscription.high_impact):
            return None
        return compose_reminder(*found, level, self._article)
