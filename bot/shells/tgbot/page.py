"""A message of the bot: its HTML and its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup


@dataclass(frozen=True)
class Page:
    html: str
    keyboard: InlineKeyboardMarkup | None = None
