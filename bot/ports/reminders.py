"""What keeps reminders, and what sends them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Protocol, TypeVar

from bot.corpus.models import Tier
from bot.reminders.draft import ANSWERED_WITHIN, Draft
from bot.reminders.records import Change, Delivery, Subscription
from bot.reminders.streams import Stream
from bot.reminders.themes import ReminderMessage

Result = TypeVar("Result")
Transition = Callable[[Subscription | None, Delivery | None, datetime], tuple[Change, Result]]
"""What to write, and what to tell the caller: a function of what is stored and of now.

The delivery is the row of the part that was named or, where none was, of the one that the subscription is at.
"""

Plan = Callable[[Subscription | None, Delivery | None, datetime], Change]
"""A transition that has nothing to tell."""


def silent(plan: Plan) -> Transition[None]:
    return lambda current, delivery, now: (plan(current, delivery, now), None)


@dataclass(frozen=True)
class Part:
    """Names a delivery: the occurrence, and which part of it."""

    occurs_at: datetime
    part: int


@dataclass(frozen=True)
class Claimed:
    """A subscription that is due, as it is since it was claimed, and what sending it needs to know."""

    subscription: Subscription
    level: Tier
    seen: tuple[str, ...]
    """The passages that were sent, oldest first."""


@dataclass(frozen=True)
class Rate:
    """What all processes that share the database may send together."""

    next_free: datetime
    """From when on the next reminder may be sent."""
    held_until: datetime | None
    """Until then Telegram takes nothing: it has said so."""


class ReminderStore(Protocol):
    """Keeps subscriptions and their deliveries. What a call writes, it writes in one transaction.

    Instants come from one clock: the database's, where several processes share one.
    """

    async def claim(self, most: int) -> list[Claimed]:
        """Lease what is due, at most so many, the longest due first; nobody else can claim it meanwhile.

        Nothing while Telegram wants nothing.
        """

    async def release(self, claimed: Sequence[Subscription]) -> None:
        """Give back what was claimed and not begun, so that it is due at once."""

    async def step(
        self, subscription_id: int, part: Part, transition: Transition[Result], *, unless_held: bool = False
    ) -> Result | None:
        """Take a step in sending a part; none, `unless_held`, if Telegram wants nothing now."""

    async def plan(self, chat_id: int, stream: Stream, transition: Transition[Result]) -> Result:
        """Change what a chat wants of a stream; there need be nothing of it yet."""

    async def respond(self, chat_id: int, subscription_id: int, part: Part, transition: Transition[Result]) -> Result:
        """Take what a button said. It may have been made up: what is not this chat's is not there."""

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        """In the order of the streams, the stopped ones too."""

    async def deliveries(self, chat_id: int, since: date) -> list[tuple[Stream, Delivery]]:
        """Of the local days from this one on, oldest first."""

    async def by_message(self, chat_id: int, message_id: int) -> tuple[Stream, Delivery] | None:
        """The delivery that is this message."""

    async def next_due(self) -> datetime | None:
        """When the next subscription is to be looked at, or the end of a lease if that comes first."""

    async def crowd(self, start: datetime, end: datetime) -> int:
        """How many subscriptions of all chats are waiting for an instant from `start` to before `end`."""

    async def reserve(self, count: int, spacing: timedelta) -> Rate:
        """Take the next places in the common queue; `next_free` is the first of them."""

    async def hold(self, until: datetime) -> None:
        """Let nobody send before then."""

    async def closing(self, most: int) -> list[Delivery]:
        """Messages whose buttons are to go."""

    async def close(self, delivery: Delivery) -> None:
        """Note that the message has no buttons any more, whether they were removed or cannot be."""

    async def tidy(self, before: date) -> None:
        """Forget deliveries of the local days before this one."""

    async def replan(self, zone_data: str, transition: Callable[[Subscription, datetime], Subscription]) -> int:
        """If other zone data was in force, put the transition to everything that waits; how many have moved."""

    async def restored(self, transition: Transition[None]) -> int:
        """After a backup was restored: put the transition to everything that is due; how many that were."""

    def now(self) -> datetime: ...


class DraftStore(Protocol):
    """Keeps what is not confirmed yet, at most one draft of a chat."""

    async def load(self, chat_id: int, within: timedelta = ANSWERED_WITHIN) -> Draft | None:
        """None also if it was left alone for longer."""

    async def save(self, chat_id: int, draft: Draft) -> None:
        """Replace it."""

    async def clear(self, chat_id: int) -> None: ...


class Fate(Enum):
    """What became of a message that was to be sent."""

    SENT = auto()
    BLOCKED = auto()
    """The person has blocked the bot, or is gone."""
    REFUSED = auto()
    """Telegram will not take it, however often it is tried."""
    SLOWED = auto()
    """Surely not sent: nothing may be sent for `wait`."""
    UNREACHED = auto()
    """Surely not sent: Telegram was not reached, or it was too late to try."""
    UNCERTAIN = auto()
    """Sent or not: the answer was lost."""
    UNAUTHORISED = auto()
    """Surely not sent: the token is no longer good."""


@dataclass(frozen=True)
class Receipt:
    fate: Fate
    message_id: int | None = None
    wait: timedelta = timedelta(0)


@dataclass(frozen=True)
class Outgoing:
    """A reminder on its way, or the question whether to go on."""

    subscription: Subscription
    delivery: Delivery
    message: ReminderMessage | None
    """None: the question."""
    silent: bool
    late: bool


class Sender(Protocol):
    async def send(self, outgoing: Outgoing, deadline: float) -> Receipt:
        """Make one request. It does not leave after `deadline` (of the monotonic clock) and is given up soon after.

        Before that it waits for its turn as long as it takes, unless the deadline comes first.
        """

    async def ready(self) -> timedelta | None:
        """Wait until a message could leave at once: answers to people go first.

        While Telegram wants nothing it does not wait, but tells for how long that will be.
        """

    async def close(self, delivery: Delivery) -> bool:
        """Remove the buttons of a message; False if Telegram could not be asked now."""
