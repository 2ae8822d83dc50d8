"""All that reminders may consult. Built once at the start, never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.reminders.gazetteer import Gazetteer
from bot.reminders.themes import Theme
from bot.reminders.words import ReminderWords


@dataclass(frozen=True, repr=False)  # printed, it would be all themes
class ReminderKnowledge:
    words: ReminderWords
    themes: tuple[Theme, ...]
    load_gazetteer: Callable[[], Gazetteer]
    """Takes a while, so it is called when a place is first asked about."""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return self.load_gazetteer()

    @cached_property
    def caution(self) -> Theme | None:
        """A theme that needs an opt-in, with the caution to be read first."""
        return next((theme for theme in self.themes if theme.needs_opt_in), None)

    def theme_of(self, passage: str | None) -> Theme | None:
        """None for a passage that is no longer known."""
        return next((theme for theme in self.themes if passage in {it.id for it in theme.passages}), None)
