"""What a channel asks of the reminders: what a chat has and wants, and what becomes of a wish."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.ports.reminders import DraftStore, Part, ReminderStore, Transition, silent
from bot.reminders import plans
from bot.reminders.command import NOTHING as NO_COMMAND
from bot.reminders.command import Action, Command
from bot.reminders.delivery import blocked
from bot.reminders.draft import Draft, with_zones
from bot.reminders.homes import home_in
from bot.reminders.knowledge import ReminderKnowledge
from bot.reminders.plans import MOST_IN_WINDOW, WINDOW, Wish, first_due, offset_for, window_of
from bot.reminders.progress import WEEKS, Progress, progress_of
from bot.reminders.records import NOTHING, Change, Delivery, Standing, Subscription
from bot.reminders.responses import Answered, Response
from bot.reminders.setup import begun, less, live, near, upcoming, wish_of, zone_known
from bot.reminders.streams import Stream
from bot.reminders.wording import understand
from bot.reminders.zones import Zones, find_zones, names_place

SUBSCRIBE = Command(Action.SUBSCRIBE)
MOST_OFFERED = 3
"""Free times that are offered in place of one that too many have chosen."""
ANSWERED_WITHIN = timedelta(days=2)
"""A yes that comes later is no answer to the question whether to go on."""


@dataclass(frozen=True)
class Full:
    """A time of day that too many have chosen, and free ones near it."""

    minute: int
    free: tuple[int, ...]


@dataclass(frozen=True)
class Taken:
    """What became of a press under a reminder, and how things are since then."""

    response: Response
    subscription: Subscription | None
    delivery: Delivery | None
    """None, as the subscription, if there is no such reminder of this chat."""
    now: datetime


class Reminders:
    """The reminders of all chats. The caller sees to it that calls for one chat do not overlap."""

    def __init__(self, know: ReminderKnowledge, store: ReminderStore, drafts: DraftStore) -> None:
        self.know = know
        self.store = store
        self.drafts = drafts

    async def known(self, chat_id: int) -> list[Subscription]:
        """What the chat has or had, in the order of the streams."""
        return await self.store.of_chat(chat_id)

    async def today(self, chat_id: int) -> date:
        """Where the person is, as far as we know; else in UTC."""
        return self._today(await self.known(chat_id))

    async def heard(self, chat_id: int, text: str) -> Command:
        """What a text asks of the reminders. Whoever writes on the day of one has not left it without an answer."""
        known, now = await self.known(chat_id), self.store.now()
        for it in known:
            if it.ignored_since and it.last_day == now.astimezone(it.schedule.zone_info).date():
                await self.store.plan(chat_id, it.stream, silent(plans.attended))
        command = understand(text, self.know.words, self._today(known))
        if command == NO_COMMAND and live(known):
            moved = await asyncio.to_thread(lambda: home_in(text, lambda: self.know.gazetteer))
            return moved or command
        return command

    async def zones(self, place: str) -> Zones:
        """In a thread: names are compared with a hundred thousand others."""
        return await asyncio.to_thread(lambda: find_zones(place, self.know.gazetteer))

    def is_place(self, name: str) -> bool:
        """Whether a place is named, and not only something like it. For after `zones`, which loads what this needs."""
        return names_place(name, self.know.gazetteer)

    async def upcoming(self, chat_id: int, draft: Draft) -> list[tuple[Stream, list[datetime]]]:
        """When the reminders of a complete draft would come next."""
        known = {it.stream: it for it in await self.known(chat_id)}
        now = self.store.now()
        return [
            (plan.stream, list(upcoming(wish_of(draft, plan, chat_id), known.get(plan.stream), now)))
            for plan in draft.plans
        ]

    async def begun(self, chat_id: int, command: Command = SUBSCRIBE) -> Draft:
        """A draft of what the command says; a place in it is looked up."""
        draft = begun(command, await self.known(chat_id), self.store.now())
        return await self.with_place(draft, command.place) if command.place else draft

    async def with_place(self, draft: Draft, place: str) -> Draft:
        found = await self.zones(place)
        return with_zones(draft, found.zones, ask=found.ask)

    async def confirm(self, chat_id: int, draft: Draft) -> Full | None:
        """Do what the draft says. If a time is full, nothing is done and that is returned."""
        if draft.action is Action.PAUSE:
            await self.pause(chat_id, draft.streams, draft.until)
        elif draft.action is Action.RESUME:
            await self.resume(chat_id, draft.streams)
        else:
            full = await self._subscribe(chat_id, draft)
            if full:
                return full
        await self.drafts.clear(chat_id)
        return None

    async def expect_consent(self, chat_id: int, streams: Sequence[Stream]) -> None:
        """A yes in words is an answer from now on: these go on."""
        await self.drafts.save(chat_id, await self.begun(chat_id, Command(Action.RESUME, tuple(streams))))

    async def pause(self, chat_id: int, streams: Sequence[Stream], until: date | None) -> None:
        for stream in streams:
            await self.store.plan(chat_id, stream, silent(partial(plans.paused, until)))

    async def resume(self, chat_id: int, streams: Sequence[Stream]) -> None:
        for stream in streams:
            await self.store.plan(chat_id, stream, silent(plans.resumed))

    async def stop(self, chat_id: int, command: Command) -> list[tuple[Subscription, tuple[int, ...]]]:
        """At once: whoever wants to get out gets out. Each as it was, and the weekdays that are left of it."""
        stopped = less(command, await self.known(chat_id))
        for it, weekdays in stopped:
            if weekdays:
                wish = Wish(chat_id, it.stream, replace(it.schedule, weekdays=weekdays))
                await self.store.plan(chat_id, it.stream, silent(partial(plans.wished, wish, it.offset)))
            else:
                await self.store.plan(chat_id, it.stream, silent(plans.stopped))
        return stopped

    async def start_again(self, chat_id: int, stream: Stream, weekdays: tuple[int, ...]) -> None:
        """As it was planned before, on these days; nothing if it was never planned."""
        before = next((it for it in await self.known(chat_id) if it.stream == stream), None)
        if before:
            await self._plan(Wish(chat_id, stream, replace(before.schedule, weekdays=weekdays)), before)

    async def set_high_impact(self, chat_id: int, *, wanted: bool) -> None:
        await self.store.plan(chat_id, Stream.EXERCISE, silent(partial(plans.with_high_impact, wanted)))

    async def block(self, chat_id: int) -> None:
        """Telegram has told that the person blocked the bot."""
        for it in await self.known(chat_id):
            await self.store.plan(chat_id, it.stream, silent(blocked))

    async def respond(
        self, chat_id: int, subscription_id: int, part: Part, transition: Transition[Response] = lambda *_: _LOOK
    ) -> Taken:
        """Take what a press said; without a transition only look."""
        return await self.store.respond(chat_id, subscription_id, part, _seen(transition))

    async def progress(self, chat_id: int) -> Progress:
        today = await self.today(chat_id)
        return progress_of(await self.store.deliveries(chat_id, today - timedelta(weeks=WEEKS)), today)

    async def asked(self, chat_id: int) -> list[Stream]:
        """The streams of which we asked lately whether to go on, and were not told."""
        waiting = [it.stream for it in await self.known(chat_id) if it.standing == Standing.ASKING]
        if not waiting:
            return []
        since = await self.today(chat_id) - ANSWERED_WITHIN
        asked = {stream for stream, one in await self.store.deliveries(chat_id, since) if one.asks}
        return [stream for stream in waiting if stream in asked]

    def is_wish(self, text: str) -> bool:
        """Whether it is for the reminders, whoever wrote it."""
        return not understand(text, self.know.words, None).is_none

    def _today(self, known: Sequence[Subscription]) -> date:
        now = self.store.now()
        return now.astimezone(known[0].schedule.zone_info).date() if zone_known(known) else now.date()

    async def _subscribe(self, chat_id: int, draft: Draft) -> Full | None:
        known = {it.stream: it for it in await self.known(chat_id)}
        wishes = [wish_of(draft, plan, chat_id) for plan in draft.plans]
        for wish in wishes:
            if await self._is_full(wish, known.get(wish.stream)):
                return Full(wish.schedule.minute, await self._free_near(wish, known.get(wish.stream)))
        for wish in wishes:
            await self._plan(wish, known.get(wish.stream))
        return None

    async def _plan(self, wish: Wish, current: Subscription | None) -> None:
        offset = offset_for(wish, await self._crowd(wish, current))
        await self.store.plan(wish.chat_id, wish.stream, silent(partial(plans.wished, wish, offset)))

    async def _is_full(self, wish: Wish, current: Subscription | None) -> bool:
        if current and current.is_live and current.schedule == wish.schedule:
            return False  # it has its place
        return await self._crowd(wish, current) >= MOST_IN_WINDOW

    async def _crowd(self, wish: Wish, current: Subscription | None) -> int:
        start = window_of(first_due(wish.schedule, current, self.store.now()))
        return await self.store.crowd(start, start + WINDOW)

    async def _free_near(self, wish: Wish, current: Subscription | None) -> tuple[int, ...]:
        free: list[int] = []
        for other in _at_other_times(wish):
            if len(free) == MOST_OFFERED:
                break
            if not await self._is_full(other, current):
                free.append(other.schedule.minute)
        return tuple(sorted(free))


_LOOK: Answered = (NOTHING, Response.TAKEN)


def _at_other_times(wish: Wish) -> Iterator[Wish]:
    for minute in near(wish.schedule.minute):
        yield replace(wish, schedule=replace(wish.schedule, minute=minute))


def _seen(transition: Transition[Response]) -> Transition[Taken]:
    """The transition, and what there is after it."""

    def taken(current: Subscription | None, delivery: Delivery | None, now: datetime) -> tuple[Change, Taken]:
        change, response = transition(current, delivery, now)
        key = delivery and (delivery.occurs_at, delivery.part)
        row = next((it for it in change.deliveries if (it.occurs_at, it.part) == key), delivery)
        return change, Taken(response, change.subscription or current, row, now)

    return taken
