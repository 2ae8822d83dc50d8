"""What `/progress` shows: how the last weeks' reminders were marked, in words that count what was done and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.reminders.streams import Stream

WEEKS = 12


class Mark(StrEnum):
    """What became of a reminder; the first ones count more if a week had several."""

    DONE = "done"
    SKIPPED = "skipped"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Delivered:
    """A reminder that was sent."""

    stream: Stream
    day: date
    """On which it fell due, where the chat is."""
    mark: Mark


@dataclass(frozen=True)
class StreamProgress:
    stream: Stream
    weeks: tuple[Mark | None, ...]
    """One for each week from Monday on, the oldest first, the last one this week; None: no reminder."""

    @property
    def done(self) -> int:
        return self.weeks.count(Mark.DONE)

    @property
    def sent(self) -> int:
        """Weeks with a reminder."""
        return len(self.weeks) - self.weeks.count(None)

    @property
    def words(self) -> str:
        """One sentence. It names no week that was left out, and compares with nothing but the reminders there were."""
        return f"{self.stream.label}: {self._told()}."

    def _told(self) -> str:
        if not self.sent:
            return f"no reminders in the last {len(self.weeks)} weeks"
        if not self.done:
            return "no week marked as done yet, and that is all right"
        if self.sent == len(self.weeks):
            return f"{self.done} of the last {self.sent} weeks marked as done"
        if self.sent == 1:
            return "the one week with a reminder is marked as done"
        return f"{self.done} of the {self.sent} weeks with a reminder marked as done"


@dataclass(frozen=True)
class Progress:
    streams: tuple[StreamProgress, ...]

    @property
    def alt_text(self) -> str:
        """Everything that the picture tells, for who cannot see it."""
        return " ".join(stream.words for stream in self.streams)


def progress_of(delivered: Iterable[Delivered], today: date) -> Progress:
    """The last weeks up to the one of `today`, where the chat is; what lies outside them is left out."""
    monday = _monday(today)
    marks: dict[tuple[Stream, date], list[Mark]] = {}
    for one in delivered:
        marks.setdefault((one.stream, _monday(one.day)), []).append(one.mark)
    weeks = [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]
    return Progress(
        tuple(StreamProgress(it, tuple(_best(marks.get((it, week), [])) for week in weeks)) for it in Stream)
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _best(marks: list[Mark]) -> Mark | None:
    return min(marks, key=tuple(Mark).index, default=None)
