"""What is known of a chat's reminders: what it asked for, and what became of each time that it fell due.

All instants are UTC. The wall-clock schedule is the truth; days and instants in a subscription follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream


class Standing(StrEnum):
    """Whether a subscription is sent, and if not, why."""

    ACTIVE = "active"
    PAUSED = "paused"
    """By the person, without an end."""
    ASKING = "asking"
    """Three weeks were left without an answer; we asked whether to go on, and are silent until told."""
    BLOCKED = "blocked"
    """Telegram takes no messages for this chat."""
    STOPPED = "stopped"


class DeliveryState(StrEnum):
    SENDING = "sending"
    """The marker: written before the request, so that a crash leaves a trace of it."""
    RETRY = "retry"
    """Surely not sent; to be sent yet."""
    SNOOZED = "snoozed"
    """To be sent again, later, as the person wished."""
    SENT = "sent"
    UNCERTAIN = "uncertain"
    """Sent once or twice, or not at all: the process died, or Telegram's answer was lost, each time."""
    MISSED = "missed"
    """Not sent inside its grace, so not sent."""
    SUPERSEDED = "superseded"
    """Due, but the person stopped or changed the plan before it was sent."""
    BLOCKED = "blocked"
    FAILED = "failed"
    """Telegram refused it, for a reason that is ours to look into."""


SHOWN = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
"""The person has seen it, or may have."""


class Buttons(StrEnum):
    """How it is with the buttons of a message. One of each stream has some."""

    OPEN = "open"
    CLOSING = "closing"
    """A later message has come, so they are to be removed."""
    CLOSED = "closed"


class Mark(StrEnum):
    """What the person made of a reminder."""

    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Subscription:
    """One stream of one chat."""

    id: int
    """0 for one that is not stored yet."""
    chat_id: int
    stream: Stream
    schedule: Schedule
    day: date
    """The local day of the occurrence that is next, or under way."""
    occurs_at: datetime
    """The instant that the schedule means on that day."""
    due_at: datetime
    """When to send it: a stable little later (`offset`), so that not all are sent at once; or when a snooze ends."""
    next_at: datetime | None
    """When to look at it again: `due_at`, or the end of a lease. None: never, unless something changes."""
    standing: Standing = Standing.ACTIVE
    part: int = 0
    """0 for the reminder itself, 1 and 2 for what was snoozed."""
    token: int = 0
    """The fence: grows with each claim and each wish. Who holds an older one may no longer write."""
    offset: timedelta = timedelta(0)
    last_day: date | None = None
    """The last local day whose reminder was sent, so that no change of plan sends it again."""
    last_part: int = 0
    """The last part of it that is over, so that no press puts an earlier one off again."""
    ignored_since: datetime | None = None
    """The oldest occurrence since which nothing was answered."""
    high_impact: bool = False
    """Whether the person has read the caution and wants those passages too."""

    @property
    def is_live(self) -> bool:
        return self.standing == Standing.ACTIVE


@dataclass(frozen=True)
class Delivery:
    """What became of one part of one occurrence. Its key: the subscription, `occurs_at` and `part`."""

    subscription_id: int
    chat_id: int
    day: date
    occurs_at: datetime
    part: int
    state: DeliveryState
    tries: int = 0
    """Requests that may have reached Telegram."""
    passage: str | None = None
    """What it shows; see themes.py."""
    asks: bool = False
    """Whether it is the question if reminders are to go on, and no reminder."""
    message_id: int | None = None
    sent_at: datetime | None = None
    mark: Mark | None = None
    marked_at: datetime | None = None
    buttons: Buttons | None = None
    """None: no message, or none that we know of."""


@dataclass(frozen=True)
class Change:
    """What is to be written, in one transaction."""

    subscription: Subscription | None = None
    """None: as it was."""
    deliveries: tuple[Delivery, ...] = ()
    is_newest: bool = False
    """Whether the first delivery is a message that has come, so that the buttons of those before it are to go."""


NOTHING = Change()


def delivery_of(subscription: Subscription, state: DeliveryState) -> Delivery:
    """A new row for what the subscription is at."""
    it = subscription
    return Delivery(it.id, it.chat_id, it.day, it.occurs_at, it.part, state)


def at_day(subscription: Subscription, day: date) -> Subscription:
    """The same, waiting for this day; its token is a new one."""
    occurs_at = subscription.schedule.falls_due(day)
    due_at = occurs_at + subscription.offset
    return replace(
        subscription, day=day, occurs_at=occurs_at, due_at=due_at, next_at=due_at, part=0, token=subscription.token + 1
    )


def resting(subscription: Subscription, standing: Standing) -> Subscription:
    """The same, not to be sent; its token is a new one."""
    return replace(subscription, standing=standing, next_at=None, token=subscription.token + 1)
