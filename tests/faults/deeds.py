"""Where a process dies: the steps of one reminder, and the moments before, within and after each."""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.ports.reminders import Outgoing, Receipt, ReminderStore, Sender
from bot.reminders.records import Delivery


@dataclass
class Deed:
    """What the process does to itself, once, when it comes to a point such as "claim:before" or "end:commit"."""

    point: str
    signal: int = signal.SIGKILL
    step: str = ""
    """What the process is at."""
    statements: int = 0
    """How many have been executed."""

    def at(self, moment: str) -> None:
        if self.point == f"{self.step}:{moment}":
            self.point = ""
            os.kill(os.getpid(), self.signal)

    @contextmanager
    def around(self, step: str) -> Iterator[None]:
        self.step = step
        self.at("before")
        yield
        self.at("after")

    @contextmanager
    def in_transactions(self) -> Iterator[None]:
        """The moment "commit" is when all is written, and only the COMMIT is missing; others are "statement 1" …"""

        def committing(_connection: Connection) -> None:
            self.at("commit")

        def executing(*_: object) -> None:
            self.statements += 1
            self.at(f"statement {self.statements}")

        event.listen(Engine, "commit", committing)
        event.listen(Engine, "before_cursor_execute", executing)
        try:
            yield
        finally:
            event.remove(Engine, "commit", committing)
            event.remove(Engine, "before_cursor_execute", executing)


def step_of(method: str, named: Mapping[str, Any]) -> str:
    """What a call of the store's method is to a reminder: of the two that take a step, only the marker can be held."""
    if method != "step":
        return method
    return "begin" if named.get("unless_held") else "end"


class DoomedStore:
    """The store, with the steps "claim", "reserve", "begin" (the marker) and "end" of a reminder."""

    def __init__(self, store: ReminderStore, deed: Deed) -> None:
        self._store = store
        self._deed = deed

    def now(self) -> datetime:
        return self._store.now()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def doomed(*given: Any, **named: Any) -> Any:
            with self._deed.around(step_of(name, named)):
                return await getattr(self._store, name)(*given, **named)

        return doomed


class DoomedSender:
    """The sender, with the step "send"."""

    def __init__(self, sender: Sender, deed: Deed) -> None:
        self._sender = sender
        self._deed = deed

    async def send(self, outgoing: Outgoing, deadline: float) -> Receipt:
        with self._deed.around("send"):
            return await self._sender.send(outgoing, deadline)

    async def ready(self) -> timedelta | None:
        with self._deed.around("ready"):
            return await self._sender.ready()

    async def close(self, delivery: Delivery) -> bool:
        return await self._sender.close(delivery)
