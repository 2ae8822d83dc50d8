"""A Telegram that keeps a record of every reminder it has accepted, and loses answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Protocol

from bot.ports.reminders import Fate, Outgoing, Receipt
from bot.reminders.records import Delivery
from bot.shells.tgbot.traffic import Lane, Traffic
from tests.simulation.clocks import Clocks
from tests.simulation.gates import Gates

RECENTLY = 20.0
"""Seconds that a request may take, in which the wall's clock may be set."""


class Mishap(Enum):
    """What may go wrong with a request."""

    SLOWED = auto()
    REFUSED = auto()
    UNREACHED = auto()
    LOST_ON_THE_WAY = auto()
    ANSWER_LOST = auto()
    UNAUTHORISED = auto()


class Weather(Protocol):
    """Decides what goes wrong."""

    def of_request(self) -> Mishap | None: ...

    def of_slowing(self) -> float:
        """For how many seconds Telegram wants nothing."""


_FATES = {
    Mishap.REFUSED: Fate.REFUSED,
    Mishap.UNREACHED: Fate.UNREACHED,
    Mishap.LOST_ON_THE_WAY: Fate.UNCERTAIN,
    Mishap.UNAUTHORISED: Fate.UNAUTHORISED,
}


@dataclass(frozen=True)
class Copy:
    """A message that was accepted."""

    issued: float
    """By the clock that only runs on."""
    readings: tuple[datetime, ...]
    """What the wall showed, and would have if it had not just been set."""
    latest_at: datetime
    """The latest that the wall had ever shown."""
    outgoing: Outgoing
    message_id: int

    @property
    def is_disturbed(self) -> bool:
        """Whether the wall's clock was set while the request was under way: leases go by it."""
        return len(self.readings) > 1

    @property
    def subscription_id(self) -> int:
        return self.outgoing.subscription.id

    @property
    def occurs_at(self) -> datetime:
        return self.outgoing.delivery.occurs_at

    @property
    def part(self) -> int:
        return self.outgoing.delivery.part

    @property
    def asks(self) -> bool:
        return self.outgoing.delivery.asks

    @property
    def key(self) -> tuple[int, datetime, int]:
        return self.subscription_id, self.occurs_at, self.part


class Telegram:
    def __init__(self, clocks: Clocks, weather: Weather) -> None:
        self._clocks = clocks
        self.weather = weather
        self.copies: list[Copy] = []
        self.blocked: set[int] = set()
        """Chats that take nothing from us."""
        self.held_until = 0.0
        self.told: dict[object, float] = {}
        """To which process it was said until when nothing is wanted."""
        self.refused: set[tuple[int, datetime, int]] = set()
        self.mishaps: Counter[Mishap] = Counter()
        self.violations: list[str] = []

    def receive(self, outgoing: Outgoing, process: object) -> Receipt:
        if self._clocks.elapsed < self.told.get(process, 0.0):
            self.violations.append("a request although this process was told to wait")
        mishap = self.weather.of_request()
        if mishap:
            self.mishaps[mishap] += 1
        if self._clocks.elapsed < self.held_until or mishap == Mishap.SLOWED:
            return self._slowed(process)
        if mishap in _FATES:
            return Receipt(_FATES[mishap])
        if outgoing.subscription.chat_id in self.blocked:
            return Receipt(Fate.BLOCKED)
        message_id = self._accept(outgoing)
        return Receipt(Fate.UNCERTAIN) if mishap == Mishap.ANSWER_LOST else Receipt(Fate.SENT, message_id)

    def _slowed(self, process: object) -> Receipt:
        if self._clocks.elapsed >= self.held_until:
            self.held_until = self._clocks.elapsed + self.weather.of_slowing()
        self.told[process] = self.held_until
        return Receipt(Fate.SLOWED, wait=timedelta(seconds=self.held_until - self._clocks.elapsed))

    def _accept(self, outgoing: Outgoing) -> int:
        message_id = len(self.copies) + 1
        clocks = self._clocks
        copy = Copy(clocks.elapsed, clocks.readings(RECENTLY), clocks.highest, outgoing, message_id)
        self.copies.append(copy)
        return message_id


class GatedSender:
    """One process's way to Telegram. What it may send when is the real thing's."""

    def __init__(self, telegram: Telegram, gates: Gates, clocks: Clocks) -> None:
        self._telegram = telegram
        self._gates = gates
        self._clocks = clocks
        self._traffic = Traffic(monotonic=clocks.monotonic, sleep=gates.sleep)
        self.slowings = 0
        """How often Telegram has said that it wants nothing."""

    async def send(self, outgoing: Outgoing, deadline: float) -> Receipt:
        await self._gates.at("send")
        if self._traffic.held_for:
            return Receipt(Fate.SLOWED, wait=timedelta(seconds=self._traffic.held_for))
        if self._clocks.elapsed > deadline:
            return Receipt(Fate.UNREACHED)
        receipt = self._telegram.receive(outgoing, self)
        if receipt.fate == Fate.SLOWED:
            self.slowings += 1
            self._traffic.hold(receipt.wait.total_seconds())
        return receipt

    async def ready(self) -> timedelta | None:
        await self._gates.at("ready")
        if await self._traffic.enter(Lane.REMINDER, even_if_held=False):
            return None
        return timedelta(seconds=self._traffic.held_for)

    async def close(self, delivery: Delivery) -> bool:
        await self._gates.at("close buttons")
        return delivery.message_id is not None and self._telegram.weather.of_request() is None
