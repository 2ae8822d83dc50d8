"""The buttons under a reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.dialogue.reply import Control, Reply
from bot.shells.tgbot.presses import Kind, Press

Row = Sequence[InlineKeyboardButton]


def button(label: str, press: Press, style: KeyboardButtonStyle | None = None) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=press.encode(), style=style)


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup | None:
    """None if there is no button: Telegram takes an empty keyboard for none, but says so in other words."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def reply_keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """Levels side by side, then what tells more of the same, then one row for each suggestion."""
    onward = [[button(s.title, Press(Kind.ANSWER, s.intent))] for s in reply.suggestions]
    if len(reply.sections) > 1:
        # Each of two answers is brief, and "simpler" would not say which of them is meant: one opens each in full.
        full = [[button(f"In full: {section.title}", Press(Kind.ANSWER, section.intent))] for section in reply.sections]
        return keyboard([*full, *onward])
    return keyboard([_levels(reply), _same(reply), *onward, _topics(reply)])


def _levels(reply: Reply) -> Row:
    if reply.intent is None:
        return []
    steps = {Control.SIMPLER: ("◀ Simpler", -1), Control.DEEPER: ("Deeper ▶", 1)}
    return [
        button(label, Press(Kind.AT_LEVEL, reply.intent, reply.level.moved(step)))
        for control, (label, step) in steps.items()
        if control in reply.controls
    ]


def _same(reply: Reply) -> Row:
    if reply.intent is None:
        return []
    row = []
    if Control.MORE in reply.controls:
        row.append(button("More", Press(Kind.MORE, reply.intent, reply.level, reply.sections[0].seen)))
    if Control.SOURCES in reply.controls:
        row.append(button("Sources", Press(Kind.SOURCES, reply.intent, reply.level)))
    if reply.picture:
        row.append(button("🖼 Picture", Press(Kind.PICTURE, reply.picture)))
    return row


def _topics(reply: Reply) -> Row:
    return [button("All topics", Press(Kind.THEMES_ANEW))] if Control.TOPICS in reply.controls else []
