"""Delivers one reminder: marker, request, end. What it decides stands in bot/reminders/delivery.py."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.errors import StorageError
from bot.ports.reminders import (
    Claimed,
    Fate,
    Outgoing,
    Part,
    Plan,
    Receipt,
    ReminderStore,
    Result,
    Sender,
    Transition,
    silent,
)
from bot.reminders.delivery import SEND_LIMIT, Order, begun, blocked, ended, not_sent, put_aside
from bot.reminders.records import NOTHING, Buttons, Change, Delivery, DeliveryState, Subscription
from bot.reminders.selection import Selection
from bot.shells.pulse import Pulse

_log = logging.getLogger(__name__)

PAUSES = (1, 2, 4, 8)
"""Seconds between tries to store what became of a request: a copy that is not known of is sent again. The restart of a
database takes less."""

Sleep = Callable[[float], Awaitable[None]]
Seconds = Callable[[], float]
OnSent = Callable[[Outgoing], None]


@dataclass(frozen=True)
class Halt:
    """Nothing more can be sent now."""

    trouble: str
    wait: timedelta | None = None
    """For how long, if that was said."""


HELD = Halt("Telegram wants nothing now")
UNREACHED = Halt("Telegram cannot be reached")
LOST = Halt("Telegram does not answer")
UNAUTHORISED = Halt("Telegram does not accept the token")


class Courier:
    def __init__(
        self,
        store: ReminderStore,
        sender: Sender,
        selection: Selection,
        pulse: Pulse,
        *,
        on_sent: OnSent | None = None,
        sleep: Sleep = asyncio.sleep,
        monotonic: Seconds = time.monotonic,
    ) -> None:
        """`on_sent` learns of each message that Telegram has taken."""
        self._store = store
        self._sender = sender
        self._selection = selection
        self._pulse = pulse
        self._on_sent = on_sent
        self._sleep = sleep
        self._monotonic = monotonic

    async def deliver(self, one: Claimed) -> Halt | None:
        """Send what was claimed, if it is to be sent still; what keeps all others from being sent too.

        Raises StorageError, and ZoneInfoNotFoundError or OverflowError for a schedule that cannot be worked out.
        """
        deadline = self._monotonic() + SEND_LIMIT.total_seconds()
        begun_ = await self._begin(one)
        if begun_ is None:
            await self._store.release([one.subscription])
            return HELD
        (order,) = begun_
        if order is None:
            return None
        outgoing = self._outgoing(one, order)
        return await self._settle(outgoing, order, await self._sender.send(outgoing, deadline))

    async def put_aside(self, it: Subscription) -> None:
        """Leave it alone until the person plans it anew. Raises StorageError."""
        await self._step(it, partial(put_aside, it))

    async def hold(self, wait: timedelta) -> Halt:
        """Telegram wants nothing for so long, from no process. Raises StorageError."""
        await self._store.hold(self._store.now() + wait)
        return replace(HELD, wait=wait)

    async def _begin(self, one: Claimed) -> tuple[Order | None] | None:
        """What is to be sent, if anything is; None if Telegram wants nothing, as another process was told."""
        it = one.subscription
        passage = self._selection.next_passage(it, one.seen)

        def begin(
            current: Subscription | None, row: Delivery | None, now: datetime
        ) -> tuple[Change, tuple[Order | None]]:
            change, order = begun(it, passage, current, row, now)
            return change, (order,)

        return await self._counted(it, begin, unless_held=True)

    def _outgoing(self, one: Claimed, order: Order) -> Outgoing:
        """With what an earlier try has shown, while it may be shown."""
        it, select = one.subscription, self._selection
        message = None
        if not order.delivery.asks:
            message = select.message(it, order.delivery.passage, one.level) or select.message(
                it, select.next_passage(it, one.seen), one.level
            )
        return Outgoing(it, order.delivery, message, order.silent, order.late)

    async def _settle(self, outgoing: Outgoing, order: Order, receipt: Receipt) -> Halt | None:
        it, marker, fate = outgoing.subscription, order.delivery, receipt.fate
        if fate == Fate.SENT:
            await self._sent(outgoing, receipt)
        elif fate == Fate.REFUSED:
            _log.error("subscription %s: Telegram refuses its reminder", it.id)
            await self._end(it, replace(marker, state=DeliveryState.FAILED))
        elif fate == Fate.BLOCKED:
            _log.info("chat %s takes no messages from us", it.chat_id)
            await self._keep(it, blocked)
        elif fate == Fate.UNCERTAIN:
            _log.warning("subscription %s: it is not known whether its reminder arrived", it.id)
            return LOST
        else:
            return await self._not_sent(it, order, receipt)
        return None

    async def _sent(self, outgoing: Outgoing, receipt: Receipt) -> None:
        sent = replace(outgoing.delivery, state=DeliveryState.SENT, message_id=receipt.message_id)
        await self._end(outgoing.subscription, replace(sent, sent_at=self._store.now(), buttons=Buttons.OPEN))
        if self._on_sent:
            self._on_sent(outgoing)

    async def _end(self, it: Subscription, outcome: Delivery) -> None:
        await self._keep(it, partial(ended, it, outcome))

    async def _not_sent(self, it: Subscription, order: Order, receipt: Receipt) -> Halt:
        await self._keep(it, partial(not_sent, order, it))
        if receipt.fate == Fate.SLOWED:
            return await self.hold(receipt.wait)
        return UNREACHED if receipt.fate == Fate.UNREACHED else UNAUTHORISED

    async def _keep(self, it: Subscription, plan: Plan) -> None:
        """Take a step that tells what became of a request. Raises StorageError if the database stays away."""
        for pause in PAUSES:
            try:
                return await self._step(it, plan)
            except StorageError:
                await self._sleep(pause)
        return await self._step(it, plan)

    async def _step(self, it: Subscription, plan: Plan) -> None:
        await self._counted(it, silent(plan))

    async def _counted(
        self, it: Subscription, transition: Transition[Result], *, unless_held: bool = False
    ) -> Result | None:
        """Take a step, and count what it has led to; what was missed is told to the operator."""
        led_to = NOTHING

        def note(current: Subscription | None, row: Delivery | None, now: datetime) -> tuple[Change, Result]:
            nonlocal led_to
            led_to, result = transition(current, row, now)  # the last call counts: the store may have to repeat it
            return led_to, result

        result = await self._store.step(it.id, Part(it.occurs_at, it.part), note, unless_held=unless_held)
        if result is None and unless_held:
            return None
        self._pulse.count(led_to.deliveries)
        missed = sum(one.state == DeliveryState.MISSED for one in led_to.deliveries)
        if missed:
            _log.error("subscription %s: %d of its reminders came too late to be sent", it.id, missed)
        return result
