"""What people do with their reminders. The ledger learns of it, as they would remember it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from bot.ports import ChatStore
from bot.ports.reminders import Part, ReminderStore, Transition
from bot.reminders import plans, responses
from bot.reminders.delivery import blocked
from bot.reminders.plans import Wish
from bot.reminders.records import NOTHING, Change, Delivery, Mark, Subscription
from bot.reminders.responses import Answered, Later, Response
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from tests.simulation.ledger import Ledger, Snooze
from tests.simulation.telegram import Copy, Telegram

Plan = Callable[[Subscription | None, Delivery | None, datetime], Change]
Address = tuple[int, Stream]
"""A chat and which of its streams."""


class People:
    def __init__(self, reminders: ReminderStore, chats: ChatStore, ledger: Ledger, telegram: Telegram) -> None:
        self._reminders = reminders
        self._chats = chats
        self._ledger = ledger
        self._telegram = telegram

    async def wish(self, who: Address, schedule: Schedule, offset: timedelta) -> None:
        await self._plan(who, partial(plans.wished, Wish(*who, schedule), offset))

    async def confirm(self, who: Address) -> None:
        """Wish for what is there already, or was."""
        it = await self.subscription(who)
        if it:
            await self.wish(who, it.schedule, it.offset)

    async def stop(self, who: Address) -> None:
        await self._plan(who, plans.stopped)

    async def pause(self, who: Address, until: date | None) -> None:
        await self._plan(who, partial(plans.paused, until), not_before=until)

    async def resume(self, who: Address) -> None:
        await self._plan(who, plans.resumed)

    async def block(self, chat_id: int, *, is_told: bool) -> None:
        """`is_told`: whether the update that tells of it arrives."""
        self._telegram.blocked.add(chat_id)
        for it in await self._reminders.of_chat(chat_id) if is_told else ():
            await self._plan((chat_id, it.stream), blocked)

    def unblock(self, chat_id: int) -> None:
        self._telegram.blocked.discard(chat_id)

    async def forget(self, chat_id: int) -> None:
        self._ledger.touch()
        for it in await self._reminders.of_chat(chat_id):
            self._ledger.forget(it.id)
        await self._chats.forget(chat_id)

    async def mark(self, copy: Copy, mark: Mark) -> None:
        await self._press(copy, partial(responses.marked, mark))

    async def take_back(self, copy: Copy) -> None:
        await self._press(copy, responses.unmarked)

    async def ask_on(self, copy: Copy) -> None:
        await self._press(copy, responses.noticed)

    async def put_off(self, copy: Copy, later: Later) -> None:
        after = await self._press(copy, partial(responses.snoozed, later))
        if after:
            when = after.day, after.occurs_at, after.part, after.due_at
            self._ledger.snoozes.append(Snooze(after.id, after.schedule, *when, self._ledger.clocks.elapsed))

    async def subscription(self, who: Address) -> Subscription | None:
        chat_id, stream = who
        return next((it for it in await self._reminders.of_chat(chat_id) if it.stream == stream), None)

    async def _plan(self, who: Address, plan: Plan, *, not_before: date | None = None) -> None:
        def planning(it: Subscription | None, row: Delivery | None, now: datetime) -> tuple[Change, bool]:
            change = plan(it, row, now)
            return change, change.subscription is not None

        self._ledger.touch()
        has_changed = await self._reminders.plan(*who, planning)
        after = await self.subscription(who)
        if not has_changed or after is None:
            return
        self._ledger.end(after.id)
        self._ledger.answer(after.id)
        if after.is_live:
            self._ledger.begin(after, not_before)

    async def _press(self, copy: Copy, respond: Transition[Response]) -> Subscription | None:
        """The subscription as the press has changed it, if it has."""

        def answering(it: Subscription | None, row: Delivery | None, now: datetime) -> tuple[Change, Answered]:
            answered = respond(it, row, now)
            return answered[0], answered

        self._ledger.touch()
        it = copy.outgoing.subscription
        part = Part(copy.occurs_at, copy.part)
        change, _ = await self._reminders.respond(it.chat_id, it.id, part, answering)
        if change != NOTHING:
            self._ledger.answer(it.id, (copy.occurs_at, copy.part))
        return change.subscription
