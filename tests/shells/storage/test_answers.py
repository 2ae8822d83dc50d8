"""Which messages answered which: one suite for all stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Storage
from bot.shells.storage.memory import KEPT_FOR, MOST_ANSWERS
from tests.still_clock import StillClock

ANN, BOB = 77, -1_001_234_567_890


@pytest.fixture
def clock() -> StillClock:
    return StillClock(datetime(2026, 3, 1, 12, tzinfo=UTC))


async def test_what_answered_a_message_is_known_in_order(storage: Storage) -> None:
    await storage.answers.save(ANN, 5, [9, 7])
    await storage.answers.save(BOB, 5, [2**40])
    assert await storage.answers.load(ANN, 5) == (9, 7)
    assert await storage.answers.load(BOB, 5) == (2**40,)
    assert await storage.answers.load(ANN, 6) == ()


async def test_the_last_answer_counts(storage: Storage) -> None:
    await storage.answers.save(ANN, 5, [6, 7])
    await storage.answers.save(ANN, 5, [6])
    assert await storage.answers.load(ANN, 5) == (6,)


async def test_after_two_days_it_is_forgotten_in_every_chat(storage: Storage, clock: StillClock) -> None:
    await storage.answers.save(ANN, 5, [6])
    clock.at += KEPT_FOR - timedelta(seconds=1)
    assert await storage.answers.load(ANN, 5) == (6,)
    clock.at += timedelta(seconds=1)
    assert await storage.answers.load(ANN, 5) == ()
    await storage.answers.save(ANN, 7, [8])
    assert [row["message_id"] for row in (await storage.chats.rows_of(ANN))["answers"]] == [7]


async def test_of_a_lively_chat_the_last_ones_are_known(storage: Storage) -> None:
    await storage.answers.save(BOB, 1, [2])
    for number in range(MOST_ANSWERS + 3):
        await storage.answers.save(ANN, number, [1000 + number])
    assert [await storage.answers.load(ANN, number) for number in (0, 2, 3)] == [(), (), (1003,)]
    assert len((await storage.chats.rows_of(ANN))["answers"]) == MOST_ANSWERS
    assert await storage.answers.load(BOB, 1) == (2,)


async def test_they_are_shown_and_forgotten_with_the_chat(storage: Storage, clock: StillClock) -> None:
    await storage.answers.save(ANN, 5, [6])
    row = {"chat_id": ANN, "message_id": 5, "answer_ids": [6], "answered_at": clock.at.isoformat()}
    assert await storage.chats.rows_of(ANN) == {"answers": [row]}
    await storage.chats.forget(ANN)
    assert (await storage.chats.rows_of(ANN), await storage.answers.load(ANN, 5)) == ({}, ())


async def test_a_chat_that_moves_forgets_them_since_its_messages_get_new_numbers(storage: Storage) -> None:
    await storage.answers.save(ANN, 5, [6])
    await storage.chats.migrate(ANN, BOB)
    assert (await storage.chats.rows_of(ANN), await storage.answers.load(BOB, 5)) == ({}, ())
