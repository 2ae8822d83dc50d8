"""What one reminder's trouble costs the others, and what a round leaves behind."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.corpus.models import Tier
from bot.errors import StorageError
from bot.ports.reminders import Fate, Outgoing, Part, Rate, Receipt, Result, Transition, silent
from bot.reminders.plans import Wish, wished
from bot.reminders.records import Delivery, DeliveryState
from bot.reminders.schedule import WEEK, Schedule
from bot.reminders.streams import Stream
from bot.shells import courier
from bot.shells.dispatcher import LONGEST_PAUSE, Dispatcher
from bot.shells.pulse import ALIVE_FOR, Pulse
from bot.shells.storage.memory_reminders import MemoryReminderStore
from tests.simulation.content import small_selection
from tests.still_clock import StillClock

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NINE = Schedule((1,), 9 * 60, "Europe/Berlin")
AWAY = StorageError("The database cannot be used.")


class FailingStore(MemoryReminderStore):
    """A database that is away for so many calls."""

    def __init__(self, now: StillClock) -> None:
        super().__init__(now, lambda _chat_id: Tier.FUNDAMENTALS)
        self.failing_reserves = self.failing_ends = 0

    async def reserve(self, count: int, spacing: timedelta) -> Rate:
        if self.failing_reserves:
            self.failing_reserves -= 1
            raise AWAY
        return await super().reserve(count, spacing)

    async def step(
        self, subscription_id: int, part: Part, transition: Transition[Result], *, unless_held: bool = False
    ) -> Result | None:
        if self.failing_ends and not unless_held:
            self.failing_ends -= 1
            raise AWAY
        return await super().step(subscription_id, part, transition, unless_held=unless_held)


class Sent:
    """A sender, and to whom it has sent."""

    def __init__(self) -> None:
        self.chats: list[int] = []
        self.poison = 0

    async def send(self, outgoing: Outgoing, _deadline: float) -> Receipt:
        if outgoing.subscription.chat_id == self.poison:
            raise ValueError("a bug")
        self.chats.append(outgoing.subscription.chat_id)
        return Receipt(Fate.SENT, len(self.chats))

    async def ready(self) -> None:
        await asyncio.sleep(0)

    async def close(self, _delivery: Delivery) -> bool:
        return True


@pytest.fixture
def clock() -> StillClock:
    return StillClock(MONDAY - WEEK)


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
async def store(clock: StillClock) -> FailingStore:
    """Five people, whose reminders are due."""
    failing = FailingStore(clock)
    for chat_id in range(1, 6):
        wish = Wish(chat_id, Stream.EXERCISE, NINE)
        await failing.plan(chat_id, wish.stream, silent(partial(wished, wish, timedelta(0))))
    clock.at = MONDAY
    return failing


async def doze(_seconds: float) -> None:
    await asyncio.sleep(0)


def dispatcher(store: FailingStore, sent: Sent) -> Dispatcher:
    return Dispatcher(store, sent, small_selection(), Pulse(), sleep=doze)


async def next_at(store: FailingStore) -> list[datetime | None]:
    return [(await store.of_chat(chat_id))[0].next_at for chat_id in range(1, 6)]


async def test_a_stop_while_all_wait_for_their_turn_gives_them_back_at_once(store: FailingStore, sent: Sent) -> None:
    patient = Dispatcher(store, sent, small_selection(), Pulse(), per_second=0.001)
    running = asyncio.create_task(patient.run())
    while not sent.chats:  # noqa: ASYNC110 - the first one need not wait
        await asyncio.sleep(0)
    patient.stop()
    async with asyncio.timeout(5):
        await running
    assert sorted(map(str, await next_at(store))) == [str(MONDAY)] * 4 + [str(MONDAY + WEEK)]


async def test_a_round_that_is_cancelled_gives_them_back(store: FailingStore, sent: Sent) -> None:
    patient = Dispatcher(store, sent, small_selection(), Pulse(), per_second=0.001)
    running = asyncio.create_task(patient.run())
    while not sent.chats:  # noqa: ASYNC110
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (await next_at(store)).count(MONDAY) == 4


async def test_a_database_that_is_away_after_a_claim_costs_a_pause_and_no_lease(
    store: FailingStore, sent: Sent
) -> None:
    store.failing_reserves = 1
    at_work = dispatcher(store, sent)
    assert await at_work.round() > 0
    assert await next_at(store) == [MONDAY] * 5
    await at_work.round()
    assert sorted(sent.chats) == [1, 2, 3, 4, 5]


async def test_what_telegram_has_taken_is_stored_with_patience(store: FailingStore, sent: Sent) -> None:
    store.failing_ends = len(courier.PAUSES)
    at_work = dispatcher(store, sent)
    assert await at_work.round() == 0
    assert sorted(sent.chats) == [1, 2, 3, 4, 5]
    assert await next_at(store) == [MONDAY + WEEK] * 5


async def test_a_bug_that_one_reminder_meets_keeps_none_of_the_others(
    store: FailingStore, sent: Sent, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    sent.poison = 1
    at_work = dispatcher(store, sent)
    for _ in range(4):
        await at_work.round()
        clock.at += timedelta(seconds=121)
    assert sorted(sent.chats) == [2, 3, 4, 5]
    assert "the reminder of subscription 1 failed" in caplog.text
    ((_, row),) = await store.deliveries(1, MONDAY.date())
    assert (row.state, row.tries) == (DeliveryState.UNCERTAIN, 2)


def test_who_pauses_is_not_taken_to_be_dead() -> None:
    assert LONGEST_PAUSE < ALIVE_FOR
