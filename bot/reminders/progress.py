"""What `/progress` shows: how the last weeks' reminders were marked, in words that count what was done and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reminders.records import SHOWN, Delivery, Mark
from bot.reminders.streams import Stream

WEEKS = 12


@dataclass(frozen=True)
class Week:
    """One stream's week."""

    sent: bool = False
    """Whether a reminder came."""
    mark: Mark | None = None
    """If it had several, "done" counts more."""


@dataclass(frozen=True)
class StreamProgress:
    stream: Stream
    weeks: tuple[Week, ...]
    """From Monday on, the oldest first, the last one this week."""

    @property
    def done(self) -> int:
        return sum(week.mark == Mark.DONE for week in self.weeks)

    @property
    def sent(self) -> int:
        """Weeks with a reminder."""
        return sum(week.sent for week in self.weeks)

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
    mondays: tuple[date, ...]
    """The first day of each week."""
    streams: tuple[StreamProgress, ...]

    @property
    def is_empty(self) -> bool:
        return not any(stream.sent for stream in self.streams)

    @property
    def alt_text(self) -> str:
        """Everything that the picture tells, for who cannot see it."""
        return " ".join(stream.words for stream in self.streams)


def progress_of(deliveries: Iterable[tuple[Stream, Delivery]], today: date) -> Progress:
    """The last weeks up to the one of `today`, where the chat is; what lies outside them is left out."""
    marks: dict[tuple[Stream, date], list[Mark | None]] = {}
    for stream, one in deliveries:
        if one.state in SHOWN and not one.asks:
            marks.setdefault((stream, _monday(one.day)), []).append(one.mark)
    mondays = tuple(_monday(today) - timedelta(weeks=ago) for ago in reversed(range(WEEKS)))
    return Progress(mondays, tuple(StreamProgress(it, tuple(_weeks(it, mondays, marks))) for it in Stream))


def _weeks(
    stream: Stream, mondays: Iterable[date], marks: dict[tuple[Stream, date], list[Mark | None]]
) -> Iterator[Week]:
    for monday in mondays:
        said = marks.get((stream, monday), [])
        yield Week(bool(said), min(filter(None, said), key=tuple(Mark).index, default=None))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
