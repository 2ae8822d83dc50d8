"""A reminder as Telegram's HTML: whose words are whose can be seen as in an answer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.reminders.themes import ReminderMessage
from bot.shells.tgbot.html import Group, bold, italic, lay_out, plain
from bot.shells.tgbot.render import render_excerpts

LEAD = "Your {stream} reminder. The article says:"
LEAD_CAUTION = "Your {stream} reminder. First, please read the article's caution:"
OTHER_TIER = "These words are from the {tier} part of the article."
LATE = "I am sorry that this comes later than you asked."


def render_reminder(message: ReminderMessage, *, late: bool = False) -> str:
    """The HTML of its one message, without the buttons."""
    return lay_out(list(_groups(message, late)))[0]


def _groups(message: ReminderMessage, late: bool) -> Iterator[Group]:
    yield (bold(message.title),)
    yield (plain((LEAD_CAUTION if message.caution else LEAD).format(stream=message.stream)),)
    yield from render_excerpts([*message.caution, *message.excerpts])
    if message.other_tier:
        yield (italic(OTHER_TIER.format(tier=message.other_tier.label)),)
    if late:
        yield (italic(LATE),)
