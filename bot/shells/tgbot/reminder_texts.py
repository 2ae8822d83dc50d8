"""Our own words about reminders. HTML; none of them says anything about health."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.reminders.records import Mark
from bot.reminders.responses import Later
from bot.reminders.streams import Stream

DONE = "Done"
LATER = "Later"
NOT_THIS_WEEK = "Not this week"
WHY = "Why?"
SETTINGS = "Settings"
UNDO = "Undo"
BACK = "◀ Back"
GO_ON = "Yes, go on"
NO_MORE = "No, stop"
MARKED = {Mark.DONE: "✓ Done", Mark.SKIPPED: "✓ Not this week"}
IN_THE_MORNING = "In the morning"
"""What an hour becomes if it would end late in the evening or at night."""
_LATER = {Later.HOUR: "In an hour", Later.EVENING: "This evening", Later.TOMORROW: "Tomorrow"}

QUESTION = (
    "For three weeks you have not pressed anything under your {stream} reminders. That is quite all right. "
    "Would you like me to go on? If you do not answer, I send no more of them; /reminders starts them again whenever "
    "you like."
)


def question(stream: Stream) -> str:
    """Sent once after three weeks without an answer."""
    return QUESTION.format(stream=stream)


def later(choice: Later, ends: datetime, now: datetime) -> str:
    """Both instants as the clock shows them where the person is."""
    at_once = choice == Later.HOUR and ends - now < timedelta(hours=2)
    told = _LATER[choice] if at_once or choice != Later.HOUR else IN_THE_MORNING
    return f"{told} ({ends:%H:%M})"
