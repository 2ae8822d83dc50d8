"""One suite for all stores of reminders."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.corpus.models import Tier
from bot.dialogue.state import ChatState
from bot.ports import Storage
from bot.ports.reminders import Part, ReminderStore, silent
from bot.reminders.delivery import LEASE, begun, ended
from bot.reminders.plans import Wish, wished
from bot.reminders.records import NOTHING, Buttons, Change, Delivery, DeliveryState, Mark, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream
from bot.shells.storage.tables import deliveries, subscriptions
from tests.shells.storage.conftest import StorageSettings, engine_for, opened
from tests.still_clock import StillClock

ANN, BOB = 77, 88
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NINE = Schedule((1,), 9 * 60, "Europe/Berlin")


@pytest.fixture
def clock() -> StillClock:
    return StillClock(MONDAY - timedelta(days=1))


@pytest.fixture
def store(storage: Storage) -> ReminderStore:
    return storage.reminders


async def subscribe(
    store: ReminderStore, chat_id: int, schedule: Schedule = NINE, stream: Stream = Stream.EXERCISE
) -> None:
    wish = Wish(chat_id, stream, schedule)
    await store.plan(chat_id, stream, silent(partial(wished, wish, timedelta(0))))


async def send(store: ReminderStore, passage: str = "calcium/1", message_id: int = 5) -> Delivery:
    """Claim what is due and send it."""
    (claimed,) = await store.claim(10)
    it = claimed.subscription
    part = Part(it.occurs_at, it.part)
    order = await store.step(it.id, part, partial(begun, it, passage))
    assert order is not None
    sent = replace(order.delivery, state=DeliveryState.SENT, message_id=message_id, buttons=Buttons.OPEN)
    await store.step(it.id, part, silent(partial(ended, it, sent)))
    return sent


async def only(store: ReminderStore, chat_id: int = ANN) -> Subscription:
    (it,) = await store.of_chat(chat_id)
    return it


async def test_what_was_asked_for_is_stored_with_its_next_instant(store: ReminderStore) -> None:
    await subscribe(store, ANN)
    it = await only(store)
    assert (it.schedule, it.day, it.occurs_at, it.next_at) == (NINE, date(2026, 11, 30), MONDAY, MONDAY)


async def test_a_stream_is_there_once_and_streams_come_in_their_order(store: ReminderStore) -> None:
    await subscribe(store, ANN, stream=Stream.NUTRITION)
    await subscribe(store, ANN)
    await subscribe(store, ANN, Schedule((2, 5), 600, "Asia/Tokyo"))
    await subscribe(store, BOB)
    mine = await store.of_chat(ANN)
    assert [(it.stream, it.schedule.zone) for it in mine] == [
        (Stream.EXERCISE, "Asia/Tokyo"),
        (Stream.NUTRITION, "Europe/Berlin"),
    ]


async def test_nothing_is_claimed_before_it_is_due_and_nothing_twice(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    assert await store.claim(10) == []
    clock.at = MONDAY
    (claimed,) = await store.claim(10)
    assert claimed.subscription.next_at == MONDAY + LEASE
    assert await store.claim(10) == []


async def test_a_lease_that_has_ended_is_claimed_anew_by_another_token(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    (first,) = await store.claim(10)
    clock.at = MONDAY + LEASE
    (second,) = await store.claim(10)
    assert second.subscription.token == first.subscription.token + 1


async def test_what_is_given_back_is_due_at_once(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    (claimed,) = await store.claim(10)
    await store.release([claimed.subscription])
    assert len(await store.claim(10)) == 1


async def test_a_claim_that_another_one_has_overtaken_is_not_given_back(
    store: ReminderStore, clock: StillClock
) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    (first,) = await store.claim(10)
    clock.at = MONDAY + LEASE
    await store.claim(10)
    await store.release([first.subscription])
    assert await store.claim(10) == []


async def test_the_longest_due_come_first_and_no_more_than_asked(store: ReminderStore, clock: StillClock) -> None:
    for minutes, chat_id in ((2, 1), (0, 2), (1, 3)):
        await subscribe(store, chat_id, replace(NINE, minute=NINE.minute + minutes))
    clock.at = MONDAY + timedelta(minutes=5)
    assert [it.subscription.chat_id for it in await store.claim(2)] == [2, 3]
    assert [it.subscription.chat_id for it in await store.claim(2)] == [1]


async def test_a_claim_tells_the_level_and_what_was_seen(storage: Storage, clock: StillClock) -> None:
    store = storage.reminders
    await storage.chats.save(ANN, ChatState(Tier.ACADEMIC))
    await subscribe(store, ANN)
    for week, passage in enumerate(("calcium/1", "protein/2")):
        clock.at = MONDAY + timedelta(weeks=week)
        await send(store, passage)
    await subscribe(store, BOB, replace(NINE, minute=600))
    clock.at = MONDAY + timedelta(weeks=2)
    claimed = {it.subscription.chat_id: it for it in await store.claim(10)}
    assert (claimed[ANN].level, claimed[ANN].seen) == (Tier.ACADEMIC, ("calcium/1", "protein/2"))
    assert (claimed[BOB].level, claimed[BOB].seen) == (Tier.FUNDAMENTALS, ())


async def test_what_was_sent_waits_for_the_next_week_and_is_told(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    await send(store)
    it = await only(store)
    assert (it.next_at, it.last_day) == (MONDAY + timedelta(weeks=1), MONDAY.date())
    ((stream, row),) = await store.deliveries(ANN, date(2026, 11, 1))
    assert (stream, row.state, row.tries, row.passage) == (Stream.EXERCISE, DeliveryState.SENT, 1, "calcium/1")
    assert await store.deliveries(ANN, date(2026, 12, 1)) == []
    assert await store.by_message(ANN, 5) == (stream, row)
    assert await store.by_message(BOB, 5) is None


async def test_the_buttons_of_the_message_before_are_to_go(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    await send(store, message_id=5)
    assert await store.closing(10) == []
    clock.at = MONDAY + timedelta(weeks=1)
    await send(store, message_id=6)
    (old,) = await store.closing(10)
    assert old.message_id == 5
    await store.close(old)
    assert await store.closing(10) == []


async def test_a_button_that_names_what_is_anothers_finds_nothing(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    sent = await send(store)
    part = Part(sent.occurs_at, 0)
    found = [await store.respond(chat, sent.subscription_id, part, _look) for chat in (ANN, BOB)]
    assert [row.message_id if row else None for row in found] == [5, None]


def _look(_it: Subscription | None, row: Delivery | None, _now: datetime) -> tuple[Change, Delivery | None]:
    return Change(), row


async def test_when_the_next_is_due_can_be_asked(store: ReminderStore, clock: StillClock) -> None:
    assert await store.next_due() is None
    await subscribe(store, ANN)
    assert await store.next_due() == MONDAY
    clock.at = MONDAY
    await store.claim(10)
    assert await store.next_due() == MONDAY + LEASE


async def test_a_crowd_is_who_waits_within_the_window(store: ReminderStore) -> None:
    for chat_id in range(3):
        await subscribe(store, chat_id, replace(NINE, minute=540 + 10 * chat_id))
    assert await store.crowd(MONDAY, MONDAY + timedelta(minutes=15)) == 2


async def test_places_in_the_queue_are_given_out_once(store: ReminderStore, clock: StillClock) -> None:
    spacing = timedelta(milliseconds=40)
    assert (await store.reserve(50, spacing)).next_free == clock.at
    assert (await store.reserve(1, spacing)).next_free == clock.at + timedelta(seconds=2)
    clock.at += timedelta(minutes=1)
    assert (await store.reserve(1, spacing)).next_free == clock.at


async def test_while_telegram_wants_nothing_nothing_is_claimed_or_begun(
    store: ReminderStore, clock: StillClock
) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    (claimed,) = await store.claim(10)
    it = claimed.subscription
    await store.hold(MONDAY + timedelta(seconds=30))
    await store.hold(MONDAY + timedelta(seconds=10))
    assert await store.step(it.id, Part(it.occurs_at, 0), partial(begun, it, "calcium/1"), unless_held=True) is None
    assert (await store.reserve(0, timedelta(0))).held_until == MONDAY + timedelta(seconds=30)
    await store.release([it])
    assert await store.claim(10) == []
    clock.at = MONDAY + timedelta(seconds=30)
    assert len(await store.claim(10)) == 1


async def test_after_new_zone_data_everything_that_waits_is_worked_out_anew_once(store: ReminderStore) -> None:
    await subscribe(store, ANN)
    later = timedelta(hours=1)

    def moved(it: Subscription, _now: datetime) -> Subscription:
        return replace(it, next_at=it.due_at + later)

    assert await store.replan("2026a", moved) == 1
    assert await store.replan("2026a", moved) == 0
    assert (await only(store)).next_at == MONDAY + later


async def test_what_is_too_old_is_forgotten(store: ReminderStore, clock: StillClock) -> None:
    await subscribe(store, ANN)
    clock.at = MONDAY
    await send(store)
    await store.tidy(MONDAY.date())
    assert len(await store.deliveries(ANN, date(2026, 1, 1))) == 1
    await store.tidy(MONDAY.date() + timedelta(days=1))
    assert await store.deliveries(ANN, date(2026, 1, 1)) == []


async def test_who_is_forgotten_has_no_reminders_and_who_asks_sees_all_rows(
    storage: Storage, clock: StillClock
) -> None:
    store = storage.reminders
    await subscribe(store, ANN)
    clock.at = MONDAY
    await send(store)
    rows = await storage.chats.rows_of(ANN)
    rows = json.loads(json.dumps(rows))  # as /mydata sends them
    assert rows["subscriptions"][0]["occurs_at"] == "2026-12-07T08:00:00+00:00"
    assert rows["deliveries"][0]["day"] == "2026-11-30"
    assert rows["deliveries"][0]["sent_at"] is None
    await storage.chats.forget(ANN)
    assert await store.of_chat(ANN) == []
    assert await storage.chats.rows_of(ANN) == {}


async def test_what_was_forgotten_while_it_was_sent_leaves_no_row(storage: Storage, clock: StillClock) -> None:
    store = storage.reminders
    await subscribe(store, ANN)
    clock.at = MONDAY
    (claimed,) = await store.claim(10)
    it, part = claimed.subscription, Part(claimed.subscription.occurs_at, 0)
    order = await store.step(it.id, part, partial(begun, it, "calcium/1"))
    await storage.chats.forget(ANN)
    assert order is not None
    sent = replace(order.delivery, state=DeliveryState.SENT, message_id=5)
    await store.step(it.id, part, silent(partial(ended, it, sent)))
    assert await storage.chats.rows_of(ANN) == {}


async def test_who_has_waited_for_a_press_sees_it(postgres_settings: StorageSettings, clock: StillClock) -> None:
    """Two processes at one reminder: what one has written while the other waited is not written over."""
    async with opened(postgres_settings, clock) as storage, engine_for(postgres_settings) as engine:
        store = storage.reminders
        await subscribe(store, ANN)
        await subscribe(store, BOB)
        clock.at = MONDAY
        parts = {}
        for claimed in await store.claim(10):
            it = claimed.subscription
            parts[it.chat_id] = it.id, Part(it.occurs_at, it.part)
            await store.step(*parts[it.chat_id], partial(begun, it, "calcium/1"))
        seen: list[Mark | None] = []

        def look(_it: Subscription | None, row: Delivery | None, _now: datetime) -> tuple[Change, None]:
            seen.append(row.mark if row else None)
            return NOTHING, None

        async with engine.begin() as press:  # holds Bob's row, and with that the whole group
            await press.execute(select(subscriptions).where(subscriptions.c.chat_id == BOB).with_for_update())
            steps = [asyncio.create_task(store.step(*parts[chat_id], look)) for chat_id in (BOB, BOB, ANN)]
            await asyncio.sleep(0.2)
            for chat_id in (ANN, BOB):
                mine = deliveries.c.chat_id == chat_id
                await press.execute(update(deliveries).where(mine).values(mark=Mark.DONE.value, marked_at=MONDAY))
        await asyncio.gather(*steps)
    assert seen == [Mark.DONE] * 3
