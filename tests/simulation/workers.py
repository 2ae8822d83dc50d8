"""Workers: the real dispatcher over the real store, in processes that can be killed, frozen and told to end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol, cast

from bot.errors import StorageError
from bot.ports.reminders import ReminderStore
from bot.reminders.records import Delivery
from bot.shells.dispatcher import Dispatcher
from bot.shells.pulse import Pulse
from tests.simulation.clocks import Clocks
from tests.simulation.content import small_selection
from tests.simulation.gates import Gate, Gates, Killed, Motion
from tests.simulation.ledger import Ledger
from tests.simulation.telegram import GatedSender, Telegram


class Cable(Protocol):
    """Decides where the connection to the database is cut."""

    def cut_before(self) -> bool: ...

    def cut_after(self) -> bool:
        """What was asked is done, but nobody learns of it."""


class GatedStore:
    """The store, with a gate before each call, and a connection that may be cut."""

    def __init__(self, store: ReminderStore, gates: Gates, ledger: Ledger, cable: Cable) -> None:
        self._store = store
        self._gates = gates
        self._ledger = ledger
        self._cable = cable
        self.holds = 0
        """How often it was asked to let nobody send."""

    def now(self) -> datetime:
        return self._store.now()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def gated(*given: Any, **named: Any) -> Any:
            return await self._gates.pass_to(name, lambda: self._asked(name, *given, **named))

        return gated

    async def _asked(self, name: str, *given: Any, **named: Any) -> Any:
        self.holds += name == "hold"
        if self._cable.cut_before():
            raise StorageError("the connection was cut before it was done")
        if name == "step":
            subscription_id, part, transition = given
            given = subscription_id, part, self._ledger.noted(transition, begins=bool(named))
        result = await getattr(self._store, name)(*given, **named)
        if result or name in ("step", "release"):
            self._ledger.is_stale = True
        if name == "hold":
            self._ledger.hold(*given)
        if name == "claim" and result and self._ledger.is_held:
            self._ledger.violations.append("claimed while Telegram wants nothing")
        if self._cable.cut_after():
            raise StorageError("the connection was cut after it was done")
        return sorted(result, key=_place) if name == "closing" else result


def _place(row: Delivery) -> tuple[Any, ...]:
    """In an order that all stores have in common."""
    return row.occurs_at, row.part, row.chat_id, row.subscription_id


class Worker:
    def __init__(
        self, store: ReminderStore, telegram: Telegram, ledger: Ledger, cable: Cable, motion: Motion, clocks: Clocks
    ) -> None:
        self._clocks = clocks
        self._ledger = ledger
        self.gates = Gates(motion, clocks)
        self._store = GatedStore(store, self.gates, ledger, cable)
        self._sender = GatedSender(telegram, self.gates, clocks)
        self._dispatcher = Dispatcher(
            cast(ReminderStore, self._store),
            self._sender,
            small_selection(),
            Pulse(),
            sleep=self.gates.sleep,
            monotonic=clocks.monotonic,
        )
        self.frozen_until = 0.0
        self._is_ending = False
        self.process = asyncio.create_task(self._live())

    async def _live(self) -> None:
        while not self._is_ending:
            pause = await self._dispatcher.round()
            if self._store.holds < self._sender.slowings:
                self._ledger.violations.append("Telegram wants nothing, and the others were not told")
            await self.gates.at("idle", self._clocks.elapsed + pause)

    async def kill(self) -> None:
        """SIGKILL: from now on nothing that it does reaches anybody."""
        self.gates.is_dead = True
        self.process.cancel()
        await asyncio.wait({self.process})

    def freeze(self, seconds: float) -> None:
        """SIGSTOP for so long."""
        self.frozen_until = self._clocks.elapsed + seconds

    def terminate(self) -> None:
        """SIGTERM: it ends what it has begun."""
        self._is_ending = True
        self._dispatcher.stop()

    @property
    def open_gates(self) -> list[Gate]:
        return [] if self._clocks.elapsed < self.frozen_until else self.gates.open

    @property
    def has_ended(self) -> bool:
        return self.process.done()

    @property
    def failure(self) -> BaseException | None:
        """The bug that it has died of."""
        died_of = self.process.exception() if self.process.done() and not self.process.cancelled() else None
        return None if isinstance(died_of, Killed) else died_of
