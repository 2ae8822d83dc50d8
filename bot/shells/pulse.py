"""How the dispatcher is: for /healthz, and for whoever watches over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.reminders.records import Delivery, DeliveryState

ALIVE_FOR = 45.0
"""Seconds after its last look from which a dispatcher is taken to be dead or stuck."""


@dataclass
class Pulse:
    looked_at: float | None = None
    """When it last looked whether anything is due, by the monotonic clock; None before the first time."""
    trouble: str = ""
    """What keeps it from sending, if anything does."""
    is_refused: bool = False
    """Whether Telegram no longer accepts the token, which only a new one can mend."""
    counts: dict[DeliveryState, int] = field(default_factory=dict)
    """How often deliveries came into each state since the start."""

    def count(self, rows: Sequence[Delivery]) -> None:
        for row in rows:
            self.counts[row.state] = self.counts.get(row.state, 0) + 1

    def is_alive(self, now: float) -> bool:
        """`now` by the monotonic clock."""
        return self.looked_at is None or now - self.looked_at < ALIVE_FOR
